"""Figures whose thousands are parted by spaces: 112 350 (GB/T 15835, ISO 80000-1).

Two figures side by side (120 350条，上年、本年), or the number of a thing and its quantity (任务1 100家), look the same; only words that one
figure follows, three groups, or a last one that begins with 0 prove that it is one.
"""

from __future__ import annotations

import re

_GAP = "[ \xa0\u2006\u2009\u202f]"
_GROUPS = re.compile(
    f"(?<![\\d.,，A-Za-z-])(?P<first>[1-9]\\d{{0,2}})(?P<rest>(?:{_GAP}\\d{{3}}){{0,3}}){_GAP}$"
)
_LAST_GROUP = re.compile("\\d{3}(?:\\.\\d+)?")
_STATING = re.compile("[达為为有共约約至到逾近超由从減减增加少多及和、的中入收处理理行出]$")
"""The last characters of words that one figure follows: 会员达112 350名."""
_NUMBERED = re.compile("[类表图第号期组项目务例标注栏件甲乙丙丁、，。]$|^$")
"""The last characters of things that are numbered: 任务12 300家."""
LONGEST = 19
"""Characters of 123 456 789 012 and a mark before it."""


def start_of_groups(text: str, start: int, last: str) -> int:
    """Return where a figure begins whose last group of digits begins at ``start``.

    Example:
        >>> start_of_groups("会员达112 350名", 7, "350"), start_of_groups("任务1 100家", 4, "100")
        (3, 4)

    """
    match = _GROUPS.search(text, max(0, start - LONGEST), start)
    if match is None or not _LAST_GROUP.fullmatch(last):
        return start
    before = text[: match.start()]
    is_one = bool(match["rest"]) or last[0] == "0" or bool(_STATING.search(before))
    is_one = is_one or (len(match["first"]) == 2 and not _NUMBERED.search(before))
    return match.start() if is_one else start
