"""Drawings in plain text: which lines are one, and the edits that make a table of a sound one with merged cells.

Input: lines. Output: the drawn tables with merged cells, and the drawings that are no table, which stay as they are. A drawing whose rows
all have the same number of bars is left to ``table_runs``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from publisher.model import SourceCell, SourceTable
from publisher.readers.drawn_grids import is_box_character, is_junction, read_grid
from publisher.text.characters import is_cjk
from publisher.text.edits import Replacement, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.model import Edit, Text
    from publisher.readers.drawn_grids import DrawnGrid
    from publisher.readers.table_runs import Run

_ASCII_LINE = re.compile(r"\s*[+|]|.*[+|]\s*$")
_ASCII_EDGE = re.compile(r"\+[-=]{2}|[-=]{2}\+")
FEWEST_EDGES = 2
"""Lines with an edge or a corner that a drawing has."""
_REASON = "the lines draw a table"


@dataclass(frozen=True, slots=True)
class Drawing:
    """Lines that draw, and the table that they draw."""

    first: int
    last: int
    grid: DrawnGrid | None = None
    """The cells of a table with merged cells; ``None`` for anything else."""
    is_table: bool = False
    """Whether they draw a table."""


def find_drawings(lines: Sequence[str], runs: Sequence[Run]) -> list[Drawing]:
    """Return the drawn tables with merged cells and the drawings that are no table, in order.

    Args:
        lines: The lines of a text.
        runs: The tables whose rows all have the same number of bars; a drawing that is one is left out.

    """
    run_ends = {number: run.last for run in runs for number in range(run.first, run.last + 1)}
    drawings: list[Drawing] = []
    for first, last in _regions(lines):
        parts = [_read_part(lines, *part, run_ends) for part in _parts(lines, first, last)]
        if all(part.is_table for part in parts):
            drawings += [part for part in parts if part.grid]
        elif sum(map(_has_edge, lines[first : last + 1])) >= FEWEST_EDGES:
            drawings.append(Drawing(first, last))
    return drawings


def _read_part(lines: Sequence[str], first: int, last: int, run_ends: Mapping[int, int]) -> Drawing:
    part = lines[first : last + 1]
    grid = None if any("\t" in line for line in part) else read_grid(part)
    if grid and grid.has_spans:
        return Drawing(first, last, grid, is_table=True)
    return Drawing(first, last, is_table=last <= run_ends.get(first, -1))


def _regions(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of lines one after another that draw."""
    for draws, group in groupby(range(len(lines)), lambda number: _draws(lines[number])):
        if draws:
            numbers = list(group)
            yield numbers[0], numbers[-1]


def _parts(lines: Sequence[str], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the first and the last line of each drawing; two borders one after another part two of them."""
    for number in range(first + 1, last + 1):
        if _is_closed(lines[number - 1]) and _is_opened(lines[number]):
            yield first, number - 1
            first = number
    yield first, last


def _draws(line: str) -> bool:
    return any(map(is_box_character, line)) or bool(_ASCII_LINE.match(line))


def _has_edge(line: str) -> bool:
    return bool(_ASCII_EDGE.search(line)) or any(
        is_box_character(character) and is_junction(character) for character in line
    )


def _is_closed(line: str) -> bool:
    return line.strip()[:1] in tuple("└┗╚╰")


def _is_opened(line: str) -> bool:
    return line.strip()[:1] in tuple("┌┏╔╭")


def read_drawn_table(source: Text, string: str, grid: DrawnGrid) -> tuple[SourceTable, list[Edit]]:
    """Return the table that lines draw, and the edits that take away what draws it.

    Args:
        source: The lines.
        string: The same with a line feed at each line end, of the same length.
        grid: The cells, whose parts are indices of lines and of characters in them.

    """
    text, edits = apply_edits(source, _replacements(string, grid), stage="read", rule="table-bars")
    rows = []
    cells = iter(grid.cells)
    for line in text.lines():
        row, start = [], 0
        for words in line.string.split("\t"):
            cell = next(cells)
            words_text = line.slice(start, start + len(words))
            start += len(words) + 1
            row.append(SourceCell(text=words_text, row_span=cell.row_span, col_span=cell.col_span))
        rows.append(tuple(row))
    return SourceTable(rows=tuple(rows), locator=source.locator), list(edits)


def _replacements(string: str, grid: DrawnGrid) -> Iterator[Replacement]:
    """Yield what replaces all that is between the words that stay where they are.

    The words of a cell on the first line of its row stay; those on other lines are written behind them.
    """
    lines = string.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    first_lines = _first_lines(grid)
    position, after = 0, ""
    for number, cell in enumerate(grid.cells):
        if number:
            after += "\t" if cell.row == grid.cells[number - 1].row else "\n"
        for index, part in enumerate(cell.parts):
            first, last = starts[part.line] + part.start, starts[part.line] + part.end
            if index == 0 and part.line == first_lines[cell.row] and first >= position:
                yield Replacement(start=position, end=first, after=after, reason=_REASON)
                position, after = last, ""
            else:
                words = lines[part.line][part.start : part.end]
                before = (after or string[position - 1 : position])[-1:]
                after += _joint(before, words) * (index > 0) + words
    if position < len(string) or after:
        yield Replacement(start=position, end=len(string), after=after, reason=_REASON)


def _first_lines(grid: DrawnGrid) -> dict[int, int]:
    """Return the line on which most cells of each row begin."""
    lines: dict[int, list[int]] = defaultdict(list)
    for cell in grid.cells:
        if cell.parts:
            lines[cell.row].append(cell.parts[0].line)
    return {row: max(numbers, key=numbers.count) for row, numbers in lines.items()}


def _joint(before: str, words: str) -> str:
    """Return what is between two lines of a cell: nothing beside Chinese, else a space."""
    return "" if not before.strip() or is_cjk(before) or is_cjk(words[:1]) else " "
