"""Find by arithmetic which level a change without a measure belongs to.

Input: the readings of a sentence and its figures. Output: the readings. A change and its rate determine the level: 节约158万元 and
节约率15.8% belong to 842万元, for 158 ÷ (842 + 158) is 15.8 %.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.reading import Reading
    from publisher.statistics.quantities import Quantity

_PERCENT = Decimal(100)


def prove_changes(readings: Sequence[Reading], quantities: Sequence[Quantity]) -> list[Reading]:
    """Return the readings; a change that contradicts its level gets the measure of the only level that it fits."""
    proved = list(readings)
    for index in range(2, len(proved)):
        change, rate = proved[index - 1], proved[index]
        is_pair = (change.kind, rate.kind) == ("change", "rate") and change.measure == rate.measure
        if not is_pair or change.has_measure or rate.has_measure or quantities[index].unit != "%":
            continue
        levels = [
            (level.measure, _fits(quantities, number, index, change.direction))
            for number, level in enumerate(proved[: index - 1])
            if level.kind == "level" and not level.is_earlier
        ]
        own = [fits for measure, fits in levels if measure == change.measure]
        others = {measure for measure, fits in levels if fits}
        if own and not own[-1] and len(others) == 1:
            measure = others.pop()
            proved[index - 1 : index + 1] = [_of(measure, change), _of(measure, rate)]
    return proved


def _fits(quantities: Sequence[Quantity], number: int, index: int, direction: int) -> bool:
    """Return whether a level has a change and its rate, within the rounding of the rate."""
    level, change, rate = quantities[number], quantities[index - 1], quantities[index]
    amounts = level.amount, change.amount, rate.number
    if level.base_unit != change.base_unit or None in amounts:
        return False
    whole, part, stated = (Decimal(amount or 0) for amount in amounts)
    before = whole - direction * part
    return before > 0 and abs(part / before * _PERCENT - abs(stated)) <= rate.rounding


def _of(measure: str, reading: Reading) -> Reading:
    """Return a reading with another measure."""
    subject = f"{measure}{reading.subject.removeprefix(reading.measure)}"
    return replace(reading, measure=measure, subject=subject, doubt="")
