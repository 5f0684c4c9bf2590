"""Lengths, rectangles and transformation matrices of PDF pages, in points."""

from __future__ import annotations

from typing import Final

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Matrix = tuple[float, float, float, float, float, float]
"""A transformation matrix (ISO 32000-1, 8.3.3)."""
MM = 72 / 25.4
"""Points in a millimetre."""
IDENTITY: Final = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def expand(box: Rectangle, distance: float) -> Rectangle:
    """Return a rectangle whose sides are moved outwards; a negative distance moves them inwards."""
    left, bottom, right, top = box
    return left - distance, bottom - distance, right + distance, top + distance


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that applies ``first``, then ``second`` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i, a * h + b * j,
        c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip
