"""Tables whose columns are held by blanks, some of whose cells may be empty.

Input: lines. Output: the tables that their positions prove (``gap_columns``), and the lines that look like a table but prove none.
A line that reads like a sentence, a form field or an option of a list is no row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from publisher.readers.cell_forms import LONE_NUMBER, has_figures, is_figure, open_brackets
from publisher.readers.gap_columns import MOST_HEADS, Line, align, group_starts
from publisher.reference.column_heads import COLUMN_HEAD
from publisher.reference.row_labels import OF_WHICH, is_total, plain_label
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.readers.gap_columns import Grid, Row, Segment

MOST_CELLS_OF_CONTENTS = 3
"""A number, a heading and a page."""
MAX_GAP_CELL = 24
"""The longest cell of a table whose columns are separated by gaps (characters)."""
MAX_NAME_OF_FIGURES = 60
"""The longest name of a row that ends with a figure (characters)."""
MIN_COLUMNS_OF_TWO_ROWS = 3
"""Two lines are a table if they have so many columns; two lines with one gap may be a signature."""
FEWEST_ROWS_OF_WORDS = 4
"""A table without figures has at least so many lines, its heads among them."""
MOST_DISTANT = 2
"""Rows have at most one blank line between them."""
MOST_LINES_ABOVE = 3
MOST_LINES_BELOW = 2
"""So many lines beside a table may look like its rows: a caption above it, a signature below."""
MOST_ROWS_ABOVE = 40
"""So many rows above a line with one cell show whether it is one of them."""
_GAP = re.compile("\\S(?:[ \xa0\u3000]{2}|\u3000)[ \xa0\u3000]*\\S")
_BAR_OR_TAB = re.compile("[|｜│\t]")
_LABEL = re.compile("[^0-9：:]{1,12}[：:]")
_PART = re.compile("[减減加内內][：:]")
_OPTION = re.compile("[A-Za-z][.．、)）]|[□☐☑√]")
_CAPTION = re.compile("(?:续|續|附)?[表图圖]\\s*[0-9一二三四五六七八九十]++(?![.][a-z])")
_SENTENCE_MARK = re.compile("[。；，、：！？]$|[。；！？]|，.*，")
_LEADER = re.compile("[.．·…‥_]{3,}|…")
_RULE = re.compile("(?:[─━═—=_-]{4,}+[ \u3000]*+)++")


@dataclass(frozen=True, slots=True)
class GapTable:
    """The lines of a table with its cells."""

    first: int
    """The index of its first line."""
    last: int
    grid: Grid
    doubtful_row: int = -1
    """The index of the line below that may be a last row with empty cells; -1 if there is none."""


def find_gap_tables(strings: Sequence[str]) -> tuple[list[GapTable], list[tuple[int, int]]]:
    """Return the tables among lines, and the first and last line of what looks like one without certain columns.

    Rows follow one another, or have a blank line after each.

    Example:
        >>> tables, doubtful = find_gap_tables(["项目  1月  2月", "东村        3", "西村    5"])
        >>> [(table.first, table.last) for table in tables], doubtful
        ([(0, 2)], [])

    """
    tables: list[GapTable] = []
    doubtful: list[tuple[int, int]] = []
    for numbers in _line_runs(strings):
        lines = [Line(strings[number]) for number in numbers]
        for first, end in _regions(lines):
            if tables and numbers[first] <= tables[-1].last:
                continue
            table = _table_in(lines, first, end)
            is_spaced = numbers[-1] - numbers[0] >= len(numbers)
            if table and len(table.grid) > is_spaced + 1:
                row = _doubtful_row(lines, table) if not is_spaced else -1
                start, last = numbers[table.first], numbers[table.last]
                end_above = tables[-1].last if tables else -1
                start -= start - 1 > end_above and is_rule(strings[start - 1])
                last += last + 1 < len(strings) and is_rule(strings[last + 1])
                doubtful_row = numbers[row] if row >= 0 else -1
                tables.append(GapTable(start, last, table.grid, doubtful_row))
            elif (
                not table
                and end - first > 1
                and (
                    _looks_like_table(lines[max(0, first - 1) : end])
                    or _looks_like_words_below_heads(lines[first:end])
                )
            ):
                doubtful.append((numbers[first], numbers[end - 1]))
    return tables, doubtful


def is_rule(string: str) -> bool:
    """Return whether a line only draws a rule across a table.

    Example:
        >>> is_rule("------  -----"), is_rule("—  —")
        (True, False)

    """
    return _RULE.fullmatch(string.strip()) is not None


def _line_runs(strings: Sequence[str]) -> Iterator[list[int]]:
    """Yield the indexes of lines that follow one another, or of which each has one blank line after it; rules are left out."""
    run: list[int] = []
    step = last = 0
    lines = [number for number, string in enumerate(strings) if not is_rule(string)]
    for position, number in enumerate(lines):
        if not strings[number].strip():
            continue
        distance = position - last if run else 0
        last = position
        if distance and (distance > MOST_DISTANT or (len(run) > 1 and distance != step)):
            # the last line of a run with blank lines may be the first of one without
            yield run
            run = [run[-1]] if step > distance else []
        step = distance
        run.append(number)
    if run:
        yield run


def _regions(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of lines that may be rows, the first of which has several cells."""
    first = 0
    while first < len(lines):
        if not _GAP.search(lines[first].string) or not _may_be_row(lines[first]):
            first += 1
            continue
        end = first + 1
        while (
            end < len(lines)
            and (_may_be_row(lines[end]) or _is_below_heads(lines, first, end))
            and not _begins_table(lines, first, end)
        ):
            end += 1
        following = end
        full = [line.segments for line in lines[first:end] if len(line.segments) > 1]
        while (
            len(lines[end - 1].segments) < 2
            and not _closes_bracket(lines, end - 1)
            and not _is_lone_row(lines, end - 1, full)
        ):
            end -= 1
        yield first, end
        first = following


def _is_lone_row(lines: Sequence[Line], index: int, full: Sequence[Row]) -> bool:
    """Return whether a line with one cell is a row for certain: right of the first column, a total, or indented as only the rows are.

    Args:
        lines: The lines.
        index: The number of the line.
        full: The cells of the lines above that have several.

    """
    cell = lines[index].segments[0]
    nearest = full[-MOST_ROWS_ABOVE:]
    if cell.left >= max(cells[0].right for cells in nearest):
        return True
    if cell.left not in {cells[0].left for cells in nearest}:
        return False
    below = lines[index + 1].words if index + 1 < len(lines) else []
    is_set_apart = cell.left > 0 and (not below or below[0].left < cell.left)
    return is_total(plain_label(cell.string)) or is_set_apart


def _doubtful_row(lines: Sequence[Line], table: GapTable) -> int:
    """Return the index of the line below a table that may be a row with its first cell only; -1 if there is none."""
    index = table.last + 1
    if index >= len(lines) or len(lines[index].segments) != 1 or not _may_be_row(lines[index]):
        return -1
    cell = lines[index].segments[0]
    left = min(row[0].left for row in table.grid if row[0])
    right = min(row[1].left for row in table.grid if row[1])
    is_below = left <= cell.left and cell.right < right
    return index if is_below and not LONE_NUMBER.match(cell.string) else -1


def _may_be_row(line: Line) -> bool:
    """Return whether a line is neither empty nor a sentence, a form field, a caption or an option."""
    stripped = line.string.strip()
    if not stripped or _BAR_OR_TAB.search(stripped) or _CAPTION.match(stripped):
        return False
    if _LEADER.search(stripped):
        return False
    if _SENTENCE_MARK.search(stripped) and not OF_WHICH.fullmatch(stripped):
        return False
    cells = line.segments
    if not cells:
        return False
    longest = max((len(cell.string) for cell in cells[1:]), default=0)
    is_named_figure = len(cells) > 1 and is_figure(cells[-1].string)
    longest_name = MAX_NAME_OF_FIGURES if is_named_figure else MAX_GAP_CELL
    if longest > MAX_GAP_CELL or len(cells[0].string) > longest_name:
        return False
    return not any(_is_field(cell.string) for cell in cells) and not any(
        _OPTION.match(cell.string) and not cell.string.isascii() for cell in cells[1:]
    )


def _is_below_heads(lines: Sequence[Line], first: int, index: int) -> bool:
    """Return whether a line with the marks of a sentence is a row, or the rest of a cell: each cell is at the left edge of a head."""
    cells, heads = lines[index].segments, lines[first].segments
    return (
        len(heads) > 1
        and _are_heads([head.string for head in heads])
        and (len(cells) > 1 or (bool(cells) and cells[0].left > heads[0].left))
        and {cell.left for cell in cells} <= {head.left for head in heads}
        and max(len(cell.string) for cell in cells) <= MAX_GAP_CELL
        and not any(_is_field(cell.string) for cell in cells)
        and not _BAR_OR_TAB.search(lines[index].string)
    )


def _is_field(cell: str) -> bool:
    """Return whether a cell is the field of a form: 联系人：张三; 其中：女性 is none."""
    return bool(_LABEL.match(cell)) and not (OF_WHICH.match(cell) or _PART.match(cell))


def _begins_table(lines: Sequence[Line], first: int, index: int) -> bool:
    """Return whether a further table begins at a line: the heads of the first once more, or a heading and heads."""
    if lines[index].string.split() == lines[first].string.split():
        return True
    rows = [line.segments for line in lines[index : index + 2 + MOST_HEADS]]
    is_heading = len(rows[0]) == 1 and LONE_NUMBER.match(rows[0][0].string) is not None
    edges = {cell.left for cell in lines[first].segments}
    if is_heading and len(rows) > 1 and len(rows[1]) > 1 and not has_figures(rows[1]):
        return not {cell.left for cell in rows[1]} <= edges
    return (
        len(rows) > MOST_HEADS
        and len(rows[0]) == 1
        and rows[0][0].left < lines[first].segments[1].left
        and len(rows[1]) > 1
        and not has_figures(rows[1])
        and (len(rows[1]) >= len(rows[2]) or not has_figures(rows[2]))
        and any(map(has_figures, rows[2:]))
        and has_figures(lines[index - 1].segments)
        and not {cell.left for cell in rows[1]} <= edges
    )


def _closes_bracket(lines: Sequence[Line], index: int) -> bool:
    above = lines[index - 1].string if index else ""
    return open_brackets(above) > 0 > open_brackets(lines[index].string)


def _is_row_of_figures(line: Line) -> bool:
    """Return whether a cell after the first is a figure; a date is none."""
    return any(is_figure(cell.string) for cell in line.segments[1:])


def _table_in(lines: Sequence[Line], first: int, end: int) -> GapTable | None:
    """Return the largest table among lines that may be rows, but for a few lines above and below it."""
    cuts = product(range(MOST_LINES_ABOVE + 1), range(MOST_LINES_BELOW + 1))
    for above, below in sorted(cuts, key=sum):
        start, stop = first + above, end - below
        if stop - start < 2 or any(map(_is_row_of_figures, lines[stop:end])):
            continue
        rows = [line.segments for line in lines[start:stop]]
        is_small = len(rows) == 2 and min(map(len, rows)) < MIN_COLUMNS_OF_TWO_ROWS
        if len(rows[0]) < 2 or is_small:
            continue
        grid = align(lines[start:stop])
        if not grid or not _is_table(grid):
            continue
        if any(len(line.segments) >= len(grid[0]) for line in lines[stop:end]):
            continue  # a line below has as many cells as the rows
        groups = _group_row(lines[start - 1], grid) if above else None
        others = (*lines[first : start - bool(groups)], *lines[stop:end])
        if any(_fits_columns(line, grid) for line in others):
            continue  # a line above or below may be a row with empty cells
        if groups:
            start, grid = start - 1, [groups, *grid]
        elif not all(grid[0]) and len(grid) > MOST_HEADS:
            grid[0] = _group_row(lines[start], grid[1:]) or grid[0]
        if not _has_heads_above(lines, start, len(grid[0])):
            return GapTable(start, stop - 1, grid)
    return None


def _fits_columns(line: Line, grid: Grid) -> bool:
    """Return whether a line has several cells, each at the edge of another column."""
    cells = line.segments
    edges = [
        ({cell.left for cell in column if cell}, {cell.right for cell in column if cell})
        for column in zip(*grid, strict=True)
    ]
    columns = {
        next(
            (
                n
                for n, (lefts, rights) in enumerate(edges)
                if cell.left in lefts or cell.right in rights
            ),
            -1,
        )
        for cell in cells
    }
    return len(cells) > 1 and -1 not in columns and len(columns) == len(cells)


def _group_row(line: Line, grid: Grid) -> list[Segment | None] | None:
    """Return the heads of groups of columns above the heads of the columns; ``None`` if a line has none."""
    if len(line.segments) < 2 or has_figures(grid[0]):
        return None
    starts = group_starts(line.segments, grid)
    if starts is None:
        return None
    row: list[Segment | None] = [None] * len(grid[0])
    for column, head in zip(starts, line.segments, strict=True):
        row[column] = head
    return row


def _has_heads_above(lines: Sequence[Line], start: int, width: int) -> bool:
    """Return whether a line directly above rows has more words than they have cells: their heads, and some cells are empty."""
    for line in reversed(lines[max(0, start - MOST_LINES_ABOVE) : start]):
        if len(line.words) < 2 or not _may_be_row(line):
            return False
        is_row = len(line.segments) >= MIN_COLUMNS_OF_TWO_ROWS
        if is_row or len(line.words) > width or has_figures(line.segments):
            return True
    return False


def _is_table(grid: Grid) -> bool:
    """Return whether rows with columns are a table: most have figures, or it has heads of columns of words."""
    if all(row[0] is None or LONE_NUMBER.fullmatch(row[0].string) for row in grid):
        return False
    with_figures = [has_figures(row) for row in grid]
    if not any(with_figures[1:]):
        return _is_table_of_words(grid)
    has_line_above = with_figures.index(True) > 1 and all(grid[0]) and all(grid[1])
    if has_line_above or _has_pages(grid):
        return False
    body = grid[max(1, with_figures.index(True)) :]
    full = [row for row in body if sum(cell is not None for cell in row) > 1]
    return 2 * sum(map(has_figures, full)) > len(full) or _is_table_of_words(grid)


def _has_pages(grid: Grid) -> bool:
    """Return whether the last cells are the pages of a table of contents: they never fall, and have no head."""
    cells = [row[-1].string if row[-1] else "" for row in grid]
    pages = [int(cell) for cell in cells if cell.isdecimal()]
    return (
        len(pages) == len(cells)
        and len(grid[0]) <= MOST_CELLS_OF_CONTENTS
        and pages == sorted(pages)
    )


def _is_table_of_words(grid: Grid) -> bool:
    """Return whether the first row has the heads of columns, and the cells of each column one left edge."""
    heads = [cell.string for cell in grid[0] if cell]
    return (
        len(grid) >= FEWEST_ROWS_OF_WORDS
        and len(heads) == len(grid[0])
        and (_are_heads(heads) or all(row[0] and is_figure(row[0].string) for row in grid[1:]))
        and all(
            len({cell.left for cell in column if cell}) == 1 for column in zip(*grid, strict=True)
        )
    )


def _are_heads(cells: Sequence[str]) -> bool:
    """Return whether half of the cells end as heads of columns do."""
    words = [to_simplified("".join(cell.split())) for cell in cells]
    return 2 * sum(bool(COLUMN_HEAD.search(word)) for word in words) >= len(words)


def _looks_like_words_below_heads(lines: Sequence[Line]) -> bool:
    """Return whether lines have the heads of columns, and below them words between gaps in most lines."""
    heads, *rows = [line.segments for line in lines]
    return (
        len(rows) >= FEWEST_ROWS_OF_WORDS - 1
        and len(heads) > 1
        and _are_heads([cell.string for cell in heads])
        and 2 * sum(len(row) > 1 for row in rows) > len(rows)
    )


def _looks_like_table(lines: Sequence[Line]) -> bool:
    """Return whether several lines have figures between gaps."""
    rows = [line.segments for line in lines]
    rows = [row for row in rows if row and not LONE_NUMBER.fullmatch(row[0].string)]
    return sum(len(row) >= MIN_COLUMNS_OF_TWO_ROWS and has_figures(row) for row in rows) > 1
