"""The values of Chinese numerals, and of digits mixed with magnitudes."""

from __future__ import annotations

import re
from decimal import Decimal

from publisher.text.characters import HAN_DIGITS, HAN_SCALES

_STEP = re.compile(r"(\d+(?:\.\d+)?)([亿万千百十]*)")
_GREAT = {"万": 10**4, "亿": 10**8}
_TENS = {"廿": 20, "卅": 30}


def mixed_value(numeral: str) -> Decimal:
    """Return the value of digits mixed with magnitudes: 1亿2千万, 3万5千, 4千5百万."""
    total = section = Decimal(0)
    for figure, scales in _STEP.findall(numeral.replace(",", "")):
        number = Decimal(figure)
        for scale in scales:
            if scale in _GREAT:
                total += (section + number) * _GREAT[scale]
                section = number = Decimal(0)
            else:
                number *= HAN_SCALES[scale]
        section += number
    return total + section


def han_value(numeral: str) -> Decimal | int:
    """Return the value of a Chinese numeral: 十二, 二点五, 一百零三, 二万三千, 廿五."""
    whole, _, fraction = numeral.partition("点")
    total = digit = 0
    for character in whole:
        if character == "万":
            total, digit = (total + digit) * HAN_SCALES["万"], 0
        elif character in _TENS:
            total += _TENS[character]
        elif character in HAN_SCALES:
            total += (digit or 1) * HAN_SCALES[character]
            digit = 0
        else:
            digit = HAN_DIGITS.get(character, 0)
    total += digit
    if fraction:
        return Decimal(f"{total}.{''.join(str(HAN_DIGITS.get(c, 0)) for c in fraction)}")
    return total
