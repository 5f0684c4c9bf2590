"""A report with its parts: metadata, sections, paragraphs, lists, tables, figures and notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model.source import AlignedSpan, BlankLines, Mark, SourcePicture
    from publisher.model.text import Locator, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The metadata of a report, with Dublin Core names where they exist."""

    title: str
    """The title without the subtitle."""
    subtitle: str = ""
    publishers: tuple[str, ...] = ()
    """The issuing offices (``issuers`` in the record)."""
    creator: str = ""
    """The person in the by-line with the office held: 代市长　林舟."""
    date: str = ""
    """The day of issue, or its month if the report names no day (ISO 8601); empty if it names neither."""
    identifier: str = ""
    """The document number, such as 哈政发〔2018〕5号."""
    coverage: str = ""
    """The reporting period: a year, or an ISO 8601 interval."""
    source: str = ""
    """The newspaper, agency or site that the text was taken from."""
    kind: str = ""
    """The kind of document, by its name in ``publisher.reference``; empty if none was recognised."""
    kind_evidence: str = ""
    """The words of the document that show its kind."""
    language: str = "zh-Hans"
    """BCP 47."""

    @property
    def publisher(self) -> str:
        """Return the issuing offices as they are printed in one line."""
        return "、".join(self.publishers)


PartRole = Literal[
    "copy-number",
    "secrecy",
    "urgency",
    "office-mark",
    "document-number",
    "signer",
    "subtitle",
    "speaker",
    "office",
    "date",
    "source",
    "web-label",
    "addressee",
    "attendance",
    "attachment",
    "remark",
    "copies-to",
    "printed-by",
    "contact",
    "caption",
    "unit",
    "note",
]
"""What a line outside the running text is.

Above and below the title (GB/T 9704-2012, 7.2): 份号, 密级和保密期限, 紧急程度, 发文机关标志, 发文字号, 签发人, a subtitle, who
speaks, an office, a date, the newspaper that the text was taken from, a label of a web page, 主送机关. Below the text: who was
there (出席, 列席, 记录), 附件 named below the signature. Below the signature (7.3.6 and 7.4): 附注, 抄送机关, 印发机关和印发日期, a
contact. At a table or a picture: its caption, 单位：, its source or a note.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    """A line outside the running text, with what it is."""

    role: PartRole
    text: Text


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
    label: int = 0
    """The number of characters of its number at the beginning (第三条, 12.); 0 if it has none."""


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
    level: int = 0
    """For the head of a row, how many row heads of its column it is a part of: 1 for 其中：女性 below 人口, 0 for the outermost."""
    starts_side: bool = False
    """Whether it heads a row of a further table beside the first one (项目, 金额, 项目, 金额); heads left of it do not apply behind it."""
    blank_lines: tuple[BlankLines, ...] = ()
    """The lines of a form's cell to write on, in order; none in other tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: header rows, then data rows."""

    above: tuple[PartLine, ...] = ()
    """The lines above it in the order of the source: its caption (表1 办理情况), 单位：万元."""
    head: tuple[tuple[TableCell, ...], ...]
    body: tuple[tuple[TableCell, ...], ...]
    below: tuple[PartLine, ...] = ()
    """The lines below it in the order of the source: 资料来源：…, 注：…."""
    locator: Locator
    is_form: bool = False
    """Whether it is a form to be written on; its empty cells are for the answers."""

    @property
    def caption(self) -> Text | None:
        """Return the first line of its caption; ``None`` if it has none."""
        return next((line.text for line in self.lines() if line.role == "caption"), None)

    @property
    def caption_words(self) -> str:
        """Return all lines of the caption in one: 表二　办理情况; empty if it has none."""
        return "\u3000".join(line.text.string for line in self.lines() if line.role == "caption")

    def lines(self) -> tuple[PartLine, ...]:
        """Return the lines above and below it."""
        return (*self.above, *self.below)

    @property
    def unit(self) -> Text | None:
        """Return the line that gives the unit of its figures; ``None`` if it has none."""
        return next((line.text for line in self.lines() if line.role == "unit"), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture with its alternative text."""

    alt: str
    svg: str = ""
    """An SVG drawing of the toolkit; empty if the picture is from the report."""
    picture: SourcePicture | None = None
    above: tuple[PartLine, ...] = ()
    """The lines above it that belong to it: its caption, 单位：."""
    below: tuple[PartLine, ...] = ()
    """The lines below it that belong to it: its caption (图1 …), its source, notes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note below a text or a table: one that begins with 注：, or one that marks in the text refer to."""

    text: Text
    label: int = 0
    """The number of characters of its mark at the beginning; 0 if nothing refers to it."""
    references: tuple[Locator, ...] = ()
    """The marks in the text that refer to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreformattedText:
    """Lines whose spaces and line ends are part of what they say: commands, drawings, lists in columns."""

    text: Text
    """All lines, with a line feed between two of them."""


Block = Paragraph | ItemList | Table | Figure | Note | PreformattedText


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
    """A document inside the report: 附件1 below the signature, or the 办法 that a 通知 carries."""

    label: Text | None = None
    """The line 附件1; ``None`` for a document that a notice carries."""
    title: tuple[Text, ...] = ()
    """The lines of its title."""
    below_title: tuple[PartLine, ...] = ()
    """The lines between its title and its text, such as its subtitle."""
    blocks: tuple[Block, ...] = ()
    """The blocks before its first heading."""
    sections: tuple[Section, ...] = ()
    attachments: tuple[Text, ...] = ()
    above_sign_off: tuple[PartLine, ...] = ()
    sign_off: tuple[Text, ...] = ()
    """Its signature and date."""
    remarks: tuple[PartLine, ...] = ()
    """The lines below its signature."""

    @property
    def start(self) -> Text:
        """Return its first line, which is its label or that of its title; it has at least one of them."""
        return self.label or self.title[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report with its structure; its parts are in the order of the source."""

    metadata: Metadata
    masthead: tuple[Block | PartLine, ...]
    """What is above the title: lines with a role (GB/T 9704-2012, 7.2), other lines, pictures."""
    title: tuple[Text, ...]
    """The lines of the title as in the source; empty if the source has none."""
    below_title: tuple[PartLine, ...] = ()
    """The lines between title and text: subtitle, document number, by-line, date."""
    addressee: Text | None = None
    """The line of the addressees (主送机关), such as 各县人民政府：."""
    preamble: tuple[Block, ...]
    """The blocks before the first heading."""
    sections: tuple[Section, ...]
    attachments: tuple[Text, ...]
    """The lines 附件：… before the signature."""
    above_sign_off: tuple[PartLine, ...] = ()
    """Other lines between the text and the signature: 正本 and 副本 of a 函, 出席 and 记录 of minutes."""
    sign_off: tuple[Text, ...]
    """The signatories and the date at the end."""
    remarks: tuple[PartLine, ...] = ()
    """The lines between the signature and the annexes: 附注, a contact, 抄送."""
    annexes: tuple[Annex, ...] = ()
    end_notes: tuple[Note, ...] = ()
    """The notes at the end of the document."""
    imprint: tuple[PartLine, ...] = ()
    """The lines at the very end (版记): 抄送机关, 印发机关和印发日期."""
    marks: tuple[Mark, ...] = ()
    """The inline marks of the source, in the order of their offsets."""
    quotations: tuple[Locator, ...] = ()
    """The block quotations of the source in order; none is inside another."""
    alignments: tuple[AlignedSpan, ...] = ()
    """The lines that the source centres or sets flush right, in order; none is inside another."""

    @property
    def subtitle(self) -> tuple[Text, ...]:
        """Return the lines of the subtitle as in the source."""
        return tuple(line.text for line in self.below_title if line.role == "subtitle")

    def notes(self) -> Iterator[Note]:
        """Yield the notes that marks in the text refer to, those at the end of the document last."""
        for block in (*self.blocks(), *self.end_notes):
            if isinstance(block, Note) and block.references:
                yield block

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of the report and its annexes: those before the first heading of an annex last."""
        yield from self.preamble
        for section in self.all_sections():
            yield from section.blocks
        for annex in self.annexes:
            yield from annex.blocks

    def all_sections(self) -> Iterator[Section]:
        """Yield every section of the report, then those of its annexes."""
        yield from self.walk()
        for annex in self.annexes:
            for section in annex.sections:
                yield from section.walk()

    def walk(self) -> Iterator[Section]:
        """Yield every section of the report itself in reading order."""
        for section in self.sections:
            yield from section.walk()
