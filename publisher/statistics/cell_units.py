"""The unit of each figure in a table, wherever the table states it.

Input: a table and its grid. Output: the unit of a cell. The nearest statement wins: with the figure (12元), in a column 单位, in the
heads of its column (同比增长（±%）) or of its row (产值（亿元）), in those of the rows that it is a part of, in the caption, in the line 单位：亿元、% above the table. Of several units in
that line, rates take the percentage, and the others go to the groups of columns in their order, if there are as many.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.reference.row_labels import ROW_NUMBERS
from publisher.reference.unit_lines import unit_statement, without_own_currency
from publisher.reference.units import SHARES, unit_in
from publisher.statistics.grid import NO_UNIT
from publisher.text.cell_figures import match_figure, read_figure
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from publisher.model import Table
    from publisher.statistics.grid import Grid

_REMARK = re.compile("[（(][^（）()]*\\d[%％‰][^（）()]*[）)]")
"""A figure in brackets behind a head, which is no unit: 收入（增长5.6%）."""
UNIT_HEADS = ("单位", "單位", "计量单位", "計量單位")
_UNIT_IN_HEAD = re.compile("单位[：:](?P<unit>[^（）()]+)|件数$")
_COMPOUND_COUNTER = re.compile("[人车架卷册件艘列]次$")
"""A counter at the end of a head that is its measure: 营地使用人次."""
_SHARE_IN_HEAD = re.compile("(?<![\\d.])(?P<unit>[%％‰])[）)]?$")
_RATE = re.compile(
    "增长(?!额|量|值)|增速|增幅|增减率|涨跌幅|比重|占比|比例|率$|±|(?<![\\d.])[%％‰]"
)
"""The head of figures that are rates; the unit of the table is not theirs."""


class CellUnits:
    """The units of the figures of a table."""

    def __init__(self, table: Table, grid: Grid) -> None:
        """Find what the table states for all its figures."""
        self._grid = grid
        self.unit_column = next(
            (c for c, head in grid.columns(0) if head in UNIT_HEADS and grid.holds_units(c)), None
        )
        """The column 单位; ``None`` if there is none."""
        statement = unit_statement(table.unit.string) if table.unit else None
        in_caption = _unit_of_head(table.caption_words)
        units = statement.units if statement else (in_caption,) if in_caption else ()
        units = tuple(map(without_own_currency, units))
        self._shares = [unit for unit in units if unit in SHARES]
        self._units = [unit for unit in units if unit not in SHARES]
        self._groups = self._column_groups() if len(self._units) > 1 else []

    def unit(self, row: int, column: int) -> str:
        """Return the unit of the figure in a cell, as printed; empty if the table does not state it."""
        grid = self._grid
        if own := read_figure(grid.text(row, column))[1]:
            return own
        heads = grid.column_heads(row, column)
        if share := _first_share(heads):
            return share
        if self.unit_column is not None and (unit := grid.text(row, self.unit_column)):
            return "" if NO_UNIT.fullmatch(unit) else unit
        row_heads = grid.row_heads(row, column)
        if unit := _first_unit((*reversed(heads), *reversed(row_heads))):
            return unit
        is_rate = any(_is_rate(head) for head in (*heads, *row_heads[-1:]))
        unit = "" if is_rate else _first_unit(reversed(grid.wholes(row, column)))
        return unit or self._table_unit(heads, is_rate=is_rate)

    def _table_unit(self, heads: Sequence[str], *, is_rate: bool) -> str:
        """Return the unit of the table that is meant for a cell below these heads."""
        if is_rate:
            return self._shares[0] if self._shares else ""
        if len(self._units) < 2:
            return next(iter((*self._units, *self._shares)), "")
        group = heads[0] if heads else ""
        if len(self._groups) == len(self._units) and group in self._groups:
            return self._units[self._groups.index(group)]
        return ""

    def _column_groups(self) -> list[str]:
        """Return the outermost heads of the columns with figures that are no rates, in their order."""
        groups: list[str] = []
        for row, column in sorted(self._grid.cells, key=lambda slot: (slot[1], slot[0])):
            text = self._grid.text(row, column)
            heads = self._grid.column_heads(row, column)
            if not match_figure(text) or not heads or heads[0] in groups:
                continue
            if self._grid.cells[row, column].scope or ROW_NUMBERS.fullmatch(
                "".join(heads[0].split())
            ):
                continue
            if not any(_is_rate(head) for head in heads):
                groups.append(heads[0])
        return groups


def _is_rate(head: str) -> bool:
    """Return whether the figures below a head are rates."""
    return bool(_RATE.search(_REMARK.sub("", to_simplified(head))))


def _first_unit(heads: Iterable[str]) -> str:
    return next(filter(None, map(_unit_of_head, heads)), "")


def _first_share(heads: Sequence[str]) -> str:
    """Return the share that the nearest head states: a column 比上年增长（%） has no other unit."""
    unit = _first_unit(reversed(heads))
    return unit if unit in SHARES else ""


def _unit_of_head(head: str) -> str:
    """Return the unit that a head states, in its own script; empty if it states none."""
    plain = to_simplified(head)
    if match := _COMPOUND_COUNTER.search(plain):
        return match[0]
    if match := _UNIT_IN_HEAD.search(plain):
        return match["unit"] or "件"
    if unit := unit_in(plain):
        start = plain.rindex(unit)
        return head[start : start + len(unit)]
    share = _SHARE_IN_HEAD.search(plain)
    return share["unit"] if share else ""
