"""Private use characters that have a public meaning, by where they come from.

GB 18030-2000 and GBK put characters there that Unicode did not yet have (GB 18030-2022, annex D
maps them anew); HKSCS did so for Hong Kong; Word writes what its symbol fonts draw as U+F000 and
their codes. The tables are data, walked by ``characters.private_use``.
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
    **{chr(0xE815 + place): one for place, one in enumerate(_GBK_RADICALS)},
    **{chr(0xE78D + place): one for place, one in enumerate("︐︒︑︓︔︕︖︗︘︙")},
    **{chr(0xE7E8 + place): chr(0x2FF0 + place) for place in range(12)},
    "\ue7c7": "ḿ",
    "\ue7c8": "ǹ",
    "\ue7e7": "〾",
}

SYMBOLS = {**WINGDINGS, 0xB7: SYMBOL[0xB7]}
"""What Wingdings draws, and Symbol's bullet: what a text copied out of Word has."""

_TRADITIONAL = re.compile("[為爲國會說時這個們來對發與門進過學區縣請關辦務報開題業書長產單據實]")
_SIMPLIFIED = re.compile("[为国会说时这个们来对发与门进过学区县请关办务报开题业书长产单据实]")
_BIG5_ROWS = ((0xE000, 0xFA), (0xE311, 0x8E), (0xEEB8, 0x81))
"""Where rows of user-defined Big5 begin in private use, and the lead byte of the first."""
_ROW = 157
"""Places in a row of Big5: 40 to 7E and A1 to FE."""
_LAST_HKSCS = 0xF6B0


def is_traditional(string: str) -> bool:
    """Tell Chinese in the traditional script: its private use is Hong Kong's."""
    return len(_TRADITIONAL.findall(string)) > len(_SIMPLIFIED.findall(string))


def meaning(character: str, *, traditional: bool) -> tuple[str, str]:
    """Return what a private use character stands for, and by which set; two empty strings for none."""
    code = ord(character)
    if 0xF020 <= code <= 0xF0FF:
        found = SYMBOLS.get(code - 0xF000, "")
        return (found, "a symbol font") if found else ("", "")
    if character in GB and not traditional:
        return GB[character], "GB 18030"
    if traditional and _BIG5_ROWS[0][0] <= code <= _LAST_HKSCS:
        found = _hkscs(code)
        return (found, "HKSCS") if found else ("", "")
    return "", ""


def _hkscs(code: int) -> str:
    start, lead = max(row for row in _BIG5_ROWS if row[0] <= code)
    row, place = divmod(code - start, _ROW)
    trail = 0x40 + place if place < 0x3F else 0xA1 + place - 0x3F
    try:
        return bytes([lead + row, trail]).decode("big5hkscs")
    except UnicodeDecodeError:
        return ""
