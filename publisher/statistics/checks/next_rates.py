"""Whether a rate behind a figure proves another figure in its place: 审结4750件，结案率94.0% where 4570 of 4862 are 94.0%."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.statistics.rate_readings import RATE_NAME
from publisher.statistics.stated_fractions import Fraction, exact_amount

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from publisher.statistics.levels import Levels
    from publisher.statistics.statement import Statement

NEAR_SENTENCES = 3
"""Sentences before its own with the whole of a rate."""
FEWEST_DIGITS = 3


def gives_next_rate(levels: Levels, statement: Statement, index: int, amount: Decimal) -> bool:
    """Return whether the rate directly behind a figure is that of another amount, and not of the figure.

    Args:
        levels: The levels of the report, one of which is the whole.
        statement: The sentence of the figure.
        index: The figure.
        amount: The other amount, without the magnitude of its unit.
    """
    own = exact_amount(statement, index)
    following = index + 1
    if own is None or following >= len(statement.quantities):
        return False
    rate, reading = statement.quantities[following], statement.readings[following]
    is_share = reading.kind == "share" or (
        reading.kind == "level" and RATE_NAME.search(reading.measure)
    )
    if not is_share or rate.unit != "%" or rate.number is None or not rate.exact:
        return False
    if len(rate.value.replace(".", "")) < FEWEST_DIGITS or "；" in statement.words_before(
        following
    ):
        return False
    wholes = set(_wholes(levels, statement, index))
    return _is_share_of(amount, wholes, rate.number) and not _is_share_of(own, wholes, rate.number)


def _wholes(levels: Levels, statement: Statement, index: int) -> Iterator[Decimal]:
    unit = statement.quantities[index].base_unit
    for level in levels.before(statement, index, sentences=NEAR_SENTENCES):
        if level.unit == unit:
            yield level.amount


def _is_share_of(amount: Decimal, wholes: set[Decimal], rate: Decimal) -> bool:
    return any(Fraction(part=amount, whole=whole).gives(rate) for whole in wholes)
