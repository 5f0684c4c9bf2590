"""Publish a report: its PDF, its record, and what else the options ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.batch.task import summarize_result
from publisher.serve.jobs.work.job import Outcome, describe_findings
from publisher.serve.jobs.work.stage_file import reporting_runner

if TYPE_CHECKING:
    from publisher.serve.jobs.work.job import Job


def run(job: Job) -> Outcome:
    """Build the report; with ``strict``, a figure that does not add up is an error."""
    from publisher.pipeline import run_pipeline
    from publisher.statistics import figure_error

    name, options = job.name("source"), job.options()
    with reporting_runner(job.folder) as runner:
        result = run_pipeline(
            job.data("source"),
            options,
            name=name,
            decisions=job.decisions(),
            runner=runner,
        )
    summary = summarize_result(result)
    if options.strict and summary["disagreement"]:
        raise figure_error(summary["disagreement"], where=name)
    return Outcome(
        files=dict(result.files),
        summary=summary,
        findings=describe_findings(result.findings, result.lines),
    )
