"""The year and the status that the words around a sentence give to its figures.

A heading 2024年工作安排 makes the figures below it targets for 2024; a sentence that opens with 到2025年 gives its year to
the sentences behind it in the same paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publisher.text.dates import YEAR_BEFORE_REPUBLIC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.statistics.grammar.reading import FigureStatus

_TARGETS = re.compile(
    "工作(?:安排|打算|计划|部署|思路|建议)|(?:主要|预期|总体|发展|工作|阶段|年度)(?:预期)?目标|目标任务|下一步|下阶段|下一阶段|下半年|展望|(?:主要|重点)任务$"
    "|预算(?:草案|安排|收支安排)|(?:财政)?收支安排|保障措施|规划目标|今后|未来|^安排"
)
_RESULTS = re.compile(
    "(?<!安排)(?<!计划)(?<!草案)(?<!部署)情况|进展|回顾|成效|决算|完成了|落实.*任务|围绕"
)
_YEAR = re.compile("(?P<year>(?:19|20)\\d\\d)年")
_OPENING_YEAR = re.compile(
    "(?:其中[，：]?)?(?:[到至]|截至|截止|今后)?(?P<year>(?:19|20)\\d\\d)年(?!以来|起)"
)
_OPENING_REPUBLIC = re.compile(
    "(?:截至|至)?(?:民国)?(?P<year>1[01]\\d)年(?!来|内|间|以|前|的|历|校)"
)
"""A year of the Republic of China, from 100 (2011) on."""
_BUDGET = re.compile("(?:部门|单位|年度?|本级)预算(?!收入|支出)")
_NO_PLAN = re.compile("执行|决算|绩效|审计|调整情况")
_OPENING_SPAN = re.compile(
    "(?:(?:19|20)\\d\\d年|今年|全年|其中[，：]?)?(?P<span>\\d{1,2}(?:[—～~至到-]\\d{1,2})?月(?!\\d{1,2}日)|[上下]半年|第?[一二三四]季度|前三季度|首\\S{1,2}个月)"
)
LONGEST_HEADING = 36
"""Characters. A longer first line of a section is no heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionContext:
    """What is true of the figures of a passage unless their sentence says otherwise."""

    year: str = ""
    """Empty if it is that of the report."""
    status: FigureStatus = "result"
    span: str = ""
    """The part of a year that the sentence is about: 12月, 上半年; empty for the whole year."""

    def below(self, heading: str) -> SectionContext:
        """Return the context below a heading."""
        if len(heading) > LONGEST_HEADING:
            return self
        years = _YEAR.findall(heading)
        status: FigureStatus = self.status
        if _RESULTS.search(heading):
            status = "result"
        elif _TARGETS.search(heading):
            status = "target"
        return replace(self, year=years[-1] if years else self.year, status=status)

    def after(self, sentence: str) -> SectionContext:
        """Return the context of a sentence of the same paragraph, and of those behind it."""
        opening = _OPENING_YEAR.match(sentence)
        republic = _OPENING_REPUBLIC.match(sentence)
        span = _OPENING_SPAN.match(sentence)
        return replace(
            self,
            year=opening["year"]
            if opening
            else common_year(republic["year"])
            if republic
            else self.year,
            span=span["span"] if span else "",
        )


def context_of_title(title: str) -> SectionContext:
    """Return the context of a whole document: a budget states what is planned."""
    is_plan = _BUDGET.search(title) and not _NO_PLAN.search(title)
    return SectionContext(status="target" if is_plan else "result")


def section_context(contexts: Mapping[str, SectionContext], path: str) -> SectionContext:
    """Return the context of a section: its own, or that of the nearest section around it; "" is the document."""
    while path not in contexts and "/" in path:
        path = path.rpartition("/")[0]
    return contexts.get(path) or contexts.get("") or SectionContext()


def common_year(year: str) -> str:
    """Return a year of the Republic of China in the common era: 113 is 2024."""
    return str(int(year) + YEAR_BEFORE_REPUBLIC)


def year_of_title(title: str) -> str:
    """Return the only year that a title names; empty if it names none or several."""
    years = {match["year"] for match in _YEAR.finditer(title)}
    return years.pop() if len(years) == 1 else ""
