"""The check of sentences against the columns of a table for the year before: 比年初增加86.2亿元."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.model import Outcome, Reason
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.periods import commonest_period, year_before
from publisher.statistics.year_before import check_year_before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements

_EXAMPLE = (
    "2017年，规模以上工业企业312家，比上年末净增{}家。\n\n| 指标 | 单位 | 2017年 | 2016年 |\n|---|---|---|---|\n"
    "| 规模以上工业企业 | 家 | 312 | 298 |\n| 公路客运量 | 万人 | 88 | 80 |"
)


@arithmetic_check(
    name="earlier-column",
    kinds=("growth", "repetition"),
    reason="It fails where a sentence gives a change, a rate or a level of the year before, and a table of the report has another "
    "figure for the year before under the same name.",
    fails=(
        (
            _EXAMPLE.format(24),
            "规模以上工业企业比上年末净增: 24家 is stated, 312家 against 298家 in the table for 2016 is 14",
        ),
    ),
    holds=(_EXAMPLE.format(14),),
    exceptions="rates at constant prices or on another basis (环比, 可比口径), and reports whose year is unknown; they are not checked.",
)
def check_earlier_columns(report: ReportStatements) -> Iterator[Check]:
    """Compare what sentences say about the year before with the columns of tables for it."""
    sentences = [item for item in report.observations if not item.tabulated]
    year = report.year or commonest_period(item.period for item in sentences)
    last = year_before(year)
    columns = [item for item in report.observations if item.tabulated and item.period == last]
    if not columns or not year.isdigit():
        return
    source = translatable("the table for {last}", last=last)
    for check in check_year_before(sentences, columns, year, source=source):
        outcome, reason = check.outcome, check.reason
        if reason is Reason.REVISED:
            outcome, reason = Outcome.FAILS, Reason.NONE
        yield replace(check, outcome=outcome, reason=reason)
