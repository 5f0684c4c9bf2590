"""The check of directions: words of growth or decline against the figures beside them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.model import Outcome, Reason
from publisher.reference.figure_words import DOWN_VERBS, UP_VERBS
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.movements import has_one_name, has_other_basis, movement
from publisher.statistics.stated_fractions import Fraction, exact_amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check
    from publisher.statistics.statement import Statement


def _verbs(words: frozenset[str]) -> re.Pattern[str]:
    """Return a pattern for a verb of change directly before a level: 增加到, 增至."""
    stems = {re.sub("[到至]$", "", word) for word in words} - {
        "多",
        "高",
        "快",
        "长",
        "少",
        "低",
        "慢",
    }
    longest_first = sorted(stems, key=lambda stem: (-len(stem), stem))
    return re.compile(f"(?:{'|'.join(longest_first)})(?:了)?[到至为](?:\\d{{4}}年)?的?$")


_PLAIN_LEVELS = re.compile(
    "(?P<name>[^，。；：、\\d]{0,12})[由从](?:20\\d\\d年的?|[上去]年的?)?(?P<first>\\d+(?:\\.\\d+)?)"
    "(?P<verb>[^，。；：\\d]{2,8})(?P<last>\\d+(?:\\.\\d+)?)(?=[，。；、（]|$)"
)
"""Two levels without a unit: 城乡收入比由1.78缩小到1.75."""
_DIRECTIONS = ((1, _verbs(UP_VERBS)), (-1, _verbs(DOWN_VERBS)))
_TIMES = frozenset("秒 分 分钟 小时 天 日 个工作日 工作日 个月 月".split())
_WORDS = {1: translatable("grew"), -1: translatable("fell")}


@arithmetic_check(
    name="direction",
    kinds=("growth",),
    reason="It fails where the words say that a measure grew and its two levels show that it fell, or the other way round, "
    "and where a change and its rate have opposite directions.",
    fails=(
        (
            "初中招生由9,994人增加到9,988人。",
            "初中招生: the words say that it grew, from 9994 to 9988 it fell",
        ),
        (
            "油料产量8.35万吨，比上年的8.92万吨增产0.57万吨。",
            "油料产量: the words say that it grew, from 8.92 to 8.35 it fell",
        ),
        (
            "公共预算收入12.38亿元，减收0.46亿元，增长3.6%。",
            "公共预算收入: the change says that it fell, the rate that it grew",
        ),
    ),
    holds=(
        "初中招生由9,604人增加到9,988人。",
        "油料产量8.35万吨，比上年的8.92万吨减产0.57万吨。",
        "公共预算收入12.38亿元，减收0.46亿元，下降3.6%。",
    ),
    exceptions="rates on another basis than the levels (环比, 可比口径, constant prices), and approximate figures; they are not checked.",
)
def check_directions(statement: Statement, _: Sequence[Statement]) -> Iterator[Check]:
    """Compare words of growth or decline with the levels of the measure."""
    for index, reading in enumerate(statement.readings):
        if reading.construction == "to":
            direction = _direction_of_level(statement, index)
            earlier = _level_before(statement, index)
            if direction and earlier is not None:
                yield from _compare_levels(statement, index, (earlier, index), direction)
        elif reading.kind in ("change", "rate") and reading.direction and not reading.doubt:
            moved = movement(statement, index)
            if _is_speed_of_time(statement, index):
                continue
            if not has_one_name(statement, moved, index):
                continue
            if (
                moved.later is not None
                and moved.earlier is not None
                and statement.readings[moved.later].construction != "to"
                and not has_other_basis(statement, index)
            ):
                levels = (moved.earlier, moved.later)
                yield from _compare_levels(statement, index, levels, reading.direction)
            if reading.kind == "rate" and moved.change is not None and moved.earlier is None:
                yield from _compare_change(statement, index, moved.change, moved.later)
    if _PLAIN_LEVELS.search(statement.text):
        yield from _compare_plain_levels(statement)


def _is_speed_of_time(statement: Statement, index: int) -> bool:
    """Return whether a time is called faster or slower, which is less or more of it: 用时1.9分钟，比平均的2.1分钟快0.2分钟."""
    return statement.quantities[index].base_unit in _TIMES and bool(
        re.search("[快慢]", statement.words_before(index))
    )


def _compare_plain_levels(statement: Statement) -> Iterator[Check]:
    """Yield the checks of levels without a unit, which are no quantities."""
    for match in _PLAIN_LEVELS.finditer(statement.text):
        direction = _direction_of_verb(match["verb"])
        first, last = Decimal(match["first"]), Decimal(match["last"])
        if not direction or first == last:
            continue
        holds = (last > first) == (direction > 0)
        measure = statement.in_source_script(match["name"])
        difference = _difference(measure, match["first"], match["last"], direction)
        yield statement.make_span_check(
            match.span("last"),
            kind="growth",
            formula=f"{measure}: {match['first']} {'<' if direction > 0 else '>'} {match['last']}",
            subject=measure,
            numbers=(match["last"], ""),
            verdict=(Outcome.HOLDS if holds else Outcome.FAILS, Reason.NONE),
            difference="" if holds else difference,
        )


def _difference(measure: str, before: str, after: str, direction: int) -> str:
    return translatable(
        "{measure}: the words say that it {stated_direction}, from {before} to {after} it {direction}",
        measure=measure,
        stated_direction=_WORDS[direction],
        before=before,
        after=after,
        direction=_WORDS[-direction],
    )


def _direction_of_level(statement: Statement, index: int) -> int:
    """Return the direction of the verb before the later level of a change."""
    return _direction_of_verb(statement.words_before(index))


def _direction_of_verb(words: str) -> int:
    """Return the direction of the verb before the later level of a change; 0 for 调整为 and the like."""
    return next((sign for sign, pattern in _DIRECTIONS if pattern.search(words)), 0)


def _level_before(statement: Statement, index: int) -> int | None:
    """Return the level that a change begins at: 由42.6万头下降到."""
    before = index - 1
    if before < 0 or not statement.readings[before].is_earlier:
        return None
    same_measure = statement.readings[before].measure == statement.readings[index].measure
    return before if same_measure else None


def _compare_levels(
    statement: Statement, index: int, levels: tuple[int, int], direction: int
) -> Iterator[Check]:
    """Yield the check of the direction between two levels; nothing if they are equal or not comparable."""
    before, after = (statement.quantities[i] for i in levels)
    first, last = (exact_amount(statement, i) for i in levels)
    if first is None or last is None or before.base_unit != after.base_unit or first == last:
        return
    holds = (last > first) == (direction > 0)
    sign = ">" if direction < 0 else "<"
    measure = statement.in_source_script(statement.readings[index].measure)
    difference = _difference(measure, before.value, after.value, direction)
    yield statement.make_check(
        index,
        kind="growth",
        formula=f"{measure}: {before.value}{before.unit} {sign} {after.value}{after.unit}",
        numbers=(after.value, ""),
        verdict=(Outcome.HOLDS if holds else Outcome.FAILS, Reason.NONE),
        difference="" if holds else difference,
    )


def _compare_change(
    statement: Statement, index: int, change: int, later: int | None
) -> Iterator[Check]:
    """Yield a check that fails if a rate is that of a change, but in the other direction: 减收0.46亿元，增长3.6%."""
    directions = [statement.readings[i].direction for i in (change, index)]
    amounts = [exact_amount(statement, i) for i in (later, change)]
    rate = statement.quantities[index].number
    if (
        index != change + 1
        or directions[0] * directions[1] >= 0
        or None in amounts
        or rate is None
        or has_other_basis(statement, index)
    ):
        return
    level, moved = (amount for amount in amounts if amount is not None)
    fractions = (Fraction(part=moved, whole=level - sign * moved) for sign in directions)
    if not any(fraction.gives(rate) for fraction in fractions):
        return
    measure = statement.in_source_script(statement.readings[index].measure)
    value = statement.quantities[change].value
    yield statement.make_check(
        index,
        kind="growth",
        formula=f"{measure}: {value}, {rate}%",
        numbers=(str(rate), ""),
        verdict=(Outcome.FAILS, Reason.NONE),
        difference=translatable(
            "{measure}: the change says that it {direction}, the rate that it {rate_direction}",
            measure=measure,
            direction=_WORDS[directions[0]],
            rate_direction=_WORDS[directions[1]],
        ),
    )
