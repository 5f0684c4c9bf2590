"""Glyphs that lie beneath other glyphs.

Input: the glyphs of a file in painting order. Output: the indices of those that a later glyph with another character
overlaps by most of its box. A character that is painted twice, as for bold type or a shadow, is not reported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.pdf.geometry import Rectangle
    from publisher.verify.visibility.text_layer import PlacedGlyph

_SHARE: Final = 0.65
"""The share of a box that another one overlaps; marks that are set in half an em overlap by a half."""
_CELL: Final = 12.0
"""The side of the cells in points by which neighbours are found."""
_FARTHEST: Final = 1e6
"""The number of cells beyond which no page reaches."""
_MOST: Final = 50
"""The glyphs of a cell, the latest ones, that are looked at; a cell of usual text has some ten."""


def overlapped(glyphs: Sequence[PlacedGlyph]) -> set[int]:
    """Return the indices of the glyphs that lie beneath others."""
    cells: dict[tuple[int, int, int], list[int]] = {}
    beneath = set()
    for index, glyph in enumerate(glyphs):
        if not glyph.character.strip():
            continue
        left, bottom, right, top = glyph.box
        column, row = (left + right) / 2 // _CELL, (bottom + top) / 2 // _CELL
        if not (abs(column) < _FARTHEST and abs(row) < _FARTHEST):
            continue  # it lies nowhere
        for near in _neighbours(glyph.page, int(column), int(row)):
            for other in cells.get(near, [])[-_MOST:]:
                below = glyphs[other]
                if below.character != glyph.character and _share(below.box, glyph.box) > _SHARE:
                    beneath.add(other)
        cells.setdefault((glyph.page, int(column), int(row)), []).append(index)
    return beneath


def _neighbours(page: int, column: int, row: int) -> list[tuple[int, int, int]]:
    return [(page, column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]


def _share(below: Rectangle, above: Rectangle) -> float:
    """Return the share of the lower box that the upper one overlaps."""
    width = min(below[2], above[2]) - max(below[0], above[0])
    height = min(below[3], above[3]) - max(below[1], above[1])
    area = (below[2] - below[0]) * (below[3] - below[1])
    return width * height / area if width > 0 < height and area else 0.0
