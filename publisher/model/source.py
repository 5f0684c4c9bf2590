"""A source as its reader returns it: text, tables and pictures in their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model.text import Finding, Locator, Text

Role = Literal["lines", "heading", "paragraph", "list-item", "code", "preformatted", "caption"]
"""``lines`` is text without markup, whose structure the parser detects; of ``code`` and ``preformatted``
text the spaces and line ends are never changed, and code is not converted either; a ``caption`` is that of the table that follows."""
PREFORMATTED_ROLES: Final[tuple[Role, ...]] = ("code", "preformatted")
Markup = Literal["none", "web-page", "document"]
"""The markup that a format has: ``none`` if only line ends divide the text, so that a line may be hard-wrapped or
boilerplate that was copied with the text; ``web-page`` if elements divide it, and the page may have boilerplate;
``document`` if markup divides it and there is no boilerplate."""


MarkKind = Literal[
    "superscript",
    "subscript",
    "emphasis",
    "strong",
    "underline",
    "emphasis-dots",
    "strikethrough",
    "ruby",
    "link",
    "formula",
]
"""What an inline mark says about its characters; ``emphasis-dots`` are the 着重号 below Chinese characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An inline mark of the source: a property of a span of its characters.

    Marks may nest and overlap. A character of a ``Text`` has the mark if its span of the source begins inside the mark's.
    """

    kind: MarkKind
    locator: Locator
    value: str = ""
    """The reading of a ``ruby``, the address of a ``link``, the MathML of a ``formula``; otherwise empty."""


Alignment = Literal["center", "right"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignedSpan:
    """A line or paragraph of the source that is centred or set flush right.

    A line of the report has the alignment if the source of its first character begins inside the span.
    """

    alignment: Alignment
    locator: Locator


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A part of the source's text with its markup."""

    text: Text
    role: Role = "lines"
    level: int = 0
    """The level of a heading or the nesting of a list item in the source, from 1; otherwise 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankLines:
    """Lines of a cell without text, which a form has to be written on."""

    offset: int
    """Where they begin in the source: what is behind them in the cell has this offset or a later one."""
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCell:
    """A cell of a table in the source."""

    text: Text
    header: bool = False
    row_span: int = 1
    col_span: int = 1
    indent: float = 0.0
    """How far its first line is from the cell's left edge, by white space or formatting (em)."""
    blank_lines: tuple[BlankLines, ...] = ()
    """Its lines without text, in order; an empty cell of one line has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTable:
    """A table of the source, not yet interpreted."""

    rows: tuple[tuple[SourceCell, ...], ...]
    locator: Locator


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePicture:
    """A picture of the source, made safe: PNG or JPEG, grey or RGB, of limited size."""

    data: bytes
    media_type: str
    width: float
    """In the source, in millimetres."""
    height: float
    alt: str
    """The alternative text; empty if the source has none."""
    locator: Locator


Segment = Passage | SourceTable | SourcePicture


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """The text, tables and pictures of a file, in their order."""

    name: str
    """The file's name, without its folder."""
    data: bytes
    """The bytes of the file."""
    decoded: str
    """The whole file as text; every offset counts its code points."""
    encoding: str
    encoding_confidence: float
    """1 if the encoding was not guessed."""
    media_type: str
    markup: Markup
    """The markup of the file's format."""
    segments: tuple[Segment, ...]
    language: str = "zh-Hans"
    """The language of the text after the stages so far (BCP 47)."""
    source_metadata: tuple[tuple[str, str], ...] = ()
    """The file's own metadata: Dublin Core name, value."""
    findings: tuple[Finding, ...] = ()
    """What the reader reported."""
    marks: tuple[Mark, ...] = ()
    """The inline marks, in the order of their offsets; of marks with one offset the longer one is first."""
    quotations: tuple[Locator, ...] = ()
    """The block quotations in order; none is inside another."""
    alignments: tuple[AlignedSpan, ...] = ()
    """The lines that are centred or set flush right, in order; none is inside another."""

    def texts(self) -> Iterator[Text]:
        """Yield every piece of text in the order of the source, cells row by row."""
        for segment in self.segments:
            if isinstance(segment, Passage):
                yield segment.text
            elif isinstance(segment, SourceTable):
                yield from (cell.text for row in segment.rows for cell in row)

    def plain_text(self) -> str:
        """Return every character of the text in order, a tab between the cells of a row.

        It shows what the text is written with: its script, its habits, whether there is any. It has no empty cells
        for those that span, and a cell keeps its line ends; ``text.row_text`` writes rows that are read again.
        """
        blocks = []
        for segment in self.segments:
            if isinstance(segment, Passage):
                blocks.append(segment.text.string)
            elif isinstance(segment, SourceTable):
                blocks.extend("\t".join(cell.text.string for cell in row) for row in segment.rows)
        return "\n".join(blocks)
