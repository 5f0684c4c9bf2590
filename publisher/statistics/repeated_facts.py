"""Facts that a report states again: the same measure, unit and year, in other words around them.

Enters: the sentences of a report. Leaves: ``Repetition``s, each with where the fact stood first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.reference.units import SHARES
from publisher.statistics.measure_names import measure, placing
from publisher.statistics.periods import period_of
from publisher.statistics.phrases import DOWN, UP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.statistics.statement import Statement

SHORTEST = 4
"""A measure of so few characters is compared only where it is told of as known."""
TELLING = 6
"""A measure of so many characters, said in two sections, is one fact."""
_REFERS = re.compile("(?P<what>[^，。；\\d]{2,12}?)[里中]")
"""What stands behind a figure that is told of again: 214件新收申请里, 有三成…."""
_WHEN = re.compile("去年|上年|上一年|累计|历年|截至|每[年月季周日]|半年|季度|[年月日]均|平均|同期")
"""What makes a figure another one than that of the year."""
_SAYING = re.compile("实施|受理|事项")
"""Words that one statement of a fact has and another leaves out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """A fact and where it is stated again; places are those of ``Statement.found``."""

    key: str
    first: Statement
    first_index: int
    again: Statement
    again_index: int
    telling: bool
    """Whether the words leave no doubt that it is the same fact."""


def repetitions(told: Sequence[Statement], year: str) -> Iterator[Repetition]:
    """Yield the facts that the sentences of a report on ``year`` state again."""
    known: dict[tuple[str, str, str], tuple[Statement, int]] = {}
    for statement in told:
        for index, quantity in enumerate(statement.found):
            key, again = _told_again(statement, index)
            if quantity.number is None or not quantity.exact or len(key) < SHORTEST:
                continue
            period = period_of(statement, index, year)
            first, place = known.setdefault((key, quantity.unit, period), (statement, index))
            if (first, place) == (statement, index) or (not again and len(key) == SHORTEST):
                continue
            if first is statement and first.found[place].number != quantity.number:
                continue
            yield Repetition(
                key=key,
                first=first,
                first_index=place,
                again=statement,
                again_index=index,
                telling=(again or len(key) >= TELLING)
                and _when_and_where(first, place) == _when_and_where(statement, index),
            )


def _when_and_where(statement: Statement, index: int) -> tuple[str, ...]:
    """Return the words of a figure's clause that say where it is counted, and for how long."""
    one = statement.found[index]
    clause = statement.text[statement.clause(one.start) : one.start]
    return (*placing(clause), *_WHEN.findall(clause))


def _told_again(statement: Statement, index: int) -> tuple[str, bool]:
    """Return what a figure counts, bare, and whether it is told of as known: 214件新收申请里."""
    quantity, subject = statement.found[index], statement.named[index]
    if quantity.unit in SHARES or DOWN.search(subject) or UP.search(subject):
        return "", False
    again = _REFERS.match(statement.text, quantity.end)
    return _SAYING.sub("", measure(again["what"] if again else subject)), bool(again)
