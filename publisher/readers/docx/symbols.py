"""Symbol fonts of Word files: the Unicode character for each code of a font.

Word writes the codes into the private use area from U+F000 on (ECMA-376, 17.3.3.30).
"""

from __future__ import annotations

from publisher.text.symbol_fonts import SYMBOL, WINGDINGS, WINGDINGS_2

_FIRST_CODE, _LAST_CODE = 0xF000, 0xF0FF

SYMBOL_FONTS = {"symbol": SYMBOL, "wingdings": WINGDINGS, "wingdings 2": WINGDINGS_2}

BULLETS = {
    "•": "●",
    "➢": "▲",
    "❖": "◆",
    "o": "○",
    "★": "◆",
}
"""The character that replaces a bullet drawn with a letter or a rare symbol."""


def symbol_character(character: str, font: str) -> str:
    """Return the Unicode character for a code of a symbol font; empty if it is not known."""
    table = SYMBOL_FONTS.get(font.strip().lower())
    code = ord(character)
    if table is None:
        return ""
    return table.get(code - _FIRST_CODE if _FIRST_CODE <= code <= _LAST_CODE else code, "")


def is_symbol_font(font: str) -> bool:
    """Return whether a font draws symbols in place of letters."""
    return font.strip().lower() in SYMBOL_FONTS


def is_symbol_code(character: str) -> bool:
    """Return whether a character is a code of a symbol font in the private use area."""
    return _FIRST_CODE <= ord(character) <= _LAST_CODE
