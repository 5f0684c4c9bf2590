"""What the page of a report shows: its text with marked edits, its fields, and what a person should look at.

These values pass from the process that works on the report to the server, which writes the page. Offsets count code
points of the decoded source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from publisher.model import Locator

EditState = Literal["made", "proposed", "rejected", "accepted"]
"""What happens to an edit: the text proves it and it is made; it is only likely and waits for a decision; a person
rejected it; a person accepted it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditItem:
    """An edit that a person can decide about."""

    identifier: str
    """Names it in addresses and forms; the same for the same source."""
    rule: str
    state: EditState
    is_decided: bool
    """Whether a person decided about this edit itself, not only about its rule."""
    is_made: bool
    before: str
    """White space shown as signs."""
    after: str
    preceding: str
    following: str
    reason: str
    offset: int
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleItem:
    """A rule with the number of its edits in each state."""

    rule: str
    edits: int
    proposed: int
    rejected: int
    decision: str
    """``accept`` or ``reject`` if a person decided about all its edits; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A part of a line: plain text, or text that edits are about."""

    text: str
    """The characters as they are printed."""
    offset: int
    edits: tuple[str, ...] = ()
    """The identifiers of the edits that it shows; empty for plain text."""
    state: EditState = "made"
    other: str = ""
    """For an edit that is made the text before, for another one the text after it; white space shown as signs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line or a paragraph of the report as it is printed."""

    offset: int
    length: int
    role: str
    """A role of ``publisher.model.LineRole``, one of ``publisher.model.PartRole``, or ``not-printed``."""
    level: int
    """Of a heading; else 0."""
    is_decided: bool
    """Whether a person decided its role."""
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBlock:
    """A table of the report: its cells, row by row."""

    offset: int
    rows: tuple[tuple[TableCellText, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCellText:
    """A cell of a table."""

    spans: tuple[Span, ...]
    row_span: int = 1
    col_span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureBlock:
    """A picture of the report."""

    offset: int
    alt: str


TextBlock = TextLine | TableBlock | PictureBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of the metadata, and where it was found."""

    name: Literal["title", "subtitle", "issuer", "date", "number"]
    value: str
    is_decided: bool
    origin: str
    """Where it was found, as a message."""
    locator: Locator | None = None
    """The place in the source, if it has one."""

    @property
    def can_be_decided(self) -> bool:
        """Whether a decisions file has it."""
        return self.name != "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingItem:
    """Something that a person should look at."""

    severity: str
    message: str
    hint: str
    locator: Locator | None = None
    line: int = 0
    """The line of the source, from 1; 0 if it has no place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure of a check in the text."""

    words: str
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckItem:
    """A statement about figures that fails."""

    kind: str
    message: str
    subject: str
    statement: str
    stated: str
    computed: str
    quote: str
    figures: tuple[Figure, ...]
    """The stated figure, then those that it is computed from, as far as the text has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtItem:
    """A character or word with more than one possible conversion."""

    before: str
    after: str
    alternatives: tuple[str, ...]
    reason: str
    context: str
    offset: int
    occurrences: int
    """How often the report has it with the same text around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSize:
    """The size of a page in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """All that the page of a report shows."""

    version: str
    """Changes with every decision and every option that the pages depend on."""
    title: str
    language: str
    """The language of the printed text (BCP 47)."""
    blocks: tuple[TextBlock, ...]
    edits: tuple[EditItem, ...]
    rules: tuple[RuleItem, ...]
    fields: tuple[Field, ...]
    findings: tuple[FindingItem, ...]
    checks: tuple[CheckItem, ...]
    checks_held: int
    """How many statements hold."""
    doubts: tuple[DoubtItem, ...]
    pages: tuple[PageSize, ...]
    problem: FindingItem | None
    """Why the report cannot be typeset; ``None`` if it can."""
    can_undo: bool
    decisions: bytes
    """The content of the decisions file; empty if there are no decisions."""
