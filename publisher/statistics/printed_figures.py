"""The figures that the tables of main figures print: those that say something to a reader who does not see their sentence.

Input: the observations of a report and their totals. Output: the observations of its text to print. The others are in the data.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.reference.figure_words import WHOLE_PLACES
from publisher.statistics.doubts import BARE
from publisher.statistics.grammar.tail import DURATION_UNITS
from publisher.statistics.measure_names import measure_name
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from publisher.model import Observation

_FIGURATIVE_UNITS = frozenset("级 级以上 层 种 类 方面 点 部分 大类 級 層 種 類 方面 點".split())
_BOUNDS = ("以内", "之内", "内", "以上", "以下", "不少于", "不超过", "以內", "之內", "內")
_CRITERION = re.compile("(?:以上|以下|以[内內])的")
"""The words behind a figure that says which things another figure counts: 50平方公里以上的河流17条."""
_RANKED = re.compile("[^，。；\\d]{0,10}[中里]?(?:排名|排在|排第|位列|位居|居第|名列)")
"""The words behind a figure that says among how many something is ranked: 13个城市中排名第2."""
_COMPONENTS = re.compile("分[为為成]?\\d+个?部分|\\d+[个個]?部分(?:[组組]成|[构構]成)")
"""The words that count the parts of the report itself."""
_OF_A_WHOLE = re.compile("[^，。；、\\d]{0,12}(?<![高初集其])中(?=[，有共]|$)")
"""The words behind a figure that the report states again to divide it: 145件申请中，办结143件."""
_DONE = re.compile("[^，。；、\\d]{2,16}")
_DONE_FOR = re.compile("(?<![作成认因称变行])[为为對对向给給]$")
_ALL_DAY = re.compile("(?!以?内|之内)[一-龥]")
"""How a sentence names what is open or watched all day: 24小时自助图书馆."""
_SPAN = re.compile(
    "(?<!\\d)(?:\\d{1,2}月?[—－～~至-])\\d{1,2}月份?|[上下]半年|[年期][初末]|[第前一二三四]+季度"
)
"""A part of a year."""
_WHOLE_PLACE = re.compile("全[省市县区州镇乡縣區鎮鄉国國]")
_FROM = "由"
"""The qualifier of the level before a change."""
LONGEST_COMMON_NAME = 3
"""Characters. Two figures with a name of this length, such as 总收入, may be about different things."""
FEWEST_DIGITS = 3
"""Figures with fewer digits may be equal by chance."""


def printed_figures(
    observations: Sequence[Observation], whole_of: Mapping[int, int]
) -> list[Observation]:
    """Return the figures of the text to print, in reading order.

    Args:
        observations: The figures of a report.
        whole_of: The offset of the total of each part, by the part's offset.
    """
    wholes = set(whole_of.values())
    first: dict[tuple[str, str], Observation] = {}
    """The first figure with a value and a unit."""
    for fact in observations:
        first.setdefault((fact.value, fact.unit), fact)
    clear = [
        fact
        for fact in observations
        if not fact.tabulated
        and (not fact.doubt or (fact.doubt == BARE and fact.locator.offset in whole_of))
        and _is_main(fact)
        and (
            fact.locator.offset in wholes
            or fact is first[fact.value, fact.unit]
            or not _is_of_a_whole(fact)
        )
    ]
    ambiguous = _ambiguous(clear, whole_of)
    clear = [fact for fact in clear if id(fact) not in ambiguous]
    in_tables = {_identity(fact) for fact in observations if fact.tabulated}
    repeated = {id(fact) for fact in clear if _identity(fact) in in_tables}
    repeated |= _stated_again(clear, whole_of)
    totals = {whole_of.get(fact.locator.offset) for fact in clear if id(fact) not in repeated}
    """The totals whose parts are printed, and so they are too."""
    return [fact for fact in clear if id(fact) not in repeated or fact.locator.offset in totals]


def printed_name(fact: Observation) -> str:
    """Return the subject of a figure as it can be read alone.

    Without the preposition of a whole: 办结 in 在已办结的143件中; with that of those for whom something was done: 为农民工追回欠薪
    in 为1260名农民工追回欠薪2380万元.
    """
    before, behind = _around(fact)
    done = _DONE.match(behind) if _DONE_FOR.search(before) else None
    if done and done[0].startswith(fact.subject):
        return f"{before[-1]}{done[0]}"
    return fact.subject.removeprefix("在") if _is_of_a_whole(fact) else fact.subject


def printed_scope(fact: Observation) -> str:
    """Return where a figure is counted, if its subject does not say it and it is not the whole place: 东岭区."""
    is_whole = bool(_WHOLE_PLACE.search(fact.scope)) or to_simplified(fact.scope) in WHOLE_PLACES
    return "" if is_whole or fact.scope in fact.subject else fact.scope


def span_of(fact: Observation) -> str:
    """Return the part of a year that a figure is about, as its clause says it: 4—9月; empty if it says none."""
    before = fact.quote.partition(fact.value)[0]
    spans = _SPAN.findall(before)
    return spans[-1] if spans and spans[-1] not in fact.subject else ""


def is_earlier_level(fact: Observation) -> bool:
    """Return whether a figure is the level before a change."""
    return _FROM in fact.qualifier.split(";")


def _identity(fact: Observation) -> tuple[str, str, str]:
    """Return by what a figure of the text is the same as a cell of a table."""
    return measure_name(fact.measure or fact.subject), fact.value, fact.unit


def _around(fact: Observation) -> tuple[str, str]:
    """Return the words of its clause before and behind a figure; both are empty if it is written in another form."""
    before, figure, behind = fact.quote.partition(f"{fact.value}{fact.unit}")
    return (before, behind) if figure else ("", "")


def _is_of_a_whole(fact: Observation) -> bool:
    """Return whether a figure is named again to say what part of it something is."""
    return bool(_OF_A_WHOLE.match(_around(fact)[1]))


def _is_main(fact: Observation) -> bool:
    """Return whether a figure is neither figurative (两级, 三方面), a time limit (七日内) nor a criterion."""
    is_bound = any(word in fact.qualifier.split(";") for word in _BOUNDS)
    is_figurative = fact.unit in _FIGURATIVE_UNITS and len(fact.value) == 1
    behind = _around(fact)[1]
    return not (
        is_figurative
        or (fact.unit in DURATION_UNITS and is_bound)
        or (is_bound and _CRITERION.match(behind))
        or _RANKED.match(behind)
        or _COMPONENTS.search(fact.quote)
        or (fact.value == "24" and fact.unit == "小时" and _ALL_DAY.match(behind))
    )


def _ambiguous(facts: Iterable[Observation], whole_of: Mapping[int, int]) -> set[int]:
    """Return the figures that have one name in one section and differ: their names do not say all that they count."""
    named: dict[tuple[object, ...], list[Observation]] = {}
    for fact in facts:
        if fact.kind == "level" and not is_earlier_level(fact):
            key = (
                *(fact.section, fact.subject, fact.scope, fact.status, fact.period),
                *(fact.unit, span_of(fact), whole_of.get(fact.locator.offset)),
            )
            named.setdefault(key, []).append(fact)
    return {id(fact) for same in named.values() for fact in _differing(same)}


def _differing(same: Sequence[Observation]) -> Sequence[Observation]:
    """Return the figures with one name to leave out: all that differ, or those whose clauses do not have the name."""
    if len({fact.value for fact in same}) < 2:
        return ()
    stated = [fact for fact in same if fact.subject in fact.quote]
    if len({fact.value for fact in stated}) == 1:
        return [fact for fact in same if fact not in stated]
    return same


def _stated_again(facts: Sequence[Observation], whole_of: Mapping[int, int]) -> set[int]:
    """Return the levels that are stated twice: the one with parts is printed, or with a rate behind it, or the last."""
    wholes = set(whole_of.values())
    described = {
        id(level)
        for level, following in pairwise(facts)
        if following.kind != "level" and following.measure == level.measure
    }
    stated: dict[tuple[str, ...], list[Observation]] = {}
    for fact in facts:
        name = measure_name(fact.measure or fact.subject)
        digits = sum(map(str.isdecimal, fact.value))
        if (
            fact.kind == "level"
            and len(name) > LONGEST_COMMON_NAME
            and digits >= FEWEST_DIGITS
            and fact.locator.offset not in whole_of
        ):
            scope = "" if _WHOLE_PLACE.fullmatch(fact.scope) else fact.scope
            key = name, scope, fact.value, fact.unit, fact.period, fact.status
            stated.setdefault(key, []).append(fact)
    return {
        id(fact)
        for same in stated.values()
        for fact in same
        if fact
        is not max(
            same,
            key=lambda figure: (
                figure.locator.offset in wholes,
                id(figure) in described,
                figure.locator.offset,
            ),
        )
    }
