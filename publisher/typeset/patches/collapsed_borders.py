"""The borders of a table drawn as few long lines, and no work for boxes without borders.

``draw_collapsed_borders`` draws the borders of each cell by themselves: each is an artifact of its own, saves the graphics state
twice and sets its width and colour again. Here equal borders that follow one another are one line, and one artifact and one graphics
state hold all lines of a table on its page. Where two borders cross, the stock engine paints some pixels several times, which makes
their edges darker; these lines are painted once. Borders that are not solid and opaque are drawn by the stock engine.
``draw_border`` looks at columns, pictures and four borders of every box: here only if there is any of them.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from publisher.typeset.patches.patching import Patch, Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.typeset.patches.border_conflicts import Border


def _replacements() -> Iterator[Replacement]:
    from publisher._weasyprint import draw

    stock_draw, stock_border = draw.draw_collapsed_borders, draw.draw_border

    def draw_collapsed_borders(stream: Any, table: Any) -> None:
        """Draw the borders of a table's cells."""
        grid = _Grid.read(table)
        lines = None if grid is None else grid.lines()
        if lines is None:
            stock_draw(stream, table)
        elif lines:
            with stream.artifact(), stream.stacked():
                _draw_lines(stream, lines)

    def draw_border(stream: Any, box: Any) -> None:
        """Draw the borders of a box, or rules between its columns, if it has any."""
        if not _has_simple_borders(box.style) or any(_WIDTHS(box)):
            stock_border(stream, box)

    yield Replacement(draw, "draw_collapsed_borders", draw_collapsed_borders)
    yield Replacement(draw, "draw_border", draw_border)


_WIDTHS = attrgetter(*(f"border_{side}_width" for side in ("top", "right", "bottom", "left")))


def _has_simple_borders(style: Any) -> bool:
    """Return whether a box has no rules between columns and no border images."""
    cached = vars(style)
    if "simple_borders" not in cached:
        columns = style["column_width"], style["column_count"]
        no_image = style["border_image_source"][0] == "none"
        cached["simple_borders"] = columns == ("auto", "auto") and no_image
    simple: bool = cached["simple_borders"]
    return simple


class _Line(NamedTuple):
    """A line of one or more borders that are equal, px."""

    border: Any
    x1: float
    y1: float
    x2: float
    y2: float


class _Grid:
    """The borders of a table on its page, and where its rows and columns begin and end."""

    def __init__(self, table: Any, rows: Sequence[Any]) -> None:
        """Read the borders of the ``rows`` of a table that are on the page."""
        self._width, self._height = len(table.column_widths), len(rows)
        self._lefts = [*table.column_positions]
        self._lefts.append(self._lefts[-1] + table.column_widths[-1])
        self._tops = [row.position_y for row in rows]
        self._tops.append(self._tops[-1] + rows[-1].height)
        self._open_top = bool(table.skip_cell_border_top)
        self._open_bottom = bool(table.skip_cell_border_bottom)
        vertical, horizontal = table.collapsed_border_grid
        first, last = table.children[0], table.children[-1]
        head = len(first.children) if first.is_header else 0
        foot = len(last.children) if last.is_footer else 0
        skipped = table.skipped_rows - head if table.skipped_rows else 0
        left_out = len(vertical) - self._height

        def numbers(count: int, last_of_head: int) -> Iterator[int]:
            """Yield the numbers in the whole table of the rows, or of the lines between them."""
            for row in range(count):
                if row < last_of_head:
                    yield row
                else:
                    is_foot = foot and row >= self._height - foot
                    yield row + (left_out if is_foot else skipped)

        self._vertical: list[list[Border]] = [
            vertical[number] for number in numbers(self._height, head)
        ]
        self._horizontal: list[list[Border]] = [
            horizontal[number] for number in numbers(self._height + 1, head + 1 if head else 0)
        ]

    @classmethod
    def read(cls, table: Any) -> _Grid | None:
        """Return the grid of a table whose borders are lines of one colour for each strength; ``None`` for any other table."""
        rows = [row for group in table.children for row in group.children]
        if not (rows and table.column_widths) or table.style["direction"] != "ltr":
            return None
        grid = cls(table, rows)
        return grid if grid._has_plain_lines() else None

    def _has_plain_lines(self) -> bool:
        borders = {id(border): border for row in self._vertical for border in row}
        borders |= {id(border): border for row in self._horizontal for border in row}
        colors: dict[Any, Any] = {}
        for score, (style, width, color) in borders.values():
            if width == 0 or color.alpha == 0:
                continue
            if style != "solid" or color.alpha != 1 or colors.setdefault(score, color) != color:
                return False
        return True

    def lines(self) -> list[_Line]:
        """Return the lines, the strongest last: they are painted over the others."""
        lines: list[_Line] = []
        for row in range(self._open_top, self._height + 1 - self._open_bottom):
            top = self._tops[row]
            for border, start, end in _runs(self._horizontal[row]):
                left = self._lefts[start] - self._half_vertical(start, row)
                right = self._lefts[end] + self._half_vertical(end, row)
                lines.append(_Line(border, left, top, right, top))
        for column in range(self._width + 1):
            left = self._lefts[column]
            for border, start, end in _runs([row[column] for row in self._vertical]):
                top, bottom = self._tops[start], self._tops[end]
                if start or not self._open_top:
                    top -= self._half_horizontal(column, start)
                if end < self._height or not self._open_bottom:
                    bottom += self._half_horizontal(column, end)
                lines.append(_Line(border, left, top, left, bottom))
        lines.sort(key=_strength)
        return lines

    def _half_vertical(self, column: int, row: int) -> float:
        """Return half the width of the borders above and below a crossing."""
        return _half_width([rows[column] for rows in self._vertical[max(0, row - 1) : row + 1]])

    def _half_horizontal(self, column: int, row: int) -> float:
        """Return half the width of the borders to the left and to the right of a crossing."""
        return _half_width(self._horizontal[row][max(0, column - 1) : column + 1])


def _strength(line: _Line) -> Any:
    return line.border[0]


def _half_width(borders: Sequence[Border]) -> float:
    width: float = max([width for _, (_, width, _) in borders], default=0.0)
    return width / 2


def _runs(borders: Sequence[Border]) -> Iterator[tuple[Border, int, int]]:
    """Yield each border that is drawn, with where it begins and where the last that equals it ends."""
    start, count = 0, len(borders)
    while start < count:
        border = borders[start]
        end = start + 1
        while end < count and (borders[end] is border or borders[end] == border):
            end += 1
        _, (_, width, color) = border
        if width and color.alpha:
            yield border, start, end
        start = end


def _draw_lines(stream: Any, lines: Sequence[_Line]) -> None:
    """Draw solid lines, and set their width and colour where these change."""
    last_width: float | None = None
    for border, x1, y1, x2, y2 in lines:
        _, (_, width, color) = border
        stream.set_color(color, stroke=True)
        if width != last_width:
            stream.set_line_width(width)
            last_width = width
        stream.move_to(x1, y1)
        stream.line_to(x2, y2)
        stream.stroke()


PATCH = Patch(
    name="collapsed_borders",
    targets=("weasyprint.draw.draw_collapsed_borders", "weasyprint.draw.draw_border"),
    reason="Equal borders of a table are drawn as one line; boxes without borders are skipped.",
    replacements=_replacements,
)
