"""Cells between gaps that are broken over two lines, and the indents of the cells.

Input: the cells of each row. Output: the replacements that write a broken cell in one row. It is proved by a bracket that is open
between the two lines, by a word that goes on, or by a second line that has only words below a cell that fills its column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.readers.cell_forms import LONE_NUMBER, has_figures, is_figure, open_brackets
from publisher.readers.gap_columns import NARROWEST_GAP
from publisher.text.broken_words import broken_word
from publisher.text.edits import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.readers.gap_columns import Grid, Segment

_LINE = re.compile("^.*\\S.*", re.MULTILINE)
NARROWEST_FULL_CELL = 8
"""The width of the narrowest cell that may be full (columns of a text editor)."""
SLACK = 2
"""A full cell may be this much narrower than its column: one Chinese character."""
_BROKEN = "the cell is broken over two lines"
_NUMBER = re.compile(f"(?:{LONE_NUMBER.pattern})(?![0-9])")


@dataclass(frozen=True, slots=True)
class BrokenCells:
    """Cells of a row that go on in the next row."""

    row: int
    """The index of the first of the two rows."""
    columns: tuple[int, ...]
    is_first_part: bool
    """Whether the first row has nothing else, and the second one the other cells."""
    is_certain: bool = True
    """Whether it is proved that the cells are broken, and are no rows with empty cells."""


def broken_cells(grid: Grid) -> list[BrokenCells]:
    """Return the cells that are or may be broken over two lines.

    A bracket is open between the lines, or a word goes on from one to the other, or words are below a cell that fills its column.

    Example:
        >>> from publisher.readers.gap_columns import Line, align
        >>> lines = "名称        床位", "医院（含    12", "老院区）", "合计        12"
        >>> grid = align([Line(line) for line in lines])
        >>> broken_cells(grid)
        [BrokenCells(row=1, columns=(0,), is_first_part=False, is_certain=True)]

    """
    rights = [
        max((cell.right for cell in column if cell), default=0)
        for column in zip(*grid, strict=True)
    ]
    broken: list[BrokenCells] = []
    for index, (row, following) in enumerate(pairwise(grid)):
        above = {column: cell for column, cell in enumerate(row) if cell}
        below = {column: cell for column, cell in enumerate(following) if cell}
        if broken and broken[-1].row == index - 1:
            if below.keys() <= above.keys() and _has_only_words_below(above, below):
                broken.append(
                    BrokenCells(index, tuple(below), is_first_part=False, is_certain=False)
                )
            continue
        if not above.keys() >= below.keys() and len(above) > 1:
            continue
        columns = tuple(above if len(above) == 1 else below)
        pairs = [(above.get(column), below.get(column), rights[column]) for column in columns]
        is_first_part = above.keys() < below.keys()
        if all(_goes_on(*pair) for pair in pairs):
            broken.append(BrokenCells(index, columns, is_first_part))
        elif index > 0 and has_figures(row) and _has_only_words_below(above, below):
            is_certain = all(_goes_on(*pair) or _fills_column(*pair) for pair in pairs)
            broken.append(BrokenCells(index, columns, is_first_part, is_certain))
    return broken


def has_uncertain_cells(grid: Grid) -> bool:
    """Return whether a row may be the rest of the row above it or a row of its own."""
    return not all(cells.is_certain for cells in broken_cells(grid))


def _goes_on(above: Segment | None, below: Segment | None, right: int) -> bool:
    """Return whether a bracket goes on in the cell below, or a word from a cell that fills its column."""
    if not above or not below:
        return False
    if open_brackets(above.string) > 0 > open_brackets(below.string):
        return True
    return _fills_column(above, below, right) and broken_word(above.string, below.string) != "none"


def _fills_column(above: Segment | None, below: Segment | None, right: int) -> bool:
    """Return whether a cell is so wide that the first character of the cell below may not have fitted into it."""
    if not above or not below:
        return False
    return above.right - above.left >= NARROWEST_FULL_CELL and above.right >= right - SLACK


def _has_only_words_below(above: dict[int, Segment], below: dict[int, Segment]) -> bool:
    """Return whether a row without a first cell has words below words, and nothing else."""
    return 0 not in below and not any(
        cell and (is_figure(cell.string) or _NUMBER.match(cell.string))
        for column in below
        for cell in (below[column], above.get(column))
    )


def broken_cell_replacements(string: str, grid: Grid) -> Iterator[Replacement]:
    """Yield the replacements that write each broken cell in one row.

    Args:
        string: The rows of the table with a tab between two cells.
        grid: The cells of each row.

    """
    lines = [match.span() for match in _LINE.finditer(string)]
    for cells in broken_cells(grid):
        (start, end), (next_start, next_end) = lines[cells.row : cells.row + 2]
        first = next(index for index in range(next_start, next_end) if not string[index].isspace())
        if cells.is_first_part:
            yield Replacement(start=end, end=first, after="", reason=_BROKEN)
            continue
        further = dict(enumerate(string[next_start:next_end].split("\t")))
        for column, cell in enumerate(string[start:end].split("\t")):
            start += len(cell) + 1
            if column in cells.columns:
                last = start - 2
                after = string[last] + further[column].strip()
                yield Replacement(start=last, end=last + 1, after=after, reason=_BROKEN)
        yield Replacement(start=end, end=next_end, after="", reason=_BROKEN)


def row_indents(grid: Grid) -> list[list[float]]:
    """Return the indent of each cell in em, as far as it is right of the leftmost one of its column; 0 in centred columns."""
    broken = broken_cells(grid)
    first_parts = {cells.row for cells in broken if cells.is_first_part}
    removed = {cells.row + (not cells.is_first_part) for cells in broken}
    by_column = [_column_indents(column) for column in zip(*grid, strict=True)]
    rows = [list(row) for row in zip(*by_column, strict=True)]
    for row in first_parts:
        rows[row + 1][0] = rows[row][0]
    return [indents for row, indents in enumerate(rows) if row not in removed]


def _column_indents(column: tuple[Segment | None, ...]) -> list[float]:
    cells = [cell for cell in column if cell]
    left = min((cell.left for cell in cells), default=0)
    centres = [cell.left + cell.right for cell in cells]
    is_centred = len(cells) > 1 and max(centres) - min(centres) <= NARROWEST_GAP
    return [0.0 if cell is None or is_centred else (cell.left - left) / 2 for cell in column]
