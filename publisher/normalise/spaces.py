"""Spaces that a web page left between Chinese characters, and inside figures.

Enters: a string. Leaves: replacements. Chinese text has no spaces: the gap between a Chinese
character and a Latin one is the typesetter's to make, never a character of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.text.characters import HAN, HAN_NUMERALS, SPACES, is_cjk, is_han
from publisher.text.edits import Replacement
from publisher.text.protected_spans import find_protected_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

_RUN = re.compile(f"[{SPACES}][{SPACES}]*")
_GROUPED = re.compile(
    f"(?<=[{HAN}{SPACES}])(?<![\\d.,][{SPACES}])[1-9]\\d{{0,2}}"
    f"(?:(?:[\xa0\u2009\u202f]\\d{{3}})+|[ \u1680\u2000-\u200a\u205f]\\d{{3}})"
    f"(?=[{SPACES}]*(?:\\.\\d+)?[{SPACES}]*[{HAN}%‰])"
)
"""A figure in groups of three; with an ordinary space two groups at most, since more may be
figures side by side."""
_NUMBER = re.compile(
    f"第[{HAN_NUMERALS}]{{1,3}}(?:部分|[章节編编篇])|(?:附?[表图圖]|附件)[{SPACES}]*(?:\\d{{1,2}}|[{HAN_NUMERALS}]{{1,3}})"
)
LONGEST_NUMBER = 12
_SIDE_BY_SIDE = re.compile("(?:分别|分別|依次|各为|各為)[^，。；]{0,16}$")


def stray(string: str) -> Iterator[Replacement]:
    """Take the spaces out of Chinese; between Latin words or figures one is left.

    A wide gap between two words of Chinese parts them and becomes one ideographic space; tabs
    that part the cells of a row stay.
    """
    spans = find_protected_spans(string)
    groups = {
        match.start() + space.start()
        for match in _GROUPED.finditer(string)
        if not _SIDE_BY_SIDE.search(string, max(0, match.start() - 20), match.start())
        for space in _RUN.finditer(match[0])
    }
    for match in _RUN.finditer(string):
        start, end = match.span()
        left = string[start - 1 : start] if start else "\n"
        right = string[end : end + 1] or "\n"
        if spans.covers(start) and string[start - 1 : start] != "\n":
            continue
        if start in groups:
            after, reason = "", "the figure is one"
        elif "\t" in match[0] and "\n" not in (left, right):
            after, reason = "\t", "a tab parts two cells"
        elif "\n" in (left, right):
            after, reason = "", "a space at a line's edge"
        elif _ends_number(string, start) or _parts_words(string, start, end):
            after, reason = "\u3000", "a gap that parts two words"
        elif is_cjk(left) or is_cjk(right):
            after, reason = "", "no space beside a Chinese character"
        elif left.isdigit() and right.isdigit() and (end - start > 1 or match[0] == "\u3000"):
            after, reason = "\u3000", "a gap that parts two figures"
        else:
            after, reason = " ", "one ordinary space"
        yield Replacement(start=start, end=end, after=after, reason=reason)


def _ends_number(string: str, place: int) -> bool:
    """Tell the gap behind the number of a chapter, a table or an annex: 第一章 总则, 表1 分类统计表."""
    begin = string.rfind("\n", max(0, place - LONGEST_NUMBER), place) + 1
    return bool(_NUMBER.fullmatch(string, begin, place)) and is_han(
        string[place:].lstrip(SPACES)[:1]
    )


def _parts_words(string: str, start: int, end: int) -> bool:
    """Tell a gap between words (张三　李四) from letter-spacing (报　告) and from a stray space."""
    if end - start < 2 and string[start] != "\u3000":
        return False
    return (
        is_han(string[start - 2 : start - 1])
        and is_han(string[start - 1 : start])
        and (is_han(string[end : end + 1]) and is_han(string[end + 1 : end + 2]))
    )
