"""Tables of the main figures of a report: one for each section, with parts below their totals.

Input: the report, its observations and their relations. Output: ``SummaryTable``s with their charts. A row is a measure: what the
section says about its change, its rate and its share is noted beside its level. A figure whose measure is doubtful is left
out, and so is one that the report's own tables have.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from publisher.model import SummaryGroup, SummaryRow, SummaryTable
from publisher.reference.units import SHARES
from publisher.statistics.charts import part_charts, part_name, series_charts
from publisher.statistics.financial_years import financial_year
from publisher.statistics.owners import needs_owner, owner_of, title_of, verb_of
from publisher.statistics.passages import annex_name, section_name
from publisher.statistics.periods import commonest_period
from publisher.statistics.printed_figures import (
    is_earlier_level,
    printed_figures,
    printed_name,
    printed_scope,
    span_of,
)
from publisher.text.characters import TO_FULLWIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from publisher.model import Observation, Relation, Report, Section

_EARLIER_LEVEL, _EARLIER_LEVEL_ALONE = "原", "原值"
_SAYS_NOTHING = re.compile("由|其中|全年|[^;]{1,10}[为為到至]|同比|[比较較][^;]{0,4}[年期月]|每年")
"""Qualifiers that a row shows otherwise: by its place, its remarks or its subject."""
_STATUS_NOTES = {
    "Hans": {"target": "目标", "estimate": "预计"},
    "Hant": {"target": "目標", "estimate": "預計"},
}
_TARGET_WORDS = frozenset("计划 預計 预计 計劃".split())
"""Qualifiers that the status of a figure says."""
_CUMULATIVE = frozenset("累计 累計".split())
_RATIO_UNITS = (*SHARES, "倍")
_APPROXIMATE = frozenset("约 近 超过 超 突破 不足 约 近 超過 不少于 不低于".split())
"""Qualifiers that stand before a figure."""
_MORE = frozenset("多 余 餘 几 幾".split())
"""Qualifiers that stand between a figure and its unit."""
LONGEST_REMARK = 20
"""Characters of a clause that is a remark."""
OF_WHICH = "其中"
_SHARE = "占比"


def summarize_sections(
    report: Report,
    observations: Sequence[Observation],
    relations: Iterable[Relation],
    previous: Mapping[int, int],
) -> tuple[SummaryTable, ...]:
    """Return a table for each section of the first level whose text has figures.

    Args:
        report: The report.
        observations: Its figures.
        relations: The relations between them.
        previous: The offset of the figure before each figure in its part of a sentence, by the figure's offset.
    """
    sections = list(_top_sections(report))
    whole_of = {relation.offset: relation.base for relation in relations if relation.kind == "part"}
    year = financial_year(report.metadata.title) or report.metadata.coverage[:4]
    year = year or commonest_period(fact.period for fact in observations)
    status_notes = _STATUS_NOTES["Hant" if "Hant" in report.metadata.language else "Hans"]
    printed = {id(fact) for fact in printed_figures(observations, whole_of)}
    tables = []
    starts = [start for start, _ in sections]
    for number, members in groupby(
        observations, key=lambda fact: max(0, bisect_right(starts, fact.locator.offset) - 1)
    ):
        facts = list(members)
        start, titles = sections[number]
        name = facts[0].section.partition("/")[0]
        text_facts = [fact for fact in facts if id(fact) in printed]
        groups = tuple(
            SummaryGroup(
                title=_title(path, titles),
                rows=tuple(_rows(list(rows), whole_of, previous, year, status_notes)),
            )
            for path, rows in groupby(
                text_facts, key=lambda fact: _heading_path(fact.section, titles)
            )
        )
        charts = (*part_charts(text_facts, whole_of), *series_charts(facts))
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


def _top_sections(report: Report) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the offset where each section of the first level begins, with the titles in it by path."""
    yield -1, {}
    for section in report.sections:
        yield section.heading.text.locator.offset, dict(_section_titles(section, ""))
    for annex in report.annexes:
        name = annex_name(annex)
        title = "".join(line.string for line in annex.title)
        titles = {name: f"{name}　{title}".rstrip() if annex.label else title}
        for section in annex.sections:
            titles.update(_section_titles(section, f"{name}/"))
        yield annex.start.locator.offset, titles


def _section_titles(section: Section, parent_path: str) -> Iterator[tuple[str, str]]:
    path = f"{parent_path}{section_name(section)}"
    yield path, section.heading.text.string.rstrip("。．.：:；")
    for child in section.sections:
        yield from _section_titles(child, f"{path}/")


def _heading_path(path: str, titles: dict[str, str]) -> str:
    """Return the path of the nearest section with a heading; list items have none."""
    while path not in titles and "/" in path:
        path = path.rpartition("/")[0]
    return path


def _title(path: str, titles: dict[str, str]) -> str:
    """Return the title of a group: its heading after the number of the parent section."""
    parent, separator, _ = path.rpartition("/")
    if not separator:
        return ""
    number = parent.rpartition("/")[2] if "/" in parent else ""
    return f"{number}{titles.get(path, '')}".translate(TO_FULLWIDTH)


@dataclass(slots=True)
class _Entry:
    """A row of a table: a figure, and what else is said about the same measure."""

    fact: Observation
    remarks: list[str]
    title: str
    """The quoted name of what the figure is about, if only the clauses before it have it; else empty."""
    verb: str
    """The verb before a list that changes what the figure says: 减少; else empty."""


def _rows(
    facts: Sequence[Observation],
    whole_of: dict[int, int],
    previous: Mapping[int, int],
    year: str,
    status_notes: Mapping[str, str],
) -> Iterator[SummaryRow]:
    """Yield the rows in reading order, but each part directly below its total."""
    entries = {entry.fact.locator.offset: entry for entry in _entries(facts, previous, whole_of)}
    parts: dict[int, list[_Entry]] = {}
    for offset, entry in entries.items():
        whole = whole_of.get(offset)
        if whole in entries and whole != offset:
            parts.setdefault(whole, []).append(entry)
    part_offsets = {part.fact.locator.offset for group in parts.values() for part in group}
    for offset, entry in entries.items():
        if offset in part_offsets and offset not in parts:
            continue
        yield _row(entry, year, status_notes)
        for part in parts.get(offset, ()):
            if part.fact.locator.offset not in parts:
                yield _row(part, year, status_notes, whole=entry.fact)


def _entries(
    facts: Iterable[Observation], previous: Mapping[int, int], whole_of: Mapping[int, int]
) -> Iterator[_Entry]:
    """Yield a row for each measure: its changes, rates and shares, and its level before, are remarks on its level.

    So are a rate and a sum whose names do not say of what they are: 办结率100% is a remark on the figure before it.
    """
    related = {*whole_of, *whole_of.values()}
    entries: list[_Entry] = []
    by_measure: dict[tuple[str, str, str], _Entry] = {}
    latest: dict[tuple[str, str], _Entry] = {}
    """The last entry of a measure, wherever it is counted: a rate behind it names no place again."""
    by_offset: dict[int, _Entry] = {}
    """The entry with each figure, in its row or as a remark."""
    for fact in facts:
        key = (fact.measure, fact.scope, fact.status)
        entry = by_measure.get(key) if fact.measure else None
        if not entry and fact.measure and not fact.scope and fact.kind != "level":
            entry = latest.get((fact.measure, fact.status))
        offset = fact.locator.offset
        before = list(_before(offset, previous, by_offset))
        if not entry and needs_owner(fact) and offset not in related and offset in previous:
            if not before:
                continue
            owner = owner_of(fact, before)
            if owner:
                by_offset[owner.locator.offset].remarks.append(_own_remark(fact))
                by_offset[offset] = by_offset[owner.locator.offset]
                continue
        if entry and _is_said_of(entry.fact, fact):
            entry.remarks.append(_remark(fact))
        elif entry and is_earlier_level(entry.fact) and fact.kind == "level":
            entry.remarks.insert(0, f"{_EARLIER_LEVEL}{entry.fact.value}{entry.fact.unit}")
            entry.fact = fact
        elif not entry or _figure(entry.fact) != _figure(fact):
            entry = _Entry(fact, [], title_of(fact, before), verb_of(fact, before))
            by_measure[key] = latest[fact.measure, fact.status] = entry
            entries.append(entry)
        by_offset[offset] = entry
    yield from entries


def _before(
    offset: int, previous: Mapping[int, int], by_offset: Mapping[int, _Entry]
) -> Iterator[Observation]:
    """Yield the figures of rows before a figure in its sentence, the nearest first, up to one that is not printed."""
    while offset in previous and previous[offset] in by_offset:
        offset = previous[offset]
        yield by_offset[offset].fact


def _own_remark(fact: Observation) -> str:
    """Return a figure with its name: 办结率100%."""
    words = fact.qualifier.split(";")
    about = "".join(word for word in words if word in _APPROXIMATE)
    more = "".join(word for word in words if word in _MORE)
    return f"{fact.subject}{about}{fact.value}{more}{fact.unit}"


def _is_said_of(level: Observation, fact: Observation) -> bool:
    """Return whether a figure is a change, a rate or a share of a level of the same period, or a ratio to another level."""
    if level.kind != "level":
        return False
    is_same_period = fact.kind != "level" and fact.period == level.period
    return is_same_period or _is_ratio_of(level, fact)


def _is_ratio_of(level: Observation, fact: Observation) -> bool:
    """Return whether a figure says how often a level has another one: 恢复到2019年的81.2%, 是上年的1.6倍."""
    return (
        fact.kind in ("level", "share")
        and fact.unit in _RATIO_UNITS
        and level.unit not in _RATIO_UNITS
        and len(fact.quote) <= LONGEST_REMARK
        and not fact.quote.startswith(level.subject)
    )


def _figure(fact: Observation) -> tuple[str, str, str]:
    return fact.value, fact.unit, fact.period


def _remark(fact: Observation) -> str:
    """Return what is said about a measure in words and with the figure: 比上年增长5.8%."""
    if fact.kind == "level" or (fact.kind == "share" and fact.subject == fact.measure):
        return fact.quote.removeprefix(fact.measure)
    words = fact.subject.removeprefix(fact.measure)
    return f"{words}{fact.value}{fact.unit}"


def _row(
    entry: _Entry,
    year: str,
    status_notes: Mapping[str, str],
    *,
    whole: Observation | None = None,
) -> SummaryRow:
    fact = entry.fact
    status = status_notes.get(fact.status)
    note = [entry.title] if entry.title and not whole else []
    note += [
        word
        for word in fact.qualifier.split(";")
        if word
        and not _SAYS_NOTHING.fullmatch(word)
        and not (status and word in _TARGET_WORDS)
        and not (word in _CUMULATIVE and word in fact.subject)
    ]
    if is_earlier_level(fact):
        note.append(_EARLIER_LEVEL_ALONE)
    if status and status not in note:
        note.append(status)
    if span := span_of(fact):
        note.append(span)
    if fact.period and fact.period != year:
        note.append(f"{fact.period}年" if fact.period.isdecimal() else fact.period)
    return SummaryRow(
        subject=part_name(fact, whole) if whole else f"{entry.verb}{_row_name(fact)}",
        value=fact.value,
        unit=fact.unit,
        note="；".join((*note, *entry.remarks)),
        depth=1 if whole else 0,
        clause=fact.clause,
    )


def _row_name(fact: Observation) -> str:
    """Return the name of a row: a share of which the report says only 占 is named one."""
    is_unnamed_share = (
        fact.kind == "share"
        and fact.subject == fact.measure
        and fact.quote.startswith((f"{fact.subject}{_SHARE[0]}", f"{fact.subject}的{_SHARE[0]}"))
    )
    name = f"{fact.subject}{_SHARE}" if is_unnamed_share else printed_name(fact)
    return f"{printed_scope(fact)}{name}"
