"""The rows and columns of a table that are called 合计, against what they add up.

Enters: a ``Table`` that is no official form. Leaves: ``Check``s. A total row adds the rows above it, or those
below where it stands first; 小计 adds what stands since the one before. A total column adds the columns that
share the heads over it. Where a table has 其中, ranks its rows or mixes units, a sum that does not
come out is not called wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.reference.units import unit_in
from publisher.statistics.grid import CODES, FIGURE, Grid
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check, Table

_TOTAL = re.compile("(?:[^，。、]{0,6}(?:合计|总计|共计)|总数|总和|全部)数?")
_SUBTOTAL = re.compile("[^，。、]{0,6}小计数?")
_NO_SUM = re.compile(
    "率|比例|比重|占|均|%|％|‰|排名|名次|分数|得分|评分|满意度|时长|天数|增减|同比|增长|增幅"
)
"""Heads of columns whose figures do not add up."""
_YEAR = re.compile("[上去本]年|(?:19|20)[0-9]{2}年")
_OF_WHICH = re.compile("其中")
LEVELS = (
    re.compile("[一二三四五六七八九十]+[、．.]"),
    re.compile("[（(][一二三四五六七八九十]+[）)]"),
    re.compile("[0-9]+[．.、]"),
    re.compile("[（(][0-9]+[）)]"),
)
"""How the labels of rows are numbered, the outermost first."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """A figure that should be the sum of others."""

    place: tuple[int, int]
    name: str
    stated: Decimal
    parts: Sequence[Decimal | None]

    @property
    def computed(self) -> Decimal:
        return sum((part for part in self.parts if part is not None), Decimal(0))

    @property
    def holds(self) -> bool:
        return self.computed == self.stated

    @property
    def is_complete(self) -> bool:
        return None not in self.parts


def of_sums(table: Table) -> Iterator[Check]:
    """Yield the checks of a table's totals."""
    grid = Grid.of(table)
    rows = [row for row in sorted({row for row, _ in grid.cells}) if _has_figures(grid, row)]
    labels = {row: _label(grid, row) for row in rows}
    if not rows:
        return
    columns = {
        column: heads
        for column, _ in grid.columns(rows[-1])
        if (heads := tuple(map(bare, grid.heads_above(rows[-1], column))))
        and not CODES.fullmatch(heads[-1])
    }
    ranked = {rank for text in labels.values() for rank in LEVELS[:3] if rank.match(text)}
    plain = len(ranked) < 2 and not any(map(_OF_WHICH.match, labels.values()))
    for one in _of_rows(grid, rows, labels, columns):
        yield _judged(grid, one, certain=plain)
    for column in columns:
        found = list(_of_column(grid, rows, labels, columns, column))
        certain = 2 * sum(one.holds for one in found) >= len(found)
        for one in found:
            yield _judged(grid, one, certain=certain)


def _has_figures(grid: Grid, row: int) -> bool:
    return any(FIGURE.fullmatch(text) for _, text in grid.columns(row))


def bare(text: str) -> str:
    """Return the words of a cell in Simplified characters, without white space."""
    return to_simplified("".join(text.split()))


def _label(grid: Grid, row: int) -> str:
    """Return the words that a row begins with, the nearest to its figures."""
    words = (text for _, text in grid.columns(row) if text and not FIGURE.fullmatch(text))
    found = list(map(bare, words))
    return next(filter(is_total, found), found[-1] if found else "")


def _of_rows(
    grid: Grid, rows: Sequence[int], labels: dict[int, str], columns: dict[int, tuple[str, ...]]
) -> Iterator[_Sum]:
    since = {True: 0, False: 0}
    for index, row in enumerate(rows):
        part = bool(_SUBTOTAL.fullmatch(labels[row]))
        if not is_total(labels[row]):
            continue
        above = rows[since[part] : index] if index else rows[1:]
        since = {True: index + 1, False: since[False] if part else index + 1}
        adding = [one for one in above if not is_total(labels[one])]
        if len(adding) < 2:
            continue
        for column, heads in columns.items():
            stated = grid.number(row, column)
            if stated is None or _NO_SUM.search(heads[-1]):
                continue
            parts = [grid.number(one, column) for one in adding]
            name = f"{'/'.join(heads)}：{labels[row]}"
            yield _Sum(place=(row, column), name=name, stated=stated, parts=parts)


def _of_column(
    grid: Grid,
    rows: Sequence[int],
    labels: dict[int, str],
    columns: dict[int, tuple[str, ...]],
    column: int,
) -> Iterator[_Sum]:
    heads = columns[column]
    if not is_total(heads[-1]):
        return
    group = {
        place: other
        for place, other in columns.items()
        if place != column
        and other[: len(heads) - 1] == heads[:-1]
        and not is_total(other[-1])
        and any(grid.number(row, place) is not None for row in rows)
    }
    units = {unit_in(other[-1]) for other in group.values()}
    if (
        len(group) < 2
        or len(units) > 1
        or any(_NO_SUM.search(one[-1]) or _YEAR.search(one[-1]) for one in group.values())
    ):
        return
    for row in rows:
        stated = grid.number(row, column)
        if stated is not None:
            parts = [grid.number(row, place) for place in group]
            name = f"{labels[row]}：{heads[-1]}".lstrip("：")
            yield _Sum(place=(row, column), name=name, stated=stated, parts=parts)


def is_total(label: str) -> bool:
    """Tell the label of a row or a column that adds others up."""
    return bool(_TOTAL.fullmatch(label) or _SUBTOTAL.fullmatch(label))


def _judged(grid: Grid, one: _Sum, *, certain: bool) -> Check:
    outcome, reason = Outcome.HOLDS, Reason.NONE
    if not one.holds and certain and one.is_complete:
        outcome = Outcome.FAILS
    elif not one.holds:
        outcome = Outcome.UNVERIFIABLE
        reason = Reason.PARTS if one.is_complete else Reason.BLANK
    shown = " + ".join(str(part) for part in one.parts if part is not None)
    return grid.identity(
        one.place,
        told=f"{one.name} {one.stated} = {shown}".replace("+ -", "− "),
        subject=one.name,
        numbers=(one.stated, one.computed),
        verdict=(outcome, reason),
    )
