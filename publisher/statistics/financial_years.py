"""Financial and academic years, which two calendar years share: 2023-24年度, written 2023/2024."""

from __future__ import annotations

import re

_NAMED = re.compile(
    "(?<!\\d)(?P<first>20\\d\\d)[-—－–/至到](?P<last>20\\d\\d|\\d\\d)(?:年度|财政年度|財政年度|学年|學年)"
)
_HEAD = re.compile("(?P<first>20\\d\\d)[-—－–/](?P<last>\\d\\d)(?![\\d.月])")
_PERIOD = re.compile("(?P<first>20\\d\\d)/(?P<last>20\\d\\d)")
_OWN = re.compile("本年度|年度内|全年度|本学年")


def financial_year(words: str) -> str:
    """Return the last financial year that words name; empty if they name none.

    Example:
        >>> financial_year("较2022-23年度"), financial_year("2021-2025年")
        ('2022/2023', '')

    """
    if "年度" not in words and "学年" not in words and "學年" not in words:
        return ""
    years = [
        (int(match["first"]), match["first"][: -len(match["last"])] + match["last"])
        for match in _NAMED.finditer(words)
    ]
    names = [f"{first}/{last}" for first, last in years if int(last) == first + 1]
    return names[-1] if names else ""


def financial_year_of_head(head: str) -> str:
    """Return the financial year that the head of a column begins with; empty if it begins with none.

    Example:
        >>> financial_year_of_head("2023-24（实际）"), financial_year_of_head("2021-25年")
        ('2023/2024', '')

    """
    match = _HEAD.match(head.strip())
    if match is None or int(match["last"]) != (int(match["first"]) + 1) % 100:
        return ""
    return f"{match['first']}/{int(match['first']) + 1}"


def first_of(period: str) -> str:
    """Return the year in which a financial year begins, by which it is compared; another period as it is."""
    match = _PERIOD.fullmatch(period)
    is_financial = match is not None and int(match["last"]) == int(match["first"]) + 1
    return match["first"] if match and is_financial else period


def years_before(period: str, years: int) -> str:
    """Return the financial year some years before one; another period as it is.

    Example:
        >>> years_before("2023/2024", 1)
        '2022/2023'

    """
    first = first_of(period)
    return period if first == period else f"{int(first) - years}/{int(first) + 1 - years}"


def is_own_year(words: str) -> bool:
    """Return whether words for a period mean the financial year of the report: 本年度."""
    return bool(_OWN.search(words))
