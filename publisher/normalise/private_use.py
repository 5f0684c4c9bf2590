"""Private use characters that have a public meaning, by the set that defines them.

GBK and GB 18030-2000 put characters there that Unicode did not yet have (GB 18030-2022, annex D, has
the new mapping); HKSCS did so for Hong Kong; Word writes the characters of its symbol fonts as U+F000
plus their code. The rule ``private-use`` reads these tables.
"""

from __future__ import annotations

import re

from publisher.text.symbol_fonts import SYMBOL, WINGDINGS

_GBK_RADICALS = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟"
    "䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
"""U+E815 to U+E864: the end of GBK (FE50 to FEA0)."""
GB = {
    **{chr(0xE815 + index): character for index, character in enumerate(_GBK_RADICALS)},
    **{chr(0xE78D + index): character for index, character in enumerate("︐︒︑︓︔︕︖︗︘︙")},
    **{chr(0xE7E8 + index): chr(0x2FF0 + index) for index in range(12)},
    "\ue7c7": "ḿ",
    "\ue7c8": "ǹ",
    "\ue7e7": "〾",
}

SYMBOLS = {**WINGDINGS, 0xB7: SYMBOL[0xB7]}
"""The characters of Wingdings, and the bullet of Symbol, as text copied out of Word has them."""

ADOBE = {"\uf8e7": "—", "\uf8e8": "®", "\uf8e9": "©", "\uf8ea": "™"}
"""Characters of Symbol as PDF readers copy them (Adobe Glyph List). The piece of a horizontal line, which fonts lack
at U+23AF, prints as a dash."""

_TRADITIONAL = re.compile("[為爲國會說時這個們來對發與門進過學區縣請關辦務報開題業書長產單據實]")
_SIMPLIFIED = re.compile("[为国会说时这个们来对发与门进过学区县请关办务报开题业书长产单据实]")
_BIG5_ROWS = ((0xE000, 0xFA), (0xE311, 0x8E), (0xEEB8, 0x81))
"""Where ranges of user-defined Big5 begin in private use, and the lead byte of each."""
_ROW_LENGTH = 157
"""Characters in a row of Big5: trail bytes 40 to 7E and A1 to FE."""
_LAST_HKSCS = 0xF6B0


def is_traditional(string: str) -> bool:
    """Return whether the text is in Traditional Chinese; its private use characters are Hong Kong's."""
    return len(_TRADITIONAL.findall(string)) > len(_SIMPLIFIED.findall(string))


def public_character(character: str, *, traditional: bool) -> tuple[str, str]:
    """Return the public character and the set that defines it; two empty strings if there is none."""
    code = ord(character)
    if 0xF020 <= code <= 0xF0FF:
        symbol = SYMBOLS.get(code - 0xF000, "")
        return (symbol, "a symbol font") if symbol else ("", "")
    if character in ADOBE:
        return ADOBE[character], "the Adobe Glyph List"
    if character in GB and not traditional:
        return GB[character], "GB 18030"
    if traditional and _BIG5_ROWS[0][0] <= code <= _LAST_HKSCS:
        ideograph = _hkscs(code)
        return (ideograph, "HKSCS") if ideograph else ("", "")
    return "", ""


def _hkscs(code: int) -> str:
    """Return the character that HKSCS puts at a private use code point; empty if there is none."""
    start, lead = max(row for row in _BIG5_ROWS if row[0] <= code)
    row, column = divmod(code - start, _ROW_LENGTH)
    trail = 0x40 + column if column < 0x3F else 0xA1 + column - 0x3F
    try:
        return bytes([lead + row, trail]).decode("big5hkscs")
    except UnicodeDecodeError:
        return ""
