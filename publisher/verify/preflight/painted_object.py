"""An object that a page paints, and the geometry of its place.

Lengths are in points of default user space; a rectangle is left, bottom, right, top.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.pdf.geometry import Rectangle
    from publisher.verify.preflight.colour_spaces import Separations


@dataclass(frozen=True, slots=True, kw_only=True)
class PaintedObject:
    """An object on a page."""

    kind: str
    """text, fill, stroke, picture, mask or shading."""
    box: Rectangle
    """The bounding box, clipped."""
    space: str
    """The colour space, in words; empty if it is not known."""
    separations: Separations
    """The most ink of each separation."""
    total: float
    """The most ink in all on one spot; 4.0 is full ink of four separations."""
    device_rgb: bool = False
    """Whether the colour space is, or is based on, DeviceRGB."""
    size: float = 0.0
    """The em of text, the width of a line, or the thinner side of a filled rectangle or frame."""
    resolution: float = 0.0
    """Of a picture: pixels per inch, the lower of both directions."""
    label: str = ""
    """The first characters of text, or the pixels of a picture; for messages."""
    alpha: float = 1.0
    blend_mode: str = "Normal"
    soft_masked: bool = False
    inks_error: str = ""
    """Why the inks cannot be determined; empty if they are known."""
    is_tiled: bool = False
    """Whether it is part of the cell of a pattern; its box is then the area in which the cell may be repeated."""
    overprints: bool = False
    """Whether separations without ink keep what is below: overprint, and in ``DeviceCMYK`` the overprint mode 1
    (8.6.7)."""


def bounding_box(points: Sequence[tuple[float, float]]) -> Rectangle:
    """Return the smallest rectangle that contains the points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def intersection(first: Rectangle, second: Rectangle) -> Rectangle:
    """Return the area that two rectangles have in common; of no width or height if there is none."""
    left, bottom = max(first[0], second[0]), max(first[1], second[1])
    return left, bottom, max(left, min(first[2], second[2])), max(bottom, min(first[3], second[3]))
