"""Verify a publication against its record, its source and the standards that it declares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.serve.jobs.work.job import Outcome, to_json

if TYPE_CHECKING:
    from pathlib import Path

    from publisher.audit import Evidence
    from publisher.serve.jobs.work.job import Job

SUFFIX = ".verification.json"


def run(job: Job) -> Outcome:
    """Verify the PDF; a file that does not pass is a result, no error."""
    from publisher.audit import verify_file
    from publisher.record.describe import describe_verdict

    pdf = job.required_path("pdf")
    verdicts = verify_file(pdf, evidence=_evidence(job, pdf) if job.path("record") else None)
    summary: dict[str, Any] = {
        "passed": all(verdict.passed for verdict in verdicts),
        "failed": [verdict.profile for verdict in verdicts if not verdict.passed],
    }
    content = {**summary, "verdicts": [describe_verdict(verdict) for verdict in verdicts]}
    return Outcome(files={SUFFIX: to_json(content)}, summary=summary)


def _evidence(job: Job, pdf: Path) -> Evidence:
    """Return what was sent with the record; raise ``VerificationError`` for a source that is not the recorded one."""
    from publisher.audit import Evidence
    from publisher.audit.source_files import recorded_source
    from publisher.record import read_record

    source = None
    if job.path("source"):
        name = job.name("source")
        source = recorded_source(job.data("source"), read_record(pdf), name=name, where=name)
    return Evidence(source=source, decisions=job.decisions())
