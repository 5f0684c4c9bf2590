"""The check of lists whose whole an earlier sentence states: 在校学生中，小学6.42万人…."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.reference.units import SHARES
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.decimals import plain_decimal
from publisher.statistics.measure_names import adds_up, measure_name
from publisher.statistics.misprints import is_transposed_sum
from publisher.statistics.part_kinds import are_complete
from publisher.statistics.relations import NEAR
from publisher.statistics.stated_fractions import exact_amount
from publisher.statistics.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.quantities import Quantity

_WHOLE = re.compile("(?:^|(?<=；))(?P<name>[^，。；：、\\d]{2,14})中，")
FEWEST_PARTS = 3
PAIR = 2
SHORTEST = 3
"""Characters at the front of a name by which its whole is found: 不合格 of 不合格标本."""


@arithmetic_check(
    name="named-whole",
    kinds=("sum",),
    reason="A list that opens with its whole (营业收入中，…) is compared with the figure that an earlier sentence gives for it. It "
    "fails where the parts are the whole if two adjacent digits of one figure are exchanged.",
    fails=(
        (
            "营业收入28.46亿元。营业收入中，供水12.81亿元、污水处理9.96亿元、工程6.59亿元。",
            "28.46 = 12.81 + 9.96 + 6.59 is stated, 29.36 is computed",
        ),
    ),
    holds=("营业收入28.46亿元。营业收入中，供水12.81亿元、污水处理9.96亿元、工程5.69亿元。",),
    exceptions="lists that add up to less, which need not be complete, and wholes that the report states with several values; they are "
    "not checked.",
)
def check_named_wholes(report: ReportStatements) -> Iterator[Check]:
    """Compare the parts of a list with the whole that it names."""
    levels: dict[str, dict[Decimal, Quantity]] = {}
    for statement in report.items:
        if not isinstance(statement, Statement):
            continue
        for match in _WHOLE.finditer(statement.text):
            names = (match["name"], match["name"].removeprefix("在"))
            plain = [measure_name(name) for name in names]
            shorter = [
                name[:length] for name in plain for length in range(len(name) - 1, SHORTEST - 1, -1)
            ]
            wholes = next((levels[n] for n in (*plain, *shorter) if n in levels), {})
            if len(wholes) == 1:
                yield from _check_list(statement, match.end(), *wholes.values())
        for index, reading in enumerate(statement.readings):
            quantity, amount = statement.quantities[index], exact_amount(statement, index)
            is_level = reading.kind == "level" and quantity.unit not in SHARES
            if is_level and not reading.is_earlier and amount is not None:
                name = measure_name(reading.measure)
                levels.setdefault(name, {}).setdefault(amount, quantity)


def _check_list(statement: Statement, start: int, whole: Quantity) -> Iterator[Check]:
    parts = _parts(statement, start, whole)
    is_pair = len(parts) == PAIR and are_complete(statement, parts)
    if (len(parts) < FEWEST_PARTS and not is_pair) or not adds_up(
        statement.readings[parts[0]].measure
    ):
        return
    figures = [statement.quantities[index] for index in parts]
    total = whole.amount or Decimal(0)
    computed = sum((figure.amount or Decimal(0) for figure in figures), Decimal(0))
    is_near = abs(computed - total) <= NEAR * total
    holds = computed == total
    if not holds and not (is_near and is_transposed_sum(whole, figures)):
        return
    terms = " + ".join(
        figure.value
        if figure.unit == whole.unit
        else plain_decimal((figure.amount or Decimal(0)) / whole.scale)
        for figure in figures
    )
    yield statement.make_check(
        parts[0],
        kind="sum",
        formula=f"{whole.value} = {terms}",
        numbers=(whole.value, plain_decimal(computed / whole.scale)),
        verdict=(Outcome.HOLDS if holds else Outcome.FAILS, Reason.NONE),
    )


def _parts(statement: Statement, start: int, whole: Quantity) -> list[int]:
    """Return the levels behind a position in the unit of the whole, up to the end of the part between semicolons."""
    parts: list[int] = []
    for index, quantity in enumerate(statement.quantities):
        if quantity.start < start or quantity.unit in SHARES:
            continue
        between = statement.words_before(index) if parts else ""
        is_part = quantity.base_unit == whole.base_unit and quantity.amount is not None
        if not is_part or "；" in between or "其中" in between or not quantity.exact:
            break
        if statement.readings[index].kind == "level":
            parts.append(index)
    return parts
