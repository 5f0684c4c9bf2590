"""Quotation marks by region: “” and ‘’ on the mainland, 「」 and 『』 in Taiwan and Hong Kong.

Enters: a line of text. Leaves: the marks to be changed. Only marks that pair are; outer and inner
ones alternate with the depth (GB/T 15834, 4.8; 重訂標點符號手冊). An apostrophe is no mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

CURLED = (("“", "”"), ("‘", "’"))
CORNERED = (("「", "」"), ("『", "』"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What was found in a line."""

    changes: tuple[tuple[int, str], ...]
    """Places, and the marks that belong there."""
    unpaired: tuple[int, ...]
    """Places of marks that have no counterpart; they stay."""


def regional_marks(line: str, script: str, keep: Container[int] = ()) -> Marks:
    """Return the marks of a line that become those of a script; those at ``keep`` are no marks."""
    own, wanted = (CORNERED, CURLED) if script.startswith("zh-Hans") else (CURLED, CORNERED)
    opening = {pair[0]: pair[1] for pair in own}
    closing = {pair[1] for pair in own}
    open_marks: list[tuple[int, str]] = []
    pairs: list[tuple[int, int]] = []
    unpaired: list[int] = []
    for place, character in enumerate(line):
        if place in keep:
            continue
        if character in opening:
            open_marks.append((place, opening[character]))
        elif character in closing:
            pending = bool(open_marks) and open_marks[-1][1] == character
            if not pending and _is_apostrophe(line, place):
                continue
            if pending:
                pairs.append((open_marks.pop()[0], place))
            else:
                unpaired.append(place)
    unpaired += [place for place, _ in open_marks]
    changes: list[tuple[int, str]] = []
    around: list[int] = []
    for start, end in sorted(pairs):
        while around and around[-1] < start:
            around.pop()
        marks = wanted[len(around) % 2]
        changes += [(start, marks[0]), (end, marks[1])]
        around.append(end)
    return Marks(changes=tuple(sorted(changes)), unpaired=tuple(sorted(unpaired)))


def _is_apostrophe(line: str, place: int) -> bool:
    before = line[place - 1 : place]
    return line[place] == "’" and before.isascii() and before.isalpha()
