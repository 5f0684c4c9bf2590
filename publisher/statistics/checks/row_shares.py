"""The check of shares of the rows of a table: 东屏区年末场地最多，占全市的32.9%."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.checks.claims import check_claim, percentage
from publisher.statistics.named_lists import named_member, names_head, nearest_lists
from publisher.statistics.stated_fractions import exact_amount, has_stated_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.checks.claims import Value
    from publisher.statistics.named_lists import Member, NamedList
    from publisher.statistics.statement import Statement

_SHARE = re.compile(
    "占比?(?P<whole>(?:全[部年市县区州镇]|总|合计|各[类项]|[县市]域)?[^，。；：\\d]{0,8}?)(?:的?(?:比重|比例|比))?(?:为|达到?|是|的)*$"
)
_OTHER = re.compile(
    "全国|全省|上年|去年|预算|计划|目标|任务|其中|[两三四五]|合计占|共占|分别|各占|人口|同期"
)
"""Words of a share of something else than the total of the table, or of several rows."""


@arithmetic_check(
    name="row-share",
    kinds=("percentage",),
    reason="The share of a row of a table that a sentence names is its part of the total of the column. It fails where the sentence has the "
    "figure of the row, or names the column, or where two adjacent digits are exchanged.",
    fails=(
        (
            "| 县区 | 场地（个） |\n|---|---|\n| 东屏区 | 872 |\n| 西屏区 | 644 |\n| 江北县 | 606 |\n| 合计 | 2122 |\n\n东屏区场地占全市的14.1%。",
            "872 ÷ 2122 = 14.1% is stated, 41.09 is computed",
        ),
    ),
    holds=(
        "| 县区 | 场地（个） |\n|---|---|\n| 东屏区 | 872 |\n| 西屏区 | 644 |\n| 江北县 | 606 |\n| 合计 | 2122 |\n\n东屏区场地占全市的41.1%。",
    ),
    exceptions="shares of a wider place, of a plan or of several rows, and tables without a total; they are not checked.",
)
def check_row_shares(report: ReportStatements) -> Iterator[Check]:
    """Compare shares with the rows of tables and their totals."""
    shares = [
        (statement, index)
        for statement in report.levels.statements
        for index, quantity in enumerate(statement.quantities)
        if quantity.unit == "%" and "占" in statement.words_before(index)
    ]
    if not shares:
        return
    lists = [item for item in report.table_lists if item.whole and item.whole.amount > 0]
    for statement, index in shares:
        if not has_stated_whole(statement, index):
            section = statement.passage.section
            yield from _check_share(statement, index, nearest_lists(lists, section))


def _check_share(statement: Statement, index: int, lists: Sequence[NamedList]) -> Iterator[Check]:
    start = statement.segment_start(statement.quantities[index].start)
    words = statement.text[start : statement.quantities[index].start]
    clause = words[max(words.rfind("，"), 0) :]
    match = _SHARE.search(clause)
    if match is None or _OTHER.search(clause):
        return
    named = [
        (item, member)
        for item in lists
        if (member := named_member(item, _last_words(statement, index, start)))
    ]
    before = _level_before(statement, index, start)
    if before is not None:
        amount, unit = before
        bound = [
            (item, member)
            for item, member in named
            if item.unit == unit and abs(member.amount - amount) <= member.rounding
        ]
    else:
        bound = []
    if before is None or _is_in_name(statement, index, named):
        bound = bound or [(item, member) for item, member in named if names_head(item, words)]
    values = [_value(item, member) for item, member in bound]
    is_certain = len({value.number for value in values}) == 1
    yield from check_claim(statement, index, values, kind="percentage", is_certain=is_certain)


def _is_in_name(
    statement: Statement, index: int, named: Sequence[tuple[NamedList, Member]]
) -> bool:
    """Return whether the figure before a share is a part of the name of a row: 35千伏."""
    figure = statement.quantities[index - 1]
    shown = statement.text[figure.start : figure.end]
    return any(shown in member.name for _, member in named)


def _last_words(statement: Statement, index: int, start: int) -> str:
    """Return the words between the share before a share, or the start of the segment, and the share."""
    ends = [
        quantity.end
        for quantity in statement.quantities[:index]
        if quantity.unit == "%" and quantity.end > start
    ]
    return statement.text[ends[-1] if ends else start : statement.quantities[index].start]


def _level_before(statement: Statement, index: int, start: int) -> tuple[Decimal, str] | None:
    """Return the amount and the unit of the level directly before a share in its segment; ``None`` if there is none."""
    before = index - 1
    if before < 0 or statement.quantities[before].start < start:
        return None
    amount = exact_amount(statement, before)
    unit = statement.quantities[before].base_unit
    return None if amount is None or unit == "%" else (amount, unit)


def _value(item: NamedList, member: Member) -> Value:
    whole = item.whole or member
    return percentage(
        f"{member.value} ÷ {whole.value}",
        (member.amount, member.rounding),
        (whole.amount, whole.rounding),
    )
