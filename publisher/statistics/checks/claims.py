"""Claims: a stated figure with the values that other figures of the report give for it.

A claim holds if one of the values is the stated one. It fails if the wording leaves one value only, or if the stated figure is
one of few values with two adjacent digits exchanged, or with another magnitude of its unit (万元 for 元); otherwise nothing is
said about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.reference.units import SHARES
from publisher.statistics.decimals import last_digit, plain_decimal
from publisher.statistics.misprints import significant_digits, transpositions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.model import Check, CheckKind
    from publisher.statistics.quantities import Quantity
    from publisher.statistics.statement import Statement

_PERCENT = Decimal(100)
_SCALES_OF_AMOUNTS = tuple(map(Decimal, (1, 10**4, 10**8)))
"""The magnitudes that the units of one amount may have: 元, 万元, 亿元."""
MOST_VALUES = 6
"""Values of a claim. Of more, one may be the stated figure with two digits exchanged by chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value that a figure should have, in the unit of the figure."""

    formula: str
    """How it is computed: 33 ÷ 37."""
    number: Decimal
    rounding: Decimal = Decimal(0)
    """How far the value may be from the true one, because the figures that it is computed from are rounded."""
    is_quotient: bool = False
    """Whether the stated figure must be rounded, or may be cut off, at its last digit."""

    def gives(self, stated: Decimal) -> bool:
        """Return whether the value is the stated figure."""
        distance = abs(self.number - stated)
        if self.is_quotient:
            return distance < last_digit(stated) + self.rounding
        return distance <= self.rounding

    def shown(self, stated: Decimal) -> str:
        """Return the value with at least as many decimals as the stated figure."""
        if not self.is_quotient:
            return plain_decimal(self.number)
        step = last_digit(stated).scaleb(-1)
        if self.number and abs(self.number) < step:
            step = Decimal(1).scaleb(self.number.adjusted() - 1)
        return str(self.number.quantize(step, rounding=ROUND_HALF_UP))


def percentage(
    formula: str, part: tuple[Decimal, Decimal], whole: tuple[Decimal, Decimal]
) -> Value:
    """Return how many percent of a whole a part is.

    Args:
        formula: How it is computed: 33 ÷ 37.
        part: The amount of the part, and how far rounding may have moved it.
        whole: The same of the whole, which is not 0.
    """
    ratio = part[0] / whole[0]
    return Value(
        formula=formula,
        number=ratio * _PERCENT,
        rounding=(part[1] + ratio * whole[1]) / whole[0] * _PERCENT,
        is_quotient=True,
    )


def check_claim(
    statement: Statement,
    index: int,
    values: Iterable[Value],
    *,
    kind: CheckKind,
    is_certain: bool = False,
    fewest_digits: int = 2,
) -> Iterator[Check]:
    """Yield the result for a figure, if its values prove one.

    Args:
        statement: The sentence of the figure.
        index: The figure.
        values: What it should be, the likeliest first.
        kind: The kind of the check.
        is_certain: Whether the wording leaves no other value than the first.
        fewest_digits: The significant digits of a figure that a value proves to be a misprint. Of two digits, many a
            value is the other order by chance.
    """
    quantity = statement.quantities[index]
    if quantity.number is None or not quantity.exact:
        return
    stated = abs(quantity.number)
    different = _different(values)
    right = next((value for value in different if value.gives(stated)), None)
    if right is not None:
        yield _check(statement, index, right, kind, Outcome.HOLDS)
    elif different and is_certain:
        yield _check(statement, index, different[0], kind, Outcome.FAILS)
    elif len(different) <= MOST_VALUES and significant_digits(quantity.value) >= fewest_digits:
        proved = [v for v in different if any(map(v.gives, _misprints(quantity)))]
        if len(proved) == 1:
            yield _check(statement, index, proved[0], kind, Outcome.FAILS)


def _misprints(quantity: Quantity) -> Iterator[Decimal]:
    """Yield what a figure may be meant to be: two adjacent digits exchanged, or another magnitude of its unit."""
    yield from transpositions(quantity.value.removeprefix("-"))
    if quantity.number and quantity.unit not in SHARES:
        for scale in _SCALES_OF_AMOUNTS:
            if scale != quantity.scale:
                shift = scale.adjusted() - quantity.scale.adjusted()
                yield abs(quantity.number).scaleb(shift)


def _different(values: Iterable[Value]) -> Sequence[Value]:
    return list({value.number: value for value in reversed(list(values))}.values())[::-1]


def _check(
    statement: Statement, index: int, value: Value, kind: CheckKind, outcome: Outcome
) -> Check:
    quantity = statement.quantities[index]
    stated = f"{quantity.value}{'%' if quantity.unit == '%' else ''}"
    is_sum = kind == "sum"
    return statement.make_check(
        index,
        kind=kind,
        formula=f"{stated} = {value.formula}" if is_sum else f"{value.formula} = {stated}",
        numbers=(quantity.value, value.shown(quantity.number or Decimal(0))),
        verdict=(outcome, Reason.NONE),
    )
