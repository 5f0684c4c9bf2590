"""Worker processes: a pool that runs one function over many tasks, so that a bad report fails alone.

Input: tasks. Output: a ``Started`` and a ``Finished`` event for each task, in the order in which they happen.

A worker is a new Python process that executes a program of its own. It is never forked, because this process may
have threads, which a fork would not copy (Pango 1.52 and later keep a thread for their fonts). A worker
initialises once and then runs one task after another. A worker that crashes, exceeds its deadline or exceeds
its memory limit is replaced; its task fails with the reason, and the other tasks continue.

Pebble's pool was evaluated as a replacement and rejected: it notices a task that ends its process with exit code 0
only at the deadline, and a worker that dies between two tasks stops the whole pool.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from publisher.batch.worker import Limits, Worker
from publisher.batch.worker_process import Ready, internal_error
from publisher.errors import PublisherError
from publisher.system.platform_features import HAS_PROCESS_GROUPS

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Started(Generic[Task]):
    """A task was sent to a worker."""

    task: Task


@dataclass(frozen=True, slots=True)
class Finished(Generic[Task, Result]):
    """A task has a result, or failed with an error."""

    task: Task
    outcome: Result | PublisherError


class WorkerPool(Generic[Task, Result]):
    """A pool of processes that run one function over tasks."""

    def __init__(
        self,
        function: Callable[[Task], Result],
        *,
        jobs: int,
        limits: Limits | None = None,
        prepare: Callable[[], object] | None = None,
    ) -> None:
        """Store the settings; no process is started yet.

        Args:
            function: Runs one task; raises ``PublisherError`` for a task that fails. It is pickled, so it must be a
                function of an importable module.
            jobs: The largest number of worker processes.
            limits: The limits of one task.
            prepare: Called once in each worker, before its first task and before its memory is limited; pickled, too.

        """
        self._function = function
        self._jobs = jobs
        self._limits = limits or Limits()
        self._prepare = prepare

    def run(
        self, tasks: Sequence[Task], should_stop: Callable[[], bool] = lambda: False
    ) -> Generator[Started[Task] | Finished[Task, Result], None, None]:
        """Yield an event for each start and each end of a task.

        Once ``should_stop`` returns true, no further task is started. Closing the iterator stops the workers
        and abandons the tasks that are running.
        """
        run = self._run_in_workers if HAS_PROCESS_GROUPS else self._run_here
        yield from run(tasks, should_stop)

    def _run_in_workers(
        self, tasks: Sequence[Task], should_stop: Callable[[], bool]
    ) -> Generator[Started[Task] | Finished[Task, Result], None, None]:
        pending = deque(tasks)
        workers: list[Worker[Task, Result]] = [
            Worker(self._function, self._limits, prepare=self._prepare)
            for _ in range(min(self._jobs, len(pending)))
        ]
        try:
            while True:
                for worker in workers:
                    if worker.task is None and pending and not should_stop():
                        task = pending.popleft()
                        yield Started(task)
                        worker.assign(task)
                if all(worker.task is None for worker in workers):
                    return
                for worker in _wait(workers):
                    outcome = worker.receive()
                    if isinstance(outcome, Ready):
                        continue
                    finished_task, worker.task = worker.task, None
                    worker.ensure_running()
                    if finished_task is not None:
                        yield Finished(finished_task, outcome)
        finally:
            for worker in workers:
                worker.stop()

    def _run_here(
        self, tasks: Sequence[Task], should_stop: Callable[[], bool]
    ) -> Generator[Started[Task] | Finished[Task, Result], None, None]:
        """Run the tasks one after another in this process, which is not prepared and has no limits.

        This is for systems on which workers cannot be started.
        """
        for task in tasks:
            if should_stop():
                return
            yield Started(task)
            outcome: Result | PublisherError
            try:
                outcome = self._function(task)
            except PublisherError as error:
                outcome = error
            except Exception as error:  # noqa: BLE001 - an internal error fails one report only
                outcome = internal_error(error, str(task))
            yield Finished(task, outcome)


def _wait(workers: list[Worker[Task, Result]]) -> list[Worker[Task, Result]]:
    """Wait; return the workers that sent a message, died or exceeded their deadline."""
    from multiprocessing.connection import wait

    busy = {worker.pipe: worker for worker in workers if worker.task is not None}
    next_deadline = min(worker.deadline for worker in busy.values())
    pipes = wait(list(busy), timeout=max(0.0, next_deadline - time.monotonic()))
    if pipes:
        return [busy[pipe] for pipe in pipes]  # type: ignore[index]
    now = time.monotonic()
    return [worker for worker in busy.values() if worker.deadline <= now]
