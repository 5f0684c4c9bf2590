"""A program that renders pages and says which areas of them are blank, in a process of its own.

Standard input: a line of JSON, then the bytes of a PDF. The JSON is a list of areas: page, left, bottom, right, top, in
points. Standard output: JSON with a list of truth values, one for each area. Annotations are not rendered. It imports
nothing of this package.
"""

from __future__ import annotations

import ctypes
import json
import resource
import sys
from typing import Any

MAX_BYTES = 2 << 30
"""Limit of the memory of the process."""
MAX_SECONDS = 60
"""Limit of its processor time."""
MAX_PIXELS = 20_000_000
"""Pixels of a page; larger pages are rendered smaller."""
SCALE = 2.0
"""Pixels for each point."""
_EDGE = 2
"""Pixels at the edge of an area that are not looked at, because a printed frame may touch it."""
_TOLERANCE = 6
"""Difference of the lightest and the darkest pixel, of 255, that a blank area may have."""


def main() -> None:
    """Render the pages and print which areas are blank."""
    for limit, value in (
        (resource.RLIMIT_AS, MAX_BYTES),
        (resource.RLIMIT_CPU, MAX_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(limit)
        resource.setrlimit(limit, (value if hard < 0 else min(value, hard), hard))
    import pypdfium2

    areas = json.loads(sys.stdin.buffer.readline())
    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    json.dump([_is_blank(document[number], box) for number, *box in areas], sys.stdout)


def _is_blank(page: Any, box: list[float]) -> bool:
    """Return whether a box, in points, has one colour on its page."""
    from pypdfium2 import raw

    width, height = page.get_size()
    scale = min(SCALE, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    picture = page.render(scale=scale, draw_annots=False, may_draw_forms=False).to_pil()
    left, bottom, right, top = box
    xs, ys = [], []
    for x, y in ((left, bottom), (right, top)):
        device_x, device_y = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, *picture.size, 0, x, y, device_x, device_y)
        xs.append(device_x.value)
        ys.append(device_y.value)
    area = (
        max(0, min(xs) + _EDGE),
        max(0, min(ys) + _EDGE),
        min(picture.width, max(xs) - _EDGE + 1),
        min(picture.height, max(ys) - _EDGE + 1),
    )
    if area[0] >= area[2] or area[1] >= area[3]:
        return True
    bands = picture.convert("RGB").crop(area).getextrema()
    return all(darkest + _TOLERANCE >= lightest for darkest, lightest in bands)


if __name__ == "__main__":
    main()
