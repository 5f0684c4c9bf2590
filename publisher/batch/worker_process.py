"""A worker process: it runs one function over the tasks that its supervisor sends, and limits itself.

Input: a pipe on which a ``Setup`` comes first and then tasks. Output: on the same pipe a ``Ready`` once and then, for each
task, its result, its error or ``OutOfMemory``. The supervisor is ``publisher.batch.workers``.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from publisher.errors import CrashError, PublisherError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

GC_THRESHOLD = 700
"""Number of new objects that triggers a worker's garbage collector while it builds (Python's default)."""
_PR_SET_PDEATHSIG = 1
"""The request of ``prctl`` that names a signal for the end of the parent."""
_STACK_BYTES = 64 << 20
"""The largest stack: native code that recurses without end then fails soon, also where stacks are unlimited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """The first message to a worker."""

    prepare: Callable[[], object] | None
    function: Callable[[Any], Any]
    megabytes: int
    """The memory limit, in addition to the worker's own address space."""
    supervisor_pid: int
    """The parent process; the worker ends when it ends."""


class Ready:
    """A worker's message that it can take its first task."""


class OutOfMemory:
    """A worker's message that a task exceeded the memory limit."""


def run_worker(pipe: Connection[Any, Any]) -> None:
    """Run tasks until the pipe is closed or the supervisor process ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from publisher.system import process, startup_cache

    process.own(cores_are_shared=True)
    startup_cache.install()
    from publisher.system.sandbox import install

    install()
    setup: Setup = _receive_or_exit(pipe)
    _exit_with_parent(setup.supervisor_pid)
    if setup.prepare:
        with contextlib.suppress(Exception):  # the first task raises the same error and reports it
            setup.prepare()
    gc.set_threshold(GC_THRESHOLD)
    _limit_memory(setup.megabytes)
    _limit_stack()
    _send_or_exit(pipe, Ready())
    while True:
        task = _receive_or_exit(pipe)
        try:
            _send_or_exit(pipe, setup.function(task))
        except PublisherError as error:
            _send_or_exit(pipe, error)
        except MemoryError:
            _send_or_exit(pipe, OutOfMemory())
        except Exception as error:  # noqa: BLE001 - an internal error fails one report only
            _send_or_exit(pipe, internal_error(error, str(task)))


def _receive_or_exit(pipe: Connection[Any, Any]) -> Any:
    """Return the supervisor's next message; end this process if the supervisor is gone."""
    try:
        return pipe.recv()
    except (EOFError, OSError):
        os._exit(0)


def _send_or_exit(pipe: Connection[Any, Any], message: Any) -> None:
    """Send a message to the supervisor; end this process if the supervisor is gone."""
    from multiprocessing.reduction import ForkingPickler

    pickled = ForkingPickler.dumps(message)
    try:
        pipe.send_bytes(pickled)
    except OSError:
        os._exit(0)


def internal_error(error: Exception, where: str) -> CrashError:
    """Return the error for a report on which the program itself failed."""
    return CrashError(
        f"{type(error).__name__}: {error}",
        where=where,
        hint="this is a bug in Publisher; other reports are not affected",
    )


def _exit_with_parent(parent_pid: int) -> None:
    """Have the system kill this process when its parent ends, for whatever reason (prctl(2))."""
    if prctl := getattr(ctypes.CDLL(None), "prctl", None):  # Linux
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent_pid:
        os._exit(0)


def _limit_memory(megabytes: int) -> None:
    """Limit the address space to its present size and so many megabytes more."""
    import resource

    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - a pseudo-file
            pages = int(file.read().split()[0])
    except OSError:  # macOS does not say how much is in use
        return
    limit = pages * resource.getpagesize() + (megabytes << 20)
    # The hard limit stays: prlimit sets another limit for LibreOffice, which some reports need.
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _limit_stack() -> None:
    """Limit the stack, and write no core file when native code ends the process."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_STACK)
    if soft < 0 or soft > _STACK_BYTES:  # a negative number is no limit
        resource.setrlimit(resource.RLIMIT_STACK, (_STACK_BYTES, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
