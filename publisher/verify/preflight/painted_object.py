"""An object that a page paints, and the geometry of where it is.

Lengths are in points of default user space; a rectangle is left, bottom, right, top.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from publisher.pdf.syntax import resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.pdf.geometry import Rectangle
    from publisher.verify.preflight.colour_spaces import Separations


@dataclass(frozen=True, slots=True, kw_only=True)
class PaintedObject:
    """An object on a page; lengths in points of default user space."""

    kind: str
    """text, fill, stroke, picture, mask or shading."""
    box: Rectangle
    space: str
    separations: Separations
    """The most ink on each plate."""
    total: float
    """The most ink on one spot, from 0 to 4 and more."""
    device_rgb: bool = False
    size: float = 0.0
    """The em of text, the width of a line, the thinner side of a filled rectangle or of a frame."""
    resolution: float = 0.0
    """Of a picture, pixels an inch, the lower of its two."""
    label: str = ""
    """The first characters of text, the pixels of a picture."""
    alpha: float = 1.0
    blend_mode: str = "Normal"
    soft_masked: bool = False
    inks_error: str = ""
    """Why nobody could tell the inks of a picture."""
    overprints: bool = False


def bounding_box(points: Sequence[tuple[float, float]]) -> Rectangle:
    """Return the rectangle around points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def intersection(first: Rectangle, second: Rectangle) -> Rectangle:
    """Return what two rectangles have in common; of no width where they have nothing."""
    left, bottom = max(first[0], second[0]), max(first[1], second[1])
    return left, bottom, max(left, min(first[2], second[2])), max(bottom, min(first[3], second[3]))


def function_colours(function: Any) -> list[tuple[float, ...]]:
    """Return the colours at the ends of a function's parts (7.10.3, 7.10.4)."""
    if isinstance(function, list):
        return [tuple(map(max, zip(*filter(None, map(_first, function)), strict=False)))]
    if function is None:
        return []
    parts = resolve(function.get("/Functions"))
    if parts is not None:
        return [end for part in parts for end in function_colours(resolve(part))]
    return [
        tuple(float(resolve(number)) for number in resolve(function[key]))
        for key in ("/C0", "/C1")
        if key in function
    ]


def _first(function: Any) -> tuple[float, ...]:
    return next(iter(function_colours(resolve(function))), ())
