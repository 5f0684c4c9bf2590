"""Runs a command and turns errors into two lines, what happened and what to do, and an exit code."""

from __future__ import annotations

import re
from contextlib import nullcontext
from importlib import import_module
from typing import TYPE_CHECKING

from publisher.cli.commands import module_name
from publisher.cli.console import Console
from publisher.cli.output_guard import INTERRUPTED
from publisher.errors import PublisherError, UsageError
from publisher.messages import translatable
from publisher.text.name_suggestions import suggest_name

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from contextlib import AbstractContextManager


def run(arguments: argparse.Namespace, unknown: Sequence[str] = ()) -> int:
    """Run the command that the arguments name; return its exit code.

    Args:
        arguments: The parsed command line.
        unknown: What the parser did not know; the first is reported as an error.
    """
    console = Console(
        quiet=arguments.quiet,
        verbose=arguments.verbose,
        as_json=arguments.json,
        language=arguments.language,
    )
    try:
        if unknown:
            _refuse_unknown(arguments, unknown[0])
        module = import_module(module_name(arguments.command))
        with _log(console):
            return int(module.run(arguments, console))
    except PublisherError as error:
        console.error(error)
        return error.exit_code
    except KeyboardInterrupt:
        console.message("stopped; all finished files are complete")
        return INTERRUPTED


def _log(console: Console) -> AbstractContextManager[None]:
    """Return the context in which a command writes the log, if it is wanted."""
    if console.as_json:
        from publisher.cli.log import json_log

        return json_log(console)
    if not console.verbose:
        return nullcontext()
    from publisher.cli.log import shown_log

    return shown_log(console.language)


def _refuse_unknown(arguments: argparse.Namespace, word: str) -> None:
    """Raise the error for an unknown argument, with the option that was probably meant."""
    name = f"publisher {arguments.command}"
    if not word.startswith("-"):
        raise UsageError(
            translatable("{word}: {name} takes no further argument", word=word, name=name),
            hint="leave it out",
        )
    flags = tuple(re.findall("--[a-z-]+", arguments.usage()))
    raise UsageError(
        translatable("{word}: {name} has no such option", word=word, name=name),
        hint=suggest_name(
            word.partition("=")[0],
            flags,
            translatable("{name} --help lists the options", name=name),
        ),
    )
