"""Runs a function in a process with limits on time and memory.

A style is a kind of program, and a style in a bag may come from anybody. What such a style renders is therefore
rendered in a fresh process; exceeding a limit fails only that report.
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
"""The limits for a report whose style is in the bag."""


def run_in_limited_process(function: Callable[[Task], Result], task: Task) -> Result:
    """Return the function's result for a task; raise the ``PublisherError`` that it raised.

    The function and the task are pickled.
    """
    pool = WorkerPool(function, jobs=1, limits=LIMITS)
    (outcome,) = (event.outcome for event in pool.run([task]) if isinstance(event, Finished))
    if isinstance(outcome, WorkerError):
        raise type(outcome)(
            outcome.message,
            where=outcome.where,
            hint="the style in the bag may be the cause; check its templates",
        )
    if isinstance(outcome, PublisherError):
        raise outcome
    return outcome


def run_in_this_process(function: Callable[[Task], Result], task: Task) -> Result:
    """Return the function's result for a task; raise ``CrashError`` in place of an unexpected exception."""
    try:
        return function(task)
    except PublisherError:
        raise
    except Exception as error:
        raise internal_error(error, str(task)) from error
