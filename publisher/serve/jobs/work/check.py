"""Check the figures of a report; or measure the layout of an official document against GB/T 9704-2012."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.serve.jobs.work.job import Outcome, describe_findings, to_json

if TYPE_CHECKING:
    from publisher.serve.jobs.work.job import Job

SUFFIX = ".check.json"


def run(job: Job) -> Outcome:
    """Check the report."""
    return _check_layout(job) if job.request.options.get("gb9704") else _check_figures(job)


def _check_figures(job: Job) -> Outcome:
    """Recompute the totals, rates and tables; with ``strict``, one that does not add up is an error."""
    from publisher.api.reports import check_figures
    from publisher.record.describe import describe_checks, describe_conversion
    from publisher.statistics import figure_error, summarize_failures
    from publisher.text.line_index import LineIndex

    name, options = job.name("source"), job.options()
    check = check_figures(job.data("source"), options, name=name)
    lines = LineIndex(check.text)
    failures = summarize_failures(check.statistics, lines)
    if options.strict and failures:
        raise figure_error(failures, where=name)
    checks = [
        {**item, "line": lines.line(item["offset"])} for item in describe_checks(check.statistics)
    ]
    summary: dict[str, Any] = {
        "figures": len(check.statistics.observations),
        "holds": sum(item["holds"] is True for item in checks),
        "fails": sum(item["holds"] is False for item in checks),
        "cannot_be_verified": sum(item["holds"] is None for item in checks),
    }
    content = {**summary, "checks": checks}
    if options.script != "keep":
        content["conversion"] = describe_conversion(check.conversion)
    return Outcome(
        files={SUFFIX: to_json(content)},
        summary=summary,
        findings=describe_findings(check.findings, lines),
    )


def _check_layout(job: Job) -> Outcome:
    """Measure a PDF as it is, or a report as the style red-head sets it."""
    from publisher.api.reports import check_official_layout

    layout = check_official_layout(job.data("source"), job.options(), name=job.name("source"))
    summary: dict[str, Any] = {
        "form": layout.form,
        "pages": layout.pages,
        "items": len(layout.items),
        "not_met": sum(not item.met for item in layout.items),
        "passed": layout.passed,
    }
    items = [
        {
            "clause": item.clause,
            "item": item.item,
            "wanted": item.wanted,
            "measured": item.measured,
            "met": item.met,
            "page": item.page,
        }
        for item in layout.items
    ]
    return Outcome(files={SUFFIX: to_json({**summary, "items": items})}, summary=summary)
