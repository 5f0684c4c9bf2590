"""Figures as they may be misprinted: two adjacent digits change places, 227.2 for 272.2."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.statistics.quantities import Quantity


def transpositions(value: str) -> Iterator[Decimal]:
    """Yield a figure with each pair of different adjacent digits exchanged, without those that nobody writes: 010 for 100.

    Example:
        >>> [str(number) for number in transpositions("27.2")]
        ['72.2', '22.7']
        >>> [str(number) for number in transpositions("100")]
        []

    """
    length = len(value.partition(".")[0])
    digits = value.replace(".", "")
    last = Decimal(1).scaleb(-len(value.partition(".")[2]))
    for position in range(len(digits) - 1):
        first, second = digits[position], digits[position + 1]
        has_leading_zero = not position and second == "0" and length > 1
        if first.isdigit() and second.isdigit() and first != second and not has_leading_zero:
            yield int(f"{digits[:position]}{second}{first}{digits[position + 2 :]}") * last


def significant_digits(value: str) -> int:
    """Return how many digits of a figure are significant: zeros at its end may be rounded."""
    return len(value.replace(".", "").strip("-0"))


def is_transposition(value: str, computed: Decimal) -> bool:
    """Return whether a figure is the computed one, at its own precision, with two adjacent digits exchanged."""
    step = Decimal(1).scaleb(-len(value.partition(".")[2]))
    return any(abs(number - computed) < step for number in transpositions(value))


def is_transposed_sum(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Return whether a sum holds if two adjacent digits of one figure change places.

    Of incomplete lists that miss their total by less than a tenth, about one in a hundred differs by such an amount.
    """
    computed = sum((part.amount or Decimal(0) for part in parts), Decimal(0))
    difference = computed - (whole.amount or Decimal(0))
    changes = ((whole, difference), *((part, -difference) for part in parts))
    return any(
        (other - (figure.number or Decimal(0))) * figure.scale == change
        for figure, change in changes
        for other in transpositions(figure.value)
    )
