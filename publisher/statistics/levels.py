"""The levels that a report states, to be found by what they count: the whole of a share may be in an earlier sentence.

Input: the statements of a report in reading order. Output: ``Level``s by name and by their order.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.reference.units import SHARES
from publisher.statistics.decimals import plain_decimal
from publisher.statistics.measure_names import measure_name
from publisher.statistics.stated_fractions import exact_amount

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.statistics.quantities import Quantity
    from publisher.statistics.statement import Statement

_LEADING = re.compile(
    "^(?:在|其中|同期|当[年期]|本[年期]|上述|这些?|该|所有|全部|总|实际|累计|共|年末|各类)+"
)
_ENDING = re.compile("(?:总数|总量|总额|合计|数量|金额|数|量|额)$")
SHORTEST = 2
"""Characters of a name by which a level is found."""
MOST_NAMESAKES = 16
"""Levels with one name on each side of a figure."""
LONGEST = 14
"""Characters of the ends of names that are indexed."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Level:
    """An exact level of a sentence, of the report's own period."""

    statement: Statement
    index: int
    """The figure, an index of ``Statement.quantities``."""
    order: tuple[int, int]
    """The number of the statement in the report, and the figure: levels are compared by it."""
    name: str
    """What is counted, as ``plain_name`` returns it."""
    amount: Decimal

    @property
    def quantity(self) -> Quantity:
        """The figure."""
        return self.statement.quantities[self.index]

    @property
    def unit(self) -> str:
        """The unit without its magnitude."""
        return self.quantity.base_unit


def plain_name(words: str) -> str:
    """Return the name of a level without words that one statement of it has and another omits.

    Example:
        >>> plain_name("全年总支出"), plain_name("抽查总数")
        ('支出', '抽查')

    """
    name = measure_name(words)
    short = _ENDING.sub("", _LEADING.sub("", name))
    return short if len(short) >= SHORTEST else name


def level_at(statement: Statement, index: int, amount: Decimal, number: int) -> Level:
    """Return a figure as a level, also one that ``Levels`` omits, such as an average.

    Args:
        statement: Its sentence.
        index: The figure, an index of ``Statement.quantities``.
        amount: Its exact amount.
        number: The number of the sentence in the report.
    """
    return Level(
        statement=statement,
        index=index,
        order=(number, index),
        name=plain_name(statement.readings[index].measure),
        amount=amount,
    )


class Levels:
    """The levels of a report."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        """List the levels of statements, which are in reading order."""
        self.statements = tuple(statements)
        self._numbers = {id(statement): n for n, statement in enumerate(self.statements)}
        self._of_statement: list[tuple[Level, ...]] = []
        self._by_end: dict[str, list[Level]] = defaultdict(list)
        self._first: dict[tuple[str, str], Level] = {}
        for number, statement in enumerate(self.statements):
            levels = tuple(self._levels(statement, number))
            self._of_statement.append(levels)
            for level in levels:
                for section in (statement.passage.section, ""):
                    self._first.setdefault((section, level.unit), level)
                for start in range(max(0, len(level.name) - LONGEST), len(level.name) - 1):
                    self._by_end[level.name[start:]].append(level)

    @staticmethod
    def _levels(statement: Statement, number: int) -> Iterator[Level]:
        for index, reading in enumerate(statement.readings):
            amount = exact_amount(statement, index)
            if (
                amount is None
                or reading.kind != "level"
                or reading.is_earlier
                or statement.quantities[index].unit in SHARES
                or reading.construction == "average"
            ):
                continue
            yield level_at(statement, index, amount, number)

    def number(self, statement: Statement) -> int:
        """Return the number of a statement in the report."""
        return self._numbers[id(statement)]

    def of(self, statement: Statement) -> tuple[Level, ...]:
        """Return the levels of a sentence."""
        return self._of_statement[self.number(statement)]

    def before(self, statement: Statement, index: int, *, sentences: int) -> Iterator[Level]:
        """Yield the levels before a figure, the nearest first.

        Args:
            statement: The sentence of the figure.
            index: The figure.
            sentences: How many sentences of the same section before its own are searched.
        """
        number = self.number(statement)
        for n in range(number, max(-1, number - sentences - 1), -1):
            if self.statements[n].passage.section != statement.passage.section:
                return
            for level in reversed(self._of_statement[n]):
                if level.order < (number, index):
                    yield level

    def first(self, statement: Statement, unit: str) -> list[Level]:
        """Return the first levels of a unit in the section of a sentence, and in the report: what they are about."""
        sections = (statement.passage.section, "")
        return [
            self._first[section, unit] for section in sections if (section, unit) in self._first
        ]

    def namesakes(self, name: str, statement: Statement, index: int) -> list[Level]:
        """Return the levels before a figure whose name is, or ends with, a name."""
        namesakes = self._by_end.get(plain_name(name), [])
        number = bisect_left(
            namesakes, (self.number(statement), index), key=lambda level: level.order
        )
        return namesakes[max(0, number - MOST_NAMESAKES) : number]

    def named(self, words: str, statement: Statement, index: int) -> list[Level]:
        """Return the levels whose name is, or ends with, some words, or begins them.

        The best are taken: those before a figure, of the same section, with a name that is equal, before others.
        """
        name = plain_name(words)
        if len(name) < SHORTEST:
            return []
        order, section = (self.number(statement), index), statement.passage.section
        namesakes = self._by_end.get(name, [])
        number = bisect_left(namesakes, order, key=lambda level: level.order)
        earlier = namesakes[max(0, number - MOST_NAMESAKES) : number]
        later = namesakes[number : number + MOST_NAMESAKES]
        for levels in (_of_section(earlier, section), _of_section(later, section), earlier, later):
            if levels:
                return [level for level in levels if level.name == name] or levels
        lengths = range(len(name) - 1, SHORTEST, -1)
        stems = (self._by_end.get(name[:length], ()) for length in lengths)
        return next(
            (
                suitable
                for stem in stems
                if (suitable := [v for v in stem if name.startswith(v.name)])
            ),
            [],
        )


def _of_section(levels: Sequence[Level], section: str) -> list[Level]:
    return [level for level in levels if level.statement.passage.section == section]


def amounts_of(levels: Sequence[Level]) -> list[Level]:
    """Return levels with different amounts; of one amount with more and with fewer digits, the former."""
    different: list[Level] = []
    for level in sorted(levels, key=lambda item: item.quantity.rounding):
        if not any(
            abs(level.amount - other.amount) <= level.quantity.rounding for other in different
        ):
            different.append(level)
    return different


def sum_of(members: Sequence[Level]) -> Decimal:
    """Return the sum of levels, without the magnitudes of their units."""
    return sum((member.amount for member in members), Decimal(0))


def formula_of_sum(members: Sequence[Level], whole: Quantity) -> str:
    """Return a sum in the unit of a figure: 12 + 7."""
    return " + ".join(
        member.quantity.value
        if member.quantity.unit == whole.unit
        else plain_decimal(member.amount / whole.scale)
        for member in members
    )
