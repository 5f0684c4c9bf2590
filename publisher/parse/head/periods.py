"""The reporting period of a document: stated in its text, or the years that its title names.

Input: the title, the subtitle, the text and the kind. Output: a year, or years with a slash between them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.text.characters import TO_HALFWIDTH
from publisher.text.dates import YEAR_BEFORE_REPUBLIC, period_in, year_in
from publisher.text.numbering import number_value
from publisher.text.plain_digits import to_plain_digits
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.reference.document_kinds import DocumentKind

_RANGE = re.compile("((?:19|20)\\d\\d)年?[—–－\\-~～至到]{1,2}((?:19|20)\\d\\d)年")
_FISCAL = re.compile(
    "(?P<first>[二一][〇○零九][〇○零一二三四五六七八九]{2})[至到—-](?P<last>[〇○零一二三四五六七八九]{2})年度"
)
_FISCAL_FIGURES = re.compile(
    "(?P<first>(?:19|20)\\d\\d)[ ]?[/／—–－\\-~～至到]{1,2}[ ]?(?P<last>(?:19|20)?\\d\\d)(?!\\d|[-/.]\\d)[ ]?(?P<year>(?:财政|会计|课税)?年度|学年)?"
)
"""A year that begins in the middle of one: 2023/24年度, 2023-2024财政年度, 2023-24."""
_FIVE_YEARS = re.compile(
    "第(?P<number>[一二三四五六七八九十]{1,3})个五年|(?P<short>[一二三四五六七八九十]{1,2})五(?:”|时期|规划)"
)
_REPUBLIC = re.compile("(?<!\\d)(?P<year>1[0-3]\\d|[5-9]\\d)年度?")
_YEARS = re.compile(
    "(?:19|20)\\d\\d(?=年|财|—|-|）|\\))|[二一][〇○零九][〇○零一二三四五六七八九]{2}(?=年)"
)
_CENSUS_DAY = re.compile(
    "((?:19|20)\\d\\d)年\\d{1,2}月\\d{1,2}日(?:零时|0时)|标准时点[是为]((?:19|20)\\d\\d)年"
)
_BRACKETED_YEAR = re.compile("[（(](?P<year>\\S{4}年)度?[）)]")
FIRST_LINES = 6
"""Lines of the text in which a census names its day."""


def coverage_of(
    title: str, subtitle: str, lines: Sequence[str], kind: DocumentKind | None, language: str
) -> str:
    """Return the period that a document reports on, such as 2017, 2021/2025 or 2017-01-01/2017-12-31; else empty."""
    if (kind is None or kind.is_report) and (stated := period_in(lines)):
        return stated
    printed = to_plain_digits("".join(title.split())).translate(TO_HALFWIDTH)
    title = to_simplified(printed)
    if ranges := _range_in(title) or _range_in(to_simplified(subtitle)):
        return ranges
    if kind and kind.year == "issued":
        return ""
    if kind and kind.year == "following":
        issued = re.search("(?:19|20)\\d\\d", title)
        return str(int(issued[0]) - 1) if issued else ""
    return _covered_year(
        title, lines, is_traditional="Hant" in language or title != printed
    ) or _year_in_brackets(subtitle)


def _covered_year(title: str, lines: Sequence[str], *, is_traditional: bool) -> str:
    """Return the year that a title names, or a census in its first lines; empty if there are several."""
    years = list(dict.fromkeys(map(year_in, (match[0] + "年" for match in _YEARS.finditer(title)))))
    if not years and (is_traditional or "民国" in title):
        years = [
            str(YEAR_BEFORE_REPUBLIC + int(match["year"])) for match in _REPUBLIC.finditer(title)
        ]
    if "普查" in title and not years:
        census = _CENSUS_DAY.search("\n".join(lines[:FIRST_LINES]))
        return census[1] or census[2] if census else ""
    if not years:
        return year_in(title)
    return years[0] if len(years) == 1 else ""


def _year_in_brackets(subtitle: str) -> str:
    """Return the year that is all of a subtitle: （2022年度）."""
    match = _BRACKETED_YEAR.fullmatch("".join(to_simplified(subtitle).split()))
    return year_in(match["year"]) if match else ""


def _range_in(text: str) -> str:
    if match := _RANGE.search(text):
        return f"{match[1]}/{match[2]}"
    for match in _FISCAL_FIGURES.finditer(text):
        century = match["first"][: 4 - len(match["last"])]
        following = str(int(match["first"]) + 1)
        if following == f"{century}{match['last']}" and (match["year"] or "report" in text.lower()):
            return f"{match['first']}/{following}"
    if match := _FISCAL.search(text):
        first = year_in(f"{match['first']}年")
        last = number_value(match["last"][-1]) + 10 * number_value(match["last"][0])
        return f"{first}/{first[:2]}{last:02}"
    if (match := _FIVE_YEARS.search(text)) and "规划" in text:
        number = number_value(match["number"] or match["short"])
        start = _FIRST_OF_THE_THIRD + 5 * (number - 3)
        return f"{start}/{start + 4}"
    return ""


_FIRST_OF_THE_THIRD = 1966
"""The first year of the third five-year plan; from then on, each plan follows the one before."""
