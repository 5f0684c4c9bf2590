"""The blanks of forms: gaps in which something is to be written.

Input: a line and the span of a gap. Output: whether the gap is a blank, and how wide it stays. Source: the usage of forms, letters of introduction
and blank documents.
"""

from __future__ import annotations

import re

from publisher.reference.field_labels import FIELD_LABEL
from publisher.text.characters import HAN, SPACES, is_han

BLANK_UNITS = "年月日号號時时分元份页頁"
_AMOUNT_UNITS = "亿億万萬仟千佰百拾十角分"
_AMOUNT = re.compile("大[写寫]|元整")
_WORD_OF_UNIT = re.compile(
    "年[龄齡份级級月限度]|月份|日[期常]|[时時][间間长長]|分[类類数數管值]|元素|号码|號碼|份[额額]|[页頁][码碼]"
)
"""Words that begin like a unit: a gap before them is not a blank."""
_OPENING, _CLOSING = "（([［〔", "）)]］〕"
_DATE_UNITS = frozenset("年月日")
_COUNTED = re.compile(f"(?:年度|[天人名份期届屆次个個件])(?![{HAN}])|年度")
"""What a wide blank before it counts or names: 有效期　　天."""
_LEADING_BLANK = re.compile(
    f"(?P<blank>[{SPACES}]{{2,}}|\u3000)(?=年[{SPACES}]+月[{SPACES}]+日|[：:](?:\\s|$)|(?:同志|先生|女士)[{SPACES}]?[（(：:])"
)
"""The blank before a date without a year, or before the rest of an address: 　　同志：."""
_SPREAD_WORD = re.compile(
    f"(?<![^{SPACES}])([{HAN}])[{SPACES}]{{1,3}}(?=[{HAN}](?:[{SPACES}：:]|$))"
)
_SENTENCE_MARKS = "，。、；：！？"
WIDEST_LEADING_BLANK = 4
"""The widest blank at the beginning of a line (em); a wider one is the position of the line on the page."""
WIDEST_LAYOUT = 6
"""A gap of so many spaces in a sentence is not left by chance."""
NARROWEST_BLANK = 4
"""Spaces of the narrowest blank between two labels."""


def is_form_blank(line: str, start: int, end: int, *, is_running_text: bool) -> bool:
    """Return whether a gap is a place to write in: 2024年　　月, （　）, 签字：　　.

    Args:
        line: The line that holds the gap.
        start: Offset of the gap.
        end: One past the gap.
        is_running_text: Whether the line has sentences.

    Example:
        >>> is_form_blank("兹介绍        同志前往。", 3, 11, is_running_text=True)
        True
        >>> is_form_blank("张小明        李小红", 3, 11, is_running_text=False)
        False

    """
    left, right, width = line[start - 1], line[end], gap_width(line[start:end])
    if width < 2:
        return left in _OPENING and right in _CLOSING
    is_behind_label = left in "：:）." and not is_running_text and right not in _SENTENCE_MARKS
    is_beside_bracket = left in f"{_OPENING}￥¥" or right in _CLOSING
    if is_behind_label or is_beside_bracket or _begins_unit(line, end):
        return True
    return (
        width >= WIDEST_LAYOUT
        and (is_han(left) or left in "）)")
        and (is_han(right) or right in "（(")
        and (is_running_text or bool(_COUNTED.match(line, end)))
    )


def _begins_unit(line: str, offset: int) -> bool:
    """Return whether the unit of a date or an amount is at an offset."""
    if line[offset] in BLANK_UNITS:
        return not _WORD_OF_UNIT.match(line, offset)
    return line[offset] in _AMOUNT_UNITS and _AMOUNT.search(line) is not None


def are_labels(line: str) -> bool:
    """Return whether a line has several labels of fields with gaps between them, and nothing else.

    Example:
        >>> are_labels("姓  名        性别    出生年月      年  月")
        True

    """
    words = _SPREAD_WORD.sub("\\1", line).split()
    labels = [word for word in words if not _DATE_UNITS.issuperset(word)]
    return len(words) > 1 and bool(labels) and all(map(FIELD_LABEL.fullmatch, labels))


def gap_width(gap: str) -> int:
    """Return the width of a gap in columns, of which an ideographic space takes two."""
    return len(gap) + gap.count("\u3000")


def blank_of(gap: str) -> str:
    """Return the ideographic spaces that are as wide as a gap; one space stays as it is."""
    return gap if gap == " " else "\u3000" * ((gap_width(gap) + 1) // 2)


def leading_blank(string: str, start: int = 0) -> str:
    """Return the blank that a line begins with, in which the first word is to be written; empty for an indent.

    Args:
        string: The text.
        start: Where the line begins in it.

    Example:
        >>> len(leading_blank("            年  月  日"))
        4
        >>> leading_blank("    2024年  月  日")
        ''

    """
    match = _LEADING_BLANK.match(string, start)
    return blank_of(match["blank"])[:WIDEST_LEADING_BLANK] if match else ""
