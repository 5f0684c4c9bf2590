"""Notes, and the marks in the text that refer to them, such as [1].

Input: the entries of a report. Output: which lines are notes, and the places of their references. A
line is a note only if a mark with its number is in the text above it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from publisher.model import SourceTable
from publisher.parse.entries import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.model import Locator, Text
    from publisher.parse.entries import Entry

_NUMBER = "([0-9０-９]{1,3}|[①-⑳])"
_MARK = re.compile(
    rf"(?:\[[注註]?{_NUMBER}\]|［[注註]?{_NUMBER}］|〔[注註]{_NUMBER}〕|[（(][注註]{_NUMBER}[）)])(?![号號])"
)
_LABEL = re.compile(rf"(?:{_MARK.pattern}|[注註]{_NUMBER}(?=[：:．.、 　]))[：:．.、 　]?")
LONGEST_NOTE = 600
"""Characters of the longest line that is taken for a note."""


def find_notes(entries: Sequence[Entry]) -> Mapping[int, tuple[int, tuple[Locator, ...]]]:
    """Return length of the label and references of each note, by the index of its entry.

    The references are in the order of the text. If several notes have one number, each gets the marks
    between the note before it and itself.
    """
    pending: dict[str, list[Locator]] = {}
    notes: dict[int, tuple[int, tuple[Locator, ...]]] = {}
    for index, entry in enumerate(entries):
        texts = [entry.text] if isinstance(entry, Line) else _cell_texts(entry)
        label = _LABEL.match(entry.string) if isinstance(entry, Line) else None
        references = pending.pop(_number(label), ()) if label else ()
        if label and references and len(texts[0]) <= LONGEST_NOTE:
            notes[index] = (label.end(), tuple(references))
            texts = [texts[0].slice(label.end())]
        for text in texts:
            for number, locator in _marks(text):
                pending.setdefault(number, []).append(locator)
    return notes


def _cell_texts(entry: Entry) -> list[Text]:
    if not isinstance(entry, SourceTable):
        return []
    return [cell.text for row in entry.rows for cell in row]


def _marks(text: Text) -> Iterator[tuple[str, Locator]]:
    """Yield number and place of each mark, except at the very beginning of the text."""
    for match in _MARK.finditer(text.string):
        if match.start():
            yield _number(match), text.slice(*match.span()).locator


def _number(match: re.Match[str] | None) -> str:
    """Return the number of a mark or a label in ASCII digits; empty for no match."""
    return normalize("NFKC", next(filter(None, match.groups()), "")) if match else ""
