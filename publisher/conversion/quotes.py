"""Quotation marks by region: “” and ‘’ on the mainland, 「」 and 『』 in Taiwan and Hong Kong.

Input: a line of text. Output: the marks to change. Only marks in pairs change; outer and inner ones
alternate with the depth (GB/T 15834, 4.8; 重訂標點符號手冊). An apostrophe is not a quotation mark, and the
marks of an English passage stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.text.characters import has_han

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

FARTHEST_LETTER = 24
"""Characters between a quotation mark and the letter that shows the language around it, at most."""
CURLY_PAIRS = (("“", "”"), ("‘", "’"))
CORNER_PAIRS = (("「", "」"), ("『", "』"))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationMarks:
    """The quotation marks of a line."""

    changes: tuple[tuple[int, str], ...]
    """Offsets, and the marks to put there."""
    unpaired: tuple[int, ...]
    """Offsets of marks without a counterpart, which stay."""


def convert_quotation_marks(line: str, script: str, ignored: Container[int] = ()) -> QuotationMarks:
    """Return what to change so that the quotation marks of a line are those of a script.

    Args:
        line: The line, without its line feed.
        script: The wanted script, such as ``zh-Hant-TW``.
        ignored: Offsets of characters that are not quotation marks, such as those of code.

    """
    source, target = (
        (CORNER_PAIRS, CURLY_PAIRS) if script.startswith("zh-Hans") else (CURLY_PAIRS, CORNER_PAIRS)
    )
    closing_of = {pair[0]: pair[1] for pair in source}
    closing_marks = {pair[1] for pair in source}
    open_marks: list[tuple[int, str]] = []
    pairs: list[tuple[int, int]] = []
    unpaired: list[int] = []
    for offset, character in enumerate(line):
        if offset in ignored:
            continue
        if character in closing_of:
            open_marks.append((offset, closing_of[character]))
        elif character in closing_marks:
            closes_last = bool(open_marks) and open_marks[-1][1] == character
            if not closes_last and _is_apostrophe(line, offset):
                continue
            if closes_last:
                pairs.append((open_marks.pop()[0], offset))
            else:
                unpaired.append(offset)
    unpaired += [offset for offset, _ in open_marks]
    if source is CURLY_PAIRS:
        enough = all if has_han(line) else any
        pairs = [pair for pair in pairs if not _is_in_other_language(line, pair, enough)]
    changes: list[tuple[int, str]] = []
    enclosing_ends: list[int] = []
    for start, end in sorted(pairs):
        while enclosing_ends and enclosing_ends[-1] < start:
            enclosing_ends.pop()
        marks = target[len(enclosing_ends) % 2]
        changes += [(start, marks[0]), (end, marks[1])]
        enclosing_ends.append(end)
    return QuotationMarks(changes=tuple(sorted(changes)), unpaired=tuple(sorted(unpaired)))


def _is_apostrophe(line: str, offset: int) -> bool:
    before = line[offset - 1 : offset]
    return line[offset] == "’" and before.isascii() and before.isalpha()


def _is_in_other_language(
    line: str, pair: tuple[int, int], enough: Callable[[Iterable[object]], bool]
) -> bool:
    """Return whether a quotation has no Chinese character and ``enough`` sides of it have a letter of another script."""
    start, end = pair
    before = reversed(line[max(start - FARTHEST_LETTER, 0) : start])
    after = line[end + 1 : end + 1 + FARTHEST_LETTER]
    letters = [next(filter(str.isalpha, side), "") for side in (before, after)]
    return enough(letters) and not has_han("".join((*letters, line[start:end])))
