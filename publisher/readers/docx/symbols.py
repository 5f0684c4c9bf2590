"""Characters of the symbol fonts: a font's name and its code in, the Unicode character out.

Word writes them into the private use area from U+F000 on (ECMA-376, 17.3.3.30). The tables name
what reports use: Symbol after Adobe's encoding, the Wingdings fonts after their Unicode names.
"""

from __future__ import annotations

_FIRST, _LAST = 0xF000, 0xF0FF

_SYMBOL = {
    **{0x41 + place: one for place, one in enumerate("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ")},
    **{0x61 + place: one for place, one in enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ")},
    **{code: chr(code) for code in range(0x20, 0x40) if chr(code) not in "\"$'*-"},
    0x2A: "∗",
    0x2D: "−",
    0x5B: "[",
    0x5D: "]",
    0xA3: "≤",
    0xA5: "∞",
    0xA7: "♣",
    0xA8: "♦",
    0xAB: "↔",
    0xAC: "←",
    0xAD: "↑",
    0xAE: "→",
    0xAF: "↓",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBA: "≡",
    0xBB: "≈",
    0xBC: "…",
    0xC5: "⊕",
    0xC7: "∩",
    0xC8: "∪",
    0xCE: "∈",
    0xD6: "√",
    0xD7: "⋅",
    0xE5: "∑",
    0xF2: "∫",
}
_WINGDINGS = {
    0x28: "☎",
    0x2A: "✉",
    0x46: "☞",
    0x6C: "●",
    0x6D: "○",
    0x6E: "■",
    0x6F: "□",
    0x71: "□",
    0x72: "□",
    0x73: "◆",
    0x74: "◆",
    0x75: "◆",
    0x76: "❖",
    0x77: "◆",
    0x80: "⓪",
    **{0x81 + place: chr(0x2460 + place) for place in range(10)},
    **{0x8C + place: chr(0x2776 + place) for place in range(10)},
    0x9E: "·",
    0x9F: "•",
    0xA1: "○",
    0xA7: "▪",
    0xA8: "□",
    0xAB: "★",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_WINGDINGS_2 = {
    0x4F: "✗",
    0x50: "✓",
    0x51: "☒",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0x97: "●",
    0x98: "●",
    0xA2: "■",
    0xA3: "□",
    **{0x6A + place: chr(0x2460 + place) for place in range(10)},
}
FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}

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
