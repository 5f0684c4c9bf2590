"""Line ends, empty lines, and reports that arrive as one line.

Input: a context. Output: replacements. In the result a line is a paragraph or a heading.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.normalise.form_blanks import leading_blank
from publisher.normalise.rule import rule
from publisher.text.characters import HAN, HAN_NUMERALS, SPACES
from publisher.text.edits import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.normalise.context import Context

_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_GAP = re.compile(f"[{SPACES}\n][{SPACES}\n]*")
_LEVEL_ONE = re.compile(f"([{HAN_NUMERALS}]{{1,3}})、")
_LEVEL_TWO = re.compile(f"[(（]([{HAN_NUMERALS}]{{1,3}})[)）]")
_HEADING_END = re.compile(
    f"[{HAN}][{SPACES}][{HAN}](?P<gap>[{SPACES}]*)(?=\\d|(?<=[{SPACES}])[{HAN}])"
    f"|[^。；，{SPACES}]{{1,40}}?(?P<first_gap>[{SPACES}]+)(?=[{HAN}\\d])"
)
"""A heading, whose two characters may stand apart (综 合), and the gap before its text."""
_TITLE_END = re.compile(f"(?<=报告|年报|总结|情况|報告|年報)[{SPACES}]+")
_PARAGRAPH_END = re.compile(
    f"(?<=[。！？])[{SPACES}]+(?=[^{SPACES}])|(?<=[{HAN}])[{SPACES}]+(?=(?:19|20)\\d\\d年\\d{{1,2}}月\\d{{1,2}}日$)"
)
"""In a report on one line: a space that separates paragraphs, or the signature from its date."""
_NUMERALS_IN_ORDER = (
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
"""A line of at least this many characters that holds several headings has lost its line ends."""

_SENTENCES = "本市认真落实条例。" * (LONG_LINE // 9 + 1)


@rule(
    name="line-ends",
    order=10,
    reason="Windows, Mac and Unicode line ends all mean the same; later rules look for line feeds only.",
    evidence="the character itself",
    examples=(("一、概述\r\n正文\u2028附件", "一、概述\n正文\n附件"),),
    exceptions="a line feed, which is the form that all others get",
    unchanged=("一、概述\n正文",),
    code=True,
    essential=True,
)
def unify_line_ends(context: Context) -> Iterator[Replacement]:
    """Replace every kind of line end with a line feed."""
    string = context.string
    for match in _LINE_END.finditer(string):
        yield Replacement(
            start=match.start(), end=match.end(), after="\n", reason="all lines end in a line feed"
        )


@rule(
    name="blank-space",
    order=100,
    reason="Indents, trailing spaces and empty lines are layout; the style sets them.",
    evidence="white space at the edge of a line",
    examples=(("　　一、概述  \n\n　　正文\n", "一、概述\n正文"),),
    exceptions=(
        "spaces inside a line, which ``spurious-spaces`` judges; up to four em of the blank before a date without a "
        "year, or before 同志： and a lone colon, in which something is to be written"
    ),
    unchanged=("甲　乙\n丙 丁", "　　年　　月　　日"),
    essential=True,
)
def remove_blank_space(context: Context) -> Iterator[Replacement]:
    """Remove indents, spaces at line ends and empty lines."""
    string = context.string
    for match in _GAP.finditer(string):
        at_edge = match.start() == 0 or match.end() == len(string)
        if at_edge or "\n" in match[0]:
            indent = match[0].rpartition("\n")[2]
            blank = leading_blank(string, match.end() - len(indent)) if indent else ""
            yield Replacement(
                start=match.start(),
                end=match.end(),
                after=blank if at_edge else f"\n{blank}",
                reason="indents and empty lines are layout",
            )


@rule(
    name="run-together",
    order=70,
    reason=(
        "Some pages lose all line ends of a report. Without them it has neither headings nor paragraphs."
    ),
    evidence="a line of hundreds of characters with headings that count on from 一",
    examples=(
        (
            f"某市报告 一、概述 {_SENTENCES}二、情况 {_SENTENCES}",
            f"某市报告\n一、概述\n{_SENTENCES}\n二、情况\n{_SENTENCES}",
        ),
    ),
    exceptions=(
        f"lines under {LONG_LINE} characters; numbers that are out of order or alone; reports that have "
        "their headings on lines of their own. Text after a heading gets its own line only where a space "
        "shows where it begins."
    ),
    unchanged=("一、甲。二、乙。三、丙。", f"某市报告。二、{_SENTENCES}一、{_SENTENCES}"),
    whole_text=True,
)
def split_run_together(context: Context) -> Iterator[Replacement]:
    """Break a report that arrived as one line before its headings."""
    string = context.string
    lines = string.split("\n")
    if not any(len(line) >= LONG_LINE for line in lines):
        return
    begin_with_number = [bool(_LEVEL_ONE.match(line.lstrip())) for line in lines]
    numbered_lines = sum(begin_with_number)
    offset = 0
    for line, is_numbered in zip(lines, begin_with_number, strict=True):
        if len(line) >= LONG_LINE and numbered_lines == is_numbered:
            headings = _numbers_in_order(line, _LEVEL_ONE)
            if len(headings) >= 2:
                yield from _breaks(line, offset, headings)
        offset += len(line) + 1


def _numbers_in_order(line: str, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    """Return the matches that count on from 一 at places where a heading can begin."""
    matches: list[re.Match[str]] = []
    for match in pattern.finditer(line):
        following = len(matches) + 1
        if following == len(_NUMERALS_IN_ORDER) or match[1] != _NUMERALS_IN_ORDER[following]:
            continue
        before = line[: match.start()].rstrip(SPACES)[-1:]
        if match.start() == 0 or before in "。！？；：”）)" or line[match.start() - 1] in SPACES:
            matches.append(match)
    return matches


def _breaks(line: str, offset: int, headings: list[re.Match[str]]) -> Iterator[Replacement]:
    """Yield the line breaks of a line that begins at ``offset`` and has these first-level headings."""
    number_ends = {match.start(): match.end() for match in headings}
    bounds = [*(match.start() for match in headings), len(line)]
    for begin, end in pairwise(bounds):
        for match in _numbers_in_order(line[begin:end], _LEVEL_TWO):
            number_ends[begin + match.start()] = begin + match.end()
    # start of each replaced span → (its end, the text that stays before the line feed)
    spans = {match.start(): (match.end(), "") for match in _TITLE_END.finditer(line, 0, bounds[0])}
    spans |= {match.start(): (match.end(), "") for match in _PARAGRAPH_END.finditer(line)}
    starts = sorted(number_ends)
    for start, following in zip(starts, [*starts[1:], len(line)], strict=True):
        if start:
            spaces = start - len(line[:start].rstrip(SPACES))
            if spaces:
                spans[start - spaces] = (start, "")
            else:
                spans[start - 1] = (start, line[start - 1])
        gap = _HEADING_END.match(line, number_ends[start])
        if gap and gap.end() < following:
            if gap["gap"] or gap["first_gap"]:
                spans[gap.end() - len(gap["gap"] or gap["first_gap"])] = (gap.end(), "")
            else:
                spans[gap.end() - 1] = (gap.end(), line[gap.end() - 1])
    for start, (end, text_before) in sorted(spans.items()):
        yield Replacement(
            start=offset + start,
            end=offset + end,
            after=f"{text_before}\n",
            reason="the report has lost its line ends",
        )
