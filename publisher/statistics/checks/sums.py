"""The check of totals in running text."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.reference.units import MEASURES
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.checks.verdicts import compare_amounts
from publisher.statistics.decimals import plain_decimal
from publisher.statistics.misprints import is_transposed_sum
from publisher.statistics.numerals import han_value
from publisher.statistics.part_kinds import are_complete, are_exclusive, is_complete_set
from publisher.statistics.periods import YEAR
from publisher.statistics.relations import MOST_PARTS, NEAR
from publisher.statistics.stated_fractions import Fraction
from publisher.text.characters import HAN_NUMERALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check
    from publisher.statistics.statement import Statement, Total

COMPLETE_PARTS = 3
"""From this many parts on, parts after 其中 are complete if their sum is near the total."""
PAIR = 2
_REST = re.compile("^其他|^其它|^其余|其他$")
_ALTOGETHER = re.compile("共|合计|总计|总数|总量")
_YEARS = re.compile(f"(?P<number>[{HAN_NUMERALS}]{{1,2}})年(?:来)?(?:累计|共|总|合计)")
_BROUGHT_FORWARD = re.compile(
    "(?:上年|去年|上期|年初|期初|往年|以前年度)[^，。；]{0,4}(?:结转|结余|转入|遗留|未[办审]?结)"
)
_OUTCOME = re.compile(
    "办结|审结|答复|支出|结转下|转下|(?:年末|期末|年底)[^，。；]{0,4}(?:结转|结余|未|尚)|正在办理|尚未"
)
_AND_MORE = re.compile("[^，。；：]{0,12}等")
"""Follows the last part where more exist than are listed."""
_OVERLAPPING = re.compile(
    "涉及|网站|网页|微信|微博|公众号|客户端|平台|渠道|媒体|电视|广播|公开栏|抖音|头条"
)
"""Channels and topics: one item counts once for each, so that the parts may exceed their total."""


@arithmetic_check(
    name="sum",
    kinds=("sum",),
    reason="It fails where the wording presents the parts as complete (a colon, brackets, 合计, "
    "按…分) and their sum differs, or where parts that do not overlap exceed their total.",
    fails=(
        ("微博76个、微信134个，共计213个。", "213 = 76 + 134 is stated, 210 is computed"),
        ("复议4件（维持2件、终止1件）。", "4 = 2 + 1 is stated, 3 is computed"),
    ),
    holds=(
        "微博76个、微信134个，共计210个。",
        "复议4件（维持3件、终止1件）。",
        "收到申请58件，其中网络申请31件、信函申请20件等。",
    ),
    exceptions="approximate or rounded figures, parts after 其中 that need not be complete, and "
    "lists that end in 等; the result is then ``cannot be verified``.",
)
def check_sums(statement: Statement, preceding: Sequence[Statement]) -> Iterator[Check]:
    """Compare a total with the sum of its parts."""
    for total in statement.totals:
        if len(total.parts) > 1:
            yield _check_sum(statement, total, preceding)


def _check_sum(statement: Statement, total: Total, preceding: Sequence[Statement]) -> Check:
    whole = statement.quantities[total.total]
    parts = [statement.quantities[index] for index in total.parts]
    stated = whole.amount or Decimal(0)
    computed = sum((part.amount or Decimal(0) for part in parts), Decimal(0))
    same_unit = all(part.unit == whole.unit for part in parts)
    outcome, reason = compare_amounts((whole, *parts), stated - computed)
    figures = [
        quantity.value if same_unit else plain_decimal(quantity.amount or Decimal(0))
        for quantity in (whole, *parts)
    ]
    if same_unit:
        stated, computed = (number / (whole.scale or 1) for number in (stated, computed))
    if outcome is Outcome.FAILS:
        if _have_two_divisions(statement, total):
            outcome, reason = Outcome.UNVERIFIABLE, Reason.PARTS
        elif total.is_breakdown and any(
            quantity.amount == computed for other in preceding for quantity in other.quantities
        ):
            outcome, reason = Outcome.UNVERIFIABLE, Reason.DIFFERENT
        elif not _must_add_up(statement, total, stated, computed):
            outcome, reason = Outcome.UNVERIFIABLE, Reason.PARTS
    return statement.make_check(
        total.total,
        kind="sum",
        formula=f"{figures[0]} = {' + '.join(figures[1:])}",
        numbers=(figures[0], plain_decimal(computed)),
        verdict=(outcome, reason),
    )


def _have_two_divisions(statement: Statement, total: Total) -> bool:
    """Return whether parts say where a total comes from and where it goes: 受理123件，其中上年结转3件，办结120件，结转下年3件."""
    before, *others = (
        f"{statement.words_before(index)}{statement.readings[index].measure}"
        for index in total.parts
    )
    return bool(_BROUGHT_FORWARD.search(before)) and any(map(_OUTCOME.search, others))


def _are_all(statement: Statement, total: Total) -> bool:
    """Return whether parts after 其中 that come near their total are meant to be all of it."""
    count = len(total.parts)
    figures = [statement.quantities[index] for index in (total.total, *total.parts)]
    if count > 1 and is_transposed_sum(figures[0], figures[1:]):
        return True
    return count >= COMPLETE_PARTS and _is_full_count(statement, total)


def _are_all_years(statement: Statement, total: Total) -> bool:
    """Return whether the parts are the years of the total: 三年累计投资48亿元，其中2023年…、2024年…、2025年…."""
    whole = statement.quantities[total.total]
    span = _YEARS.search(statement.text, statement.clause_start(whole.start), whole.start)
    return (
        span is not None
        and han_value(span["number"]) == len(total.parts)
        and all(YEAR.search(statement.words_before(index)) for index in total.parts)
    )


def _is_full_count(statement: Statement, total: Total) -> bool:
    """Return whether the words present parts after 其中 as complete: 共受理10件, or a part named 其他."""
    whole = statement.quantities[total.total]
    words = statement.text[statement.clause_start(whole.start) : whole.start]
    names = [statement.readings[index].measure for index in total.parts]
    is_count = whole.base_unit not in MEASURES and whole.scale == 1
    return any(_REST.search(name) for name in names) or (
        is_count and bool(_ALTOGETHER.search(words))
    )


def _have_true_shares(statement: Statement, total: Total) -> bool:
    """Return whether each part has its share of the total behind it, so that the parts overlap: 女教师70人、党员58人，分别占58.3%和48.3%."""
    whole = statement.quantities[total.total].amount or Decimal(0)
    rates = [
        quantity.number
        for quantity in statement.quantities[total.parts[0] :]
        if quantity.unit == "%" and quantity.number is not None
    ]
    return all(
        any(Fraction(part=part, whole=whole).gives(rate) for rate in rates)
        for index in total.parts
        if (part := statement.quantities[index].amount)
    )


def _must_add_up(statement: Statement, total: Total, stated: Decimal, computed: Decimal) -> bool:
    """Return whether parts that miss their total are complete, by the wording and by their size."""
    last = statement.quantities[total.parts[-1]]
    if len(total.parts) >= MOST_PARTS - 1 or statement.is_truncated:
        return False
    is_near = abs(stated - computed) <= NEAR * stated
    if is_complete_set(statement, total.parts) or _are_all_years(statement, total):
        return True
    if computed < stated:
        if _AND_MORE.match(statement.text, last.end):
            return False
        is_pair = len(total.parts) == PAIR and are_complete(statement, total.parts)
        between = statement.text[statement.quantities[total.parts[0]].end : last.start]
        is_pair = is_pair and (is_near or "；" not in between)
        return total.exhaustive or is_pair or (is_near and _are_all(statement, total))
    start = statement.quantities[total.total].end
    if _OVERLAPPING.search(statement.text, start, last.end):
        amounts = [statement.quantities[index].amount or Decimal(0) for index in total.parts]
        whole = statement.quantities[total.total].amount or 0
        return is_near and max(amounts) < (1 - NEAR) * whole
    figures = [statement.quantities[index] for index in (total.total, *total.parts)]
    is_count = figures[0].base_unit not in MEASURES
    # what is all of the total is no part beside others: 建议56件，其中重点建议5件，已办结56件
    is_all = any(part.amount == figures[0].amount for part in figures[1:])
    return not _have_true_shares(statement, total) and (
        total.exhaustive
        or (not is_all and is_near)
        or (not is_all and is_count and are_exclusive(statement, total.parts))
        or (not is_all and total.disjoint and is_count)
        or is_transposed_sum(figures[0], figures[1:])
    )
