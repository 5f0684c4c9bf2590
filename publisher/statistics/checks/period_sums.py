"""The check of amounts of a part of a year against the months or the quarters of a table: 一季度207.0万人次."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.checks.claims import Value, check_claim
from publisher.statistics.decimals import plain_decimal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.named_lists import Member, NamedList
    from publisher.statistics.statement import Statement

_PART = re.compile("(?P<part>(?:前[三3]|第?[一二三四])季度|[上下]半年)")
_OTHER = re.compile("日均|月均|平均|同比|上年|去年|计划|目标|累计|最")
_MONTH = re.compile("(?P<month>1[0-2]|[1-9])月份?")
_QUARTER = re.compile("第?(?P<quarter>[一二三四1-4])季度")
_MONTHS_OF: Mapping[str, range] = {
    "一季度": range(1, 4),
    "二季度": range(4, 7),
    "三季度": range(7, 10),
    "四季度": range(10, 13),
    "上半年": range(1, 7),
    "下半年": range(7, 13),
    "前三季度": range(1, 10),
}
_EXAMPLE = "| 季度 | 接待（人次） |\n|---|---|\n| 一季度 | 2,318 |\n| 二季度 | 2,640 |\n| 三季度 | 2,455 |\n| 四季度 | 2,433 |\n\n下半年共接待{}人次。"


@arithmetic_check(
    name="period-sum",
    kinds=("sum",),
    reason="The amount of a quarter or of half a year is the sum of its months or quarters in a table. It fails where two adjacent digits "
    "are exchanged.",
    fails=((_EXAMPLE.format("8,488"), "8488 = 2455 + 2433 is stated, 4888 is computed"),),
    holds=(_EXAMPLE.format("4,888"),),
    exceptions="averages, plans and other years, and tables that do not have all months of the part of the year; they are not checked.",
)
def check_period_sums(report: ReportStatements) -> Iterator[Check]:
    """Compare the amounts of parts of a year with the months or quarters of a table."""
    lists = [(item, months) for item in report.table_lists if (months := _months(item))]
    if not lists:
        return
    for statement in report.levels.statements:
        for index, reading in enumerate(statement.readings):
            quantity = statement.quantities[index]
            words = statement.text[statement.clause_start(quantity.start) : quantity.start]
            parts = list(_PART.finditer(words))
            if len(parts) != 1 or reading.kind != "level" or _OTHER.search(words):
                continue
            wanted = _MONTHS_OF[parts[0]["part"].removeprefix("第").replace("3", "三")]
            values = [
                _value(members, statement, index)
                for item, months in lists
                if item.unit == quantity.base_unit and _names(item, words, reading.measure)
                for members in _members(months, wanted)
            ]
            yield from check_claim(statement, index, values, kind="sum")


def _months(item: NamedList) -> Sequence[tuple[range, Member]]:
    """Return the rows of a table with the months that each is of; nothing if a row is of something else."""
    rows: list[tuple[range, Member]] = []
    for member in item.members:
        month, quarter = _MONTH.fullmatch(member.name), _QUARTER.fullmatch(member.name)
        if month:
            rows.append((range(int(month["month"]), int(month["month"]) + 1), member))
        elif quarter:
            number = "一二三四".find(quarter["quarter"]) + 1 or int(quarter["quarter"])
            rows.append((range(3 * number - 2, 3 * number + 1), member))
        else:
            return ()
    return rows


def _members(months: Sequence[tuple[range, Member]], wanted: range) -> Iterator[list[Member]]:
    """Yield the rows that are together the wanted months, if there are several and none is missing."""
    own = [(span, member) for span, member in months if set(span) <= set(wanted)]
    if len(own) > 1 and sum(len(span) for span, _ in own) == len(wanted):
        yield [member for _, member in own]


def _names(item: NamedList, words: str, measure: str) -> bool:
    """Return whether words have two neighbouring characters of the head of a column."""
    named = f"{words}|{measure}"
    return any(f"{first}{second}" in named for first, second in pairwise(item.head))


def _value(members: Sequence[Member], statement: Statement, index: int) -> Value:
    scale = statement.quantities[index].scale
    total = sum((member.amount for member in members), Decimal(0))
    return Value(
        formula=" + ".join(plain_decimal(member.amount / scale) for member in members),
        number=total / scale,
        rounding=sum((member.rounding for member in members), Decimal(0)) / scale
        + statement.quantities[index].rounding / scale,
    )
