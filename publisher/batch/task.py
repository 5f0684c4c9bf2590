"""One report of a run: a task, its build request, and the summary that the journal stores.

Input: a ``Task``. Output: a ``BuildResult`` that is small enough to pass from a worker process to its supervisor, or
the ``PublisherError`` that the build raised.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from publisher.batch.storage import file_state
from publisher.errors import PublisherError, UsageError
from publisher.messages import translatable
from publisher.options import NO_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from publisher.batch.storage import FileEntry, FileState, Storage
    from publisher.decisions import DecisionsFile
    from publisher.errors import FigureError
    from publisher.model import Finding
    from publisher.options import Options
    from publisher.pipeline import PipelineResult
    from publisher.text.line_index import LineIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A report to build."""

    source: Path
    options: Options
    name: str
    """The name of its results below the output folder, with ``/`` and without a suffix."""
    relative_path: str
    """The source's path below the folder that is built, as the tables of results print it."""
    rename_reason: str = ""
    """Why the name is not the source's own; empty if it is."""

    def __str__(self) -> str:
        """Return the source's path, as messages print it."""
        return str(self.source)

    def result_path(self, suffix: str) -> Path:
        """Return the path of the result with this suffix in the output folder."""
        return self.options.output / f"{self.name}{suffix}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """The outcome of a successful build."""

    summary: dict[str, Any]
    """The report's data for the journal and the tables; see ``summarize_result``."""
    source: FileEntry
    """The source's state and digest at the time it was read."""
    files: dict[str, FileEntry]
    """State and digest of each result, by suffix."""
    decisions: str
    """The digest of the decisions file that was used; empty if there was none."""
    findings: tuple[Finding, ...]
    lines: LineIndex
    """The lines of the decoded source, in which findings have their place."""
    validation_lines: tuple[str, ...]
    """One line for each verdict, for ``--verbose``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """A task together with its source, as it is sent to a cluster worker."""

    task: Task
    data: bytes
    """The content of the source."""
    source_state: FileState | None
    """The state of the source file before it was read."""
    decisions: DecisionsFile | None = None
    """The decisions file of the source."""


def build_report(task: Task, storage: Storage) -> BuildResult:
    """Build a report; raise a ``PublisherError``, with nothing written, on failure."""
    return build_from_request(read_request(task), storage)


def read_request(task: Task) -> BuildRequest:
    """Read a report's source and its decisions file.

    Raises:
        SourceError: The source cannot be read.
        ConfigurationError: The decisions file cannot be read or used.

    """
    from publisher.decisions import find_decisions
    from publisher.readers import load

    state = file_state(task.source)
    return BuildRequest(
        task=task,
        data=load(task.source),
        source_state=state,
        decisions=find_decisions(task.source, task.options.decisions),
    )


def build_from_request(request: BuildRequest, storage: Storage) -> BuildResult:
    """Build a report whose source is in memory; raise the same errors as ``build_report``."""
    from publisher.pipeline import run_pipeline
    from publisher.readers import printable_name

    task = request.task
    result = run_pipeline(
        request.data,
        task.options,
        name=printable_name(task.source),
        where=str(task),
        decisions=request.decisions,
    )
    return BuildResult(
        files=storage.write(task.name, result.files),
        summary=summarize_result(result),
        source={"state": request.source_state, "sha256": result.record["source"]["sha256"]},
        decisions=decisions_digest(request.decisions),
        findings=result.findings,
        lines=result.lines,
        validation_lines=tuple(
            translatable(
                "{profile}: passed ({validator} {version})",
                profile=translatable(verdict.profile),
                validator=verdict.validator,
                version=verdict.version,
            )
            for verdict in result.verdicts
        ),
    )


def decisions_digest(file: DecisionsFile | None) -> str:
    """Return the digest (SHA-256, hexadecimal) of a decisions file; empty if there is none."""
    return sha256(file.data).hexdigest() if file else ""


def current_decisions_digest(task: Task) -> str | None:
    """Return the digest of a report's decisions file as it is now; ``None`` if it cannot be used."""
    from publisher.decisions import find_decisions

    try:
        return decisions_digest(find_decisions(task.source, task.options.decisions))
    except PublisherError:
        return None


def refuse_shared_decisions(tasks: Iterable[Task]) -> None:
    """Raise ``UsageError`` if the option ``decisions`` names one file for several reports."""
    files: set[Path] = set()
    for task in tasks:
        file = task.options.decisions
        if file == NO_FILE:
            continue
        if file in files:
            raise UsageError(
                translatable("decisions: {file} cannot be about several reports", file=file),
                hint="leave the option out, and put NAME.decisions.toml beside each report",
            )
        files.add(file)


def summarize_result(result: PipelineResult) -> dict[str, Any]:
    """Return the report's data for the journal, the results page and the tables."""
    from publisher.statistics import summarize_failures

    record = result.record
    report, checks = record["report"], record["checks"]
    return {
        "title": report["title"],
        "issuer": report["issuer"],
        "date": report["date"],
        "year": report["period"][:4] or report["date"][:4],
        "language": report["language"],
        "pages": record["pdf"]["pages"],
        "declares": record["pdf"]["declares"],
        "verdicts": [
            verdict["profile"] for verdict in record["pdf"]["verdicts"] if verdict["passed"]
        ],
        "figures": len(record["observations"]),
        "appendix_figures": _count_appendix_figures(result),
        "checks": len(checks),
        "failing": [check["statement"] for check in checks if check["holds"] is False],
        "disagreement": summarize_failures(result.statistics, result.lines),
        "warnings": sum(finding["severity"] != "note" for finding in record["findings"]),
    }


def _count_appendix_figures(result: PipelineResult) -> int:
    """Return how many figures the appendix lists; 0 if there is none."""
    if result.tables != "appendix":
        return 0
    tables = [table for table in result.record["tables"] if table["origin"] == "derived"]
    return sum(len(table["rows"]) for table in tables)


def strict_error(task: Task, summary: dict[str, Any]) -> FigureError | None:
    """Return the error for a figure that does not add up, if ``--strict`` is set."""
    if not task.options.strict or not summary["disagreement"]:
        return None
    from publisher.statistics import figure_error

    return figure_error(summary["disagreement"], where=str(task))
