"""Builds on a Dask cluster: groups of reports are submitted as Dask tasks.

Input: tasks; their sources are read here and sent to the workers. Output: the same events as ``workers`` yields; the
cluster's workers write the results. A group whose worker dies, or that exceeds the deadline of one report, is split
in halves until the report that causes it is alone; that report fails.
"""

from __future__ import annotations

import contextlib
import time
from collections import deque
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from publisher.batch.fingerprint import compute_fingerprint
from publisher.batch.task import BuildRequest, BuildResult, Task, build_from_request, read_request
from publisher.batch.worker import Limits
from publisher.batch.worker_process import internal_error
from publisher.batch.workers import Finished, Started
from publisher.errors import (
    ClusterError,
    CrashError,
    ExtensionError,
    MemoryLimitError,
    PublisherError,
    UnknownStyleError,
)
from publisher.messages import translatable
from publisher.system import process
from publisher.system.sandbox import install

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from publisher.batch.storage import Storage

POLL_SECONDS = 0.5
CONNECT_SECONDS = 15


@dataclass(slots=True)
class _RunningGroup:
    """A group that was submitted to the cluster."""

    tasks: list[Task]
    started: float = field(default_factory=time.monotonic)
    """The time of submission (``time.monotonic``)."""


class Cluster:
    """An executor that builds reports on the workers of a Dask scheduler."""

    def __init__(
        self, address: str, storage: Storage, *, chunk_size: int, limits: Limits | None = None
    ) -> None:
        """Connect to the scheduler at an address such as ``tcp://scheduler:8786``.

        Raises ``ClusterError`` if Dask is not installed or no scheduler answers.
        """
        try:
            self._dask: Any = import_module("distributed")
        except ImportError as error:
            raise ClusterError(
                "Dask is not installed", hint='pip install "gongwen-publisher[cluster]"'
            ) from error
        try:
            self._client = self._dask.Client(address, timeout=CONNECT_SECONDS)
        except (OSError, ValueError) as error:
            raise ClusterError(
                translatable("no scheduler answers: {error}", error=error),
                where=address,
                hint="check --cluster, and that a Dask scheduler runs there",
            ) from error
        self._storage, self._chunk_size = storage, chunk_size
        self._limits = limits or Limits()

    def run(
        self, tasks: Sequence[Task], should_stop: Callable[[], bool] = lambda: False
    ) -> Generator[Started[Task] | Finished[Task, BuildResult], None, None]:
        """Yield an event for each start and each end; start no group once ``should_stop`` is true."""
        groups = deque(
            list(tasks[at : at + self._chunk_size]) for at in range(0, len(tasks), self._chunk_size)
        )
        running: dict[Any, _RunningGroup] = {}
        started: set[str] = set()
        try:
            while True:
                while groups and len(running) < self._capacity() and not should_stop():
                    group = groups.popleft()
                    yield from (Started(task) for task in group if task.name not in started)
                    started.update(task.name for task in group)
                    yield from self._submit(group, running)
                if not running:
                    return
                for future in self._wait(running):
                    yield from self._handle(future, running.pop(future), groups)
        finally:
            self._client.cancel(list(running), force=True)
            self._client.close()

    def _capacity(self) -> int:
        """Return how many groups may be submitted at once: one for each thread of the cluster, and one more."""
        threads = sum(self._client.nthreads().values())
        return threads + 1 if threads > 1 else 1

    def _submit(
        self, group: list[Task], running: dict[Any, _RunningGroup]
    ) -> Iterator[Finished[Task, BuildResult]]:
        """Submit a group; yield the failure of each report that cannot be read."""
        requests = []
        for task in group:
            try:
                requests.append(read_request(task))
            except PublisherError as error:
                yield Finished(task, error)
        if requests:
            all_options = dict.fromkeys(request.task.options for request in requests)
            fingerprints = {options: compute_fingerprint(options) for options in all_options}
            future = self._client.submit(
                build_group, requests, self._storage, fingerprints, pure=False
            )
            running[future] = _RunningGroup([request.task for request in requests])

    def _wait(self, running: dict[Any, _RunningGroup]) -> list[Any]:
        """Wait a moment; return the groups that finished or exceeded the deadline of one report."""
        with contextlib.suppress(TimeoutError):
            self._dask.wait(list(running), timeout=POLL_SECONDS, return_when="FIRST_COMPLETED")
        now = time.monotonic()
        return [
            future
            for future, group in running.items()
            if future.done() or now - group.started > self._limits.seconds
        ]

    def _handle(
        self, future: Any, group: _RunningGroup, groups: deque[list[Task]]
    ) -> Iterator[Finished[Task, BuildResult]]:
        """Yield the outcomes of a group, or put its halves back into ``groups``."""
        if future.status == "finished":
            outcomes = future.result()
            if isinstance(outcomes, ClusterError):
                raise outcomes
            for task, outcome in zip(group.tasks, outcomes, strict=True):
                yield Finished(task, outcome)
            return
        timed_out = not future.done()
        if timed_out:
            self._restart_worker(future)
        if len(group.tasks) > 1:
            half = len(group.tasks) // 2
            groups.extendleft((group.tasks[half:], group.tasks[:half]))
            return
        (task,) = group.tasks
        yield Finished(task, self._error(task, future, timed_out=timed_out))

    def _error(self, task: Task, future: Any, *, timed_out: bool) -> PublisherError:
        if timed_out:
            return self._limits.deadline_error(str(task))
        error = future.exception() if future.status == "error" else "the task was lost"
        return CrashError(
            translatable(
                "the cluster worker that built it ended: {name}", name=type(error).__name__
            ),
            where=str(task),
            hint="build it alone; the worker's log has the reason",
        )

    def _restart_worker(self, future: Any) -> None:
        """Restart the worker that runs a group; Dask reschedules the other groups of that worker."""
        workers = [
            worker for worker, keys in self._client.processing().items() if future.key in keys
        ]
        future.cancel(force=True)
        if workers:
            self._client.restart_workers(workers, timeout=60, raise_for_error=False)


def build_group(
    requests: list[BuildRequest], storage: Storage, fingerprints: dict[Any, str]
) -> list[BuildResult | PublisherError] | ClusterError:
    """Build reports on a cluster worker; return the outcome of each.

    Returns a ``ClusterError`` if the worker computes other fingerprints than the machine that sent the requests.
    """
    process.own(cores_are_shared=True)
    install()
    for options, fingerprint in fingerprints.items():
        try:
            is_same = compute_fingerprint(options) == fingerprint
        except (ExtensionError, UnknownStyleError):
            is_same = False
        if not is_same:
            return ClusterError(
                "a worker has another version, other fonts, another style or other extensions than this machine; "
                "its results would differ",
                hint="install the same on all machines (publisher doctor lists what is installed)",
            )
    return [_build(request, storage) for request in requests]


def _build(request: BuildRequest, storage: Storage) -> BuildResult | PublisherError:
    where = str(request.task)
    try:
        return build_from_request(request, storage)
    except PublisherError as error:
        return error
    except MemoryError:
        return MemoryLimitError(
            "needed more memory than the machine has", where=where, hint="split it"
        )
    except Exception as error:  # noqa: BLE001 - an internal error fails one report only
        return internal_error(error, where)
