"""A program that renders pages and says what areas of them have on them, in a process of its own.

Standard input: a line of JSON, then the bytes of a PDF, then those of the same PDF with an update. The JSON has the
length of the first in bytes, and a list of areas: page, left, bottom, right, top, in points. Standard output: JSON with a
list of words, one for each area: ``blank``, ``kept`` (what is printed is unchanged by the update) or ``covered``.
Whether an area is blank is judged without annotations. It imports nothing of this package.
"""

from __future__ import annotations

import ctypes
import json
import sys
from typing import Any

MAX_PIXELS = 20_000_000
"""Pixels of a page; larger pages are rendered smaller."""
SCALE = 2.0
"""Pixels for each point."""
_EDGE = 2
"""Pixels at the edge of an area that are not looked at, because a printed frame may touch it."""
_TOLERANCE = 6
"""Difference of the lightest and the darkest pixel, of 255, that a blank area may have."""
_CLEARANCE = 3
"""Pixels around what is printed, in which an update may change nothing."""


def main() -> None:
    """Render the pages and print what the areas have on them."""
    import pypdfium2

    order = json.loads(sys.stdin.buffer.readline())
    earlier = pypdfium2.PdfDocument(sys.stdin.buffer.read(order["length"]))
    later = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    for document in (earlier, later):
        document.init_forms()  # without it PDFium draws no widgets
    answers = []
    for number, *box in order["areas"]:
        if _is_blank(earlier[number], box):
            answers.append("blank")
        else:
            is_kept = _is_kept(earlier[number], later[number], box)
            answers.append("kept" if is_kept else "covered")
    json.dump(answers, sys.stdout)


def _is_blank(page: Any, box: list[float]) -> bool:
    """Return whether a box, in points, has one colour on its page."""
    picture = _render(page, with_annotations=False)
    area = _pixels(page, picture, box, -_EDGE)
    if area[0] >= area[2] or area[1] >= area[3]:
        return True
    bands = picture.crop(area).getextrema()
    return all(darkest + _TOLERANCE >= lightest for darkest, lightest in bands)


def _is_kept(earlier: Any, later: Any, box: list[float]) -> bool:
    """Return whether what is printed in a box and close to it looks the same on a page and its later version."""
    from PIL import Image, ImageChops, ImageFilter

    pictures = [_render(page, with_annotations=True) for page in (earlier, later)]
    area = _pixels(earlier, pictures[0], box, 2 * _CLEARANCE)
    if pictures[0].size != pictures[1].size:
        return False
    before, after = (picture.crop(area) for picture in pictures)
    colours = before.getcolors(before.width * before.height)
    ground = Image.new("RGB", before.size, max(colours)[1])
    ink = _differences(before, ground).filter(ImageFilter.MaxFilter(2 * _CLEARANCE + 1))
    return ImageChops.multiply(ink, _differences(before, after)).getbbox() is None


def _differences(first: Any, second: Any) -> Any:
    """Return a picture that is white where two differ, and black elsewhere."""
    from PIL import ImageChops

    red, green, blue = ImageChops.difference(first, second).split()
    strongest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return strongest.point([0] * (_TOLERANCE + 1) + [255] * (255 - _TOLERANCE))


def _render(page: Any, *, with_annotations: bool) -> Any:
    width, height = page.get_size()
    scale = min(SCALE, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    picture = page.render(
        scale=scale, draw_annots=with_annotations, may_draw_forms=with_annotations
    )
    return picture.to_pil().convert("RGB")


def _pixels(page: Any, picture: Any, box: list[float], margin: int) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of a box in the pixels of a picture, with a margin."""
    from pypdfium2 import raw

    left, bottom, right, top = box
    xs, ys = [], []
    for x, y in ((left, bottom), (right, top)):
        device_x, device_y = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, *picture.size, 0, x, y, device_x, device_y)
        xs.append(device_x.value)
        ys.append(device_y.value)
    return (
        max(0, min(xs) - margin),
        max(0, min(ys) - margin),
        min(picture.width, max(xs) + margin + 1),
        min(picture.height, max(ys) + margin + 1),
    )


if __name__ == "__main__":
    main()
