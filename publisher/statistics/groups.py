"""Groups of figures that a clause names or counts: 前两项, 三者, 甲和乙合计.

Input: a clause and the levels before it. Output: the levels that it means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.statistics.levels import plain_name
from publisher.statistics.numerals import han_value
from publisher.statistics.relations import strength
from publisher.text.characters import HAN_NUMERALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.statistics.levels import Level, Levels
    from publisher.statistics.statement import Statement

_NUMBER = f"(?P<number>[{HAN_NUMERALS}两]|\\d{{1,2}})"
_FIRST = re.compile(f"(?<![目此以之年日提])前{_NUMBER}(?:大?[项类位名种个家者类大]|地)?")
_LAST = re.compile(
    f"(?:(?:以上|上述|这|其中)?{_NUMBER}(?:者|项|类|种|地|大类|大项|部分|方面|个[^，。；、\\d]{{1,4}}|大[^，。；、\\d]{{1,4}}|[县区市镇乡家]))(?=[^，。；、\\d]{{0,8}}$)"
)
_LAST_OF_LIST = re.compile(
    f"(?:^|[，；。])后{_NUMBER}(?:大?[项类位名种个家者]|地)[^，。；\\d]{{0,12}}，(?:共计?|合[共计])$"
)
"""The last members of a list, added up in the next clause: 后三类为败诉案件，共235件."""
SUM = re.compile("合计|共计|总计|小计|一共|之和|合共|共(?![享建同有青产和治管])")
"""Words that say that figures are added up."""
_JOIN = re.compile("[、和与及]|以及")
_FILLERS = re.compile(
    "^[，；：]|^其中[：，]?|^(?:仅|而|且|上述|以上)|(?:合计|共计|总计|小计|一共|合共|共|占比)?(?:之和)?(?:为|达到?|是)?$"
)
_COUNTED = re.compile(
    f"(?:这)?(?:[{HAN_NUMERALS}两]|\\d)(?:者|项|类|种|地|大类|[个大][^，。；、\\d]{{1,4}})?$"
)
LONGEST_NAME = 12
SHORTENED = 3
"""Characters of a name that may leave out others of a level: 高校院所, 高校和科研院所."""
MOST_SENTENCES = 3
"""Sentences before its own in which the members of a group are looked for."""
MOST_MEMBERS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Levels that a clause adds up."""

    members: tuple[Level, ...]
    is_certain: bool
    """Whether the clause can mean no others."""


def groups_of(
    levels: Levels, statement: Statement, index: int, clause: str, unit: str
) -> Iterator[Group]:
    """Yield the groups that a clause before a figure may mean, the likeliest first.

    Args:
        levels: The levels of the report.
        statement: The sentence.
        index: The figure; the members are before it.
        clause: The words of the clause up to the figure, or up to 占.
        unit: The unit of the members, without its magnitude; empty if any.
    """
    if match := _LAST_OF_LIST.search(clause):
        yield from _last_of_list(levels, statement, index, unit, _number(match))
        return
    words = _FILLERS.sub("", _FILLERS.sub("", clause))
    first, last = _FIRST.search(words), _LAST.search(words)
    if first:
        yield from _counted(levels, statement, index, unit, _number(first), from_start=True)
        return
    names = _names(_COUNTED.sub("", words) if last else words)
    if len(names) > 1:
        if members := _named(levels, statement, index, names, unit):
            yield Group(members=members, is_certain=True)
    elif last:
        yield from _counted(levels, statement, index, unit, _number(last), from_start=False)


def _number(match: re.Match[str]) -> int:
    return int(han_value(match["number"].replace("两", "二")))


def _names(words: str) -> list[str]:
    names = [name for name in _JOIN.split(words) if name]
    is_list = len(names) <= MOST_MEMBERS and all(len(name) <= LONGEST_NAME for name in names)
    return names if is_list else []


def _counted(
    levels: Levels, statement: Statement, index: int, unit: str, number: int, *, from_start: bool
) -> Iterator[Group]:
    """Yield the first or the last figures of the list before a figure."""
    if not 1 < number <= MOST_MEMBERS:
        return
    heads = _heads(levels, statement, index, unit)
    if len(heads) == number:
        yield Group(members=tuple(heads), is_certain=True)
        return
    for run in _lists(levels, statement, index, unit):
        if len(run) >= number:
            members = run[:number] if from_start else run[-number:]
            is_all = len(run) == number or (not from_start and _begins_list(run, number))
            yield Group(members=tuple(members), is_certain=from_start or is_all)
            return


def _last_of_list(
    levels: Levels, statement: Statement, index: int, unit: str, number: int
) -> Iterator[Group]:
    """Yield the last figures of the nearest list that has more of them; a list of an earlier sentence is not certain."""
    for run in _lists(levels, statement, index, unit):
        if len(run) > number:
            is_own = run[0].statement is statement
            yield Group(members=tuple(run[-number:]), is_certain=is_own)
            return


def _begins_list(run: Sequence[Level], number: int) -> bool:
    """Return whether a stronger mark is before the last figures of a run than between them: 84人；甲5人、乙6人、丙7人."""
    marks = [
        strength(a.statement.text[a.quantity.end : b.quantity.start]) for a, b in pairwise(run)
    ]
    return marks[-number] > max(marks[len(marks) - number + 1 :])


def _heads(levels: Levels, statement: Statement, index: int, unit: str) -> Sequence[Level]:
    """Return the first figure of each part of a sentence that semicolons part, if parts of it are behind 其中.

    Example: 挪用462万元，其中补充经费126万元；滞留1850万元；多计218.5万元 has three.
    """
    near = list(levels.before(statement, index, sentences=1))[::-1]
    heads: list[Level] = []
    for level in (level for level in near if level.unit == unit):
        if heads and level.statement is not heads[-1].statement:
            heads = []
        text = level.statement.text
        if not heads or "；" in text[heads[-1].quantity.end : level.quantity.start]:
            heads.append(level)
    return heads if heads and "其中" in heads[0].statement.text else ()


def _lists(
    levels: Levels, statement: Statement, index: int, unit: str
) -> Iterator[Sequence[Level]]:
    """Yield the lists of figures of one unit before a figure, the nearest first: what no other level parts."""
    run: list[Level] = []
    for level in levels.before(statement, index, sentences=1):
        is_next = not run or level.statement is run[0].statement
        is_alike = not unit or level.unit == unit
        if run and (not is_next or (is_alike and _is_apart(level, run[0]))):
            yield run
            run = []
        if is_alike and (not run or level.unit == run[0].unit):
            run.insert(0, level)
    if run:
        yield run


def _is_apart(level: Level, following: Level) -> bool:
    """Return whether words between two figures begin a list: 其中, 分别为, 从…看; a semicolon ends a list behind 其中."""
    sentence = level.statement.text
    text = sentence[level.quantity.end : following.quantity.start]
    begins = sentence.rfind("；", 0, level.quantity.start) + 1
    if "；" in text and "其中" in sentence[begins : level.quantity.start]:
        return True
    return bool(re.search("其中|分别为|依次为|[：。]|[按从][^，。；]{1,8}[分看]，", text))


def _named(
    levels: Levels, statement: Statement, index: int, names: Sequence[str], unit: str
) -> tuple[Level, ...]:
    """Return the levels of the names of a list, each of one unit; nothing if one of them is missing."""
    near = list(levels.before(statement, index, sentences=MOST_SENTENCES))
    for wanted in dict.fromkeys(level.unit for level in near) if not unit else (unit,):
        members = [member_named(near, name, wanted) for name in names]
        suitable = tuple(member for member in members if member is not None)
        if len(suitable) == len(names) == len({member.order for member in suitable}):
            return suitable
    return ()


def member_named(near: Sequence[Level], name: str, unit: str) -> Level | None:
    """Return the nearest level that a name means: equal, or with the name at its front or its end."""
    plain = plain_name(name)
    alike = [level for level in near if level.unit == unit]
    for is_meant in (
        lambda level: level.name == plain,
        lambda level: level.name.startswith(plain),
        lambda level: level.name.endswith(plain),
        lambda level: len(level.name) > 1 and plain.endswith(level.name),
        lambda level: len(plain) >= SHORTENED and {*plain} <= {*level.name},
    ):
        if suitable := [level for level in alike if is_meant(level)]:
            return suitable[0]
    return None


def list_with(levels: Levels, statement: Statement, name: str) -> Sequence[Level]:
    """Return the list before a sentence, or in it, of which one member has a name; nothing if there is none."""
    plain = plain_name(name)
    units = dict.fromkeys(
        level.unit for level in levels.before(statement, 10**6, sentences=MOST_SENTENCES)
    )
    for unit in units:
        for run in _lists(levels, statement, 10**6, unit):
            if any(level.name in (plain, name) or plain.startswith(level.name) for level in run):
                return run
    return ()
