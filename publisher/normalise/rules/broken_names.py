"""Names of offices, persons and places that are broken over two lines.

Input: a context. Output: replacements that join a line to the next. The proof is a word of the dictionary that goes on, a list of names in
which only a part of a name is beside the line end, a post with a surname alone, or a signature whose office is complete only with the second line.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.normalise.rule import rule
from publisher.reference.heading_words import is_heading_word
from publisher.reference.offices import OFFICE_ENDINGS, POSITIONS, SURNAMES
from publisher.text.broken_words import broken_word
from publisher.text.characters import HAN, HAN_NUMERALS, SPACES, TABLE_PLACEHOLDER, is_han
from publisher.text.edits import Replacement
from publisher.text.line_starts import begins_item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.normalise.context import Context, Line

SHORTEST_LINE = 8
"""Characters of the shortest line in which a word is broken."""
SHORTEST_OFFICE = 6
"""Characters of the shortest line in which the office of a signature is broken."""
LONGEST_NAME = 4
LONGEST_OFFICE = 40
SLACK = 4
"""The second line may be so many characters longer than the first."""
_COUNTED = re.compile(f"[\\d{HAN_NUMERALS}]{{1,2}}[{HAN}]$")
_LISTED = re.compile(f"、[{SPACES}]*([{HAN}]{{1,3}})$")
_LISTED_BELOW = re.compile(f"([{HAN}]{{1,3}})(?:、|$)")
_NAME = re.compile(f"[{HAN}]{{2,{LONGEST_NAME}}}")
_LABEL = re.compile("[^：:]{1,12}[：:]")
_SURNAME_BEHIND_POST = re.compile(f"(?:{'|'.join(POSITIONS)})[{''.join(SURNAMES)}]$")
_AGENT_BEHIND_POST = re.compile(f"由[{HAN}]{{0,16}}(?:{'|'.join(POSITIONS)})$")
"""A phrase such as 由县长, which goes on with a name."""
_PERSON = re.compile(f"[{''.join(SURNAMES)}][{HAN}]{{1,2}}(?=[{HAN}、，])")
_STREET = re.compile(f"[{HAN}]{{2}}(?:大道|[路街巷弄])$")
_HOUSE_NUMBER = re.compile("\\d{1,4}(?:[-—之]\\d{1,3})?[号號](?:[，。；、（(]|$)")
_DATE = re.compile(
    f"[{SPACES}]*(?:(?:19|20)\\d\\d[{SPACES}]?年[{SPACES}]?\\d{{1,2}}[{SPACES}]?月[{SPACES}]?\\d{{1,2}}[{SPACES}]?日|[〇○零一二三四五六七八九]{{4}}年[一二三四五六七八九十]{{1,2}}月[一二三四五六七八九十]{{1,3}}日|年[{SPACES}]+月[{SPACES}]+日)[{SPACES}]*"
)
_OFFICE = re.compile(f"[{HAN}（）()]+(?:{'|'.join(OFFICE_ENDINGS)})")
_MARK = re.compile("[。，；：、！？,;:!?]")


@rule(
    name="broken-names",
    order=95,
    reason="A name that is broken over two lines is found, read aloud and copied as two.",
    evidence=(
        "a word of the dictionary that goes on in the next line, one of whose parts is a single character; a part of a name at the line end of "
        "a list of names; a post with a surname alone; 由 and a post before a name; a street before the number of a house; a line above the date that is the end of an office, below one that is none yet"
    ),
    examples=(
        (
            "承办单位为青川县人民政府信息公\n开工作领导小组办公室",
            "承办单位为青川县人民政府信息公开工作领导小组办公室",
        ),
        ("出席：陈静、赵立新、王\n强、李明", "出席：陈静、赵立新、王强、李明"),
        ("会议由县人民医院副院长张\n小明主持", "会议由县人民医院副院长张小明主持"),
        ("本次会议由青川县县长\n林舟主持。", "本次会议由青川县县长林舟主持。"),
        ("地址为青川县人民路\n12号。", "地址为青川县人民路12号。"),
        (
            "青川县信息公开工作领导\n小组办公室\n2024年1月5日",
            "青川县信息公开工作领导小组办公室\n2024年1月5日",
        ),
    ),
    exceptions=(
        f"lines under {SHORTEST_LINE} characters, except in lists and signatures; a first line that is shorter than the second by more than {SLACK}; "
        "lines with marks at their end, empty lines between, numbered lines, headings, rows of tables"
    ),
    unchanged=(
        "青川县财政局\n青川县教育局\n2024年1月5日",
        "青川县人民政府\n县长　林舟\n2024年1月5日",
        "城区新改建道路：人民路\n12号线开通",
        "青川县公共资源交易信息\n青川县人口和经济概况",
    ),
    whole_text=True,
)
def join_broken_names(context: Context) -> Iterator[Replacement]:
    """Join a line to the next where a name or a word goes on."""
    lines = context.lines
    for index, (line, following) in enumerate(pairwise(lines)):
        below = lines[index + 2] if index + 2 < len(lines) else None
        is_inside_name = _may_go_on(line, following) and (
            _is_inside_list(line, following)
            or _is_inside_agent(line, following)
            or _is_inside_word(line, following)
            or _is_inside_signature(line, following, below)
        )
        if is_inside_name or _is_inside_address(line, following):
            yield Replacement(
                start=line.start + len(line.string.rstrip()),
                end=following.end - len(following.string.lstrip()),
                after="",
                reason="the name goes on in the next line",
            )


def _may_go_on(line: Line, following: Line) -> bool:
    """Return whether two lines end and begin with Chinese characters, and the second is nothing of its own."""
    left, right = line.string.rstrip(), following.string.strip()
    return (
        is_han(left[-1:])
        and is_han(right[:1])
        and "table-row" not in (line.form, following.form)
        and TABLE_PLACEHOLDER not in (left, right)
        and not begins_item(right)
        and not is_heading_word(right)
        and not _LABEL.match(right)
    )


def _is_inside_word(line: Line, following: Line) -> bool:
    """Return whether a word goes on in the second line, or the name behind a post."""
    left, right = line.string.strip(), following.string.strip()
    if len(left) < SHORTEST_LINE or len(right) > len(left) + SLACK or _COUNTED.search(left):
        return False
    if _LISTED.search(left) and "、" in right:
        return False  # the names of the list decide
    return bool(_SURNAME_BEHIND_POST.search(left)) or broken_word(left, right) == "certain"


def _is_inside_agent(line: Line, following: Line) -> bool:
    """Return whether 由 and a post are above the line end, and the name of the person is below."""
    left, right = line.string.strip(), following.string.strip()
    return bool(_AGENT_BEHIND_POST.search(left) and _PERSON.match(right))


def _is_inside_address(line: Line, following: Line) -> bool:
    """Return whether a street is above the line end, and the number of the house is below."""
    left, right = line.string.strip(), following.string.strip()
    return bool(
        len(left) >= SHORTEST_LINE
        and "table-row" not in (line.form, following.form)
        and _STREET.search(left)
        and _HOUSE_NUMBER.match(right)
    )


def _is_inside_list(line: Line, following: Line) -> bool:
    """Return whether the line end is inside one of the names of a list: a part of it is a single character."""
    last = _LISTED.search(line.string.rstrip())
    first = _LISTED_BELOW.match(following.string.strip())
    if not last or not first or "、" not in line.string or "、" not in following.string:
        return False
    if min(len(last[1]), len(first[1])) > 1 or len(last[1] + first[1]) > LONGEST_NAME:
        return False
    above = _LABEL.sub("", line.string.strip(), count=1)[: -len(last[1])]
    names = [name.strip() for name in above.split("、") if name]
    return bool(names) and all(map(_NAME.fullmatch, names))


def _is_inside_signature(line: Line, following: Line, below: Line | None) -> bool:
    """Return whether two lines above a date are an office only together, and a word goes on from one to the other."""
    left, right = line.string.strip(), following.string.strip()
    if below is None or not _DATE.fullmatch(below.string) or len(left) < SHORTEST_OFFICE:
        return False
    if _MARK.search(left + right) or len(left + right) > LONGEST_OFFICE:
        return False
    is_office = _OFFICE.fullmatch(left + right) and not _OFFICE.fullmatch(left)
    return bool(is_office) and broken_word(left, right) != "none"
