"""Notes, and the marks in the text that refer to them, such as [1].

Enters: the lines of a report. Leaves: which of them are notes, and the places of their references.
A line is a note only where a mark of its own number stands in the text above it.
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


def find_notes(lines: Sequence[Entry]) -> Mapping[int, tuple[int, tuple[Locator, ...]]]:
    """Return, by the index of each line that is a note, its label's length and its references.

    The references stand in the order of the text; of notes that share a number each takes the
    marks between the note before and itself.
    """
    waiting: dict[str, list[Locator]] = {}
    found: dict[int, tuple[int, tuple[Locator, ...]]] = {}
    for index, entry in enumerate(lines):
        texts = [entry.text] if isinstance(entry, Line) else _cells(entry)
        label = _LABEL.match(entry.string) if isinstance(entry, Line) else None
        references = waiting.pop(_number(label), ()) if label else ()
        if label and references and len(texts[0]) <= LONGEST_NOTE:
            found[index] = (label.end(), tuple(references))
            texts = [texts[0].slice(label.end())]
        for text in texts:
            for number, place in _marks(text):
                waiting.setdefault(number, []).append(place)
    return found


def _cells(entry: Entry) -> list[Text]:
    if not isinstance(entry, SourceTable):
        return []
    return [cell.text for row in entry.rows for cell in row]


def _marks(text: Text) -> Iterator[tuple[str, Locator]]:
    for match in _MARK.finditer(text.string):
        if match.start():
            yield _number(match), text.slice(*match.span()).locator


def _number(match: re.Match[str] | None) -> str:
    return normalize("NFKC", next(filter(None, match.groups()), "")) if match else ""
