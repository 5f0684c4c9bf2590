"""Ruby on a page (WHATWG HTML, 4.5.10): each base text with its reading.

Input: a ``ruby`` element. Output: a mark for each base. The readings are left out of the text like other elements that
are not text; the page sets them above their base. A reading that is too long for that is text in brackets.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from publisher.model import Locator, Mark
from publisher.readers.html.flow_items import Piece
from publisher.readers.html.tree import Element, Span
from publisher.text.ruby_readings import IN_BRACKETS_REASON, in_brackets, is_set_above

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.readers.html.flow_items import Line

_RULE = "ruby"
_MAX_INSIDE = 24
"""Marks of the latest elements among which a ruby inside the base is looked for."""


class RubyReader:
    """Reads the ruby elements of one line."""

    def __init__(self, source: str, line: Line, marks: list[Mark]) -> None:
        """Read into ``line``, whose pieces the content of the bases becomes, and add to ``marks``."""
        self._marks = marks
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
            if isinstance(child, Element) and name == "rt" and not self._set_above(child):
                self._add_in_brackets(child)
                continue
            read_child(child)
            if name == "rb":
                self._end_base()

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

    def _set_above(self, element: Element) -> bool:
        """Add the mark of a reading; return whether it can be set above its base, or is empty."""
        reading = self._reading(element)
        start, end = self._bases.pop(0) if self._bases else (0, 0)
        base = html.unescape(re.sub("<[^<>]*>", "", self._source[start:end]))
        has_other = any(
            mark.kind == "ruby" and start <= mark.locator.offset < end
            for mark in self._marks[-_MAX_INSIDE:]
        )
        if has_other or not is_set_above(base, reading):
            return not reading
        locator = Locator(offset=start, length=end - start)
        self._marks.append(Mark(kind="ruby", locator=locator, value=reading))
        return True

    def _add_in_brackets(self, element: Element) -> None:
        after = in_brackets(self._reading(element))
        piece = Piece(element.start, element.end, after, _RULE, IN_BRACKETS_REASON)
        self._line.pieces.append(piece)
        self._next_piece = len(self._line.pieces)

    def _reading(self, element: Element) -> str:
        return " ".join(html.unescape(element.text(self._source)).split())
