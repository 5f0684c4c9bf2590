"""Brackets and quotation marks: both of a pair in the same width, opening before closing.

Input: a string. Output: replacements. Source: GB/T 15834, 4.8 and 4.9.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.normalise.context import line_spans, neighbour
from publisher.normalise.rule import rule
from publisher.text.characters import has_han, is_cjk, is_han
from publisher.text.edits import Replacement
from publisher.text.protected_spans import find_protected_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.normalise.context import Context

LONGEST_LOOK_AHEAD = 400
"""Chinese is looked for in this many characters behind an opening bracket."""
_BRACKET = re.compile("[()（）]")
_STRAIGHT = re.compile('["＂〝〞]')
_DOUBLE_ANGLES = re.compile(r"<<([^<>\n]{1,60})>>")
_CURLY = re.compile("[“”]")


@rule(
    name="brackets",
    order=130,
    reason="GB/T 15834, 4.9: the brackets of Chinese text are full width, and both of a pair alike.",
    examples=(
        ("各区(县)机关", "各区（县）机关"),
        ("各区（县)机关", "各区（县）机关"),
        ("<<政府信息公开条例>>", "《政府信息公开条例》"),
    ),
    exceptions="brackets with no Chinese inside or beside them; addresses and code",
    unchanged=("f(x) = (a + b)", "运行`f(x)`"),
)
def widen_brackets(context: Context) -> Iterator[Replacement]:
    """Make round brackets full width where Chinese is inside or beside them."""
    string = context.string
    spans = find_protected_spans(string)
    marks: list[tuple[int, str]] = []
    for start, end, _ in line_spans(string):
        open_brackets: list[int] = []
        for match in _BRACKET.finditer(string, start, end):
            offset = match.start()
            if spans.covers(offset):
                continue
            if match[0] in "(（":
                open_brackets.append(offset)
            elif open_brackets:
                marks.extend(_widened_pair(string, open_brackets.pop(), offset))
            elif match[0] == ")" and is_han(string[offset - 1 : offset]):
                marks.append((offset, "）"))
        marks.extend(
            (offset, "（")
            for offset in open_brackets
            if string[offset] == "("
            and (is_cjk(string[offset + 1 : offset + 2]) or is_han(string[offset - 1 : offset]))
        )
        marks.extend(_title_marks(string, start, end))
    for offset, after in sorted(marks):
        width = 2 if after in "《》" else 1
        yield Replacement(
            start=offset,
            end=offset + width,
            after=after,
            reason="brackets in Chinese text are full width",
        )


def _widened_pair(string: str, opening: int, closing: int) -> Iterator[tuple[int, str]]:
    inside = string[opening + 1 : min(closing, opening + 1 + LONGEST_LOOK_AHEAD)]
    adjacent = neighbour(string, opening, -1) + neighbour(string, closing, 1)
    if has_han(inside) or any(map(is_cjk, adjacent)):
        if string[opening] == "(":
            yield opening, "（"
        if string[closing] == ")":
            yield closing, "）"


def _title_marks(string: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for match in _DOUBLE_ANGLES.finditer(string, start, end):
        if has_han(match[1]):
            yield match.start(), "《"
            yield match.end() - 2, "》"


@rule(
    name="quotation-marks",
    order=150,
    reason="GB/T 15834, 4.8: quotation marks are “ and ”, in pairs and the opening one first.",
    examples=(
        ('开设"在线访谈"栏目', "开设“在线访谈”栏目"),
        ("开设”在线访谈“栏目", "开设“在线访谈”栏目"),
    ),
    exceptions=(
        "a paragraph with an odd number of marks, since nobody knows which one is missing; paragraphs "
        "without Chinese; addresses and code"
    ),
    unchanged=('5"屏幕一块', 'the "new" rule'),
)
def pair_quotation_marks(context: Context) -> Iterator[Replacement]:
    """Replace straight double quotation marks by pairs, and turn reversed pairs around."""
    string = context.string
    spans = find_protected_spans(string)
    for start, end, line in line_spans(string):
        straight = [
            match.start()
            for match in _STRAIGHT.finditer(string, start, end)
            if not spans.covers(match.start())
        ]
        curly = [match.start() for match in _CURLY.finditer(string, start, end)]
        if straight and has_han(line) and not (len(straight) + len(curly)) % 2:
            yield from _alternate(sorted(straight + curly))
        elif curly and not straight and not len(curly) % 2 and not _is_nested_well(line):
            yield from _alternate(curly)


def _alternate(offsets: list[int]) -> Iterator[Replacement]:
    for index, offset in enumerate(offsets):
        yield Replacement(
            start=offset,
            end=offset + 1,
            after="“”"[index % 2],
            reason="quotation marks come in pairs",
        )


def _is_nested_well(line: str) -> bool:
    """Return whether every closing mark has an opening one before it."""
    depth = 0
    for mark in _CURLY.findall(line):
        depth += 1 if mark == "“" else -1
        if depth < 0:
            return False
    return depth == 0
