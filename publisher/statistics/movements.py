"""The movement of a measure in a sentence: its level, its earlier level, and the change from one to the other.

Input: a statement, and a change or a rate of it. Output: a ``Movement``, and whether the rate can only be that of the movement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.reference.figure_words import NET_CHANGES
from publisher.statistics.periods import YEAR
from publisher.statistics.stated_fractions import is_amount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.reading import Reading
    from publisher.statistics.statement import Statement

_OTHER_BASIS = re.compile("环比|同口径|可比|不变价|实际|名义|平均|年均|两年|日均|月均|户均|人均")
"""Words that give a rate another basis than the figures of its sentence."""
AT_CONSTANT_PRICES = re.compile("生产总值|增加值|GDP")
"""Measures whose growth is stated at constant prices, while their values are at those of the year."""
COMPARED_YEAR = re.compile("[比较与同](?P<year>(?:19|20)\\d\\d)年")
"""The year that a change is compared with: 比2015年增长46%."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What a sentence says about the movement of one measure; the indices are those of its figures."""

    later: int | None = None
    """The level."""
    earlier: int | None = None
    """The level of the period before."""
    change: int | None = None
    """The change from the earlier level to the later one."""


def movement(statement: Statement, index: int) -> Movement:
    """Return the levels and the change that a change or a rate of a measure belongs to.

    The level is the last one before it of its measure; the level of the period before is behind it only in brackets
    (减少50%（上年为30件）).
    """
    readings = statement.readings
    measure = readings[index].measure
    same = [
        i
        for i in range(index)
        if _is_same(readings[i].measure, measure)
        and is_amount(statement, i)
        and not readings[i].is_compared_plan
    ]
    levels = _of_one_unit(statement, same, index)
    explicit = [i for i in levels if readings[i].is_earlier]
    current = [i for i in levels if not readings[i].is_earlier]
    later = current[-1] if current else None
    earlier = explicit[-1] if explicit else None
    if earlier is None and len(current) > 1:
        first, last = current[-2:]
        years = [YEAR.search(readings[i].period) for i in (first, last)]
        if years[0] and years[1] and years[0]["year"] != years[1]["year"]:
            earlier, later = sorted((first, last), key=lambda i: readings[i].period)
    following = index + 1
    if earlier is None and following < len(readings) and is_amount(statement, following):
        between = statement.words_before(following)
        if (
            (readings[following].is_earlier or YEAR.search(readings[following].period))
            and "（" in between
            and readings[following].measure == measure
        ):
            earlier = following
    compared = _compared_year(readings[index])
    if compared:
        earlier = next((i for i in reversed(levels) if compared in readings[i].period), None)
        later = next((i for i in reversed(levels) if i != earlier), None)
    changes = [i for i in same if readings[i].kind == "change" and (later is None or i > later)]
    return Movement(later=later, earlier=earlier, change=changes[-1] if changes else None)


def _of_one_unit(statement: Statement, figures: Sequence[int], index: int) -> list[int]:
    """Return the levels among figures, of the unit of the change: 来访12批次、56人次，减少2批次."""
    quantities, readings = statement.quantities, statement.readings
    levels = [i for i in figures if readings[i].kind == "level"]
    changes = [i for i in figures if readings[i].kind == "change"]
    change = index if readings[index].kind == "change" else changes[-1] if changes else None
    if change is None or any(change < i for i in levels):
        return levels
    return [i for i in levels if quantities[i].base_unit == quantities[change].base_unit]


def _compared_year(reading: Reading) -> str:
    """Return the year that a change is compared with: 比2015年增长46%; empty if it is not named."""
    match = COMPARED_YEAR.search(reading.subject.removeprefix(reading.measure))
    return match["year"] if match else ""


def _is_same(first: str, second: str) -> bool:
    """Return whether two names mean one measure: 行政许可 and 许可."""
    return first == second or (
        min(len(first), len(second)) > 1 and (first.endswith(second) or second.endswith(first))
    )


def belongs_to(statement: Statement, moved: Movement, index: int) -> bool:
    """Return whether a rate is that of a movement: of one name, period and unit, and on no other basis."""
    return (
        has_one_name(statement, moved, index)
        and not has_other_basis(statement, index)
        and _are_of_one_period(statement, moved, index)
        and _changes_one_unit(statement, index)
        and not _are_net(statement, moved)
        and not _names_earlier_year(statement, moved)
    )


def has_one_name(statement: Statement, moved: Movement, index: int) -> bool:
    """Return whether a movement and its rate have one name: 净增职工 need not be a change of 新开户职工."""
    others = (moved.later, moved.earlier, moved.change)
    names = {statement.readings[i].measure for i in (*others, index) if i is not None}
    return len(names) == 1


def has_other_basis(statement: Statement, index: int) -> bool:
    """Return whether a change or a rate has another basis than the levels of its sentence: 环比, constant prices."""
    reading = statement.readings[index]
    words = f"{reading.subject.removeprefix(reading.measure)}{statement.words_before(index)}"
    words = words.replace(reading.measure, "") if reading.measure else words
    return bool(_OTHER_BASIS.search(words) or AT_CONSTANT_PRICES.search(reading.subject))


def _are_of_one_period(statement: Statement, moved: Movement, index: int) -> bool:
    """Return whether a change and a rate are compared with the same period."""
    if moved.change is None:
        return True
    words = [statement.subjects[moved.change], statement.subjects[index]]
    return all(("环比" in word) == ("环比" in words[0]) for word in words)


def _names_earlier_year(statement: Statement, moved: Movement) -> bool:
    """Return whether the words of the later level name the year before, so that it is the earlier one: 去年2052件."""
    if moved.later is None or moved.earlier is not None:
        return False
    return (
        re.search(
            "[去上]年|[比较与同][^，。（]{0,10}年[^，。（]{0,4}（$",
            statement.words_before(moved.later),
        )
        is not None
    )


def _changes_one_unit(statement: Statement, index: int) -> bool:
    """Return whether the changes of a measure before its rate have one unit: not in 减少580件及0.35亿元，减幅各为6.4%及10.0%."""
    readings, quantities = statement.readings, statement.quantities
    units = {
        quantities[i].base_unit
        for i in range(index)
        if readings[i].kind == "change"
        and readings[i].measure == readings[index].measure
        and is_amount(statement, i)
    }
    return len(units) <= 1


def _are_net(statement: Statement, moved: Movement) -> bool:
    """Return whether a change may be one of several that add up: 新建5个，关停3个，净增2个."""
    if moved.change is None:
        return False
    return (
        any(word in statement.words_before(i) for i in range(moved.change) for word in NET_CHANGES)
        and moved.earlier is None
    )
