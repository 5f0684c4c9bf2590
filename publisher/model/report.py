"""A report with its parts: metadata, sections, paragraphs, lists, tables, figures and notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model.source import Mark, SourcePicture
    from publisher.model.text import Locator, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The metadata of a report, with Dublin Core names where they exist."""

    title: str
    """The title without the subtitle."""
    subtitle: str = ""
    publisher: str = ""
    """The issuing office (``issuer`` in the record)."""
    date: str = ""
    """The day of issue (ISO 8601); empty if the report has none."""
    identifier: str = ""
    """The document number, such as 哈政发〔2018〕5号."""
    coverage: str = ""
    """The reporting period: a year, or an ISO 8601 interval."""
    language: str = "zh-Hans"
    """BCP 47."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A numbered or marked heading."""

    level: int
    """1 for 一、, 2 for （一）, 3 for 1., 4 for （1）, 5 for ①; the depth of an unnumbered heading."""
    number: str
    """As printed: 一, （一）, 1; empty if the heading has no number."""
    text: Text
    """The whole heading as it is printed, its number included."""
    title: str
    """The heading without its number and its closing mark."""
    run_in: bool = False
    """Whether the first paragraph continues in the line of the heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A run-in point, such as 一是 or 另一方面."""

    text: Text
    lead: int
    """The number of characters at the beginning that name the point (its label and first clause)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text; its points follow without a line break."""

    text: Text
    """The text before the first point; all of it if there is none."""
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """An item of a list, with its label as printed."""

    label: str
    """Empty for a bullet that the source does not print as text."""
    text: Text
    """The whole item, the label included."""
    inner: ItemList | None = None
    """The list inside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemList:
    """A run of numbered or marked items that are not headings."""

    items: tuple[ListItem, ...]
    ordered: bool


Scope = Literal["", "row", "col", "rowgroup", "colgroup"]
"""The cells that a header cell applies to; empty for a data cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """A cell of a table, with its position in the grid."""

    text: Text
    scope: Scope = ""
    row_span: int = 1
    col_span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: header rows, then data rows."""

    caption: Text | None = None
    """The caption above the table: 表1 办理情况."""
    head: tuple[tuple[TableCell, ...], ...]
    body: tuple[tuple[TableCell, ...], ...]
    locator: Locator


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture with its alternative text."""

    alt: str
    svg: str = ""
    """An SVG drawing of the toolkit; empty if the picture is from the report."""
    picture: SourcePicture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note below a text or a table: one that begins with 注：, or one that marks in the text refer to."""

    text: Text
    label: int = 0
    """The number of characters of its mark at the beginning; 0 if nothing refers to it."""
    references: tuple[Locator, ...] = ()
    """The marks in the text that refer to it."""


Block = Paragraph | ItemList | Table | Figure | Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and its content."""

    heading: Heading
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """Yield this section and its subsections in reading order."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """A document after the signature: 附件1, its title and its content."""

    label: Text
    title: Text | None
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report with its structure."""

    metadata: Metadata
    masthead: tuple[Block, ...]
    """The blocks above the title."""
    title: tuple[Text, ...]
    """The lines of the title as in the source; empty if the source has none."""
    subtitle: tuple[Text, ...] = ()
    """The lines of the subtitle as in the source."""
    document_number: Text | None
    """The line below the title that has only the document number."""
    preamble: tuple[Block, ...]
    """The blocks before the first heading."""
    sections: tuple[Section, ...]
    attachments: tuple[Text, ...]
    """The lines 附件：… before the signature."""
    sign_off: tuple[Text, ...]
    """The signatories and the date at the end."""
    imprint: tuple[Note, ...] = ()
    """The notes between the signature and the annexes: 附注, 抄送, a contact."""
    annexes: tuple[Annex, ...] = ()
    end_notes: tuple[Note, ...] = ()
    """The notes at the end of the document."""
    marks: tuple[Mark, ...] = ()
    """The inline marks of the source, in the order of their offsets."""

    def notes(self) -> Iterator[Note]:
        """Yield the notes that marks in the text refer to, in reading order."""
        sections = [
            *self.walk(),
            *(
                inner
                for annex in self.annexes
                for section in annex.sections
                for inner in section.walk()
            ),
        ]
        groups = (
            self.preamble,
            *(section.blocks for section in sections),
            *(annex.blocks for annex in self.annexes),
            self.end_notes,
        )
        for blocks in groups:
            yield from (note for note in blocks if isinstance(note, Note) and note.references)

    def walk(self) -> Iterator[Section]:
        """Yield every section of the report itself in reading order."""
        for section in self.sections:
            yield from section.walk()
