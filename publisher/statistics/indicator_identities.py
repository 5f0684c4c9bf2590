"""The form of 2014 to 2018 (政府信息公开情况统计表), checked by its numbering and 其中.

Enters: a table whose columns are 统计指标, 单位 and 统计数, in any order and with more beside them.
Leaves: ``Check``s. Provinces vary its rows, so their structure is read from the numbers before them:
the parts of an indicator in its own unit make it up, 其中 is at most its total. Channels of
publication may exceed what was published, since one item counts once on each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.statistics.grid import Grid
from publisher.statistics.table_totals import LEVELS, bare, is_total
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check, Table

INDICATOR = re.compile("(?:统计)?指标(?:名称)?|项目|内容")
UNIT = re.compile("(?:计量)?单位")
VALUE = re.compile(
    "统计数(?:据|值)?|数量|数值|本年(?:度|累计|实际)?(?:数)?|历年累计(?:数)?|本期实际(?:数)?"
)
"""Each column of values adds up on its own."""
_OF_WHICH = re.compile("其中[：:]?")
_OVERLAPPING = re.compile("主动公开|渠道|方式|回应|解读|会议|培训")
"""Indicators whose parts may overlap, or need not be all there are."""


@dataclass(frozen=True, slots=True)
class _Row:
    """An indicator in its place."""

    row: int
    name: str
    depth: int
    """0 for 一、 and on; one deeper than its total for 其中."""
    of_which: bool
    unit: str
    value: Decimal | None


def of_indicators(table: Table) -> Iterator[Check]:
    """Yield the checks of a table of indicators; none of any other."""
    grid = Grid.of(table)
    columns = _columns(grid)
    if columns is None:
        return
    name, unit, values = columns
    for value in values:
        yield from _of_column(grid, list(_rows(grid, name, unit, value)), value)


def _of_column(grid: Grid, rows: Sequence[_Row], column: int) -> Iterator[Check]:
    for index, one in enumerate(rows):
        parts, of_which = _children(rows, index)
        place = (one.row, column)
        if one.value is None:
            continue
        for part in of_which:
            if part.value is not None and part.unit == one.unit:
                yield _check(grid, place, one, [part], at_most=True)
        same = [part for part in parts if part.unit == one.unit]
        if len(same) > 1 and len(same) == len(parts) and not _OVERLAPPING.search(one.name):
            yield _check(grid, place, one, same, at_most=False)


def _columns(grid: Grid) -> tuple[int, int, list[int]] | None:
    """Return the column of indicators, that of units, and those of values."""
    heads = [(column, bare(text)) for column, text in grid.columns(0)]
    name, unit, values = (
        [column for column, text in heads if pattern.fullmatch(text)]
        for pattern in (INDICATOR, UNIT, VALUE)
    )
    return (name[0], unit[0], values) if name and unit and values else None


def _rows(grid: Grid, name: int, unit: int, value: int) -> Iterator[_Row]:
    depth = 0
    following = False
    for row in sorted({row for row, _ in grid.cells if row}):
        label = bare(grid.text(row, name))
        if is_total(label):
            continue
        level = next((i for i, style in enumerate(LEVELS) if style.match(label)), None)
        of_which = level is None and bool(label) and (bool(_OF_WHICH.match(label)) or following)
        following = of_which
        if level is not None:
            depth = level
        yield _Row(
            row=row,
            name=label,
            depth=depth + 1 if of_which else depth,
            of_which=of_which,
            unit=to_simplified(grid.text(row, unit)),
            value=grid.number(row, value),
        )


def _children(rows: Sequence[_Row], index: int) -> tuple[list[_Row], list[_Row]]:
    """Return the numbered parts right under a row, and its 其中."""
    one = rows[index]
    parts: list[_Row] = []
    of_which: list[_Row] = []
    for below in rows[index + 1 :]:
        if below.depth <= one.depth:
            break
        if below.of_which:
            if not parts:
                of_which.append(below)
        elif not parts or below.depth == parts[0].depth:
            parts.append(below)
    return parts, of_which


def _check(
    grid: Grid, place: tuple[int, int], whole: _Row, parts: Sequence[_Row], *, at_most: bool
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
    shown = " + ".join(str(number) for number in known)
    return grid.identity(
        place,
        told=f"{whole.name} {stated} {'≥' if at_most else '='} {shown}",
        subject=whole.name,
        numbers=(stated, computed),
        verdict=(outcome, reason),
    )
