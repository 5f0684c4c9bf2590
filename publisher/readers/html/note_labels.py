"""The labels of notes that links inside a page lead to: ``1.`` is written as the mark that refers to it, ``[1]``.

In: the links of a page that have a number, and the lines of the elements that they lead to. Out: the lines; a line that begins with
the number of its link begins with the mark. That a link leads to the line proves that it is the note; its number alone does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publisher.readers.html.flow_items import Piece

if TYPE_CHECKING:
    from publisher.readers.html.flow_items import Line
    from publisher.readers.html.tree import Element

_RULE = "linked-note"
_TAG = re.compile("<[^>]*>")
_NUMBER = re.compile(r"\s*[\[［(（]?([0-9]{1,3})[\]］)）]?\s*")
_LABEL = re.compile(r"\s*(?P<number>[0-9]{1,3})(?:\s*[.．、)）:：]\s*|\s+)(?![0-9\s])")
LONGEST_LINK = 300
"""Characters of the source, with tags, of the longest link that is read."""


@dataclass(slots=True)
class NoteLabels:
    """The numbers of the links inside a page, by the element that they lead to."""

    source: str
    numbers: dict[str, str] = field(default_factory=dict)

    def add_link(self, element: Element, address: str) -> None:
        """Note the number that a link to an element of the page has, if it has one."""
        if element.end - element.content_start > LONGEST_LINK:
            return
        text = _TAG.sub("", self.source[element.content_start : element.end])
        if match := _NUMBER.fullmatch(text):
            self.numbers.setdefault(address.removeprefix("#"), match[1])

    def write_mark(self, line: Line) -> None:
        """Write the label of a line as a mark, if a link with its number leads to its element."""
        number = self.numbers.get(line.element.attributes.get("id", ""))
        first = line.pieces[0]
        if number is None or first.after is not None or first.position:
            return
        match = _LABEL.match(self.source, first.start, first.end)
        if match is None or match["number"] != number:
            return
        reason = "the label of a note: a mark with this number links to it"
        label = Piece(first.start, match.end(), f"[{number}]", _RULE, reason)
        first.start = match.end()
        line.pieces.insert(0, label)
