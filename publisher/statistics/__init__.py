"""The fifth stage: a report in, its figures and what their arithmetic says out.

``numbers`` reads figures, ``subjects`` what they count, ``observations`` the facts of text and
tables, ``checks`` and ``forms`` do the sums again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.model import Finding, Outcome, Severity, Statistics
from publisher.statistics.checks import check
from publisher.statistics.observations import observe

if TYPE_CHECKING:
    from publisher.model import Report


def extract(report: Report) -> Statistics:
    """Return every fact that the report states, and every statement that was checked."""
    return Statistics(observations=tuple(observe(report)), checks=tuple(check(report)))


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
