"""Workers: reports built in processes of their own, so that a poison report costs itself only.

Enters: tasks. Leaves: that each was begun and how it ended, in the order in which that happens. A worker is forked from this
process, which is warm: fonts and style sheets are shared. One that dies, outlives its deadline or
asks for more memory than it may have is replaced, and its report is marked with the reason; the
others go on.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import signal
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from publisher.errors import CrashError, DeadlineError, MemoryLimitError, PublisherError
from publisher.system.background import in_company

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from multiprocessing.connection import Connection

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a report may cost."""

    seconds: float = 300.0
    """A report of 50,000 characters with all its tables takes a minute on a slow machine."""
    megabytes: int = 2048
    """Address space beyond what the worker began with; a report of 20 pages takes 100."""

    def overdue(self, where: str) -> DeadlineError:
        """Return what is said of a report that took longer."""
        return DeadlineError(
            f"took longer than {self.seconds:g} s",
            where=where,
            hint="build it alone, or give it more time with --deadline",
        )


@dataclass(frozen=True, slots=True)
class Begun(Generic[Task]):
    """A task was given to a worker."""

    task: Task


@dataclass(frozen=True, slots=True)
class Ended(Generic[Task, Result]):
    """A task has its result, or the error that it met."""

    task: Task
    outcome: Result | PublisherError


OFTEN = 700
"""New objects after which a worker looks for rings, report after report (Python's own)."""


@dataclass(slots=True)
class _Worker(Generic[Task]):
    process: Any
    pipe: Connection
    task: Task | None = None
    since: float = 0.0


class Workers(Generic[Task, Result]):
    """Runs one function over tasks in several processes."""

    def __init__(
        self,
        function: Callable[[Task], Result],
        *,
        jobs: int,
        limits: Limits | None = None,
        method: Literal["fork", "spawn"] = "fork",
    ) -> None:
        """Prepare to run; ``function`` raises a ``PublisherError`` for a task that cannot be done.

        With ``spawn`` a worker begins afresh: slower, but possible where this process has threads.
        """
        import multiprocessing

        self._function = function
        self._jobs = jobs
        self._limits = limits or Limits()
        self._context: Any = multiprocessing.get_context(method)

    def run(
        self, tasks: Sequence[Task], stopping: Callable[[], bool] = lambda: False
    ) -> Generator[Begun[Task] | Ended[Task, Result], None, None]:
        """Yield what happens; once ``stopping`` says so, no further task is begun.

        To close the iterator is to abandon what is being done.
        """
        waiting = deque(tasks)
        workers = [self._start() for _ in range(min(self._jobs, len(waiting)))]
        try:
            while True:
                for index, worker in enumerate(workers):
                    if worker.task is None and waiting and not stopping():
                        given = waiting.popleft()
                        yield Begun(given)
                        workers[index] = self._give(worker, given)
                if all(worker.task is None for worker in workers):
                    return
                for worker in self._ready(workers):
                    task = worker.task
                    outcome = self._outcome(worker)
                    if not worker.process.is_alive():
                        workers[workers.index(worker)] = self._start()
                    worker.task = None
                    if task is not None:
                        yield Ended(task, outcome)
        finally:
            for worker in workers:
                self._stop(worker)

    def _start(self) -> _Worker[Task]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_work, args=(theirs, self._function, self._limits, os.getpid()), daemon=True
        )
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _give(self, worker: _Worker[Task], task: Task) -> _Worker[Task]:
        try:
            worker.pipe.send(task)
        except OSError:  # it died between two tasks, which is none of this one's doing
            self._stop(worker)
            worker = self._start()
            worker.pipe.send(task)
        worker.task, worker.since = task, time.monotonic()
        return worker

    def _ready(self, workers: list[_Worker[Task]]) -> list[_Worker[Task]]:
        """Return the workers that have something to say, are dead or past their deadline."""
        from multiprocessing.connection import wait

        busy = [worker for worker in workers if worker.task is not None]
        now = time.monotonic()
        left = min(worker.since + self._limits.seconds - now for worker in busy)
        handles = {worker.pipe: worker for worker in busy}
        found = [handles[pipe] for pipe in wait(list(handles), timeout=max(0.0, left))]  # type: ignore[index]
        if found:
            return found
        now = time.monotonic()
        return [one for one in busy if one.since + self._limits.seconds <= now]

    def _outcome(self, worker: _Worker[Task]) -> Result | PublisherError:
        where = str(worker.task)
        if not worker.pipe.poll():
            self._stop(worker)
            return self._limits.overdue(where)
        try:
            kind, value = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join()
            return _crash(worker.process.exitcode, where)
        if kind == "memory":
            self._stop(worker)
            return MemoryLimitError(
                f"wanted more than {self._limits.megabytes} MB of memory",
                where=where,
                hint="split it, or build it alone",
            )
        result: Result | PublisherError = value
        return result

    @staticmethod
    def _stop(worker: _Worker[Task]) -> None:
        with contextlib.suppress(OSError):
            worker.pipe.close()
        worker.process.kill()
        worker.process.join()


def _crash(code: int | None, where: str) -> CrashError:
    if code is not None and code < 0:
        how = f"by signal {-code} ({signal.Signals(-code).name})"
    else:
        how = f"with exit code {code}"
    return CrashError(
        f"the process that built it ended {how}",
        where=where,
        hint="build it alone; if it happens again, the report holds something that breaks the program",
    )


def _work(
    pipe: Connection, function: Callable[[Any], Any], limits: Limits, supervisor: int
) -> None:
    """Do tasks until the pipe closes, and not a moment longer than the supervisor lives."""
    in_company()
    gc.set_threshold(OFTEN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _die_with(supervisor)
    os.environ["RAYON_NUM_THREADS"] = "1"  # the validator's: each worker has one processor
    _limit_memory(limits.megabytes)
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)
        try:
            pipe.send(("done", function(task)))
        except PublisherError as error:
            pipe.send(("done", error))
        except MemoryError:
            pipe.send(("memory", None))
        except Exception as error:  # noqa: BLE001 - a fault of the program costs one report
            pipe.send(("done", fault(error, str(task))))


def fault(error: Exception, where: str) -> CrashError:
    """Return what is said of a report over which the program itself failed."""
    return CrashError(
        f"{type(error).__name__}: {error}",
        where=where,
        hint="this is a fault of the program; the other reports are not touched by it",
    )


_PR_SET_PDEATHSIG = 1


def _die_with(supervisor: int) -> None:
    """Have the system end this process when its parent ends, however that happens (prctl(2))."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != supervisor:
        os._exit(0)


def _limit_memory(megabytes: int) -> None:
    import resource

    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - a number, not a file
        pages = int(file.read().split()[0])
    most = pages * resource.getpagesize() + (megabytes << 20)
    # The hard limit stays: a converter that a report needs has a limit of its own.
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))
