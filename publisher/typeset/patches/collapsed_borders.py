"""The borders of a table drawn in one graphics state, and no work for boxes without borders.

``draw_collapsed_borders`` makes each segment of a table's borders an artifact of its own, saves the graphics state
twice for it, and sets its width and colour again: here one artifact and one graphics state hold all of them.
``draw_border`` looks at columns, pictures and four borders of every box: here only if there is any of them.
"""

from __future__ import annotations

from contextlib import nullcontext
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from publisher.typeset.patches.patching import Patch, Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager


def _replacements() -> Iterator[Replacement]:
    from publisher._weasyprint import draw

    stock_draw, stock_border = draw.draw_collapsed_borders, draw.draw_border
    stock_line = draw.draw_line

    def draw_collapsed_borders(stream: Any, table: Any) -> None:
        """Draw the borders of a table's cells."""
        with stream.artifact(), stream.stacked():
            stock_draw(_SharedState(stream), table)

    def draw_border(stream: Any, box: Any) -> None:
        """Draw the borders of a box, or rules between its columns, if it has any."""
        if not _has_simple_borders(box.style) or any(_WIDTHS(box)):
            stock_border(stream, box)

    def draw_line(stream: Any, *arguments: Any) -> None:
        """Draw a line of a border."""
        if not (isinstance(stream, _SharedState) and stream.draw_solid(*arguments)):
            stock_line(stream, *arguments)

    yield Replacement(draw, "draw_line", draw_line)
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


class _SharedState:
    """A content stream whose lines are in one artifact, and in one graphics state but for dashes."""

    def __init__(self, stream: Any) -> None:
        """Draw lines on ``stream``."""
        self._stream = stream
        self.move_to, self.line_to, self.stroke = stream.move_to, stream.line_to, stream.stroke
        self.set_color = stream.set_color
        self._width: float | None = None
        self._dashed = False
        self._undashed = _Undashed(self)

    @staticmethod
    def artifact() -> AbstractContextManager[None]:
        """Stay in the artifact of all lines."""
        return _SAME

    def stacked(self) -> AbstractContextManager[None]:
        """Return to undashed lines afterwards, as a saved graphics state would."""
        return self._undashed

    def draw_solid(  # noqa: PLR0913, PLR0917 - those of WeasyPrint's draw_line
        self, x1: float, y1: float, x2: float, y2: float, width: float, style: str, color: Any
    ) -> bool:
        """Draw a line if it is solid; return whether it is."""
        if style != "solid":
            return False
        self.set_color(color, stroke=True)
        self.set_line_width(width)
        self.move_to(x1, y1)
        self.line_to(x2, y2)
        self.stroke()
        return True

    def end_dashes(self) -> None:
        """Return to lines without dashes."""
        if self._dashed:
            self._stream.set_dash([], 0)
            self._stream.set_line_cap(0)
            self._dashed = False

    def set_line_width(self, width: float) -> None:
        """Set the width of the next lines, if it is another."""
        if width != self._width:
            self._stream.set_line_width(width)
            self._width = width

    def set_dash(self, dashes: Any, phase: float) -> None:
        """Set the dash pattern of the next lines."""
        self._stream.set_dash(dashes, phase)
        self._dashed = True

    def set_line_cap(self, cap: int) -> None:
        """Set how the next lines end."""
        self._stream.set_line_cap(cap)
        self._dashed = True


class _Undashed:
    """A context after which lines have no dashes."""

    def __init__(self, state: _SharedState) -> None:
        """Take the stream of the lines."""
        self._state = state

    def __enter__(self) -> None:
        """Draw lines."""

    def __exit__(self, *_: object) -> None:
        """Return to lines without dashes."""
        self._state.end_dashes()


_SAME = nullcontext()

PATCH = Patch(
    name="collapsed_borders",
    targets=(
        "weasyprint.draw.draw_collapsed_borders",
        "weasyprint.draw.draw_border",
        "weasyprint.draw.draw_line",
    ),
    reason="The borders of a table are drawn in one graphics state; boxes without borders are skipped.",
    replacements=_replacements,
)
