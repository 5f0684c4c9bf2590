"""The entry point of the command line: arguments in, exit code out.

``parser`` defines the arguments and ``commands`` runs them. Results are written to standard output, diagnostics to
standard error.
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

    from publisher.cli.console import Console


COLLECTOR_THRESHOLD = 300_000
"""New objects after which the garbage collector runs: loading the modules creates half a million, which all stay."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code that ``docs/exit-codes.md`` explains."""
    try:
        return _start(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:  # while modules are imported; a command handles its own
        from publisher.cli.output_guard import INTERRUPTED

        return INTERRUPTED


def _start(arguments: Sequence[str]) -> int:
    """Prepare the process for the command line, and run it."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # the stream was closed before the program started
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    process.own()
    gc.set_threshold(COLLECTOR_THRESHOLD)
    startup_cache.install()
    atexit.register(gc.freeze)  # objects that live until the end need no collection
    from publisher.cli.console import Console
    from publisher.cli.output_guard import guard_output
    from publisher.cli.parser import find_language

    language = find_language(arguments)
    console = Console(as_json="--json" in arguments, language=language)
    return guard_output(lambda: _parse_and_run(arguments, console), console)


def _parse_and_run(arguments: Sequence[str], console: Console) -> int:
    from publisher.cli.parser import create_parser
    from publisher.errors import UsageError

    try:
        parsed, unknown = create_parser(console.language).parse_known_args(arguments)
    except UsageError as error:
        console.error(error)
        return error.exit_code
    parsed.language = console.language
    from publisher.cli.dispatch import run
    from publisher.system.sandbox import install

    install()
    return run(parsed, unknown)


if __name__ == "__main__":
    sys.exit(main())
