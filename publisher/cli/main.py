"""The command line: arguments → exit code, and nothing else.

``parser`` says what can be typed. What a command does stands in ``publisher.cli.commands``, imported when
it is asked for. Results go to standard output, diagnostics to standard error.
"""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from typing import TYPE_CHECKING

from publisher.system import process, startup_cache

if TYPE_CHECKING:
    from collections.abc import Sequence


RARELY = 300_000
"""New objects after which the collector looks for rings: modules are half a million, and all of them stay."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code that ``docs/exit-codes.md`` explains."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # it was closed before the program began
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    process.own()
    gc.set_threshold(RARELY)
    startup_cache.use()
    atexit.register(gc.freeze)  # what ends with the process need not be searched for rings
    from publisher.cli.parser import parser

    options, unknown = parser().parse_known_args(arguments)
    from publisher.cli.dispatch import run
    from publisher.system.sandbox import install

    install()
    return run(options, unknown)


if __name__ == "__main__":
    sys.exit(main())
