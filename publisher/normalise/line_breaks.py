"""Line ends, empty lines, and reports that came as one line.

Enters: a string. Leaves: replacements. A line of the result is a paragraph or a heading.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.text.characters import HAN, HAN_NUMERALS, SPACES
from publisher.text.edits import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_GAP = re.compile(f"[{SPACES}\n][{SPACES}\n]*")
_LEVEL_ONE = re.compile(f"([{HAN_NUMERALS}]{{1,3}})、")
_LEVEL_TWO = re.compile(f"[(（]([{HAN_NUMERALS}]{{1,3}})[)）]")
_HEADING_END = re.compile(f"[^。；，{SPACES}]{{1,40}}?([{SPACES}]+)(?=[{HAN}\\d])")
_TITLE_END = re.compile(f"(?<=报告|年报|总结|情况|報告|年報)[{SPACES}]+")
_PARTED = re.compile(
    f"(?<=[。！？])[{SPACES}]+(?=[^{SPACES}])|(?<=[{HAN}])[{SPACES}]+(?=(?:19|20)\\d\\d年\\d{{1,2}}月\\d{{1,2}}日$)"
)
"""Where a space in a report on one line parts paragraphs, or the signature from its date."""
_ORDER = (
    "零",
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
)

LONG_LINE = 400
"""A line this long that holds several headings is a report that lost its line ends."""


def line_ends(string: str) -> Iterator[Replacement]:
    """Give every line the same end."""
    for match in _END.finditer(string):
        yield Replacement(
            start=match.start(), end=match.end(), after="\n", reason="one kind of line end"
        )


def blank_space(string: str) -> Iterator[Replacement]:
    """Take away indents, trailing spaces and empty lines: layout is not the text's business."""
    for match in _GAP.finditer(string):
        at_edge = match.start() == 0 or match.end() == len(string)
        if at_edge or "\n" in match[0]:
            yield Replacement(
                start=match.start(),
                end=match.end(),
                after="" if at_edge else "\n",
                reason="indents and empty lines are layout",
            )


def run_together(string: str) -> Iterator[Replacement]:
    """Break a report that came as one line before its headings, where their numbers are in order.

    What follows a heading goes to a line of its own only where a space tells where it begins.
    """
    lines = string.split("\n")
    if not any(len(line) >= LONG_LINE for line in lines):
        return
    begins_one = [bool(_LEVEL_ONE.match(line.lstrip())) for line in lines]
    beginning = sum(begins_one)
    place = 0
    for line, begins in zip(lines, begins_one, strict=True):
        if len(line) >= LONG_LINE and beginning == begins:
            ones = _in_order(line, _LEVEL_ONE)
            if len(ones) >= 2:
                yield from _breaks(line, place, ones)
        place += len(line) + 1


def _in_order(line: str, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    for match in pattern.finditer(line):
        if len(found) + 1 == len(_ORDER) or match[1] != _ORDER[len(found) + 1]:
            continue
        before = line[: match.start()].rstrip(SPACES)[-1:]
        if match.start() == 0 or before in "。！？；：”）)" or line[match.start() - 1] in SPACES:
            found.append(match)
    return found


def _breaks(line: str, offset: int, ones: list[re.Match[str]]) -> Iterator[Replacement]:
    starts = {match.start(): match.end() for match in ones}
    bounds = [*(match.start() for match in ones), len(line)]
    for begin, end in pairwise(bounds):
        for match in _in_order(line[begin:end], _LEVEL_TWO):
            starts[begin + match.start()] = begin + match.end()
    found = {match.start(): (match.end(), "") for match in _TITLE_END.finditer(line, 0, bounds[0])}
    found |= {match.start(): (match.end(), "") for match in _PARTED.finditer(line)}
    in_order = sorted(starts)
    for start, following in zip(in_order, [*in_order[1:], len(line)], strict=True):
        if start:
            spaces = start - len(line[:start].rstrip(SPACES))
            if spaces:
                found[start - spaces] = (start, "")
            else:
                found[start - 1] = (start, line[start - 1])
        gap = _HEADING_END.match(line, starts[start])
        if gap and gap.end() < following:
            found[gap.start(1)] = (gap.end(1), "")
    for start, (end, kept) in sorted(found.items()):
        yield Replacement(
            start=offset + start,
            end=offset + end,
            after=f"{kept}\n",
            reason="the report had lost its line ends",
        )
