"""A source as its reader hands it on: text, tables and pictures in their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model.text import Finding, Locator, Text

Role = Literal["lines", "heading", "paragraph", "list-item", "code", "caption"]
"""``lines`` where the source has no markup: its lines are for the parser to judge; ``code`` stays
to the letter; a ``caption`` names the table that follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of the source's text, with what the source's own markup says of it."""

    text: Text
    role: Role = "lines"
    level: int = 0
    """The source's own level of a heading or nesting of a list item, from 1; else 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCell:
    """A cell of a table in the source."""

    text: Text
    header: bool = False
    row_span: int = 1
    col_span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTable:
    """A table of the source, before anything is known of what it says."""

    rows: tuple[tuple[SourceCell, ...], ...]
    locator: Locator


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePicture:
    """A picture of the source, safe to show: PNG or JPEG, grey or RGB, of bounded size."""

    data: bytes
    media_type: str
    width: float
    """As the source shows it, in millimetres."""
    height: float
    alt: str
    """What it says to someone who cannot see it; empty where the source does not tell."""
    locator: Locator


Segment = Passage | SourceTable | SourcePicture


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """What a reader found: the text and the tables, in the order of the source."""

    name: str
    """The file's name, without its folder."""
    data: bytes
    """The file as it came."""
    decoded: str
    """All of it as text; every offset counts its code points."""
    encoding: str
    encoding_confidence: float
    """1 where nothing had to be guessed."""
    media_type: str
    segments: tuple[Segment, ...]
    language: str = "zh-Hans"
    """BCP 47 of the text as it now stands."""
    source_metadata: tuple[tuple[str, str], ...] = ()
    """What the source says of itself outside its text: Dublin Core name, value."""
    findings: tuple[Finding, ...] = ()
    """What was noticed while it was read."""

    def texts(self) -> Iterator[Text]:
        """Yield every piece of text in the order of the source, cells row by row."""
        for segment in self.segments:
            if isinstance(segment, Passage):
                yield segment.text
            elif isinstance(segment, SourceTable):
                yield from (cell.text for row in segment.rows for cell in row)

    def plain_text(self) -> str:
        """Return the text as lines: a table's cells parted by tabs."""
        blocks = []
        for segment in self.segments:
            if isinstance(segment, Passage):
                blocks.append(segment.text.string)
            elif isinstance(segment, SourceTable):
                blocks.extend("\t".join(cell.text.string for cell in row) for row in segment.rows)
        return "\n".join(blocks)
