"""Lengths and rectangles of PDF pages, in points."""

from __future__ import annotations

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top."""
MM = 72 / 25.4
"""Points in a millimetre."""


def expand(box: Rectangle, by: float) -> Rectangle:
    """Return a rectangle that is larger on every side."""
    left, bottom, right, top = box
    return left - by, bottom - by, right + by, top + by
