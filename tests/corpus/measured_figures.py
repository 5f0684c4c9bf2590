"""Score the figures and checks that the toolkit finds in the gold reports.

python -m tests.corpus.measured_figures [open|blind|blind-2|blind-3|blind-4|blind-5|blind-6|blind-7|blind-8|blind-9|blind-10|second|checks|checks-blind|claims|claims-blind|repeats|repeats-blind|relations|relations-blind|distant|distant-blind|facts|facts-blind|FOLDER] [--faults]
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.conversion import convert
from publisher.normalise import normalise
from publisher.options import ConversionOptions
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.statistics import extract, year_of
from publisher.statistics.year_before import check_year_before, series_of
from tests.corpus.figures import Figure, Score, Verdict, reports, score, table_by_genre

if TYPE_CHECKING:
    from publisher.model import Report, Statistics
    from tests.corpus.figures import GoldReport


def report_of(text: str, name: str) -> Report:
    """Return a report as it is read."""
    source, _ = read_bytes(text.encode(), name=name)
    converted, _, _ = convert(normalise(source).source, ConversionOptions())
    return parse(converted, overrides=MetadataOverrides()).report


def statistics_of(text: str, name: str, before: str = "") -> Statistics:
    """Return the statistics of a report, with the checks against that of the year before, if there is one."""
    report = report_of(text, name)
    statistics = extract(report)
    if not before:
        return statistics
    earlier, year = report_of(before, name), year_of(report)
    assert series_of(report, year).before == series_of(earlier, year_of(earlier))
    checks = check_year_before(statistics.observations, extract(earlier).observations, year)
    return replace(statistics, checks=(*statistics.checks, *checks))


def figures_of(statistics: Statistics) -> list[Figure]:
    """Return the observations in the form that the scorer compares."""
    return [
        Figure(
            offset=item.locator.offset,
            length=item.locator.length,
            value=item.value,
            unit=item.unit,
            subject=item.measure,
            scope=item.scope,
            period=item.period,
            status=item.status,
            change=item.kind,
        )
        for item in statistics.observations
    ]


def verdicts_of(statistics: Statistics) -> list[Verdict]:
    """Return the checks in the form that the scorer compares."""
    return [
        Verdict(
            kind=item.kind,
            statement=item.statement,
            outcome=item.outcome.value,
            words=f"{item.stated} {item.computed} {item.difference} {item.quote}",
        )
        for item in statistics.checks
    ]


def score_of(report: GoldReport) -> Score:
    """Return the score of the toolkit for one report."""
    name, before = report.path.name, report.before
    statistics = statistics_of(report.text, name, before)
    damaged = [verdicts_of(statistics_of(text, name, before)) for _, text in report.damaged()]
    return score(report, figures_of(statistics), verdicts_of(statistics), damaged)


def main(arguments: list[str]) -> None:
    """Print a table by genre and, on request, what is wrong in each report."""
    faults = "--faults" in arguments
    part = next((item for item in arguments if not item.startswith("-")), "open")
    scores = []
    for report in reports(part):
        result = score_of(report)
        scores.append((report.genre, result))
        if faults:
            print("\n  ".join([report.path.name, *result.faults]))  # noqa: T201
    print(table_by_genre(scores))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
