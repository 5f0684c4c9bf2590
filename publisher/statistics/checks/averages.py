"""The check of averages and multiples: 平均每场40人次, 户均2.2人, 是上年的1.5倍."""

from __future__ import annotations

import re
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING

from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.checks.claims import Value, check_claim
from publisher.statistics.grammar.reading import MULTIPLE
from publisher.statistics.levels import level_at
from publisher.statistics.periods import YEAR
from publisher.statistics.stated_fractions import exact_amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.levels import Level, Levels
    from publisher.statistics.statement import Statement

_AVERAGE = re.compile(
    "(?:平均)?每(?:一)?(?P<unit>[个家名所件笔户场人日天宗项次期辆批篇座票张处亩吨台套])(?P<noun>[^，。；\\d均]{0,6}?)(?:平均)?(?:约|为|达)?$"
    "|(?:^|[，；、。）]|[^，。；、]{2})(?P<per>[户场件案笔人日馆校村店单家宗次生])均(?P<verb>[^，。；、\\d]{0,8}?)(?:约|为|达)?$"
)
"""The words before an average: 平均每个组织, 户均, 每件平均."""
_RARE_UNITS = ("期", "辆", "批", "篇", "座", "票", "张", "处", "亩", "吨", "台", "套")
"""Units of which a sentence may give an amount for each that is none of its total: 每辆保险费."""
_UNITS = {
    "户": ("户",),
    "场": ("场", "场次"),
    "件": ("件", "宗", "起"),
    "案": ("件", "起", "宗", "案"),
    "笔": ("笔",),
    "人": ("人", "名", "人次"),
    "名": ("人", "名"),
    "宗": ("宗",),
    "项": ("项", "个"),
    "次": ("次", "人次"),
    "家": ("家",),
    "单": ("单", "笔"),
    **{unit: (unit,) for unit in _RARE_UNITS},
}
"""Units of what an average is taken of, by the word of the average."""
_NOUNS = {"馆": "馆", "校": "学校", "村": "村", "店": "店", "生": "生"}
_DAYS = (Decimal(365), Decimal(366))
_MONTHS = 12
_WORKING_DAYS = tuple(map(Decimal, range(247, 254)))
"""Working days of a year; what an office does may be divided by them."""
_NARROWER = re.compile(
    "月|季|半年|[上中下]旬|周|期间|假|[\\d一二三四五六七八九十两]天|春运|汛|采暖|供暖|期内|以来|截至|小时|\\d日"
)
"""Words of a time that is shorter than a year; the average for a day is then of other days."""
_OPEN_DAYS = re.compile("(?:开放|历时|运行|营业|展出|持续)(?:时间)?(?:达|共)?$")
"""Words before the days that a daily average is taken of."""
_DAILY = re.compile("^，(?:日均|平均每[天日])(?:约|为|达)?$")
_BARE_AVERAGE = re.compile("，(?:平均每(?:一)?.|.均)(?:约|为|达)?")
"""What is between two figures and the average of the first for each of the second: 费用60万元，车辆30辆，平均每辆2万元."""
_YEAR_AMOUNT = re.compile("每年(?:为|达)?$")
_AS_MONTHS = re.compile("^，(?:折合|相当于)(?:每人)?每月(?:为|达)?$")
_OF_CHANGE = re.compile("增|减|节约|节省")
"""Words of an average of changes, whose sum is none of the levels before it: 户均增收."""
_PER_THING = re.compile("每[^，。；日天]{1,6}$|[人户车][日均]")
"""Words before a daily average that is also one for each of other things: 每公里日均."""
_PEAK = re.compile("单[日月]|最[高大多低小少]|峰值")
"""Names of the largest and the smallest amounts, of which no average is taken."""
_EVENT = re.compile("[展节会赛]|活动|演出|集市")
"""What lasts for some days only, which the sentence need not state."""
_OF_A_TIME = re.compile("[年月季周旬日天]")
"""An average for a time as well: 人均月养老金, 月人均."""
_TIMES = re.compile("(?:是|为|相当于|达到?)(?P<whole>[^，。；：]{0,12})的$")
NEAR_SENTENCES = 1


@arithmetic_check(
    name="average",
    kinds=("percentage",),
    reason="An average (户均, 平均每场) is an amount divided by a number, and a multiple (是上年的1.5倍) two levels of one measure. It "
    "fails where the sentence, or its part behind the last semicolon, states one amount and one number, or two adjacent digits are exchanged.",
    fails=(
        (
            "慰问困难家庭6,420户、14,124人，户均2.7人。",
            "14124 ÷ 6420 = 2.7 is stated, 2.20 is computed",
        ),
        (
            "农村低保标准为每人每年6756元，折合每月536元。",
            "6756元 ÷ 12 = 536 is stated, 563.0 is computed",
        ),
        (
            "企业由1846家增加到5538家，是2017年的4倍。",
            "5538 ÷ 1846 = 4 is stated, 3.0 is computed",
        ),
        (
            "审核报关单4.26万份，开出税单1.28万票、征收税款16.02亿元，平均每票12.5亿元。",
            "16.02亿元 ÷ 1.28万票 = 12.5 is stated, 0.0013 is computed",
        ),
    ),
    holds=(
        "慰问困难家庭6,420户、14,124人，户均2.2人。",
        "企业由1846家增加到5538家，是2017年的3倍。",
        "审核报关单4.26万份，开出税单1.28万票、征收税款16.02亿元，平均每票12.5万元。",
    ),
    exceptions="approximate figures, and averages whose amount or number the report does not state, and averages per day of a part "
    "of a year, unless the sentence states the days (开放312天); they are not checked.",
)
def check_averages(report: ReportStatements) -> Iterator[Check]:
    """Compare an average or a multiple with the figures that it is computed from."""
    for statement in report.levels.statements:
        if not re.search("均|每|倍", statement.text):
            continue
        for index, quantity in enumerate(statement.quantities):
            start = statement.clause_start(quantity.start)
            words = statement.text[start : quantity.start]
            if quantity.unit == "倍":
                yield from _check_multiple(report.levels, statement, index, words)
            elif _AS_MONTHS.search(statement.words_before(index)):
                yield from _check_months(statement, index)
            elif match := _AVERAGE.search(words):
                yield from _check_average(report.levels, statement, index, match, report.title)


def _check_average(
    levels: Levels, statement: Statement, index: int, match: re.Match[str], title: str
) -> Iterator[Check]:
    average = statement.quantities[index]
    is_daily = (match["per"] or match["unit"]) in ("日", "天")
    words = statement.words_before(index)
    if is_daily and (days := _stated_days(statement, index)):
        own = [
            level
            for level in levels.before(statement, index, sentences=0)
            if level.unit == average.base_unit and not statement.readings[level.index].is_earlier
        ]
        values = [_by_days(amount, days, average.scale) for amount in own]
        is_certain = len(own) == 1 and bool(_DAILY.search(words))
        yield from check_claim(statement, index, values, kind="percentage", is_certain=is_certain)
        return
    if _OF_CHANGE.search(match["verb"] or ""):
        return
    if is_daily and _PER_THING.search(match.string[: match.start("per")]):
        return
    is_of_part = _NARROWER.search(f"{statement.text}{statement.context.span}{title}")
    if (is_daily and is_of_part) or (
        not is_daily and _OF_A_TIME.search(words[words.rfind("，") + 1 :])
    ):
        return
    near = [
        level
        for level in levels.before(statement, index, sentences=NEAR_SENTENCES)
        if not _PEAK.search(level.name)
    ]
    own = [level for level in near if level.statement is statement]
    amounts = (_amounts(own, average.base_unit) or _amounts(near, average.base_unit))[:2]
    if is_daily:
        of_year = [i for i in amounts if not _NARROWER.search(i.statement.text)]
        amounts = of_year if amounts and amounts[0].statement is not statement else amounts
        values = [
            _by_days(amount, days, average.scale)
            for amount in amounts[:1]
            for days in (*_DAYS, *_WORKING_DAYS)
        ]
        yield from check_claim(
            statement,
            index,
            values,
            kind="percentage",
            is_certain=len(amounts) == 1
            and (amounts[0].statement is statement or not _names_its_own(match))
            and not _EVENT.search(statement.text, 0, average.start),
        )
        return
    counts = _counts(own, match) or _counts(near, match)
    values = [
        _quotient(amount, count, average.scale)
        for amount in amounts
        for count in counts
        if count.amount > 1 and count.order != amount.order
    ]
    is_one = len(amounts) == len(counts) == 1 and {amounts[0], counts[0]} <= {*own}
    is_certain = (is_one and match["unit"] not in _RARE_UNITS) or (
        bool(_BARE_AVERAGE.fullmatch(words)) and _are_directly_before(index, amounts, counts, own)
    )
    yield from check_claim(statement, index, values, kind="percentage", is_certain=is_certain)


def _are_directly_before(
    index: int, amounts: Sequence[Level], counts: Sequence[Level], own: Sequence[Level]
) -> bool:
    """Return whether an amount and the number that it is divided by are alone before an average, back to the last ；.

    Args:
        index: The number of the average in its sentence.
        amounts: What it may be an average of, the nearest first.
        counts: What it may be taken for each of.
        own: The levels of the sentence.
    """
    if not own:
        return False
    statement = own[0].statement
    start = statement.segment_start(statement.quantities[index].start)
    last = sorted(
        (level for level in own if start <= level.quantity.start and level.index < index),
        key=attrgetter("index"),
    )
    return [level.index for level in last] == [index - 2, index - 1] and len(
        {*last} & {*amounts}
    ) == len({*last} & {*counts}) == 1


def _names_its_own(match: re.Match[str]) -> bool:
    """Return whether the clause of an average says what it is of, which a sentence before may not count: 地铁日均运量."""
    return bool(match["verb"] or match.string[: match.start("per")].strip("，；、。）"))


def _stated_days(statement: Statement, index: int) -> Decimal | None:
    """Return the days that a sentence states before a daily average: 全年开放312天; nothing if it states none or several."""
    days = [
        quantity.number
        for position, quantity in enumerate(statement.quantities[:index])
        if quantity.base_unit in ("天", "日") and quantity.exact and quantity.number
        if _OPEN_DAYS.search(statement.words_before(position))
    ]
    return days[0] if len(days) == 1 else None


def _check_months(statement: Statement, index: int) -> Iterator[Check]:
    """Check what an amount of a year is for a month: 每人每年6756元，折合每月563元."""
    if not index or not _YEAR_AMOUNT.search(statement.words_before(index - 1)):
        return
    year, month = statement.quantities[index - 1], statement.quantities[index]
    amount = exact_amount(statement, index - 1)
    if amount is None or year.base_unit != month.base_unit:
        return
    value = Value(
        formula=f"{year.value}{year.unit} ÷ {_MONTHS}",
        number=amount / _MONTHS / month.scale,
        rounding=year.rounding / _MONTHS / month.scale,
        is_quotient=True,
    )
    yield from check_claim(statement, index, [value], kind="percentage", is_certain=True)


def _by_days(amount: Level, days: Decimal, scale: Decimal) -> Value:
    """Return the average of a year's amount for a day."""
    quantity = amount.quantity
    return Value(
        formula=f"{quantity.value}{quantity.unit} ÷ {days}",
        number=amount.amount / days / scale,
        rounding=quantity.rounding / days / scale,
        is_quotient=True,
    )


def _amounts(near: Sequence[Level], unit: str) -> list[Level]:
    """Return the levels of the unit of an average, the nearest first."""
    return [level for level in near if level.unit == unit]


def _counts(near: Sequence[Level], match: re.Match[str]) -> list[Level]:
    """Return the levels that count what an average is taken of: 户 of 户均, 组织 of 平均每个组织."""
    per = match["per"] or match["unit"] or ""
    noun = _NOUNS.get(per, match["noun"] or "")
    if noun and noun not in _UNITS:
        return [level for level in near if level.name.endswith(noun)]
    units = _UNITS.get(per or noun, (noun,) if noun else ())
    return [level for level in near if level.unit in units]


def _quotient(amount: Level, count: Level, scale: Decimal) -> Value:
    first, second = amount.quantity, count.quantity
    number = amount.amount / count.amount / scale
    shown = [
        item.value if item.scale == 1 else f"{item.value}{item.unit}" for item in (first, second)
    ]
    return Value(
        formula=f"{shown[0]} ÷ {shown[1]}",
        number=number,
        rounding=number * (first.rounding / amount.amount + second.rounding / count.amount)
        if amount.amount
        else Decimal(0),
        is_quotient=True,
    )


def _check_multiple(
    levels: Levels, statement: Statement, index: int, words: str
) -> Iterator[Check]:
    """Check the multiple of an earlier level: 由1846家增加到5538家，是2017年的3倍."""
    match = _TIMES.search(words)
    if match is None or not index or statement.readings[index].construction == MULTIPLE:
        return
    measure = statement.readings[index].measure
    same = [
        i
        for i, reading in enumerate(statement.readings)
        if i != index
        and reading.measure == measure
        and reading.kind == "level"
        and statement.quantities[i].unit != "倍"
        and exact_amount(statement, i)
    ]
    year = YEAR.search(match["whole"])
    earlier = [
        i
        for i in same
        if statement.readings[i].is_earlier
        or (year and year["year"] in statement.readings[i].period)
    ]
    later = [i for i in same if i < index and i not in earlier]
    if not later or not earlier:
        return
    first, second = statement.quantities[later[-1]], statement.quantities[earlier[0]]
    if first.base_unit != second.base_unit:
        return
    number = levels.number(statement)
    amount, whole = (
        level_at(statement, i, q.amount or Decimal(0), number)
        for i, q in ((later[-1], first), (earlier[0], second))
    )
    value = _quotient(amount, whole, Decimal(1))
    yield from check_claim(
        statement, index, [value], kind="percentage", is_certain=len(earlier) == 1
    )
