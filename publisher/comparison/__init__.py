"""The differences between two versions, or two years, of a report: its text, its tables and its figures.

Input: two reports with their statistics. Output: a ``Comparison``. ``report_items`` lists the lines and tables
of a report, ``alignment`` pairs those of one report with those of the other, ``text_changes``,
``table_changes`` and ``figure_changes`` compare the pairs. ``comparison_page`` and ``comparison_data`` write
the result as HTML and as JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.comparison.figure_changes import compare_figures
from publisher.comparison.report_items import report_items
from publisher.comparison.text_changes import compare_items
from publisher.statistics.periods import commonest_period

if TYPE_CHECKING:
    from publisher.comparison.figure_changes import FigureChange
    from publisher.comparison.table_changes import TableChange
    from publisher.comparison.text_changes import LineChange
    from publisher.model import Metadata, Report, Statistics


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedReport:
    """A report with its figures and the name of its file."""

    name: str
    report: Report
    statistics: Statistics

    @property
    def year(self) -> str:
        """Return the year that the report is on, or that of most of its figures; empty if neither is known."""
        return self.report.metadata.coverage[:4] or commonest_period(
            observation.period for observation in self.statistics.observations
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The differences between two reports."""

    names: tuple[str, str]
    """The names of the two files."""
    metadata: tuple[Metadata, Metadata]
    items: tuple[LineChange | TableChange, ...]
    """Every line and table of both reports, unchanged ones included, in reading order."""
    figures: tuple[FigureChange, ...]
    """Every figure of both reports, unchanged ones included, in reading order."""


def compare_reports(before: ComparedReport, after: ComparedReport) -> Comparison:
    """Return the differences between two reports."""
    return Comparison(
        names=(before.name, after.name),
        metadata=(before.report.metadata, after.report.metadata),
        items=tuple(compare_items(report_items(before.report), report_items(after.report))),
        figures=tuple(
            compare_figures(
                before.statistics.observations,
                after.statistics.observations,
                years=(before.year, after.year),
            )
        ),
    )
