"""Run-in points of a paragraph: 一是 and 二是, 一方面 and 另一方面, 首先 and 其次."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.model import Paragraph, Point
from publisher.text.numbering import number_value

if TYPE_CHECKING:
    from publisher.model import Text

_BEFORE = "(?:^|(?<=[。；：！？，;:]))"
_NUMBERED = re.compile(
    f"{_BEFORE}([一二三四五六七八九十]{{1,2}})(?:是|要|为|為|抓|靠)(?![一二三四五六七八九十])"
)
_ORDINAL = re.compile(f"{_BEFORE}(?:第|其)([一二三四五六七八九十]{{1,2}})[，、]")
_SIDES = re.compile(f"{_BEFORE}(一方面|另一方面)[，：]?")
_SEQUENCE = re.compile(f"{_BEFORE}(首先|其次|再次|最后|最後)[，：]")
_LEAD = re.compile("[。；！？]")
LONGEST_LEAD = 48
"""A point's first sentence names the point where it is no longer than this."""


def split_points(text: Text) -> Paragraph:
    """Return the paragraph with its points told apart, where it has at least two in order."""
    starts = (
        _in_order(text.string, _NUMBERED)
        or _in_order(text.string, _ORDINAL)
        or _named(text.string, _SIDES, ("一方面", "另一方面"))
        or _named(text.string, _SEQUENCE, ("首先", "其次"))
    )
    if len(starts) < 2:
        return Paragraph(text=text)
    bounds = [*(start for start, _ in starts), len(text)]
    points = tuple(
        Point(text=text.slice(start, end), lead=_lead(text.string[start:end], label))
        for (start, label), end in zip(starts, bounds[1:], strict=True)
    )
    return Paragraph(text=text.slice(0, bounds[0]), points=points)


def _in_order(string: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for match in pattern.finditer(string):
        if number_value(match[1]) == len(found) + 1:
            found.append((match.start(), match.end() - match.start()))
    return found


def _named(
    string: str, pattern: re.Pattern[str], opening: tuple[str, ...]
) -> list[tuple[int, int]]:
    found = list(pattern.finditer(string))
    if tuple(match[1] for match in found[: len(opening)]) != opening:
        return []
    return [(match.start(), match.end() - match.start()) for match in found]


def _lead(point: str, label: int) -> int:
    """Return how much of a point names it: its first sentence, or its label alone."""
    end = _LEAD.search(point)
    if (
        end
        and end.end() <= LONGEST_LEAD
        and end.end() < len(point)
        and "，" not in point[: end.end()]
    ):
        return end.end()
    if end and end.end() <= LONGEST_LEAD // 2 and end.end() < len(point):
        return end.end()
    return label
