"""Lines that end inside a sentence: behind a comma, before a closing mark, or inside a figure.

Input: a context. Output: replacements that join such a line to the next.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.normalise.context import line_form
from publisher.normalise.divided_figures import line_end_proof
from publisher.normalise.rule import rule
from publisher.text.characters import SPACES, TABLE_PLACEHOLDER, has_han
from publisher.text.edits import Replacement
from publisher.text.line_starts import begins_item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.normalise.context import Context

_COUNTERS = "件条條项項次份篇户戶家场場期人名个個万萬亿億元%％‰"
_SENTENCE_BREAK = re.compile(
    f"(?<=[，、（《“])[{SPACES}]*\n[{SPACES}]*(?=[^{SPACES}\n])|(?:(?<![{SPACES}])[{SPACES}]+)?\n[{SPACES}]*(?=[，。、；！？）》”])"
    f"|(?<=\\d)[{SPACES}]*\n[{SPACES}]*(?=[{_COUNTERS}][，。、；（])"
    f"|(?:(?<=\\d)|(?<=\\d[,.:：]))[{SPACES}]*\n[{SPACES}]*(?=\\d)"
)
"""A line end inside a sentence."""
SHORTEST_BROKEN = 8
"""Characters that a line has at least if it is the first part of a broken sentence."""
LONGEST_ITEM = 14
"""Characters of the longest verse or item that is compared with the next line."""
_OPENING_OF = dict(zip("）》”", "（《“", strict=True))
_INTRODUCTION = re.compile(
    "(?:其中|包括|具体|即|如|例如|分别是|主要是|一是|二是|三是)[^：:]{0,4}[：:]"
)
_CELL_SEPARATOR = re.compile("[\t|｜]")


@rule(
    name="broken-lines",
    order=90,
    reason="A sentence does not end at a comma or inside a figure; there the line end is an accident.",
    evidence="a mark that cannot end or begin a line, or a figure whose unit, thousands or decimals begin the next line, or a count whose digits do",
    examples=(
        ("其中网站公开86条，\n微信公开42条", "其中网站公开86条，微信公开42条"),
        ("共公开政府信息128\n条，其中网站86条", "共公开政府信息128条，其中网站86条"),
        ("全年获取监测数据1,234,\n567条", "全年获取监测数据1,234,567条"),
        ("全市共监测点位1\n28个，其中国控12个", "全市共监测点位128个，其中国控12个"),
    ),
    exceptions=(
        f"lines under {SHORTEST_BROKEN} characters or without Chinese; table rows; a next "
        "line that begins with a number, or with a closing mark that closes nothing. A next line with a label or a mark below a full "
        "stop, and short lines as long as one another, are proposed"
    ),
    unchanged=("主要做了如下工作，\n1.公开",),
    whole_text=True,
)
def join_broken_lines(context: Context) -> Iterator[Replacement]:
    """Join a line to the next where no sentence can end."""
    string = context.string
    entry_starts = {context.lines[number].start for number in context.timed_entries}
    for match in _SENTENCE_BREAK.finditer(string):
        first = string[string.rfind("\n", 0, match.start()) + 1 : match.start()]
        end = string.find("\n", match.end())
        if (
            len(first) < SHORTEST_BROKEN
            or _CELL_SEPARATOR.search(first)
            or TABLE_PLACEHOLDER in first
        ):
            continue
        if not has_han(first) or _CELL_SEPARATOR.search(
            string, match.end(), end if end >= 0 else len(string)
        ):
            continue
        following = string[match.end() : end if end >= 0 else len(string)]
        if begins_item(following) or context.line_at(match.end()).start in entry_starts:
            continue
        if _closes_nothing(first, following):
            continue
        is_in_figure = first[-1].isdigit() or first[-1] in ",.:："
        if (
            is_in_figure
            and following[:1].isdigit()
            and line_end_proof(first, following) != "certain"
        ):
            continue
        yield Replacement(
            start=match.start(),
            end=match.end(),
            after="",
            reason="the sentence continues in the next line",
            certain=not (
                _is_labelled(following)
                or _are_items(first, following)
                or (first[-1] in "。！？" and following[:1] in "，。、；！？")
                or following.startswith(("！！", "？？"))
            ),
        )


def _closes_nothing(line: str, following: str) -> bool:
    """Return whether a line begins with a closing mark for which the line above has no opening one."""
    opening = _OPENING_OF.get(following[:1])
    return opening is not None and line.count(opening) <= line.count(following[0])


def _is_labelled(line: str) -> bool:
    """Return whether a line is a field of a form or a table, such as 单位：万元."""
    return line_form(line) == "field" and not _INTRODUCTION.match(line)


def _are_items(line: str, following: str) -> bool:
    """Return whether two short lines are as long as one another, as verses and the items of a list are."""
    return (
        len(line) <= LONGEST_ITEM
        and abs(len(line) - len(following.rstrip())) <= 1
        and line[-1:] in "，,；;"
        and line.count("“") == line.count("”")
    )
