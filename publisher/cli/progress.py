"""How a run shows how far it is: a live bar on a terminal, a line now and then elsewhere.

With ``--json`` the lines are events. What the bar is made of is rich's; it stands on standard error.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, Protocol, Self

if TYPE_CHECKING:
    from publisher.cli.console import Console

SECONDS = 10.0
"""Between two lines, where there is no bar."""


class Progress(Protocol):
    """Shows how many of a run's reports have ended."""

    def __enter__(self) -> Self:
        """Begin to show."""

    def __exit__(self, *reason: object) -> None:
        """End, and leave the screen as a line found it."""

    def show(self, *, ended: int, failed: int) -> None:
        """Take the newest numbers."""


def progress(console: Console, total: int) -> Progress:
    """Return what fits the place where a person, or a program, reads."""
    if console.quiet or not total:
        return Silence()
    if sys.stderr.isatty() and not console.as_json:
        return Bar(total)
    return Lines(console, total)


class Silence:
    """Nothing."""

    def __enter__(self) -> Self:
        """Return what shows nothing."""
        return self

    def __exit__(self, *_reason: object) -> None:
        """Do nothing."""

    def show(self, *, ended: int, failed: int) -> None:
        """Show nothing."""


class Lines:
    """A line every few seconds: how many, how fast, how long still."""

    def __init__(self, console: Console, total: int) -> None:
        """Start the clock."""
        self._console, self._total = console, total
        self._began = self._told = time.monotonic()

    def __enter__(self) -> Self:
        """Return what tells."""
        return self

    def __exit__(self, *_reason: object) -> None:
        """Do nothing: what came of it is told by others."""

    def show(self, *, ended: int, failed: int) -> None:
        """Tell, unless it was just told."""
        now = time.monotonic()
        if now - self._told < SECONDS:
            return
        self._told = now
        rate = ended / (now - self._began)
        left = (self._total - ended) / rate if rate else 0.0
        self._console.progress(
            f"{ended} of {self._total}, {rate:.1f} a second, {spoken(left)} left, {failed} failed",
            ended=ended,
            total=self._total,
            failed=failed,
            per_second=round(rate, 2),
            seconds_left=round(left),
        )


def spoken(seconds: float) -> str:
    """Return a time as people say it."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


class Bar:
    """A live bar with the rate, the time left and the failures."""

    def __init__(self, total: int) -> None:
        """Lay the bar out."""
        from rich.console import Console as Screen
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        self._began = time.monotonic()
        self._bar: Any = RichProgress(
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]:.1f} a second"),
            TimeRemainingColumn(),
            TextColumn("left, {task.fields[failed]} failed"),
            console=Screen(stderr=True),
            redirect_stdout=sys.stdout.isatty(),
            transient=True,
        )
        self._task = self._bar.add_task("", total=total, rate=0.0, failed=0)

    def __enter__(self) -> Self:
        """Show it."""
        self._bar.start()
        return self

    def __exit__(self, *_reason: object) -> None:
        """Take it away."""
        self._bar.stop()

    def show(self, *, ended: int, failed: int) -> None:
        """Move it."""
        rate = ended / max(time.monotonic() - self._began, 0.001)
        self._bar.update(self._task, completed=ended, rate=rate, failed=failed)
