"""Decimals as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


def plain_decimal(number: Decimal) -> str:
    """Return a number without an exponent and without trailing zeros: 4.30 is 4.3."""
    return f"{number.normalize():f}"
