"""Native work in a thread of its own, while the interpreter goes on.

Enters: a function that lets go of the interpreter for most of its time, as HarfBuzz, libdeflate and
page-validation do, and what it is given. Leaves: what it returns, once that is asked for. The thread ends
with the function.
"""

from __future__ import annotations

import sys
from threading import Thread
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

SOON = 0.0005
"""Seconds that the interpreter goes on when another thread asks for it (Python's own: 0.005)."""
_Made = TypeVar("_Made")


class Beside(Generic[_Made]):
    """A function at work."""

    def __init__(self, function: Callable[..., _Made], *given: object) -> None:
        """Set it to work."""
        self._made: list[_Made] = []
        self._failed: list[BaseException] = []
        self._thread = Thread(target=self._work, args=(function, given))
        self._thread.start()

    @classmethod
    def in_steps(cls, function: Callable[..., _Made], *given: object) -> Beside[_Made]:
        """Set to work a function that needs the interpreter again and again, and let it have it soon."""
        before = sys.getswitchinterval()
        sys.setswitchinterval(SOON)

        def work() -> _Made:
            try:
                return function(*given)
            finally:
                sys.setswitchinterval(before)

        return cls(work)

    def _work(self, function: Callable[..., _Made], given: tuple[object, ...]) -> None:
        try:
            self._made.append(function(*given))
        except BaseException as failure:  # noqa: BLE001 - told to who asks for the result
            self._failed.append(failure)

    def __call__(self) -> _Made:
        """Return what the function returns, or raise what it raises, when it has done."""
        self._thread.join()
        for failure in self._failed:
            raise failure
        return self._made[0]
