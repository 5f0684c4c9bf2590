"""The worker processes of a command, with the limits and the log that its arguments ask for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from publisher.batch.workers import WorkerPool
from publisher.cli.limits import job_count, report_limits
from publisher.cli.log import prepare_worker

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from publisher.options import Options

Task = TypeVar("Task")
Result = TypeVar("Result")


def report_workers(
    function: Callable[[Task], Result],
    count: int,
    options: Options,
    arguments: argparse.Namespace,
) -> WorkerPool[Task, Result]:
    """Return the processes that run a function over reports.

    Args:
        function: Runs one task; a function of an importable module.
        count: The number of tasks; there are no more processes than that.
        options: Those of the first report; a process loads what they need before its first task.
        arguments: The arguments of the command, with its limits.

    """
    return WorkerPool(
        function,
        jobs=min(count, job_count(arguments)),
        limits=report_limits(arguments),
        prepare=partial(
            prepare_worker, options, verbose=arguments.verbose, language=arguments.language
        ),
    )
