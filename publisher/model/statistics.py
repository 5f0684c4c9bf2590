"""The figures of a report: observations, their relations, checks, tables and charts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from publisher.messages import translatable

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
    """A decimal number as stated; a range has both ends: 15—20."""
    unit: str
    """As in the source, with its magnitude: 万元."""
    qualifier: str
    period: str
    quote: str
    """The words that state it."""
    locator: Locator
    """The figure itself."""
    clause: Locator
    """The clause that states it."""
    measure: str = ""
    """What is counted, without the words for its change, its place and its period: 粮食产量."""
    scope: str = ""
    """Where it is counted, as the report says it: 市本级; empty if it does not say."""
    kind: Literal["level", "change", "rate", "share"] = "level"
    """A level, a change of it, a rate of change or a share of a whole."""
    direction: Literal[-1, 0, 1] = 0
    """For a change or a rate: 1 if the measure grew, -1 if it fell; 0 if the words do not say, or for other kinds."""
    status: Literal["result", "target", "estimate", "cumulative"] = "result"
    doubt: str = ""
    """Why the measure is doubtful; empty if it is not."""
    tabulated: bool = False
    """Whether it is a cell of a table in the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A relation between two figures, which are named by their offsets."""

    kind: Literal["part", "change", "rate", "repetition"]
    """``part`` of a total, ``change`` of a level, ``rate`` of a figure, or ``repetition`` of a fact."""
    offset: int
    base: int


class Outcome(StrEnum):
    """The result of recomputing a statement."""

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
    REVISED = "the figure of the year before may have been revised"


CheckKind = Literal["sum", "percentage", "growth", "enumeration", "repetition", "table-identity"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A statement about figures, recomputed."""

    kind: CheckKind
    statement: str
    """As a formula: 1272 = 293 + 695 + 284."""
    subject: str
    """What the stated figure counts."""
    stated: str
    computed: str
    """Empty if it cannot be computed."""
    outcome: Outcome
    reason: Reason
    quote: str
    locator: Locator
    """The stated figure."""
    clause: Locator
    """The clause around the figure, or the cell."""
    difference: str = ""
    """What differs, in words; empty if the formula and the computed figure say it."""

    @property
    def failure(self) -> str:
        """Return how the statement fails, in words."""
        return self.difference or translatable(
            "{statement} is stated, {computed} is computed",
            statement=self.statement,
            computed=self.computed,
        )


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
    """The rows of one subsection; the title is empty if a section has none."""

    title: str
    rows: tuple[SummaryRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One figure of a chart."""

    label: str
    value: Decimal
    """The figure times the magnitude of its unit, so that bars of 亿元 and 万元 are in proportion."""
    stated: str
    """As in the report."""
    unit: str
    """As in the report, with its magnitude."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A bar chart of figures."""

    kind: Literal["parts", "series"]
    """The parts of a total, or one measure over years."""
    title: str
    unit: str
    total: str
    """The total of the parts; empty for a series."""
    clause: Locator
    """The clause that states the total, or the last figure of a series."""
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryTable:
    """The main figures of a first-level section, of an annex, or of the text before them."""

    section: str
    start: int
    """The offset of the heading of that part; -1 for the text before all headings."""
    title: str
    groups: tuple[SummaryGroup, ...]
    charts: tuple[Chart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """The figures of a report with their relations, checks and tables."""

    observations: tuple[Observation, ...] = ()
    relations: tuple[Relation, ...] = ()
    checks: tuple[Check, ...] = ()
    summary: tuple[SummaryTable, ...] = ()
