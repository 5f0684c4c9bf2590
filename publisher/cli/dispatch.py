"""The command that was asked for, run.

Each is a module of ``publisher.cli.commands``. An error that a person caused becomes two lines, what
happened and what to do, and its class's exit code.
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from publisher.cli.console import Console, discard
from publisher.errors import OutputError, PublisherError, UsageError
from publisher.options import suggest_name

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

INTERRUPTED = 130


def run(arguments: argparse.Namespace, unknown: Sequence[str] = ()) -> int:
    """Run the command that the arguments name; return its exit code.

    What else was typed (``unknown``) is refused.
    """
    console = Console(quiet=arguments.quiet, verbose=arguments.verbose, as_json=arguments.json)
    try:
        if unknown:
            _refuse_unknown(arguments, unknown[0])
        module = import_module(f"publisher.cli.commands.{arguments.command.replace('-', '_')}")
        return int(module.run(arguments, console))
    except PublisherError as error:
        console.error(error)
        return error.exit_code
    except KeyboardInterrupt:
        console.say("stopped; what was finished is whole")
        return INTERRUPTED
    except BrokenPipeError:
        discard(sys.stdout)
        discard(sys.stderr)
        return 0
    except OSError as error:
        if error.filename is not None:
            raise
        discard(sys.stdout)
        console.error(
            OutputError(f"the results cannot be told: {error.strerror}", hint="check the output")
        )
        return OutputError.exit_code


def _refuse_unknown(arguments: argparse.Namespace, word: str) -> None:
    """Refuse what the command does not know, and name the option that was perhaps meant."""
    name = f"publisher {arguments.command}"
    if not word.startswith("-"):
        raise UsageError(f"{word}: {name} takes no further argument", hint="leave it out")
    flags = tuple(re.findall("--[a-z-]+", arguments.usage()))
    raise UsageError(
        f"{word}: {name} has no such option",
        hint=suggest_name(word.partition("=")[0], flags, f"{name} --help lists them"),
    )
