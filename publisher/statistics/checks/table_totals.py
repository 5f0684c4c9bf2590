"""The check of rows and columns that are called 合计, 总计 or 小计."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.reference.row_labels import OF_WHICH, ROW_NUMBERS, is_subtotal, is_total, plain_label
from publisher.reference.units import unit_in
from publisher.statistics.cell_units import UNIT_HEADS
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.decimals import last_digit
from publisher.statistics.grid import NO_FIGURE, Grid
from publisher.statistics.measure_names import column_adds_up
from publisher.text.cell_figures import match_figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.model import Check, Table

_BALANCE = re.compile("结转|结余|结存|余额|库存|存量|累计|期末|期初|年末|年初|月末")
"""Heads of columns of amounts at a time, which do not add up over periods."""
_DEDUCTED = re.compile("(?:其中)?[：:]?[（(]?(?:减(?:去|除)?|扣除)[：:）)]")
"""Opens the label of a row that is deducted."""
_PERIOD = re.compile("(?:[上本全]?[年月旬]|季度|\\d[日号周]|期初|期末)")
_YEAR = re.compile("[上去本]年|(?:19|20)[0-9]{2}年")


@dataclass(frozen=True, slots=True)
class _Sum:
    """A cell that should be the sum of other cells."""

    position: tuple[int, int]
    """Row and column."""
    name: str
    stated: Decimal
    parts: Sequence[Decimal | None]
    is_one_reading: bool = True
    """Whether the parts cannot be meant otherwise."""

    @property
    def computed(self) -> Decimal:
        return sum((part for part in self.parts if part is not None), Decimal(0))

    @property
    def holds(self) -> bool:
        return self.computed == self.stated

    @property
    def is_rounded(self) -> bool:
        """Whether the rounding of decimals explains a difference: 66.7 + 22.2 + 11.2 = 100.0."""
        steps = [last_digit(part) for part in (self.stated, *self.parts) if part is not None]
        step = min(steps)
        return step < 1 and abs(self.computed - self.stated) * 2 <= step * len(steps)

    @property
    def is_complete(self) -> bool:
        return None not in self.parts


_EXAMPLE = "| 渠道 | 条数 |\n|---|---|\n| 网站 | 120 |\n| 微信 | 80 |\n| 合计 | {} |"


@arithmetic_check(
    name="table-total",
    kinds=("table-identity",),
    reason="A total row is the sum of the rows above it, or of those below it if it is the first row; "
    "小计 is the sum of the rows since the previous 小计; a total column is the sum of the columns "
    "under the same heads. It fails where the sum differs and no cell is blank.",
    fails=((_EXAMPLE.format(210), "条数：合计 210 = 120 + 80 is stated, 200 is computed"),),
    holds=(_EXAMPLE.format(200),),
    exceptions="official forms and indicator tables, which have their own checks; shares, "
    "averages, ranks and scores; a dash as the total; differences that the rounding of decimals explains; rows of different units; rows that are details of the row above them; balances of several periods; blank cells; rows with levels (其中, numbers, indents) and "
    "columns in which most sums differ (``cannot be verified``).",
)
def check_table_totals(table: Table) -> Iterator[Check]:
    """Compare a total in a table with the sum of its rows or columns."""
    grid = Grid.from_table(table)
    rows = [row for row in grid.rows() if _has_figures(grid, row)]
    if not rows:
        return
    columns = {
        column: heads
        for column, _ in grid.columns(rows[-1])
        if (heads := tuple(map(plain_label, grid.column_heads(rows[-1], column))))
        and not ROW_NUMBERS.fullmatch(heads[-1])
    }
    labels = _labels(grid, rows, columns)
    for names in dict.fromkeys(labels.values()):
        own_columns = {c: heads for c, heads in columns.items() if labels[c] == names}
        is_flat = not any(map(OF_WHICH.match, names)) and not any(map(grid.row_level, rows))
        names_of_rows = dict(zip(rows, names, strict=True))
        named = [
            row
            for row in rows
            if names_of_rows[row] or any(grid.number(row, c) is not None for c in own_columns)
        ]
        for row_sums in _row_sums(grid, named, names_of_rows, own_columns):
            mostly_holds = 2 * sum(row_sum.holds for row_sum in row_sums) > len(row_sums)
            for row_sum in row_sums:
                yield _check_sum(grid, row_sum, certain=is_flat or mostly_holds)
    for column in columns:
        names_of_rows = dict(zip(rows, labels[column], strict=True))
        column_sums = list(_column_sums(grid, rows, names_of_rows, columns, column))
        mostly_holds = 2 * sum(table_sum.holds for table_sum in column_sums) >= len(column_sums)
        for table_sum in column_sums:
            yield _check_sum(grid, table_sum, certain=mostly_holds)


def _has_figures(grid: Grid, row: int) -> bool:
    return any(match_figure(text) for _, text in grid.columns(row))


def _adds_up(head: str) -> bool:
    return column_adds_up(head, unit_in(head))


def _labels(grid: Grid, rows: Sequence[int], columns: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return for each column the labels of the rows: the total among the words of a row, or those nearest to its figures.

    Words count for the columns up to the next column of words: the total of the left half of a balance sheet is none of
    the right half.
    """
    figures: Counter[int] = Counter()
    """By column: its figures less its words."""
    for row in rows:
        for column, text in grid.columns(row):
            figures[column] += 1 if match_figure(text) else -bool(text)
    names: dict[int, list[str]] = {column: [] for column in columns}
    for row in rows:
        words: list[str] = []
        follows_figures = False
        texts = dict(grid.columns(row))
        for column, text in texts.items():
            is_name = bool(text) and not match_figure(text) and text not in NO_FIGURE
            if is_name and (figures[column] <= 0 or is_total(plain_label(text))):
                words = [] if follows_figures else words
                words.append(plain_label(text))
                follows_figures = False
            elif figures[column] > 0:
                follows_figures = True
            if column in names:
                names[column].append(next(filter(is_total, words), words[-1] if words else ""))
        for column in names.keys() - texts.keys():
            names[column].append("")
    return {column: tuple(labels) for column, labels in names.items()}


def _row_sums(
    grid: Grid, rows: Sequence[int], labels: dict[int, str], columns: dict[int, tuple[str, ...]]
) -> Iterator[list[_Sum]]:
    """Yield the cells of each total row; a subtotal does not end the range of the next total.

    Parts of other rows do not count again. A total may include the totals above it: 流动资产合计, 资产总计.
    """
    total_start = subtotal_start = 0
    for index, row in enumerate(rows):
        if not is_total(labels[row]):
            continue
        start = subtotal_start if is_subtotal(labels[row]) else total_start
        summed_rows = rows[start:index] if index else rows[1:]
        subtotal_start = index + 1
        if not is_subtotal(labels[row]):
            total_start = index + 1
        part_rows = [part for part in summed_rows if not is_total(labels[part])]
        outermost = min((grid.row_level(part) for part in part_rows), default=0)
        part_rows = [part for part in part_rows if grid.row_level(part) == outermost]
        if len(part_rows) < 2:
            continue
        if not _have_one_unit(grid, (row, *part_rows)):
            continue
        are_periods = all(map(_PERIOD.search, (labels[part] for part in part_rows)))
        sums = []
        for column, heads in columns.items():
            stated = grid.number(row, column)
            if stated is None or not _adds_up(heads[-1]):
                continue
            if grid.text(row, column) in NO_FIGURE or len(grid.rows_of_cell(row, column)) > 1:
                continue
            if are_periods and _BALANCE.search(heads[-1]):
                continue
            name = f"{'/'.join(heads)}：{labels[row]}"
            parts, is_one_reading = _parts(grid, part_rows, column, labels, stated)
            row_sum = _Sum((row, column), name, stated, parts, is_one_reading)
            sums.append(_with_totals_above(grid, row_sum, rows[:index], labels))
        yield sums


def _with_totals_above(
    grid: Grid, row_sum: _Sum, above: Sequence[int], labels: dict[int, str]
) -> _Sum:
    """Return the sum of a row with the totals above it among its parts, if that gives the total.

    Without them a total that is called otherwise than the last one is not certain.
    """
    row, column = row_sum.position
    totals = [
        other for other in above if is_total(labels[other]) and not is_subtotal(labels[other])
    ]
    if not totals or row_sum.holds:
        return row_sum
    figures = [grid.number(other, column) for other in totals]
    for first in range(len(figures)):
        longer = replace(row_sum, parts=(*figures[first:], *row_sum.parts))
        if longer.holds:
            return longer
    is_same = labels[totals[-1]] == labels[row]
    return replace(row_sum, is_one_reading=row_sum.is_one_reading and is_same)


def _parts(
    grid: Grid, rows: Sequence[int], column: int, labels: dict[int, str], stated: Decimal
) -> tuple[Sequence[Decimal | None], bool]:
    """Return the parts of a total, and whether they cannot be meant otherwise.

    What is deducted (减：累计折旧) is subtracted; a figure of several rows is one part. Where the rest of a deduction is
    in a row of its own, or a figure belongs to rows that are no parts as well, other parts may be meant.
    """
    repeated = [grid.number(row, column) for row in rows]
    is_one_reading = sum(part or 0 for part in repeated) != stated
    merged = {row: grid.rows_of_cell(row, column) for row in rows}
    rows = [row for row in rows if row == next(r for r in rows if r in merged[row])]
    if len(rows) == len(repeated):
        is_one_reading = True
    is_one_reading = is_one_reading and all(
        len(merged[row]) == 1 or set(merged[row]) <= merged.keys() for row in rows
    )
    if not any(_DEDUCTED.match(labels[row]) for row in rows):
        return _without_details([grid.number(row, column) for row in rows], stated), is_one_reading
    signed: list[Decimal | None] = []
    net: list[Decimal | None] = []
    is_rest = False
    for row in rows:
        number = grid.number(row, column)
        is_deducted = bool(_DEDUCTED.match(labels[row]))
        value = -abs(number) if is_deducted and number is not None else number
        signed.append(value)
        if is_deducted and net and net[-1] is not None and value is not None:
            net[-1] += value
            is_rest = True
            continue
        if not (is_rest and net[-1] == value):
            net.append(value)
        is_rest = False
    return (net if sum(part or 0 for part in net) == stated else signed), False


def _without_details(parts: list[Decimal | None], stated: Decimal) -> Sequence[Decimal | None]:
    """Return the parts without the rows that are parts of the row above them, if that gives the total.

    Taxes may stand below 税收收入 without a mark, all of them or some.
    """
    numbers = [part for part in parts if part is not None]
    if len(numbers) < len(parts) or sum(numbers) <= stated:
        return parts
    outermost: list[Decimal] = []
    index = 0
    while index < len(numbers):
        outermost.append(numbers[index])
        runs = accumulate(numbers[index + 1 :])
        ends = (
            end for end, total in enumerate(runs, start=1) if end > 1 and total == numbers[index]
        )
        index += next(ends, 0) + 1
    if sum(outermost) == stated:
        return outermost
    excess = sum(numbers) - stated
    for index, number in enumerate(numbers):
        for end, total in enumerate(accumulate(numbers[index + 1 :]), start=index + 2):
            if total == excess and total < number and end - index > 2:
                return [*numbers[: index + 1], *numbers[end:]]
    return parts


def _have_one_unit(grid: Grid, rows: Sequence[int]) -> bool:
    """Return whether a column 单位, if there is one, has one unit in all rows that state any."""
    column = next(
        (c for c, head in grid.columns(0) if head in UNIT_HEADS and grid.holds_units(c)), None
    )
    return column is None or len({unit for row in rows if (unit := grid.text(row, column))}) < 2


def _column_sums(
    grid: Grid,
    rows: Sequence[int],
    labels: dict[int, str],
    columns: dict[int, tuple[str, ...]],
    column: int,
) -> Iterator[_Sum]:
    """Yield the cells of a total column; nothing if ``column`` is not one."""
    heads = columns[column]
    if not is_total(heads[-1]):
        return
    parts_heads = {
        part: part_heads
        for part, part_heads in columns.items()
        if part != column
        and part_heads[: len(heads) - 1] == heads[:-1]
        and not is_total(part_heads[-1])
        and any(grid.number(row, part) is not None for row in rows)
    }
    nearest_heads = [part_heads[-1] for part_heads in parts_heads.values()]
    if (
        len(nearest_heads) < 2
        or len({unit_in(head) for head in nearest_heads}) > 1
        or any(not _adds_up(head) or _YEAR.search(head) for head in nearest_heads)
    ):
        return
    for row in rows:
        stated = grid.number(row, column)
        own_rows = [other for other in grid.rows_of_cell(row, column) if other in rows]
        parts = grid.figures((other, part) for other in own_rows for part in parts_heads)
        if stated is not None and row == own_rows[0] and any(part is not None for part in parts):
            name = f"{labels[row]}：{heads[-1]}".lstrip("：")
            is_own = all(
                set(grid.rows_of_cell(other, part)) <= set(grid.rows_of_cell(row, column))
                for other in own_rows
                for part in parts_heads
            )
            yield _Sum((row, column), name, stated, parts, is_own)


def _check_sum(grid: Grid, table_sum: _Sum, *, certain: bool) -> Check:
    outcome, reason = Outcome.HOLDS, Reason.NONE
    if not table_sum.holds and table_sum.is_rounded:
        outcome, reason = Outcome.UNVERIFIABLE, Reason.APPROXIMATE
    elif not table_sum.holds and certain and table_sum.is_complete and table_sum.is_one_reading:
        outcome = Outcome.FAILS
    elif not table_sum.holds:
        outcome = Outcome.UNVERIFIABLE
        reason = Reason.PARTS if table_sum.is_complete else Reason.BLANK
    terms = " + ".join(str(part) for part in table_sum.parts if part is not None)
    return grid.make_check(
        table_sum.position,
        formula=f"{table_sum.name} {table_sum.stated} = {terms}".replace("+ -", "− "),
        subject=table_sum.name,
        numbers=(table_sum.stated, table_sum.computed),
        verdict=(outcome, reason),
    )
