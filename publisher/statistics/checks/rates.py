"""The check of rates and growth in running text.

All readings of a sentence are tried (``rate_readings``). One that gives the rate is enough; a rate fails only where a
single reading is possible. The computed rate is compared at the precision of the stated one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from publisher.model import Check, Outcome, Reason
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.decimals import plain_decimal
from publisher.statistics.phrases import AVERAGE
from publisher.statistics.rate_readings import is_from_to, read_rate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.statistics.rate_readings import RateReading
    from publisher.statistics.statement import Statement

_RATE = re.compile("率|幅|比例|占|比重|增长|下降|提高|减少|增加")
_SEVERAL_BASES = re.compile("分别|各自|依次")
"""Introduces several rates, each with its own base."""
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
        if rate.unit == "个百分点" and index > 1:
            yield from _check_points(statement, index)
        lead = statement.words_before(index)
        if (
            rate.unit != "%"
            or rate.number is None
            or not _RATE.search(statement.subjects[index] + lead)
        ):
            continue
        reading = read_rate(statement, index, preceding)
        is_open = _SEVERAL_BASES.search(lead) or AVERAGE.search(lead)
        certain = reading.certain and not is_open
        yield _check_rate(statement, index, replace(reading, certain=certain))


def _check_points(statement: Statement, index: int) -> Iterator[Check]:
    """Check percentage points: 由3%提高到5%，提高2个百分点."""
    first, last, difference = (statement.quantities[i] for i in (index - 2, index - 1, index))
    numbers = [quantity.number for quantity in (first, last, difference)]
    is_change = is_from_to(statement, index - 2, index - 1)
    if first.unit != "%" or last.unit != "%" or not is_change or None in numbers:
        return
    before, after, stated = (number or Decimal(0) for number in numbers)
    if all(quantity.exact for quantity in (first, last, difference)):
        outcome = Outcome.HOLDS if abs(after - before) == stated else Outcome.FAILS
        reason = Reason.NONE
    else:
        outcome, reason = Outcome.UNVERIFIABLE, Reason.APPROXIMATE
    yield statement.make_check(
        index,
        kind="growth",
        formula=f"{last.value}% − {first.value}% = {difference.value}",
        numbers=(difference.value, plain_decimal(abs(after - before))),
        verdict=(outcome, reason),
    )


def _check_rate(statement: Statement, index: int, reading: RateReading) -> Check:
    rate = statement.quantities[index]
    stated = rate.number or Decimal(0)
    fractions = [fraction for fraction in reading.fractions if fraction.whole > 0]
    fraction = next((fraction for fraction in fractions if fraction.gives(stated)), None)
    reason = Reason.NONE
    is_approximate = _APPROXIMATE_SHARE.search(statement.words_before(index))
    if fractions and not (rate.exact and not is_approximate):
        outcome, reason = Outcome.UNVERIFIABLE, Reason.APPROXIMATE
    elif fraction:
        outcome = Outcome.HOLDS
    elif fractions and reading.certain:
        outcome, fraction = Outcome.FAILS, fractions[0]
    else:
        outcome, reason = Outcome.UNVERIFIABLE, Reason.NO_BASE
    subject = statement.in_source_script(statement.subjects[index])
    formula, computed = f"{subject} {rate.value}%", ""
    if fraction:
        part, whole = plain_decimal(fraction.part), plain_decimal(fraction.whole)
        formula = f"{part} ÷ {whole} = {rate.value}%"
        percentage = fraction.part / fraction.whole * 100
        computed = str(percentage.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))
    return statement.make_check(
        index,
        kind="growth" if reading.kind == "growth" else "percentage",
        formula=formula,
        numbers=(rate.value, computed),
        verdict=(outcome, reason),
    )
