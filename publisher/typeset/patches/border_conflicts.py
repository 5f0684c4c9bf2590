"""The collapsed borders of a table, resolved with what each style says about its borders read once.

``collapse_table_borders`` reads the style, the width and the colour of four borders for each cell and each row, and asks for the
widest border on each side of each cell: a third of the time in which the boxes of a long table are made. Here the borders of
a style are read once, and a row or a group without borders is passed over.

The rules are those of CSS 2.1, 17.6.2.1: ``hidden`` wins, then the wider border, then the style that is higher in the list,
then what is listed first of cell, row, row group and table, and of two neighbours the one that is further to the left and to the top.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.typeset.patches.patching import Patch, Replacement, replace_everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator

_Score = tuple[int, float, int]
Border = tuple[_Score, tuple[str, float, Any]]
"""How strong a border is, and its style, width and colour."""
_Grid = list[list[Border]]

STYLES = ("none inset groove outset ridge dotted dashed solid double hidden").split()
"""The styles of borders, the weakest first."""
DRAWN = {"inset": "ridge", "outset": "groove"}
"""How styles are drawn where borders collapse."""
SIDES = ("left", "right", "top", "bottom")


def _replacements() -> Iterator[Replacement]:
    from publisher._weasyprint.layout import table

    stock = table.collapse_table_borders
    transparent = table.TRANSPARENT

    def collapse_table_borders(table: Any, grid_width: int, grid_height: int) -> Any:
        """Give the boxes of a table their borders; return the vertical and the horizontal ones of the grid."""
        if not (grid_width and grid_height) or table.style["direction"] != "ltr":
            return stock(table, grid_width, grid_height)
        if table.column_groups:
            return stock(table, grid_width, grid_height)
        return _Conflicts(table, grid_width, grid_height, transparent).resolve()

    yield from replace_everywhere(table, "collapse_table_borders", collapse_table_borders)


class _Conflicts:
    """The borders that meet in the grid of a table."""

    def __init__(self, table: Any, width: int, height: int, transparent: Any) -> None:
        weak: Border = ((0, 0, 0), ("none", 0, transparent))
        self._inside: Border = ((1, 0, len(STYLES) - 1), ("hidden", 0, transparent))
        self._table = table
        self._width, self._height = width, height
        self._vertical: _Grid = [[weak] * (width + 1) for _ in range(height)]
        self._horizontal: _Grid = [[weak] * width for _ in range(height + 1)]

    def resolve(self) -> tuple[_Grid, _Grid]:
        """Set the widths of the borders of all boxes; return the borders."""
        rows = [row for group in self._table.children for row in group.children]
        for y, row in enumerate(rows):
            for cell in row.children:
                self._add_cell(cell, y)
        for y, row in enumerate(rows):
            self._add(row.style, 0, y, self._width, 1)
        y = 0
        for group in self._table.children:
            self._add(group.style, 0, y, self._width, len(group.children))
            y += len(group.children)
        self._add(self._table.style, 0, 0, self._width, self._height)
        self._set_widths()
        return self._vertical, self._horizontal

    def _add_cell(self, cell: Any, y: int) -> None:
        x, columns, rows = cell.grid_x, cell.colspan, cell.rowspan
        if columns > 1 or rows > 1:
            for row in range(y, y + rows):
                for column in range(x + 1, x + columns):
                    self._vertical[row][column] = self._inside
            for row in range(y + 1, y + rows):
                for column in range(x, x + columns):
                    self._horizontal[row][column] = self._inside
        self._add(cell.style, x, y, columns, rows)

    def _add(self, style: Any, x: int, y: int, columns: int, rows: int) -> None:
        """Let the borders around a part of the grid take the place of weaker ones."""
        left, right, top, bottom = _borders_of(style)
        if left is not None or right is not None:
            for line in self._vertical[y : y + rows]:
                if left is not None and line[x][0] < left[0]:
                    line[x] = left
                if right is not None and line[x + columns][0] < right[0]:
                    line[x + columns] = right
        for border, line in ((top, self._horizontal[y]), (bottom, self._horizontal[y + rows])):
            if border is not None:
                for column in range(x, x + columns):
                    if line[column][0] < border[0]:
                        line[column] = border

    def _set_widths(self) -> None:
        """Give each cell and the table half of the widest border on each side, and rows and groups none."""
        y = 0
        for group in self._table.children:
            _set_border(group, 0, 0, 0, 0)
            for row in group.children:
                _set_border(row, 0, 0, 0, 0)
                for cell in row.children:
                    right, bottom = cell.grid_x + cell.colspan, y + cell.rowspan
                    _set_border(
                        cell,
                        self._widest_vertical(cell.grid_x, y, bottom),
                        self._widest_vertical(right, y, bottom),
                        self._widest_horizontal(y, cell.grid_x, right),
                        self._widest_horizontal(bottom, cell.grid_x, right),
                    )
                y += 1
        _set_border(
            self._table,
            self._widest_vertical(0, 0, 1),
            self._widest_vertical(self._width, 0, 1),
            self._widest_horizontal(0, 0, self._width),
            self._widest_horizontal(self._height, 0, self._width),
        )

    def _widest_vertical(self, x: int, start: int, stop: int) -> float:
        if stop == start + 1:
            return self._vertical[start][x][1][1] / 2
        return max(line[x][1][1] for line in self._vertical[start:stop]) / 2

    def _widest_horizontal(self, y: int, start: int, stop: int) -> float:
        line = self._horizontal[y]
        if stop == start + 1:
            return line[start][1][1] / 2
        return max(border[1][1] for border in line[start:stop]) / 2


def _set_border(box: Any, left: float, right: float, top: float, bottom: float) -> None:
    box.border_left_width, box.border_right_width = left, right
    box.border_top_width, box.border_bottom_width = top, bottom


def _borders_of(style: Any) -> tuple[Border | None, ...]:
    """Return the borders of a style at the left, the right, the top and the bottom; ``None`` for one that never wins."""
    from publisher._weasyprint.draw.color import get_color

    cached = vars(style)
    if "collapsing_borders" not in cached:
        borders: list[Border | None] = []
        for side in SIDES:
            line, width = style[f"border_{side}_style"], style[f"border_{side}_width"]
            score = int(line == "hidden"), width, STYLES.index(line)
            border = DRAWN.get(line, line), width, get_color(style, f"border_{side}_color")
            borders.append((score, border) if score > (0, 0, 0) else None)
        cached["collapsing_borders"] = tuple(borders)
    known: tuple[Border | None, ...] = cached["collapsing_borders"]
    return known


PATCH = Patch(
    name="border_conflicts",
    targets=("weasyprint.layout.table.collapse_table_borders",),
    reason="The borders of each style are read once for all cells of a table with collapsed borders.",
    replacements=_replacements,
)
