"""What a bag's own style makes, made where it can harm nothing.

Enters: a function and what it is to be done with. Leaves: its result, or a ``PublisherError``. A style is a program of sorts,
and one in a bag may come from anybody: it runs in a fresh process with a deadline and so much memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from publisher.batch.workers import Finished, Limits, WorkerPool, internal_error
from publisher.errors import PublisherError, WorkerError

if TYPE_CHECKING:
    from collections.abc import Callable

Task = TypeVar("Task")
Result = TypeVar("Result")

LIMITS = Limits()
"""What a report of a bag may cost whose style is in the bag."""


def run_bounded(function: Callable[[Task], Result], task: Task) -> Result:
    """Return what a function gives in a fresh process; raise the ``PublisherError`` that it met."""
    workers = WorkerPool(function, jobs=1, limits=LIMITS)
    (outcome,) = (one.outcome for one in workers.run([task]) if isinstance(one, Finished))
    if isinstance(outcome, WorkerError):
        raise type(outcome)(
            outcome.message,
            where=outcome.where,
            hint="the style in the bag may be at fault; look at its templates",
        )
    if isinstance(outcome, PublisherError):
        raise outcome
    return outcome


def run_here(function: Callable[[Task], Result], task: Task) -> Result:
    """Return what a function gives; what it fails over becomes a ``CrashError``."""
    try:
        return function(task)
    except PublisherError:
        raise
    except Exception as error:
        raise internal_error(error, str(task)) from error
