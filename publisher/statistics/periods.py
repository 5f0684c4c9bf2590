"""The year of a figure, as its sentence states it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from publisher.statistics.contexts import common_year
from publisher.statistics.financial_years import (
    financial_year,
    first_of,
    is_own_year,
    years_before,
)
from publisher.statistics.numerals import han_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.statistics.statement import Statement

YEAR = re.compile("(?P<year>(?:19|20)[0-9]{2})年?")
_YEAR = re.compile(
    r"(?<![较比与同和到至从由是])(?<![立建办成起设]于)((?:19|20)\d\d)年(?:度|底|末)?"
    r"(?!(?:\d{1,2}月)?(?:\d{1,2}日)?(?:正式)?(?:成立|组建|创办|创建|始建))"
)
"""A year; in 较2016年 it is the year compared with, in 成立于2016年 that of an event, not the period of the figure."""
_REPUBLIC = re.compile("(?<!\\d)(?P<year>1[01]\\d)年")
REPUBLIC_HEAD = re.compile("(?:民国)?(?P<year>1[01]\\d)年(?!来|内|间|以|前|的|历|校|期)")
"""How the head of a column of a year of the Republic begins: 112年底, 113年度实征净额."""
_FIVE_YEARS = re.compile("十(?P<number>[一二三四五])五")
_ELEVENTH = 2006
"""The first year of the eleventh five-year plan."""


def period_of(statement: Statement, index: int, year: str) -> str:
    """Return the year of a figure in a report on ``year``, or two years with a slash between them."""
    reading = statement.readings[index]
    default = statement.context.year or year
    if named := _named_period(reading.period, default):
        return named
    years = statement.context.years
    if reading.is_earlier:
        is_first = reading.construction == "from" and years and "年" not in reading.period
        return first_year(default, years) if is_first else year_before(default)
    if statement.status(index) == "cumulative" and years and default.isdigit():
        return f"{first_year(default, years - 1)}/{default}"
    plan = _FIVE_YEARS.search(reading.period)
    if plan:
        start = _ELEVENTH + 5 * (han_value(plan["number"]) - 1)
        return f"{start}/{start + 4}"
    quantity = statement.quantities[index]
    return (
        stated_year(statement.text[statement.segment_start(quantity.start) : quantity.end])
        or default
    )


def _named_period(words: str, year: str) -> str:
    """Return the year that words for a period name in a report on ``year``; empty if they name none."""
    if financial := financial_year(words):
        return financial
    if is_own_year(words) and first_of(year) != year:
        return year
    if named := YEAR.search(words):
        return named["year"]
    republic = _REPUBLIC.search(words)
    return common_year(republic["year"]) if republic else ""


def commonest_period(periods: Iterable[str]) -> str:
    """Return the period of most figures, the first of several; empty if there is none."""
    counts = Counter(filter(None, periods))
    return max(counts, key=counts.__getitem__, default="")


def year_before(year: str) -> str:
    """Return the year before; ``year`` itself if it is not a number."""
    return first_year(year, 1)


def first_year(year: str, years: int) -> str:
    """Return the year, or the financial year, some years before; ``year`` itself if it is neither."""
    return str(int(year) - years) if year.isdigit() else years_before(year, years)


def stated_year(text: str) -> str:
    """Return the last year, or financial year, that a text is about; empty if it names none."""
    if financial := financial_year(text):
        return financial
    years = _YEAR.findall(text)
    return years[-1] if years else ""
