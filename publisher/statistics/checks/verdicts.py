"""The verdict on a figure that other figures give."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.quantities import Quantity


def compare_amounts(
    figures: Sequence[Quantity], difference: Decimal, rounding: Decimal | None = None
) -> tuple[Outcome, Reason]:
    """Return the verdict on a figure that may be approximate or rounded.

    Args:
        figures: The figure and those that it is computed from.
        difference: The figure less the computed one, or the other way round, without the magnitude of the unit.
        rounding: The most that rounding explains; half of the last digit of each figure if omitted.
    """
    if rounding is None:
        rounding = sum((figure.rounding for figure in figures), Decimal(0))
    if not all(figure.exact for figure in figures):
        return Outcome.UNVERIFIABLE, Reason.APPROXIMATE
    if difference == 0:
        return Outcome.HOLDS, Reason.NONE
    if abs(difference) <= rounding:
        return Outcome.UNVERIFIABLE, Reason.APPROXIMATE
    return Outcome.FAILS, Reason.NONE
