"""The check of shares whose part or whole another clause or sentence states: 两者合计占64.0%, 占采购规模的85.0%."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.reference.units import UNITS_OF_PEOPLE
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.checks.claims import check_claim, percentage
from publisher.statistics.groups import SUM, groups_of
from publisher.statistics.levels import amounts_of, formula_of_sum, plain_name, sum_of
from publisher.statistics.rate_readings import PLAN
from publisher.statistics.stated_fractions import has_stated_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.checks.claims import Value
    from publisher.statistics.levels import Level, Levels
    from publisher.statistics.quantities import Quantity
    from publisher.statistics.statement import Statement

_SHARE = re.compile(
    "(?P<part>[^，。；：]*?)(?:占比?|比重|[^，。；：]{0,4}比例)(?:约|的)?(?P<whole>[^，。；：占]*?)(?:的?(?:比重|比例|比))?(?:为|达到?|是|的)*$"
)
"""The clause of a share: 两者合计占全市的."""
_APPROXIMATE = re.compile("[约近超逾]过?占")
_LINK = re.compile("(?:为|达到?|是|仅为?|只有)?")
_RANKED_SHARE = re.compile("(?P<share>.*占比?)最[高低大小多少]")
"""The clause before a share that it ranks: 第三产业占比最低，为26.5%."""
_RANKED_PART = re.compile(
    "(?P<part>[^，。；：、\\d]{2,12}?)(?:位?[居列](?:首位|第.位)|排名?第.位?|最[多大高])"
)
"""The clause before the share of what it ranks: 食品类居首位，占30.0%."""
_OF_WHICH = re.compile("[^，。；\\d]{0,14}[中里]，")
"""Words behind a count whose part follows: 1864名运动员中，."""
_WIDER = re.compile("全省|全国|全[市县区镇]|同期|各[市县区镇]|生产总值|GDP|我国")
"""A whole that the report need not state."""
_EARLIER = re.compile("上年|去年|年初|期初")
"""A whole of an earlier period."""
_ALL = re.compile("(?:总数|总量|总额|总体|全部|全年|总件数|其|的)*")
"""A whole without a name: that of the list."""
LONG_NAME = 3
"""Characters of a name that means one thing in the whole report."""
LONGEST_SUM = 4
"""Figures before a part that may be added to it."""
FEWEST_DIGITS = 3
"""Significant digits of a misprinted share of a whole that the report may not state: 占民生类案件的45%."""
NEAR_SENTENCES = 2
"""Sentences before its own whose figures may be the whole of a share that names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Amount:
    """A part or a whole of a share."""

    amount: Decimal
    rounding: Decimal
    shown: str
    """The figure with its unit."""
    unit: str


@arithmetic_check(
    name="share",
    kinds=("percentage",),
    reason="A share is compared with its part, or the sum of its parts, and with its whole, which may be in other sentences. It fails "
    "where the words name part and whole, and one figure of the report has the name of the whole, or where two adjacent digits are exchanged.",
    fails=(
        (
            "中小企业合同96万元。货物类20万元，工程类64万元，服务类36万元，货物类和服务类合计占中小企业合同的85.3%。",
            "(20 + 36) ÷ 96 = 85.3% is stated, 58.33 is computed",
        ),
    ),
    holds=(
        "中小企业合同96万元。货物类20万元，工程类64万元，服务类36万元，货物类和服务类合计占中小企业合同的58.3%。",
    ),
    exceptions="approximate figures, and wholes of a wider place (全省), which the report need not state; they are not checked.",
)
def check_shares(report: ReportStatements) -> Iterator[Check]:
    """Compare a share with a part and a whole that the report states elsewhere."""
    for statement in report.levels.statements:
        if "占" not in statement.text:
            continue
        for index, quantity in enumerate(statement.quantities):
            if quantity.unit != "%" or has_stated_whole(statement, index):
                continue
            if statement.readings[index].construction == "shares":
                continue  # its part is not the figure before it
            words = _words_of_share(statement, quantity.start)
            match = None if _APPROXIMATE.search(words) else _SHARE.fullmatch(words)
            if match is None:
                continue
            yield from _check_share(report.levels, statement, index, match["part"], match["whole"])


def _words_of_share(statement: Statement, end: int) -> str:
    """Return the clause of a share up to its figure, with what the clause before it ranks: 第三产业占比最低，为26.5%."""
    start = statement.clause_start(end)
    words = statement.text[start:end]
    is_link = bool(_LINK.fullmatch(words))
    if not start or not (is_link or words.startswith("占")):
        return words
    before = statement.text[statement.clause_start(start - 1) : start - 1]
    if is_link:
        ranked = _RANKED_SHARE.fullmatch(before)
        return ranked["share"] if ranked else words
    ranked = _RANKED_PART.fullmatch(before)
    return f"{ranked['part']}{words}" if ranked else words


def _check_share(
    levels: Levels, statement: Statement, index: int, part_words: str, whole_words: str
) -> Iterator[Check]:
    groups, is_named_part = _parts(levels, statement, index, part_words)
    if not groups or _EARLIER.search(whole_words):
        return
    wholes, is_named_whole = _wholes(levels, statement, index, groups[0], whole_words)
    values = [
        _value(parts, part, whole)
        for parts in groups
        for part in (sum_of(parts),)
        for whole in wholes
        if whole.amount >= part and whole.amount > 0
    ]
    yield from check_claim(
        statement,
        index,
        values,
        kind="percentage",
        is_certain=is_named_part and is_named_whole,
        fewest_digits=2 if is_named_whole or _ALL.fullmatch(whole_words) else FEWEST_DIGITS,
    )


def _value(parts: Sequence[Level], part: Decimal, whole: _Amount) -> Value:
    """Return the share of the sum of some parts."""
    unit = parts[0].quantity
    terms = formula_of_sum(parts, unit)
    shown = f"({terms})" if len(parts) > 1 else terms
    rounding = sum((member.quantity.rounding for member in parts), Decimal(0))
    if whole.unit != unit.unit:
        shown = f"{shown}{unit.unit}"
    return percentage(
        f"{shown} ÷ {whole.shown if whole.unit == unit.unit else whole.shown + whole.unit}",
        (part, rounding),
        (whole.amount, whole.rounding),
    )


def _parts(
    levels: Levels, statement: Statement, index: int, words: str
) -> tuple[list[tuple[Level, ...]], bool]:
    """Return the levels whose share it is, the likeliest first, and whether no others can be meant."""
    if SUM.search(words) or re.search("[两二三四五六七八九]", words):
        for group in groups_of(levels, statement, index, words, ""):
            return [group.members], group.is_certain
        if SUM.search(words):
            return [], False
    name = plain_name(re.sub("(?:约|仅|只)$|^其中", "", words))
    before = next((level for level in levels.of(statement) if level.index == index - 1), None)
    if not name or (before is not None and before.name.endswith(name)):
        return (_with_those_before(levels, before), True) if before else ([], False)
    own = [
        level
        for level in levels.of(statement)
        if level.index < index and level.name in (name, name[: len(level.name)])
    ]
    if own and before and before.unit == own[-1].unit and before.amount > own[-1].amount:
        # 结余7亿元，其中甲6亿元；结存78亿元，甲占81%: what of the second sum is 甲, is not stated
        return [], False
    own = own or [
        level
        for level in levels.named(name, statement, index)
        if level.statement is not statement or level.index < index
    ]
    return ([(own[-1],)], len(amounts_of(own)) == 1) if own else ([], False)


def _with_those_before(levels: Levels, part: Level) -> list[tuple[Level, ...]]:
    """Return a part, and the sums with those before it in its list: 甲12件，乙3件，占15% may be of both."""
    groups: list[tuple[Level, ...]] = [(part,)]
    for level in reversed(levels.of(part.statement)):
        if level.index < part.index:
            if (
                _has_share(part.statement, level.index)
                or level.unit != part.unit
                or len(groups) > LONGEST_SUM
            ):
                break
            groups.append((level, *groups[-1]))
    return groups


def _wholes(
    levels: Levels, statement: Statement, index: int, parts: Sequence[Level], words: str
) -> tuple[list[_Amount], bool]:
    """Return what the whole of a share may be, the likeliest first, and whether its words leave no other."""
    unit, orders = parts[0].unit, {part.order for part in parts}
    largest = max(part.amount for part in parts)
    counted = [
        level
        for level in levels.of(statement)
        if level.index < index and _OF_WHICH.match(statement.text, level.quantity.end)
    ]
    if counted and _ALL.fullmatch(words):
        whole = counted[-1]
        is_alike = UNITS_OF_PEOPLE.get(whole.unit, whole.unit) == UNITS_OF_PEOPLE.get(unit, unit)
        if is_alike and whole.order not in orders and whole.amount > largest:
            return [_amount(whole.quantity)], True
    near = [
        level
        for level in (
            *levels.before(statement, index, sentences=NEAR_SENTENCES),
            *levels.first(statement, unit),
        )
        if level.unit == unit
        and level.order < min(orders)
        and level.amount > largest
        and not _has_share(level.statement, level.index)
    ]
    if not _ALL.fullmatch(words) and not _WIDER.search(words):
        named = [
            level
            for level in levels.named(words, statement, index)
            if level.unit == unit and level.order not in orders
        ]
        if named:
            name = plain_name(words)
            nouns = [level for level in near if name.endswith(level.name) and level not in named]
            amounts = amounts_of([*named, *nouns])
            is_clear = not nouns and _are_meant(named, name, statement)
            return [_amount(level.quantity) for level in amounts], len(amounts) == 1 and is_clear
    if PLAN.search(words):
        return [], False  # a plan is not one of the totals nearby
    totals = [
        statement.quantities[total.total]
        for total in statement.totals
        if any(part.statement is statement and part.index in total.parts for part in parts)
        and not _has_share(statement, total.total)
    ]
    stated = [_amount(q) for q in totals]
    is_only = bool(_ALL.fullmatch(words)) and len({item.amount for item in stated}) == 1
    return [*stated, *(_amount(level.quantity) for level in near)], is_only


def _has_share(statement: Statement, index: int) -> bool:
    """Return whether a figure has a share of its own, so that it is not the whole of another: 774人，占20%，其中579人，占15%."""
    return index + 1 < len(statement.readings) and statement.readings[index + 1].kind == "share"


def _are_meant(named: Sequence[Level], name: str, statement: Statement) -> bool:
    """Return whether levels are the whole that a share names: in its section, or with its very name, which is long."""
    section = statement.passage.section
    return all(
        level.statement.passage.section == section
        or (level.name == name and len(name) >= LONG_NAME)
        for level in named
    )


def _amount(quantity: Quantity) -> _Amount:
    amount = quantity.amount or Decimal(0)
    return _Amount(
        amount=amount, rounding=quantity.rounding, shown=quantity.value, unit=quantity.unit
    )
