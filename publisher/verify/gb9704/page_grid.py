"""The type area of GB/T 9704-2012 (5.2) and the faces and sizes of its elements. Lengths are in millimetres."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publisher.verify.gb9704.measured_page import Segment

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
TOP, INSIDE, WIDTH, HEIGHT = 37.0, 28.0, 156.0, 225.0
BOTTOM = TOP + HEIGHT
LINES, CHARACTERS = 22, 28
PITCH = HEIGHT / LINES
"""The height of an empty line."""
SIZE_2, SIZE_3, SIZE_4 = (points * 25.4 / 72 for points in (22, 16, 14))
"""The em of 2号, 3号 and 4号."""
CHARACTER = WIDTH / CHARACTERS
LEADING = PITCH - CHARACTER
"""Between a row and the next one, or a rule above it; 7/8 of a character of 3号, as exactly as the grid lets it be."""
PAGE_TOLERANCE = 1.0
"""Millimetres by which the sides of a page may differ."""
SIZE_TOLERANCE = 0.25
"""Millimetres by which an em may differ; two sizes of type are at least 0.35 mm apart."""
FACES = {
    "仿宋": re.compile("fang|仿", re.IGNORECASE),
    "黑体": re.compile("hei|sans|黑|gothic", re.IGNORECASE),
    "楷体": re.compile("kai|楷", re.IGNORECASE),
    "宋体": re.compile("song|sung|serif|ming|宋|simsun|roman", re.IGNORECASE),
}


def type_area_left(page: int) -> float:
    """Return the left edge of the type area of a page: the binding edge is at the left of odd pages."""
    return INSIDE if page % 2 else PAGE_WIDTH - INSIDE - WIDTH


def type_area_right(page: int) -> float:
    """Return the right edge of the type area of a page."""
    return type_area_left(page) + WIDTH


def blank_lines(count: int) -> float:
    """Return the distance of two rows, or of a rule and the row below it, with empty lines between them."""
    return count * PITCH + LEADING


def faces_of(segment: Segment) -> str:
    """Return the faces of the Chinese characters of a segment; the name of the font for one that is not known."""
    names = {
        next((face for face, pattern in FACES.items() if pattern.search(font)), font)
        for font in segment.fonts
    }
    return "、".join(sorted(names))
