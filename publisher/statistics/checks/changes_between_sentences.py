"""The check of a change since a level that another sentence or a table states: 今年改造50个，比上年多8个, with 改造42个 before."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.reference.units import MEASURES, SHARES
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.checks.claims import Value, check_claim
from publisher.statistics.decimals import plain_decimal, rounding_of
from publisher.statistics.levels import plain_name
from publisher.statistics.misprints import is_transposition
from publisher.statistics.movements import AT_CONSTANT_PRICES, COMPARED_YEAR
from publisher.statistics.other_places import part_of_whole, scope_of
from publisher.statistics.periods import period_of, year_before

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.levels import Level
    from publisher.statistics.quantities import Quantity
    from publisher.statistics.statement import Statement

_COMPARED = re.compile(
    "[比较](?:上一?年|去年|前一年|20\\d\\d年)(?!.{0,6}(?:计划|预算(?!数)|目标|同期|平均))"
)
"""The words of a comparison with the year before."""
_COMPARED_RATE = re.compile(f"{_COMPARED.pattern}|同比")
_OTHER_BASIS = re.compile("同口径|可比|实际增|名义|平均每年|年均|累计|[月季][度初末]?|半年|同期")
_PLANNING = re.compile("^(?:安排|拟安排|计划|力争|预计|确保|实施|推进|实现|完成)+")
"""Verbs before a measure that is planned for one year and reached in another."""
_BOUNDS = frozenset(("以上", "以内", "不少于", "不低于", "不超过", "达到"))
POINTS = "个百分点"
NEAR_SENTENCES = 2
"""Sentences before a rate with the level that it leads to."""
_Key = tuple[str, str, str]
"""Name, scope and unit without its magnitude."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """A change, the level that it leads to, and the year since when."""

    statement: Statement
    index: int
    level: Statement
    """The sentence of the level."""
    later: int
    before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    amount: Decimal
    rounding: Decimal
    shown: str
    name: str
    """With the verbs of planning."""


@arithmetic_check(
    name="change-between-sentences",
    kinds=("growth",),
    reason="A level less its change is the level of the year before, which another sentence or a table may state. It fails where that level "
    "is stated once under the same name and counts things, or where two adjacent digits of the change are exchanged. A rate of growth is compared with the same two levels.",
    fails=(
        (
            "2017年改造老旧小区42个。\n\n2018年计划改造老旧小区50个，比上年多5个。",
            "50 − 42 = 5 is stated, 8 is computed",
        ),
    ),
    holds=("2017年改造老旧小区42个。\n\n2018年计划改造老旧小区50个，比上年多8个。",),
    exceptions="approximate figures, other periods than years, changes since a plan, and measures that the report states with "
    "several values for that year; they are not checked. An amount of money may have been revised (``cannot be verified``).",
)
def check_changes_between_sentences(report: ReportStatements) -> Iterator[Check]:
    """Compare a change with two levels of which another sentence or a table has the earlier one."""
    changes = list(_changes(report))
    wanted = {(_key(change.level, change.later)[2], change.before) for change in changes}
    levels = _levels(report, wanted) if changes else {}
    for change in changes:
        key = _key(change.level, change.later), change.before
        earlier = _different(levels.get(key, ()))
        if len(earlier) != 1:
            continue
        if _is_rate(change.statement, change.index):
            yield from _compare_rate(change, earlier[0])
        else:
            yield from _compare(change.statement, change.index, change.later, earlier[0])


def _changes(report: ReportStatements) -> Iterator[_Change]:
    """Yield the changes since another year whose earlier level their sentence does not state."""
    for statement in report.levels.statements:
        if "比" not in statement.text and "较" not in statement.text:
            continue
        for index, reading in enumerate(statement.readings):
            if not reading.direction or reading.doubt:
                continue
            words = statement.words_before(index)
            is_rate = _is_rate(statement, index)
            pattern = _COMPARED_RATE if is_rate else _COMPARED
            if not (is_rate or reading.kind == "change") or not pattern.search(words):
                continue
            if _OTHER_BASIS.search(words) or (
                is_rate and AT_CONSTANT_PRICES.search(reading.subject)
            ):
                continue
            later, source = _later_level(statement, index), statement
            if later is None and is_rate and (near := _level_before(report, statement, index)):
                later, source = near.index, near.statement
            if later is None or _OTHER_BASIS.search(source.readings[later].period):
                continue
            year = period_of(source, later, report.year)
            named = COMPARED_YEAR.search(words)
            before = named["year"] if named else year_before(year)
            if year.isdigit() and before != year:
                yield _Change(
                    statement=statement, index=index, level=source, later=later, before=before
                )


def _is_rate(statement: Statement, index: int) -> bool:
    """Return whether a figure is the rate of growth of a measure."""
    return statement.readings[index].kind == "rate" and statement.quantities[index].unit == "%"


def _later_level(statement: Statement, index: int) -> int | None:
    """Return the level that a change leads to, if its sentence does not state the earlier one."""
    change = statement.quantities[index]
    unit = "%" if change.unit == POINTS else change.base_unit
    is_rate = _is_rate(statement, index)
    same = [
        i
        for i, reading in enumerate(statement.readings)
        if reading.measure == statement.readings[index].measure
        and reading.kind == "level"
        and (
            (statement.quantities[i].unit not in SHARES and statement.status(i) == "result")
            if is_rate
            else statement.quantities[i].base_unit == unit
        )
    ]
    is_only = len(same) == 1 and same[0] < index
    return same[0] if is_only and not statement.readings[same[0]].is_earlier else None


def _level_before(report: ReportStatements, statement: Statement, index: int) -> Level | None:
    """Return the level of a sentence shortly before whose name a rate begins with: 举办赛事214场。赛事场次比上年增长15.1%."""
    levels, measure = report.levels, statement.readings[index].measure
    if any(level.index < index for level in levels.of(statement)):
        return None
    near = [
        level
        for level in levels.before(statement, index, sentences=NEAR_SENTENCES)
        if len(measure) > 1
        and measure[:2] in level.name
        and period_of(level.statement, level.index, report.year) == report.year
    ]
    return near[0] if near else None


def _levels(
    report: ReportStatements, wanted: set[tuple[str, str]]
) -> Mapping[tuple[_Key, str], Sequence[_Level]]:
    """Return the results of the report with one of some units and years, by what they are and their year."""
    units = {unit for unit, _ in wanted}
    levels: dict[tuple[_Key, str], list[_Level]] = defaultdict(list)
    for statement in report.levels.statements:
        for index, reading in enumerate(statement.readings):
            quantity = statement.quantities[index]
            is_result = reading.kind == "level" and statement.status(index) != "target"
            if not is_result or statement.context.span or not quantity.exact or reading.doubt:
                continue
            if quantity.amount is None or quantity.base_unit not in units:
                continue
            period = period_of(statement, index, report.year)
            if (quantity.base_unit, period) not in wanted or _OTHER_BASIS.search(reading.period):
                continue
            levels[_key(statement, index), period].append(
                _Level(
                    amount=quantity.amount,
                    rounding=quantity.rounding,
                    shown=quantity.value,
                    name=plain_name(reading.measure),
                )
            )
    for cell in report.cells:
        is_result = cell.kind == "level" and cell.status == "result"
        if is_result and "/" not in cell.measure and (cell.unit, cell.period) in wanted:
            name = plain_name(cell.measure)
            key = _short(name), part_of_whole(cell.scope), cell.unit
            levels[key, cell.period].append(
                _Level(amount=cell.amount, rounding=cell.rounding, shown=cell.value, name=name)
            )
    return levels


def _key(statement: Statement, index: int) -> _Key:
    reading, unit = statement.readings[index], statement.quantities[index].base_unit
    return _short(plain_name(reading.measure)), scope_of(statement, index), unit


def _short(name: str) -> str:
    return _PLANNING.sub("", name) or name


def _different(levels: Sequence[_Level]) -> Sequence[_Level]:
    """Return the levels that rounding does not make equal, those with more digits first."""
    different: list[_Level] = []
    for level in sorted(levels, key=lambda item: item.rounding):
        if all(abs(level.amount - other.amount) > level.rounding for other in different):
            different.append(level)
    return different


def _compare(statement: Statement, index: int, later: int, earlier: _Level) -> Iterator[Check]:
    change, level = statement.quantities[index], statement.quantities[later]
    if not _is_definite(level) or not change.exact or change.amount is None:
        return
    scale = Decimal(1) if change.unit == POINTS else change.scale
    stated = abs(change.number or Decimal(0)) * scale
    direction = statement.readings[index].direction
    computed = ((level.amount or Decimal(0)) - earlier.amount) * direction
    rounding = rounding_of(abs(change.number or Decimal(0)), scale)
    outcome, reason = Outcome.HOLDS, Reason.NONE
    if abs(stated - computed) > rounding + level.rounding + earlier.rounding:
        is_count = level.base_unit not in MEASURES or level.unit in SHARES
        is_same_name = earlier.name == plain_name(statement.readings[later].measure)
        is_near = computed >= 0 and stated <= (level.amount or Decimal(0))
        outcome, reason = Outcome.UNVERIFIABLE, Reason.REVISED
        if is_transposition(change.value.removeprefix("-"), computed / scale) or (
            is_count and is_same_name and is_near
        ):
            outcome, reason = Outcome.FAILS, Reason.NONE
    yield statement.make_check(
        index,
        kind="growth",
        formula=f"{level.value} − {earlier.shown} = {change.value}"
        if direction > 0
        else f"{earlier.shown} − {level.value} = {change.value}",
        numbers=(change.value, plain_decimal(computed / scale)),
        verdict=(outcome, reason),
    )


def _compare_rate(change: _Change, earlier: _Level) -> Iterator[Check]:
    """Yield the check of a rate of growth between two levels of which another sentence has the earlier one."""
    statement, index = change.statement, change.index
    level, direction = change.level.quantities[change.later], statement.readings[index].direction
    if not level.exact or level.amount is None or earlier.amount <= 0:
        return
    ratio = level.amount / earlier.amount
    value = Value(
        formula=f"{level.value} ÷ {earlier.shown} − 1",
        number=(ratio - 1) * direction * 100,
        rounding=(level.rounding + ratio * earlier.rounding) / earlier.amount * 100,
        is_quotient=True,
    )
    is_count = level.base_unit not in MEASURES
    is_same_name = earlier.name == plain_name(change.level.readings[change.later].measure)
    yield from check_claim(
        statement,
        index,
        [value] if value.number > 0 or is_count else [],
        kind="growth",
        is_certain=is_count and is_same_name and change.level is statement,
    )


def _is_definite(level: Quantity) -> bool:
    """Return whether a figure is exact, or the bound that is planned: 55万人以上."""
    return level.amount is not None and (level.exact or level.qualifier in _BOUNDS)
