"""Number formats of Word (ECMA-376, 17.18.59): write a number in words, letters or figures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
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
_LETTER_CYCLE = 780
"""Word writes a letter at most thirty times; then it starts again at the first letter."""
_MAX_NUMBER = 32_767
"""The largest number that Word gives a paragraph."""


def format_number(value: int, number_format: str) -> str:
    """Return a number in a format, or in figures if the format is unknown or cannot express it.

    Example:
        >>> format_number(12, "chineseCounting")
        '十二'

    """
    if not 0 <= value <= _MAX_NUMBER:
        return str(value)
    write = FORMATS.get(number_format)
    return (write(value) if write else "") or (
        "" if number_format in ("none", "bullet") else str(value)
    )


def _write_digits(value: int, zero: str = "〇") -> str:
    """Return a number digit by digit: 2019 is 二〇一九."""
    return "".join(_DIGITS[int(digit)] for digit in str(value)).replace("〇", zero)


def _write_chinese_number(
    value: int,
    *,
    digits: str,
    scales: str,
    omit_one_before: tuple[int, ...] = (),
    maximum: int = _MAX_NUMBER,
    zero: str = "零",
) -> str:
    """Return a number in words: 120 is 一百二十.

    Args:
        value: The number.
        digits: The words for 0 to 9.
        scales: The words for 10, 100, 1000 and 10,000.
        omit_one_before: Powers of ten before which a leading one is not written: 十, not 一十.
        maximum: Larger numbers are written digit by digit.
        zero: The word for places that are skipped, as in 一百零二; empty for none.

    """
    if value > maximum:
        return _write_digits(value)
    if value == 0:
        return digits[0]
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        pending_zero = zero if 0 < low < 1000 else ""
        low_words = (
            _write_chinese_number(low, digits=digits, scales=scales, zero=zero) if low else ""
        )
        high_words = _write_chinese_number(
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


def _write_letters(value: int, first: str) -> str:
    """Return a, b … z, aa, bb … zz, aaa: the same letter once more in each round."""
    if not value:
        return ""
    count, letter_index = divmod((value - 1) % _LETTER_CYCLE, 26)
    return chr(ord(first) + letter_index) * (count + 1)


def _write_roman(value: int) -> str:
    if value > _MAX_ROMAN:
        return ""
    numerals = ""
    for numeral_value, numeral in _ROMAN:
        count, value = divmod(value, numeral_value)
        numerals += numeral * count
    return numerals


def _write_from_range(value: int, first: str, count: int) -> str:
    """Return the character for a number in a range of code points; empty beyond the range."""
    return chr(ord(first) + value - 1) if 1 <= value <= count else ""


def _write_cyclic(value: int, characters: str) -> str:
    """Return the character for a number; after the last character, start again at the first."""
    return characters[(value - 1) % len(characters)] if value else ""


def _write_full_width(value: int) -> str:
    return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in str(value))


def _write_ordinal(value: int) -> str:
    teens = 10 < value % 100 < 14
    return f"{value}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


_CHINESE = partial(
    _write_chinese_number, digits="零一二三四五六七八九", scales="十百千万", omit_one_before=(1,)
)
_CHINESE_TO_99 = partial(_CHINESE, maximum=99)
_JAPANESE = partial(
    _write_chinese_number,
    digits="〇一二三四五六七八九",
    scales="十百千万",
    omit_one_before=(1, 2, 3),
    zero="",
)
_LEGAL = partial(_write_chinese_number, digits="零壹贰叁肆伍陆柒捌玖", scales="拾佰仟万")

FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": "{:02d}".format,
    "decimalFullWidth": _write_full_width,
    "decimalFullWidth2": _write_full_width,
    "decimalEnclosedCircle": partial(_write_from_range, first="①", count=20),
    "decimalEnclosedCircleChinese": partial(_write_from_range, first="①", count=20),
    "decimalEnclosedParen": partial(_write_from_range, first="⑴", count=20),
    "decimalEnclosedFullstop": partial(_write_from_range, first="⒈", count=20),
    "numberInDash": "- {} -".format,
    "ordinal": _write_ordinal,
    "lowerLetter": partial(_write_letters, first="a"),
    "upperLetter": partial(_write_letters, first="A"),
    "lowerRoman": _write_roman,
    "upperRoman": lambda value: _write_roman(value).upper(),
    "chineseCounting": _CHINESE_TO_99,
    "chineseCountingThousand": _CHINESE,
    "taiwaneseCounting": _CHINESE_TO_99,
    "taiwaneseCountingThousand": _CHINESE,
    "taiwaneseDigital": _write_digits,
    "ideographDigital": _write_digits,
    "japaneseDigitalTenThousand": _write_digits,
    "japaneseCounting": _JAPANESE,
    "chineseLegalSimplified": _LEGAL,
    "ideographLegalTraditional": partial(
        _write_chinese_number, digits="零壹貳參肆伍陸柒捌玖", scales="拾佰仟萬"
    ),
    "japaneseLegal": partial(
        _write_chinese_number, digits="〇壱弐参四伍六七八九", scales="拾百阡萬", zero=""
    ),
    "ideographTraditional": partial(_write_cyclic, characters="甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": partial(_write_cyclic, characters="子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": partial(_write_from_range, first="㊀", count=10),
    "aiueo": partial(
        _write_cyclic,
        characters="アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    ),
}
"""The supported formats, by the name that the standard gives them."""
