"""The check of the official forms of 2019 and 2021 (国办公开办函〔2021〕30号)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.reference.official_forms import (
    APPLICANTS,
    RESULTS,
    ROWS_3,
    TOTAL,
    official_spelling,
)
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.grid import Grid
from publisher.text.cell_figures import match_figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check, Table


_EXAMPLE = (
    "| 项目 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n"
    "|---|---|---|---|---|---|---|---|\n"
    "| 一、本年新收政府信息公开申请数量 | 8 | 1 | 0 | 0 | 0 | 0 | {} |"
)


@arithmetic_check(
    name="official-form",
    kinds=("table-identity",),
    reason="Table 3: in each row 总计 is the sum of the six kinds of applicant; in each column the total "
    "is the sum of the results, and new and carried-over applications are the total and those "
    "carried forward. Table 4: each 总计 is the sum of its four results. It fails where a sum "
    "differs.",
    fails=(
        (
            _EXAMPLE.format(10),
            "一、本年新收政府信息公开申请数量：总计 10 = 8 + 1 + 0 + 0 + 0 + 0 is stated, 9 is computed",
        ),
    ),
    holds=(_EXAMPLE.format(9),),
    exceptions="sums with blank cells, unless they already exceed their total (``cannot be "
    "verified``).",
)
def check_official_form(table: Table) -> Iterator[Check]:
    """Recompute the sums of tables 3 and 4 of the official forms."""
    grid = Grid.from_table(table)
    rows = grid.rows()
    heads = {
        column: official_spelling(above[-1])
        for row in rows[-1:]
        for column, _ in grid.columns(row)
        if (above := grid.column_heads(row, column))
    }
    words = list(heads.values())
    if set(APPLICANTS) <= set(words) and TOTAL in words:
        columns = tuple(c for c, head in heads.items() if head in (*APPLICANTS, TOTAL))
        yield from _check_rows(grid, rows, [columns])
        yield from _check_columns(grid, rows, heads)
    elif [head for head in words if head in (*RESULTS, TOTAL)] == [*RESULTS, TOTAL] * 3:
        columns = tuple(c for c, head in heads.items() if head in (*RESULTS, TOTAL))
        size = len(RESULTS) + 1
        groups = [columns[start : start + size] for start in (0, size, 2 * size)]
        yield from _check_rows(grid, rows, groups)


def _check_rows(
    grid: Grid, rows: Sequence[int], groups: Sequence[tuple[int, ...]]
) -> Iterator[Check]:
    """Check for each row that the last column of each group is the sum of the others."""
    for row in rows:
        for columns in groups:
            numbers = [grid.number(row, column) for column in columns]
            stated = numbers[-1]
            if stated is None:
                continue
            parts = [number for number in numbers[:-1] if number is not None]
            name = grid.row_head(row, columns[0]) or next(
                iter(grid.column_heads(row, columns[0])[-2:]), ""
            )
            head = (grid.column_heads(row, columns[-1]) or (TOTAL,))[-1]
            subject = f"{name}：{head}"
            yield _check_sum(grid, (row, columns[-1]), subject, parts, stated, len(columns) - 1)


def _check_columns(grid: Grid, rows: Sequence[int], heads: dict[int, str]) -> Iterator[Check]:
    """Check for each column: new + carried over = total + carried forward; total = sum of results."""
    data = [row for row in rows if any(grid.number(row, column) is not None for column in heads)]
    row_numbers = {
        key: next((row for row in data if pattern.search(_label(grid, row))), None)
        for key, pattern in ROWS_3.items()
    }
    new, carried, total, forward = (
        row_numbers[key] for key in ("new", "carried", "total", "forward")
    )
    if new is None or carried is None or total is None or forward is None:
        return
    results = [row for row in rows if carried < row < total]
    for column, head in heads.items():
        ends = [grid.number(row, column) for row in (new, carried, total, forward)]
        stated = ends[2]
        if stated is None:
            continue
        parts = [grid.number(row, column) for row in results]
        known = [part for part in parts if part is not None]
        yield _check_sum(grid, (total, column), f"{head}：办理结果", known, stated, len(parts))
        if None not in ends:
            received, carried_over, handled, left = (end or Decimal(0) for end in ends)
            yield _check_sum(
                grid,
                (forward, column),
                f"{head}：收到与办理",
                [received, carried_over, -handled],
                left,
                3,
            )


def _label(grid: Grid, row: int) -> str:
    cells = [text for _, text in grid.columns(row) if text and not match_figure(text)]
    return official_spelling(cells[-1]) if cells else ""


def _check_sum(
    grid: Grid,
    position: tuple[int, int],
    subject: str,
    parts: Sequence[Decimal],
    stated: Decimal,
    part_count: int,
) -> Check:
    """Return the check of a cell against its parts; ``part_count`` includes blank cells."""
    computed = sum(parts, Decimal(0))
    is_complete = len(parts) == part_count
    if computed == stated:
        outcome, reason = Outcome.HOLDS, Reason.NONE
    elif is_complete or computed > stated:
        outcome, reason = Outcome.FAILS, Reason.NONE
    else:
        outcome, reason = Outcome.UNVERIFIABLE, Reason.BLANK
    terms = " + ".join(str(part) for part in parts).replace("+ -", "− ")
    return grid.make_check(
        position,
        formula=f"{subject} {stated} = {terms}",
        subject=subject,
        numbers=(stated, computed),
        verdict=(outcome, reason),
    )
