"""The check of the sum, and the share, of several rows of a table that a clause names: 居住和交通两项合计6494元."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.checks.claims import Value, check_claim, percentage
from publisher.statistics.named_lists import names_head, nearest_lists

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.named_lists import Member, NamedList
    from publisher.statistics.statement import Statement

_SUM = re.compile("合计|共计|总计|之和|[两三四五六]{1}[项类地者县区市镇种]{1}共")
_SHARE = re.compile("合计占|共占|合占|占比合计|之和占|合计占比")
_OTHER = re.compile("上年|去年|计划|目标|预算|分别|依次|各占|增|减|升|降|全国|全省|比|较")
"""Words of a clause about something else than the sum of the rows."""
_JOIN = re.compile("[、和与及]|以及")
_LISTED = re.compile("[^，。；：、\\d]{2,16}(?:(?:[、和与及]|以及)[^，。；：、\\d]{2,16})+")
FEWEST = 2
_EXAMPLE = "| 县区 | 采样（份） |\n|---|---|\n| 东屏区 | 3600 |\n| 柏溪县 | 5880 |\n| 连河县 | 4320 |\n| 合计 | 13800 |\n\n{}。"


@arithmetic_check(
    name="named-rows",
    kinds=("sum", "percentage"),
    reason="A sum (甲县和乙县合计) or a share (两类合占) that names rows of a table is compared with their figures in the column of its unit, or "
    "in the one that it names. It fails where only one column can be meant, or two adjacent digits are exchanged.",
    fails=(
        (
            _EXAMPLE.format("东屏区和连河县合计采样7290份"),
            "7290 = 3600 + 4320 is stated, 7920 is computed",
        ),
        (
            _EXAMPLE.format("东屏区和连河县的采样合计占全市的84.0%"),
            "(3600 + 4320) ÷ 13800 = 84.0% is stated, 57.39 is computed",
        ),
    ),
    holds=(
        _EXAMPLE.format("东屏区和连河县合计采样7920份"),
        _EXAMPLE.format("东屏区和连河县的采样合计占全市的57.4%"),
    ),
    exceptions="clauses that compare with other years or plans, approximate figures, and names that the table has not; they are not checked.",
)
def check_named_rows(report: ReportStatements) -> Iterator[Check]:
    """Compare the sum or the share of several rows with their figures."""
    lists = report.table_lists
    if not lists:
        return
    for statement in report.levels.statements:
        if not (_SUM.search(statement.text) or _SHARE.search(statement.text)):
            continue
        near = nearest_lists(lists, statement.passage.section)
        for index, quantity in enumerate(statement.quantities):
            start = statement.segment_start(quantity.start)
            clause = statement.text[statement.clause_start(quantity.start) : quantity.start]
            is_share = quantity.unit == "%" and _SHARE.search(clause) is not None
            if _OTHER.search(clause) or not (is_share or _SUM.search(clause)):
                continue
            words = statement.text[start : quantity.start] if is_share else clause
            candidates = [
                (item, members)
                for item in near
                if (members := _members(item, words))
                and (is_share or item.unit == quantity.base_unit)
            ]
            yield from _check(statement, index, candidates, words, is_share=is_share)


def _members(item: NamedList, words: str) -> Sequence[Member]:
    """Return the rows that a list of names in a clause means; nothing if one name is none of a row."""
    for match in _LISTED.finditer(words):
        members = [
            member
            for name in _JOIN.split(match[0])
            for member in item.members
            if name == member.name
            or (len(member.name) > 1 and name.startswith(member.name))
            or (len(member.name) > 1 and name.endswith(member.name))
        ]
        if len(members) == len(_JOIN.split(match[0])) >= FEWEST and len(
            {member.name for member in members}
        ) == len(members):
            return members
    return ()


def _check(
    statement: Statement,
    index: int,
    candidates: Sequence[tuple[NamedList, Sequence[Member]]],
    words: str,
    *,
    is_share: bool,
) -> Iterator[Check]:
    named = [pair for pair in candidates if names_head(pair[0], words)] or candidates
    scale = statement.quantities[index].scale
    values = []
    for item, members in named:
        amount = sum((member.amount for member in members), Decimal(0))
        rounding = sum((member.rounding for member in members), Decimal(0))
        formula = " + ".join(member.value for member in members)
        if not is_share:
            rounding += statement.quantities[index].rounding
            values.append(Value(formula=formula, number=amount / scale, rounding=rounding / scale))
        elif item.whole and item.whole.amount > 0:
            whole = item.whole
            values.append(
                percentage(
                    f"({formula}) ÷ {whole.value}",
                    (amount, rounding),
                    (whole.amount, whole.rounding),
                )
            )
    is_certain = len({value.number for value in values}) == 1
    yield from check_claim(
        statement, index, values, kind="percentage" if is_share else "sum", is_certain=is_certain
    )
