"""Classes of characters: ideographs, Chinese punctuation, spaces, numerals.

The classes are Unicode ranges for use in regular expressions. Punctuation that Chinese shares with
other scripts (dashes, the middle dot) is in none of them, except curly quotation marks.
"""

from __future__ import annotations

import re

from publisher.text.unicode_data import east_asian_width

HAN = (
    "\u2e80-\u2fdf"  # radicals
    "\u3005-\u3007\u3021-\u3029\u3038-\u303b"  # 々〆〇 and Hangzhou numerals
    "\u3040-\u30ff\u3105-\u312f\u31a0-\u31bf"  # kana, bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003fffd"
)
"""Ideographs, kana and bopomofo, as the inside of a bracket expression."""

CJK_PUNCTUATION = "\u3001-\u3004\u3008-\u3020\u3030\u303d\ufe30-\ufe4f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffe6“”‘’"
"""Chinese punctuation, full-width forms and curly quotation marks."""

SPACES = " \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces inside a line, the tab included."""

HAN_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "兩": 2,
}
HAN_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10000}
"""The digits and the scales of numerals in characters."""

TO_HALFWIDTH = str.maketrans("（）０１２３４５６７８９", "()0123456789")
"""A table for ``str.translate``: half-width brackets and digits, as the record has section numbers."""

TO_FULLWIDTH = str.maketrans("()", "（）")
"""A table for ``str.translate``: full-width brackets, as print has them."""

_HAN = re.compile(f"[{HAN}]")
_CJK = re.compile(f"[{HAN}{CJK_PUNCTUATION}]")

TABLE_PLACEHOLDER = "\ufdd0"
"""A noncharacter that stands for a table among the lines of a text."""

HAN_NUMERALS = "零〇一二三四五六七八九十百千两"
"""The characters of numerals in numbering."""


def is_han(character: str) -> bool:
    """Return whether a character is an ideograph, kana or bopomofo."""
    return bool(_HAN.match(character))


def has_han(string: str) -> bool:
    """Return whether a string has an ideograph, kana or bopomofo."""
    return bool(_HAN.search(string))


def is_cjk(character: str) -> bool:
    """Return whether a character is an ideograph, kana, bopomofo or Chinese punctuation."""
    return bool(_CJK.match(character))


def columns_of(string: str) -> int:
    """Return how many columns of a terminal or a text editor a string takes: two for a wide character.

    Example:
        >>> columns_of("共3件")
        5

    """
    return sum(1 + (east_asian_width(character) in "WF") for character in string)
