"""Printers' marks: where a page is cut, and how its plates are laid over one another.

Enters: a trimmed page's rectangle and its bleed, in points. Leaves: a content stream in the
registration colour, which is on every plate (ISO 32000-1, 8.6.6.4), and the room that it needs.
No mark stands inside the bleed (ISO 12647-1 and the habit of every print shop).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top."""

MM = 72 / 25.4
"""Points in a millimetre."""
GAP = 1 * MM
"""Between the bleed and a mark."""
LENGTH = 5 * MM
"""Of a crop mark."""
ROOM = GAP + LENGTH + GAP
"""What marks need beyond the bleed, on every side."""
WIDTH = 0.25
"""Of a line, in points: the finest that plates hold."""
RADIUS, ARM = 1.5 * MM, 2.5 * MM
"""Of a registration mark: its circle, and half of its cross."""
COLOUR = "Registration"
"""The name by which the stream knows its colour space among the resources."""
_ROUND = 0.5523
"""How far from its ends a quarter of a circle has its control points, in radii."""


def grown(box: Rectangle, by: float) -> Rectangle:
    """Return a rectangle that is larger on every side."""
    left, bottom, right, top = box
    return left - by, bottom - by, right + by, top + by


def paint_marks(trim: Rectangle, bleed: float) -> bytes:
    """Return crop marks at the corners and a registration mark in the middle of each side."""
    lines = [*_crop_marks(trim, bleed), *_registration_marks(trim, bleed)]
    state = f"/Artifact <</Type /Page>> BDC q /{COLOUR} CS 1 SCN {WIDTH} w 0 J [] 0 d"
    return "\n".join((state, *lines, "Q EMC", "")).encode()


def _crop_marks(trim: Rectangle, bleed: float) -> Iterator[str]:
    left, bottom, right, top = trim
    near, far = bleed + GAP, bleed + GAP + LENGTH
    for y in (bottom, top):
        yield _line(left - far, y, left - near, y)
        yield _line(right + near, y, right + far, y)
    for x in (left, right):
        yield _line(x, bottom - far, x, bottom - near)
        yield _line(x, top + near, x, top + far)


def _registration_marks(trim: Rectangle, bleed: float) -> Iterator[str]:
    left, bottom, right, top = trim
    away = bleed + ROOM / 2
    across, up = (left + right) / 2, (bottom + top) / 2
    for x, y in (
        (across, bottom - away),
        (across, top + away),
        (left - away, up),
        (right + away, up),
    ):
        yield _line(x - ARM, y, x + ARM, y)
        yield _line(x, y - ARM, x, y + ARM)
        yield _circle(x, y)


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
