"""Ruby on a page (WHATWG HTML, 4.5.10): each base text with its reading.

Input: a ``ruby`` element. Output: a mark for each base. The readings are left out of the text like other elements that
are not text; the page sets them above their base.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from publisher.model import Locator, Mark
from publisher.readers.html.tree import Element, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.readers.html.flow_items import Line

MAX_READING = 64
"""Characters of the longest reading that is set above a base."""


class RubyReader:
    """Reads the ruby elements of one line."""

    def __init__(self, source: str, line: Line) -> None:
        """Read into ``line``, whose pieces the content of the bases becomes."""
        self.marks: list[Mark] = []
        self._source = source
        self._line = line
        self._bases: list[tuple[int, int]] = []
        """The spans of the bases that have no reading yet."""
        self._next_piece = len(line.pieces)
        """The index of the first piece that is in no base yet."""

    def read(self, element: Element, read_child: Callable[[Element | Span], None]) -> None:
        """Read a ``ruby`` element; ``read_child`` adds a child's text to the line."""
        for child in element.children:
            name = child.name if isinstance(child, Element) else ""
            if name == "rtc":
                self.read(child, read_child)  # type: ignore[arg-type]  # it is an element
                continue
            if name in ("rb", "rt"):
                self._end_base()
            read_child(child)
            if name == "rb":
                self._end_base()
            elif isinstance(child, Element) and name == "rt":
                self._add_reading(child)

    def _end_base(self) -> None:
        """Make the pieces since the last base one base."""
        pieces = [
            piece
            for piece in self._line.pieces[self._next_piece :]
            if piece.after is None and self._source[piece.start : piece.end].strip()
        ]
        self._next_piece = len(self._line.pieces)
        if pieces:
            self._bases.append((pieces[0].start, pieces[-1].end))

    def _add_reading(self, element: Element) -> None:
        reading = " ".join(html.unescape(element.text(self._source)).split())
        if not self._bases:
            return
        start, end = self._bases.pop(0)
        if reading and len(reading) <= MAX_READING:
            locator = Locator(offset=start, length=end - start)
            self.marks.append(Mark(kind="ruby", locator=locator, value=reading))
