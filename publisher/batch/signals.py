"""Interruption in two steps: the first signal lets running reports finish, the second stops at once."""

from __future__ import annotations

import contextlib
import signal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interruption:
    """The interruption of a run, true once SIGINT or SIGTERM has arrived."""

    def __init__(self, on_first_signal: Callable[[], None]) -> None:
        """Store the function to call at the first signal."""
        self._on_first_signal = on_first_signal
        self.signal_number = 0
        """The number of the first signal; 0 if there was none."""
        self.finished = False
        """Whether building is over and only the results remain to be written; signals are then ignored."""

    def __bool__(self) -> bool:
        """Return whether a signal has arrived."""
        return bool(self.signal_number)

    def handle(self, number: int, _frame: Any) -> None:
        """Record the first signal; raise ``KeyboardInterrupt`` at the second."""
        if self.finished:
            return
        if self.signal_number:
            raise KeyboardInterrupt
        self.signal_number = number
        self._on_first_signal()


@contextlib.contextmanager
def handle_interrupts(on_first_signal: Callable[[], None]) -> Iterator[Interruption]:
    """Handle SIGINT and SIGTERM inside the context, and restore the previous handlers afterwards."""
    interruption = Interruption(on_first_signal)
    previous = {number: signal.signal(number, interruption.handle) for number in SIGNALS}
    try:
        yield interruption
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
