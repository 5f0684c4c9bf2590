"""How much a run may take: the numbers of the command line, checked."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from publisher.batch.workers import Limits
from publisher.errors import UsageError

if TYPE_CHECKING:
    import argparse


LEAST = {"jobs": 1, "deadline": 0.001, "memory": 64, "chunk_size": 1}
"""The least that a number of the command line can be."""
MOST = 1_000_000


def require_numbers(arguments: argparse.Namespace) -> None:
    """Refuse numbers of the command line that cannot be."""
    for name, least in LEAST.items():
        value = getattr(arguments, name, None)
        if value is None:  # one a processor, or not of this command
            continue
        require_number(name, value, least, MOST)


def require_number(name: str, value: float, least: float, most: float) -> None:
    """Refuse a number of the command line that is not in its range, or is none."""
    if not least <= value <= most:
        raise UsageError(
            f"--{name.replace('_', '-')}: {value:g} cannot be",
            hint=f"a number from {least:g} to {most:g}",
        )


def jobs_of(arguments: argparse.Namespace) -> int:
    """Return how many reports are built at once."""
    return arguments.jobs or len(os.sched_getaffinity(0))


def limits_of(arguments: argparse.Namespace) -> Limits:
    """Return what a report may cost."""
    return Limits(seconds=arguments.deadline, megabytes=arguments.memory)
