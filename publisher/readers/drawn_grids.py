"""Tables that lines draw: the edges between their cells, and the cells that these edges leave.

Input: the lines of a drawing. Output: its cells with their spans and the parts of the lines that each holds, or nothing if the drawing
is not sound: a line ends inside, an edge goes through words, or a cell is no rectangle. Positions are columns of a text editor, where a
wide character takes two; the characters that draw take one or two, whichever makes the right edges of the lines agree.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.readers.cell_forms import is_figure
from publisher.text.characters import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SIDES = {"+": frozenset({"up", "down", "left", "right"})} | {
    **dict.fromkeys("|｜", frozenset({"up", "down"})),
    **dict.fromkeys("-=", frozenset({"left", "right"})),
}
_NO_EDGES = {ord("|"): "x", ord("+"): "x", ord("｜"): "字"}
"""What a bar or a plus sign in a drawing with box characters is: a character of a cell, as wide as these."""
_DIRECTIONS = {"vertical": ("up", "down"), "horizontal": ("left", "right")}
FEWEST_ROWS = 2
_FIRST_BOX, _LAST_BOX = "\u2500", "\u257f"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a line without the blanks at its ends."""

    line: int
    start: int
    """The index of its first character in the line."""
    end: int


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a drawn table."""

    row: int
    column: int
    row_span: int
    col_span: int
    parts: tuple[Part, ...]
    """Its text, line by line."""


@dataclass(frozen=True, slots=True)
class DrawnGrid:
    """The cells of a drawn table, row by row."""

    cells: tuple[GridCell, ...]
    rows: int

    @property
    def has_spans(self) -> bool:
        """Whether a cell is in more than one row or column."""
        return any(cell.row_span > 1 or cell.col_span > 1 for cell in self.cells)


@cache
def sides(character: str) -> frozenset[str]:
    """Return to which sides of its place a character draws: up, down, left, right; nothing if it does not draw.

    Example:
        >>> sorted(sides("├")), sorted(sides("字"))
        (['down', 'right', 'up'], [])

    """
    if character in _SIDES:
        return _SIDES[character]
    if not _FIRST_BOX <= character <= _LAST_BOX:
        return frozenset()
    words = unicodedata.name(character).lower().split()
    directions = {word for word in words if word in ("up", "down", "left", "right")}
    for word, pair in _DIRECTIONS.items():
        directions.update(pair if word in words else ())
    return frozenset(directions)


def is_box_character(character: str) -> bool:
    """Return whether a character is one of Unicode's box drawing characters."""
    return _FIRST_BOX <= character <= _LAST_BOX


def is_junction(character: str) -> bool:
    """Return whether edges meet at a character: it draws both up or down and left or right."""
    directions = sides(character)
    return not directions.isdisjoint(("up", "down")) and not directions.isdisjoint(
        ("left", "right")
    )


def read_grid(lines: Sequence[str]) -> DrawnGrid | None:
    """Return the cells of a drawing; ``None`` if it is not sound.

    Example:
        >>> grid = read_grid(["┌─┬─┐", "│甲│", "├─┼─┤", "│1│2│", "└─┴─┘"])
        >>> grid is None
        True

    """
    if any(map(is_box_character, "".join(lines))):
        lines = [line.translate(_NO_EDGES) for line in lines]
    for width in (1, 2):
        drawing = [_Line.read(line, width) for line in lines]
        if len({(line.left, line.right) for line in drawing}) == 1:
            return _Grid(drawing).cells()
    return None


@dataclass(slots=True)
class _Line:
    """A line with the position of each character."""

    string: str
    positions: list[int]
    """The left edge of each character, then the right edge of the last one."""
    index: dict[int, int] = field(default_factory=dict)
    """The index of the character that begins at a position."""

    @classmethod
    def read(cls, string: str, box_width: int) -> _Line:
        positions = [0]
        for character in string.rstrip():
            width = box_width if is_box_character(character) else columns_of(character)
            positions.append(positions[-1] + width)
        index = {position: number for number, position in enumerate(positions[:-1])}
        return cls(string.rstrip(), positions, index)

    @property
    def left(self) -> int:
        """The position of its first character."""
        return self.positions[len(self.string) - len(self.string.lstrip())]

    @property
    def right(self) -> int:
        """The position where its last character begins."""
        return self.positions[-2] if self.string else -1

    def sides_at(self, position: int) -> frozenset[str]:
        """Return to which sides the character at a position draws."""
        number = self.index.get(position)
        return frozenset() if number is None else sides(self.string[number])

    def has_bar(self, position: int) -> bool:
        """Return whether an edge goes down or up from a position."""
        return not self.sides_at(position).isdisjoint(("up", "down"))

    def is_stroke(self, left: int, right: int) -> bool:
        """Return whether everything between two positions draws a horizontal edge."""
        first, last = self._between(left, right)
        inner = self.string[first:last]
        return bool(inner) and all({"left", "right"} <= sides(c) for c in inner)

    def part(self, left: int, right: int, number: int) -> Part | None:
        """Return the words between two positions; ``None`` if there are none."""
        first, last = self._between(left, right)
        words = self.string[first:last].strip()
        if not words:
            return None
        start = self.string.index(words, first)
        return Part(number, start, start + len(words))

    def _between(self, left: int, right: int) -> tuple[int, int]:
        first = self.index.get(left, 0) + 1
        return first, self.index.get(right, len(self.string))


class _UnsoundError(Exception):
    """The lines draw no table."""


class _Grid:
    """The edges of a drawing, row by row."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        self._lines = lines
        first = lines[0]
        self._edges = sorted(
            {
                position
                for line in lines
                for position, number in line.index.items()
                if is_junction(line.string[number]) or position in (first.left, first.right)
            }
        )
        self._columns = list(pairwise(self._edges))
        self._parent: dict[tuple[int, int], tuple[int, int]] = {}

    def cells(self) -> DrawnGrid | None:
        try:
            return self._read()
        except _UnsoundError:
            return None

    def _read(self) -> DrawnGrid:
        strokes = [
            [line.is_stroke(left, right) for left, right in self._columns] for line in self._lines
        ]
        if len(self._columns) < 2 or not (all(strokes[0]) and all(strokes[-1])):
            raise _UnsoundError
        rules = [number for number, row in enumerate(strokes) if any(row)]
        bands = [
            list(range(above + 1, below)) for above, below in pairwise(rules) if below > above + 1
        ]
        if len(bands) != len(rules) - 1 or not bands:
            raise _UnsoundError
        rows, below_rows = self._rows(bands, rules, strokes)
        for row, (numbers, rule) in enumerate(zip(rows, below_rows, strict=True)):
            for column in range(len(self._columns)):
                self._join_right(row, column, numbers)
                if rule >= 0 and row + 1 < len(rows) and not strokes[rule][column]:
                    self._join((row, column), (row + 1, column))
        return self._collect(rows, below_rows)

    def _rows(
        self, bands: list[list[int]], rules: list[int], strokes: list[list[bool]]
    ) -> tuple[list[list[int]], list[int]]:
        """Return the lines of each row, and the line of the rule below it; -1 for none."""
        whole = [number for number in rules[1:-1] if all(strokes[number])]
        head_end = whole[0] if whole else rules[-1]
        is_ruled = sum(rule > head_end for rule in rules) > 1
        rows: list[list[int]] = []
        below: list[int] = []
        for band, rule in zip(bands, rules[1:], strict=True):
            if self._is_one_row(band, is_head=rule <= head_end, is_ruled=is_ruled):
                rows.append(band)
                below.append(rule)
            else:
                rows += [[number] for number in band]
                below += [-1] * (len(band) - 1) + [rule]
        if len(rows) < FEWEST_ROWS:
            raise _UnsoundError
        return rows, below

    def _is_one_row(self, band: Sequence[int], *, is_head: bool, is_ruled: bool) -> bool:
        """Return whether the lines between two rules are one row with broken words; otherwise each is a row.

        Figures below one another are rows. Words are broken if there are rules between the rows and a line has an empty cell.
        """
        if len(band) == 1:
            return True
        words = [[self._words(number, column) for column in self._columns] for number in band]
        has_figures = any(
            sum(is_figure(cell) for cell in column) > 1 for column in zip(*words, strict=True)
        )
        if has_figures and all(row[0] for row in words):
            return False
        if has_figures or not (is_head or (is_ruled and not all(map(all, words)))):
            raise _UnsoundError
        return True

    def _words(self, number: int, column: tuple[int, int]) -> str:
        part = self._lines[number].part(*column, number)
        return self._lines[number].string[part.start : part.end] if part else ""

    def _join_right(self, row: int, column: int, numbers: Sequence[int]) -> None:
        """Join a cell with the one at its right if no line has a bar between them."""
        if column + 1 == len(self._columns):
            return
        position = self._columns[column][1]
        bars = {self._lines[number].has_bar(position) for number in numbers}
        if len(bars) > 1:
            raise _UnsoundError
        if bars == {False}:
            self._join((row, column), (row, column + 1))

    def _root(self, cell: tuple[int, int]) -> tuple[int, int]:
        while (parent := self._parent.get(cell, cell)) != cell:
            cell = parent
        return cell

    def _join(self, cell: tuple[int, int], other: tuple[int, int]) -> None:
        first, second = sorted((self._root(cell), self._root(other)))
        self._parent[second] = first

    def _collect(self, rows: list[list[int]], below: list[int]) -> DrawnGrid:
        groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for row in range(len(rows)):
            for column in range(len(self._columns)):
                groups.setdefault(self._root((row, column)), []).append((row, column))
        cells = [self._cell(members, rows, below) for members in groups.values()]
        cells.sort(key=lambda cell: (cell.row, cell.column))
        if {cell.row for cell in cells} != set(range(len(rows))):
            raise _UnsoundError
        return DrawnGrid(tuple(cells), len(rows))

    def _cell(
        self,
        members: list[tuple[int, int]],
        rows: list[list[int]],
        below: list[int],
    ) -> GridCell:
        top, bottom = members[0][0], members[-1][0]
        first, last = (edge(column for _, column in members) for edge in (min, max))
        if len(members) != (bottom - top + 1) * (last - first + 1):
            raise _UnsoundError
        left, right = self._columns[first][0], self._columns[last][1]
        numbers = list(self._lines_of(rows[top : bottom + 1], below[top:bottom]))
        parts = []
        for number in numbers:
            line = self._lines[number]
            part = line.part(left, right, number)
            is_sound = line.has_bar(left) and line.has_bar(right)
            if not is_sound or (
                part and any(map(is_box_character, line.string[part.start : part.end]))
            ):
                raise _UnsoundError
            if part:
                parts.append(part)
        return GridCell(top, first, bottom - top + 1, last - first + 1, tuple(parts))

    @staticmethod
    def _lines_of(rows: list[list[int]], rules: list[int]) -> Iterator[int]:
        """Yield the lines of rows and of the rules between them."""
        for index, numbers in enumerate(rows):
            yield from numbers
            if index < len(rules) and rules[index] >= 0:
                yield rules[index]
