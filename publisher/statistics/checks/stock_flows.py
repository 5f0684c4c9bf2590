"""The check of what is left at the end: 年初结转0.24亿元，全年支出1.75亿元，年末结转0.35亿元, with 争取资金1.86亿元 before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.decimals import plain_decimal
from publisher.statistics.misprints import is_transposition, significant_digits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.quantities import Quantity
    from publisher.statistics.statement import Statement

_LEFT = "(?:结转(?:和结余)?|结余|结存|余额)"
_OPENING = re.compile(
    f"(?:年初|期初|上年末?|去年末?)[^，。；\\d]{{0,4}}{_LEFT}[^，。；\\d]{{0,6}}$"
)
_CLOSING = re.compile(
    f"(?:年末|期末|年终|累计|滚存)[^，。；\\d]{{0,4}}{_LEFT}[^，。；\\d]{{0,6}}$|{_LEFT}下年[^，。；\\d]{{0,6}}$"
)
_SURPLUS = re.compile("(?:当年|当期|本年|本期)(?:收支)?结余[^，。；\\d]{0,4}$")
_IN = re.compile("收入|筹集|争取|到位|募集|安排|新增|新收|接收|入库")
_OUT = re.compile("支出|使用|拨付|出库|办结|审结|发放")
_PLAN = re.compile("预算|计划|[预估]计|其中")
NEAR_SENTENCES = 3
FEWEST_DIGITS = 2
_EXAMPLE = "全年争取林业资金1.86亿元。年初结转资金0.24亿元，全年支出1.75亿元，年末结转{}亿元。"


@dataclass(frozen=True, slots=True)
class _Figure:
    """A level near an account, with the words before it."""

    statement: Statement
    index: int
    words: str

    @property
    def quantity(self) -> Quantity:
        """The figure."""
        return self.statement.quantities[self.index]

    @property
    def amount(self) -> Decimal:
        """Without the magnitude of its unit."""
        return self.quantity.amount or Decimal(0)


@arithmetic_check(
    name="stock-flow",
    kinds=("sum",),
    reason="What was left at the beginning, with what came in and without what went out, is left at the end. It fails where that holds if two "
    "adjacent digits of the first or the last figure are exchanged.",
    fails=((_EXAMPLE.format("0.53"), "0.24 + 1.86 − 1.75 = 0.53 is stated, 0.35 is computed"),),
    holds=(_EXAMPLE.format("0.35"),),
    exceptions="accounts with other figures, which need not be stated; they are not checked.",
)
def check_stock_flows(report: ReportStatements) -> Iterator[Check]:
    """Compare what is left at the end with what was left before, came in and went out."""
    for statement in report.levels.statements:
        if not any(word in statement.text for word in ("结转", "结余", "结存", "余额")):
            continue
        near = list(_near(report, statement))
        for closing in near:
            if (
                closing.statement is statement
                and _CLOSING.search(closing.words)
                and not _OPENING.search(closing.words)
            ):
                yield from _compare(near, closing)


def _near(report: ReportStatements, statement: Statement) -> Iterator[_Figure]:
    """Yield the exact levels of a sentence and of those before it in its section."""
    number = report.levels.number(statement)
    for item in report.levels.statements[max(0, number - NEAR_SENTENCES) : number + 1]:
        if item.passage.section != statement.passage.section:
            continue
        for index, (quantity, reading) in enumerate(
            zip(item.quantities, item.readings, strict=True)
        ):
            if reading.kind == "level" and quantity.exact and quantity.amount is not None:
                yield _Figure(item, index, item.words_before(index).rpartition("，")[2])


def _compare(near: Sequence[_Figure], closing: _Figure) -> Iterator[Check]:
    same = [
        item for item in near if item.quantity.unit == closing.quantity.unit and item is not closing
    ]
    openings = [item for item in same if _OPENING.search(item.words)]
    if len(openings) != 1:
        return
    (opening,) = openings
    surplus = [item for item in same if _SURPLUS.search(item.words)]
    others = [item for item in same if item is not opening and not _PLAN.search(item.words)]
    incomes = [item for item in others if _IN.search(item.words)]
    expenses = [item for item in others if _OUT.search(item.words)]
    flows = [
        *((item.amount, f"{item.quantity.value}") for item in surplus),
        *(
            (first.amount - second.amount, f"{first.quantity.value} − {second.quantity.value}")
            for first in incomes
            for second in expenses
        ),
    ]
    scale = closing.quantity.scale
    wanted = closing.amount - opening.amount
    right = [words for flow, words in flows if flow == wanted]
    proved = [
        (flow, words)
        for flow, words in flows
        if significant_digits(closing.quantity.value) >= FEWEST_DIGITS
        and (
            is_transposition(closing.quantity.value, (opening.amount + flow) / scale)
            or is_transposition(opening.quantity.value, (closing.amount - flow) / scale)
        )
    ]
    if right:
        yield _make_check(opening, closing, right[0], closing.amount / scale, Outcome.HOLDS)
    elif len({flow for flow, _ in proved}) == 1:
        flow, words = proved[0]
        yield _make_check(opening, closing, words, (opening.amount + flow) / scale, Outcome.FAILS)


def _make_check(
    opening: _Figure, closing: _Figure, flow: str, computed: Decimal, outcome: Outcome
) -> Check:
    value = closing.quantity.value
    return closing.statement.make_check(
        closing.index,
        kind="sum",
        formula=f"{opening.quantity.value} + {flow} = {value}",
        numbers=(value, plain_decimal(computed)),
        verdict=(outcome, Reason.NONE),
    )
