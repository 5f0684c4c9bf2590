"""Notes, and the marks in the text that refer to them, such as [1], or a raised ①.

Input: the entries of a report and its inline marks. Output: which lines are notes, and the places of their references. A
line is a note only if a mark with its number is in the text above it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.model import SourceTable
from publisher.parse.entries import Line
from publisher.text.mark_spans import MarkIndex
from publisher.text.small_text import NOTE_SIGN
from publisher.text.unicode_data import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.model import Locator, Mark, Text
    from publisher.parse.entries import Entry

_NUMBER = "([0-9０-９]{1,3}|[①-⑳])"
_MARK = re.compile(
    rf"(?:\[[注註]?{_NUMBER}\]|［[注註]?{_NUMBER}］|〔[注註]{_NUMBER}〕|[（(][注註]{_NUMBER}[）)])(?![号號])"
)
_LABEL = re.compile(rf"(?:{_MARK.pattern}|[注註]{_NUMBER}(?=[：:．.、 　]))[：:．.、 　]?")
_SIGN_LABEL = re.compile(rf"(?P<sign>{NOTE_SIGN.pattern})[：:．.、 　]?")
"""The beginning of a note whose mark is raised in the text and is no number in square brackets."""
LONGEST_NOTE = 600
"""Characters of the longest line that is taken for a note."""


def find_notes(
    entries: Sequence[Entry], marks: Sequence[Mark] = ()
) -> Mapping[int, tuple[int, tuple[Locator, ...]]]:
    """Return length of the label and references of each note, by the index of its entry.

    The references are in the order of the text. If several notes have one number, each gets the marks
    between the note before it and itself.

    Args:
        entries: The lines and tables of a report.
        marks: Its inline marks; raised signs refer to notes, too.

    """
    raised = MarkIndex(tuple(mark for mark in marks if mark.kind == "superscript"))
    pending: dict[str, list[Locator]] = {}
    notes: dict[int, tuple[int, tuple[Locator, ...]]] = {}
    for index, entry in enumerate(entries):
        texts = [entry.text] if isinstance(entry, Line) else _cell_texts(entry)
        length, number = _label(entry.string, pending) if isinstance(entry, Line) else (0, "")
        references = pending.pop(number, ())
        if references and len(texts[0]) <= LONGEST_NOTE:
            notes[index] = (length, tuple(references))
            texts = [texts[0].slice(length)]
        for text in texts:
            for mark_number, locator in (*_marks(text), *_raised_signs(text, raised)):
                pending.setdefault(mark_number, []).append(locator)
    return notes


def _label(string: str, pending: Mapping[str, object]) -> tuple[int, str]:
    """Return the length of the label at the beginning of a line, and its number; empty if nothing refers to it."""
    for pattern, number_of in ((_LABEL, _number), (_SIGN_LABEL, _sign)):
        match = pattern.match(string)
        if match and number_of(match) in pending:
            return match.end(), number_of(match)
    return 0, ""


def _cell_texts(entry: Entry) -> list[Text]:
    if not isinstance(entry, SourceTable):
        return []
    return [cell.text for row in entry.rows for cell in row]


def _marks(text: Text) -> Iterator[tuple[str, Locator]]:
    """Yield number and place of each mark, except at the very beginning of the text."""
    for match in _MARK.finditer(text.string):
        if match.start():
            yield _number(match), text.slice(*match.span()).locator


def _raised_signs(text: Text, raised: MarkIndex) -> Iterator[tuple[str, Locator]]:
    """Yield sign and place of each raised sign that is no mark by its form, except at the very beginning."""
    for start, end, _ in raised.spans(text):
        string = text.string[start:end]
        if start and NOTE_SIGN.fullmatch(string) and not _MARK.fullmatch(string):
            yield _key(string), text.slice(start, end).locator


def _sign(match: re.Match[str]) -> str:
    return _key(match["sign"])


def _key(sign: str) -> str:
    """Return the key of a sign, which is that of no number in square brackets."""
    return f"sign {normalize('NFKC', sign)}"


def _number(match: re.Match[str] | None) -> str:
    """Return the number of a mark or a label in ASCII digits; empty for no match."""
    return normalize("NFKC", next(filter(None, match.groups()), "")) if match else ""
