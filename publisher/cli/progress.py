"""The progress of a run: a live bar on a terminal, otherwise a line every ten seconds.

With ``--json`` the lines are events. The bar is drawn by rich on standard error.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, Protocol, Self

from publisher.messages import translatable

if TYPE_CHECKING:
    from publisher.cli.console import Console

INTERVAL = 10.0
"""Seconds between two lines."""


class Progress(Protocol):
    """Shows how many reports of a run are finished."""

    def __enter__(self) -> Self:
        """Start the display."""

    def __exit__(self, *reason: object) -> None:
        """End the display and restore the screen."""

    def show(self, *, done: int, failed: int) -> None:
        """Show these numbers."""


def create_progress(console: Console, total: int) -> Progress:
    """Return the display that fits standard error."""
    if console.quiet or not total:
        return NoProgress()
    if sys.stderr.isatty() and not console.as_json:
        return ProgressBar(total)
    return ProgressLines(console, total)


class NoProgress:
    """Shows nothing."""

    def __enter__(self) -> Self:
        """Return the display."""
        return self

    def __exit__(self, *_reason: object) -> None:
        """Do nothing."""

    def show(self, *, done: int, failed: int) -> None:
        """Show nothing."""


class ProgressLines:
    """Writes a line every ten seconds: how many reports, how fast, how long still."""

    def __init__(self, console: Console, total: int) -> None:
        """Start the clock."""
        self._console, self._total = console, total
        self._started = self._last_line = time.monotonic()

    def __enter__(self) -> Self:
        """Return the display."""
        return self

    def __exit__(self, *_reason: object) -> None:
        """Do nothing; the command writes the summary."""

    def show(self, *, done: int, failed: int) -> None:
        """Write a line if the last one is old enough."""
        now = time.monotonic()
        if now - self._last_line < INTERVAL:
            return
        self._last_line = now
        rate = done / (now - self._started)
        remaining = (self._total - done) / rate if rate else 0.0
        self._console.progress(
            translatable(
                "{done} of {total}, {rate:.1f} a second, {duration} left, {failed} failed",
                done=done,
                total=self._total,
                rate=rate,
                duration=format_duration(remaining),
                failed=failed,
            ),
            finished=done,
            total=self._total,
            failed=failed,
            per_second=round(rate, 2),
            seconds_left=round(remaining),
        )


def format_duration(seconds: float) -> str:
    """Return a duration in hours, minutes and seconds."""
    minutes, full_seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return translatable("{hours} h {minutes} min", hours=hours, minutes=minutes)
    return (
        translatable("{minutes} min {full_seconds} s", minutes=minutes, full_seconds=full_seconds)
        if minutes
        else translatable("{full_seconds} s", full_seconds=full_seconds)
    )


class ProgressBar:
    """A live bar with the rate, the remaining time and the failures."""

    def __init__(self, total: int) -> None:
        """Create the bar."""
        from rich.console import Console as Screen
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        self._started = time.monotonic()
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
        """Show the bar."""
        self._bar.start()
        return self

    def __exit__(self, *_reason: object) -> None:
        """Remove the bar."""
        self._bar.stop()

    def show(self, *, done: int, failed: int) -> None:
        """Update the bar."""
        rate = done / max(time.monotonic() - self._started, 0.001)
        self._bar.update(self._task, completed=done, rate=rate, failed=failed)
