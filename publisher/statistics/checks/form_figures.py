"""The figures of official forms by the measures that sentences give them.

Input: a table. Output: a ``FormFigure`` for each statement of ``reference.form_statements`` whose cells it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.reference.form_statements import FORM_STATEMENTS, MONEY
from publisher.reference.indicator_statements import INDICATOR_FORM, INDICATOR_STATEMENTS
from publisher.reference.official_forms import identify_form, official_spelling
from publisher.reference.row_labels import plain_label
from publisher.reference.units import split_unit, unit_in
from publisher.statistics.checks.indicator_tables import find_columns, read_indicators
from publisher.statistics.grid import NO_FIGURE, Grid
from publisher.text.cell_figures import plain_figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Table
    from publisher.reference.form_statements import CellPattern, FormStatement

MONEY_OF_FORMS = "万元"
"""The unit of money in the official forms, if the head does not name one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAmount:
    """The sum of cells that a sentence may mean."""

    amount: Decimal
    """In the unit without its magnitude."""
    stated: str
    """As the form states it, in its unit."""
    is_blank: bool
    """Whether a cell has no figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFigure:
    """What a form has for a measure of a sentence; a reading for each sum of cells that may be meant."""

    statement: FormStatement
    readings: tuple[FormAmount, ...]
    is_complete: bool
    """Whether the form has the cells of all readings."""

    def has(self, amount: Decimal, rounding: Decimal) -> bool:
        """Return whether a figure is one of the readings."""
        return any(abs(reading.amount - amount) <= rounding for reading in self.readings)

    @property
    def is_blank(self) -> bool:
        """Return whether a cell of a reading has no figure."""
        return any(reading.is_blank for reading in self.readings)


@dataclass(frozen=True, slots=True, kw_only=True)
class _FormCell:
    """A cell by its heads."""

    row: str
    column: str
    figure: str
    unit: str


def form_figures(table: Table) -> Iterator[FormFigure]:
    """Yield the figures of a form that sentences name; nothing for other tables."""
    grid = Grid.from_table(table)
    form = identify_form(cell.text.string for cell in grid.cells.values())
    if form:
        cells = list(_cells(grid))
    else:
        form = INDICATOR_FORM
        cells = list(_indicator_cells(grid))
    for statement in (*FORM_STATEMENTS, *INDICATOR_STATEMENTS) if cells else ():
        if form.endswith(statement.form):
            readings = [_read(cells, pattern, statement) for pattern in statement.readings]
            if readings[0] is not None:
                yield FormFigure(
                    statement=statement,
                    readings=tuple(filter(None, readings)),
                    is_complete=None not in readings,
                )


def _cells(grid: Grid) -> Iterator[_FormCell]:
    """Yield the cells of an official form."""
    for (row, column), cell in grid.cells.items():
        heads = grid.column_heads(row, column)
        text = cell.text.string.strip()
        yield _FormCell(
            row="/".join(map(official_spelling, grid.row_heads(row, column))),
            column="/".join(map(official_spelling, heads)),
            figure="0" if text in NO_FIGURE else plain_figure(text),
            unit=next(filter(None, map(unit_in, reversed(heads))), ""),
        )


def _indicator_cells(grid: Grid) -> Iterator[_FormCell]:
    """Yield the cells of a form of 2014 to 2018 with the numbered labels of their rows, joined by a slash."""
    columns = find_columns(grid)
    if columns is None:
        return
    name_column, unit_column, (value_column, *_) = columns
    path: list[tuple[int, str]] = []
    for item in read_indicators(grid, name_column, unit_column, value_column):
        path = [(depth, name) for depth, name in path if depth < item.depth]
        path.append((item.depth, plain_label(item.name)))
        yield _FormCell(
            row="/".join(name for _, name in path),
            column="",
            figure="" if item.value is None else str(item.value),
            unit=item.unit,
        )


def _read(
    cells: Sequence[_FormCell], pattern: CellPattern, statement: FormStatement
) -> FormAmount | None:
    """Return the sum of the cells that a pattern matches; ``None`` if the form has not all of them."""
    matching: list[_FormCell] = []
    for row in pattern.rows:
        same_row = dict.fromkeys(  # a cell over several columns may be written out in each
            cell for cell in cells if row.search(cell.row) and pattern.column.search(cell.column)
        )
        if not same_row:
            return None
        matching += same_row
    figures = [cell.figure for cell in matching if cell.figure]
    stated = sum(map(Decimal, figures), Decimal(0))
    unit = matching[0].unit or MONEY_OF_FORMS
    scale = split_unit(unit)[0] if statement.units is MONEY else Decimal(1)
    return FormAmount(
        amount=stated * scale,
        stated=f"{stated:f}",
        is_blank=len(figures) < len(matching),
    )
