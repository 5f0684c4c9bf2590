"""A watched folder: reports that are dropped into it are published into another folder.

Input: the reports that a folder has now, as often as it may have changed. Output: those that are whole. A file is whole when its size and
its times have been the same for some seconds, and those of its decisions file. What a build refused is put aside with
the reason; the folder that is watched stays as it is.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from typing import TYPE_CHECKING

from publisher.batch.storage import file_state
from publisher.decisions import decision_paths
from publisher.system.atomic_write import write_atomically

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from publisher.batch.storage import FileState
    from publisher.batch.task import Task

FAILED = "failed"
"""The folder below the output folder for what could not be published."""
REASON = ".reason.txt"
LOOK_SECONDS = 30.0
"""Seconds between two looks where the system reports no changes, as on shares of a network."""
MAX_COPIED_BYTES = 256 << 20
"""Bytes of a failed file that is copied; for a longer one there is only the reason."""
_States = tuple["FileState | None", ...]


class SettledReports:
    """Knows which reports are whole."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Store how long a file must have been the same."""
        self._seconds = seconds
        self._clock = clock
        self._seen: dict[Path, tuple[_States, float]] = {}
        """For each report its state, and since when it is that."""

    def look(self, tasks: Iterable[Task]) -> tuple[dict[Path, _States], bool]:
        """Return the states of the reports that are whole, and whether there are others."""
        now = self._clock()
        seen: dict[Path, tuple[_States, float]] = {}
        for task in tasks:
            states = _states(task.source)
            earlier, since = self._seen.get(task.source, (None, now))
            seen[task.source] = (states, since if states == earlier else now)
        self._seen = seen
        settled = {
            path: states
            for path, (states, since) in seen.items()
            if states[0] is not None and now - since >= self._seconds
        }
        return settled, len(settled) < len(seen)


def _states(source: Path) -> _States:
    return tuple(file_state(path) for path in (source, *decision_paths(source)))


def watch(
    folder: Path,
    plan: Callable[[], list[Task]],
    build: Callable[[list[Task]], None],
    *,
    settle: float,
    stop: threading.Event,
) -> None:
    """Build the reports of a folder that are new or changed and whole, until ``stop`` is set.

    Args:
        folder: The folder.
        plan: Returns the reports that are in it now.
        build: Builds reports; those that are up to date among them cost little.
        settle: Seconds for which a file must have been the same.
        stop: Ends the watch.

    """
    reports = SettledReports(settle)
    built: Mapping[Path, _States] = {}
    has_others = True
    for changed in _changes(folder, settle, stop):
        if not (changed or has_others):
            continue
        tasks = plan()
        settled, has_others = reports.look(tasks)
        if any(built.get(path) != states for path, states in settled.items()):
            build([task for task in tasks if task.source in settled])
            built = settled


def _changes(folder: Path, settle: float, stop: threading.Event) -> Iterator[bool]:
    """Yield whether the folder may have changed: at first, after each change, and now and then."""
    from watchfiles import watch as watch_files

    latest = -LOOK_SECONDS  # the first look is due
    milliseconds = max(50, int(settle * 1000))
    for changes in watch_files(
        folder,
        watch_filter=None,
        stop_event=stop,
        rust_timeout=milliseconds,
        yield_on_timeout=True,
        raise_interrupt=False,
    ):
        is_due = time.monotonic() - latest >= LOOK_SECONDS
        if changes or is_due:
            latest = time.monotonic()
        yield bool(changes) or is_due


def set_aside(task: Task, reason: str) -> None:
    """Copy a report that could not be published to ``OUT/failed``, with the reason beside it.

    Raises ``OutputError`` if the reason cannot be written.
    """
    copy, reason_file = _failed_paths(task)
    write_atomically({reason_file: f"{reason}\n".encode("utf-8", "backslashreplace")})
    state = file_state(task.source)
    with contextlib.suppress(OSError):
        copy.unlink(missing_ok=True)
        if state and state[0] <= MAX_COPIED_BYTES:
            shutil.copyfile(task.source, copy)


def clear_failure(task: Task) -> None:
    """Remove what ``set_aside`` wrote for an earlier state of a report."""
    for path in _failed_paths(task):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _failed_paths(task: Task) -> tuple[Path, Path]:
    stem = task.options.output / FAILED / task.name
    return stem.with_name(f"{stem.name}{task.source.suffix}"), stem.with_name(
        f"{stem.name}{REASON}"
    )
