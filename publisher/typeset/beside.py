"""Native work in a thread of its own, while the interpreter goes on.

Enters: a function that lets go of the interpreter for most of its time, as HarfBuzz and libdeflate do, and what
it is given. Leaves: what it returns, once that is asked for. The thread ends with the function.
"""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_Made = TypeVar("_Made")


class Beside(Generic[_Made]):
    """A function at work."""

    def __init__(self, function: Callable[..., _Made], *given: object) -> None:
        """Set it to work."""
        self._made: list[_Made] = []
        self._failed: list[BaseException] = []
        self._thread = Thread(target=self._work, args=(function, given))
        self._thread.start()

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
