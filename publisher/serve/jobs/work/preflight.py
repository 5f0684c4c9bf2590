"""Check whether a print shop can print a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.serve.jobs.work.job import Outcome, to_json

if TYPE_CHECKING:
    from publisher.serve.jobs.work.job import Job

SUFFIX = ".preflight.json"


def run(job: Job) -> Outcome:
    """Check the PDF; a file that cannot be printed is a result, no error."""
    from publisher.api.finished_files import preflight_pdf
    from publisher.record.describe import describe_verdict
    from publisher.verify.preflight.description import describe_page

    result = preflight_pdf(job.data("pdf"), icc=job.path("icc"), **job.request.options)
    summary: dict[str, Any] = {
        "passed": result.verdict.passed,
        "condition": result.condition,
        "page_count": len(result.pages),
    }
    content = {
        **summary,
        "verdict": describe_verdict(result.verdict),
        "pages": [describe_page(page) for page in result.pages],
    }
    return Outcome(files={SUFFIX: to_json(content)}, summary=summary)
