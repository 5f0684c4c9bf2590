"""The check of what relates two figures that a clause calls 前者 and 后者, or names: 春季比秋季多4.0万头次, 两者相差12件."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.reference.units import SHARES
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.checks.claims import Value, check_claim, percentage
from publisher.statistics.groups import member_named
from publisher.statistics.levels import level_at, plain_name
from publisher.statistics.stated_fractions import exact_amount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Check, CheckKind
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.levels import Level, Levels
    from publisher.statistics.statement import Statement

_TIMES = re.compile("前者(?:约|大致)?(?:是|为|相当于|达)后者的$")
_TIMES_BACK = re.compile("后者(?:约|大致)?(?:是|为|相当于|达)前者的$")
_SHARE = re.compile("(?:^|，)(?P<which>[前后]者)占(?:比|总[数量额])?(?:为|达)?$")
_MORE = "(?:多|少|高|低|高出|多出|增加|减少)了?$"
_FORMER = re.compile(f"前者比后者{_MORE}|后者比前者{_MORE}|[两二]者(?:相差|之差为|差距为)$")
_NAMED = re.compile(
    f"(?:^|，)(?P<first>[^，。；、\\d]{{2,8}})比(?P<second>[^，。；、\\d]{{2,8}}?){_MORE}"
)
_OTHER = re.compile(
    "年|期|平均|计划|目标|预算|标准|规定|要求|全[国省市县区]|往|月|季度|水平|以[上下前]|其"
)
"""Names of what is compared with another level than that of its kind."""
PAIR = 2
NEAR_SENTENCES = 1


@arithmetic_check(
    name="named-pair",
    kinds=("percentage", "growth"),
    reason="前者 and 后者 are the two figures directly before; 春季比秋季多 names two figures of the sentence or of the one before. Their ratio, their difference, and "
    "the share of one in both are compared with what is stated. It fails where the pair is certain.",
    fails=(
        (
            "产地检疫648万头，屠宰检疫312万头，前者为后者的2.7倍。",
            "648万头 ÷ 312万头 = 2.7 is stated, 2.08 is computed",
        ),
        (
            "春季免疫86.2万头次，秋季免疫82.2万头次，春季比秋季多6.0万头次。",
            "86.2 − 82.2 = 6.0 is stated, 4 is computed",
        ),
    ),
    holds=(
        "产地检疫648万头，屠宰检疫312万头，前者为后者的2.1倍。",
        "春季免疫86.2万头次，秋季免疫82.2万头次，春季比秋季多4.0万头次。",
    ),
    exceptions="approximate figures, pairs of different units, and comparisons with other years, averages and plans; they are not checked.",
)
def check_named_pairs(report: ReportStatements) -> Iterator[Check]:
    """Compare a ratio, a share or a difference with the two figures that it names."""
    for statement in report.levels.statements:
        if not re.search("[前后两二]者|比", statement.text):
            continue
        for index, quantity in enumerate(statement.quantities):
            words = statement.text[statement.clause_start(quantity.start) : quantity.start]
            value, kind = _value(report.levels, statement, index, words)
            if value is not None:
                yield from check_claim(statement, index, [value], kind=kind, is_certain=True)


def _value(
    levels: Levels, statement: Statement, index: int, words: str
) -> tuple[Value | None, CheckKind]:
    """Return what a figure should be by the pair that its clause names, and the kind of the check."""
    unit = statement.quantities[index].unit
    if unit == "倍" and (_TIMES.search(words) or _TIMES_BACK.search(words)):
        pair = _pair(levels, statement, index)
        is_back = bool(_TIMES_BACK.search(words))
        return (_ratio(pair[::-1] if is_back else pair) if pair else None), "percentage"
    if unit == "%" and (match := _SHARE.search(words)):
        return _share(levels, statement, index, first=match["which"] == "前者"), "percentage"
    if unit not in SHARES:
        pair = (
            _pair(levels, statement, index)
            if _FORMER.search(words)
            else _named_pair(levels, statement, index, words)
        )
        if pair and pair[0].unit == statement.quantities[index].base_unit:
            return _difference(pair, statement.quantities[index].scale), "growth"
    return None, "percentage"


def _pair(levels: Levels, statement: Statement, index: int) -> tuple[Level, ...]:
    """Return the two figures directly before a clause, if they are levels of one unit and beside one another, averages too."""
    if not index and (number := levels.number(statement)):
        before = levels.statements[number - 1]
        if before.passage.section == statement.passage.section:
            return _last_levels(levels, before, len(before.quantities))
    return _last_levels(levels, statement, index)


def _last_levels(levels: Levels, statement: Statement, index: int) -> tuple[Level, ...]:
    figures = [i for i in range(index) if statement.quantities[i].unit not in SHARES][-PAIR:]
    pair = tuple(
        level_at(statement, i, amount, levels.number(statement))
        for i in figures
        if statement.readings[i].kind == "level"
        and not statement.readings[i].is_earlier
        and (amount := exact_amount(statement, i)) is not None
    )
    return pair if len(pair) == PAIR and pair[0].unit == pair[1].unit else ()


def _named_pair(levels: Levels, statement: Statement, index: int, words: str) -> tuple[Level, ...]:
    """Return the figures of the two names of a comparison, if both have one and are in one sentence."""
    match = _NAMED.search(words)
    if match is None or _OTHER.search(match["first"] + match["second"]):
        return ()
    near = list(levels.before(statement, index, sentences=NEAR_SENTENCES))
    unit = statement.quantities[index].base_unit
    pair = tuple(
        level
        for name in (match["first"], match["second"])
        if (level := member_named(near, name, unit))
        and {*plain_name(name)} <= {*level.name, *level.statement.words_before(level.index)}
    )
    is_pair = len(pair) == PAIR and pair[0].order != pair[1].order
    return pair if is_pair and pair[0].statement is pair[1].statement else ()


def _ratio(pair: tuple[Level, ...]) -> Value | None:
    first, second = pair
    if not second.amount:
        return None
    number = first.amount / second.amount
    return Value(
        formula=" ÷ ".join(f"{item.quantity.value}{item.quantity.unit}" for item in pair),
        number=number,
        rounding=(first.quantity.rounding + number * second.quantity.rounding) / second.amount,
        is_quotient=True,
    )


def _difference(pair: tuple[Level, ...], scale: Decimal) -> Value:
    large, small = sorted(pair, key=lambda level: -level.amount)
    return Value(
        formula=f"{large.quantity.value} − {small.quantity.value}",
        number=(large.amount - small.amount) / scale,
        rounding=(large.quantity.rounding + small.quantity.rounding) / scale,
    )


def _share(levels: Levels, statement: Statement, index: int, *, first: bool) -> Value | None:
    """Return the share of one of a pair in both, if the sentence states their sum or divides it into them."""
    pair = _pair(levels, statement, index)
    if not pair or pair[0].statement is not statement:
        return None
    numbers = {level.index for level in pair}
    is_division = any(numbers == {*total.parts} for total in statement.totals)
    total = sum((level.amount for level in pair), Decimal(0))
    is_stated = any(quantity.amount == total for quantity in statement.quantities[: min(numbers)])
    if not (is_division and is_stated) or not total:
        return None
    part = pair[0] if first else pair[1]
    rounding = sum((level.quantity.rounding for level in pair), Decimal(0))
    formula = f"{part.quantity.value} ÷ {' + '.join(level.quantity.value for level in pair)}"
    return percentage(formula, (part.amount, part.quantity.rounding), (total, rounding))
