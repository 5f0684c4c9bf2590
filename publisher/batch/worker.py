"""One worker process, as its supervisor sees it: started, given a task, ended when it exceeds a limit.

Input: a function, and tasks one after another. Output: for each task its result, or the ``PublisherError`` that says why
there is none. A worker that crashes, exceeds its deadline or its memory is started anew before its next task.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from publisher.batch.worker_process import OutOfMemory, Ready, Setup
from publisher.errors import CrashError, DeadlineError, MemoryLimitError, PublisherError
from publisher.messages import translatable

if TYPE_CHECKING:
    from collections.abc import Callable
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


START_SECONDS = 120.0
"""Time limit for the start of a worker; a start takes about a second on a machine that is not overloaded."""
_WORKER_PROGRAM = """\
import sys
from multiprocessing.connection import Connection
pipe = Connection(int(sys.argv[1]))
try:
    sys.path[:] = pipe.recv()
except (EOFError, OSError):
    sys.exit()
from publisher.batch.worker_process import run_worker
run_worker(pipe)
"""
"""The program that a worker executes; it does not import the main module of the host program.

It ends without a word if its supervisor ended before it sent the first message.
"""


class Worker(Generic[Task, Result]):
    """A worker process that is started when it is made.

    The system ends the process when the thread that started it ends.
    """

    def __init__(
        self,
        function: Callable[[Task], Result],
        limits: Limits,
        *,
        prepare: Callable[[], object] | None = None,
    ) -> None:
        """Start the process.

        Args:
            function: Runs one task; raises ``PublisherError`` for a task that fails. It is pickled, so it must be a
                function of an importable module.
            limits: The limits of one task.
            prepare: Called once, before the first task and before memory is limited; pickled, too.

        """
        self._limits = limits
        setup = Setup(
            prepare=prepare,
            function=function,
            megabytes=limits.megabytes,
            supervisor_pid=os.getpid(),
        )
        self._setup = pickle.dumps(setup)
        self.task: Task | None = None
        """The task that it runs; ``None`` if it is idle."""
        self._start()

    @property
    def is_running(self) -> bool:
        """Whether the process has not ended."""
        return self._process.poll() is None

    @property
    def is_ready(self) -> bool:
        """Whether the process has been initialised."""
        return self._is_ready

    def _start(self) -> None:
        from multiprocessing.connection import Pipe

        own_end, worker_end = Pipe()
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter with a fixed program
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
        self.pipe: Connection[Any, Any] = own_end
        """Readable when the worker has sent a message or has died."""
        self.deadline = time.monotonic() + START_SECONDS
        """The time (``time.monotonic``) by which the worker must be ready, or its task finished."""
        self._is_ready = False
        with contextlib.suppress(OSError):  # it died; `assign` replaces it
            own_end.send(sys.path)
            own_end.send_bytes(self._setup)

    def assign(self, task: Task) -> None:
        """Send a task to the process; start it anew first if it died while it was idle."""
        self.ensure_running()
        with contextlib.suppress(OSError):  # it died just now; `receive` reads the end of its pipe
            self.pipe.send(task)
        seconds = self._limits.seconds if self._is_ready else START_SECONDS
        self.deadline = time.monotonic() + seconds
        self.task = task

    def ensure_running(self) -> None:
        """Start the process anew if it has ended."""
        if not self.is_running:
            self.stop()
            self._start()

    def receive(self) -> Result | PublisherError | Ready:
        """Return the outcome of the task, or ``Ready`` if the worker only says that it has been initialised.

        Call it when the pipe can be read or the deadline has passed. A worker that exceeded a limit has ended then.
        """
        where = str(self.task)
        if not self.pipe.poll():
            self.stop()
            return self._limits.deadline_error(where)
        try:
            outcome: Result | PublisherError | Ready | OutOfMemory = self.pipe.recv()
        except (EOFError, OSError):
            with contextlib.suppress(subprocess.TimeoutExpired):  # lets the exit code be its own
                self._process.wait(timeout=5)
            self.stop()
            return _crash_error(self._process.returncode, where)
        if isinstance(outcome, Ready):
            self._is_ready = True
            self.deadline = time.monotonic() + self._limits.seconds
            return outcome
        if isinstance(outcome, OutOfMemory):
            self.stop()
            return MemoryLimitError(
                translatable(
                    "needed more than {megabytes} MB of memory", megabytes=self._limits.megabytes
                ),
                where=where,
                hint="split it, or build it alone",
            )
        return outcome

    def stop(self) -> None:
        """End the process, and the programs that it started."""
        self.pipe.close()
        self._is_ready = False
        self.kill()
        self._process.wait()

    def kill(self) -> None:
        """Have the system end the process; may be called by another thread, while this one waits for a message."""
        if self.is_running:
            with contextlib.suppress(ProcessLookupError):  # its programs (validators) end with it
                os.killpg(self._process.pid, signal.SIGKILL)


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
