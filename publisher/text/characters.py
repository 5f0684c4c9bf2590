"""Which characters are Chinese, for every stage that asks.

Blocks and forms by their Unicode ranges; punctuation that Chinese shares with other scripts
(quotation marks, dashes, the middle dot) counts as Chinese only where a rule says so.
"""

from __future__ import annotations

import re

HAN = (
    "\u2e80-\u2fdf"  # radicals
    "\u3005-\u3007\u3021-\u3029\u3038-\u303b"  # 々〆〇 and Hangzhou numerals
    "\u3040-\u30ff\u3105-\u312f\u31a0-\u31bf"  # kana, bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U000323af"
)
"""Ideographs and what is set like them, as the inside of a regular expression's brackets."""

CJK_PUNCTUATION = "\u3001-\u3004\u3008-\u3020\u3030\u303d\ufe30-\ufe4f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffe6“”‘’"
"""Marks of Chinese punctuation, wide by nature or by the company that they keep here."""

SPACES = " \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""White space inside a line."""

HAN_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "兩": 2,
}
HAN_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10000}
"""What a numeral in characters is made of."""

TO_HALFWIDTH = str.maketrans("（）０１２３４５６７８９", "()0123456789")
"""Makes brackets and figures half width, as the record writes the number of a section."""

TO_FULLWIDTH = str.maketrans("()", "（）")
"""Makes brackets full width again, for print."""

_HAN = re.compile(f"[{HAN}]")
_CJK = re.compile(f"[{HAN}{CJK_PUNCTUATION}]")

TABLE_PLACEHOLDER = "\ufdd0"
"""A noncharacter that holds a table's place among lines while they are judged."""

TO_SUPERSCRIPT = str.maketrans("0123456789+-−–()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾ⁿ")
"""What raised figures are in Unicode, with the signs that stand among them."""

HAN_NUMERALS = "零〇一二三四五六七八九十百千两"
"""Figures in characters, as numbering uses them."""


def is_han(character: str) -> bool:
    """Tell an ideograph (or kana, bopomofo) from everything else."""
    return bool(_HAN.match(character))


def has_han(string: str) -> bool:
    """Tell a string with an ideograph in it."""
    return bool(_HAN.search(string))


def is_cjk(character: str) -> bool:
    """Tell an ideograph or a Chinese mark from everything else."""
    return bool(_CJK.match(character))
