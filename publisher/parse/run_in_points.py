"""Run-in points of a paragraph: 一是 and 二是, 一方面 and 另一方面, 首先 and 其次."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.model import Paragraph, Point
from publisher.text.numbering import number_value

if TYPE_CHECKING:
    from publisher.model import Text

_CLAUSE_START = "(?:^|(?<=[。；：！？，;:]))"
_NUMBERED = re.compile(
    f"{_CLAUSE_START}([一二三四五六七八九十]{{1,2}})(?:是|要|为|為|抓|靠)(?![一二三四五六七八九十])"
)
_ORDINAL = re.compile(f"{_CLAUSE_START}(?:第|其)([一二三四五六七八九十]{{1,2}})[，、]")
_SIDES = re.compile(f"{_CLAUSE_START}(一方面|另一方面)[，：]?")
_SEQUENCE = re.compile(f"{_CLAUSE_START}(首先|其次|再次|最后|最後)[，：]")
_SENTENCE_END = re.compile("[。；！？]")
LONGEST_LEAD = 48
"""The first sentence of a point is its lead if it has at most this many characters."""


def split_points(text: Text) -> Paragraph:
    """Return a paragraph with its points, if it has at least two in order."""
    labels = (
        _labels_in_order(text.string, _NUMBERED)
        or _labels_in_order(text.string, _ORDINAL)
        or _labels_beginning_with(text.string, _SIDES, ("一方面", "另一方面"))
        or _labels_beginning_with(text.string, _SEQUENCE, ("首先", "其次"))
    )
    if len(labels) < 2:
        return Paragraph(text=text)
    bounds = [*(start for start, _ in labels), len(text)]
    points = tuple(
        Point(text=text.slice(start, end), lead=_lead_length(text.string[start:end], length))
        for (start, length), end in zip(labels, bounds[1:], strict=True)
    )
    return Paragraph(text=text.slice(0, bounds[0]), points=points)


def _labels_in_order(string: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return start and length of the labels that count on from 1."""
    labels: list[tuple[int, int]] = []
    for match in pattern.finditer(string):
        if number_value(match[1]) == len(labels) + 1:
            labels.append((match.start(), match.end() - match.start()))
    return labels


def _labels_beginning_with(
    string: str, pattern: re.Pattern[str], first_words: tuple[str, ...]
) -> list[tuple[int, int]]:
    """Return start and length of the labels, if the first of them are these words."""
    matches = list(pattern.finditer(string))
    if tuple(match[1] for match in matches[: len(first_words)]) != first_words:
        return []
    return [(match.start(), match.end() - match.start()) for match in matches]


def _lead_length(point: str, label: int) -> int:
    """Return the length of a point's lead: its first sentence, or its label alone."""
    end = _SENTENCE_END.search(point)
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
