"""A report with its parts: metadata, sections, paragraphs, lists, tables, figures and notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model.source import SourcePicture
    from publisher.model.text import Locator, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known of a report as a whole, under the Dublin Core names where they exist."""

    title: str
    publisher: str = ""
    """The issuing office (``issuer`` in the record)."""
    date: str = ""
    """The day of issue, ISO 8601; empty where the report has none."""
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
    """1 for 一、, 2 for （一）, 3 for 1., 4 for （1）, 5 for ①; of an unnumbered one, its depth."""
    number: str
    """As printed, without brackets' or marks' width changed: 一, （一）, 1; empty where none."""
    text: Text
    """The whole heading as it is printed, its number included."""
    title: str
    """The heading without its number and its closing mark."""
    run_in: bool = False
    """Whether the first paragraph goes on in the heading's own line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A run-in point, such as 一是 or 另一方面."""

    text: Text
    lead: int
    """How many characters, from the first, name the point (its label and first clause)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text; its points, if any, follow its lead text without a break."""

    text: Text
    """What comes before the first point; all of it where there is none."""
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """An item of a list, with its label as printed."""

    label: str
    """Empty where the source prints none but a bullet of its own."""
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
"""Which cells a head speaks for; empty for a cell of data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """A cell in its place on a table's grid."""

    text: Text
    scope: Scope = ""
    row_span: int = 1
    col_span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: rows of heads, then rows of data."""

    caption: Text | None = None
    """The line above it that names it: 表1 办理情况."""
    head: tuple[tuple[TableCell, ...], ...]
    body: tuple[tuple[TableCell, ...], ...]
    locator: Locator


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture and what it says to someone who cannot see it."""

    alt: str
    svg: str = ""
    """A drawing of the toolkit's own; empty where the picture is the report's."""
    picture: SourcePicture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note below a text or a table: 注：, or one that marks in the text refer to."""

    text: Text
    label: int = 0
    """How many of its characters, from the first, are its mark; 0 where nothing refers to it."""
    references: tuple[Locator, ...] = ()
    """The marks in the text, each as it is printed there."""


Block = Paragraph | ItemList | Table | Figure | Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands under it."""

    heading: Heading
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """Yield this section and all below it, in reading order."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """A document that follows the signature: 附件1, its title, and what it holds."""

    label: Text
    title: Text | None
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report as its readers understand it."""

    metadata: Metadata
    masthead: tuple[Block, ...]
    """What stands above the title."""
    title: tuple[Text, ...]
    """The lines of the title as the source broke it; empty where the source has none."""
    document_number: Text | None
    """The line directly under the title that holds the document number alone."""
    preamble: tuple[Block, ...]
    """What stands before the first heading."""
    sections: tuple[Section, ...]
    attachments: tuple[Text, ...]
    """附件：… lines, as they stand before the signature."""
    sign_off: tuple[Text, ...]
    """The signatories and the date at the end."""
    imprint: tuple[Note, ...] = ()
    """What stands between the signature and an annex: 附注, 抄送, a contact."""
    annexes: tuple[Annex, ...] = ()
    end_notes: tuple[Note, ...] = ()
    """Notes below the signature, at the end of all."""

    def notes(self) -> Iterator[Note]:
        """Yield the notes that marks in the text refer to, in reading order."""
        sections = [
            *self.walk(),
            *(one for a in self.annexes for s in a.sections for one in s.walk()),
        ]
        groups = (
            self.preamble,
            *(section.blocks for section in sections),
            *(annex.blocks for annex in self.annexes),
            self.end_notes,
        )
        for blocks in groups:
            yield from (one for one in blocks if isinstance(one, Note) and one.references)

    def walk(self) -> Iterator[Section]:
        """Yield every section of the report itself in reading order."""
        for section in self.sections:
            yield from section.walk()
