"""Characters of the symbol fonts: a font's name and its code in, the Unicode character out.

Word writes them into the private use area from U+F000 on (ECMA-376, 17.3.3.30).
"""

from __future__ import annotations

from publisher.text.symbol_fonts import SYMBOL, WINGDINGS, WINGDINGS_2

_FIRST, _LAST = 0xF000, 0xF0FF

FONTS = {"symbol": SYMBOL, "wingdings": WINGDINGS, "wingdings 2": WINGDINGS_2}

BULLETS = {
    "•": "●",
    "➢": "▲",
    "❖": "◆",
    "o": "○",
    "★": "◆",
}
"""What stands for a bullet that is drawn with a letter or a rare sign."""


def symbol(character: str, font: str) -> str:
    """Return the Unicode character that a symbol font draws; empty where it is not known."""
    table = FONTS.get(font.strip().lower())
    code = ord(character)
    if table is None:
        return ""
    return table.get(code - _FIRST if _FIRST <= code <= _LAST else code, "")


def is_private(character: str) -> bool:
    """Tell a code of a symbol font from a character."""
    return _FIRST <= ord(character) <= _LAST
