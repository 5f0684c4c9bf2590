"""The fifth stage: a report in, its figures and what their arithmetic says out.

``quantities`` reads figures, ``measured_subjects`` what they count, ``statement_reader`` both sentence by sentence;
``observations`` are the facts of text and tables, ``relations`` says what figures are to one
another, ``text_checks``, ``rates`` and ``form_identities`` do the sums again, ``summary`` sets the main figures in
tables.
"""

from __future__ import annotations

from decimal import localcontext
from typing import TYPE_CHECKING

from publisher.errors import FigureError
from publisher.model import Finding, Outcome, Relation, Severity, Statistics
from publisher.statistics.observations import observe
from publisher.statistics.relations import relations
from publisher.statistics.repeated_facts import repetitions
from publisher.statistics.statement import Statement
from publisher.statistics.statement_reader import statements
from publisher.statistics.summary import summarise
from publisher.statistics.text_checks import check

if TYPE_CHECKING:
    from publisher.model import Report


DIGITS = 5000
"""Sums are exact: no sentence holds figures with more digits, and no cell."""


def extract(report: Report) -> Statistics:
    """Return every fact that the report states, and every statement that was checked."""
    with localcontext(prec=DIGITS):
        return _extract(report)


def _extract(report: Report) -> Statistics:
    read = tuple(statements(report))
    year = report.metadata.coverage[:4]
    observations = tuple(observe(read, year))
    told = [item for item in read if isinstance(item, Statement) and item.found]
    told_again = tuple(repetitions(told, year))
    between = (
        *(relation for statement in told for relation in relations(statement)),
        *(
            Relation(
                kind="repetition",
                offset=one.again.place(one.again_index).offset,
                base=one.first.place(one.first_index).offset,
            )
            for one in told_again
        ),
    )
    return Statistics(
        observations=observations,
        relations=between,
        checks=tuple(check(read, told_again, year)),
        summary=summarise(report, observations, between),
    )


def failures(statistics: Statistics) -> tuple[Finding, ...]:
    """Return a finding for each check that fails, with both numbers."""
    return tuple(
        Finding(
            clause=f"statistics: {one.kind}",
            severity=Severity.WARNING,
            message=f"{one.statement} is stated, {one.computed} is computed",
            hint="correct the source, or leave it as the office published it",
            locator=one.locator,
        )
        for one in statistics.checks
        if one.outcome is Outcome.FAILS
    )


def disagreement(statistics: Statistics) -> str:
    """Return what somebody who is strict about figures would say; empty where nothing fails."""
    failing = [one for one in statistics.checks if one.outcome is Outcome.FAILS]
    if not failing:
        return ""
    first = failing[0]
    return (
        f"{len(failing)} of {len(statistics.checks)} statements fail, the first: "
        f"{first.statement} (computed: {first.computed}, at character {first.locator.offset})"
    )


def figure_error(message: str, *, where: str) -> FigureError:
    """Return a disagreement as the error that it is for whoever asked to be strict."""
    return FigureError(message, where=where, hint="publisher check lists them all")
