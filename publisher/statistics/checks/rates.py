"""The check of rates and growth in running text.

All readings of a sentence are tried (``rate_readings``). One that gives the rate is enough; a rate fails only where a
single reading is possible. The computed rate is compared at the precision of the stated one.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Check, Outcome, Reason
from publisher.reference.units import MEASURES, SHARES
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.checks.verdicts import compare_amounts
from publisher.statistics.decimals import last_digit, plain_decimal
from publisher.statistics.rate_readings import RATE_NAME, read_rate
from publisher.statistics.stated_fractions import fraction_of_stated_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.statistics.rate_readings import RateReading
    from publisher.statistics.stated_fractions import Fraction
    from publisher.statistics.statement import Statement

_COMPARED_WITH = re.compile("(?:高于|低于|超过|超出|优于|目标|承诺|指标|要求)[^，。；]*$")
"""The words before a rate that the rate of the sentence is compared with: 满意率94.0%，高于年度目标（92%）."""
_POINTS = {"个百分点": "%", "个千分点": "‰"}
"""Units of the difference of two shares."""
_OTHER_LEVEL = re.compile(
    "(?:比|较|高于|低于)(?:全[国省市县区]|[^，。；\\d]{0,8}(?:平均|水平|目标|计划))"
)
"""Words of a difference from a level that is not the earlier one of the measure: 比全市高."""
_AVERAGE = re.compile("[均每]")
"""Words of a change that is divided among years or things: 年均提高."""
_APPROXIMATE_SHARE = re.compile("[约近超逾]过?占[^，。；]*$")


@arithmetic_check(
    name="rate",
    kinds=("percentage", "growth"),
    reason="A share is compared with part ÷ whole, a growth rate with change ÷ earlier level, percentage points "
    "with the difference of two rates. It fails where the sentence leaves one reading only and "
    "the result differs at the precision of the stated rate.",
    fails=(
        (
            "收到申请213件，办结200件，办结率96.9%。",
            "200 ÷ 213 = 96.9% is stated, 93.90 is computed",
        ),
        (
            "行政许可由29个减少到22个，减少34.1%。",
            "7 ÷ 29 = 34.1% is stated, 24.14 is computed",
        ),
        (
            "占比由3%提高到5%，提高3个百分点。",
            "5% − 3% = 3 is stated, 2 is computed",
        ),
    ),
    holds=(
        "收到申请213件，办结200件，办结率93.9%。",
        "行政许可由29个减少到22个，减少24.1%。",
        "主动公开信息1250条，同比增长12.3%。",
    ),
    exceptions="rates whose base the report does not state, and approximate figures; the result is "
    "then ``cannot be verified``.",
)
def check_rates(statement: Statement, preceding: Sequence[Statement]) -> Iterator[Check]:
    """Compare a rate or a growth rate with the figures that it relates."""
    for index, rate in enumerate(statement.quantities):
        if statement.readings[index].kind == "change" or _is_net_addition(statement, index):
            yield from _check_difference(statement, index)
        if rate.unit != "%" or rate.number is None or not _is_rate(statement, index):
            continue
        yield _check_rate(statement, index, read_rate(statement, index, preceding))


def _is_rate(statement: Statement, index: int) -> bool:
    reading = statement.readings[index]
    if reading.is_earlier and reading.kind == "level":
        return False  # 阳性率0.58%，比上年的0.75%下降
    if statement.words_before(index).endswith("其中"):
        return False  # 完成率92.3%，其中63%在三个月内完成
    if index and _COMPARED_WITH.search(statement.words_before(index)):
        return False
    return (
        reading.kind in ("rate", "share")
        or bool(RATE_NAME.search(reading.measure))
        or fraction_of_stated_whole(statement, index) is not None
    )


def _check_difference(statement: Statement, index: int) -> Iterator[Check]:
    """Check a change between two stated levels: 由3%提高到5%，提高2个百分点; 由218家增加到265家，净增47家."""
    change, (before, after) = statement.quantities[index], _levels_around(statement, index)
    if before is None or after is None or change.amount is None:
        return
    words = statement.words_before(index)
    if _AVERAGE.search(words) or _OTHER_LEVEL.search(words):
        return
    first, last = statement.quantities[before], statement.quantities[after]
    if first.amount is None or last.amount is None:
        return
    unit = "%" if change.unit == "个百分点" else change.base_unit
    if first.base_unit != unit or last.base_unit != unit:
        return
    stated = abs(change.amount)
    computed = abs(last.amount - first.amount)
    sign = "%" if unit == "%" else ""
    step = max(last_digit(level) for level in (first.amount, last.amount))
    is_finer = unit == "%" and last_digit(change.amount) < step
    scale = change.scale or Decimal(1)
    yield statement.make_check(
        index,
        kind="growth",
        formula=f"{last.value}{sign} − {first.value}{sign} = {change.value}",
        numbers=(change.value, plain_decimal(computed / scale)),
        verdict=compare_amounts(
            (first, last, change), computed - stated, step if is_finer else None
        ),
    )


def _relates_parts(statement: Statement, index: int, fraction: Fraction) -> bool:
    """Return whether a larger figure than the whole stands before a rate, so that the whole may be a part of that.

    1286人，优秀386人，良好620人，合格260人，合格率98.4%
    """
    earlier = [quantity for quantity in statement.quantities[:index] if quantity.amount is not None]
    units = {quantity.base_unit for quantity in earlier if quantity.amount == fraction.part}
    are_counted = not units & {*MEASURES}
    return any(
        (quantity.amount or 0) > fraction.whole
        and (
            quantity.base_unit in units
            or (are_counted and quantity.base_unit not in MEASURES and quantity.unit not in SHARES)
        )
        for quantity in earlier
    )


def _is_net_addition(statement: Statement, index: int) -> bool:
    """Return whether a figure is the change between the two levels before it: 由96万吨提升到108万吨，新增12万吨."""
    if index < 2 or statement.readings[index - 1].construction != "to":
        return False
    units = {statement.quantities[i].base_unit for i in (index - 2, index - 1, index)}
    is_movement = statement.readings[index - 2].is_earlier and len(units) == 1
    return is_movement and statement.words_before(index) in ("，新增", "，新增加")


def _levels_around(statement: Statement, index: int) -> tuple[int | None, int | None]:
    """Return the earlier and the later level of one measure that a change is between."""
    readings = statement.readings
    if _is_net_addition(statement, index):
        return index - 2, index - 1
    quantities = statement.quantities
    change = quantities[index]
    unit = _POINTS.get(change.unit, change.base_unit)
    same = [
        i
        for i in range(index)
        if readings[i].measure == readings[index].measure
        and quantities[i].base_unit == unit
        and not readings[i].is_compared_plan
    ]
    if same and not any(readings[i].is_earlier for i in same):
        same += _level_in_brackets(statement, index)
    earlier = [i for i in same if readings[i].is_earlier]
    later = [i for i in same if readings[i].kind == "level" and not readings[i].is_earlier]
    return (earlier[-1] if earlier else None, later[-1] if later else None)


def _level_in_brackets(statement: Statement, index: int) -> list[int]:
    """Return the earlier level behind a change: 比上年提高0.7个百分点（上年为97.5%）."""
    behind, change = index + 1, statement.readings[index]
    if behind == len(statement.readings) or "（" not in statement.words_before(behind):
        return []
    level = statement.readings[behind]
    return [behind] if level.is_earlier and level.measure == change.measure else []


def _rounding(statement: Statement, fraction: Fraction) -> Decimal:
    """Return by how many per cent a fraction may be off because its figures are rounded: 25.6亿元，上年24.4亿元，增长5.1%."""
    roundings = {
        quantity.amount: quantity.rounding
        for quantity in statement.quantities
        if quantity.amount is not None and quantity.unit not in SHARES
    }
    part, whole = fraction.part, fraction.whole
    none = Decimal(0)
    later = roundings.get(whole + part, roundings.get(whole - part, none))
    of_part = roundings.get(part, roundings.get(whole, none) + later)
    of_whole = roundings.get(whole, of_part + later)
    return (of_part + part / whole * of_whole) / whole * 100


def _check_rate(statement: Statement, index: int, reading: RateReading) -> Check:
    rate = statement.quantities[index]
    stated = abs(rate.number or Decimal(0))  # 减少3人（-0.5%）
    fractions = [fraction for fraction in reading.fractions if fraction.whole > 0]
    fraction = next((fraction for fraction in fractions if fraction.gives(stated)), None)
    reason = Reason.NONE
    is_approximate = _APPROXIMATE_SHARE.search(statement.words_before(index))
    if fractions and not (rate.exact and not is_approximate):
        outcome, reason = Outcome.UNVERIFIABLE, Reason.APPROXIMATE
    elif fraction:
        outcome = Outcome.HOLDS
    elif (
        fractions
        and reading.certain
        and not (reading.kind != "growth" and _relates_parts(statement, index, fractions[0]))
    ):
        outcome, fraction = Outcome.FAILS, fractions[0]
        if abs(fraction.part / fraction.whole * 100 - stated) <= _rounding(statement, fraction):
            outcome, reason = Outcome.UNVERIFIABLE, Reason.APPROXIMATE
    else:
        outcome, reason = Outcome.UNVERIFIABLE, Reason.NO_BASE
    subject = statement.in_source_script(statement.subjects[index])
    formula, computed = f"{subject} {rate.value}%", ""
    if fraction:
        part, whole = plain_decimal(fraction.part), plain_decimal(fraction.whole)
        formula = f"{part} ÷ {whole} = {rate.value}%"
        computed = str(fraction.percentage)
    return statement.make_check(
        index,
        kind="growth" if reading.kind == "growth" else "percentage",
        formula=formula,
        numbers=(rate.value, computed),
        verdict=(outcome, reason),
    )
