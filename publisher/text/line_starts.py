"""How a line of its own begins: with the number or the mark of an item, or with a time as other lines do.

Input: lines. Output: whether a line begins so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.text.characters import HAN, HAN_NUMERALS, SPACES

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNITS = "年月日号號時时分秒个個件条條项項次份篇户戶家场場期人名万萬亿億元多余"
_ITEM = re.compile(
    f"[{SPACES}]*(?:[{HAN_NUMERALS}壹贰貳叁參肆伍陆陸柒捌玖拾]{{1,3}}[、．.]|第[{HAN_NUMERALS}\\d]{{1,4}}[、，,部章节節条條款项項]"
    f"|[(（]?(?:[{HAN_NUMERALS}]{{1,3}}|[a-zA-Z])[)）]|\\d{{1,2}}[.．、)）](?!\\d)|[(（]\\d{{1,2}}[)）]|[①-⑳]"
    f"|\\d{{1,2}}(?:\\.\\d{{1,2}})*[{SPACES}]+(?=[{HAN}])(?![{SPACES}]*[{_UNITS}])"
    "|附件|附表|注[：:]|备注[：:]|[□☐☑■●○◆◇▲△•·※＊*-])"
)
_DAY = "(?:19|20)\\d\\d(?:[-/.]\\d{1,2}){2}|\\d{1,2}[-/]\\d{1,2}"
_CLOCK = "\\d{1,2}[:：]\\d\\d(?:[:：]\\d\\d)?(?:[.,]\\d{1,6})?"
_CHINESE_DAY = "(?:(?:19|20)\\d\\d年)?\\d{1,2}月\\d{1,2}日"
_TIME_STAMP = re.compile(
    f"[{SPACES}]{{0,8}}(?:[\\[【](?:{_DAY}|{_CLOCK})|(?:{_DAY})(?:T|[{SPACES}]{{1,4}}){_CLOCK})"
)
"""A time in brackets, or a day and a time, at the beginning of a line."""
_TIME = re.compile(f"[{SPACES}]{{0,8}}(?:{_CLOCK}(?!\\d)|(?:{_DAY}|{_CHINESE_DAY})[{SPACES}])")
"""A time, or a day with a gap behind it, at the beginning of a line."""


def begins_item(line: str) -> bool:
    """Return whether a line begins with the number or the mark of an item.

    Example:
        >>> begins_item("1.公开"), begins_item("1.5万件")
        (True, False)

    """
    return _ITEM.match(line) is not None


def timed_entries(lines: Sequence[str]) -> frozenset[int]:
    """Return the indexes of the lines that are entries of a log or a timetable: they begin with a time, as other lines do.

    A day with a time may begin any two lines; a time alone begins two lines one after another.

    Example:
        >>> sorted(timed_entries(["值班记录", "08:00 交接班，", "09:30 巡查。"]))
        [1, 2]
        >>> sorted(timed_entries(["办公时间为上午8:30至12:00，下午", "14:00至17:30，", "节假日除外。"]))
        []

    """
    stamped = {number for number, line in enumerate(lines) if _TIME_STAMP.match(line)}
    timed = stamped | {number for number, line in enumerate(lines) if _TIME.match(line)}
    adjacent = {number for number in timed if not timed.isdisjoint((number - 1, number + 1))}
    return frozenset(adjacent | (stamped if len(stamped) > 1 else set()))
