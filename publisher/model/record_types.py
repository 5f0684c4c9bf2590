"""The types of the record ``NAME.record.json``, the only description of its shape.

``record.schema.json`` and the tables of ``docs/record.md`` are generated from these types by
``scripts/generate.py``, and ``publisher.record`` validates every record against them. A key that
is not ``NotRequired`` is in every record. Keys may be added; none is ever renamed.

Every ``offset`` counts code points in the decoded source.
"""

from typing import Annotated, Literal, NotRequired, TypedDict

from msgspec import Meta

Count = Annotated[int, Meta(ge=0)]
PositiveCount = Annotated[int, Meta(ge=1)]
NonEmptyText = Annotated[str, Meta(min_length=1)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Day = Annotated[str, Meta(pattern="^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")]
DayOrMonth = Annotated[str, Meta(pattern="^([0-9]{4}-[0-9]{2}(-[0-9]{2})?)?$")]
LanguageTag = Annotated[str, Meta(pattern="^(zh|en)(-|$)")]
Figure = Annotated[str, Meta(pattern=r"^-?[0-9]+(\.[0-9]+)?(—-?[0-9]+(\.[0-9]+)?)?$")]
FormName = Annotated[str, Meta(pattern="^(20(19|21)-[234])?$")]
Share = Annotated[float, Meta(ge=0, le=1)]
CellKind = Literal["figure", "none", "blank", "shared", "words"]
CellSpan = Annotated[list[PositiveCount], Meta(min_length=2, max_length=2)]


class SourceRecord(TypedDict):
    """The source file."""

    name: str
    """The file's name without its folder."""
    sha256: Sha256
    bytes: Count
    """The file's length."""
    encoding: str
    encoding_confidence: Share
    """1 if the encoding was not guessed."""
    media_type: str
    characters: Count
    """Code points of the decoded source."""
    facts: NotRequired[dict[str, str]]
    """The file's own metadata (a web page's ``<meta>``, a Word file's properties), by Dublin Core name."""


class OptionsRecord(TypedDict):
    """Every option that can change the output, by its name in ``publisher.Options``."""

    style: str
    """The style's name, or the path of its folder; in a bag, its path there."""
    names: list[str]
    """Names that the conversion leaves unchanged."""
    bleed: NotRequired[float]
    """Millimetres."""
    glossary: NotRequired[str]
    """In a bag only: the path of the glossary there."""
    extensions: NotRequired[list[str]]
    """The names of the packages whose readers, rules, checks and styles are used; absent in records that were written
    before there were any."""


class SectionRecord(TypedDict):
    """A section of the report or of one of its annexes."""

    level: PositiveCount
    """1 for 一、, 2 for （一）, 3 for 1."""
    number: str
    """The number as printed."""
    title: str
    page: Count
    """The page of the PDF, from 1."""


class AnnexRecord(TypedDict):
    """A document inside the report: 附件1, or the text that a notice carries."""

    label: str
    """The label as printed, such as 附件1; empty for a text that is carried without one."""
    title: str
    page: Count
    """The page of the PDF where it begins, from 1."""
    sections: list[SectionRecord]


class KindRecord(TypedDict):
    """The kind of document that the report is."""

    name: NonEmptyText
    """Its name in ``publisher.reference``, such as work-report."""
    evidence: str
    """The words of the document that show it."""


class ReportRecord(TypedDict):
    """The metadata and the sections of the report."""

    title: str
    subtitle: NotRequired[str]
    """The subtitle, which ``title`` does not contain."""
    issuer: str
    """The issuing office; several are joined by 、."""
    issuers: NotRequired[list[NonEmptyText]]
    """Each issuing office; absent in records that were written before offices were told apart."""
    speaker: NotRequired[str]
    """The person in the by-line with the office held."""
    source: NotRequired[str]
    """The newspaper, agency or site that the text was taken from."""
    kind: NotRequired[KindRecord]
    """Absent if no kind was recognised."""
    date: DayOrMonth
    """The day of issue (2018-03-12), the month (2018-03) if the report names no day, or empty."""
    document_number: str
    """For example 哈政发〔2018〕5号."""
    period: str
    """A year (2017), an ISO 8601 interval (2017-01-01/2017-12-31), or empty."""
    language: LanguageTag
    """The language of the output (BCP 47)."""
    sections: list[SectionRecord]
    """Its sections, those of its annexes not included."""
    annexes: NotRequired[list[AnnexRecord]]
    """Absent if it has none."""


class EditRecord(TypedDict):
    """A change of the text."""

    stage: Literal["read", "normalise", "convert"]
    rule: str
    """The name of the rule that made the change."""
    offset: Count
    length: PositiveCount
    """Code points of the source that ``before`` covers."""
    before: NonEmptyText
    after: str
    """The replacement; empty if the text was deleted."""
    reason: NonEmptyText
    preceding: NotRequired[PositiveCount]
    """How many characters before ``before`` have the same offset as its first one, white space aside; absent
    if there are none."""


class EditDecisionRecord(TypedDict):
    """A decision about the edits of a rule, or about its edit at one place."""

    rule: str
    decision: Literal["accept", "reject"]
    offset: NotRequired[Count]
    """Absent if the decision is about all edits of the rule."""
    length: NotRequired[Count]
    before: NotRequired[str]
    after: NotRequired[str]


class LineDecisionRecord(TypedDict):
    """The role of a line."""

    offset: Count
    length: Count
    role: Literal["title", "subtitle", "heading", "body", "list-item", "caption", "signature"]
    level: NotRequired[Count]
    """The level of a heading, if it was decided."""


class CaptionDecisionRecord(TypedDict):
    """The caption of a table."""

    offset: Count
    length: Count
    caption: NonEmptyText


class DecisionsRecord(TypedDict):
    """The decisions of a person that fitted the source, with their places in it."""

    file: str
    """The name of the decisions file without its folder; in a bag, its path there."""
    sha256: Sha256
    """The digest of the decisions file."""
    title: NotRequired[str]
    subtitle: NotRequired[str]
    issuer: NotRequired[str]
    date: NotRequired[Day]
    edits: list[EditDecisionRecord]
    lines: list[LineDecisionRecord]
    captions: list[CaptionDecisionRecord]


class ObservationRecord(TypedDict):
    """A figure that the report states."""

    section: str
    """The numbers of its section, joined by ``/``: 二/(三)/2."""
    subject: str
    """What is counted or measured."""
    value: Figure
    """A decimal number as stated, not multiplied by its unit (108976 with the unit 万元); a range has both ends (15—20)."""
    unit: str
    qualifier: str
    """For example 多, 近, 约, 全年."""
    measure: NotRequired[str]
    """What is counted, without the words for its change: 粮食产量 if the subject is 粮食产量增长."""
    scope: NotRequired[str]
    """Where it is counted, as the report says it: 市本级; empty if it does not say."""
    kind: NotRequired[Literal["level", "change", "rate", "share"]]
    """A level, a change of it, a rate of change, or a share of a whole."""
    direction: NotRequired[Literal[-1, 0, 1]]
    """For a change or a rate: 1 if the measure grew, -1 if it fell; 0 if the words do not say, or for other kinds."""
    status: NotRequired[Literal["result", "target", "estimate", "cumulative"]]
    doubt: NotRequired[str]
    """Why the measure is doubtful; empty if it is not."""
    period: str
    quote: str
    """The words that state the figure."""
    offset: Count
    part_of: NotRequired[Count | None]
    """The ``offset`` of the total that the figure is a part of, or null."""
    page: NotRequired[Count]
    """The page of the PDF, from 1; 0 if it is not known."""


class RelationRecord(TypedDict):
    """A relation between two figures."""

    kind: Literal["part", "change", "rate", "repetition"]
    offset: Count
    """The figure."""
    base: Count
    """The ``offset`` of the figure that it is a part, a change, a rate or a repetition of."""


class CheckRecord(TypedDict):
    """A statement about figures, recomputed."""

    kind: Literal["sum", "percentage", "growth", "enumeration", "repetition", "table-identity"]
    statement: str
    """The statement as a formula: 1272 = 293 + 695 + 284."""
    subject: NotRequired[str]
    stated: str
    computed: str
    """Empty if it cannot be computed."""
    holds: bool | None
    """Null if the statement cannot be verified; ``reason`` says why."""
    reason: NotRequired[str]
    quote: str
    offset: Count


class TableRecord(TypedDict):
    """A table of the report, or one that an appendix derives from it."""

    form: FormName
    """The official form that the table is (2021-3), or empty."""
    caption: str
    section: str
    columns: list[list[str]]
    """The rows of the table head."""
    rows: list[list[str]]
    kinds: NotRequired[list[list[CellKind]]]
    """For each cell of a source table: ``figure``, ``none`` (the cell says /), ``blank``, ``words``, or ``shared`` (cells of its row were lost and the figure cannot be assigned to a column)."""
    spans: NotRequired[list[list[CellSpan]]]
    """For each cell of a source table, how many rows and columns it spans."""
    origin: Literal["source", "derived"]


class WordChangeRecord(TypedDict):
    """A word that a glossary or a vocabulary replaced."""

    offset: Count
    before: str
    after: str
    note: str


class AmbiguityRecord(TypedDict):
    """A character or word with more than one possible conversion."""

    offset: Count
    before: str
    after: str
    why: str
    """Why a person should decide."""
    alternatives: NotRequired[list[str]]
    more: NotRequired[list[Count]]
    """Offsets of further places with the same text around them."""


_ConversionSource = TypedDict("_ConversionSource", {"from": str})
"""The script of the source: zh-Hans, zh-Hant or mixed."""


class ConversionRecord(_ConversionSource):
    """The conversion between Simplified and Traditional Chinese."""

    to: str
    """The language of the output (BCP 47)."""
    configuration: NotRequired[str]
    """The name of the OpenCC configuration; empty if nothing was converted."""
    forms: NotRequired[str]
    """The forms of Traditional characters: ``office``, ``standard`` or ``opencc``; empty if nothing was converted to Traditional."""
    second_reading: NotRequired[str]
    """The package that read a Simplified text a second time; empty if none did."""
    protected: list[str]
    """Words that stay unchanged, such as titles and document numbers."""
    glossary: NotRequired[list[WordChangeRecord]]
    vocabulary: NotRequired[list[WordChangeRecord]]
    ambiguous: list[AmbiguityRecord]
    unpaired_quotation_marks: NotRequired[list[Count]]
    """Offsets of quotation marks without a counterpart."""


class FontRecord(TypedDict):
    """An embedded font."""

    family: str
    style: str
    version: str
    licence: str
    characters: Count
    """How many different characters the font supplies."""


class AdditionRecord(TypedDict):
    """Text that the style adds to the text of the report."""

    at: Count
    """The addition is before this character of ``text``, white space not counted."""
    text: NonEmptyText


class FindingRecord(TypedDict):
    """Something that a person should look at."""

    clause: str
    """The rule, or the clause of a standard."""
    severity: Literal["error", "warning", "note"]
    message: str
    hint: str
    offset: NotRequired[Count]
    length: NotRequired[Count]


class VerdictRecord(TypedDict):
    """The result of one validator."""

    profile: str
    """The standard, or the name of the check."""
    validator: str
    version: str
    passed: bool
    findings: list[FindingRecord]


class PdfRecord(TypedDict):
    """The PDF."""

    sha256: Sha256
    bytes: NotRequired[PositiveCount]
    """The file's length; a signature may follow."""
    pages: PositiveCount
    profile: str
    declares: list[str]
    """The standards that the file declares, such as PDF/A-3a."""
    verdicts: list[VerdictRecord]


class SoftwareRecord(TypedDict):
    """The versions of the software that made the file."""

    publisher: str
    code: NotRequired[str]
    """The digest of the program's own files, in which checkouts of one version differ; absent in earlier records."""
    weasyprint: str
    pango: str
    harfbuzz: str
    pypdf: str
    ziamath: NotRequired[str]
    """Absent in records that were written before formulas were set."""
    latex2mathml: NotRequired[str]
    dictionary: str
    """The package whose tables a script conversion reads."""
    words: NotRequired[str]
    """The package that splits a text into words; absent in records that were written before conversion by words."""
    second_reading: NotRequired[str]
    """The package that reads a Simplified text a second time; absent likewise."""
    extensions: NotRequired[str]
    """The extensions in use, each with its version; absent if there are none."""


class StatisticsRecord(TypedDict):
    """The figures of the report and its tables."""

    observations: list[ObservationRecord]
    relations: list[RelationRecord]
    checks: list[CheckRecord]
    tables: list[TableRecord]


class Record(StatisticsRecord):
    """The record of a publication."""

    record_version: Literal[1]
    source: SourceRecord
    options: OptionsRecord
    report: ReportRecord
    edits: list[EditRecord]
    """All changes, in the order in which they were made. Applied in this order to the decoded source they give ``text``."""
    proposals: NotRequired[list[EditRecord]]
    """Changes that were not made because they are only likely, or because a person rejected them, in the order of the source."""
    decisions: NotRequired[DecisionsRecord | None]
    """Null if there is no decisions file."""
    conversion: ConversionRecord
    fonts: list[FontRecord]
    text: str
    """The text as it was typeset."""
    additions: list[AdditionRecord]
    findings: list[FindingRecord]
    pdf: PdfRecord
    software: SoftwareRecord
