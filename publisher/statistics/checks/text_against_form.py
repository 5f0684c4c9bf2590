"""The check of sentences against table 3 of the official forms."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.reference.official_forms import ROWS_3, TOTAL, identify_form, official_spelling
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.grid import Grid, plain_figure
from publisher.statistics.passages import SectionTable
from publisher.statistics.periods import period_of
from publisher.statistics.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Check, Table
    from publisher.statistics.checks.arithmetic_check import ReportStatements

_ROW_NAMES = {
    "new": re.compile("^(?:本年度?|全年)?(?:共)?新收(?:到)?(?:政府信息公开)?申请$"),
    "carried": re.compile("^(?:加上)?上年(?:度)?结转(?:政府信息公开)?(?:申请)?$"),
    "forward": re.compile("^结转(?:至)?下(?:一)?年度?(?:继续)?(?:办理)?$"),
}
"""How a sentence names a row of table 3 where it can mean nothing else."""
_EXAMPLE = (
    "本年新收政府信息公开申请{}件。\n\n"
    "| 项目 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n"
    "|---|---|---|---|---|---|---|---|\n"
    "| 一、本年新收政府信息公开申请数量 | 8 | 1 | 0 | 0 | 0 | 0 | 9 |"
)


@arithmetic_check(
    name="text-against-form",
    kinds=("repetition",),
    reason="It fails where a sentence about 新收申请, 上年结转 or 结转下年度 gives another figure "
    "than the column 总计 of table 3 for the same year.",
    fails=((_EXAMPLE.format(8), "新收政府信息公开申请: the text states 8, the table 9"),),
    holds=(_EXAMPLE.format(9),),
    exceptions="sentences that do not name a row without ambiguity.",
)
def check_text_against_form(report: ReportStatements) -> Iterator[Check]:
    """Compare a sentence about applications with table 3 of the official forms."""
    totals = {
        row: number
        for item in report.items
        if isinstance(item, SectionTable)
        for row, number in _row_totals(item.table)
    }
    if not totals:
        return
    for statement in report.items:
        if not isinstance(statement, Statement):
            continue
        for index, quantity in enumerate(statement.quantities):
            subject = statement.subjects[index]
            row = next((row for row, name in _ROW_NAMES.items() if name.search(subject)), "")
            if row not in totals or quantity.number is None or not quantity.exact:
                continue
            if period_of(statement, index, report.year) != report.year:
                continue
            measure = statement.in_source_script(subject)
            is_equal = quantity.number == totals[row]
            check = statement.make_check(
                index,
                kind="repetition",
                formula=f"{measure}: {quantity.value}, {totals[row]}",
                numbers=(quantity.value, str(totals[row])),
                verdict=(Outcome.HOLDS if is_equal else Outcome.FAILS, Reason.NONE),
            )
            yield replace(
                check,
                difference=f"{measure}: the text states {quantity.value}, the table {totals[row]}",
            )


def _row_totals(table: Table) -> Iterator[tuple[str, Decimal]]:
    """Yield the rows of table 3 that sentences name, with their totals."""
    grid = Grid.from_table(table)
    if not identify_form(cell.text.string for cell in grid.cells.values()).endswith("-3"):
        return
    for (row, column), cell in grid.cells.items():
        heads = grid.column_heads(row, column)
        figure = plain_figure(cell.text.string)
        if heads and official_spelling(heads[-1]) == TOTAL and figure:
            name = official_spelling(grid.row_head(row, column))
            for key in _ROW_NAMES:
                if ROWS_3[key].search(name):
                    yield key, Decimal(figure)
