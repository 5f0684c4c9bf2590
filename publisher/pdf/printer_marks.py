"""Printers' marks: where a page is cut, and how its plates are laid over one another.

Enters: a trimmed page's rectangle and its bleed, in points; of a block of pages what is cut or folded
inside. Leaves: a content stream in the
registration colour, which is on every plate (ISO 32000-1, 8.6.6.4), and the room that it needs.
No mark stands inside the bleed (ISO 12647-1 and the habit of every print shop).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.pdf.geometry import MM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.pdf.geometry import Rectangle


GAP = 1 * MM
"""Between the bleed and a mark."""
LENGTH = 5 * MM
"""Of a crop mark."""
MARKS_MARGIN = GAP + LENGTH + GAP
"""What marks need beyond the bleed, on every side."""
WIDTH = 0.25
"""Of a line, in points: the finest that plates hold."""
RADIUS, ARM = 1.5 * MM, 2.5 * MM
"""Of a registration mark: its circle, and half of its cross."""
DASH = 0.4 * MM
"""Of the mark of a fold: dash and gap."""
MARKS_COLOUR_SPACE = "Registration"
"""The name by which the stream knows its colour space among the resources."""
_ROUND = 0.5523
"""How far from its ends a quarter of a circle has its control points, in radii."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CutsAndFolds:
    """Where a trimmed block of several pages is cut and folded, between its edges."""

    cut_xs: tuple[float, ...] = ()
    """Cuts from bottom to top: their places from left to right."""
    cut_ys: tuple[float, ...] = ()
    """Cuts from left to right: their places from bottom to top."""
    fold_xs: tuple[float, ...] = ()
    """Folds from bottom to top."""


def paint_marks(trim: Rectangle, bleed: float, inside: CutsAndFolds = CutsAndFolds()) -> bytes:
    """Return crop marks at the corners and a registration mark in the middle of each side.

    A block of several pages has crop marks where it is cut, dashed ones where it is folded, and its
    registration marks in the middle of the first and the last page of each side.
    """
    lines = [*_crop_marks(trim, bleed, inside), *_registration_marks(trim, bleed, inside)]
    state = f"/Artifact <</Type /Page>> BDC q /{MARKS_COLOUR_SPACE} CS 1 SCN {WIDTH} w 0 J [] 0 d"
    return "\n".join((state, *lines, "Q EMC", "")).encode()


def _crop_marks(trim: Rectangle, bleed: float, inside: CutsAndFolds) -> Iterator[str]:
    left, bottom, right, top = trim
    near, far = bleed + GAP, bleed + GAP + LENGTH
    for y in (bottom, *inside.cut_ys, top):
        yield _line(left - far, y, left - near, y)
        yield _line(right + near, y, right + far, y)
    for x in (left, *inside.cut_xs, right):
        yield _line(x, bottom - far, x, bottom - near)
        yield _line(x, top + near, x, top + far)
    if inside.fold_xs:
        yield f"[{_number(DASH)}] 0 d"
    for x in inside.fold_xs:
        yield _line(x, bottom - far, x, bottom - near)
        yield _line(x, top + near, x, top + far)
    if inside.fold_xs:
        yield "[] 0 d"


def _registration_marks(trim: Rectangle, bleed: float, inside: CutsAndFolds) -> Iterator[str]:
    left, bottom, right, top = trim
    away = bleed + MARKS_MARGIN / 2
    across = _middles((left, *sorted((*inside.cut_xs, *inside.fold_xs)), right))
    up = _middles((bottom, *inside.cut_ys, top))
    for x, y in (
        *((x, bottom - away) for x in across),
        *((x, top + away) for x in across),
        *((left - away, y) for y in up),
        *((right + away, y) for y in up),
    ):
        yield _line(x - ARM, y, x + ARM, y)
        yield _line(x, y - ARM, x, y + ARM)
        yield _circle(x, y)


def _middles(edges: Sequence[float]) -> tuple[float, ...]:
    """Return the middles of the first and of the last stretch between edges, once if they are one."""
    first, last = (edges[0] + edges[1]) / 2, (edges[-2] + edges[-1]) / 2
    return (first,) if len(edges) == 2 else (first, last)


def _line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{_number(x0)} {_number(y0)} m {_number(x1)} {_number(y1)} l S"


def _circle(x: float, y: float) -> str:
    far, near = RADIUS, RADIUS * _ROUND
    curves = (
        (far, near, near, far, 0, far),
        (-near, far, -far, near, -far, 0),
        (-far, -near, -near, -far, 0, -far),
        (near, -far, far, -near, far, 0),
    )
    drawn = (
        " ".join(_number(at + (y if index % 2 else x)) for index, at in enumerate(curve)) + " c"
        for curve in curves
    )
    return f"{_number(x + far)} {_number(y)} m {' '.join(drawn)} s"


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
