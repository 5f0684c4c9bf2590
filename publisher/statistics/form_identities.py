"""The identities of the official forms of 2019 and 2021, checked on a table's grid.

Enters: a ``Table``. Leaves: ``Check``s. 国办公开办函〔2021〕30号: in every column of the form of
applications, new and carried over make the results' total and what is carried forward, and the
total is the sum of the results; in every row 总计 is the sum of the six kinds of applicant; in the
form of reviews each 总计 is the sum of its four results.
"""

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
from publisher.statistics.grid import FIGURE, Grid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check, Table


def of_form(table: Table) -> Iterator[Check]:
    """Yield the checks of a table that is one of the forms; none of any other."""
    grid = Grid.of(table)
    rows = sorted({row for row, _ in grid.cells})
    heads = {
        column: official_spelling(above[-1])
        for row in rows[-1:]
        for column, _ in grid.columns(row)
        if (above := grid.heads_above(row, column))
    }
    words = list(heads.values())
    if set(APPLICANTS) <= set(words) and TOTAL in words:
        yield from _totals(
            grid, rows, [tuple(c for c, w in heads.items() if w in (*APPLICANTS, TOTAL))]
        )
        yield from _columns(grid, rows, heads)
    elif [word for word in words if word in (*RESULTS, TOTAL)] == [*RESULTS, TOTAL] * 3:
        places = [c for c, w in heads.items() if w in (*RESULTS, TOTAL)]
        size = len(RESULTS) + 1
        yield from _totals(grid, rows, [tuple(places[i : i + size]) for i in (0, size, 2 * size)])


def _totals(grid: Grid, rows: Sequence[int], groups: Sequence[tuple[int, ...]]) -> Iterator[Check]:
    """For every row: the last column of a group is the sum of the others."""
    for row in rows:
        for columns in groups:
            numbers = [grid.number(row, column) for column in columns]
            total = numbers[-1]
            if total is None:
                continue
            known = [number for number in numbers[:-1] if number is not None]
            name = grid.head_beside(row, columns[0]) or next(
                iter(grid.heads_above(row, columns[0])[-2:]), ""
            )
            head = (grid.heads_above(row, columns[-1]) or (TOTAL,))[-1]
            yield _identity(
                grid, (row, columns[-1]), f"{name}：{head}", known, total, len(columns) - 1
            )


def _columns(grid: Grid, rows: Sequence[int], heads: dict[int, str]) -> Iterator[Check]:
    """For every column: 1 + 2 = total + carried forward, and the total is the results' sum."""
    data = [row for row in rows if any(grid.number(row, column) is not None for column in heads)]
    named = {
        key: next((r for r in data if pattern.search(_label(grid, r))), None)
        for key, pattern in ROWS_3.items()
    }
    new, carried, total, forward = (named[key] for key in ("new", "carried", "total", "forward"))
    if new is None or carried is None or total is None or forward is None:
        return
    results = [row for row in rows if carried < row < total]
    for column, head in heads.items():
        ends = [grid.number(row, column) for row in (new, carried, total, forward)]
        parts = [grid.number(row, column) for row in results]
        if ends[2] is None:
            continue
        known = [part for part in parts if part is not None]
        yield _identity(grid, (total, column), f"{head}：办理结果", known, ends[2], len(parts))
        if None not in ends:
            one, two, three, four = (end or Decimal(0) for end in ends)
            yield _identity(
                grid, (forward, column), f"{head}：收到与办理", [one, two, -three], four, 3
            )


def _label(grid: Grid, row: int) -> str:
    cells = [text for _, text in grid.columns(row) if text and not FIGURE.fullmatch(text)]
    return official_spelling(cells[-1]) if cells else ""


def _identity(
    grid: Grid,
    place: tuple[int, int],
    name: str,
    parts: Sequence[Decimal],
    stated: Decimal,
    wanted: int,
) -> Check:
    computed = sum(parts, Decimal(0))
    complete = len(parts) == wanted
    if computed == stated:
        outcome, reason = Outcome.HOLDS, Reason.NONE
    elif complete or computed > stated:
        outcome, reason = Outcome.FAILS, Reason.NONE
    else:
        outcome, reason = Outcome.UNVERIFIABLE, Reason.BLANK
    shown = " + ".join(str(part) for part in parts).replace("+ -", "− ")
    return grid.identity(
        place,
        told=f"{name} {stated} = {shown}",
        subject=name,
        numbers=(stated, computed),
        verdict=(outcome, reason),
    )
