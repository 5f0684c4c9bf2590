"""The check of rates that are named after their part and whose whole is before them: 办结18件，办结率95%."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.reference.units import MEASURES
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.checks.claims import check_claim, percentage
from publisher.statistics.stated_fractions import exact_amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.checks.claims import Value
    from publisher.statistics.levels import Level, Levels
    from publisher.statistics.quantities import Quantity
    from publisher.statistics.statement import Statement

_NAME = re.compile("(?P<stem>[^，。；：（]{2,12})(?:率|进度)")
_OTHER = re.compile(
    "增长|下降|增速|平均|综合|失业|死亡|出生|入学|毛利|利润|满意|知晓|回收|产出|登记|人均|覆盖面"
)
"""Rates that are no share of a figure before them."""
_OF_BUDGET = re.compile("^，(?:完成|为)(?P<which>年初|调整|全年)?预算数?的$")
_BUDGET = re.compile("(?P<which>年初|调整|全年)?预算数?为?$")
_ACCOUNTS = re.compile("^，(?:支出)?决算数?为?$")
"""The words before the three figures of accounts: the budget, the accounts, and their share of it."""
_OF_PLAN = re.compile("^，(?:完成|为|占)(?:全年|年度|年)?(?:计划|任务|目标)(?:任务|数)?的$")
_PLAN = re.compile("(?:计划|任务|目标)(?!率)[^，。；：\\d]{0,12}$")
_RESULT = re.compile("^，实际[^，。；：\\d]{0,10}$")
"""The words before a plan, what was reached, and its share of the plan: 计划造林7万亩，实际完成7.36万亩，完成计划的105.1%."""
_COMPLETIONS = ((_BUDGET, _ACCOUNTS, _OF_BUDGET), (_PLAN, _RESULT, _OF_PLAN))
"""The words before what was planned, what was reached, and the share of it; named groups have the same words in both."""
PAIR = 2
NEAR_SENTENCES = 3
SYNONYMS = {"执行": ("支出", "执行"), "支出": ("支出",), "进度": ("支出", "完成", "投资")}
"""Words of the part of a rate that its name does not have."""


@arithmetic_check(
    name="named-rate",
    kinds=("percentage",),
    reason="A rate (办结率, 支出进度) is the share of what it is named after in a figure before it. It fails where it is none of the "
    "shares in the same sentence and up to three sentences before, and one of them if two adjacent digits are exchanged; and where the "
    "share of a budget or a plan follows it and its result, and is another one.",
    fails=(
        (
            "公用经费年初预算为250.00万元，支出决算为265.50万元，完成年初预算的102.6%。",
            "265.50 ÷ 250.00 = 102.6% is stated, 106.20 is computed",
        ),
        (
            "计划资助学生3,200名，实际资助3,264名，完成计划的120.0%。",
            "3264 ÷ 3200 = 120.0% is stated, 102.00 is computed",
        ),
        (
            "共接收诉求18,642件，其中投诉9,853件。已办结18,120件，办结率92.7%。",
            "18120 ÷ 18642 = 92.7% is stated, 97.20 is computed",
        ),
    ),
    holds=("共接收诉求18,642件，其中投诉9,853件。已办结18,120件，办结率97.2%。",),
    exceptions="approximate figures, and rates whose whole the report does not state; they are not checked.",
)
def check_named_rates(report: ReportStatements) -> Iterator[Check]:
    """Compare a rate with the shares of what it is named after."""
    for statement in report.levels.statements:
        for index, quantity in enumerate(statement.quantities):
            reading = statement.readings[index]
            if quantity.unit == "%" and (value := _share_of_plan(statement, index)):
                yield from check_claim(
                    statement, index, [value], kind="percentage", is_certain=True
                )
                continue
            if quantity.unit != "%" or reading.kind != "level" or reading.is_earlier:
                continue
            if statement.words_before(index).endswith("其中"):
                continue
            name = _NAME.search(reading.measure)
            if name is None or _OTHER.search(reading.measure):
                continue
            part = _part(report.levels, statement, index, name["stem"])
            if part is not None:
                yield from check_claim(
                    statement, index, _values(report.levels, part), kind="percentage"
                )


def _part(levels: Levels, statement: Statement, index: int, stem: str) -> Level | None:
    """Return the nearest level before a rate in its sentence that the rate is named after."""
    own = [level for level in levels.of(statement) if level.index < index]
    words = SYNONYMS.get(stem[-2:], (stem[-2:],))
    named = [
        level
        for level in own
        if any(word in level.statement.readings[level.index].measure for word in words)
        and not re.search(f"[不未]{re.escape(stem[-2:])}", statement.words_before(level.index))
    ]
    return named[-1] if named else None


def _values(levels: Levels, part: Level) -> Iterator[Value]:
    """Yield the shares that a part has in the figures before it: of its unit first, then of other things that are counted."""
    before = list(levels.before(part.statement, part.index, sentences=NEAR_SENTENCES))
    same = [level for level in before if level.unit == part.unit]
    same += [v for v in levels.first(part.statement, part.unit) if v.order < part.order]
    counted = [
        level
        for level in before
        if level.unit != part.unit
        and not {level.unit, part.unit} & {*MEASURES}
        and level.statement is part.statement
    ]
    for whole in _distinct([*same, *counted]):
        if whole.amount >= part.amount > 0:
            yield _share(part.quantity, whole.quantity, part.amount, whole.amount)


def _share(first: Quantity, second: Quantity, part: Decimal, whole: Decimal) -> Value:
    """Return the share that one figure has in another, in percent."""
    shown = [
        q.value if first.unit == second.unit else f"{q.value}{q.unit}" for q in (first, second)
    ]
    return percentage(f"{shown[0]} ÷ {shown[1]}", (part, first.rounding), (whole, second.rounding))


def _share_of_plan(statement: Statement, index: int) -> Value | None:
    """Return what share of its plan or budget was reached: 计划造林7.00万亩，实际完成7.36万亩，完成计划的105.1%."""
    if index < PAIR:
        return None
    for plan_words, result_words, share_words in _COMPLETIONS:
        share = share_words.search(statement.words_before(index))
        plan = plan_words.search(statement.words_before(index - 2)) if share else None
        if (
            share
            and plan
            and plan.groupdict() == share.groupdict()
            and result_words.search(statement.words_before(index - 1))
        ):
            whole, part = (exact_amount(statement, i) for i in (index - 2, index - 1))
            second, first = statement.quantities[index - 2 : index]
            if whole and part and first.base_unit == second.base_unit:
                return _share(first, second, part, whole)
    return None


def _distinct(levels: Sequence[Level]) -> list[Level]:
    return list({level.amount: level for level in reversed(levels)}.values())[::-1]
