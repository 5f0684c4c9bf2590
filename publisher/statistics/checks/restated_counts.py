"""The check of figures that a later sentence refers to: 64个项目中仍有5个未完成; 在2亿元的基础上增长10%."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.model import Outcome, Reason
from publisher.reference.units import SHARES
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.grammar.reading import PRESENT_LEVEL
from publisher.statistics.levels import amounts_of, plain_name
from publisher.statistics.misprints import is_transposition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.levels import Level, Levels
    from publisher.statistics.statement import Statement

_NOUN = re.compile("(?P<noun>[^，。；：、（）“”《》\\d\\s]{2,10})")
_DEFINITE = re.compile("[中里内]|全部|全年|均|都|已|仍|共|会|将|，")
"""Words behind a noun that is known."""
_DEFINITE_VERB = re.compile(f"[^，。；：、（）“”《》\\d\\s]{{0,2}}?(?:{_DEFINITE.pattern})")
_KNOWN = re.compile(f"[^，。；：、（）“”《》\\d\\s]{{2,10}}?(?:{_DEFINITE.pattern})")
_ALL = re.compile("(?:全部|全[市县区镇省]|所有|全体|本[市县区])$")
_NEW = re.compile(
    "新|另|再|其中|余|仅|还|又|拟|将|计划|预计|每|各|第|上年|去年|有|对|在[^这]|为|开展|完成|建"
)
LONGEST_LEAD = 8
"""Characters between the start of the clause and a count that is repeated."""
SHORTEST = 2
LONG_NAME = 4
"""Characters of the end of a name that may stand for it: 完成投资 for 重点项目完成投资."""
MOST_AMOUNTS = 4
"""Different counts with one name. Of more, one may have the digits of another by chance."""
_PEOPLE = frozenset(("人", "名"))


@arithmetic_check(
    name="restated-count",
    kinds=("repetition",),
    reason="A count that is repeated with its noun (64个项目中), and a figure that a plan begins from (在64个的基础上, 现有的64个), is the one "
    "that the report has under this name. It fails where two adjacent digits are exchanged, or where both say that they count all "
    "(全部, 全市).",
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
            measure = statement.readings[index].measure
            if statement.readings[index].construction == PRESENT_LEVEL:
                yield from _compare_known(report.levels, statement, index, measure)
                continue
            lead, noun = _lead(statement, index), _NOUN.match(statement.text, quantity.end)
            if noun is not None and len(lead) <= LONGEST_LEAD and not _NEW.search(lead):
                yield from _compare(report.levels, statement, index, noun["noun"], lead)


def _lead(statement: Statement, index: int) -> str:
    """Return the words of the clause before a figure."""
    start = statement.quantities[index].start
    return statement.text[statement.clause_start(start) : start].strip()


def refers_back(statement: Statement, index: int) -> bool:
    """Return whether the words around a count refer to it as known: 4826家受检单位中."""
    lead = _lead(statement, index)
    return (
        len(lead) <= LONGEST_LEAD
        and not _NEW.search(lead)
        and _KNOWN.match(statement.text, statement.quantities[index].end) is not None
    )


def _compare_known(
    levels: Levels, statement: Statement, index: int, measure: str
) -> Iterator[Check]:
    """Compare a figure that a plan begins from: 在2.48亿件的基础上, 现有的78家企业."""
    for start in range(max(1, len(measure) - LONG_NAME + 1)):
        first = _first(levels, statement, index, measure[start:])
        if first is not None:
            if first.statement is not statement:
                yield from _make_check(statement, index, measure, first, counts_all=False)
            return


def _compare(
    levels: Levels, statement: Statement, index: int, noun: str, lead: str
) -> Iterator[Check]:
    quantity = statement.quantities[index]
    counts_all = bool(_ALL.search(lead))
    for length in range(len(noun), SHORTEST - 1, -1):
        first = _first(levels, statement, index, noun[:length])
        if first is None:
            continue
        end = quantity.end + length
        is_definite = counts_all or bool(_DEFINITE_VERB.match(statement.text, end))
        if not is_definite or first.statement is statement:
            return
        yield from _make_check(statement, index, noun[:length], first, counts_all=counts_all)
        return


def _make_check(
    statement: Statement, index: int, noun: str, first: Level, *, counts_all: bool
) -> Iterator[Check]:
    """Yield the comparison of a count with the first one, unless nothing is proved."""
    quantity = statement.quantities[index]
    if quantity.amount == first.amount:
        outcome = Outcome.HOLDS
    elif is_transposition(quantity.value, first.amount / quantity.scale) or (
        counts_all and first.name == plain_name(noun)
    ):
        outcome = Outcome.FAILS
    else:
        return
    name = statement.in_source_script(noun)
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


def _first(levels: Levels, statement: Statement, index: int, name: str) -> Level | None:
    """Return the level before a figure that has its name, if the report has one amount for it.

    Of a few amounts, it is the one that the figure is, or is with two adjacent digits exchanged.
    """
    quantity = statement.quantities[index]
    alike = amounts_of(
        [
            level
            for level in levels.namesakes(name, statement, index)
            if level.unit == quantity.base_unit or {level.unit, quantity.base_unit} <= _PEOPLE
        ]
    )
    if len(alike) > 1:
        equal = [level for level in alike if level.amount == quantity.amount]
        alike = equal or [
            level
            for level in alike
            if len(alike) <= MOST_AMOUNTS
            and is_transposition(quantity.value, level.amount / quantity.scale)
        ]
    return alike[0] if len(alike) == 1 else None
