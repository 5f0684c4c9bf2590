"""Number formats of Word (ECMA-376, 17.18.59): write a number in words, letters or figures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from publisher.text.written_numbers import (
    EARTHLY_BRANCHES,
    HEAVENLY_STEMS,
    write_chinese_number,
    write_cyclic,
    write_digits,
    write_from_range,
    write_roman,
)

if TYPE_CHECKING:
    from collections.abc import Callable

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


def _write_letters(value: int, first: str) -> str:
    """Return a, b … z, aa, bb … zz, aaa: the same letter once more in each round."""
    if not value:
        return ""
    count, letter_index = divmod((value - 1) % _LETTER_CYCLE, 26)
    return chr(ord(first) + letter_index) * (count + 1)


def _write_full_width(value: int) -> str:
    return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in str(value))


def _write_ordinal(value: int) -> str:
    teens = 10 < value % 100 < 14
    return f"{value}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


_CHINESE = partial(
    write_chinese_number, digits="零一二三四五六七八九", scales="十百千万", omit_one_before=(1,)
)
_CHINESE_TO_99 = partial(_CHINESE, maximum=99)
_JAPANESE = partial(
    write_chinese_number,
    digits="〇一二三四五六七八九",
    scales="十百千万",
    omit_one_before=(1, 2, 3),
    zero="",
)
_LEGAL = partial(write_chinese_number, digits="零壹贰叁肆伍陆柒捌玖", scales="拾佰仟万")

FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": "{:02d}".format,
    "001": "{:03d}".format,
    "0001": "{:04d}".format,
    "00001": "{:05d}".format,
    "decimalFullWidth": _write_full_width,
    "decimalFullWidth2": _write_full_width,
    "decimalEnclosedCircle": partial(write_from_range, first="①", count=20),
    "decimalEnclosedCircleChinese": partial(write_from_range, first="①", count=20),
    "decimalEnclosedParen": partial(write_from_range, first="⑴", count=20),
    "decimalEnclosedFullstop": partial(write_from_range, first="⒈", count=20),
    "numberInDash": "- {} -".format,
    "ordinal": _write_ordinal,
    "lowerLetter": partial(_write_letters, first="a"),
    "upperLetter": partial(_write_letters, first="A"),
    "lowerRoman": write_roman,
    "upperRoman": lambda value: write_roman(value).upper(),
    "chineseCounting": _CHINESE_TO_99,
    "chineseCountingThousand": _CHINESE,
    "taiwaneseCounting": _CHINESE_TO_99,
    "taiwaneseCountingThousand": _CHINESE,
    "taiwaneseDigital": write_digits,
    "ideographDigital": write_digits,
    "japaneseDigitalTenThousand": write_digits,
    "japaneseCounting": _JAPANESE,
    "chineseLegalSimplified": _LEGAL,
    "ideographLegalTraditional": partial(
        write_chinese_number, digits="零壹貳參肆伍陸柒捌玖", scales="拾佰仟萬"
    ),
    "japaneseLegal": partial(
        write_chinese_number, digits="〇壱弐参四伍六七八九", scales="拾百阡萬", zero=""
    ),
    "ideographTraditional": partial(write_cyclic, characters=HEAVENLY_STEMS),
    "ideographZodiac": partial(write_cyclic, characters=EARTHLY_BRANCHES),
    "ideographEnclosedCircle": partial(write_from_range, first="㊀", count=10),
    "aiueo": partial(
        write_cyclic,
        characters="アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    ),
}
"""The supported formats, by the name that the standard gives them; those without a name by their first number."""
