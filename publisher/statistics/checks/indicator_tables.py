"""The check of the form of 2014 to 2018 (政府信息公开情况统计表).

Its columns are 统计指标, 单位 and 统计数, in any order, among others. Provinces vary its rows, so the structure
is read from the numbers of the rows and from 其中.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.reference.row_labels import is_total, plain_label
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.grid import Grid
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check, Table

INDICATOR = re.compile("(?:统计)?指标(?:名称)?|项目|内容")
UNIT = re.compile("(?:计量)?单位")
VALUE = re.compile(
    "统计数(?:据|值)?|数量|数值|本年(?:度|累计|实际)?(?:数)?|历年累计(?:数)?|本期实际(?:数)?"
)
"""The heads of value columns; each column adds up separately."""
_OF_WHICH = re.compile("其中[：:]?")
_LEVELS = (
    re.compile("[一二三四五六七八九十]+[、．.]"),
    re.compile("[（(][一二三四五六七八九十]+[）)]"),
    re.compile("[0-9]+[．.、]"),
    re.compile("[（(][0-9]+[）)]"),
)
"""The numbering of row labels, the outermost level first."""
_OVERLAPPING = re.compile("主动公开|渠道|方式|回应|解读|会议|培训")
"""Indicators whose parts may overlap or be incomplete."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator and its value in one column."""

    row: int
    name: str
    depth: int
    """0 for 一、, 1 for （一） and so on; 其中 is one deeper than its total."""
    of_which: bool
    unit: str
    value: Decimal | None


_EXAMPLE = (
    "| 统计指标 | 单位 | 统计数 |\n|---|---|---|\n"
    "| 一、收到申请数 | 件 | {} |\n| （一）当面申请数 | 件 | 12 |\n| （二）网络申请数 | 件 | 30 |"
)


@arithmetic_check(
    name="indicator-table",
    kinds=("table-identity",),
    reason="The numbered parts of an indicator in its own unit are its sum, and 其中 is at most its total. "
    "It fails where the sum differs or 其中 is larger.",
    fails=((_EXAMPLE.format(43), "一、收到申请数 43 = 12 + 30 is stated, 42 is computed"),),
    holds=(_EXAMPLE.format(42),),
    exceptions="the parts of 主动公开, channels, forms of response and meetings, which may overlap; "
    "sums with blank cells, unless they exceed their total (``cannot be verified``).",
)
def check_indicator_table(table: Table) -> Iterator[Check]:
    """Recompute the indicators of the form of 2014 to 2018."""
    grid = Grid.from_table(table)
    columns = find_columns(grid)
    if columns is None:
        return
    name_column, unit_column, value_columns = columns
    for column in value_columns:
        indicators = list(read_indicators(grid, name_column, unit_column, column))
        yield from _check_column(grid, indicators, column)


def _check_column(grid: Grid, indicators: Sequence[Indicator], column: int) -> Iterator[Check]:
    for index, whole in enumerate(indicators):
        if whole.value is None:
            continue
        parts, of_which = _children(indicators, index)
        position = (whole.row, column)
        for part in of_which:
            if part.value is not None and part.unit == whole.unit:
                yield _check_parts(grid, position, whole, [part], at_most=True)
        same_unit = [part for part in parts if part.unit == whole.unit]
        if len(same_unit) > 1 and same_unit == parts and not _OVERLAPPING.search(whole.name):
            yield _check_parts(grid, position, whole, parts, at_most=False)


def find_columns(grid: Grid) -> tuple[int, int, list[int]] | None:
    """Return the column of indicators, the column of units and the columns of values."""
    heads = [(column, plain_label(text)) for column, text in grid.columns(0)]
    names, units, values = (
        [column for column, head in heads if pattern.fullmatch(head)]
        for pattern in (INDICATOR, UNIT, VALUE)
    )
    return (names[0], units[0], values) if names and units and values else None


def read_indicators(
    grid: Grid, name_column: int, unit_column: int, value_column: int
) -> Iterator[Indicator]:
    """Yield the rows of the table with their figures in a column."""
    depth = 0
    was_of_which = False
    for row in grid.rows(1):
        label = plain_label(grid.text(row, name_column))
        if is_total(label):
            continue
        level = next((i for i, numbering in enumerate(_LEVELS) if numbering.match(label)), None)
        of_which = level is None and bool(label) and (bool(_OF_WHICH.match(label)) or was_of_which)
        was_of_which = of_which
        if level is not None:
            depth = level
        yield Indicator(
            row=row,
            name=label,
            depth=depth + 1 if of_which else depth,
            of_which=of_which,
            unit=to_simplified(grid.text(row, unit_column)),
            value=grid.number(row, value_column),
        )


def _children(
    indicators: Sequence[Indicator], index: int
) -> tuple[list[Indicator], list[Indicator]]:
    """Return the numbered parts directly below an indicator, and its 其中."""
    parts: list[Indicator] = []
    of_which: list[Indicator] = []
    for below in indicators[index + 1 :]:
        if below.depth <= indicators[index].depth:
            break
        if below.of_which:
            if not parts:
                of_which.append(below)
        elif not parts or below.depth == parts[0].depth:
            parts.append(below)
    return parts, of_which


def _check_parts(
    grid: Grid,
    position: tuple[int, int],
    whole: Indicator,
    parts: Sequence[Indicator],
    *,
    at_most: bool,
) -> Check:
    stated = whole.value or Decimal(0)
    known = [part.value for part in parts if part.value is not None]
    computed = sum(known, Decimal(0))
    reason = Reason.NONE
    if computed == stated or (at_most and computed < stated):
        outcome = Outcome.HOLDS
    elif len(known) < len(parts) and computed < stated:
        outcome, reason = Outcome.UNVERIFIABLE, Reason.BLANK
    else:
        outcome = Outcome.FAILS
    terms = " + ".join(str(number) for number in known)
    return grid.make_check(
        position,
        formula=f"{whole.name} {stated} {'≥' if at_most else '='} {terms}",
        subject=whole.name,
        numbers=(stated, computed),
        verdict=(outcome, reason),
    )
