"""Borders of a table drawn one after another in one state; those of a box without any, not at all.

The seams are ``weasyprint.draw.draw_collapsed_borders``, which makes each stretch of each rule an artifact
of its own, saves the state of the page twice for it, and says again how thick it is and in what colour, and
``draw_border``, which asks every box for columns, pictures and four borders.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from publisher.typeset.patches.patching import Seam

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager


def plain_borders() -> Iterator[Seam]:
    """Yield the seams for one document."""
    from weasyprint import draw

    stock_draw, stock_border = draw.draw_collapsed_borders, draw.draw_border

    def draw_collapsed_borders(stream: Any, table: Any) -> None:
        """Draw the borders of a table's cells."""
        with stream.artifact(), stream.stacked():
            stock_draw(_Lines(stream), table)

    def draw_border(stream: Any, box: Any) -> None:
        """Draw the borders of a box that has some, or rules between its columns."""
        if not _is_plain(box.style) or any(_WIDTHS(box)):
            stock_border(stream, box)

    yield Seam(draw, "draw_collapsed_borders", draw_collapsed_borders)
    yield Seam(draw, "draw_border", draw_border)


_WIDTHS = attrgetter(*(f"border_{side}_width" for side in ("top", "right", "bottom", "left")))


def _is_plain(style: Any) -> bool:
    """Whether a box has no rules and no pictures but its borders."""
    kept = vars(style)
    if "unruled" not in kept:
        columns = style["column_width"], style["column_count"]
        kept["unruled"] = columns == ("auto", "auto") and style["border_image_source"][0] == "none"
    unruled: bool = kept["unruled"]
    return unruled


class _Lines:
    """A content stream that is in one artifact, and in one state but for what is dashed."""

    def __init__(self, stream: Any) -> None:
        """Draw lines on ``stream``."""
        self._stream = stream
        self.move_to, self.line_to, self.stroke = stream.move_to, stream.line_to, stream.stroke
        self.set_color = stream.set_color
        self._width: float | None = None
        self._dashed = False

    @staticmethod
    def artifact() -> AbstractContextManager[None]:
        """Go on in the artifact that all lines are in."""
        return nullcontext()

    @contextmanager
    def stacked(self) -> Iterator[None]:
        """Draw whole lines again afterwards, as a state that is saved would have it."""
        yield
        if self._dashed:
            self._stream.set_dash([], 0)
            self._stream.set_line_cap(0)
            self._dashed = False

    def set_line_width(self, width: float) -> None:
        """Say how thick the next lines are, if they are not."""
        if width != self._width:
            self._stream.set_line_width(width)
            self._width = width

    def set_dash(self, dashes: Any, phase: float) -> None:
        """Say of what the next lines are made."""
        self._stream.set_dash(dashes, phase)
        self._dashed = True

    def set_line_cap(self, cap: int) -> None:
        """Say how the next lines end."""
        self._stream.set_line_cap(cap)
        self._dashed = True
