"""What a worker does for a job: it reads the job's folder, and writes the results into it.

``run_job`` is the function that the workers of a server run. The module of each kind of job has a function ``run(job)``
that returns an ``Outcome`` or raises a ``PublisherError``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from publisher.errors import PublisherError
from publisher.serve.file_names import stem_of
from publisher.serve.jobs.records import Failure, ResultFile
from publisher.serve.jobs.store import PARTIAL, RESULT, read_request
from publisher.serve.jobs.texts import encode_texts
from publisher.serve.jobs.work.job import Job
from publisher.system.atomic_write import write_atomically

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedWork:
    """What a worker reports of a job; small, as the results are on the disk."""

    results: tuple[ResultFile, ...]
    summary: dict[str, Any]
    findings: list[dict[str, Any]]
    failure: Failure | None
    """The error with which the job ended."""


def run_job(folder: Path) -> FinishedWork:
    """Do the work of the job in a folder; called in a worker process."""
    job = Job(folder=folder, request=read_request(folder))
    module = import_module(f"{__name__}.{job.request.kind}")
    try:
        outcome = module.run(job)
    except PublisherError as error:
        failure = Failure.of(error, job.names)
        return FinishedWork(results=(), summary={}, findings=[], failure=failure)
    stem = stem_of(job.request.title)
    part = folder / f"{RESULT}{PARTIAL}"
    part.mkdir(exist_ok=True)
    write_atomically({part / suffix.lstrip("."): data for suffix, data in outcome.files.items()})
    part.rename(folder / RESULT)
    return FinishedWork(
        results=tuple(
            ResultFile(
                name=f"{stem}{suffix}",
                suffix=suffix,
                size=len(data),
                sha256=hashlib.sha256(data).hexdigest(),
            )
            for suffix, data in outcome.files.items()
        ),
        summary=encode_texts(outcome.summary, job.names),
        findings=encode_texts(outcome.findings, job.names),
        failure=None,
    )
