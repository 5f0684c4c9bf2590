"""Run a program of this package in a process of its own, with limits of memory, time and stack.

A file of strangers may keep native code busy, fill the memory or end the process; this process goes on. The new process
runs this file first, which sets the limits and then runs the program. So it imports nothing of this package, and neither
do the programs: they start quickly and need only the library that they are for.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

MAX_STACK = 64 << 20
"""Limit of the stack in bytes; what recurses deeper ends the process."""


class ProgramError(Exception):
    """A program gave no result; the text says why."""


@dataclass(frozen=True, slots=True)
class ProgramLimits:
    """What a program may use."""

    megabytes: int
    """Address space."""
    seconds: int
    """Processor time. The program may take twice as long, since it may have to share the processor."""


def run_limited(program: Path, data: bytes, *arguments: str, limits: ProgramLimits) -> Any:
    """Run a program and return the value that it writes to standard output as JSON.

    Args:
        program: A Python file that imports nothing of this package.
        data: What the program reads from standard input.
        arguments: The arguments of the program.
        limits: What it may use; Windows limits the time alone.

    Raises:
        ProgramError: The program cannot be started, ended with an exit code or a signal, took too long, or wrote no JSON.

    """
    import json
    import subprocess

    from publisher.messages import translatable

    settings = (str(limits.megabytes), str(limits.seconds), str(program))
    try:
        process = subprocess.run(  # noqa: S603 - this interpreter with a program of this package
            [sys.executable, "-P", __file__, *settings, *arguments],
            input=data,
            capture_output=True,
            timeout=limits.seconds * 2,
            check=False,
        )
        if process.returncode:
            code = process.returncode
            raise ProgramError(translatable("the program ended with the code {code}", code=code))
        return json.loads(process.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        name = type(error).__name__
        raise ProgramError(translatable("the program gave no result: {name}", name=name)) from error


def _set_limits(megabytes: int, seconds: int) -> None:
    """Limit what this process may use, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for limit, value in (
        (resource.RLIMIT_AS, megabytes << 20),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_STACK, MAX_STACK),
    ):
        _, hard = resource.getrlimit(limit)
        resource.setrlimit(limit, (value if hard < 0 else min(value, hard), hard))


def main() -> None:
    """Set the limits that the first arguments name, then run the program with the others."""
    import runpy

    _, megabytes, seconds, *sys.argv = sys.argv
    _set_limits(int(megabytes), int(seconds))
    runpy.run_path(sys.argv[0], run_name="__main__")


if __name__ == "__main__":
    main()
