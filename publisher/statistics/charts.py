"""The charts of a report's figures: only those that no reader can misunderstand.

Input: the observations of a section and their relations. Output: ``Chart``s. The parts of a total are drawn if, in one unit, they sum to
it exactly, so that they are proved to be all and not to overlap; each bar is labelled in its own unit. A measure is drawn over
years if the report states it for three or more.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Bar, Chart
from publisher.reference.units import SHARES, split_unit
from publisher.statistics.measure_names import adds_up
from publisher.statistics.printed_figures import printed_name, printed_scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.model import Observation

MIN_BARS = 3
"""Parts or years. Fewer are not drawn as a chart."""
MAX_BARS = 16
"""A chart with more bars would not fit on a page."""
_ONLY_AN_ACT = re.compile(
    "[在已均共对對]*(?:处理|保留|办理|完成|整改|新增|清理|处置|落实|實施|实施|采纳|受理|處理|辦理|清理|處置|落實|採納)"
)
"""The name of a total that does not say what was handled."""
MIN_LABEL = 2
"""Characters of a label; one alone (大, 小) says nothing without its sentence."""


def part_charts(
    observations: Sequence[Observation], whole_of: Mapping[int, int]
) -> Iterator[Chart]:
    """Yield a chart for each total whose three or more parts sum to it.

    Args:
        observations: The figures.
        whole_of: The offset of the total of each part, by the part's offset.
    """
    by_offset = {observation.locator.offset: observation for observation in observations}
    parts: dict[int, list[Observation]] = {}
    for observation in observations:
        whole = whole_of.get(observation.locator.offset)
        if whole in by_offset and whole != observation.locator.offset:
            parts.setdefault(whole, []).append(observation)
    for offset, members in parts.items():
        total = by_offset[offset]
        labels = [part_name(part, total) for part in members]
        if (
            adds_up(total.measure or total.subject)
            and _can_be_drawn(members)
            and not _ONLY_AN_ACT.fullmatch(total.subject)
            and _says_what_is_counted(labels)
            and _sums_to(members, total)
        ):
            yield Chart(
                kind="parts",
                title=printed_name(total),
                unit=total.unit,
                total=total.value,
                clause=total.clause,
                bars=tuple(
                    Bar(label=label, value=_amount(part), stated=part.value, unit=part.unit)
                    for label, part in zip(labels, members, strict=True)
                ),
            )


def part_name(part: Observation, whole: Observation) -> str:
    """Return the name of a part below its total, without the words of the total: what it counts, or where."""
    return part.subject.removeprefix(whole.subject) or printed_scope(part) or part.subject


def series_charts(observations: Sequence[Observation]) -> Iterator[Chart]:
    """Yield a chart for each measure with figures for three or more years."""
    measures: dict[tuple[str, str, str], dict[str, Observation]] = {}
    for observation in observations:
        is_level = (
            observation.kind == "level" and observation.status == "result" and not observation.doubt
        )
        if is_level and observation.period and observation.unit not in SHARES:
            key = observation.section, observation.subject, observation.unit
            measures.setdefault(key, {}).setdefault(observation.period, observation)
    for (_, subject, unit), years in measures.items():
        if _can_be_drawn(list(years.values())):
            yield Chart(
                kind="series",
                title=subject,
                unit=unit,
                total="",
                clause=years[max(years)].clause,
                bars=tuple(
                    Bar(label=f"{year}年", value=_amount(figure), stated=figure.value, unit=unit)
                    for year, figure in sorted(years.items())
                ),
            )


def _can_be_drawn(observations: Sequence[Observation]) -> bool:
    """Return whether there are as many figures as a chart can show, each a single one from 0 on."""
    return MIN_BARS <= len(observations) <= MAX_BARS and not any(
        "—" in observation.value or observation.value.startswith("-")
        for observation in observations
    )


def _says_what_is_counted(labels: Sequence[str]) -> bool:
    return len(set(labels)) == len(labels) and all(len(label) >= MIN_LABEL for label in labels)


def _sums_to(parts: Sequence[Observation], total: Observation) -> bool:
    """Return whether the parts are in units of the total and sum to it."""
    units = {split_unit(figure.unit)[1] for figure in (*parts, total)}
    return (
        len(units) == 1
        and "—" not in total.value
        and sum(map(_amount, parts), Decimal(0)) == _amount(total)
    )


def _amount(observation: Observation) -> Decimal:
    """Return a figure times the magnitude of its unit."""
    return Decimal(observation.value) * split_unit(observation.unit)[0]
