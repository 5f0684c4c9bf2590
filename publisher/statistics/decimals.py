"""Decimals: as text, and how far they may be rounded."""

from __future__ import annotations

from decimal import Decimal


def plain_decimal(number: Decimal) -> str:
    """Return a number without an exponent and without trailing zeros: 4.30 is 4.3."""
    return f"{number.normalize():f}"


def last_digit(number: Decimal) -> Decimal:
    """Return one unit of the last digit of a number: 0.01 for 4.30, 1 for 4."""
    return Decimal(1).scaleb(int(number.as_tuple().exponent))


def rounding_of(number: Decimal, scale: Decimal) -> Decimal:
    """Return half of the last digit if a figure may be rounded: it has decimals or a magnitude; else 0.

    Args:
        number: The figure without its magnitude.
        scale: The factor of the magnitude, as ``split_unit`` returns it.
    """
    step = last_digit(number)
    return step * scale / 2 if scale > 1 or step < 1 else Decimal(0)
