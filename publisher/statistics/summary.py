"""Tables of the main figures of a report: one for each section, with parts below their totals.

Input: the report, its observations and their relations. Output: ``SummaryTable``s with their
charts. Cells of the report's own tables are not repeated.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING

from publisher.model import SummaryGroup, SummaryRow, SummaryTable
from publisher.statistics.charts import part_charts, part_name, series_charts
from publisher.statistics.grammar.tail import DURATION_UNITS
from publisher.statistics.passages import annex_name, section_name
from publisher.text.characters import TO_FULLWIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.model import Observation, Relation, Report, Section

_NOTES = {"由": "原值"}
"""How a table notes a qualifier, where the words differ."""
_LATER_LEVEL = re.compile("[^;]{1,10}[为為到至]")
_LATER_LEVEL_NOTE = "现值"
_FIGURATIVE_UNITS = frozenset("级 级以上 层 种 类 方面 点 部分 大类 級 層 種 類 方面 點".split())
_BOUNDS = ("以内", "之内", "内", "以上", "以下", "不少于", "不超过", "以內", "之內", "內")
OF_WHICH = "其中"


def summarize_sections(
    report: Report, observations: Sequence[Observation], relations: Iterable[Relation]
) -> tuple[SummaryTable, ...]:
    """Return a table for each section of the first level whose text has figures."""
    sections = list(_top_sections(report))
    whole_of = {relation.offset: relation.base for relation in relations if relation.kind == "part"}
    year = report.metadata.coverage[:4]
    tables = []
    starts = [start for start, _ in sections]
    for number, members in groupby(
        observations, key=lambda fact: max(0, bisect_right(starts, fact.locator.offset) - 1)
    ):
        facts = list(members)
        start, titles = sections[number]
        name = facts[0].section.partition("/")[0]
        text_facts = [fact for fact in facts if not fact.tabulated and _is_main(fact)]
        groups = tuple(
            SummaryGroup(title=_title(path, titles), rows=tuple(_rows(list(rows), whole_of, year)))
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


def _is_main(fact: Observation) -> bool:
    """Return whether a figure is neither figurative (两级, 三方面) nor a time limit (七日内)."""
    is_bound = any(word in fact.qualifier.split(";") for word in _BOUNDS)
    is_figurative = fact.unit in _FIGURATIVE_UNITS and len(fact.value) == 1
    return not is_figurative and not (fact.unit in DURATION_UNITS and is_bound)


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


def _rows(
    facts: Sequence[Observation], whole_of: dict[int, int], year: str
) -> Iterator[SummaryRow]:
    """Yield the rows in reading order, but each part directly below its total."""
    offsets = {fact.locator.offset for fact in facts}
    parts: dict[int, list[Observation]] = {}
    for fact in facts:
        whole = whole_of.get(fact.locator.offset)
        if whole in offsets and whole != fact.locator.offset:
            parts.setdefault(whole, []).append(fact)
    part_offsets = {part.locator.offset for group in parts.values() for part in group}
    for fact in facts:
        offset = fact.locator.offset
        if offset in part_offsets and offset not in parts:
            continue
        yield _row(fact, year=year)
        for part in parts.get(offset, ()):
            if part.locator.offset not in parts:
                yield _row(part, year=year, whole=fact)


def _row(fact: Observation, *, year: str, whole: Observation | None = None) -> SummaryRow:
    note = [
        _NOTES.get(word, word)
        for word in fact.qualifier.split(";")
        if word and not (whole and word == OF_WHICH) and not _LATER_LEVEL.fullmatch(word)
    ]
    if any(_LATER_LEVEL.fullmatch(word) for word in fact.qualifier.split(";")):
        note.append(_LATER_LEVEL_NOTE)
    if fact.period and fact.period != year:
        note.append(f"{fact.period}年")
    return SummaryRow(
        subject=part_name(fact, whole) if whole else fact.subject,
        value=fact.value,
        unit=fact.unit,
        note="；".join(note),
        depth=1 if whole else 0,
        clause=fact.clause,
    )
