"""One run over a folder: skip the reports that are up to date, build the others, record every step.

Input: the tasks in the order of the plan. Output: events, in the order in which they happen; the results and the
journal in the output folder. A run that is killed is continued by the next one: a report is built again if
the journal does not call it done, or if a file is no longer as the journal describes it.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from publisher import errors
from publisher.batch.fingerprint import compute_fingerprint
from publisher.batch.storage import file_state, is_unchanged
from publisher.batch.task import BuildResult, Task, current_decisions_digest
from publisher.batch.workers import Finished, Started
from publisher.errors import DiskFullError, PublisherError, WorkerError
from publisher.system.atomic_write import clear_temporaries

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from publisher.batch.journal import Journal
    from publisher.batch.storage import FileEntry, FileState, Storage
    from publisher.options import Options

REPEATABLE_EXIT_CODES = frozenset({13, 14, 15, 20, 22, 40})
"""Exit codes of errors that the same source with the same fingerprint would raise again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """The settings of a run."""

    storage: Storage
    create_executor: Callable[[int], Executor]
    """Returns the executor for a number of reports; called only if there is a report to build."""
    force: bool = False
    """Whether unchanged reports are built, too."""
    should_stop: Callable[[], bool] = lambda: False
    """Whether the run must not start another report."""


class Executor(Protocol):
    """Builds reports: worker processes of this machine, or the workers of a cluster."""

    def run(
        self, tasks: Sequence[Task], should_stop: Callable[[], bool]
    ) -> Generator[Started[Task] | Finished[Task, BuildResult], None, None]:
        """Yield an event for each start and each end; start no task once ``should_stop`` is true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPlanned:
    """The run knows how many reports it must build."""

    reports: int
    to_build: int


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A report is skipped because its results are up to date."""

    task: Task
    summary: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CachedFailure:
    """A report is skipped because it failed before and nothing has changed."""

    task: Task
    error: PublisherError


Event = RunPlanned | Unchanged | CachedFailure | Started[Task] | Finished[Task, BuildResult]


def run(
    tasks: Sequence[Task], journal: Journal, settings: RunSettings
) -> Generator[Event, None, None]:
    """Build the reports that are not up to date, and yield an event for each step.

    A full disk ends the run; the reports that were not started are left for the next run.

    Raises:
        DiskFullError: If the journal cannot be written because the disk is full.
        OutputError: If the journal cannot be written for another reason.

    """
    clear_temporaries(journal.path.parent)
    settings.storage.clear_temporaries(task.name for task in tasks)
    fingerprint_of = cache(compute_fingerprint)  # one fingerprint for the whole run
    entries = last_entries(journal.entries("done", "failed"))
    to_build: list[Task] = []
    earlier_files: dict[str, dict[str, FileEntry]] = {}
    for task in tasks:
        fingerprint_of(task.options)
        entry = entries.get(task.name)
        event = (
            None if settings.force else _cached_event(task, entry, fingerprint_of, settings.storage)
        )
        if event:
            yield event
            continue
        to_build.append(task)
        if entry and isinstance(entry.get("files"), dict):
            earlier_files[task.name] = entry["files"]
    del entries
    yield RunPlanned(reports=len(tasks), to_build=len(to_build))
    if to_build:
        yield from _build(to_build, earlier_files, journal, settings, fingerprint_of)


def last_entries(entries: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the last ``done`` or ``failed`` entry of each name.

    A later ``started`` entry without an end is ignored: if that build replaced a result, the comparison of
    the files shows it.
    """
    last: dict[str, dict[str, Any]] = {}
    for entry in entries:
        if isinstance(entry.get("name"), str):
            if entry["event"] == "failed":  # the files of the build before still exist
                entry["files"] = last.get(entry["name"], {}).get("files")
            last[entry["name"]] = entry
    return last


def _cached_event(
    task: Task,
    entry: dict[str, Any] | None,
    fingerprint_of: Callable[[Options], str],
    storage: Storage,
) -> Unchanged | CachedFailure | None:
    """Return the event for a report that need not be built; ``None`` if it must be built."""
    if entry is None:
        return None
    try:
        if (
            entry["fingerprint"] != fingerprint_of(task.options)
            or entry["below"] != task.relative_path
            or not is_unchanged(task.source, entry["source"])
            or entry.get("decisions", "") != current_decisions_digest(task)
        ):
            return None
        if entry["event"] == "failed":
            is_repeatable = entry["exit_code"] in REPEATABLE_EXIT_CODES
            return CachedFailure(task, restore_error(entry, str(task))) if is_repeatable else None
        files = entry["files"].items()
        if all(storage.has_unchanged(task.name, suffix, file) for suffix, file in files):
            return Unchanged(task, entry["facts"])
    except (KeyError, TypeError, AttributeError, IndexError):  # an entry of another version
        pass
    return None


def _build(
    tasks: list[Task],
    earlier_files: dict[str, dict[str, FileEntry]],
    journal: Journal,
    settings: RunSettings,
    fingerprint_of: Callable[[Options], str],
) -> Iterator[Event]:
    executor = settings.create_executor(len(tasks))
    journal.append("run", reports=len(tasks))
    for task in tasks:
        journal.append("planned", name=task.name, below=task.relative_path, why=task.rename_reason)
    disk_is_full = False
    counts: Counter[str] = Counter()
    running: dict[str, FileState | None] = {}
    decisions: dict[str, str | None] = {}
    events = executor.run(tasks, lambda: disk_is_full or settings.should_stop())
    try:
        for event in events:
            task = event.task
            if isinstance(event, Started):
                running[task.name] = file_state(task.source)
                decisions[task.name] = current_decisions_digest(task)
                journal.append("started", name=task.name)
            else:
                _remove_stale_files(event, earlier_files, settings.storage)
                failed_inputs = {
                    "source": {"state": running.pop(task.name), "sha256": ""},
                    "decisions": decisions.pop(task.name),
                }
                counts[_record(journal, event, failed_inputs, fingerprint_of(task.options))] += 1
                if isinstance(event.outcome, WorkerError):
                    settings.storage.clear_temporaries([task.name])
                if isinstance(event.outcome, DiskFullError):
                    disk_is_full = True
            yield event
        last_event = "finished" if counts.total() == len(tasks) else "stopped"
        journal.append(last_event, built=counts["done"], failed=counts["failed"])
    finally:
        events.close()
        settings.storage.clear_temporaries(running)


def _remove_stale_files(
    event: Finished[Task, BuildResult],
    earlier_files: dict[str, dict[str, FileEntry]],
    storage: Storage,
) -> None:
    """Remove the files of an earlier build that the new build did not write."""
    if isinstance(event.outcome, PublisherError):
        return
    name = event.task.name
    for suffix, entry in earlier_files.get(name, {}).items():
        with contextlib.suppress(KeyError, TypeError, IndexError):  # an entry of another version
            if suffix not in event.outcome.files and storage.has_unchanged(name, suffix, entry):
                storage.remove(name, suffix)


def _record(
    journal: Journal,
    event: Finished[Task, BuildResult],
    failed_inputs: dict[str, Any],
    fingerprint: str,
) -> str:
    """Write the journal entry of a finished report; return the entry's event.

    ``failed_inputs`` are source and decisions as they were when the build started, for a build that failed.
    """
    outcome, name = event.outcome, event.task.name
    if isinstance(outcome, PublisherError):
        journal.append(
            "failed",
            name=name,
            below=event.task.relative_path,
            error=type(outcome).__name__,
            exit_code=outcome.exit_code,
            message=outcome.message,
            hint=outcome.hint,
            fingerprint=fingerprint,
            **failed_inputs,
        )
        return "failed"
    journal.append(
        "done",
        name=name,
        below=event.task.relative_path,
        source=outcome.source,
        decisions=outcome.decisions,
        fingerprint=fingerprint,
        files=outcome.files,
        facts=outcome.summary,
    )
    return "done"


def restore_error(entry: dict[str, Any], where: str) -> PublisherError:
    """Return the error that a ``failed`` entry describes."""
    error_class = getattr(errors, entry["error"], PublisherError)
    error: PublisherError = error_class(entry["message"], hint=entry["hint"], where=where)
    return error
