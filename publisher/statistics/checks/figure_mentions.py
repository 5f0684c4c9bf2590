"""The levels that sentences and tables of a report state, with all that says whether two of them are one figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.reference.units import SHARES, UNITS_OF_PEOPLE
from publisher.statistics.other_places import part_of_whole, scope_of
from publisher.statistics.periods import period_of
from publisher.statistics.rate_readings import RATE_NAME
from publisher.statistics.stated_fractions import exact_amount

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.statement import Statement
    from publisher.statistics.table_cells import TableCell

_TITLE_SPAN = re.compile(
    "(?P<span>[上下]半年|前三季度|第?[一二三四]季度|\\d{1,2}(?:[—～~至到-]\\d{1,2})?月(?!\\d))"
)
_SPAN = re.compile("半年|季度|月")
LONGEST_NAME = 16
"""Characters of a clause before a figure that are compared with a name."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FigureMention:
    """An exact level of a sentence or of a cell. What is costly to read is read for the few figures with equal digits only."""

    amount: Decimal
    """Without the magnitude of its unit."""
    rounding: Decimal
    unit: str
    value: str
    year: str
    """The year of the report."""
    span: str = ""
    """The part of the year that the report is about: 上半年."""
    statement: Statement | None = None
    index: int = 0
    cell: TableCell | None = None

    @property
    def name(self) -> str:
        """What is counted; for a cell, its heads."""
        if self.cell is not None:
            return self.cell.subject
        return self.statement.readings[self.index].measure if self.statement else ""

    @property
    def words(self) -> str:
        """The words between the figure before it and the figure."""
        return self.statement.words_before(self.index)[-LONGEST_NAME:] if self.statement else ""

    @property
    def whole(self) -> str:
        """The total that it is a part of."""
        return self.statement.whole_of(self.index) if self.statement else ""

    @property
    def time(self) -> tuple[str, str]:
        """The year, and the part of the year: 上半年."""
        if self.statement is None:
            return (self.cell.period if self.cell else ""), self.span
        period = self.statement.readings[self.index].period
        span = period if _SPAN.search(period) else self.statement.context.span or self.span
        return period_of(self.statement, self.index, self.year), span

    @property
    def status(self) -> str:
        """Whether it is a result or a target."""
        if self.statement is None:
            return self.cell.status if self.cell else ""
        return self.statement.status(self.index)

    @property
    def scope(self) -> str:
        """Where it is counted; empty for all that the report is about."""
        if self.statement is None:
            return part_of_whole(self.cell.scope) if self.cell else ""
        return scope_of(self.statement, self.index)

    @property
    def section(self) -> str:
        """The path of its section."""
        if self.statement is not None:
            return self.statement.passage.section
        return self.cell.section if self.cell else ""


def sentence_mentions(report: ReportStatements) -> Iterator[FigureMention]:
    """Yield the exact levels of sentences, percentages of rates included."""
    span = _span_of(report.title)
    for statement in report.levels.statements:
        for index, reading in enumerate(statement.readings):
            quantity, amount = statement.quantities[index], exact_amount(statement, index)
            is_rate = quantity.unit == "%" and RATE_NAME.search(reading.measure)
            if amount is None and is_rate and quantity.exact:
                amount = quantity.number
            if (
                amount is None
                or reading.kind != "level"
                or (quantity.unit in SHARES and not is_rate)
            ):
                continue
            yield FigureMention(
                amount=abs(amount),
                rounding=quantity.rounding,
                unit=UNITS_OF_PEOPLE.get(quantity.base_unit, quantity.base_unit),
                value=quantity.value,
                year=report.year,
                span=span,
                statement=statement,
                index=index,
            )


def table_mentions(report: ReportStatements) -> Iterator[FigureMention]:
    """Yield the levels of tables."""
    span = _span_of(report.title)
    for cell in report.cells:
        if cell.kind == "level":
            yield FigureMention(
                amount=abs(cell.amount),
                rounding=cell.rounding,
                unit=UNITS_OF_PEOPLE.get(cell.unit, cell.unit),
                value=cell.value,
                year=report.year,
                span=span,
                cell=cell,
            )


def _span_of(title: str) -> str:
    """Return the part of the year that a title names: 上半年; empty if it names none."""
    match = _TITLE_SPAN.search(title)
    return match["span"] if match else ""
