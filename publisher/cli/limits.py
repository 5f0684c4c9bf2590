"""The limits of a run: numbers of the command line, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.batch.worker import Limits
from publisher.errors import UsageError
from publisher.messages import translatable
from publisher.system.platform_features import processor_count

if TYPE_CHECKING:
    import argparse

MINIMA = {
    "jobs": 1,
    "deadline": 0.001,
    "memory": 64,
    "chunk_size": 1,
    "settle": 0,
    "retention": 0,
    "port": 0,
}
"""The smallest value of each number."""
MAXIMUM = 1_000_000
MAXIMA = {"port": 65535}
"""The largest value of the numbers that have another than ``MAXIMUM``."""


def require_limits(arguments: argparse.Namespace) -> None:
    """Raise ``UsageError`` for a number that is out of range."""
    for name, minimum in MINIMA.items():
        value = getattr(arguments, name, None)
        maximum = MAXIMA.get(name, MAXIMUM)
        if value is not None and not minimum <= value <= maximum:
            raise UsageError(
                translatable(
                    "--{option}: {value:g} is out of range",
                    option=name.replace("_", "-"),
                    value=value,
                ),
                hint=translatable(
                    "a number from {minimum:g} to {maximum:g}", minimum=minimum, maximum=maximum
                ),
            )


def job_count(arguments: argparse.Namespace) -> int:
    """Return how many reports are built at the same time."""
    return arguments.jobs or processor_count()


def report_limits(arguments: argparse.Namespace) -> Limits:
    """Return the limits of one report."""
    return Limits(seconds=arguments.deadline, megabytes=arguments.memory)
