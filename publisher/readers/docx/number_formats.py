"""Numbers as Word writes them: a number format of ECMA-376 (17.18.59) and a value in, text out."""

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
_MOST_ROMAN = 3999
_MOST_LETTERS = 780
"""Word writes a letter thirty times at most, and then begins anew."""
_MOST = 32_767
"""The largest number that Word gives a paragraph."""


def label_number(value: int, form: str) -> str:
    """Return the number in that format; in figures where the format is unknown or has no more."""
    if not 0 <= value <= _MOST:
        return str(value)
    write = FORMATS.get(form)
    return (write(value) if write else "") or ("" if form in ("none", "bullet") else str(value))


def _digital(value: int, zero: str = "〇") -> str:
    return "".join(_DIGITS[int(one)] for one in str(value)).replace("〇", zero)


def _counted(
    value: int,
    *,
    digits: str,
    scales: str,
    bare: tuple[int, ...] = (),
    most: int = _MOST,
    zero: str = "零",
) -> str:
    """Return a number in words; before the scales in ``bare``, a leading one is not written."""
    if value > most:
        return _digital(value)
    if value == 0:
        return digits[0]
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        gap = zero if 0 < low < 1000 else ""
        rest = _counted(low, digits=digits, scales=scales, zero=zero) if low else ""
        return f"{_counted(high, digits=digits, scales=scales, bare=bare, zero=zero)}{scales[3]}{gap}{rest}"
    found, gap = "", ""
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if not digit:
            gap = zero if found else ""
            continue
        unwritten = digit == 1 and not found and place in bare
        found += gap + ("" if unwritten else digits[digit]) + (scales[place - 1] if place else "")
        gap = ""
    return found


def _lettered(value: int, first: str) -> str:
    """Return a, b … z, aa, bb: the same letter once more each time round."""
    if not value:
        return ""
    times, letter = divmod((value - 1) % _MOST_LETTERS, 26)
    return chr(ord(first) + letter) * (times + 1)


def _roman(value: int) -> str:
    if value > _MOST_ROMAN:
        return ""
    found = ""
    for worth, sign in _ROMAN:
        times, value = divmod(value, worth)
        found += sign * times
    return found


def _run(value: int, first: str, count: int) -> str:
    """Return one of a run of characters, nothing past its end."""
    return chr(ord(first) + value - 1) if 1 <= value <= count else ""


def _turn(value: int, characters: str) -> str:
    return characters[(value - 1) % len(characters)] if value else ""


def _wide(value: int) -> str:
    return "".join(chr(ord(one) - ord("0") + ord("０")) for one in str(value))


def _ordinal(value: int) -> str:
    teens = 10 < value % 100 < 14
    return f"{value}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


_CHINESE = partial(_counted, digits="零一二三四五六七八九", scales="十百千万", bare=(1,))
_UNDER_HUNDRED = partial(_CHINESE, most=99)
_JAPANESE = partial(
    _counted, digits="〇一二三四五六七八九", scales="十百千万", bare=(1, 2, 3), zero=""
)
_LEGAL = partial(_counted, digits="零壹贰叁肆伍陆柒捌玖", scales="拾佰仟万")

FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": "{:02d}".format,
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalEnclosedCircle": partial(_run, first="①", count=20),
    "decimalEnclosedCircleChinese": partial(_run, first="①", count=20),
    "decimalEnclosedParen": partial(_run, first="⑴", count=20),
    "decimalEnclosedFullstop": partial(_run, first="⒈", count=20),
    "numberInDash": "- {} -".format,
    "ordinal": _ordinal,
    "lowerLetter": partial(_lettered, first="a"),
    "upperLetter": partial(_lettered, first="A"),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "chineseCounting": _UNDER_HUNDRED,
    "chineseCountingThousand": _CHINESE,
    "taiwaneseCounting": _UNDER_HUNDRED,
    "taiwaneseCountingThousand": _CHINESE,
    "taiwaneseDigital": _digital,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "japaneseCounting": _JAPANESE,
    "chineseLegalSimplified": _LEGAL,
    "ideographLegalTraditional": partial(
        _counted, digits="零壹貳參肆伍陸柒捌玖", scales="拾佰仟萬"
    ),
    "japaneseLegal": partial(_counted, digits="〇壱弐参四伍六七八九", scales="拾百阡萬", zero=""),
    "ideographTraditional": partial(_turn, characters="甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": partial(_turn, characters="子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": partial(_run, first="㊀", count=10),
    "aiueo": partial(
        _turn,
        characters="アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    ),
}
"""Every format that this toolkit writes, by the name that the standard gives it."""
