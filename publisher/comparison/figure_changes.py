"""Compare the figures of two reports, measure by measure.

Input: the observations of both. Output: a change for each figure. Two figures are of the same thing if they have the same
measure, scope, kind, status, unit and period; the period counts from the year of the report, so that the figures of this year
are compared with those of last year's report. A figure that a report states twice is compared once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.comparison.states import State, state_of
from publisher.reference.units import SHARES
from publisher.statistics.financial_years import first_of
from publisher.statistics.measure_names import measure_name
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import Observation

_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_Key = tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
    """A figure of the reports; the side that lacks it is ``None``."""

    state: State
    measure: str
    before: Observation | None
    after: Observation | None

    @property
    def subject(self) -> str:
        """Return what the figure counts, as the later report says it, with its change: 税收收入增长."""
        return self._figure.subject

    @property
    def kind(self) -> str:
        """Return whether it is a level, a change, a rate or a share."""
        return self._figure.kind

    @property
    def status(self) -> str:
        """Return whether it is a result, a target, an estimate or cumulative."""
        return self._figure.status

    @property
    def _figure(self) -> Observation:
        figure = self.after or self.before
        assert figure is not None  # noqa: S101 - one side has it
        return figure

    @property
    def difference(self) -> Decimal | None:
        """Return the figure of the second report less that of the first; ``None`` if one is no single number."""
        if not self.before or not self.after:
            return None
        values = (self.before.value, self.after.value)
        if not all(map(_DECIMAL.fullmatch, values)):
            return None
        return Decimal(values[1]) - Decimal(values[0])

    @property
    def percent(self) -> Decimal | None:
        """Return the difference in per cent of the first figure, to one decimal; ``None`` for shares and zero."""
        difference = self.difference
        if difference is None or not self.before or self.before.unit in SHARES:
            return None
        base = Decimal(self.before.value)
        return round(difference / base * 100, 1) if base else None


def compare_figures(
    before: Iterable[Observation], after: Iterable[Observation], *, years: tuple[str, str]
) -> Iterator[FigureChange]:
    """Yield what became of each figure, in the order of the second report; removed ones are last.

    Args:
        before: The figures of the first report.
        after: The figures of the second.
        years: The year of both reports; may be empty.
    """
    left, right = (
        _by_key(observations, year)
        for observations, year in zip((before, after), years, strict=True)
    )
    for key, observations in right.items():
        yield from _pair(key, left.pop(key, []), observations)
    for key, observations in left.items():
        yield from _pair(key, observations, [])


def _by_key(observations: Iterable[Observation], year: str) -> dict[_Key, list[Observation]]:
    """Return the observations by what they are of, each value once."""
    groups: dict[_Key, dict[str, Observation]] = defaultdict(dict)
    for observation in observations:
        groups[_key(observation, year)].setdefault(observation.value, observation)
    return {key: list(group.values()) for key, group in groups.items()}


def _key(observation: Observation, year: str) -> _Key:
    return (
        measure_name(observation.measure or observation.subject),
        to_simplified(observation.scope),
        observation.kind,
        observation.status,
        to_simplified(observation.unit),
        _years_from(observation.period, year),
    )


def _years_from(period: str, year: str) -> str:
    """Return a period counted from the year of the report: 0 for its own year, -1 for the year before."""
    period, year = first_of(period), first_of(year)
    if period.isdecimal() and year.isdecimal():
        return str(int(period) - int(year))
    return period


def _pair(key: _Key, before: list[Observation], after: list[Observation]) -> Iterator[FigureChange]:
    """Yield the changes of the figures of one thing: equal ones first, the others in their order."""
    values = {observation.value for observation in before}
    same = values & {observation.value for observation in after}
    others = [observation for observation in before if observation.value not in same]
    by_value = {observation.value: observation for observation in before}
    for observation in after:
        earlier = (
            by_value[observation.value]
            if observation.value in same
            else others.pop(0)
            if others
            else None
        )
        yield FigureChange(
            state=state_of(earlier and earlier.value, observation.value),
            measure=key[0],
            before=earlier,
            after=observation,
        )
    for observation in others:
        yield FigureChange(state=State.REMOVED, measure=key[0], before=observation, after=None)
