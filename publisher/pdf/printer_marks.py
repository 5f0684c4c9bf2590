"""Printer's marks: crop marks, fold marks and registration marks.

Input: the rectangle of a trimmed page or of a block of pages, its bleed, and where it is cut and folded inside,
in points. Output: a content stream in the registration colour, which is on every plate (ISO 32000-1, 8.6.6.4).
No mark is inside the bleed (ISO 12647-1 and the custom of print shops).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.pdf.geometry import MM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.pdf.geometry import Rectangle


GAP = 1 * MM
"""Distance between the bleed and a mark."""
LENGTH = 5 * MM
"""Length of a crop mark."""
MARKS_MARGIN = GAP + LENGTH + GAP
"""Space that marks need beyond the bleed on every side."""
WIDTH = 0.25
"""Line width in points: the finest that prints reliably."""
RADIUS, ARM = 1.5 * MM, 2.5 * MM
"""Radius of the circle and half the length of the cross of a registration mark."""
DASH = 0.4 * MM
"""Length of the dashes and gaps of a fold mark."""
MARKS_COLOUR_SPACE = "Registration"
"""The name of the colour space in the resources of the content stream."""
_CIRCLE_CONTROL = 0.5523
"""Distance of the control points of a Bézier quarter circle from its ends, in radii."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CutsAndFolds:
    """Where a trimmed block of several pages is cut and folded between its edges, points."""

    cut_xs: tuple[float, ...] = ()
    """The x coordinates of vertical cuts."""
    cut_ys: tuple[float, ...] = ()
    """The y coordinates of horizontal cuts."""
    fold_xs: tuple[float, ...] = ()
    """The x coordinates of vertical folds."""


def paint_marks(trim: Rectangle, bleed: float, inside: CutsAndFolds = CutsAndFolds()) -> bytes:
    """Return a content stream that paints the marks of a page or of a block of pages.

    Args:
        trim: The trimmed page or block.
        bleed: The bleed on every side.
        inside: Where a block is cut and folded.

    Returns:
        Crop marks at the corners and at inner cuts, dashed marks at folds, and registration marks at the
        middle of each side; a side of a block has them at the middle of its first and last page.

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
    distance = bleed + MARKS_MARGIN / 2
    xs = _middles((left, *sorted((*inside.cut_xs, *inside.fold_xs)), right))
    ys = _middles((bottom, *inside.cut_ys, top))
    for x, y in (
        *((x, bottom - distance) for x in xs),
        *((x, top + distance) for x in xs),
        *((left - distance, y) for y in ys),
        *((right + distance, y) for y in ys),
    ):
        yield _line(x - ARM, y, x + ARM, y)
        yield _line(x, y - ARM, x, y + ARM)
        yield _circle(x, y)


def _middles(edges: Sequence[float]) -> tuple[float, ...]:
    """Return the middles of the first and the last interval between edges; one if they are the same."""
    first, last = (edges[0] + edges[1]) / 2, (edges[-2] + edges[-1]) / 2
    return (first,) if len(edges) == 2 else (first, last)


def _line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{_number(x0)} {_number(y0)} m {_number(x1)} {_number(y1)} l S"


def _circle(x: float, y: float) -> str:
    far, near = RADIUS, RADIUS * _CIRCLE_CONTROL
    curves = (
        (far, near, near, far, 0, far),
        (-near, far, -far, near, -far, 0),
        (-far, -near, -near, -far, 0, -far),
        (near, -far, far, -near, far, 0),
    )
    operators = (
        " ".join(_number(offset + (y if index % 2 else x)) for index, offset in enumerate(curve))
        + " c"
        for curve in curves
    )
    return f"{_number(x + far)} {_number(y)} m {' '.join(operators)} s"


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
