"""Ctrl-C in two steps: the first ends a run after the reports that are being built, the second at once."""

from __future__ import annotations

import contextlib
import signal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interruption:
    """Whether a person, or the system, has asked for the end."""

    def __init__(self, tell: Callable[[], None]) -> None:
        """Keep what is to be done at the first signal."""
        self._tell = tell
        self.number = 0
        """The first signal; 0 where there was none."""
        self.ended = False
        """Whether nothing is left that could be stopped: what was done is only written down."""

    def __bool__(self) -> bool:
        """Tell whether the end was asked for."""
        return bool(self.number)

    def handle(self, number: int, _frame: Any) -> None:
        """Take a signal: the first is remembered, the second raises ``KeyboardInterrupt``."""
        if self.ended:
            return
        if self.number:
            raise KeyboardInterrupt
        self.number = number
        self._tell()


@contextlib.contextmanager
def interruptible(tell: Callable[[], None]) -> Iterator[Interruption]:
    """Take the signals while a run lasts; ``tell`` is called at the first."""
    asked = Interruption(tell)
    before = {number: signal.signal(number, asked.handle) for number in SIGNALS}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
