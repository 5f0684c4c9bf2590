"""The check of counts that a later sentence repeats with their noun: 64个项目中仍有5个未完成."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.model import Outcome, Reason
from publisher.reference.units import SHARES
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.checks.misprints import transpositions
from publisher.statistics.levels import amounts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.levels import Level, Levels
    from publisher.statistics.statement import Statement

_NOUN = re.compile("(?P<noun>[^，。；：、（）“”《》\\d\\s]{2,10})")
_DEFINITE = re.compile("[中里内]|全部|全年|均|都|已|仍|共|，")
"""Words behind a noun that is known."""
_ALL = re.compile("(?:全部|全[市县区镇省]|所有|全体|本[市县区])$")
_NEW = re.compile(
    "新|另|再|其中|余|仅|还|又|拟|将|计划|预计|每|各|第|上年|去年|有|对|在[^这]|为|开展|完成|建"
)
LONGEST_LEAD = 8
"""Characters between the start of the clause and a count that is repeated."""
SHORTEST = 2
_PEOPLE = frozenset(("人", "名"))


@arithmetic_check(
    name="restated-count",
    kinds=("repetition",),
    reason="A count that is repeated with its noun (64个项目中) is the one that the report has under this name. It fails where two adjacent "
    "digits are exchanged, or where both say that they count all (全部, 全市).",
    fails=(
        (
            "全年实施慈善项目64个，惠及困难群众4.86万人次。46个慈善项目中仍有5个未完成。",
            "慈善项目: 46 is stated, 64 before",
        ),
    ),
    holds=("全年实施慈善项目64个，惠及困难群众4.86万人次。64个慈善项目中仍有5个未完成。",),
    exceptions="names that the report has with several counts; they are not checked.",
)
def check_restated_counts(report: ReportStatements) -> Iterator[Check]:
    """Compare a count that is repeated with the first one."""
    for statement in report.levels.statements:
        for index, quantity in enumerate(statement.quantities):
            if quantity.unit in SHARES or quantity.number is None or not quantity.exact:
                continue
            start = statement.clause_start(quantity.start)
            lead = statement.text[start : quantity.start].strip()
            noun = _NOUN.match(statement.text, quantity.end)
            if noun is None or len(lead) > LONGEST_LEAD or _NEW.search(lead):
                continue
            yield from _compare(report.levels, statement, index, noun["noun"], lead)


def _compare(
    levels: Levels, statement: Statement, index: int, noun: str, lead: str
) -> Iterator[Check]:
    quantity = statement.quantities[index]
    amount = quantity.amount or Decimal(0)
    counts_all = bool(_ALL.search(lead))
    for length in range(len(noun), SHORTEST - 1, -1):
        first = _first(levels, statement, index, noun[:length])
        if first is None:
            continue
        end = quantity.end + length
        is_definite = counts_all or bool(_DEFINITE.match(statement.text, end))
        if not is_definite or first.statement is statement:
            return
        stated_all = bool(_ALL.search(first.statement.text[: first.quantity.start])) or counts_all
        if amount == first.amount:
            outcome = Outcome.HOLDS
        elif _is_misprint(quantity.value, first) or (
            stated_all and counts_all and first.name == noun[:length]
        ):
            outcome = Outcome.FAILS
        else:
            return
        name = statement.in_source_script(noun[:length])
        yield statement.make_check(
            index,
            kind="repetition",
            formula=f"{name}: {quantity.value}, {first.quantity.value}",
            subject=name,
            numbers=(quantity.value, first.quantity.value),
            verdict=(outcome, Reason.NONE),
            difference=translatable(
                "{name}: {value} is stated, {earlier} before",
                name=name,
                value=quantity.value,
                earlier=first.quantity.value,
            ),
        )
        return


def _first(levels: Levels, statement: Statement, index: int, name: str) -> Level | None:
    """Return the level before a figure with a name, if the report has one amount for it."""
    unit = statement.quantities[index].base_unit
    alike = [
        level
        for level in levels.namesakes(name, statement, index)
        if level.unit == unit or {level.unit, unit} <= _PEOPLE
    ]
    return alike[0] if len(amounts_of(alike)) == 1 else None


def _is_misprint(value: str, first: Level) -> bool:
    """Return whether a figure is another with two adjacent digits exchanged."""
    scale = first.quantity.scale
    return len(value) > 1 and any(
        number * scale == first.amount for number in transpositions(value)
    )
