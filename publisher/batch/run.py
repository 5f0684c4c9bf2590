"""A run: what is left of a plan is built by workers, and every step of it is noted.

Enters: tasks in the order of the plan. Leaves: events as they happen, for whoever tells them, and in the
output folder the results with their journal. A run that is killed at any moment is gone on
with by the next: what the journal does not call done, or what is no longer as it says, is built.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from publisher import errors
from publisher.batch.fingerprint import compute_fingerprint
from publisher.batch.storage import is_as_noted, state_of
from publisher.batch.task import Built, Task
from publisher.batch.workers import Finished, Started
from publisher.errors import DiskFullError, PublisherError, WorkerError
from publisher.system.atomic_write import clear_temporaries

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from publisher.batch.journal import Journal
    from publisher.batch.storage import State, Storage
    from publisher.options import Options

LASTING = frozenset({13, 14, 15, 20, 22, 40})
"""Exit codes of errors that the same source meets again under the same conditions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a run goes about its work."""

    storage: Storage
    crew: Callable[[int], Executor]
    """Hires who builds so many reports, once it is known that there is something to build."""
    force: bool = False
    """Whether what is unchanged is built all the same."""
    stopping: Callable[[], bool] = lambda: False
    """Says when no further report is to be begun."""


class Executor(Protocol):
    """Builds reports: processes of this machine, or the workers of a cluster."""

    def run(
        self, tasks: Sequence[Task], stopping: Callable[[], bool]
    ) -> Generator[Started[Task] | Finished[Task, Built], None, None]:
        """Yield what happens; once ``stopping`` says so, nothing further is begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A run has found out what it has to do."""

    reports: int
    to_build: int


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A report's results are what they would be if it were built."""

    task: Task
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CachedFailure:
    """A report would fail as it did, since nothing has changed."""

    task: Task
    error: PublisherError


Event = Planned | Unchanged | CachedFailure | Started[Task] | Finished[Task, Built]


def run(
    tasks: Sequence[Task], journal: Journal, settings: Settings
) -> Generator[Event, None, None]:
    """Build what is to be built, and yield what happens.

    Raises ``DiskFullError`` or ``OutputError`` where the journal cannot be kept. A disk that is full ends the run:
    what was not begun stays for the next.
    """
    clear_temporaries(journal.path.parent)
    settings.storage.clear(task.name for task in tasks)
    digest_of = cache(
        compute_fingerprint
    )  # what is found at the beginning of a run holds to its end
    known = last_entries(journal.lines("done", "failed"))
    to_build: list[Task] = []
    earlier: dict[str, dict[str, Any]] = {}
    for task in tasks:
        digest_of(task.options)
        noted = known.get(task.name)
        event = None if settings.force else _settled(task, noted, digest_of, settings.storage)
        if event:
            yield event
            continue
        to_build.append(task)
        if noted and isinstance(noted.get("files"), dict):
            earlier[task.name] = noted["files"]
    del known
    yield Planned(reports=len(tasks), to_build=len(to_build))
    if to_build:
        yield from _built(to_build, earlier, journal, settings, digest_of)


def last_entries(lines: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the last line on each name that says how it ended.

    What was begun after that and not ended has changed its results, or it has not and they hold.
    """
    last: dict[str, dict[str, Any]] = {}
    for line in lines:
        if isinstance(line.get("name"), str):
            if line["event"] == "failed":  # what was built before that is still there
                line["files"] = last.get(line["name"], {}).get("files")
            last[line["name"]] = line
    return last


def _settled(
    task: Task, noted: dict[str, Any] | None, digest_of: Callable[[Options], str], storage: Storage
) -> Unchanged | CachedFailure | None:
    """Return how a report ended before, where it would end so again."""
    if noted is None:
        return None
    try:
        if noted["fingerprint"] != digest_of(task.options) or noted["below"] != task.below:
            return None
        if not is_as_noted(task.source, noted["source"]):
            return None
        if noted["event"] == "failed":
            lasts = noted["exit_code"] in LASTING
            return CachedFailure(task, error_of(noted, str(task))) if lasts else None
        files = noted["files"].items()
        if all(storage.holds(task.name, suffix, file) for suffix, file in files):
            return Unchanged(task, noted["facts"])
    except (KeyError, TypeError, AttributeError, IndexError):  # another version's line
        pass
    return None


def _built(
    tasks: list[Task],
    earlier: dict[str, dict[str, Any]],
    journal: Journal,
    settings: Settings,
    digest_of: Callable[[Options], str],
) -> Iterator[Event]:
    crew = settings.crew(len(tasks))
    journal.note("run", reports=len(tasks))
    for task in tasks:
        journal.note("planned", name=task.name, below=task.below, why=task.note)
    full: list[Task] = []
    counts: Counter[str] = Counter()
    begun: dict[str, State | None] = {}
    events = crew.run(tasks, lambda: bool(full) or settings.stopping())
    try:
        for event in events:
            task = event.task
            if isinstance(event, Started):
                begun[task.name] = state_of(task.source)
                journal.note("started", name=task.name)
            else:
                _clear_earlier(event, earlier, settings.storage)
                source = {"state": begun.pop(task.name), "sha256": ""}
                counts[_note(journal, event, source, digest_of(task.options))] += 1
                if isinstance(event.outcome, WorkerError):
                    settings.storage.clear([task.name])
                if isinstance(event.outcome, DiskFullError):
                    full.append(task)
            yield event
        word = "finished" if counts.total() == len(tasks) else "stopped"
        journal.note(word, built=counts["done"], failed=counts["failed"])
    finally:
        events.close()
        settings.storage.clear(begun)


def _clear_earlier(
    event: Finished[Task, Built], earlier: dict[str, dict[str, Any]], storage: Storage
) -> None:
    """Remove what an earlier build left of a report and the newest does not have."""
    if isinstance(event.outcome, PublisherError):
        return
    name = event.task.name
    for suffix, noted in earlier.get(name, {}).items():
        with contextlib.suppress(KeyError, TypeError, IndexError):  # another version's line
            if suffix not in event.outcome.files and storage.holds(name, suffix, noted):
                storage.remove(name, suffix)


def _note(
    journal: Journal, event: Finished[Task, Built], source: dict[str, Any], digest: str
) -> str:
    """Note how a report ended; return the word for it."""
    outcome, name = event.outcome, event.task.name
    if isinstance(outcome, PublisherError):
        journal.note(
            "failed",
            name=name,
            below=event.task.below,
            error=type(outcome).__name__,
            exit_code=outcome.exit_code,
            message=outcome.message,
            hint=outcome.hint,
            source=source,
            fingerprint=digest,
        )
        return "failed"
    journal.note(
        "done",
        name=name,
        below=event.task.below,
        source=outcome.source,
        fingerprint=digest,
        files=outcome.files,
        facts=outcome.facts,
    )
    return "done"


def error_of(noted: dict[str, Any], where: str) -> PublisherError:
    """Return an error as it was noted."""
    kind = getattr(errors, noted["error"], PublisherError)
    error: PublisherError = kind(noted["message"], hint=noted["hint"], where=where)
    return error
