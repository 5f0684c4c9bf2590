"""Compare what a report says about the year before with the report of that year.

Input: the figures of two reports of one office, of one kind and of consecutive years. Output: ``Check``s of the later report: levels
of the year before (比上年的905条), changes and rates since then (增加16件, 增长12.7%), and what was carried over (上年结转).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.model import Check, Outcome, Reason
from publisher.reference.figure_words import WHOLE_PLACES
from publisher.reference.units import MEASURES, SHARES, split_unit
from publisher.statistics.decimals import last_digit, plain_decimal, rounding_of
from publisher.statistics.financial_years import first_of
from publisher.statistics.measure_names import measure_name
from publisher.statistics.movements import AT_CONSTANT_PRICES, COMPARED_YEAR
from publisher.statistics.periods import year_before
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from publisher.model import Observation, Report

_YEAR = re.compile("(?:19|20)\\d\\d(?:年度?)?|[〇零一二三四五六七八九]{4}年度?")
_APPROXIMATE = re.compile(
    "约|近|余|多(?!发|报)|逾|超|以上|以内|以下|左右|不足|不到|至少|至多|几|数"
)
_OTHER_BASIS = re.compile("环比|同口径|可比|不变价|实际|名义|平均|年均|两年|日均|月均|上月|上季")
_CARRIED_OVER = re.compile("(?:上一?年度?)结转|^结转(?:申请)?$")
_CARRIED_FORWARD = re.compile("结转(?:至|到)?(?:下|次)(?:一)?年")
CARRIED = "结转"
"""The name of what one year carries forward and the next carries over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSeries:
    """Which report of which series a report is: two reports of one series differ in their year only."""

    office: str
    title: str
    """The title without its years."""
    year: str

    @property
    def before(self) -> ReportSeries:
        """Return the report of the year before."""
        return ReportSeries(office=self.office, title=self.title, year=year_before(self.year))

    @property
    def is_known(self) -> bool:
        """Return whether the report names its office and its year."""
        return bool(self.office and first_of(self.year).isdigit())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Amount:
    """A figure without the magnitude of its unit."""

    amount: Decimal
    rounding: Decimal
    """Half of the last digit, if the figure may be rounded."""
    scale: Decimal
    stated: str
    """With its unit, as the report states it."""
    is_count: bool
    """Whether it counts things: offices revise amounts of money and estimates, and seldom counts."""

    @classmethod
    def of(cls, figure: Observation) -> _Amount:
        """Return the amount of a figure."""
        scale, unit = split_unit(to_simplified(figure.unit))
        number = Decimal(figure.value)
        return cls(
            amount=number * scale,
            rounding=rounding_of(number, scale),
            scale=scale,
            stated=f"{figure.value}{figure.unit}",
            is_count=unit not in MEASURES and scale == 1,
        )


_Key = tuple[str, str, str]
"""Measure, scope and unit without its magnitude."""


def series_of(report: Report, year: str) -> ReportSeries:
    """Return which report of which series a report on ``year`` is."""
    title = _YEAR.sub("", to_simplified("".join(report.metadata.title.split())))
    return ReportSeries(office=to_simplified(report.metadata.publisher), title=title, year=year)


def check_year_before(
    figures: Sequence[Observation],
    earlier: Iterable[Observation],
    year: str,
    *,
    source: str = "",
) -> Iterator[Check]:
    """Yield the checks of a report against that of the year before.

    A figure that both reports give more than once with different values is not compared.

    Args:
        figures: The figures of the report on ``year``.
        earlier: The figures of the report on the year before.
        year: The year of the later report.
        source: What has the earlier figures, for the words of a difference; the report of the year before if empty.
    """
    last = year_before(year)
    source = source or translatable("the report of {last}", last=last)
    before = _levels(earlier, last, _CARRIED_FORWARD)
    now = _levels(figures, year, _CARRIED_OVER)
    for key in [key for key in now if key[0] == CARRIED and key in before]:
        figure = next(item for item in figures if _key(item, _CARRIED_OVER) == key)
        yield _compare_level(figure, before[key], last, source)
    for figure in figures:
        key = _key(figure)
        level = before.get(key)
        if figure.doubt or not _is_exact(figure):
            continue
        if figure.kind == "level" and figure.period == last and figure.status == "result" and level:
            yield _compare_level(figure, level, last, source)
        elif figure.kind == "change" and level and key in now and _is_since(figure, year):
            yield _compare_change(figure, now[key], level, last, source)
        elif figure.kind == "rate" and _is_since(figure, year):
            same = [other for other in now if other[:2] == key[:2] and other[2] not in SHARES]
            if len(same) == 1 and same[0] in before and before[same[0]].amount > 0:
                yield _compare_rate(figure, now[same[0]], before[same[0]], last, source)


def _key(figure: Observation, carried: re.Pattern[str] | None = None) -> _Key:
    name = measure_name(figure.measure or figure.subject)
    words = to_simplified(figure.subject)
    if carried is not None and carried.search(words):
        is_total = not figure.tabulated or words.endswith("总计")
        name = CARRIED if is_total else words
    scope = to_simplified(figure.scope)
    return (
        name,
        "" if scope in WHOLE_PLACES else scope,
        split_unit(to_simplified(figure.unit))[1] or "件",
    )


def _levels(
    figures: Iterable[Observation], year: str, carried: re.Pattern[str]
) -> Mapping[_Key, _Amount]:
    """Return the results of a year that a report states with one value."""
    levels: dict[_Key, list[_Amount]] = defaultdict(list)
    for figure in figures:
        is_of_year = figure.period in ("", year) and figure.status in ("result", "cumulative")
        if figure.kind == "level" and is_of_year and not figure.doubt and _is_exact(figure):
            levels[_key(figure, carried)].append(_Amount.of(figure))
    return {
        key: min(items, key=lambda item: item.rounding)
        for key, items in levels.items()
        if all(abs(item.amount - items[0].amount) <= item.rounding for item in items)
    }


def _is_exact(figure: Observation) -> bool:
    return "—" not in figure.value and not _APPROXIMATE.search(figure.qualifier)


def _is_since(figure: Observation, year: str) -> bool:
    """Return whether a change or a rate is one from the year before, on the basis of the stated levels."""
    words = to_simplified(f"{figure.subject}{figure.quote}")
    compared = COMPARED_YEAR.search(words)
    return (
        figure.status == "result"
        and figure.period in ("", year)
        and figure.direction != 0
        and not _OTHER_BASIS.search(words)
        and not AT_CONSTANT_PRICES.search(to_simplified(figure.subject))
        and (compared is None or compared["year"] == year_before(year))
    )


def _compare_level(figure: Observation, before: _Amount, last: str, source: str) -> Check:
    stated = _Amount.of(figure)
    return _check(
        figure,
        before,
        formula=f"{figure.measure}: {stated.stated}, {before.stated} ({last})",
        computed=plain_decimal(before.amount / stated.scale),
        holds=abs(stated.amount - before.amount) <= stated.rounding + before.rounding,
        difference=translatable(
            "{measure}: {stated} is stated for {year}, {source} states {earlier}",
            measure=figure.measure,
            stated=stated.stated,
            year=last,
            source=source,
            earlier=before.stated,
        ),
    )


def _compare_change(
    figure: Observation, now: _Amount, before: _Amount, last: str, source: str
) -> Check:
    stated = _Amount.of(figure)
    computed = now.amount - before.amount
    rounding = now.rounding + before.rounding + stated.rounding
    return _check(
        figure,
        before,
        formula=f"{figure.subject}: {stated.stated} = {now.stated} − {before.stated} ({last})",
        computed=plain_decimal(abs(computed) / stated.scale),
        holds=abs(stated.amount * figure.direction - computed) <= rounding,
        difference=translatable(
            "{subject}: {stated} is stated, {later} against {earlier} in {source} is {difference}",
            subject=figure.subject,
            stated=stated.stated,
            later=now.stated,
            earlier=before.stated,
            source=source,
            difference=plain_decimal(computed / stated.scale),
        ),
    )


def _compare_rate(
    figure: Observation, now: _Amount, before: _Amount, last: str, source: str
) -> Check:
    stated = Decimal(figure.value)
    step = last_digit(stated)
    factor = Decimal(1000 if figure.unit == "‰" else 100)
    computed = (now.amount - before.amount) / before.amount * factor
    rounding = step + (now.rounding + before.rounding) / before.amount * factor
    shown = computed.quantize(step, rounding=ROUND_HALF_UP)
    return _check(
        figure,
        before,
        formula=f"{figure.subject}: {figure.value}{figure.unit} = {now.stated} ÷ {before.stated} ({last})",
        computed=str(abs(shown)),
        holds=abs(stated * figure.direction - computed) < rounding,
        difference=translatable(
            "{subject}: {value}{unit} is stated, {later} against {earlier} in {source} is "
            "{difference}{unit}",
            subject=figure.subject,
            value=figure.value,
            unit=figure.unit,
            later=now.stated,
            earlier=before.stated,
            source=source,
            difference=shown,
        ),
    )


def _check(
    figure: Observation,
    before: _Amount,
    *,
    formula: str,
    computed: str,
    holds: bool,
    difference: str,
) -> Check:
    outcome, reason = Outcome.HOLDS, Reason.NONE
    if not holds:
        outcome, reason = Outcome.UNVERIFIABLE, Reason.REVISED
        if before.is_count:
            outcome, reason = Outcome.FAILS, Reason.NONE
    return Check(
        kind="repetition" if figure.kind == "level" else "growth",
        statement=formula,
        subject=figure.subject,
        stated=figure.value,
        computed=computed,
        outcome=outcome,
        reason=reason,
        quote=figure.quote,
        locator=figure.locator,
        clause=figure.clause,
        difference=difference,
    )
