"""What a word of a glossary must leave unchanged, so that no figure changes its value.

Input: the text of a word before and after. Output: its figures: digits, magnitudes and numerals before a unit, signs of
shares. 万元 that becomes 億元 multiplies each figure before it by ten thousand.
"""

from __future__ import annotations

import re

from publisher.reference.units import COUNTERS, MEASURES
from publisher.text import unicode_data
from publisher.text.simplified import to_simplified

_VARIANTS = str.maketrans("○〇兩两仟佰圆", "零零二二千百元")
_NUMERAL = "[零一二三四五六七八九十百千万亿兆]"
_UNITS = sorted({*COUNTERS, *MEASURES, "百分点", "千分点"}, key=len, reverse=True)
_QUANTITY = re.compile(rf"({_NUMERAL}+)个?(?:{'|'.join(map(re.escape, _UNITS))})")
_NUMERALS = re.compile(f"{_NUMERAL}+")
_SHARES = re.compile("[%‰]|[百千]分(?=[点之])")
_SIGN_BETWEEN_DIGITS = re.compile("[.,．，·/:：^]")
_SIGN_BEFORE_DIGIT = re.compile("[-−+±－＋]")
_SIGN_BEHIND_DIGIT = re.compile("[%％‰]")


def figures_in(word: str) -> tuple[list[str], list[str], list[str]]:
    """Return the figures of a word, which it must have after a conversion, too.

    Returns:
        Digits (also those of ½ and ①), Latin letters and line ends; numerals and magnitudes before a unit; signs of shares.

    >>> figures_in("3万元") == figures_in("3億元")
    False
    >>> figures_in("三文鱼") == figures_in("鮭魚")
    True

    """
    simplified = to_simplified(word).translate(_VARIANTS)
    compatible = unicode_data.normalize("NFKC", simplified)
    quantities = [match[1] for match in _QUANTITY.finditer(simplified)]
    if _NUMERALS.fullmatch(simplified):
        quantities = [simplified]
    characters = [
        character
        for character in compatible
        if (character.isascii() and character.isalnum()) or character == "\n"
    ]
    return characters, quantities, _SHARES.findall(compatible)


def changes_figure_around(text: str, start: int, end: int, after: str) -> bool:
    """Return whether a span is a sign of a figure around it that its new text does not have: the point in 1.5."""
    digit_before, digit_behind = text[start - 1 : start].isdigit(), text[end : end + 1].isdigit()
    span = text[start:end]
    if span == after:
        return False
    if digit_before and digit_behind and _SIGN_BETWEEN_DIGITS.fullmatch(span):
        return True
    if digit_behind and _SIGN_BEFORE_DIGIT.search(span[-1:]) and span[-1:] != after[-1:]:
        return True
    return bool(digit_before and _SIGN_BEHIND_DIGIT.search(span[:1]) and span[:1] != after[:1])
