"""The outlines of the glyphs that a file shows, from its embedded fonts (ISO 32000-1, 9.9).

Input: a composite font as read. Output: a digest of the outline of each glyph, by CID. Bare CFF tables and TrueType fonts
are read, with fontTools. A damaged font raises anything that fontTools raises.
"""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from publisher.pdf.syntax import resolve, stream_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from publisher.pdf.font_encoding import Font


def outline_digests(font: Font, cids: Iterable[int]) -> dict[int, bytes] | None:
    """Return the digest of the outline of each glyph that a font has; None if its kind is not read."""
    descriptor = resolve(font.descendant.get("/FontDescriptor")) or {}
    compact, truetype = (resolve(descriptor.get(key)) for key in ("/FontFile3", "/FontFile2"))
    if compact is not None and resolve(compact.get("/Subtype")) == "/CIDFontType0C":
        draw = _compact_glyphs(stream_data(compact))
    elif truetype is not None:
        glyph_map = resolve(font.descendant.get("/CIDToGIDMap"))
        numbers = stream_data(glyph_map) if hasattr(glyph_map, "get_data") else None
        draw = _truetype_glyphs(stream_data(truetype), numbers)
    else:
        return None
    return {cid: digest for cid in cids if (digest := draw(cid))}


def _compact_glyphs(data: bytes) -> Callable[[int], bytes]:
    """Return what draws a glyph of a bare CFF table; nothing for a CID that it does not have."""
    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    fonts.decompile(BytesIO(data), None)
    glyphs = fonts[0].CharStrings

    def draw(cid: int) -> bytes:
        name = f"cid{cid:05d}"
        return _digest(glyphs[name]) if name in glyphs else b""

    return draw


def _truetype_glyphs(data: bytes, glyph_map: bytes | None) -> Callable[[int], bytes]:
    """Return what draws a glyph of a TrueType font; nothing for a CID that it does not have."""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(data))
    glyphs, names = font.getGlyphSet(), font.getGlyphOrder()

    def draw(cid: int) -> bytes:
        number = cid if glyph_map is None else int.from_bytes(glyph_map[2 * cid : 2 * cid + 2])
        return _digest(glyphs[names[number]], glyphs) if number < len(names) else b""

    return draw


def _digest(glyph: Any, glyphs: Any = None) -> bytes:
    from fontTools.pens.recordingPen import DecomposingRecordingPen

    pen = DecomposingRecordingPen(glyphs or {})
    glyph.draw(pen)
    outline = [
        (name, [tuple(round(number) for number in point) for point in points if point])
        for name, points in pen.value
    ]
    return hashlib.sha256(repr(outline).encode()).digest()
