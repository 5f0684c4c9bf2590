"""What the heads of a table say about the figure in a cell: its measure, whether it is a rate, a target, of which year and place.

Input: the heads above and beside a cell, and the caption. Output: a ``CellReading``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.reference.figure_words import LEVELS_OF_GOVERNMENT, SCOPES
from publisher.statistics.contexts import common_year
from publisher.statistics.financial_years import financial_year_of_head
from publisher.statistics.periods import REPUBLIC_HEAD, YEAR, year_before
from publisher.text.characters import HAN_DIGITS
from publisher.text.plain_digits import to_plain_digits
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.contexts import SectionContext
    from publisher.statistics.grammar.reading import FigureKind, FigureStatus

_NUMBER = re.compile(
    "^(?:[一二三四五六七八九十]+[、．.]|[（(][一二三四五六七八九十\\d]+[）)]|\\d+(?:\\.\\d+)*[．.、](?!\\d))\\s*"
)
_UNIT = re.compile(r"[/／][^/／]{1,5}$|\s*[（(][^（）()]*[）)]$")
"""The unit at the end of a head: 公路里程/公里, 产值（亿元）."""
_RATE = re.compile(
    "增长(?!额|量|值|数)|增速|增幅|增减(?:率|幅|[（(%％±])|涨跌|升降|[±]|比上年(?!数|同期数|实绩)|同比(?!数)|下降(?=（|[（(]?[%％]|$)"
)
_CHANGE = re.compile(
    "^(?:比上年|较上年|比较)?(?:增减|净增减?)(?:人数|户数|额|量|数|值|个百分点)?(?:[（(]|$)"
)
"""A head above changes in the unit of the levels: 增减人数."""
_SHARE = re.compile(
    "比重|占比|比例|构成|完成(?:预算|计划|年度|全年)|为(?:预算|计划|调整)|占|完成(?:率|[（(]?[%％])|执行率"
)
_PLAN = re.compile(
    "预算(?!收入|支出|执行|完成|外|内|单位|科目|管理)|计划(?!生育|数的|完成)|目标|预期|预计(?!完成)|草案|规划(?!用地)|任务数?"
)
_REVISED = re.compile("[（(]修订(?:预算)?[）)]|^修订预算$|预计(?:完成|执行)")
"""The head of figures of a year that is not over."""
_DONE = re.compile("完成|执行|实际|决算|占|为|%|％|率$|比")
_EARLIER = re.compile("^(?:上年|上一年|去年)(?!结转|末|底)")


@dataclass(frozen=True, slots=True, kw_only=True)
class CellReading:
    """What the heads of a cell say about its figure."""

    kind: FigureKind = "level"
    status: FigureStatus = "result"
    scope: str = ""
    period: str = ""


def read_cell(
    heads: Sequence[str],
    row_heads: Sequence[str],
    caption: str,
    unit: str,
    context: SectionContext,
    year: str,
) -> CellReading:
    """Return what the heads of a cell say.

    Args:
        heads: The heads above the cell, the outermost first.
        row_heads: The heads beside it.
        caption: The caption of the table; empty if it has none.
        unit: The unit of the figure.
        context: What the headings around the table say.
        year: The year of the report.
    """
    words = [to_simplified(to_plain_digits(head)) for head in (*row_heads, *heads)]
    head = words[-1] if heads else ""
    kind: FigureKind = "level"
    if any(map(_SHARE.search, words)) and unit in ("%", "％", "‰"):
        kind = "share"
    elif unit in ("%", "％", "‰") and any(map(_RATE.search, words)):
        kind = "rate"
    elif unit not in ("%", "％", "‰") and _CHANGE.search(head):
        kind = "change"
    above = words[len(row_heads) :]
    is_plan = any(_PLAN.search(word) and not _DONE.search(word) for word in above)
    is_revised = any(map(_REVISED.search, above))
    plain_caption = to_simplified(to_plain_digits(caption))
    named = [match["year"] for match in YEAR.finditer(plain_caption)]
    default = (named[-1] if len(set(named)) == 1 else "") or context.year or year
    period = _year_of(words, default)
    is_before = bool(year) and period < (context.year or year)
    if context.status == "target" and not named and not is_before and not _DONE.search(head):
        is_plan = True
    scopes = [word for word in (*SCOPES, *LEVELS_OF_GOVERNMENT) if word in plain_caption]
    scope = max(scopes, key=lambda word: (len(word), word), default="")
    status: FigureStatus = "estimate" if is_revised else "target" if is_plan else "result"
    return CellReading(kind=kind, status=status, scope=scope, period=period)


_HAN_YEAR = re.compile("(?P<year>[一二][零〇九][零〇一二三四五六七八九]{2})年度?")
"""A year in Chinese digits at the front of a head: 二零二三年成绩."""
_YEAR_OF_HEAD = re.compile(
    "^(?:民[国國])?(?:(?:19|20)\\d\\d|1[01]\\d)年度?(?![来來内內间間以前的历曆校期末底初度月—～至/])(?=.{2})"
)
"""The year at the front of a head, which is the period of its figures and no part of what they count: 113年度實徵淨額."""
_STATUS = "(?:原来|修订|调整)?(?:预算|计划|完成|实际|执行|决算|实绩|预计|估计|修订|目标|草案)(?:案|数|值)?"
_NO_MEASURE = re.compile(
    "(?:民国)?1\\d\\d年[度底末]?|(?:19|20)\\d\\d年[底末]|数量|数值|指标值|绝对数|金额|数额|总量|(?:本|当|上)[年期](?:度)?"
    f"|(?:(?:(?:19|20)\\d\\d|1\\d\\d(?=年))(?:[-—－–/]\\d\\d)?(?:年度?)?|(?:本|上)年度)?(?:[（(]?{_STATUS}[）)]?)?"
)
"""Heads of columns that say only that figures stand below, or of which year."""


def cell_measure(names: Sequence[str]) -> str:
    """Return the measure of a cell: its heads without their numbers, and without heads that name no measure.

    Example: 一、收到申请数（件） and 2018年 give 收到申请数.
    """
    plain = [name for head in names if (name := _plain_name(head))]
    return "/".join(
        [name for name in plain if not _NO_MEASURE.fullmatch(to_simplified(name))]
        or plain
        or list(names)
    )


def _plain_name(head: str) -> str:
    """Return a head without its number, its unit and its year: 實徵淨額 of 113年度實徵淨額（萬元）."""
    name = _HAN_YEAR.sub("", _UNIT.sub("", _NUMBER.sub("", head))).strip()
    return _YEAR_OF_HEAD.sub("", name)


def _plain_year(head: str) -> str:
    """Return a head whose year is written in Chinese digits with that in Arabic ones: 二零二三年成绩 is 2023年成绩."""
    match = _HAN_YEAR.match(head)
    return (
        f"{''.join(str(HAN_DIGITS[c]) for c in match['year'])}{head[match.end('year') :]}"
        if match
        else head
    )


def _year_of(heads: Sequence[str], year: str) -> str:
    """Return the year of a column in a report on ``year``."""
    for head in reversed(heads):
        if financial := financial_year_of_head(head):
            return financial
        match = YEAR.search(_plain_year(head))
        if match and not re.match("\\d", _plain_year(head)[match.end() :]):
            return match["year"]
        if republic := REPUBLIC_HEAD.match(head):
            return common_year(republic["year"])
        if _EARLIER.match(head):
            return year_before(year)
    return year
