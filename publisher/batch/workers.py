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

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from publisher.batch.worker_process import OutOfMemory, Ready, Setup, internal_error
from publisher.errors import CrashError, DeadlineError, MemoryLimitError, PublisherError
from publisher.messages import translatable
from publisher.system.platform_features import HAS_PROCESS_GROUPS

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from multiprocessing.connection import Connection

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The time and memory limits of one report."""

    seconds: float = 300.0
    """For comparison: a report of 50,000 characters with all its tables takes a minute on a slow machine."""
    megabytes: int = 2048
    """Address space in addition to the worker's own at its start; a report of 20 pages needs about 100."""

    def deadline_error(self, where: str) -> DeadlineError:
        """Return the error for a report that exceeded the time limit."""
        return DeadlineError(
            translatable("took longer than {seconds:g} s", seconds=self.seconds),
            where=where,
            hint="build it alone, or allow more time with --deadline",
        )


@dataclass(frozen=True, slots=True)
class Started(Generic[Task]):
    """A task was sent to a worker."""

    task: Task


@dataclass(frozen=True, slots=True)
class Finished(Generic[Task, Result]):
    """A task has a result, or failed with an error."""

    task: Task
    outcome: Result | PublisherError


START_SECONDS = 120.0
"""Time limit for the start of a worker; a start takes about a second on a machine that is not overloaded."""
_WORKER_PROGRAM = """\
import sys
from multiprocessing.connection import Connection
pipe = Connection(int(sys.argv[1]))
sys.path[:] = pipe.recv()
from publisher.batch.worker_process import run_worker
run_worker(pipe)
"""
"""The program that a worker executes; it does not import the main module of the host program."""


@dataclass(slots=True)
class _Worker(Generic[Task]):
    process: subprocess.Popen[bytes]
    pipe: Connection[Any, Any]
    deadline: float
    """The time (``time.monotonic``) by which the worker must be ready, or its task finished."""
    ready: bool = False
    """Whether it has been initialised."""
    task: Task | None = None
    """The task that it runs; ``None`` if it is idle."""


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
        setup = Setup(
            prepare=prepare,
            function=function,
            megabytes=self._limits.megabytes,
            supervisor_pid=os.getpid(),
        )
        self._setup = pickle.dumps(setup)

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
        workers = [self._start() for _ in range(min(self._jobs, len(pending)))]
        try:
            while True:
                for index, worker in enumerate(workers):
                    if worker.task is None and pending and not should_stop():
                        task = pending.popleft()
                        yield Started(task)
                        workers[index] = self._assign(worker, task)
                if all(worker.task is None for worker in workers):
                    return
                for worker in self._wait(workers):
                    outcome = self._receive(worker)
                    if isinstance(outcome, Ready):
                        worker.ready = True
                        worker.deadline = time.monotonic() + self._limits.seconds
                        continue
                    finished_task, worker.task = worker.task, None
                    if worker.process.poll() is not None:
                        workers[workers.index(worker)] = self._start()
                    if finished_task is not None:
                        yield Finished(finished_task, outcome)
        finally:
            for worker in workers:
                self._stop(worker)

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

    def _start(self) -> _Worker[Task]:
        from multiprocessing.connection import Pipe

        own_end, worker_end = Pipe()
        process = subprocess.Popen(  # noqa: S603 - this interpreter with a fixed program
            [
                sys.executable,
                *_interpreter_flags(),
                "-c",
                _WORKER_PROGRAM,
                str(worker_end.fileno()),
            ],
            stdin=subprocess.DEVNULL,
            pass_fds=[worker_end.fileno()],
            process_group=0,  # only the supervisor receives Ctrl-C
            env={
                **os.environ,
                "RAYON_NUM_THREADS": "1",
            },  # one core per worker for the PDF validator
        )
        worker_end.close()
        with contextlib.suppress(OSError):  # it died; `_assign` replaces it
            own_end.send(sys.path)
            own_end.send_bytes(self._setup)
        return _Worker(process, own_end, deadline=time.monotonic() + START_SECONDS)

    def _assign(self, worker: _Worker[Task], task: Task) -> _Worker[Task]:
        """Send a task to a worker; replace the worker first if it died while it was idle."""
        if worker.process.poll() is not None:
            self._stop(worker)
            worker = self._start()
        with contextlib.suppress(OSError):  # it died just now; `_receive` reads the end of its pipe
            worker.pipe.send(task)
        seconds = self._limits.seconds if worker.ready else START_SECONDS
        worker.deadline = time.monotonic() + seconds
        worker.task = task
        return worker

    @staticmethod
    def _wait(workers: list[_Worker[Task]]) -> list[_Worker[Task]]:
        """Wait; return the workers that sent a message, died or exceeded their deadline."""
        from multiprocessing.connection import wait

        busy = {worker.pipe: worker for worker in workers if worker.task is not None}
        next_deadline = min(worker.deadline for worker in busy.values())
        pipes = wait(list(busy), timeout=max(0.0, next_deadline - time.monotonic()))
        if pipes:
            return [busy[pipe] for pipe in pipes]  # type: ignore[index]
        now = time.monotonic()
        return [worker for worker in busy.values() if worker.deadline <= now]

    def _receive(self, worker: _Worker[Task]) -> Result | PublisherError | Ready:
        """Return a worker's message: the outcome of its task, or that the worker is ready."""
        where = str(worker.task)
        if not worker.pipe.poll():
            self._stop(worker)
            return self._limits.deadline_error(where)
        try:
            outcome: Result | PublisherError | Ready | OutOfMemory = worker.pipe.recv()
        except (EOFError, OSError):
            with contextlib.suppress(subprocess.TimeoutExpired):  # lets the exit code be its own
                worker.process.wait(timeout=5)
            self._stop(worker)
            return _crash_error(worker.process.returncode, where)
        if isinstance(outcome, OutOfMemory):
            self._stop(worker)
            return MemoryLimitError(
                translatable(
                    "needed more than {megabytes} MB of memory", megabytes=self._limits.megabytes
                ),
                where=where,
                hint="split it, or build it alone",
            )
        return outcome

    @staticmethod
    def _stop(worker: _Worker[Task]) -> None:
        worker.pipe.close()
        if worker.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):  # its programs (validators) end with it
                os.killpg(worker.process.pid, signal.SIGKILL)
        worker.process.wait()


def _crash_error(code: int | None, where: str) -> CrashError:
    if code is not None and code < 0:
        message = translatable(
            "the worker process was ended by signal {value} ({name})",
            value=-code,
            name=signal.Signals(-code).name,
        )
    else:
        message = translatable("the worker process ended with exit code {code}", code=code)
    return CrashError(
        message,
        where=where,
        hint="build it alone; if it happens again, report the problem and attach this file",
    )


def _interpreter_flags() -> list[str]:
    """Return the command-line flags of this interpreter."""
    flags: list[str] = subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined] # noqa: SLF001
    return flags
