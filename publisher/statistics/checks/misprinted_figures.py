"""The check of figures that the report has elsewhere with two adjacent digits exchanged: 3,219.30万元 for 3,291.30万元."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.model import Outcome, Reason
from publisher.reference.row_labels import is_total
from publisher.statistics.checks.amount_index import AmountIndex
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.checks.figure_mentions import (
    FigureMention,
    sentence_mentions,
    table_mentions,
)
from publisher.statistics.checks.next_rates import gives_next_rate
from publisher.statistics.checks.restated_counts import refers_back
from publisher.statistics.misprints import significant_digits, transpositions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.levels import Levels
    from publisher.statistics.statement import Statement

FEWEST_DIGITS = 3
FEWEST_CHARACTERS = 2
LONG_NAME = 4
"""Characters of a name that means one thing in a report."""
LONG_FIGURE = 4
"""Digits of a figure that may be known without words that say so."""
VERY_LONG_FIGURE = 5
"""Digits of a figure whose name may be short."""
PROOF = 8
"""Digits of a figure and characters of its name that are proof together."""
REFERENCE = 2
"""What words are worth that refer to a figure as known: 4826家单位中."""
WHOLE_NAME = 2
"""What it is worth that one name has all characters of the other."""
MOST_MENTIONS = 8
"""Mentions of one amount that are compared."""
MOST_AMOUNTS = 6
"""A name with more amounts is that of many things, such as the projects of a list; some of them have equal digits by chance."""
REPEATED = 2
"""What it is worth that the report has the other figure more than once."""
_BASE = re.compile("[^，。；、\\d]{0,6}的?基础上")
_BASE_LEAD = re.compile("在[^，。；]{0,12}$")
_DEFINITE = re.compile(
    "(?:^|[，。；])(?:对|针对|就|全部|这)?(?:已|未|尚未|仍未|查出|发现|现有|分阶段)[^，。；\\d]{0,6}的$|(?:^|[，。；])(?:针对|全部)$"
)
"""Words around a figure that is known from before."""
_NOUN = re.compile("(?:万|亿)?的?(?P<noun>[^，。；：、（）“”《》\\d\\s]{1,10})")
_COMMON = re.compile(
    "其中|全年|全[市县区省镇]|情况|数量|金额|总[数量额计]|合计|本年|年末|20\\d\\d年?|[有为是达到共的已仍各/]|(?<!累)计"
)
"""Words that are no evidence of one name."""
_OPENING = re.compile("[年期]初(?!预算|安排|计划)|上年结[转余]|年末|期末")
"""What a period begins with is what the one before ended with."""
_BRACKETS = re.compile("（[^（）]*）")
_WHOLE_ROW = re.compile("全[年市县区省镇州]")
_COUNTING = re.compile("(?:人次|人数|件数|次数|户数|家数|总量|总数|数量|[数量])$")
"""Words for how a thing is counted."""
_PLANNED = re.compile("计划|拟|力争|预计|安排|年|新|增|减|达|完成")
"""Words before a figure that is no known one."""


@arithmetic_check(
    name="misprinted-figure",
    kinds=("repetition",),
    reason="It fails where a sentence has a figure of another sentence or of a table with two adjacent digits exchanged, and both have one "
    "unit, period, status and place. The more digits the figure has, the fewer characters of the two names must be alike: "
    "eight digits and characters together. Words that refer to a known figure (4,826家单位中) count as two. No name is needed where the share behind the figure is that of the other one.",
    fails=(
        (
            "全年检查社会单位4,826家，发现隐患9,218处。4,286家受检单位中仍有312家存在突出隐患。",
            "受检单位: 4286 is stated, 4826 elsewhere",
        ),
    ),
    holds=("全年检查社会单位4,826家，发现隐患9,218处。4,826家受检单位中仍有312家存在突出隐患。",),
    exceptions="figures of fewer than three digits, approximate figures, and figures that the report states more than once; "
    "they are not checked.",
)
def check_misprinted_figures(report: ReportStatements) -> Iterator[Check]:
    """Compare a figure with those that have its digits in another order."""
    mentions = [*sentence_mentions(report), *table_mentions(report)]
    by_unit: dict[str, list[tuple[Decimal, FigureMention]]] = defaultdict(list)
    for mention in mentions:
        by_unit[mention.unit].append((mention.amount, mention))
    indexes = {unit: AmountIndex(group) for unit, group in by_unit.items()}
    reported: set[int] = set()
    names: dict[str, dict[str, set[Decimal]]] = {}
    for mention in mentions:
        statement = mention.statement
        if (
            statement is None
            or significant_digits(mention.value) < FEWEST_DIGITS
            or id(mention) in reported
        ):
            continue
        same = indexes[mention.unit].near(mention.amount, mention.rounding)
        if len(same) > 1:
            if refers_back(statement, mention.index):
                known = (
                    m for m in same[:MOST_MENTIONS] if _is_one_figure(report.levels, mention, m, 1)
                )
                if other := next(known, None):
                    yield _make_check(statement, mention, other, Outcome.HOLDS)
            continue
        scale = statement.quantities[mention.index].scale
        alike = [
            (other, len(others))
            for value in transpositions(mention.value.removeprefix("-"))
            for others in [indexes[mention.unit].near(value * scale, mention.rounding)]
            for other in others[:MOST_MENTIONS]
        ]
        proved = [
            other for other, times in alike if _is_one_figure(report.levels, mention, other, times)
        ] or [other for other, _ in alike if _is_known_figure(mention, other)]
        is_one = len({other.amount for other in proved}) == 1
        if is_one and not _names_many(mention, by_unit[mention.unit], names):
            reported.update((id(mention), id(proved[0])))
            later, earlier = _in_order(report, mention, proved[0])
            if later.statement is not None:
                yield _make_check(later.statement, later, earlier, Outcome.FAILS)


def _names_many(
    mention: FigureMention,
    same_unit: list[tuple[Decimal, FigureMention]],
    names: dict[str, dict[str, set[Decimal]]],
) -> bool:
    """Return whether sentences give many amounts for the name of a figure.

    Args:
        mention: The figure.
        same_unit: The figures of its unit.
        names: The amounts of each name, by unit; completed here for a unit that is asked for first.

    """
    if mention.unit not in names:
        amounts = names[mention.unit] = defaultdict(set)
        for amount, other in same_unit:
            if other.statement is not None:
                amounts[other.name].add(amount)
    return len(names[mention.unit][mention.name]) > MOST_AMOUNTS


def _in_order(
    report: ReportStatements, mention: FigureMention, other: FigureMention
) -> tuple[FigureMention, FigureMention]:
    """Return two mentions, the later one first; cells are before sentences."""
    statements = (mention.statement, other.statement)
    first, second = (-1 if item is None else report.levels.number(item) for item in statements)
    return (mention, other) if first > second else (other, mention)


def _is_one_figure(
    levels: Levels, mention: FigureMention, other: FigureMention, mentions: int
) -> bool:
    """Return whether two figures with the same digits are one figure.

    Args:
        levels: The levels of the report.
        mention: A figure of a sentence.
        other: A figure of another sentence or of a table.
        mentions: How often the report has the other one.
    """
    statement = mention.statement
    is_same_place = mention.scope == other.scope or (
        other.statement is None and not mention.scope and mention.section == other.section
    )
    if statement is None or statement is other.statement or not is_same_place:
        return False
    refers = refers_back(statement, mention.index)
    if not (refers or _restates(mention, other) or _are_of_one_time(mention, other)):
        return False
    if mention.whole and other.whole and mention.whole != other.whole:
        return False
    if (
        len(mention.value.replace(".", "")) >= LONG_FIGURE
        and _are_of_one_time(mention, other)
        and gives_next_rate(levels, statement, mention.index, other.amount)
    ):
        return True
    shared = _shared_name(mention, other)
    if refers and not shared:
        shared = _longest_shared(f"{mention.name}{_noun(mention)}", f"{other.name}{_noun(other)}")
    is_named = shared >= FEWEST_CHARACTERS or (refers and mentions > 1)
    support = (REFERENCE if refers else 0) + (REPEATED if mentions > 1 else 0)
    return is_named and significant_digits(mention.value) + shared + support >= PROOF


def _is_known_figure(mention: FigureMention, other: FigureMention) -> bool:
    """Return whether a figure that its words refer to as known is another one: 在16,500份的基础上, 未结的292件案件."""
    statement = mention.statement
    if statement is None or statement is other.statement or mention.scope != other.scope:
        return False
    figure = statement.quantities[mention.index]
    is_base = _BASE.match(statement.text, figure.end) and _BASE_LEAD.search(
        statement.words_before(mention.index)
    )
    is_definite = _DEFINITE.search(statement.words_before(mention.index))
    if not (is_base or is_definite):
        return False
    digits = len(mention.value.replace(".", "").removeprefix("-"))
    names = (f"{item.name}{_noun(item)}" for item in (mention, other))
    return digits >= LONG_FIGURE or _longest_shared(*names) >= FEWEST_CHARACTERS


def _restates(mention: FigureMention, other: FigureMention) -> bool:
    """Return whether a long figure is directly before the name of another, as if known: 向34218名服务使用者."""
    statement, noun, core = mention.statement, _noun(mention), _core(other.name)
    if statement is None or significant_digits(mention.value) < LONG_FIGURE:
        return False
    clause = statement.text[: statement.quantities[mention.index].start]
    clause = clause[statement.clause_start(len(clause)) :]
    return (
        len(core) >= LONG_NAME
        and (noun.startswith(core) or core.endswith(noun))
        and len(noun) >= LONG_NAME
        and not _PLANNED.search(clause)
    )


def _are_of_one_time(mention: FigureMention, other: FigureMention) -> bool:
    """Return whether two figures are of one period and status: 年末 of one year is 年初 of the next."""
    is_opening = any(_OPENING.search(f"{item.words}{item.name}") for item in (mention, other))
    is_one_period = mention.time == other.time
    return mention.status == other.status and (is_opening or is_one_period)


def _shared_name(mention: FigureMention, other: FigureMention) -> int:
    """Return what it is worth that one name has all characters of the other; 0 if each has some of its own: 甲镇产量, 乙镇产量.

    A short name may be that of a part as well (汽车, 新能源汽车), unless the other one begins with it, or its figure is directly before it.
    """
    own, core = _core(mention.name), _core(other.name)
    is_long = significant_digits(mention.value) >= VERY_LONG_FIGURE
    if other.statement is None:
        is_whole = own.startswith(core) and not is_total(other.name.split("/")[0])
        pairs = [(core, f"{mention.name}{mention.words}{_noun(mention)}", is_whole)]
    else:
        is_count = own.startswith(core) and not mention.words.strip("，。；、和")
        pairs = [
            (core, f"{mention.name}{mention.words}{_noun(mention)}", is_count),
            (own, f"{other.name}{_noun(other)}", False),
        ]
    lengths = [
        len(name)
        for name, whole, is_clear in pairs
        if len(name) >= (FEWEST_CHARACTERS if is_clear or is_long else LONG_NAME)
        and {*name} <= {*whole}
    ]
    return max(lengths) + WHOLE_NAME if lengths else 0


def _core(name: str) -> str:
    """Return the name of a level, or the head of the row of a cell, without the words for how it is counted."""
    *rows, last = name.split("/")
    named = [row for row in rows if not is_total(row) and not _WHOLE_ROW.fullmatch(row)]
    return _COUNTING.sub("", _COMMON.sub("", _BRACKETS.sub("", named[-1] if named else last)))


def _noun(mention: FigureMention) -> str:
    """Return the words directly behind a figure: 4826家受检单位."""
    if mention.statement is None:
        return ""
    end = mention.statement.quantities[mention.index].end
    match = _NOUN.match(mention.statement.text, end)
    return match["noun"] if match else ""


def _longest_shared(first: str, second: str) -> int:
    """Return the length of the longest words that two names share."""
    first, second = (_COMMON.sub("|", name) for name in (first, second))
    longest = 0
    for start in range(len(first)):
        while (
            (words := first[start : start + longest + 1]) in second
            and len(words) > longest
            and "|" not in words
        ):
            longest += 1
    return longest


def _make_check(
    statement: Statement, mention: FigureMention, other: FigureMention, outcome: Outcome
) -> Check:
    value = statement.quantities[mention.index].value
    name = statement.in_source_script(mention.name or _noun(mention))
    return statement.make_check(
        mention.index,
        kind="repetition",
        formula=f"{name}: {value}, {other.value}",
        subject=name,
        numbers=(value, other.value),
        verdict=(outcome, Reason.NONE),
        difference=translatable(
            "{name}: {value} is stated, {other} elsewhere",
            name=name,
            value=value,
            other=other.value,
        ),
    )
