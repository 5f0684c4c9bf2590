"""The values that pass from stage to stage: frozen, slotted, made with keywords.

Every offset counts code points in the decoded source, so that a place can be pointed at in
the file the office has. Children are tuples. Nothing here checks its values: ``readers`` and
``options`` do, and later stages trust the types.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """A span of the decoded source."""

    offset: int
    """The first code point."""
    length: int
    """How many code points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A string that remembers where in the source each of its characters came from."""

    string: str
    starts: Sequence[int]
    """For each character, the first source code point that it stands for."""
    ends: Sequence[int]
    """For each character, one past the last source code point that it stands for."""

    def __len__(self) -> int:
        """Return the number of code points."""
        return len(self.string)

    def slice(self, start: int, end: int | None = None) -> Text:
        """Return the part from ``start`` up to ``end``, its places kept."""
        part = slice(start, end)
        return Text(string=self.string[part], starts=self.starts[part], ends=self.ends[part])

    def strip(self) -> Text:
        """Return the text without white space at its ends."""
        start = len(self.string) - len(self.string.lstrip())
        return self.slice(start, max(start, len(self.string.rstrip())))

    def lines(self) -> Iterator[Text]:
        """Yield the lines, without their line feeds."""
        start = 0
        while (end := self.string.find("\n", start)) >= 0:
            yield self.slice(start, end)
            start = end + 1
        yield self.slice(start)

    @property
    def locator(self) -> Locator:
        """The span of the source from the first character's place to the last one's."""
        if not self.string:
            return Locator(offset=0, length=0)
        return Locator(offset=self.starts[0], length=self.ends[-1] - self.starts[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change that a rule made, or text that it took away."""

    stage: Literal["read", "normalise", "convert"]
    rule: str
    locator: Locator
    before: str
    after: str
    reason: str


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """The publication is not what it claims to be."""
    WARNING = "warning"
    """A person should look."""
    NOTE = "note"
    """Worth knowing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something noticed, for a person to read."""

    clause: str
    """The rule or clause that it is about, in the words of its standard where there is one."""
    severity: Severity
    message: str
    hint: str = ""
    locator: Locator | None = None
    """The place in the source, where there is one."""


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
    facts: tuple[tuple[str, str], ...] = ()
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A statistical fact that the report states (SDMX: measure, value, unit, period)."""

    section: str
    """The numbers of its section, joined: 二/(三)/2; 引言 before the first."""
    subject: str
    """What is counted or measured."""
    value: str
    """As stated, a decimal; a range keeps both ends: 15—20."""
    unit: str
    """As in the source, the magnitude included: 万元."""
    qualifier: str
    period: str
    quote: str
    """The words that state it, as set."""
    locator: Locator
    """The figure itself."""
    clause: Locator
    """The words around it that make the statement."""
    tabulated: bool = False
    """Whether it is a cell of one of the report's own tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What a figure is to another one; both by their places in the source."""

    kind: Literal["part", "change", "rate", "repetition"]
    """A part of a total; a change of a level; a rate of a figure; the same fact again."""
    offset: int
    base: int


class Outcome(StrEnum):
    """What came of checking a statement."""

    HOLDS = "holds"
    FAILS = "fails"
    UNVERIFIABLE = "cannot be verified"


class Reason(StrEnum):
    """Why a statement cannot be verified."""

    NONE = ""
    APPROXIMATE = "a figure is only approximate"
    BLANK = "a cell is blank"
    DIFFERENT = "the two statements may be about different things"
    MORE = "等 may stand for more than is listed"
    NO_BASE = "the report gives no base for it"
    PARTS = "the parts named need not be all"


CheckKind = Literal["sum", "percentage", "growth", "enumeration", "repetition", "table-identity"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A statement about figures, computed again."""

    kind: CheckKind
    statement: str
    """As a formula: 1272 = 293 + 695 + 284."""
    subject: str
    """What the figure that is stated counts."""
    stated: str
    computed: str
    """Empty where it cannot be computed."""
    outcome: Outcome
    reason: Reason
    quote: str
    locator: Locator
    """The figure that is stated."""
    clause: Locator
    """The words around it; a cell is its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRow:
    """A figure in a table of a section's main figures."""

    subject: str
    value: str
    unit: str
    note: str
    depth: int
    """0, or 1 for a part under its total."""
    clause: Locator
    """Where the report states it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryGroup:
    """The rows of one subsection; the title is empty where a section has none."""

    title: str
    rows: tuple[SummaryRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One figure of a chart."""

    label: str
    value: Decimal
    stated: str
    """As the report writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Figures that are seen better than read."""

    kind: Literal["parts", "series"]
    """The parts of a total, or one measure over years."""
    title: str
    unit: str
    total: str
    """The total that the parts make up; empty of a series."""
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryTable:
    """The main figures of a section of the first level, of an annex, or of what comes before."""

    section: str
    start: int
    """Where in the source that part begins: the offset of its heading; -1 before all of them."""
    title: str
    groups: tuple[SummaryGroup, ...]
    charts: tuple[Chart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """What the report's figures say."""

    observations: tuple[Observation, ...] = ()
    relations: tuple[Relation, ...] = ()
    checks: tuple[Check, ...] = ()
    summary: tuple[SummaryTable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguity:
    """A character or a word with more than one counterpart, for an editor to look at."""

    offset: int
    before: str
    after: str
    why: str
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WordChange:
    """A word that a glossary, or a change of vocabulary, settled."""

    offset: int
    before: str
    after: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """What the conversion of the script did, for an editor to check."""

    source_script: str
    """BCP 47 script of the source: zh-Hans, zh-Hant or mixed."""
    target: str
    """BCP 47 of the result; the source's own where nothing was converted."""
    configuration: str = ""
    """OpenCC's name for what was done; empty where nothing was."""
    protected: tuple[str, ...] = ()
    """What was left to the letter, or taken character by character."""
    glossary: tuple[WordChange, ...] = ()
    vocabulary: tuple[WordChange, ...] = ()
    ambiguous: tuple[Ambiguity, ...] = ()
    unpaired: tuple[int, ...] = ()
    """Offsets of quotation marks without a counterpart, which stay as they were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FontUse:
    """A font that a publication embeds."""

    family: str
    style: str
    version: str
    licence: str
    characters: int
    """How many different characters it supplies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one validator says of one file."""

    profile: str
    validator: str
    version: str
    passed: bool
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A finished publication."""

    source: Path
    pdf: Path
    record: Path
    pages: int
    title: str
    findings: tuple[Finding, ...]
    statistics: Statistics
    verdicts: tuple[Verdict, ...]
    written: tuple[Path, ...] = field(default=())
    """Every file written, the PDF and the record included."""
