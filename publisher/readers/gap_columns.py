"""The columns of rows whose cells are parted by blanks: what stands below one another is one column.

Input: the lines of a table. Output: the cell of each column in each line, or nothing if the lines prove no columns. Positions are
columns of a terminal or a text editor, where a wide character takes two. A column is a band that no other column shares; its cells
have one edge in common, or a position that all of them cover; and one line has a cell in every column. An empty cell is then
known by its position, whatever the number of gaps in its line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.text.characters import columns_of, has_han

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BLANKS = " \t\u3000\xa0"
_WORD = re.compile(
    f"(?<![0-9])[-+−－]?[0-9]{{1,3}}(?: [0-9]{{3}})+(?![0-9])[^{_BLANKS}\r]*|[^{_BLANKS}\r]+(?: [–—-] [0-9.]+)?"
)
"""Characters without a blank; a figure in groups of three digits (15 284) and a range of figures (1.1 – 1.3) are one word."""
_FIGURE = re.compile("(?!(?:19|20)[0-9]{2}(?:年|$))[-+−－△▲]?[0-9０-９]")
_LETTER = re.compile(".(?:$|[（(])")
"""A character of a spread word, also with a unit behind it: 占　比（%）."""
MOST_HEADS = 2
"""So many lines of heads may have other edges than the cells below them."""
NARROWEST_GAP = 2
"""The width of a gap between two cells; a single blank may be inside a cell."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of a line without a gap between them."""

    string: str
    start: int
    """The index of its first character in the line."""
    end: int
    """One past the index of its last character."""
    left: int
    """The position of its left edge."""
    right: int
    """The position of its right edge."""


Row = list[Segment]
Grid = list[list[Segment | None]]
"""For each line the cell of each column; ``None`` if it is empty."""


@dataclass(frozen=True)
class Line:
    """A line and the parts between its blanks.

    Example:
        >>> [(word.string, word.left, word.right) for word in Line("收入  12").words]
        [('收入', 0, 4), ('12', 6, 8)]

    """

    string: str

    @cached_property
    def words(self) -> Row:
        """The words, parted by blanks."""
        words: Row = []
        position = end = 0
        for match in _WORD.finditer(self.string):
            left = position + columns_of(self.string[end : match.start()])
            end = match.end()
            position = left + columns_of(match[0])
            words.append(Segment(match[0], match.start(), end, left, position))
        return words

    @cached_property
    def segments(self) -> Row:
        """The parts between gaps of two positions and more; single characters with a narrower gap are one part: 指  标."""
        return self._join_words(with_spread_words=True)

    @cached_property
    def narrow_segments(self) -> Row:
        """The parts between gaps of two positions and more."""
        return self._join_words(with_spread_words=False)

    def _join_words(self, *, with_spread_words: bool) -> Row:
        widths = [following.left - word.right for word, following in pairwise(self.words)]
        widest = max(widths, default=0)
        segments: Row = []
        first: Segment | None = None
        for index, word in enumerate(self.words):
            first = first or word
            width = widths[index] if index < len(widths) else 0
            is_spread = (
                with_spread_words
                and 0 < width < widest
                and width <= min(widths[max(0, index - 1) : index + 2])
                and all(map(_LETTER.match, (part.string for part in self.words[index : index + 2])))
                and has_han(word.string)
                and has_han(self.words[index + 1].string)
            )
            if not width or (width >= NARROWEST_GAP and not is_spread):
                string = self.string[first.start : word.end]
                segments.append(Segment(string, first.start, word.end, first.left, word.right))
                first = None
        return segments


def align(lines: Sequence[Line]) -> Grid | None:
    """Return the cells of some lines by their columns; ``None`` if the positions prove no columns.

    Example:
        >>> grid = align([Line("项目  1月  2月"), Line("东村        3"), Line("西村    5")])
        >>> [[cell.string if cell else "" for cell in row] for row in grid]
        [['项目', '1月', '2月'], ['东村', '', '3'], ['西村', '5', '']]

    """
    return (
        _grid([line.segments for line in lines])
        or _grid([line.narrow_segments for line in lines])
        or _grid([line.words for line in lines])
    )


def _grid(rows: list[Row]) -> Grid | None:
    width = max(map(len, rows))
    if width == min(map(len, rows)) > 1:
        has_heads = not _has_figure(rows[0]) or len(list(_bands(rows))) <= width
        grid: Grid = [[*row] for row in rows]
        return grid if has_heads and not _has_joined_columns(grid) else None
    bands = list(_bands(rows))
    if len(bands) > width and _have_heads(rows[:MOST_HEADS], bands):
        width = len(bands)  # no line has all columns, but the heads have
    edges = _common_edges(rows, width)
    regular = [row for row in rows if len(row) < width or _fits(row, edges)]
    bands = list(_bands(regular))
    if len(bands) != width or width < 2:
        return None
    ends = [right for _, right in bands]
    grid = []
    for row in rows:
        if len(row) == width:
            grid.append([*row])  # a full row: the order of its cells proves their columns
            continue
        cells: list[Segment | None] = [None] * width
        for segment in row:
            column = bisect_right(ends, segment.left)
            if cells[column] is not None:
                return None
            cells[column] = segment
        grid.append(cells)
    body = [
        cells
        for row, cells in zip(rows[1:], grid[1:], strict=True)
        if len(row) < width or _fits(row, edges)
    ]
    has_heads = len(grid) > MOST_HEADS + 1 and not _has_figure(grid[1])
    is_proved = _agree_in_columns(body) or (has_heads and _agree_in_columns(body[1:]))
    return grid if is_proved and not _has_joined_cells(grid) else None


def _have_heads(rows: list[Row], bands: list[tuple[int, int]]) -> bool:
    """Return whether lines without figures have a cell in every band."""
    ends = [right for _, right in bands]
    columns = {bisect_right(ends, cell.left) for row in rows for cell in row}
    return len(columns) == len(bands) and not any(map(_has_figure, rows))


def _agree_in_columns(rows: Grid) -> bool:
    return all(map(_agree, zip(*rows, strict=True)))


def _has_figure(row: Sequence[Segment | None]) -> bool:
    return any(cell and _FIGURE.match(cell.string) for cell in row[1:])


def _has_joined_cells(grid: Grid) -> bool:
    """Return whether a row with empty cells has a single blank between two heads, or beside a figure: it may part two cells."""
    for index, row in enumerate(grid):
        if all(row):
            continue
        for cell in filter(None, row):
            words = _WORD.findall(cell.string)
            is_doubtful = index == 0 or any(map(_FIGURE.match, words))
            if is_doubtful and len(words) > 1 and max(map(len, words)) > 1:
                return True
    return False


def _has_joined_columns(grid: Grid) -> bool:
    """Return whether a head and a cell below it have a single blank, and the cell two figures: they may be two columns."""
    head, *body = grid
    return any(
        cell and len(cell.string.split(" ")) > 1 and _has_two_figures(column)
        for cell, *column in zip(head, *body, strict=True)
    )


def _has_two_figures(cells: Sequence[Segment | None]) -> bool:
    words = [_WORD.findall(cell.string) for cell in cells if cell]
    return any(len(parts) > 1 and all(map(_FIGURE.match, parts)) for parts in words)


def _common_edges(rows: list[Row], width: int) -> list[tuple[int, int]]:
    """Return the left and the right edge that most full rows have in each column."""
    full = [row for row in rows if len(row) == width]
    edges = []
    for column in zip(*full, strict=True):
        lefts, rights = [cell.left for cell in column], [cell.right for cell in column]
        edges.append((max(lefts, key=lefts.count), max(rights, key=rights.count)))
    return edges


def _fits(row: Row, edges: list[tuple[int, int]]) -> bool:
    """Return whether each cell of a full row covers a position between the common edges of its column."""
    return all(
        cell.left < right and left < cell.right
        for cell, (left, right) in zip(row, edges, strict=True)
    )


def _bands(rows: list[Row]) -> Iterator[tuple[int, int]]:
    """Yield the positions that cells cover without a break, from left to right."""
    left = right = -1
    for start, end in sorted((cell.left, cell.right) for row in rows for cell in row):
        if start >= right:
            if right > 0:
                yield left, right
            left = start
        right = max(right, end)
    if right > 0:
        yield left, right


def _agree(column: tuple[Segment | None, ...]) -> bool:
    """Return whether the cells of a column have an edge in common, or a position that all of them cover."""
    cells = [cell for cell in column if cell]
    if len(cells) < 2:
        return True
    return (
        len({cell.left for cell in cells}) == 1
        or len({cell.right for cell in cells}) == 1
        or max(cell.left for cell in cells) < min(cell.right for cell in cells)
    )


def group_starts(heads: Row, grid: Grid) -> list[int] | None:
    """Return the first column of each head that stands above one column or several; ``None`` if the positions do not show it.

    Each head has the left edge of its first column, or each is above the middle of its columns.

    Example:
        >>> grid = align([Line("件数  金额  件数  金额"), Line("   1     2     3     4")])
        >>> group_starts(Line("2022年      2023年").segments, grid)
        [0, 2]

    """
    columns = [[cell for cell in column if cell] for column in zip(*grid, strict=True)]
    if not all(columns):
        return None
    lefts = [{cell.left for cell in cells} for cells in columns]
    starts = [
        next((index for index, edges in enumerate(lefts) if head.left in edges), -1)
        for head in heads
    ]
    if -1 not in starts and starts == sorted(set(starts)):
        return starts
    rights = [max(cell.right for cell in cells) for cells in columns]
    return _centred_starts(heads, list(zip(map(min, lefts), rights, strict=True)))


def _centred_starts(heads: Row, columns: list[tuple[int, int]]) -> list[int] | None:
    """Return the first column of each head that is above the middle of its columns."""
    starts: list[int] = []
    end = 0
    for head in heads:
        spans = [
            (first, last)
            for first in range(end, len(columns))
            for last in range(first, len(columns))
            if abs(head.left + head.right - columns[first][0] - columns[last][1]) <= NARROWEST_GAP
        ]
        if len(spans) != 1:
            return None
        starts.append(spans[0][0])
        end = spans[0][1] + 1
    return starts
