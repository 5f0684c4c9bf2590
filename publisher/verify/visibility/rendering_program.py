"""A program that renders a PDF with and without its text and measures each glyph, in a process of its own.

Standard input: a line of JSON, then the bytes of the PDF and of its text by itself (``text_layer``). The JSON has the
lengths of the two and, by the index of the page, the boxes of its glyphs. Standard output: JSON with, for each of these
pages, one triple for each box: the pixels of ink, how many of them can be seen on the page, and their mean difference
from what is behind the text; or a word on why the page cannot be rendered. It imports nothing of this package.
"""

from __future__ import annotations

import ctypes
import json
import sys
from typing import Any

MAX_PIXELS = 40_000_000
"""Pixels of a page; larger pages are rendered smaller."""
SCALE = 2.0
"""Pixels for each point."""
_INK = 140
"""Darkness from which a pixel is ink."""
_FAINTEST_INK = 40
"""Darkness that a pixel of a thin stroke has at least, which lies across several pixels."""
_THIN_SHARE = 0.75
"""The share of the darkest pixel of a glyph of thin strokes from which a pixel is ink."""
_SEEN = 14
"""Difference of a colour from that behind it from which a pixel can be seen, where the ink is thinnest."""
_LINE_SHARE = 0.15
"""The largest thickness of a line that strikes text out, as a share of the height of a box."""
_THINNEST_LINE = 2
"""The pixels across which the thinnest line is painted."""
_TEXT, _FORM = 1, 5
"""The types of page objects of PDFium."""


def main() -> None:
    """Measure the glyphs and print the result."""
    import pypdfium2

    order = json.loads(sys.stdin.buffer.readline())
    painted = pypdfium2.PdfDocument(sys.stdin.buffer.read(order["painted"]))
    text = pypdfium2.PdfDocument(sys.stdin.buffer.read(order["text"]))
    pages: dict[str, list[tuple[int, int, int]] | str] = {}
    for number, boxes in order["boxes"].items():
        try:
            pages[number] = _measure(painted[int(number)], text[int(number)], boxes)
        except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
            pages[number] = str(error) or type(error).__name__
    json.dump({"version": str(pypdfium2.PYPDFIUM_INFO), "pages": pages}, sys.stdout)


def _measure(page: Any, text_page: Any, boxes: list[list[float]]) -> list[tuple[int, int, int]]:
    """Return ink, visible ink and mean difference of the glyph in each box."""
    from PIL import ImageChops

    width, height = page.get_size()
    scale = min(SCALE, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    with_text = _render(page, scale).convert("RGB")
    darkness = ImageChops.invert(_render(text_page, scale).convert("L"))
    _hide_text(page)
    without = _render(page, scale).convert("RGB")
    difference = _difference(with_text, without)
    results = []
    for box in boxes:
        area = _pixels(page, box, with_text.size)
        if area is None:
            results.append((0, 0, 0))
            continue
        ink = _ink(darkness.crop(area))
        seen = difference.crop(area)
        struck = _struck_out(with_text.crop(area), seen, ink)
        counts = (ImageChops.lighter(seen, struck) if struck else seen).histogram(ink)
        total = sum(counts)
        mean = sum(value * count for value, count in enumerate(counts)) // total if total else 0
        results.append((total, sum(counts[_SEEN:]), mean))
    return results


def _difference(first: Any, second: Any) -> Any:
    """Return the largest difference of the colours of each pixel."""
    from PIL import ImageChops

    red, green, blue = ImageChops.difference(first, second).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _struck_out(page: Any, seen: Any, ink: Any) -> Any:
    """Return how a line through a glyph, or below it, stands out from the page; None if there is no such line.

    Where a line strikes ink out, the page is the same with and without the text. It hides nothing as long as it is thin
    and can be seen itself: all pixels of ink that do not differ are in a few adjacent rows.
    """
    from PIL import Image, ImageChops

    width, height = page.size
    unseen = ImageChops.multiply(ink, seen.point([255 if v < _SEEN else 0 for v in range(256)]))
    rows = unseen.getbbox()
    thickest = max(_THINNEST_LINE, round(height * _LINE_SHARE))
    if rows is None or rows[3] - rows[1] > thickest:
        return None
    colours = page.getcolors(width * height) or [(1, (0, 0, 0))]
    ground = Image.new("RGB", page.size, max(colours)[1])
    return ImageChops.multiply(_difference(page, ground), unseen)


def _ink(darkness: Any) -> Any:
    """Return the mask of the ink of a glyph from the darkness of its box.

    A bar thinner than a pixel, as in a small =, is nowhere as dark as other strokes: its darkest pixels are its ink,
    those at the sides of the box left out, which may belong to the next glyph.
    """
    _, darkest = darkness.getextrema()
    if darkest < _INK:
        width, height = darkness.size
        side = 1 + width // 10
        darkness.paste(0, (0, 0, side, height))
        darkness.paste(0, (width - side, 0, width, height))
        _, darkest = darkness.getextrema()
    least = min(_INK, max(_FAINTEST_INK, int(darkest * _THIN_SHARE)))
    return darkness.point([255 if value >= least else 0 for value in range(256)])


def _render(page: Any, scale: float) -> Any:
    """Return a page with its annotations, as a picture."""
    return page.render(scale=scale, may_draw_forms=True, optimize_mode=None).to_pil()


def _pixels(page: Any, box: list[float], size: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """Return the pixels of a box; None if none of them is on the page."""
    from pypdfium2 import raw

    left, bottom, right, top = box
    xs, ys = [], []
    for x, y in ((left, bottom), (right, top)):
        device_x, device_y = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, device_x, device_y)
        xs.append(device_x.value)
        ys.append(device_y.value)
    area = max(0, min(xs)), max(0, min(ys)), min(size[0], max(xs) + 1), min(size[1], max(ys) + 1)
    return area if area[0] < area[2] and area[1] < area[3] else None


def _hide_text(page: Any) -> None:
    """Paint the text of a page no more, that of its form objects included."""
    from pypdfium2 import raw

    pending = [
        raw.FPDFPage_GetObject(page, index) for index in range(raw.FPDFPage_CountObjects(page))
    ]
    while pending:
        item = pending.pop()
        kind = raw.FPDFPageObj_GetType(item)
        if kind == _TEXT:
            raw.FPDFPageObj_SetIsActive(item, 0)
        elif kind == _FORM:
            count = raw.FPDFFormObj_CountObjects(item)
            pending += [raw.FPDFFormObj_GetObject(item, index) for index in range(count)]


if __name__ == "__main__":
    main()
