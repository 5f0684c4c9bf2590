"""Conversion of images without hue to greyscale, so that they are printed in black ink alone.

In: an RGB image as WeasyPrint is about to write it. Out: the same pixels in ``DeviceGray``, if no pixel has a hue. A
scanned table that is printed in four inks would have coloured edges.
"""

from __future__ import annotations

import io
import zlib
from typing import Any

MAX_CHROMA = 12
"""The largest difference between the components of a grey pixel, of 255: JPEG adds traces of hue to any grey."""


def convert_to_grey(picture: Any) -> bool:
    """Convert an image stream to greyscale in place if it has no hue; return whether it was converted."""
    image = _decode(picture)
    if _max_chroma(image) > MAX_CHROMA:
        return False
    entries = picture.extra
    entries["ColorSpace"] = "/DeviceGray"
    entries["Filter"] = "/FlateDecode"
    entries.pop("DecodeParms", None)
    entries.pop("Decode", None)
    picture.stream = [zlib.compress(image.convert("L").tobytes(), 9)]
    return True


def _decode(picture: Any) -> Any:
    """Return an image stream as a Pillow image in RGB."""
    from PIL import Image

    data = b"".join(getattr(part, "data", part) for part in picture.stream)
    size = int(picture.extra["Width"]), int(picture.extra["Height"])
    if picture.extra["Filter"] == "/DCTDecode":
        return Image.open(io.BytesIO(data)).convert("RGB")
    return _decode_png_rows(zlib.decompress(data), size)


def _decode_png_rows(rows: bytes, size: tuple[int, int]) -> Any:
    """Return an image from rows of pixels as PNG stores them, each with its filter type in front."""
    from PIL import Image

    chunks = (
        (b"IHDR", size[0].to_bytes(4) + size[1].to_bytes(4) + bytes((8, 2, 0, 0, 0))),
        (b"IDAT", zlib.compress(rows, 1)),
        (b"IEND", b""),
    )
    png = b"".join(
        len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)
        for kind, data in chunks
    )
    return Image.open(io.BytesIO(b"\x89PNG\r\n\x1a\n" + png)).convert("RGB")


def _max_chroma(image: Any) -> int:
    """Return the largest difference between the components of any pixel."""
    from PIL import ImageChops

    red, green, blue = image.split()
    pairs = ((red, green), (green, blue), (red, blue))
    extrema: list[Any] = [ImageChops.difference(a, b).getextrema() for a, b in pairs]
    return max(int(high) for _, high in extrema)
