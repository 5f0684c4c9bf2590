"""The report's main figures as tables: one for each of its sections, parts under their totals.

Enters: the report, its observations and what they are to one another. Leaves: ``SummaryTable``s,
with a ``Chart`` where looking beats reading: a total with three or more parts, or one measure over
three or more years. Cells of the report's own tables are not repeated.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from publisher.model import Bar, Chart, SummaryGroup, SummaryRow, SummaryTable
from publisher.reference.units import SHARES
from publisher.statistics.measured_subjects import LASTING
from publisher.statistics.passages import annex_name, section_name
from publisher.text.characters import TO_FULLWIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.model import Observation, Relation, Report, Section

_ENDS = {"由": "原值"}
_ONWARD = re.compile("[^;]{1,10}[为為到至]")
_NOW = "现值"
"""How a table says which end of a change a figure is."""
CHARTED = 3
"""From this many parts, or years, on a chart says more than its figures."""
_MANNERS = frozenset("级 级以上 层 种 类 方面 点 部分 大类 級 層 種 類 方面 點".split())
_BOUNDS = ("以内", "之内", "内", "以上", "以下", "不少于", "不超过", "以內", "之內", "內")
OF_WHICH = "其中"
MOST_BARS = 16
"""A chart with more bars would not stay on its page."""


def summarise(
    report: Report, observations: Sequence[Observation], relations: Iterable[Relation]
) -> tuple[SummaryTable, ...]:
    """Return a table for each section of the first level that states figures in its text."""
    parts = list(_parts_of(report))
    whole_of = {one.offset: one.base for one in relations if one.kind == "part"}
    year = report.metadata.coverage[:4]
    tables = []
    starts = [start for start, _ in parts]
    for number, inside in groupby(
        observations, key=lambda one: max(0, bisect_right(starts, one.locator.offset) - 1)
    ):
        stated = list(inside)
        start, titles = parts[number]
        name = stated[0].section.partition("/")[0]
        prose = [one for one in stated if not one.tabulated and _is_main(one)]
        groups = tuple(
            SummaryGroup(title=_title(path, titles), rows=tuple(_rows(list(rows), whole_of, year)))
            for path, rows in groupby(prose, key=lambda one: _heading_path(one.section, titles))
        )
        charts = (*_parts(prose, whole_of), *_series(stated))
        if groups or charts:
            tables.append(
                SummaryTable(
                    section=name,
                    start=start,
                    title=titles.get(name, name),
                    groups=groups,
                    charts=charts,
                )
            )
    return tuple(tables)


def _parts_of(report: Report) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield where each part begins, with the paths and printed titles of the sections in it."""
    yield -1, {}
    for section in report.sections:
        yield section.heading.text.locator.offset, dict(_of_section(section, ""))
    for annex in report.annexes:
        name = annex_name(annex.label)
        title = annex.title.string if annex.title else ""
        titles = {name: f"{name}　{title}".rstrip()}
        for section in annex.sections:
            titles.update(_of_section(section, f"{name}/"))
        yield annex.label.locator.offset, titles


def _of_section(section: Section, above: str) -> Iterator[tuple[str, str]]:
    path = f"{above}{section_name(section)}"
    yield path, section.heading.text.string.rstrip("。．.：:；")
    for child in section.sections:
        yield from _of_section(child, f"{path}/")


def _is_main(one: Observation) -> bool:
    """Tell a figure for a table from a way of speaking (两级, 三方面) and from a time limit."""
    bound = any(word in one.qualifier.split(";") for word in _BOUNDS)
    spoken = one.unit in _MANNERS and len(one.value) < len("10")
    return not spoken and not (one.unit in LASTING and bound)


def _heading_path(path: str, titles: dict[str, str]) -> str:
    """Return the nearest section that has a heading; an item of a list has none."""
    while path not in titles and "/" in path:
        path = path.rpartition("/")[0]
    return path


def _title(path: str, titles: dict[str, str]) -> str:
    """Return the words over a group: its heading, the number of the one above in front."""
    above, found, _ = path.rpartition("/")
    if not found:
        return ""
    number = above.rpartition("/")[2] if "/" in above else ""
    return f"{number}{titles.get(path, '')}".translate(TO_FULLWIDTH)


def _rows(
    stated: Sequence[Observation], whole_of: dict[int, int], year: str
) -> Iterator[SummaryRow]:
    """Yield the rows in reading order, each part after its total wherever the text has it."""
    wholes = {one.locator.offset for one in stated}
    parts: dict[int, list[Observation]] = {}
    for one in stated:
        whole = whole_of.get(one.locator.offset)
        if whole in wholes and whole != one.locator.offset:
            parts.setdefault(whole, []).append(one)
    inner = {one.locator.offset for group in parts.values() for one in group}
    for one in stated:
        if one.locator.offset in inner and one.locator.offset not in parts:
            continue
        yield _row(one, year=year)
        for part in parts.get(one.locator.offset, ()):
            if part.locator.offset not in parts:
                yield _row(part, year=year, whole=one)


def _row(one: Observation, *, year: str, whole: Observation | None = None) -> SummaryRow:
    note = [
        _ENDS.get(word, word)
        for word in one.qualifier.split(";")
        if word and not (whole and word == OF_WHICH) and not _ONWARD.fullmatch(word)
    ]
    if any(_ONWARD.fullmatch(word) for word in one.qualifier.split(";")):
        note.append(_NOW)
    if one.period and one.period != year:
        note.append(f"{one.period}年")
    return SummaryRow(
        subject=_part_name(one, whole) if whole else one.subject,
        value=one.value,
        unit=one.unit,
        note="；".join(note),
        depth=1 if whole else 0,
        clause=one.clause,
    )


def _part_name(part: Observation, whole: Observation) -> str:
    """Return what a part is called under its total, whose own words need not be said again."""
    return part.subject.removeprefix(whole.subject) or part.subject


def _parts(stated: Sequence[Observation], whole_of: dict[int, int]) -> Iterator[Chart]:
    """Yield a chart for each total that has three or more parts."""
    by_place = {one.locator.offset: one for one in stated}
    parts: dict[int, list[Observation]] = {}
    for one in stated:
        whole = whole_of.get(one.locator.offset)
        if whole in by_place:
            parts.setdefault(whole, []).append(one)
    for place, bars in parts.items():
        total = by_place[place]
        if CHARTED <= len(bars) <= MOST_BARS and not any(one.value.startswith("-") for one in bars):
            yield Chart(
                kind="parts",
                title=total.subject,
                unit=total.unit,
                total=total.value,
                bars=tuple(
                    Bar(label=_part_name(one, total), value=Decimal(one.value), stated=one.value)
                    for one in bars
                ),
            )


def _series(stated: Sequence[Observation]) -> Iterator[Chart]:
    """Yield a chart for each measure that is stated for three or more years."""
    measures: dict[tuple[str, str, str], dict[str, Observation]] = {}
    for one in stated:
        if one.period and "—" not in one.value and one.unit not in SHARES:
            years = measures.setdefault((one.section, one.subject, one.unit), {})
            years.setdefault(one.period, one)
    for (_, subject, unit), years in measures.items():
        if CHARTED <= len(years) <= MOST_BARS and not any(
            one.value.startswith("-") for one in years.values()
        ):
            yield Chart(
                kind="series",
                title=subject,
                unit=unit,
                total="",
                bars=tuple(
                    Bar(label=f"{year}年", value=Decimal(one.value), stated=one.value)
                    for year, one in sorted(years.items())
                ),
            )
