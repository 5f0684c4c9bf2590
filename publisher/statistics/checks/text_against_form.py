"""The check of sentences against the official forms: every figure that both have."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.reference.figure_words import WHOLE_PLACES
from publisher.reference.form_statements import FORM_STATEMENTS
from publisher.reference.official_forms import identify_form, official_spelling
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.decimals import plain_decimal
from publisher.statistics.grid import Grid, plain_figure
from publisher.statistics.passages import SectionTable
from publisher.statistics.periods import period_of
from publisher.statistics.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Check, Table
    from publisher.reference.form_statements import FormStatement
    from publisher.statistics.checks.arithmetic_check import ReportStatements

_RESULT = re.compile("申请|答复|办理|办结|结转")
_OF_DOCUMENTS = re.compile("公文|属性|文件中|源头")
_EXAMPLE = (
    "本年新收政府信息公开申请{}件。\n\n"
    "| 项目 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n"
    "|---|---|---|---|---|---|---|---|\n"
    "| 一、本年新收政府信息公开申请数量 | 8 | 1 | 0 | 0 | 0 | 0 | 9 |"
)


@dataclass(slots=True, kw_only=True)
class _FormFigure:
    """The sum of the cells of a form that a sentence may name."""

    statement: FormStatement
    amount: Decimal = Decimal(0)
    blank: bool = False
    """Whether a cell has no figure."""


@arithmetic_check(
    name="text-against-form",
    kinds=("repetition",),
    reason="It fails where a sentence gives another figure than the official form for the same year: 新收申请, "
    "上年结转, the results of table 3, 行政复议 and lawsuits of table 4, 规范性文件, 行政许可, 行政处罚, 行政强制 and "
    "行政事业性收费 of table 2.",
    fails=((_EXAMPLE.format(8), "新收政府信息公开申请: the text states 8, the table 9"),),
    holds=(_EXAMPLE.format(9),),
    exceptions="sentences that do not name a row without ambiguity; approximate figures; figures of another year, place "
    "or status; cells that are blank (``cannot be verified``).",
)
def check_text_against_form(report: ReportStatements) -> Iterator[Check]:
    """Compare sentences with the official forms."""
    figures = [
        figure
        for item in report.items
        if isinstance(item, SectionTable)
        for figure in _form_figures(item.table)
    ]
    if not figures:
        return
    for statement in report.items:
        if isinstance(statement, Statement):
            for index in range(len(statement.quantities)):
                figure = _figure_named(statement, index, figures)
                if figure and _is_comparable(statement, index, report.year):
                    yield _compare(statement, index, figure)


def _figure_named(
    statement: Statement, index: int, figures: list[_FormFigure]
) -> _FormFigure | None:
    """Return what the form has for a figure of a sentence; ``None`` if it has nothing or two different things."""
    unit = statement.quantities[index].unit
    measure = statement.readings[index].measure.removesuffix("的")
    named = [
        figure
        for figure in figures
        if unit in figure.statement.units
        and figure.statement.measure.fullmatch(measure)
        and _is_about_applications(statement, figure.statement.form)
        and (
            figure.statement.required_words is None
            or figure.statement.required_words.search(statement.text)
        )
    ]
    return named[0] if len({figure.amount for figure in named}) == 1 else None


def _is_about_applications(statement: Statement, form: str) -> bool:
    """Return whether a sentence is about what the form counts: 不予公开 is also a property of documents."""
    if form == "4":
        return "信息公开" in statement.text
    is_result = _RESULT.search(statement.text) and not _OF_DOCUMENTS.search(statement.text)
    return form != "3" or bool(is_result)


def _is_comparable(statement: Statement, index: int, year: str) -> bool:
    reading, quantity = statement.readings[index], statement.quantities[index]
    return (
        reading.kind == "level"
        and not reading.is_earlier
        and statement.status(index) == "result"
        and not statement.context.span
        and (not reading.scope or reading.scope in WHOLE_PLACES)
        and quantity.number is not None
        and quantity.exact
        and period_of(statement, index, year) == year
    )


def _compare(statement: Statement, index: int, figure: _FormFigure) -> Check:
    quantity = statement.quantities[index]
    number = quantity.number or Decimal(0)
    measure = statement.in_source_script(statement.readings[index].measure)
    stated = plain_decimal(figure.amount)
    outcome, reason = Outcome.HOLDS, Reason.NONE
    if figure.blank and figure.amount != number:
        outcome, reason = Outcome.UNVERIFIABLE, Reason.BLANK
    elif figure.amount != number:
        outcome = Outcome.FAILS
    check = statement.make_check(
        index,
        kind="repetition",
        formula=f"{measure}: {quantity.value}, {stated}",
        subject=measure,
        numbers=(quantity.value, stated),
        verdict=(outcome, reason),
    )
    return replace(
        check, difference=f"{measure}: the text states {quantity.value}, the table {stated}"
    )


def _form_figures(table: Table) -> Iterator[_FormFigure]:
    """Yield the figures of an official form that sentences name."""
    grid = Grid.from_table(table)
    form = identify_form(cell.text.string for cell in grid.cells.values())
    if not form:
        return
    cells = [
        (
            "/".join(official_spelling(head) for head in grid.row_heads(row, column)),
            "/".join(official_spelling(head) for head in grid.column_heads(row, column)),
            plain_figure(cell.text.string),
        )
        for (row, column), cell in grid.cells.items()
    ]
    for statement in FORM_STATEMENTS:
        if not form.endswith(statement.form):
            continue
        cell_figures = [
            figure
            for row, column, figure in cells
            if statement.row.search(row) and statement.column.search(column)
        ]
        if any(cell_figures):
            amount = sum((Decimal(figure) for figure in cell_figures if figure), Decimal(0))
            yield _FormFigure(statement=statement, amount=amount, blank=not all(cell_figures))
