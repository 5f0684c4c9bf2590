"""The year that a report is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.statistics.contexts import year_of_title, year_of_work_report
from publisher.statistics.financial_years import financial_year
from publisher.statistics.han_years import with_arabic_years
from publisher.text.plain_digits import to_plain_digits

if TYPE_CHECKING:
    from publisher.model import Report


def year_of(report: Report) -> str:
    """Return the year that a report is about, a financial one as 2023/2024; empty if it is unknown."""
    metadata = report.metadata
    title = with_arabic_years(to_plain_digits(metadata.title))
    year = financial_year(title) or metadata.coverage[:4] or year_of_title(title)
    is_work_report = metadata.kind == "work-report"
    return year or (year_of_work_report(metadata.date) if is_work_report else "")
