"""Chinese punctuation between Chinese characters, and the year of a document number.

Input: a string. Output: replacements. Sources: GB/T 15834 and GB/T 9704-2012. A mark between two
figures, in Latin text, in an address or in code is not Chinese punctuation and stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.normalise.context import neighbour
from publisher.normalise.rule import rule
from publisher.text.characters import (
    HAN,
    HAN_NUMERALS,
    SPACES,
    has_han,
    is_cjk,
    is_han,
)
from publisher.text.edits import Replacement
from publisher.text.protected_spans import find_protected_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.normalise.context import Context

FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
"""The Chinese mark for each ASCII one."""

HALF_WIDTH_FORMS = {"｡": "。", "｢": "「", "｣": "」", "､": "、", "･": "·"}
"""Half-width forms (Unicode FF61–FF65) and the ordinary marks."""

_CANDIDATE = re.compile(f"[{re.escape(''.join(FULL_WIDTH) + ''.join(HALF_WIDTH_FORMS))}]")
_LINE_NUMBER = re.compile(f"[{SPACES}]*(?:[（(]?[{HAN_NUMERALS}]+[)）]?|[A-Za-z]|\\d+)[{SPACES}]*$")
_DOCUMENT_NUMBER = re.compile(
    f"(?<=[{HAN}])[{SPACES}]*[\\[（(【﹝［〔][{SPACES}]*((?:19|20)\\d\\d)[{SPACES}]*[\\]）)】﹞］〕]"
    f"[{SPACES}]*(?=(?:第[{SPACES}]*)?\\d+[{SPACES}]*号)"
)
_YEAR = re.compile(f"[{SPACES}]*(?:19|20)\\d\\d年")
"""A sentence can begin so behind a full stop; the decimals of a figure cannot."""
_DASHES = re.compile("[-－–—―─━][-－–—―─━]+")
_DOTS = re.compile(r"\.\.\.+|。。。+|……*|⋯⋯*")
_HIGH_DOTS = re.compile("[·•‧・][·•‧・]{2,}")
# A pattern that begins with a character or a class is searched many times faster than one that
# begins with a repetition; so the first character is written twice.
_MIDDLE_DOT = re.compile(f"[•‧・･∙⋅](?<=[{HAN}].)(?=[{HAN}])")


@rule(
    name="document-number",
    order=120,
    reason="GB/T 9704-2012, 7.2.5: the year of a document number is in hexagonal brackets.",
    examples=(
        ("新政办发[2017]63号", "新政办发〔2017〕63号"),
        ("国办发（2019）第7号", "国办发〔2019〕第7号"),
    ),
    exceptions="years without a number and 号 behind them",
    unchanged=("见附录[2017]",),
)
def bracket_document_year(context: Context) -> Iterator[Replacement]:
    """Put the year of a document number in hexagonal brackets."""
    string = context.string
    for match in _DOCUMENT_NUMBER.finditer(string):
        yield Replacement(
            start=match.start(),
            end=match.end(),
            after=f"〔{match[1]}〕",
            reason="the year of a document number is in hexagonal brackets",
        )


@rule(
    name="punctuation",
    order=140,
    reason="GB/T 15834: the punctuation of Chinese text is full width; crawling often makes it ASCII.",
    examples=(
        ("2017年,哈密市", "2017年，哈密市"),
        ("受理申请72件.", "受理申请72件。"),
        ("分值权重4%,强化问责", "分值权重4%，强化问责"),
        ("投资12.5亿元.2017年为10亿元", "投资12.5亿元。2017年为10亿元"),
    ),
    exceptions=(
        "marks between figures, in Latin text, in addresses and in code; the mark behind the number of a "
        "line"
    ),
    unchanged=("减免1,548.7亿元", "时间为8:30至17:00", "Hello, world: yes", "一.概述"),
)
def widen_punctuation(context: Context) -> Iterator[Replacement]:
    """Make punctuation marks full width where Chinese is beside them."""
    string = context.string
    spans = find_protected_spans(string)
    for match in _CANDIDATE.finditer(string):
        mark, offset = match[0], match.start()
        if spans.covers(offset):
            continue
        if mark in HALF_WIDTH_FORMS:
            after = HALF_WIDTH_FORMS[mark]
        elif _is_chinese(string, offset):
            after = FULL_WIDTH[mark]
        else:
            continue
        yield Replacement(
            start=offset,
            end=offset + 1,
            after=after,
            reason="punctuation in Chinese text is full width",
        )


def _is_chinese(string: str, offset: int) -> bool:
    """Return whether the mark at ``offset`` belongs to Chinese text."""
    mark = string[offset]
    left, right = neighbour(string, offset, -1), neighbour(string, offset, 1)
    if mark == ".":
        return _is_full_stop(string, offset, left, right)
    if is_cjk(left):
        return True
    if is_cjk(right):
        return True
    if left in "%‰℃)" and left:
        return _has_han_before(string, offset) and not right.isalpha()
    return left.isdigit() and not right and _has_han_before(string, offset)


def _is_full_stop(string: str, offset: int, left: str, right: str) -> bool:
    """Return whether a point ends a sentence, not part of a figure, a number or a word."""
    if "." in (string[offset - 1 : offset], right) or not left:
        return False
    if left in "%‰℃":
        return (not right or is_han(right)) and _has_han_before(string, offset)
    ended = not right.isalnum() or is_han(right) or bool(_YEAR.match(string, offset + 1))
    return is_cjk(left) and ended and not _ends_line_number(string, offset)


def _ends_line_number(string: str, offset: int) -> bool:
    """Return whether the mark closes the number of a line: 一. or （一）."""
    start = string.rfind("\n", max(0, offset - 16), offset) + 1
    return (start > 0 or offset <= 16) and bool(_LINE_NUMBER.match(string[start:offset]))


def _has_han_before(string: str, offset: int) -> bool:
    start = max(string.rfind("\n", max(0, offset - 40), offset) + 1, offset - 40, 0)
    return has_han(string[start:offset])


@rule(
    name="dashes-and-dots",
    order=160,
    reason="GB/T 15834: a dash and an ellipsis are two em wide; typists write them in many other forms.",
    examples=(
        ("两减一控--减化肥", "两减一控——减化肥"),
        ("等等...", "等等……"),
        ("艾山•买买提", "艾山·买买提"),
    ),
    exceptions="single dashes; dashes and dots with no Chinese beside them; addresses and code",
    unchanged=("15—20个", "wait... what"),
)
def unify_dashes_and_dots(context: Context) -> Iterator[Replacement]:
    """Make dashes and ellipses two em wide, and all middle dots the same character."""
    string = context.string
    spans = find_protected_spans(string)
    matches = [(match, "——", "a dash is two em wide") for match in _DASHES.finditer(string)] + [
        (match, "……", "an ellipsis is two em wide")
        for dots in (_DOTS, _HIGH_DOTS)
        for match in dots.finditer(string)
    ]
    matches += [
        (match, "·", "the middle dot between names is U+00B7")
        for match in _MIDDLE_DOT.finditer(string)
    ]
    for match, after, reason in sorted(matches, key=lambda item: item[0].start()):
        adjacent = neighbour(string, match.start(), -1) + neighbour(string, match.end() - 1, 1)
        if any(map(is_cjk, adjacent)) and not spans.covers(match.start()):
            yield Replacement(start=match.start(), end=match.end(), after=after, reason=reason)
