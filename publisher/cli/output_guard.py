"""What happens when standard output takes nothing more: the disk is full, or nobody reads a pipe any more."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from publisher.cli.console import discard
from publisher.messages import translatable

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.cli.console import Console

INTERRUPTED = 130
CLOSED_PIPE = 141
"""The exit code of a program that wrote into a pipe which nobody reads any more (128 and the number of SIGPIPE)."""


def guard_output(function: Callable[[], int], console: Console) -> int:
    """Return the exit code of a function, or that of an output which takes nothing more.

    Args:
        function: Writes to standard output and standard error.
        console: Where a full disk is reported.
    """
    try:
        try:
            return function()
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        discard(sys.stdout)
        discard(sys.stderr)
        return CLOSED_PIPE
    except OSError as error:
        if error.filename is not None:
            raise
        from publisher.errors import OutputError

        discard(sys.stdout)
        failure = OutputError(
            translatable("the results cannot be printed: {strerror}", strerror=error.strerror),
            hint="check the output",
        )
        try:
            console.error(failure)
        except OSError:  # standard error takes nothing, either
            discard(sys.stderr)
        return failure.exit_code
