"""The fifth stage: read the figures of a report and recompute its arithmetic.

Input: a ``Report``. Output: ``Statistics``. ``statement_reader`` reads the text sentence by sentence,
``observations`` lists the facts of text and tables, ``relations`` relates the figures of a sentence, ``checks``
recomputes them, ``summary`` arranges the main figures in tables.
"""

from __future__ import annotations

from decimal import localcontext
from typing import TYPE_CHECKING

from publisher.errors import FigureError
from publisher.messages import translatable
from publisher.model import Finding, Outcome, Relation, Severity, Statistics
from publisher.statistics.checks import REPORT_CHECKS, check_report
from publisher.statistics.checks.arithmetic_check import ReportStatements
from publisher.statistics.figure_relations import find_relations
from publisher.statistics.levels import Levels
from publisher.statistics.observations import observe
from publisher.statistics.repeated_facts import find_repetitions
from publisher.statistics.report_years import year_of as year_of
from publisher.statistics.statement import Statement
from publisher.statistics.statement_reader import read_statements
from publisher.statistics.summary import summarize_sections
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.model import Report
    from publisher.statistics.checks.arithmetic_check import ReportCheck
    from publisher.text.line_index import LineIndex


DIGITS = 5000
"""Precision of sums. No sentence and no cell has figures with more digits, so that sums are exact."""


def extract(report: Report, report_checks: tuple[ReportCheck, ...] = REPORT_CHECKS) -> Statistics:
    """Return the facts, relations, checks and summary tables of a report.

    ``report_checks`` are called with the whole report.
    """
    with localcontext(prec=DIGITS):
        return _extract(report, report_checks)


def _extract(report: Report, report_checks: tuple[ReportCheck, ...]) -> Statistics:
    items = tuple(read_statements(report))
    year = year_of(report)
    observations = tuple(observe(items, year))
    statements = [item for item in items if isinstance(item, Statement) and item.quantities]
    repetitions = tuple(find_repetitions(statements, year))
    relations = (
        *(relation for statement in statements for relation in find_relations(statement)),
        *(
            Relation(
                kind="repetition",
                offset=repetition.again.quantity_locator(repetition.again_index).offset,
                base=repetition.first.quantity_locator(repetition.first_index).offset,
            )
            for repetition in repetitions
        ),
    )
    checked = ReportStatements(
        items=items,
        levels=Levels(statements),
        repetitions=repetitions,
        observations=observations,
        year=year,
        title=to_simplified(report.metadata.title),
    )
    return Statistics(
        observations=observations,
        relations=relations,
        checks=tuple(check_report(checked, report_checks)),
        summary=summarize_sections(report, observations, relations, _previous(statements)),
    )


def _previous(statements: Iterable[Statement]) -> dict[int, int]:
    """Return the offset of the figure before each figure in its part of a sentence (between ；), by the figure's offset."""
    return {
        statement.quantity_locator(index).offset: statement.quantity_locator(index - 1).offset
        for statement in statements
        for index in range(1, len(statement.quantities))
        if "；" not in statement.words_before(index)
    }


def failures(statistics: Statistics) -> tuple[Finding, ...]:
    """Return a finding for each check that fails, with the two figures that differ."""
    return tuple(
        Finding(
            clause=f"statistics: {check.kind}",
            severity=Severity.WARNING,
            message=check.failure,
            hint="correct the source, or leave it as the office published it",
            locator=check.locator,
        )
        for check in statistics.checks
        if check.outcome is Outcome.FAILS
    )


def summarize_failures(statistics: Statistics, lines: LineIndex) -> str:
    """Return a sentence about the checks that fail, for an error message; empty if none fails.

    Args:
        statistics: The figures and the checks of a report.
        lines: The lines of its decoded source.

    """
    failing = [check for check in statistics.checks if check.outcome is Outcome.FAILS]
    if not failing:
        return ""
    first = failing[0]
    return translatable(
        "failing statements: {failing} of {total}, the first: {failure} (in line {line})",
        failing=len(failing),
        total=len(statistics.checks),
        failure=first.failure,
        line=lines.line(first.locator.offset),
    )


def figure_error(message: str, *, where: str) -> FigureError:
    """Return the error that ``--strict-figures`` raises for a failing check."""
    return FigureError(message, where=where, hint="publisher check lists them all")
