"""The same plan on many machines: groups of reports as tasks of a Dask cluster.

Enters: tasks, whose sources are read here and sent along. Leaves: what ``workers`` leaves, that each was begun and
how it ended; the results are written by the cluster's workers. A group whose worker dies, or that takes longer
than one report may, is split, until the report that does it stands alone and is marked.
"""

from __future__ import annotations

import contextlib
import time
from collections import deque
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from publisher.batch.fingerprint import compute_fingerprint
from publisher.batch.task import Built, Parcel, Task, build_parcel, parcel_of
from publisher.batch.workers import Finished, Limits, Started, fault
from publisher.errors import (
    ClusterError,
    CrashError,
    MemoryLimitError,
    PublisherError,
)
from publisher.system import process
from publisher.system.sandbox import install

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from publisher.batch.storage import Storage

POLL_SECONDS = 0.5
CONNECT_SECONDS = 15


@dataclass(slots=True)
class _Flight:
    """A group that is under way."""

    tasks: list[Task]
    since: float = field(default_factory=time.monotonic)


class Cluster:
    """Runs reports on the workers of a Dask scheduler."""

    def __init__(
        self, address: str, storage: Storage, *, chunk_size: int, limits: Limits | None = None
    ) -> None:
        """Connect; raise ``ClusterError`` where no scheduler answers, or Dask is not installed."""
        try:
            self._dask: Any = import_module("distributed")
        except ImportError as error:
            raise ClusterError(
                "Dask is not installed", hint='pip install "publisher[cluster]"'
            ) from error
        try:
            self._client = self._dask.Client(address, timeout=CONNECT_SECONDS)
        except (OSError, ValueError) as error:
            raise ClusterError(
                f"no scheduler answers: {error}",
                where=address,
                hint="check --cluster, and that dask scheduler runs there",
            ) from error
        self._storage, self._chunk_size = storage, chunk_size
        self._limits = limits or Limits()

    def run(
        self, tasks: Sequence[Task], stopping: Callable[[], bool] = lambda: False
    ) -> Generator[Started[Task] | Finished[Task, Built], None, None]:
        """Yield what happens; once ``stopping`` says so, no further group is begun."""
        groups = deque(
            list(tasks[at : at + self._chunk_size]) for at in range(0, len(tasks), self._chunk_size)
        )
        flying: dict[Any, _Flight] = {}
        begun: set[str] = set()
        try:
            while True:
                while groups and len(flying) < self._room() and not stopping():
                    group = groups.popleft()
                    yield from (Started(task) for task in group if task.name not in begun)
                    begun.update(task.name for task in group)
                    yield from self._send(group, flying)
                if not flying:
                    return
                for future in self._landed(flying):
                    yield from self._result(future, flying.pop(future), groups)
        finally:
            self._client.cancel(list(flying), force=True)
            self._client.close()

    def _room(self) -> int:
        """Return how many groups may be under way: one a thread of the cluster, and one to come."""
        threads = sum(self._client.nthreads().values())
        return threads + 1 if threads > 1 else 1

    def _send(
        self, group: list[Task], flying: dict[Any, _Flight]
    ) -> Iterator[Finished[Task, Built]]:
        """Send a group off; a report that cannot be read has ended already."""
        parcels = []
        for task in group:
            try:
                parcels.append(parcel_of(task))
            except PublisherError as error:
                yield Finished(task, error)
        if parcels:
            digests = {parcel.task.options: "" for parcel in parcels}
            digests = {options: compute_fingerprint(options) for options in digests}
            future = self._client.submit(build_group, parcels, self._storage, digests, pure=False)
            flying[future] = _Flight([parcel.task for parcel in parcels])

    def _landed(self, flying: dict[Any, _Flight]) -> list[Any]:
        """Return the groups that have ended, or have taken longer than one report may."""
        with contextlib.suppress(TimeoutError):
            self._dask.wait(list(flying), timeout=POLL_SECONDS, return_when="FIRST_COMPLETED")
        now = time.monotonic()
        return [
            future
            for future, flight in flying.items()
            if future.done() or now - flight.since > self._limits.seconds
        ]

    def _result(
        self, future: Any, flight: _Flight, groups: deque[list[Task]]
    ) -> Iterator[Finished[Task, Built]]:
        if future.status == "finished":
            outcomes = future.result()
            if isinstance(outcomes, ClusterError):
                raise outcomes
            for task, outcome in zip(flight.tasks, outcomes, strict=True):
                yield Finished(task, outcome)
            return
        overdue = not future.done()
        if overdue:
            self._end(future)
        if len(flight.tasks) > 1:
            half = len(flight.tasks) // 2
            groups.extendleft((flight.tasks[half:], flight.tasks[:half]))
            return
        (task,) = flight.tasks
        yield Finished(task, self._blame(task, future, overdue=overdue))

    def _blame(self, task: Task, future: Any, *, overdue: bool) -> PublisherError:
        if overdue:
            return self._limits.overdue(str(task))
        error = future.exception() if future.status == "error" else "the task was lost"
        return CrashError(
            f"the worker that built it ended: {type(error).__name__}",
            where=str(task),
            hint="build it alone; look at the worker's log for what ended it",
        )

    def _end(self, future: Any) -> None:
        """Restart the worker that a group hangs on; the others on it go on elsewhere."""
        workers = [
            worker for worker, keys in self._client.processing().items() if future.key in keys
        ]
        future.cancel(force=True)
        if workers:
            self._client.restart_workers(workers, timeout=60, raise_for_error=False)


def build_group(
    parcels: list[Parcel], storage: Storage, digests: dict[Any, str]
) -> list[Built | PublisherError] | ClusterError:
    """Build reports on a worker; one that fails costs itself only."""
    process.own(cores_are_shared=True)
    install()
    for options, digest in digests.items():
        if compute_fingerprint(options) != digest:
            return ClusterError(
                "a worker has another version, other fonts or another style than this machine, so "
                "that its results would differ",
                hint="install the same on all machines (publisher doctor says what is there)",
            )
    return [_outcome(parcel, storage) for parcel in parcels]


def _outcome(parcel: Parcel, storage: Storage) -> Built | PublisherError:
    where = str(parcel.task)
    try:
        return build_parcel(parcel, storage)
    except PublisherError as error:
        return error
    except MemoryError:
        return MemoryLimitError("wanted more memory than there is", where=where, hint="split it")
    except Exception as error:  # noqa: BLE001 - a fault of the program costs one report
        return fault(error, where)
