"""Dates, years and periods in the forms that reports use.

Input: text. Output: ISO 8601 strings.
"""

from __future__ import annotations

import datetime as dt
import re
from itertools import chain
from typing import TYPE_CHECKING

from publisher.text.characters import TO_HALFWIDTH
from publisher.text.numbering import number_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HAN_YEAR = "[〇○零一二三四五六七八九]{4}"
_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
_ARABIC = re.compile(r"((?:19|20)\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_HAN = re.compile(f"({_HAN_YEAR})年({_HAN_NUMBER})月({_HAN_NUMBER})日")
_REPUBLIC = re.compile(
    "(?:中華|中华)?民[國国](?P<year>\\d{2,3}|[〇○零一二三四五六七八九十百]{1,5})年"
    f"(?P<month>\\d{{1,2}}|{_HAN_NUMBER})月(?P<day>\\d{{1,2}}|{_HAN_NUMBER})日"
)
"""Years of the Republic: 民國103年 is 2014."""
_REPUBLIC_FIGURES = "(?P<year>1[0-4]\\d)(?P<mark>[-./])(?P<month>0?[1-9]|1[0-2])(?P=mark)(?P<day>0?[1-9]|[12]\\d|3[01])"
_REPUBLIC_DAY = re.compile(f"(?:民[國国])?{_REPUBLIC_FIGURES}")
_REPUBLIC_LABELLED = re.compile(
    f"(?:^|民[國国]|日期|[時时][间間])[：:\\s]*{_REPUBLIC_FIGURES}(?![-./\\w])"
)
"""The same in figures, at the beginning of a text or behind a label: 發布日期：113-09-12."""
YEAR_BEFORE_REPUBLIC = 1911
MONTH_NAMES = (
    "January February March April May June July August September October November December".split()
)
"""The months in English, in order."""
_ENGLISH = re.compile(
    f"(?P<month>{'|'.join(MONTH_NAMES)}) (?P<day>\\d{{1,2}}),? (?P<year>(?:19|20)\\d\\d)"
    f"|(?P<first_day>\\d{{1,2}}) (?P<second_month>{'|'.join(MONTH_NAMES)}),? (?P<last_year>(?:19|20)\\d\\d)"
)
"""January 30, 2024 and 30 January 2024."""
_MONTH = re.compile(
    "(?:(?P<arabic>(?:19|20)\\d\\d)年(?P<month>\\d{1,2})月"
    f"|(?P<han>{_HAN_YEAR})年(?P<han_month>{_HAN_NUMBER})月"
    "|民[國国](?P<republic>\\d{2,3})年(?P<republic_month>\\d{1,2})月)"
    f"(?!(?:\\d{{1,2}}|{_HAN_NUMBER})日)"
)
"""A month without a day: 2024年2月30日 is neither a day nor that month."""
_YEAR = re.compile(f"((?:19|20)\\d\\d)\\s*年?|({_HAN_YEAR})年")
_PERIOD = re.compile(
    r"(?:自|从|即)?\s*((?:19|20)\d\d年\d{1,2}月\d{1,2}日)\s*(?:起|开始)?\s*(?:至|到|—|－|-|～)+\s*"
    r"((?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日)"
)
_PERIOD_CONTEXT = re.compile("期限|统计|截止|时间|所列数据|報告期|期限|統計")


def date_in(text: str) -> str:
    """Return the first date in ``text``, such as 2018-02-26; empty if there is none."""
    text = text.translate(TO_HALFWIDTH)
    for match in chain(_REPUBLIC.finditer(text), _REPUBLIC_LABELLED.finditer(text)):
        numbers = [_value(match[name]) for name in ("year", "month", "day")]
        date = _iso_date(YEAR_BEFORE_REPUBLIC + numbers[0], *numbers[1:])
        if date:
            return date
    for match in _ARABIC.finditer(text):
        date = _iso_date(int(match[1]), int(match[2]), int(match[3]))
        if date:
            return date
    for match in _HAN.finditer(text):
        date = _iso_date(_han_year(match[1]), number_value(match[2]), number_value(match[3]))
        if date:
            return date
    for match in _ENGLISH.finditer(text):
        month = MONTH_NAMES.index(match["month"] or match["second_month"]) + 1
        date = _iso_date(
            int(match["year"] or match["last_year"]), month, int(match["day"] or match["first_day"])
        )
        if date:
            return date
    return ""


def date_or_month_in(text: str) -> str:
    """Return the first date in ``text``, or if it has none, the first month: 2024-04; empty if there is neither."""
    if date := date_in(text):
        return date
    match = _MONTH.search("".join(text.translate(TO_HALFWIDTH).split()))
    if not match:
        return ""
    if match["republic"]:
        year, month = YEAR_BEFORE_REPUBLIC + int(match["republic"]), int(match["republic_month"])
    elif match["han"]:
        year, month = _han_year(match["han"]), number_value(match["han_month"])
    else:
        year, month = int(match["arabic"]), int(match["month"])
    return f"{year}-{month:02}" if 1 <= month <= 12 else ""


def impossible_dates(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of dates with year, month and day that no calendar has.

    Example:
        >>> list(impossible_dates("截至2024年2月30日"))
        [(2, 12)]

    """
    for pattern in (_ARABIC, _HAN):
        for match in pattern.finditer(text.translate(TO_HALFWIDTH)):
            if match[0].endswith("日") and "月" in match[0] and not date_in(match[0]):
                yield match.span()


def is_date(text: str) -> bool:
    """Return whether a line is a date and nothing else."""
    stripped = text.strip().translate(TO_HALFWIDTH)
    patterns = (_ARABIC, _HAN, _REPUBLIC, _REPUBLIC_DAY, _ENGLISH)
    return any(pattern.fullmatch(stripped) for pattern in patterns)


def year_in(text: str) -> str:
    """Return the first year in ``text``; empty if there is none."""
    match = _YEAR.search(text)
    if not match:
        return ""
    return match[1] or str(_han_year(match[2]))


def period_in(lines: Iterable[str]) -> str:
    """Return the first reporting period that the lines state, such as 2017-01-01/2017-12-31."""
    for line in lines:
        for match in _PERIOD.finditer(line):
            context = line[max(0, match.start() - 25) : match.end() + 25]
            start, end = date_in(match[1]), match[2]
            if not end.startswith(("19", "20")):
                end = f"{start[:4]}年{end}"
            if _PERIOD_CONTEXT.search(context) and start and date_in(end):
                return f"{start}/{date_in(end)}"
    return ""


def _iso_date(year: int, month: int, day: int) -> str:
    """Return a date in ISO 8601; empty if the calendar has no such day."""
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _value(number: str) -> int:
    """Return the value of a number in digits or characters; 一〇三, digit by digit, is 103."""
    is_digit_by_digit = len(number) > 1 and not set(number) & {"十", "百"}
    return _han_year(number) if is_digit_by_digit and not number.isdigit() else number_value(number)


def _han_year(text: str) -> int:
    """Return the value of a number in characters, digit by digit: 二〇一八 is 2018."""
    return int("".join(str("零一二三四五六七八九".find(c) if c not in "〇○" else 0) for c in text))
