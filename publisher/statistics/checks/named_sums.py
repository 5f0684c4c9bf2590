"""The check of sums that name or count their parts: 前两项合计, 甲和乙共, 三者合计."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.reference.units import SHARES
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.checks.claims import Value, check_claim
from publisher.statistics.groups import SUM, groups_of
from publisher.statistics.levels import formula_of_sum, sum_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements

_SUM_ALONE = re.compile("共计?|合[共计]")
"""A clause that only adds up what the clause before it means: 后三类未作判决，共500件."""


@arithmetic_check(
    name="named-sum",
    kinds=("sum",),
    reason="A sum that names its parts (甲和乙合计) or counts them (前两项, 三者) is compared with their figures in the same "
    "sentence or up to three sentences before. It fails where the parts are named, or are the whole list before the sum.",
    fails=(
        (
            "助学支出24万元，助医支出32万元，助困支出16万元，其他支出8万元。前两项合计65万元。",
            "65 = 24 + 32 is stated, 56 is computed",
        ),
        (
            "土地增值税12,990万元，契税14,180万元。土地增值税和契税合计27,710万元。",
            "27710 = 12990 + 14180 is stated, 27170 is computed",
        ),
        (
            "3个项目挪用资金462万元，其中补充经费126万元、支付工程款336万元；2个单位滞留资金1850万元，其中一年以上1110万元；5个项目多计工程款218万元。以上三类问题合计2630万元。",
            "2630 = 462 + 1850 + 218 is stated, 2530 is computed",
        ),
        (
            "一审判决案件中，维持原判412件，驳回起诉265件，撤销122件，变更78件，发回35件。后三类为败诉案件，共253件。",
            "253 = 122 + 78 + 35 is stated, 235 is computed",
        ),
    ),
    holds=("助学支出24万元，助医支出32万元，助困支出16万元，其他支出8万元。前两项合计56万元。",),
    exceptions="approximate figures, and parts that the report does not state; they are not checked.",
)
def check_named_sums(report: ReportStatements) -> Iterator[Check]:
    """Compare a sum with the figures of the parts that it names or counts."""
    for statement in report.levels.statements:
        if not SUM.search(statement.text):
            continue
        for index, quantity in enumerate(statement.quantities):
            start = statement.clause_start(quantity.start)
            clause = statement.text[start : quantity.start]
            if _SUM_ALONE.fullmatch(clause):
                clause = f"{statement.text[statement.clause_start(start - 1) : start]}{clause}"
            if quantity.unit in SHARES or not SUM.search(clause) or quantity.amount is None:
                continue
            for group in groups_of(report.levels, statement, index, clause, quantity.base_unit):
                value = Value(
                    formula=formula_of_sum(group.members, quantity),
                    number=sum_of(group.members) / quantity.scale,
                    rounding=sum((m.quantity.rounding for m in group.members), quantity.rounding)
                    / quantity.scale,
                )
                yield from check_claim(
                    statement, index, [value], kind="sum", is_certain=group.is_certain
                )
                break
