"""The check of balances: income less expenditure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.decimals import plain_decimal
from publisher.statistics.misprints import is_transposition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check
    from publisher.statistics.statement import Statement

_INCOME = re.compile("(?:总收入|收入总计|收入合计|收入)$")
_EXPENDITURE = re.compile("(?:总支出|支出总计|支出合计|支出)$")
_BALANCE = re.compile("(?:收支)?(?:当年|年终|年末)?(?:结余|结转结余|结转)(?:下年)?$")
_SIDES = (_INCOME, _EXPENDITURE)
_BOTH_TOTALS = re.compile("(?:收入总[计量]|(?:支出总计|相应安排支出))$")
"""Names of totals that are equal, because what is left enters the smaller one."""
FARTHEST = 8
"""Figures between income and balance: rates of growth, shares."""
_TOTALS = re.compile("总收入|收入总计|收入合计")


@arithmetic_check(
    name="balance",
    kinds=("sum",),
    reason="Income less expenditure is the balance that follows them (结余, 结转). It fails where total income and total "
    "expenditure, or a 当年结余, directly precede it and the difference is another, or is the balance with two adjacent digits exchanged.",
    fails=(
        (
            "基金总收入96.40亿元，总支出90.12亿元，结转6.82亿元。",
            "96.40 − 90.12 = 6.82 is stated, 6.28 is computed",
        ),
    ),
    holds=("基金总收入96.40亿元，总支出90.12亿元，结转6.28亿元。",),
    exceptions="approximate and rounded figures, and balances that other figures enter (``cannot be verified``).",
)
def check_balances(statement: Statement, _: Sequence[Statement]) -> Iterator[Check]:
    """Compare a balance with the income and the expenditure before it."""
    quantities, readings = statement.quantities, statement.readings
    if "总计" in statement.text or "收支平衡" in statement.text:
        yield from _compare_totals(statement)
    for index in range(2, len(quantities)):
        pair = _income_and_expenditure(statement, index)
        if pair is None:
            continue
        income, expenditure, balance = (quantities[i] for i in (*pair, index))
        names = [readings[i].measure for i in (*pair, index)]
        amounts = [quantity.amount for quantity in (income, expenditure, balance)]
        if None in amounts or len({q.unit for q in (income, expenditure, balance)}) > 1:
            continue
        first, second, stated = (amount or Decimal(0) for amount in amounts)
        rounding = sum((q.rounding for q in (income, expenditure, balance)), Decimal(0))
        outcome, reason = Outcome.HOLDS, Reason.NONE
        is_exact = all(quantity.exact for quantity in (income, expenditure, balance))
        if first - second != stated:
            words = statement.words_before(index)
            is_proved = (
                bool(_TOTALS.search(names[0]))
                or "当年结余" in words
                or is_transposition(balance.value, (first - second) / balance.scale)
            )
            is_far = abs(first - second - stated) > rounding
            outcome, reason = Outcome.UNVERIFIABLE, Reason.PARTS
            if is_proved and is_exact and is_far:
                outcome, reason = Outcome.FAILS, Reason.NONE
        yield statement.make_check(
            index,
            kind="sum",
            formula=f"{income.value} − {expenditure.value} = {balance.value}",
            numbers=(balance.value, plain_decimal((first - second) / balance.scale)),
            verdict=(outcome, reason),
        )


def _compare_totals(statement: Statement) -> Iterator[Check]:
    """Yield the check that total income is total expenditure, if one of them is the other with two digits exchanged."""
    totals = [
        i
        for i, reading in enumerate(statement.readings)
        if reading.kind == "level"
        and not reading.is_earlier
        and _BOTH_TOTALS.search(reading.measure)
    ]
    if len(totals) != len(_SIDES):
        return
    first, second = (statement.quantities[i] for i in totals)
    names = [statement.readings[i].measure for i in totals]
    sides = ["收入" in name for name in names]
    if sides != [True, False] or first.unit != second.unit or not (first.exact and second.exact):
        return
    holds = first.value == second.value
    if first.amount is None or not (
        holds or is_transposition(second.value, first.amount / first.scale)
    ):
        return
    yield statement.make_check(
        totals[1],
        kind="sum",
        formula=f"{second.value} = {first.value}",
        numbers=(second.value, first.value),
        verdict=(Outcome.HOLDS if holds else Outcome.FAILS, Reason.NONE),
    )


def _income_and_expenditure(statement: Statement, index: int) -> tuple[int, int] | None:
    """Return the income and the expenditure directly before a balance; ``None`` if it is none."""
    readings = statement.readings
    if readings[index].kind != "level" or not _BALANCE.search(readings[index].measure):
        return None
    unit = statement.quantities[index].unit
    levels = [
        i
        for i in range(max(0, index - FARTHEST), index)
        if readings[i].kind == "level" and statement.quantities[i].unit == unit
    ]
    if len(levels) < len(_SIDES):
        return None
    names = [readings[i].measure for i in levels[-2:]]
    is_pair = all(side.search(name) for side, name in zip(_SIDES, names, strict=True))
    return (levels[-2], levels[-1]) if is_pair else None
