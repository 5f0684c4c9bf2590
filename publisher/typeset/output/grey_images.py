"""Pictures without hue, as black ink alone.

Enters: a picture in screen colours, as WeasyPrint is about to write it. Leaves: the same pixels in ``DeviceGray``, if
no pixel has a hue: a scanned table printed in four inks has coloured edges.
"""

from __future__ import annotations

import io
import zlib
from typing import Any

SPREAD = 12
"""How far apart the parts of a grey pixel may be, of 255: JPEG leaves traces of hue in any grey."""


def as_grey(picture: Any) -> bool:
    """Turn a picture into greys if it has nothing else; tell whether it had."""
    image = _pixels(picture)
    if _spread(image) > SPREAD:
        return False
    entries = picture.extra
    entries["ColorSpace"] = "/DeviceGray"
    entries["Filter"] = "/FlateDecode"
    entries.pop("DecodeParms", None)
    entries.pop("Decode", None)
    picture.stream = [zlib.compress(image.convert("L").tobytes(), 9)]
    return True


def _pixels(picture: Any) -> Any:
    """Return what a picture shows as Pillow has it."""
    from PIL import Image

    data = b"".join(getattr(part, "data", part) for part in picture.stream)
    size = int(picture.extra["Width"]), int(picture.extra["Height"])
    if picture.extra["Filter"] == "/DCTDecode":
        return Image.open(io.BytesIO(data)).convert("RGB")
    return _unpredicted(zlib.decompress(data), size)


def _unpredicted(rows: bytes, size: tuple[int, int]) -> Any:
    """Return an image from rows as PNG has them, each with its filter in front."""
    from PIL import Image

    chunks = (
        (b"IHDR", size[0].to_bytes(4) + size[1].to_bytes(4) + bytes((8, 2, 0, 0, 0))),
        (b"IDAT", zlib.compress(rows, 1)),
        (b"IEND", b""),
    )
    packed = b"".join(
        len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)
        for kind, data in chunks
    )
    return Image.open(io.BytesIO(b"\x89PNG\r\n\x1a\n" + packed)).convert("RGB")


def _spread(image: Any) -> int:
    """Return how far apart the parts of any pixel are."""
    from PIL import ImageChops

    red, green, blue = image.split()
    pairs = ((red, green), (green, blue), (red, blue))
    apart: list[Any] = [ImageChops.difference(one, other).getextrema() for one, other in pairs]
    return max(int(high) for _, high in apart)
