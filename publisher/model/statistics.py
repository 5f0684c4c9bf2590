"""The figures of a report: observations, what they are to one another, checks, tables and charts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from decimal import Decimal

    from publisher.model.text import Locator


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
