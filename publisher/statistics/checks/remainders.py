"""The check of remainders and balances: 其余7件, 未结122件, 当期结余1.72亿元."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.reference.units import SHARES
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.checks.claims import Value, check_claim
from publisher.statistics.levels import sum_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.levels import Level, Levels
    from publisher.statistics.statement import Statement

_REST = re.compile(
    "(?:^|其中|^仍?有?|另有)(?:其余|剩余|余下|另有|尚有|还有|其它|其他)[^，。；\\d]{0,6}$"
)
_OPEN = re.compile("(?:^|尚|仍|，)(?:未|尚未|没有)(?P<verb>[^，。；\\d]{1,4}?)(?:的)?(?:为|有)?$")
_BALANCE = re.compile(
    "(?:(?:当[年期]|本[年期])?(?:收支)?(?:结余|节余|盈余|结转结余|结转下年|结转)(?:资金|额)?|增值收益|净收益|节约资金|节支|节约额|节余资金)(?:为|达)?$"
)
_ACCUMULATED = re.compile("年末|期末|累计|滚存|历年|上年|年初|期初|预计")
"""Balances that more than one year enters."""
_OF_YEAR = re.compile("当[年期]|本[年期]|收支相抵|相抵|增值收益")
"""Words of a balance that nothing but income and expenditure enters."""
_SIDES = (
    ("收入", "支出"),
    ("预算", "采购"),
    ("预算", "支出"),
    ("预算", "中标"),
    ("资金", "支出"),
    ("安排", "支出"),
    ("到位", "支出"),
)
"""Ends of the names of the two sides of a balance."""
_ENTERING = re.compile("上年|上级|结转|调入|调出|转移|补助|上解|返还|债")
"""What enters a balance beside income and expenditure."""
NEAR_SENTENCES = 3
MOST_PARTS = 6


@arithmetic_check(
    name="remainder",
    kinds=("sum",),
    reason="What is left (其余, 未结, 结余) is a figure before it less others of its unit. It fails where the sentence has the whole and the "
    "only part, where a balance of the year (当年结余, 收支相抵) follows its income and its expenditure, or where two adjacent digits are exchanged.",
    fails=(
        (
            "新收案件1,220件，审结1,098件，未结212件。",
            "212 = 1220 − 1098 is stated, 122 is computed",
        ),
        (
            "全年收入2,752万元。全年支出2,700万元。收支相抵，结余25万元。",
            "25 = 2752 − 2700 is stated, 52 is computed",
        ),
    ),
    holds=(
        "新收案件1,220件，审结1,098件，未结122件。",
        "全年收入2,752万元。全年支出2,700万元。收支相抵，结余52万元。",
    ),
    exceptions="approximate figures, and balances of several years; they are not checked.",
)
def check_remainders(report: ReportStatements) -> Iterator[Check]:
    """Compare what is left with the whole and the other parts."""
    for statement in report.levels.statements:
        for index, quantity in enumerate(statement.quantities):
            if quantity.unit in SHARES or quantity.amount is None:
                continue
            start = statement.clause_start(quantity.start)
            clause = statement.text[start : quantity.start]
            if _BALANCE.search(clause) and not _ACCUMULATED.search(clause):
                context = statement.text[max(0, start - 6) : quantity.start]
                near = list(report.levels.before(statement, index, sentences=NEAR_SENTENCES))
                values = list(_balances(near, statement, index))
                is_whole = not any(
                    _ENTERING.search(level.statement.readings[level.index].measure)
                    for level in near
                )
                yield from check_claim(
                    statement,
                    index,
                    values,
                    kind="sum",
                    is_certain=is_whole and bool(_OF_YEAR.search(context)),
                )
                continue
            verb = _OPEN.search(clause)
            if verb or _REST.search(clause):
                values = list(_remainders(report.levels, statement, index, verb and verb["verb"]))
                yield from check_claim(statement, index, values, kind="sum")


def _balances(before: Sequence[Level], statement: Statement, index: int) -> Iterator[Value]:
    """Yield the difference of the two sides that are nearest to a balance, among the levels before it."""
    quantity = statement.quantities[index]
    near = [level for level in before if level.unit == quantity.base_unit]
    for first, second in _SIDES:
        stems = {
            level.name.removesuffix(second): level
            for level in reversed(near)
            if level.name.endswith(second) or level.name.startswith(second)
        }
        for level in near:
            is_side = level.name.endswith(first)
            other = stems.get(level.name.removesuffix(first))
            if other is None and first != "收入":
                other = next(iter(reversed(stems.values())), None)
            is_pair = other is not None and stems.get(level.name.removesuffix(first)) is other
            is_account = is_pair and level.name != first  # 业务收入, 业务支出
            if is_side and other is not None and _are_sides(level, other, is_account=is_account):
                yield _difference(statement, index, level, (other,))
                return


def _are_sides(first: Level, second: Level, *, is_account: bool) -> bool:
    """Return whether two levels may be the sides of one account: the larger one first, and of one magnitude if their names differ."""
    is_one_magnitude = is_account or first.amount <= 2 * second.amount
    return first.order < second.order and second.amount <= first.amount and is_one_magnitude


def _remainders(
    levels: Levels, statement: Statement, index: int, verb: str | None
) -> Iterator[Value]:
    """Yield what is left of the figures before a remainder."""
    quantity = statement.quantities[index]
    near = [
        level
        for level in levels.before(statement, index, sentences=NEAR_SENTENCES)
        if level.unit == quantity.base_unit
    ]
    if verb:
        parts = [level for level in near if verb[-1] in level.name and "未" not in level.name][:1]
        for part in parts:
            for whole in [level for level in near if level.order < part.order][:MOST_PARTS]:
                if whole.amount > part.amount:
                    yield _difference(statement, index, whole, (part,))
        return
    own = [level for level in near if level.statement is statement]
    for count in range(1, min(len(near), MOST_PARTS + 1)):
        whole, parts = near[count], near[:count]
        if whole.amount > sum_of(parts):
            yield _difference(statement, index, whole, parts[::-1])
        if whole not in own:
            break


def _difference(statement: Statement, index: int, whole: Level, parts: Sequence[Level]) -> Value:
    quantity = statement.quantities[index]
    figures = [whole, *parts]
    shown = [
        level.quantity.value
        if level.quantity.unit == quantity.unit
        else f"{level.quantity.value}{level.quantity.unit}"
        for level in figures
    ]
    left = whole.amount - sum_of(parts)
    rounding = sum((level.quantity.rounding for level in figures), quantity.rounding)
    return Value(
        formula=" − ".join(shown),
        number=left / quantity.scale,
        rounding=rounding / quantity.scale,
    )
