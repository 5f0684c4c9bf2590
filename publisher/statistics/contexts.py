"""The year and the status that the words around a sentence give to its figures.

A heading 2024年工作安排 makes the figures below it targets for 2024; a sentence that opens with 到2025年 gives its year to
the sentences behind it in the same paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publisher.statistics.numerals import han_value
from publisher.text.dates import YEAR_BEFORE_REPUBLIC

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from publisher.statistics.grammar.reading import FigureStatus

_TARGETS = re.compile(
    "工作(?:安排|打算|计划|部署|思路|建议|要求)|下步|(?:主要|预期|总体|发展|工作|阶段|年度)(?:预期)?目标|目标任务|下一步|下阶段|下一阶段|下半年|展望|(?:主要|重点)任务$"
    "|预算(?:草案|安排|收支安排)|(?:财政)?收支安排|保障措施|规划目标|今后|未来|^安排|^目标$|(?:下半年|下季度|几点|有关)要求|要求$"
)
_RESULTS = re.compile(
    "(?<!安排)(?<!计划)(?<!草案)(?<!部署)情况|进展|回顾|成效|决算|完成了|落实.*任务|围绕"
)
_SHORTCOMINGS = re.compile("(?:问题|不足|困难|短板|差距)(?:和|及|与|以及|、)(?=.*\\d年)")
"""In a heading about what is and about what is planned: 存在的不足和2025年打算. Its sentences say which they are about."""
_STOCKS = re.compile(
    "基本情况|决算|前年度|人口|(?<!收支)概况|机构|单位构成|职责|职能|编制(?!情[况形])|人员|资产|车辆|占有|执行情况|完成情况|上年|绩效(?:评价|完成)"
)
"""Headings in a budget above what there is, which is not planned."""
_STOCK_SENTENCE = re.compile("截至|截止|目前|[^，。]{0,6}\\d月底")
_MANY_YEARS = re.compile(
    "(?:—+)?(?:(?:过去|这|近|[一二两三四五六七八九十]+)?[两二三四五六七八九十]+年(?:来|间|多来|共|累计|以来)|过去[两二三四五六七八九十]+年|[^，。]{0,16}以来(?:的[两二三四五六七八九十]+年)?，|(?:“?十[一二三四五]五”?)(?:时期|期间))"
)
"""How a sentence begins that adds up several years."""
_NUMBER_OF_YEARS = re.compile(
    "(?:过去|[近这前])(?P<number>[两三四五])年|(?P<number_since>[两三四五])年(?:多?来|间|(?:工作)?(?:回顾|成就))"
)
"""How a heading or a sentence says how many years it is about: 过去五年工作回顾."""
_NAME = re.compile(
    "(?:[（(]?[一二三四五六七八九十\\d]+[）)、.．]+|【)(?P<name>[^，。；：、【】\\d]{2,12})[。：】]?"
)
"""A heading that is a noun, with its number."""
_RUN_IN = re.compile(
    "(?:[（(]?[一二三四五六七八九十]+[）)、.]|\\d{1,2}[.、．])?(?P<heading>[^，。；：]{2,16})[。：]"
)
"""A heading in the paragraph that it heads: 四、下步要求。…"""
_RUN_IN_NAME = re.compile(
    "(?:[（(]?[一二三四五六七八九十\\d]+[）)、.．])?"
    "(?P<name>(?:[^，。；：、（）\\d]{2,16}(?:（[类款项]）))+|[^，。；：、（）\\d]{2,14}(?:支出|收入|费))[。：]"
)
"""A sentence that is only the name of an account: 1.教育支出（类）普通教育（款）小学教育（项）。"""
_YEAR = re.compile("(?P<year>(?:19|20)\\d\\d)年")
_DAY_AT_END = re.compile("(?:19|20)\\d\\d年\\d{1,2}月(?:\\d{1,2}日)?[）)]?$")
"""When the document was written, in the line below its title: 调查队　2025年2月."""
_OPENING_YEAR = re.compile(
    "(?:其中[，：]?)?(?:[到至]|截至|截止|今后)?(?P<year>(?:19|20)\\d\\d)年(?!以来|起)"
)
_WHOLE_YEAR = re.compile(
    "(?:[到至]|今后)?(?P<year>(?:19|20)\\d\\d)年(?:，|全年|底前|末前|[^，。]{0,12}(?:目标|计划|安排|预期))"
)
"""How a sentence begins that is about a whole year: 2025年，; but not 2025年3月, 2025年以来."""
_OPENING_REPUBLIC = re.compile(
    "(?:截至|至)?(?:民国)?(?P<year>1[01]\\d)年(?!来|内|间|以|前|的|历|校)"
)
"""A year of the Republic of China, from 100 (2011) on."""
_REPUBLIC_IN_TITLE = re.compile("(?<!\\d)(?P<year>1[01]\\d)年(?!来|内|间|以|前|的|历|校)")
LAST_MONTH_OF_REVIEW = 6
"""The last month in which a work report reviews the year before."""
_OPENING_THIS_YEAR = re.compile("今年|全年|当年|去年")
_BUDGET = re.compile("(?:部门|单位|年度?|本级|总)预算(?!收入|支出)")
_NO_PLAN = re.compile("执行|决算|绩效|审计|调整情况")
_OPENING_SPAN = re.compile(
    "(?:(?:19|20)\\d\\d年|今年|全年|其中[，：]?)?(?P<span>\\d{1,2}(?:[—～~至到-]\\d{1,2})?月(?!\\d{1,2}日)|[上下]半年|第?[一二三四]季度|前三季度|首\\S{1,2}个月)"
)
LONGEST_OPENING = 8
"""Characters of 过去五年来，."""
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
    heading: str = ""
    """The words of the heading, if they may name what a clause without a measure counts: 高龄津贴."""
    is_budget: bool = False
    """Whether the document states what is planned, so that only headings about what there is change that."""
    years: int = 0
    """How many years up to ``year`` the section or the sentence is about; 0 for the year alone."""
    is_of_years: bool = False
    """Whether the sentence adds up several years: 五年来，新增企业3万户."""
    is_of_stocks: bool = False
    """Whether the sentence of a budget states what there is: 截至2023年末，共有车辆9辆."""
    report_year: str = ""
    """The year that the report is about; a whole year after it can only be planned. Empty if it is unknown."""
    is_of_later_year: bool = False
    """Whether the sentence is about a year after that of the report: 2025年，新建站点3个 in a report on 2024."""

    def below(self, heading: str) -> SectionContext:
        """Return the context below a heading."""
        is_sentence = heading.endswith("。") and "，" in heading
        if len(heading) > LONGEST_HEADING or is_sentence:
            run_in = _RUN_IN.match(heading)
            return self.below(run_in["heading"]) if run_in else self
        is_of_two = bool(_SHORTCOMINGS.search(heading))
        years = [] if is_of_two else _YEAR.findall(_DAY_AT_END.sub("", heading))
        status: FigureStatus = self.status
        if self.is_budget:
            status = "result" if _STOCKS.search(heading) else "target"
        elif _RESULTS.search(heading):
            status = "result"
        elif _TARGETS.search(heading) or self._is_later(years[-1:]):
            status = "target"
        name = _NAME.fullmatch(heading)
        return replace(
            self,
            years=_number_of_years(heading) or (0 if years else self.years),
            year=years[-1] if years else self.year,
            status=status,
            heading=name["name"] if name else "",
        )

    def after(self, sentence: str) -> SectionContext:
        """Return the context of a sentence of the same paragraph, and of those behind it."""
        opening = _OPENING_YEAR.match(sentence)
        republic = _OPENING_REPUBLIC.match(sentence)
        span = _OPENING_SPAN.match(sentence)
        later = _WHOLE_YEAR.match(sentence)
        begins_year = bool(opening or republic or _OPENING_THIS_YEAR.match(sentence))
        return replace(
            self,
            year=opening["year"]
            if opening
            else common_year(republic["year"])
            if republic
            else self.year,
            span=span["span"] if span else "",
            years=_number_of_years(sentence[:LONGEST_OPENING])
            or (0 if begins_year else self.years),
            is_of_years=bool(_MANY_YEARS.match(sentence)) or (self.is_of_years and not begins_year),
            is_of_stocks=self.is_budget and bool(_STOCK_SENTENCE.match(sentence)),
            is_of_later_year=self._is_later([later["year"]])
            if later
            else self.is_of_later_year and not begins_year,
        )

    @property
    def stated_status(self) -> FigureStatus:
        """The status of the figures of a sentence that does not say it itself."""
        return "target" if self.is_of_later_year else self.status

    def _is_later(self, years: Sequence[str]) -> bool:
        """Return whether one of several years is after that of the report."""
        known = self.report_year[-4:]
        return bool(known) and any(year > known for year in years)


def run_in_heading(sentence: str) -> str:
    """Return the noun that a sentence without figures is, which names what the sentences behind it count; else nothing.

    Example:
        >>> run_in_heading("2.教育支出（类）普通教育（款）。"), run_in_heading("教育支出稳步增长。")
        ('教育支出（类）普通教育（款）', '')

    """
    match = _RUN_IN_NAME.fullmatch(sentence.strip())
    return match["name"] if match else ""


def context_of_title(title: str, report_year: str = "") -> SectionContext:
    """Return the context of a whole document on a year: a budget states what is planned."""
    is_plan = _BUDGET.search(title) and not _NO_PLAN.search(title)
    return SectionContext(
        status="target" if is_plan else "result",
        is_budget=bool(is_plan),
        report_year=report_year,
    )


def section_context(contexts: Mapping[str, SectionContext], path: str) -> SectionContext:
    """Return the context of a section: its own, or that of the nearest section around it; "" is the document."""
    while path not in contexts and "/" in path:
        path = path.rpartition("/")[0]
    return contexts.get(path) or contexts.get("") or SectionContext()


def common_year(year: str) -> str:
    """Return a year of the Republic of China in the common era: 113 is 2024."""
    return str(int(year) + YEAR_BEFORE_REPUBLIC)


def year_of_title(title: str) -> str:
    """Return the only year that a title names; empty if it names none or several.

    Example:
        >>> year_of_title("澄屿县113年社会福利统计通报")
        '2024'

    """
    years = {match["year"] for match in _YEAR.finditer(title)}
    years = years or {common_year(match["year"]) for match in _REPUBLIC_IN_TITLE.finditer(title)}
    return years.pop() if len(years) == 1 else ""


def year_of_work_report(date: str) -> str:
    """Return the year that a work report is about: in the first half of a year, the year before.

    Args:
        date: The day of the report, such as 2023-01-14.

    """
    year, _, rest = date.partition("-")
    if not (year.isdigit() and rest[:2].isdigit()):
        return ""
    return str(int(year) - (int(rest[:2]) <= LAST_MONTH_OF_REVIEW))


def _number_of_years(words: str) -> int:
    match = _NUMBER_OF_YEARS.search(words)
    return int(han_value(match["number"] or match["number_since"])) if match else 0
