"""The advances of the glyphs of a font, all wider by the same amount.

In: a bare CFF table, or a font file with TrueType or PostScript outlines. Out: the same with wider advances; the outlines
stay where they are. PDF/A asks that the widths of a PDF font are those of its font file (ISO 19005-3, 6.2.11.5).
"""

from __future__ import annotations

from io import BytesIO
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_CFF_VERSION = b"\x01\x00"


def with_wider_advances(font: bytes, added: int) -> bytes:
    """Return a font whose glyphs have ``added`` thousandths of an em more advance."""
    return _wider_table(font, added) if font.startswith(_CFF_VERSION) else _wider_file(font, added)


def _wider_table(table: bytes, added: int) -> bytes:
    from fontTools.cffLib import CFFFontSet

    fonts, written = CFFFontSet(), BytesIO()
    fonts.decompile(BytesIO(table), None)
    _widen(fonts, added)
    fonts.compile(written, SimpleNamespace(recalcBBoxes=False))
    return written.getvalue()


def _wider_file(data: bytes, added: int) -> bytes:
    from fontTools.ttLib import TTFont

    font, written = TTFont(BytesIO(data), recalcBBoxes=False, recalcTimestamp=False), BytesIO()
    units = round(added * font["head"].unitsPerEm / 1000)
    advances = font["hmtx"].metrics
    for name, (advance, bearing) in advances.items():
        advances[name] = advance + units, bearing
    font["hhea"].advanceWidthMax += units
    if "CFF " in font:
        _widen(font["CFF "].cff, units)
    font.save(written)
    return written.getvalue()


def _widen(fonts: Any, units: int) -> None:
    """Add units to the widths of a CFF font: charstrings store the difference to the nominal width, or nothing."""
    for private in _private_dicts(fonts[0]):
        private.defaultWidthX += units
        private.nominalWidthX += units


def _private_dicts(font: Any) -> Iterator[Any]:
    for directory in getattr(font, "FDArray", [font]):
        yield directory.Private


def clean_wider(font: Any, added: int, to_unicode: dict[int, str], hinting: bool) -> None:  # noqa: FBT001 - WeasyPrint's
    """Reduce a font of WeasyPrint to the glyphs shown (``Font.clean``), and widen their advances."""
    type(font).clean(font, to_unicode, hinting)
    font.file_content = with_wider_advances(font.file_content, added)
