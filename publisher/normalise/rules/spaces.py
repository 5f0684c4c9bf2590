"""Spaces that a web page left between Chinese characters, and inside figures.

Input: a string. Output: replacements. Chinese text has no spaces; the typesetter makes the gap
between a Chinese and a Latin character, so the text has none there either.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.normalise.rule import rule
from publisher.text.characters import HAN, HAN_NUMERALS, SPACES, is_cjk, is_han
from publisher.text.edits import Replacement
from publisher.text.protected_spans import find_protected_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.normalise.context import Context

_RUN = re.compile(f"[{SPACES}][{SPACES}]*")
_GROUPED_FIGURE = re.compile(
    f"(?<=[{HAN}{SPACES}])(?<![\\d.,][{SPACES}])[1-9]\\d{{0,2}}"
    f"(?:(?:[\xa0\u2009\u202f]\\d{{3}})+|[ \u1680\u2000-\u200a\u205f]\\d{{3}})"
    f"(?=[{SPACES}]*(?:\\.\\d+)?[{SPACES}]*[{HAN}%‰])"
)
"""A figure in groups of three digits. With ordinary spaces it has two groups at most, since more
may be several figures side by side."""
_LABEL = re.compile(
    f"第[{HAN_NUMERALS}]{{1,3}}(?:部分|[章节編编篇])|(?:附?[表图圖]|附件)[{SPACES}]*(?:\\d{{1,2}}|[{HAN_NUMERALS}]{{1,3}})"
)
LONGEST_LABEL = 12
"""Characters of the longest number of a chapter, a table or an annex."""
_LISTED_FIGURES = re.compile("(?:分别|分別|依次|各为|各為)[^，。；]{0,16}$")


@rule(
    name="spurious-spaces",
    order=170,
    reason=(
        "Chinese has no spaces between words; those in crawled text come from layout, and break "
        "searching, reading aloud and line breaking."
    ),
    examples=(
        ("2017 年 共 1 253 条", "2017年共1253条"),
        ("PPP 项目", "PPP项目"),
        ("报　告", "报告"),
        ("编辑　　李四　　审核", "编辑\u3000李四\u3000审核"),
        ("第一章 总则", "第一章\u3000总则"),
    ),
    exceptions=(
        "between Latin words or figures one space stays; a wide gap between two Chinese words, and the "
        "gap behind the number of a chapter, a table or an annex, becomes one ideographic space "
        "(U+3000); tabs between table cells, addresses and code stay"
    ),
    unchanged=("Windows Server 2008", "甲\t乙", "运行`a b`"),
)
def remove_spurious_spaces(context: Context) -> Iterator[Replacement]:
    """Remove spaces beside Chinese characters and inside figures."""
    string = context.string
    spans = find_protected_spans(string)
    group_separators = {
        match.start() + space.start()
        for match in _GROUPED_FIGURE.finditer(string)
        if not _LISTED_FIGURES.search(string, max(0, match.start() - 20), match.start())
        for space in _RUN.finditer(match[0])
    }
    for match in _RUN.finditer(string):
        start, end = match.span()
        left = string[start - 1 : start] if start else "\n"
        right = string[end : end + 1] or "\n"
        if spans.covers(start) and string[start - 1 : start] != "\n":
            continue
        if start in group_separators:
            after, reason = "", "the digits are one figure"
        elif "\t" in match[0] and "\n" not in (left, right):
            after, reason = "\t", "a tab separates two cells"
        elif "\n" in (left, right):
            after, reason = "", "a space at the edge of a line is layout"
        elif _ends_label(string, start) or _separates_words(string, start, end):
            after, reason = "\u3000", "a gap between two words is one ideographic space"
        elif is_cjk(left) or is_cjk(right):
            after, reason = "", "Chinese characters have no space beside them"
        elif left.isdigit() and right.isdigit() and (end - start > 1 or match[0] == "\u3000"):
            after, reason = "\u3000", "a gap between two figures is one ideographic space"
        else:
            after, reason = " ", "a space between Latin words is one ordinary space"
        yield Replacement(start=start, end=end, after=after, reason=reason)


def _ends_label(string: str, offset: int) -> bool:
    """Return whether the gap at ``offset`` follows a label: 第一章 总则, 表1 分类统计表."""
    begin = string.rfind("\n", max(0, offset - LONGEST_LABEL), offset) + 1
    return bool(_LABEL.fullmatch(string, begin, offset)) and is_han(
        string[offset:].lstrip(SPACES)[:1]
    )


def _separates_words(string: str, start: int, end: int) -> bool:
    """Return whether a gap is between words (张三　李四), not letter-spacing (报　告) or an accident."""
    if end - start < 2 and string[start] != "\u3000":
        return False
    return (
        is_han(string[start - 2 : start - 1])
        and is_han(string[start - 1 : start])
        and (is_han(string[end : end + 1]) and is_han(string[end + 1 : end + 2]))
    )
