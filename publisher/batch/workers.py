"""Workers: reports built in processes of their own, so that one bad report fails alone.

Enters: tasks. Leaves: that each was begun and how it ended, in the order in which that happens. A worker is a fresh
Python, started by executing a new program and never forked: this process may have threads, which a fork would
not have (Pango 1.52 and later keep one for their fonts). It gets ready once and then builds one report
after another. One that dies, outlives its deadline or asks for more memory than it may have is replaced, and
its report is marked with the reason; the others go on.

Pebble's pool was tried in its place: a task that ends its process with code 0 is noticed at its deadline
only, and a worker that dies between two tasks ends the whole pool.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import pickle
import signal
import subprocess
import sys
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from publisher.errors import CrashError, DeadlineError, MemoryLimitError, PublisherError

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
class Started(Generic[Task]):
    """A task was given to a worker."""

    task: Task


@dataclass(frozen=True, slots=True)
class Finished(Generic[Task, Result]):
    """A task has its result, or the error that it met."""

    task: Task
    outcome: Result | PublisherError


COLLECTOR_THRESHOLD = 700
"""New objects after which a worker's collector runs, report after report (Python's own)."""
START_SECONDS = 120.0
"""How long a worker may take to get ready: a second, on a machine that is not overloaded."""
_START = """\
import sys
from multiprocessing.connection import Connection
pipe = Connection(int(sys.argv[1]))
sys.path[:] = pipe.recv()
from publisher.batch.workers import work
work(pipe)
"""
"""The program of a worker: the host's main module, which it does not need, is not imported."""


@dataclass(slots=True)
class _Worker(Generic[Task]):
    process: subprocess.Popen[bytes]
    pipe: Connection[Any, Any]
    due: float
    """When it has to be ready, or done."""
    ready: bool = False
    task: Task | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """What a worker is told first."""

    prepare: Callable[[], object] | None
    function: Callable[[Any], Any]
    megabytes: int
    supervisor: int
    """The process that it must not outlive."""


class _Ready:
    """What a worker says when it can take its first task."""


class _OutOfMemory:
    """What a worker says when a task wanted more memory than it may have."""


class Workers(Generic[Task, Result]):
    """Runs one function over tasks in several processes."""

    def __init__(
        self,
        function: Callable[[Task], Result],
        *,
        jobs: int,
        limits: Limits | None = None,
        prepare: Callable[[], object] | None = None,
    ) -> None:
        """Plan the processes; none is started yet.

        ``function`` raises a ``PublisherError`` for a task that cannot be done. ``prepare`` is called once in each
        worker, before its first task and before its memory is limited. Both are pickled: they are functions
        of a module that can be imported.
        """
        self._jobs = jobs
        self._limits = limits or Limits()
        job = _Job(
            prepare=prepare,
            function=function,
            megabytes=self._limits.megabytes,
            supervisor=os.getpid(),
        )
        self._job = pickle.dumps(job)

    def run(
        self, tasks: Sequence[Task], stopping: Callable[[], bool] = lambda: False
    ) -> Generator[Started[Task] | Finished[Task, Result], None, None]:
        """Yield what happens; once ``stopping`` says so, no further task is begun.

        To close the iterator is to abandon what is being done.
        """
        waiting = deque(tasks)
        workers = [self._start() for _ in range(min(self._jobs, len(waiting)))]
        try:
            while True:
                for index, worker in enumerate(workers):
                    if worker.task is None and waiting and not stopping():
                        task = waiting.popleft()
                        yield Started(task)
                        workers[index] = self._assign(worker, task)
                if all(worker.task is None for worker in workers):
                    return
                for worker in self._heard(workers):
                    outcome = self._outcome(worker)
                    if isinstance(outcome, _Ready):
                        worker.ready = True
                        worker.due = time.monotonic() + self._limits.seconds
                        continue
                    ended, worker.task = worker.task, None
                    if worker.process.poll() is not None:
                        workers[workers.index(worker)] = self._start()
                    if ended is not None:
                        yield Finished(ended, outcome)
        finally:
            for worker in workers:
                self._stop(worker)

    def _start(self) -> _Worker[Task]:
        from multiprocessing.connection import Pipe

        ours, theirs = Pipe()
        process = subprocess.Popen(  # noqa: S603 - this Python, with a program of our own
            [sys.executable, *_interpreter_flags(), "-c", _START, str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            process_group=0,  # Ctrl-C is for the supervisor
            env={**os.environ, "RAYON_NUM_THREADS": "1"},  # the validator's: a worker has one core
        )
        theirs.close()
        with contextlib.suppress(OSError):  # it died: whoever gives it a task notices
            ours.send(sys.path)
            ours.send_bytes(self._job)
        return _Worker(process, ours, due=time.monotonic() + START_SECONDS)

    def _assign(self, worker: _Worker[Task], task: Task) -> _Worker[Task]:
        """Give a task to a worker, or to its successor where it died while it had none."""
        if worker.process.poll() is not None:
            self._stop(worker)
            worker = self._start()
        with contextlib.suppress(OSError):  # it died just now: its pipe says so next
            worker.pipe.send(task)
        seconds = self._limits.seconds if worker.ready else START_SECONDS
        worker.due = time.monotonic() + seconds
        worker.task = task
        return worker

    @staticmethod
    def _heard(workers: list[_Worker[Task]]) -> list[_Worker[Task]]:
        """Return the workers that have something to say, are dead or past their deadline."""
        from multiprocessing.connection import wait

        busy = {worker.pipe: worker for worker in workers if worker.task is not None}
        next_due = min(worker.due for worker in busy.values())
        pipes = wait(list(busy), timeout=max(0.0, next_due - time.monotonic()))
        if pipes:
            return [busy[pipe] for pipe in pipes]  # type: ignore[index]
        now = time.monotonic()
        return [worker for worker in busy.values() if worker.due <= now]

    def _outcome(self, worker: _Worker[Task]) -> Result | PublisherError | _Ready:
        """Return how a worker's task ended, or that the worker is ready for it."""
        where = str(worker.task)
        if not worker.pipe.poll():
            self._stop(worker)
            return self._limits.overdue(where)
        try:
            outcome: Result | PublisherError | _Ready | _OutOfMemory = worker.pipe.recv()
        except (EOFError, OSError):
            with contextlib.suppress(subprocess.TimeoutExpired):  # its own exit code is told
                worker.process.wait(timeout=5)
            self._stop(worker)
            return _crash(worker.process.returncode, where)
        if isinstance(outcome, _OutOfMemory):
            self._stop(worker)
            return MemoryLimitError(
                f"wanted more than {self._limits.megabytes} MB of memory",
                where=where,
                hint="split it, or build it alone",
            )
        return outcome

    @staticmethod
    def _stop(worker: _Worker[Task]) -> None:
        worker.pipe.close()
        worker.process.kill()
        worker.process.wait()


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


def work(pipe: Connection[Any, Any]) -> None:
    """Do tasks until the pipe closes, and not a moment longer than the supervisor lives."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from publisher.system import process, startup_cache

    process.own(cores_are_shared=True)
    startup_cache.use()
    from publisher.system.sandbox import install

    install()
    job: _Job = _received(pipe)
    _die_with(job.supervisor)
    if job.prepare:
        with contextlib.suppress(Exception):  # the first report meets it again, and has its reason
            job.prepare()
    gc.set_threshold(COLLECTOR_THRESHOLD)
    _limit_memory(job.megabytes)
    pipe.send(_Ready())
    while True:
        task = _received(pipe)
        try:
            pipe.send(job.function(task))
        except PublisherError as error:
            pipe.send(error)
        except MemoryError:
            pipe.send(_OutOfMemory())
        except Exception as error:  # noqa: BLE001 - a fault of the program fails one report
            pipe.send(fault(error, str(task)))


def _received(pipe: Connection[Any, Any]) -> Any:
    """Return what the supervisor sends; end where it is no more."""
    try:
        return pipe.recv()
    except (EOFError, OSError):
        os._exit(0)


def _interpreter_flags() -> list[str]:
    """Return the flags that this interpreter was started with."""
    flags: list[str] = subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined] # noqa: SLF001
    return flags


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
