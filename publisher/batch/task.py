"""One report of a run: built and written, and told as plain facts that a journal can keep.

Enters: a task. Leaves: what came of it, small enough to pass from a worker to its supervisor; or
the ``PublisherError`` that it met.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from publisher.batch.storage import state_of

if TYPE_CHECKING:
    from pathlib import Path

    from publisher.batch.storage import State, Storage
    from publisher.errors import FigureError
    from publisher.model import Finding
    from publisher.options import Options
    from publisher.pipeline import PipelineResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A report to build."""

    source: Path
    options: Options
    name: str
    """What its results are called below the output folder, with ``/`` and without a suffix."""
    below: str
    """The source as the results tell it: its path below the folder that was named."""
    note: str = ""
    """Why the name is not the source's own."""

    def __str__(self) -> str:
        """Return what people call it: its path."""
        return str(self.source)

    def result(self, suffix: str) -> Path:
        """Return where the result with that suffix goes, in a folder."""
        return self.options.output / f"{self.name}{suffix}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What is told of a report that was built."""

    facts: dict[str, Any]
    """As the journal keeps them; see ``facts_of``."""
    source: dict[str, Any]
    """The source's state and digest when it was read."""
    files: dict[str, dict[str, Any]]
    """The results, by suffix: state and digest."""
    findings: tuple[Finding, ...]
    validators: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A report with its source, as it is sent to whoever builds it."""

    task: Task
    data: bytes
    state: State | None
    """The source's, before it was read."""


def build(task: Task, storage: Storage) -> Built:
    """Build a report; raise the ``PublisherError`` that fits, with nothing written."""
    return build_parcel(parcel_of(task), storage)


def parcel_of(task: Task) -> Parcel:
    """Read a report's source; raise the ``SourceError`` that fits."""
    from publisher.readers import load

    before = state_of(task.source)
    return Parcel(task=task, data=load(task.source), state=before)


def build_parcel(parcel: Parcel, storage: Storage) -> Built:
    """Build a report whose source is here; raises as ``build`` does."""
    from publisher.pipeline import run_pipeline
    from publisher.readers import printable_name

    task = parcel.task
    made = run_pipeline(
        parcel.data, task.options, name=printable_name(task.source), where=str(task)
    )
    return Built(
        files=storage.write(task.name, made.files),
        facts=facts_of(made),
        source={"state": parcel.state, "sha256": made.record["source"]["sha256"]},
        findings=made.findings,
        validators=tuple(
            f"{one.profile}: passed ({one.validator} {one.version})" for one in made.verdicts
        ),
    )


def facts_of(made: PipelineResult) -> dict[str, Any]:
    """Return what a reader of results wants to know of a report."""
    from publisher.statistics import disagreement

    record = made.record
    report, checks = record["report"], record["checks"]
    return {
        "title": report["title"],
        "issuer": report["issuer"],
        "date": report["date"],
        "year": report["period"][:4] or report["date"][:4],
        "language": report["language"],
        "pages": record["pdf"]["pages"],
        "declares": record["pdf"]["declares"],
        "verdicts": [one["profile"] for one in record["pdf"]["verdicts"] if one["passed"]],
        "figures": len(record["observations"]),
        "checks": len(checks),
        "failing": [one["statement"] for one in checks if one["holds"] is False],
        "disagreement": disagreement(made.statistics),
        "warnings": sum(one["severity"] != "note" for one in record["findings"]),
    }


def strict_error(task: Task, facts: dict[str, Any]) -> FigureError | None:
    """Return the error that a statement which does not add up is, where that was asked for."""
    if not task.options.strict or not facts["disagreement"]:
        return None
    from publisher.statistics import figure_error

    return figure_error(facts["disagreement"], where=str(task))
