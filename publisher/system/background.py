"""Native work in a thread of its own, while the interpreter goes on.

Enters: a function that lets go of the interpreter for most of its time, as HarfBuzz, libdeflate and
page-validation do, and what it is given. Leaves: what it returns, once that is asked for. The thread ends
with the function. Where the cores have other work (``publisher.system.process``) the function waits until it is asked.
"""

from __future__ import annotations

import sys
from threading import Thread
from typing import TYPE_CHECKING, Generic, TypeVar

from publisher.system import process

if TYPE_CHECKING:
    from collections.abc import Callable

SOON = 0.0001
"""Seconds that the interpreter goes on when another thread asks for it (Python's own: 0.005)."""
_Made = TypeVar("_Made")


class Beside(Generic[_Made]):
    """A function at work."""

    def __init__(self, function: Callable[..., _Made], *given: object) -> None:
        """Set it to work."""
        self._function, self._given = function, given
        self._made: list[_Made] = []
        self._failed: list[BaseException] = []
        self._thread = Thread(target=self._work)
        if process.may_use_second_core():
            self._thread.start()

    @classmethod
    def in_steps(cls, function: Callable[..., _Made], *given: object) -> Beside[_Made]:
        """Set to work a function that needs the interpreter again and again, and let it have it soon.

        The switch interval is the process's: in a process of somebody else's it stays as it is.
        """
        if not (process.is_owned() and process.may_use_second_core()):
            return cls(function, *given)
        before = sys.getswitchinterval()
        sys.setswitchinterval(SOON)

        def work() -> _Made:
            try:
                return function(*given)
            finally:
                sys.setswitchinterval(before)

        return cls(work)

    def _work(self) -> None:
        try:
            self._made.append(self._function(*self._given))
        except BaseException as failure:  # noqa: BLE001 - told to who asks for the result
            self._failed.append(failure)

    def __call__(self) -> _Made:
        """Return what the function returns, or raise what it raises, when it has done."""
        if self._thread.ident:
            self._thread.join()
        elif not (self._made or self._failed):
            self._work()
        for failure in self._failed:
            raise failure
        return self._made[0]
