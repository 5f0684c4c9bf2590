"""The check of differences that have a name of their own: 顺差 of 出口 and 进口, 少收 of 应收 and 实收."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.reference.units import MEASURES, SHARES
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.checks.verdicts import compare_amounts
from publisher.statistics.decimals import last_digit, plain_decimal
from publisher.statistics.misprints import is_transposition
from publisher.statistics.numerals import han_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check
    from publisher.statistics.quantities import Quantity
    from publisher.statistics.statement import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class _Difference:
    """The words directly before a difference and before the two figures that it is between."""

    name: re.Pattern[str]
    sides: tuple[re.Pattern[str], re.Pattern[str]]
    is_whole: bool
    """Whether nothing else can enter the difference: staff also changes by transfers that a sentence need not state."""


def _difference(name: str, first: str, second: str, *, is_whole: bool = True) -> _Difference:
    verb = "(?:为|了|达|共|收入|支出|金额|资金|额|数|总额|完成|仅|只有|人数|人员|年末)*"
    patterns = [re.compile(f"(?:{words}){verb}$") for words in (first, second)]
    return _Difference(
        name=re.compile(f"(?:{name})$"), sides=(patterns[0], patterns[1]), is_whole=is_whole
    )


_DIFFERENCES = (
    _difference("(?:贸易)?(?:顺差|逆差)(?:为|达)?", "出口", "进口"),
    _difference("(?:少收|欠收|短收|未收)", "应收", "实收"),
    _difference("(?:尚有|尚)?(?:空缺|缺编|缺额|空编)", "编制", "实际|实有|在编|在岗"),
    _difference(
        "净增|净增加",
        "新聘|招聘|新招|新进|入职|新增",
        "离职|辞退|离任|解聘|退出|注销",
        is_whole=False,
    ),
    _difference("自然增长(?:人口)?为?", "出生(?:人口)?", "死亡(?:人口)?"),
    _difference("多计(?:价款)?|核减(?:金额|投资)?|审减(?:金额)?", "送审(?:金额)?", "审定(?:金额)?"),
    _difference("低于限额|剩余限额", "限额(?:为)?", "余额", is_whole=True),
    _difference("超出|超支|超预算", "预算", "实际支出|实支|实际列支"),
    _difference(
        "闲置|结余|未使用", "安排预算|预算安排|下达预算", "支出|实际支出|使用", is_whole=False
    ),
)
_COMPARED = re.compile("^[，]?(?:[比较与和]|高于|低于|超过|超出)[^，。；]{0,14}$")
"""Between two rates that are compared: ，较服务承诺的, ，高于年度目标（."""
_POINTS = re.compile(
    "^）?(?:的[^，。；\\d]{0,8})?(?:高|低|高出|相差|多|少|提高|降低|上升|下降|提升|回落)?了?$"
)
"""Between the second rate and its difference from the first: ）, 高, 的预期目标相差."""
_BETWEEN_BOTH = re.compile("，[二两]者(?:相差|之差|差距)(?:为|达)?$")
"""Before the points between the two rates before them: 两者相差."""
_VERB = "(?:提高|提升|上升|增加|增长|升高|升|下降|降低|降|回落|减少)"
_FROM = re.compile("(?:由|从)(?:上年|去年|(?:19|20)\\d\\d年)?的?$")
_NEXT_YEAR = re.compile("、(?:19|20)\\d\\d年的?")
_TO = re.compile(f"^(?:进一步|逐年)?{_VERB}(?:到|至|为)(?:(?:19|20)\\d\\d年的?)?$")
_MOVED_POINTS = re.compile(f"^，(?:(?P<years>[两二三四五])年(?:间|来)?)?(?:共|累计)?{_VERB}了?$")
"""The words before the rates that points are between, and before the points."""
PAIR = 2
POINTS_UNIT = "个百分点"


@arithmetic_check(
    name="named-difference",
    kinds=("growth",),
    reason="Exports less imports are the surplus, what is due less what was received is what is missing, and a rate less the target "
    "that it is compared with is the points between them. It fails where the two figures directly before have another difference; where other figures may enter it, two "
    "adjacent digits must be exchanged.",
    fails=(
        (
            "房屋租金应收305.00万元，实收158.00万元，少收120.00万元。",
            "305.00 − 158.00 = 120.00 is stated, 147 is computed",
        ),
        (
            "占比由31.5%提高到40.0%，提高9.5个百分点。",
            "40.0% − 31.5% = 9.5 is stated, 8.5 is computed",
        ),
        (
            "巩固率98.6%，比规划目标（97%）高2.6个百分点。",
            "98.6 − 97 = 2.6 is stated, 1.6 is computed",
        ),
    ),
    holds=(
        "房屋租金应收305.00万元，实收185.00万元，少收120.00万元。",
        "巩固率98.6%，比规划目标（97%）高1.6个百分点。",
    ),
    exceptions="approximate figures, differences that rounding explains (``cannot be verified``), and figures without such names; "
    "they are not checked.",
)
def check_named_differences(statement: Statement, _: Sequence[Statement]) -> Iterator[Check]:
    """Compare a difference that is named with the two figures before it."""
    if len(statement.quantities) <= PAIR:
        return
    for index in range(len(statement.quantities)):
        words = statement.words_before(index)
        difference = next((item for item in _DIFFERENCES if item.name.search(words)), None)
        if index < PAIR and difference is None:
            continue
        pair = (
            _sides(statement, index, difference)
            if difference
            else _compared_rates(statement, index)
        )
        if pair is not None:
            is_proved = not difference or (
                difference.is_whole and not _others(statement, index, pair)
            )
            yield from _compare(statement, index, pair, is_proved=is_proved)


def _others(statement: Statement, index: int, pair: tuple[int, int]) -> bool:
    """Return whether figures beside the two sides may enter a difference: 应收305万元，减免20万元，实收185万元."""
    difference = statement.quantities[index]
    between = set(range(min(pair), index)) - {*pair}
    return any(_are_comparable(statement.quantities[i], difference) for i in between)


def _sides(statement: Statement, index: int, difference: _Difference) -> tuple[int, int] | None:
    """Return the two figures that a named difference is between; ``None`` if the sentence has not both."""
    start = statement.segment_start(statement.quantities[index].start)
    ends = (statement.text.find(mark, statement.quantities[index].end) for mark in "；。")
    end = min((end for end in ends if end >= 0), default=len(statement.text))
    sides: list[int] = []
    for pattern in difference.sides:
        named = [
            i
            for i in range(len(statement.quantities))
            if i != index
            and start <= statement.quantities[i].start < end
            and pattern.search(statement.words_before(i))
            and _are_comparable(statement.quantities[i], statement.quantities[index])
        ]
        if len(named) != 1:
            return None
        sides += named
    return (sides[0], sides[1]) if sides[0] != sides[1] else None


def _are_comparable(first: Quantity, second: Quantity) -> bool:
    """Return whether two figures have one unit, or both count: 1702人, 空缺144个."""
    if first.base_unit == second.base_unit:
        return first.unit not in SHARES
    units = (first.base_unit, second.base_unit)
    return not any(unit in MEASURES or unit in SHARES for unit in units)


def _compared_rates(statement: Statement, index: int) -> tuple[int, int] | None:
    """Return the two rates directly before the points between them: 98.6%，比目标（97%）高1.6个百分点."""
    first, second = statement.quantities[index - 2 : index]
    if _BETWEEN_BOTH.search(statement.words_before(index)) and {first.unit, second.unit} == {"%"}:
        return index - 2, index - 1
    if (moved := _moved_rates(statement, index)) is not None:
        return moved
    if statement.quantities[index].unit != POINTS_UNIT or {first.unit, second.unit} != {"%"}:
        return None
    is_list = index > PAIR and re.fullmatch("[、和及与]", statement.words_before(index - 2))
    between = _COMPARED.search(statement.words_before(index - 1))
    if is_list or not between or not _POINTS.search(statement.words_before(index)):
        return None
    return index - 2, index - 1


def _moved_rates(statement: Statement, index: int) -> tuple[int, int] | None:
    """Return the later and the earlier rate that points are between: 由2021年的41.2%、2022年的33.5%降至26.7%，两年下降14.5个百分点."""
    points = _MOVED_POINTS.search(statement.words_before(index))
    if (
        statement.quantities[index].unit != POINTS_UNIT
        or points is None
        or not _TO.search(statement.words_before(index - 1))
    ):
        return None
    years = int(han_value(points["years"])) if points["years"] else 1
    first = index - 1 - years
    if first < 0 or not _FROM.search(statement.words_before(first)):
        return None
    is_chain = all(
        _NEXT_YEAR.fullmatch(statement.words_before(i)) for i in range(first + 1, index - 1)
    )
    rates = [statement.quantities[i] for i in range(first, index)]
    step = last_digit(statement.quantities[index].number or Decimal(0))
    is_exact = all(last_digit(rate.number or Decimal(0)) <= step for rate in rates)
    is_of_rates = {rate.unit for rate in rates} == {"%"}
    return (index - 1, first) if is_chain and is_exact and is_of_rates else None


def _compare(
    statement: Statement, index: int, pair: tuple[int, int], *, is_proved: bool
) -> Iterator[Check]:
    first, second, stated = (statement.quantities[i] for i in (*pair, index))
    figures = (first, second, stated)
    if any(figure.number is None or figure.amount is None for figure in figures):
        return
    if first.unit == "%":
        computed = abs((first.number or Decimal(0)) - (second.number or Decimal(0)))
        wanted, scale = abs(stated.number or Decimal(0)), Decimal(1)
        rounding: Decimal | None = 2 * max(
            first.rounding, second.rounding
        )  # what both may add up to
    else:
        computed = abs((first.amount or Decimal(0)) - (second.amount or Decimal(0)))
        wanted, scale = abs(stated.amount or Decimal(0)), stated.scale
        rounding = None
    outcome, reason = compare_amounts(figures, computed - wanted, rounding)
    is_movement = pair[0] > pair[1]  # the later rate is first
    sign = "%" if is_movement and first.unit == "%" else ""
    is_failure = outcome is Outcome.FAILS
    if is_failure and not is_proved and not is_transposition(stated.value, computed / scale):
        outcome, reason = Outcome.UNVERIFIABLE, Reason.PARTS
    yield statement.make_check(
        index,
        kind="growth",
        formula=f"{first.value}{sign} − {second.value}{sign} = {stated.value}",
        numbers=(stated.value, plain_decimal(computed / scale)),
        verdict=(outcome, reason),
    )
