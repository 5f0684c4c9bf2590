"""What the commands do, one a module; each takes the parsed arguments and a ``Console``.

``run`` calls the one that was asked for. An error that a person caused becomes two lines, what
happened and what to do, and its class's exit code.
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from publisher.commands.console import Console
from publisher.errors import OutputError, PublisherError, UsageError
from publisher.options import nearest

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
        _refuse_unknown(arguments, unknown)
        module = import_module(f"publisher.commands.{arguments.command}")
        return int(module.run(arguments, console))
    except PublisherError as error:
        console.error(error)
        return error.exit_code
    except KeyboardInterrupt:
        console.say("stopped; what was finished is whole")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        if error.filename is not None:
            raise
        console.error(
            OutputError(f"the results cannot be told: {error.strerror}", hint="check the output")
        )
        return OutputError.exit_code


def _refuse_unknown(arguments: argparse.Namespace, unknown: Sequence[str]) -> None:
    """Refuse what the command does not know, and name the option that was perhaps meant."""
    for word in unknown[:1]:
        flags = tuple(re.findall("--[a-z-]+", arguments.usage()))
        is_option = word.startswith("-")
        listed = f"publisher {arguments.command} --help lists them"
        raise UsageError(
            f"{word}: publisher {arguments.command} has no such option"
            if is_option
            else f"{word}: publisher {arguments.command} takes no further argument",
            hint=nearest(word.partition("=")[0], flags, listed) if is_option else "leave it out",
        )
