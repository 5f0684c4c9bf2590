"""Judges files of anybody in a process with limits of time, memory and stack.

Input: a function and tasks, one for each file. Output: each task with its result, or with the error on it. A file may
keep native code busy, fill the memory or end the process; a style in a bag is a kind of program. Exceeding a limit
fails only that task, and the others continue in another process. What libraries print there is discarded: the result
says what is wrong with the file.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

from publisher.batch.worker import Limits
from publisher.batch.workers import Finished, WorkerPool
from publisher.errors import HARMFUL_FILE, PublisherError, VerificationError, WorkerError
from publisher.messages import translatable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Task = TypeVar("Task")
Result = TypeVar("Result")

LIMITS = Limits(seconds=1800.0, megabytes=3072)
"""The limits for one file. Rendering it and making it again take minutes for a report of a thousand pages."""


def judge_each(
    function: Callable[[Task], Result], tasks: Sequence[Task]
) -> Iterator[tuple[Task, Result | PublisherError]]:
    """Yield each task with its result, or with the ``PublisherError`` that it raised.

    The function and the tasks are pickled. The end of a process is a ``VerificationError`` on its task.

    Args:
        function: Judges one task; a function of an importable module.
        tasks: What to judge; the text of a task is the name of its file.

    """
    pool: WorkerPool[Task, Result] = WorkerPool(
        function, jobs=1, limits=LIMITS, prepare=discard_output
    )
    for event in pool.run(tasks):
        if not isinstance(event, Finished):
            continue
        outcome = event.outcome
        if isinstance(outcome, WorkerError):
            message = translatable("cannot be judged: {message}", message=outcome.message)
            outcome = VerificationError(message, where=outcome.where, hint=HARMFUL_FILE)
        yield event.task, outcome


def discard_output() -> None:
    """Discard what this process, native code and its programs write to standard output and standard error."""
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(null, stream)
    os.close(null)


def judge(function: Callable[[Task], Result], task: Task) -> Result:
    """Return the function's result for a task; raise the ``PublisherError`` on it."""
    ((_, outcome),) = judge_each(function, [task])
    if isinstance(outcome, PublisherError):
        raise outcome
    return outcome
