"""Native work in a thread of its own, while the interpreter runs on.

In: a function that releases the interpreter for most of its time, as those of HarfBuzz, libdeflate and
page-validation do, and its arguments. Out: its result, once it is asked for. The thread ends with the function. In a
process that shares the cores with others (``publisher.system.process``) the function runs when its result is asked
for.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from threading import Lock, Thread
from typing import TYPE_CHECKING, Generic, TypeVar

from publisher.system import process

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHORT_INTERVAL = 0.0001
"""Seconds that a thread runs on while another waits for the interpreter (Python's own: 0.005)."""
_Result = TypeVar("_Result")


class BackgroundTask(Generic[_Result]):
    """A function that runs in the background."""

    def __init__(self, function: Callable[..., _Result], *arguments: object) -> None:
        """Start the function with these arguments."""
        self._function, self._arguments = function, arguments
        self._results: list[_Result] = []
        self._errors: list[BaseException] = []
        self._thread = Thread(target=self._run)
        if process.may_use_second_core():
            self._thread.start()

    @classmethod
    def in_steps(
        cls, function: Callable[..., _Result], *arguments: object
    ) -> BackgroundTask[_Result]:
        """Start a function that needs the interpreter again and again, with short waits for it.

        The switch interval is the process's own: it is left alone unless the process is the toolkit's.
        """
        if not (process.is_owned() and process.may_use_second_core()):
            return cls(function, *arguments)

        def run() -> _Result:
            with _SHORT_SWITCHES.applied():
                return function(*arguments)

        return cls(run)

    def result(self) -> _Result:
        """Wait for the function, and return its result; raise what it raises."""
        if self._thread.ident:
            self._thread.join()
        elif not (self._results or self._errors):
            self._run()
        for error in self._errors:
            raise error
        return self._results[0]

    def _run(self) -> None:
        try:
            self._results.append(self._function(*self._arguments))
        except BaseException as error:  # noqa: BLE001 - raised where the result is asked for
            self._errors.append(error)


class _ShortSwitches:
    """The short switch interval, which lasts as long as any task needs it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._tasks = 0
        self._usual = 0.0

    @contextmanager
    def applied(self) -> Iterator[None]:
        with self._lock:
            if not self._tasks:
                self._usual = sys.getswitchinterval()
                sys.setswitchinterval(SHORT_INTERVAL)
            self._tasks += 1
        try:
            yield
        finally:
            with self._lock:
                self._tasks -= 1
                if not self._tasks:
                    sys.setswitchinterval(self._usual)


_SHORT_SWITCHES = _ShortSwitches()
