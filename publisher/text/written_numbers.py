"""Numbers in words, numerals and letters, as the automatic numbers of lists have them.

Word and CSS number lists in the same scripts; the readers name the formats.

Example:
    >>> write_chinese_number(101, digits="零一二三四五六七八九", scales="十百千")
    '一百零一'

"""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
HEAVENLY_STEMS = "甲乙丙丁戊己庚辛壬癸"
EARTHLY_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_MAX_ROMAN = 3999


def write_digits(value: int, zero: str = "〇") -> str:
    """Return a number digit by digit: 2019 is 二〇一九."""
    return "".join(_DIGITS[int(digit)] for digit in str(value)).replace("〇", zero)


def write_chinese_number(
    value: int,
    *,
    digits: str,
    scales: str,
    omit_one_before: tuple[int, ...] = (),
    maximum: int | None = None,
    zero: str = "零",
) -> str:
    """Return a number in words: 120 is 一百二十.

    Args:
        value: The number, 0 or more.
        digits: The words for 0 to 9.
        scales: The words for 10, 100, 1000 and, if there are such numbers, 10,000.
        omit_one_before: Powers of ten before which a leading one is not written: 十, not 一十.
        maximum: Larger numbers are written digit by digit; None for no limit.
        zero: The word for places that are skipped, as in 一百零二; empty for none.

    """
    if maximum is not None and value > maximum:
        return write_digits(value)
    if value == 0:
        return digits[0]
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        pending_zero = zero if 0 < low < 1000 else ""
        low_words = (
            write_chinese_number(low, digits=digits, scales=scales, zero=zero) if low else ""
        )
        high_words = write_chinese_number(
            high, digits=digits, scales=scales, omit_one_before=omit_one_before, zero=zero
        )
        return f"{high_words}{scales[3]}{pending_zero}{low_words}"
    words, pending_zero = "", ""
    for exponent in (3, 2, 1, 0):
        digit = value // 10**exponent % 10
        if not digit:
            pending_zero = zero if words else ""
            continue
        is_omitted = digit == 1 and not words and exponent in omit_one_before
        scale = scales[exponent - 1] if exponent else ""
        words += pending_zero + ("" if is_omitted else digits[digit]) + scale
        pending_zero = ""
    return words


def write_roman(value: int) -> str:
    """Return a number in small Roman numerals; empty outside of 1 to 3999."""
    if not 0 < value <= _MAX_ROMAN:
        return ""
    numerals = ""
    for numeral_value, numeral in _ROMAN:
        count, value = divmod(value, numeral_value)
        numerals += numeral * count
    return numerals


def write_from_range(value: int, first: str, count: int) -> str:
    """Return the character for a number in a range of code points; empty beyond the range."""
    return chr(ord(first) + value - 1) if 1 <= value <= count else ""


def write_cyclic(value: int, characters: str) -> str:
    """Return the character for a number; after the last character, start again at the first."""
    return characters[(value - 1) % len(characters)] if value else ""
