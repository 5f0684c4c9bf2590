"""The items of a page's flow: lines with their pieces, tables and pictures; and what is left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from publisher.readers.html.tree import Element
    from publisher.readers.raised_text import Shift

SmallPosition = Literal["", "superscript", "subscript", "note-link"]


@dataclass(slots=True)
class Piece:
    """A part of a line: text of the source, or a span of the source that other text replaces."""

    start: int
    end: int
    after: str | None = None
    """The text that replaces the span; None for text of the source."""
    rule: str = ""
    reason: str = ""
    position: SmallPosition = ""
    """Whether it is a superscript or a subscript, or the number of a note in a link inside the page."""
    position_start: int = -1
    """The offset of the element that makes it so; pieces of one element are one text."""
    shift: Shift | None = None
    """How far its element is raised or lowered, if this is not said by ``position``."""
    struck_out: bool = False


@dataclass(slots=True)
class Line:
    """The content between two block boundaries; ``br`` breaks it further."""

    element: Element
    pieces: list[Piece] = field(default_factory=list)
    linked_characters: int = 0
    """How many of its characters are in links, without white space."""
    links_to_file: bool = False
    """Whether one of its links is to a file."""
    heading: int = 0
    """The level of a heading, 1 to 6; 0 for other text."""
    list_level: int = 0
    """The nesting level of the list item that it begins, from 1; 0 for other text."""
    preformatted: bool = False

    def text(self, source: str) -> str:
        """Return its text without white space; character references are not resolved."""
        texts = (
            source[piece.start : piece.end] if piece.after is None else piece.after
            for piece in self.pieces
        )
        return "".join("".join(text.split()) for text in texts)

    def last_character(self, source: str) -> str:
        """Return its last character so far; empty for none."""
        for piece in reversed(self.pieces):
            text = source[piece.start : piece.end] if piece.after is None else piece.after
            if text:
                return text[-1]
        return ""

    @property
    def start(self) -> int:
        """The offset of its start in the source."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """The offset of its end in the source."""
        return self.pieces[-1].end


@dataclass(slots=True)
class Picture:
    """A picture of the page."""

    element: Element
    piece: Piece
    """The piece of a line at the position of its tag."""

    @property
    def start(self) -> int:
        """The offset of its tag in the source."""
        return self.element.start

    @property
    def end(self) -> int:
        """The offset of the end of its tag in the source."""
        return self.element.content_start


@dataclass(slots=True)
class CellLines:
    """A cell of a table and its lines."""

    element: Element
    lines: list[Line]
    row_span: int
    col_span: int


@dataclass(slots=True)
class Table:
    """A data table of the page."""

    element: Element
    rows: list[list[CellLines]]

    @property
    def start(self) -> int:
        """The offset of its start in the source."""
        return self.element.start

    @property
    def end(self) -> int:
        """The offset of its end in the source."""
        return self.element.end

    def lines(self) -> list[Line]:
        """Return the lines of all its cells."""
        return [line for row in self.rows for cell in row for line in cell.lines]


@dataclass(frozen=True, slots=True)
class OmittedSpan:
    """A span of the source that is left out, with the rule and the reason of its edit."""

    start: int
    end: int
    rule: str
    reason: str
    hidden_characters: int = 0
    """The length of its text if the page hides sentences there, otherwise 0."""


FlowItem = Line | Table | Picture
