"""Builds PNG pictures of one colour, or only their header."""

import struct
import zlib


def png(width=8, height=6, colour=(200, 30, 30), *, real=True):
    """Return a picture of one colour; without pixels unless it is ``real``."""
    rows = b"".join(b"\0" + bytes(colour) * width for _ in range(height)) if real else b""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
