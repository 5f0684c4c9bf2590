"""The check of sentences against the report's own tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.reference.figure_words import WHOLE_PLACES
from publisher.reference.row_labels import is_total
from publisher.reference.units import split_unit
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.decimals import plain_decimal
from publisher.statistics.measure_names import measure_name
from publisher.statistics.periods import period_of
from publisher.statistics.statement import Statement
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Check, Observation
    from publisher.statistics.checks.arithmetic_check import ReportStatements

SHORTEST_NAME = 4
"""Characters of a name that means one thing wherever it is used."""
_ENDING = re.compile("(?:总数|数量|人数|次数|件数|情况|总量|数)$")
_COLUMN = re.compile(
    "(?:19|20)\\d\\d年|数量|数值|统计数|本年|上年|实绩|实际|完成|预算|决算|计划|目标|指标值|绝对|数据|合计|总计"
)
"""Heads of columns that hold the value of the measure that the row names."""
_MEASURE = re.compile("[数量率额]$|面积$|收入$|支出$")
_PLACE = re.compile("[局委办厅县区镇乡市院校所站港]$|中心$|公司$|街道$")
_EXAMPLE = (
    "年末全市公园绿地面积{}公顷。\n\n| 指标 | 单位 | 数量 |\n|---|---|---|\n"
    "| 公园绿地面积 | 公顷 | 120 |\n| 城市道路长度 | 公里 | 88 |"
)

Key = tuple[str, str, str, str, str]
"""A measure, its unit, period, status and kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """A figure of a table under a name that sentences use."""

    amount: Decimal
    rounding: Decimal
    value: str
    scope: str


@arithmetic_check(
    name="text-against-table",
    kinds=("repetition",),
    reason="It fails where a sentence and a table of the report give different figures under one name, for the same "
    "unit, period, status and place.",
    fails=((_EXAMPLE.format(210), "公园绿地面积: the text states 210, the table 120"),),
    holds=(_EXAMPLE.format(120),),
    exceptions="names of fewer than four characters, names that the table has more than once, and sentences or tables "
    "about one place among several (``cannot be verified``).",
)
def check_text_against_table(report: ReportStatements) -> Iterator[Check]:
    """Compare sentences with tables that name the same measure."""
    cells = _cells(report)
    if not cells:
        return
    for statement in report.items:
        if not isinstance(statement, Statement):
            continue
        for index, reading in enumerate(statement.readings):
            quantity = statement.quantities[index]
            if (
                statement.context.span
                or quantity.amount is None
                or not quantity.exact
                or reading.is_earlier
                or reading.doubt
            ):
                continue
            name = _plain_name(reading.measure)
            period = period_of(statement, index, report.year)
            key = (name, quantity.base_unit, period, statement.status(index), reading.kind)
            same_name = cells.get(key, [])
            if len({cell.amount for cell in same_name}) != 1:
                continue
            yield _compare(statement, index, name, same_name[0])


def _compare(statement: Statement, index: int, name: str, cell: _Cell) -> Check:
    quantity, reading = statement.quantities[index], statement.readings[index]
    amount = quantity.amount or Decimal(0)
    outcome, reason = Outcome.HOLDS, Reason.NONE
    is_whole = not reading.scope or reading.scope in WHOLE_PLACES
    if abs(amount - cell.amount) > quantity.rounding + cell.rounding:
        outcome = Outcome.FAILS
        is_table_of_whole = not cell.scope or cell.scope in WHOLE_PLACES
        is_part = bool(statement.whole_of(index))
        if is_part or not (is_whole and is_table_of_whole) or len(name) < SHORTEST_NAME:
            outcome, reason = Outcome.UNVERIFIABLE, Reason.DIFFERENT
    measure = statement.in_source_script(reading.measure)
    check = statement.make_check(
        index,
        kind="repetition",
        formula=f"{measure}: {quantity.value}, {cell.value}",
        subject=measure,
        numbers=(quantity.value, plain_decimal(cell.amount / (quantity.scale or Decimal(1)))),
        verdict=(outcome, reason),
    )
    return replace(
        check, difference=f"{measure}: the text states {quantity.value}, the table {cell.value}"
    )


def _cells(report: ReportStatements) -> dict[Key, list[_Cell]]:
    """Return the figures of tables by what they are, without those below the head of another dimension."""
    cells: dict[Key, list[_Cell]] = {}
    for item in report.observations:
        name = _name_of_cell(item) if item.tabulated and "—" not in item.value else ""
        if not name:
            continue
        scale, unit = split_unit(to_simplified(item.unit))
        number = Decimal(item.value)
        rounding = Decimal(0)
        if scale > 1 or "." in item.value:
            rounding = Decimal(1).scaleb(int(number.as_tuple().exponent)) * scale / 2
        key = (name, unit, item.period, item.status, item.kind)
        cells.setdefault(key, []).append(
            _Cell(amount=number * scale, rounding=rounding, value=item.value, scope=item.scope)
        )
    return cells


def _name_of_cell(item: Observation) -> str:
    """Return the measure of a cell that a sentence may name; empty if the cell belongs to a part or a place."""
    *rows, last = [to_simplified(part) for part in item.measure.split("/")]
    if not rows:
        return _plain_name(last)
    if len(rows) == 1 and is_total(rows[0]):
        return _plain_name(last)
    if len(rows) == 1 and _COLUMN.search(last):
        return _plain_name(rows[0])
    if _MEASURE.search(last) and not any(map(_PLACE.search, rows)):
        return _plain_name(last)
    return ""


def _plain_name(measure: str) -> str:
    return _ENDING.sub("", measure_name(measure))
