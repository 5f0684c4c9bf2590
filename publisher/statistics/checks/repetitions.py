"""The check of facts that a report states more than once."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.model import Outcome, Reason
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.repeated_facts import Repetition

SHORTEST_ROW = 3
"""Characters of the head of a row that a sentence may be about."""
_OFFICE_HEADING = re.compile(
    "(?:[局委办院厅部站所处乡镇区县市]|中心|街道|大队|支队|公司|集团)[。．.：:；]?$"
)
"""How the heading of an office's own section ends."""


@arithmetic_check(
    name="repetition",
    kinds=("repetition",),
    reason="It fails where two sections give different figures for the same measure, unit, year and "
    "scope, unless the sections belong to different offices.",
    fails=(
        (
            "全年主动公开信息总数1250条。\n\n## 二、主动公开情况\n\n主动公开信息总数1520条。",
            "主动公开政府信息: 1520 is stated, section 一 states 1250",
        ),
    ),
    holds=("全年主动公开信息总数1250条。\n\n## 二、主动公开情况\n\n主动公开信息总数1250条。",),
    exceptions="figures that differ inside one section, whose names are short, or of which one is in a "
    "section on several years; they may be about different things (``cannot be verified``).",
)
def check_repetitions(report: ReportStatements) -> Iterator[Check]:
    """Compare a fact that is stated again with its first statement."""
    headings = _section_headings(report)
    rows = {cell.row for cell in report.cells if len(cell.row) >= SHORTEST_ROW}
    for repetition in report.repetitions:
        first_statement, statement = repetition.first, repetition.again
        first = first_statement.quantities[repetition.first_index]
        quantity = statement.quantities[repetition.again_index]
        first_section = first_statement.passage.section
        is_equal = first.number == quantity.number
        outcome, reason = Outcome.HOLDS, Reason.NONE
        if (
            not is_equal
            and repetition.is_certain
            and first_section != statement.passage.section
            and _same_office(repetition, headings)
            and _same_rows(repetition, rows)
        ):
            outcome = Outcome.FAILS
        elif not is_equal:
            outcome, reason = Outcome.UNVERIFIABLE, Reason.DIFFERENT
        measure = statement.in_source_script(repetition.measure)
        yield statement.make_check(
            repetition.again_index,
            kind="repetition",
            formula=f"{measure}: {first.value} ({first_section}), {quantity.value}",
            subject=measure,
            numbers=(quantity.value, first.value),
            verdict=(outcome, reason),
            difference=translatable(
                "{measure}: {value} is stated, section {section} states {earlier}",
                measure=measure,
                value=quantity.value,
                section=first_section,
                earlier=first.value,
            ),
        )


def _section_headings(report: ReportStatements) -> dict[str, str]:
    """Return the first sentence of each section, which is its heading."""
    headings: dict[str, str] = {}
    for item in report.items:
        if isinstance(item, Statement):
            headings.setdefault(item.passage.section, item.text)
    return headings


def _same_office(repetition: Repetition, headings: Mapping[str, str]) -> bool:
    """Return whether both statements are of one office: a report may have a section for each office."""
    paths = (repetition.first.passage.section, repetition.again.passage.section)
    first, second = (
        [
            headings[parent]
            for parent in accumulate(path.split("/"), "{}/{}".format)
            if _OFFICE_HEADING.search(headings.get(parent, ""))
        ]
        for path in paths
    )
    return first == second


def _same_rows(repetition: Repetition, rows: Collection[str]) -> bool:
    """Return whether both sentences name the same rows of tables before their figures: 食用农产品风险较高，检出不合格样品167批次."""
    first, again = (
        {row for row in rows if row in statement.text[: statement.quantities[index].start]}
        for statement, index in (
            (repetition.first, repetition.first_index),
            (repetition.again, repetition.again_index),
        )
    )
    return first == again
