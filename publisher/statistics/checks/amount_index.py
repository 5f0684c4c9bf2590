"""Figures in the order of their amounts, so that those with one amount are found without a look at all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

T = TypeVar("T")


class AmountIndex(Generic[T]):
    """Figures by their amounts.

    Example:
        >>> from decimal import Decimal
        >>> index = AmountIndex((Decimal(number), name) for number, name in ((7, "b"), (5, "a")))
        >>> index.near(Decimal("5.4"), Decimal("0.5"))
        ['a']

    """

    def __init__(self, figures: Iterable[tuple[Decimal, T]]) -> None:
        """Sort pairs of an amount and a figure; figures with one amount keep their order."""
        ordered = sorted(figures, key=itemgetter(0))
        self._amounts = [amount for amount, _ in ordered]
        self._figures = [figure for _, figure in ordered]

    def near(self, amount: Decimal, rounding: Decimal) -> list[T]:
        """Return the figures that differ from an amount by its rounding at most."""
        start = bisect_left(self._amounts, amount - rounding)
        stop = bisect_right(self._amounts, amount + rounding)
        return self._figures[start:stop]
