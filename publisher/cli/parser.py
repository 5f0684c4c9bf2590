"""The parser of the command line: one subparser for each command of ``COMMANDS``.

A command's own arguments are added when the command is used, so that ``publisher --help`` imports no
command. The options that a configuration file can set too come from ``publisher.options``; see
``publisher.cli.arguments``.
"""

from __future__ import annotations

import argparse
import contextlib
from importlib import import_module
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NoReturn

from publisher._version import __version__
from publisher.cli.commands import COMMANDS, module_name
from publisher.messages import translatable
from publisher.messages.catalogue import (
    ENGLISH,
    LANGUAGES,
    Catalogue,
    choose_language,
    language_of_tag,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


USAGE = "usage: "
"""How argparse begins the help."""


class _Parser(argparse.ArgumentParser):
    """A parser that raises ``UsageError`` for a mistake instead of printing its usage and exiting."""

    language = ENGLISH
    """The language of the help."""

    def format_help(self) -> str:
        """Return the help in the language of the user."""
        catalogue = Catalogue(self.language)
        self.description = catalogue.translate(self.description or "")
        for group in self._action_groups:
            group.title = catalogue.translate(group.title or "")
        for action in self._actions:
            action.help = catalogue.translate(action.help or "") or None
            if isinstance(action.metavar, str):
                action.metavar = catalogue.translate(action.metavar)
            for choice in getattr(action, "_choices_actions", ()):
                choice.help = catalogue.translate(choice.help)
        usage = catalogue.translate(USAGE)
        return super().format_help().replace(USAGE, usage, 1)

    def error(self, message: str) -> NoReturn:
        """Raise ``UsageError`` for a message of argparse."""
        from publisher.cli.argument_errors import argument_error

        raise argument_error(message, self.prog)


class CommandParser(_Parser):
    """The parser of one command; its arguments are added when they are first needed."""

    command = ""

    def complete(self) -> None:
        """Add the arguments of the command, once."""
        command, self.command = self.command, ""
        if command:
            import_module(module_name(command)).add_arguments(self)

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Add the arguments, then parse; sources behind an option belong to those before it."""
        self.complete()
        arguments, unknown = super().parse_known_args(args, namespace)
        several = next(
            (item for item in self._actions if item.nargs == "+" and not item.option_strings), None
        )
        if several:
            words = list(takewhile(lambda word: not word.startswith("-"), unknown))
            values = [self._get_value(several, word) for word in words]
            setattr(arguments, several.dest, [*getattr(arguments, several.dest), *values])
            unknown = unknown[len(words) :]
        return arguments, unknown


class _TopParser(_Parser):
    """The parser of the command's name; it suggests the nearest name for an unknown one."""

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.dest != "command":
            super()._check_value(action, value)
        elif action.choices is not None and value not in action.choices:
            from publisher.errors import UsageError
            from publisher.text.name_suggestions import suggest_name

            hint = suggest_name(
                value, tuple(COMMANDS), translatable("publisher --help lists the commands")
            )
            raise UsageError(
                translatable("{value}: publisher has no such command", value=value), hint=hint
            )


class _Version(argparse._VersionAction):  # noqa: SLF001 - argparse has no other name for it
    """Prints the version and the code of the program, whose files are read only for this."""

    def __call__(self, parser: argparse.ArgumentParser, *arguments: Any, **options: Any) -> None:
        """Print them and end the program."""
        from publisher.system.software import code_digest

        self.version = f"publisher {__version__} (code {code_digest()})"
        super().__call__(parser, *arguments, **options)


def find_language(arguments: Sequence[str]) -> str:
    """Return the language that the arguments, the environment or the locale name."""
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("--lang", default="", nargs="?")
    with contextlib.suppress(argparse.ArgumentError, SystemExit):
        return choose_language(parser.parse_known_args(arguments)[0].lang or "")
    return choose_language()


def _add_general_options(parser: argparse.ArgumentParser, **flag: Any) -> None:
    """Add the options of all commands, which may stand before the command or behind it.

    Args:
        parser: The parser of the program or of a command.
        flag: For a command: ``default=SUPPRESS``, so that it does not undo what stands before it.

    """
    verbosity = parser.add_mutually_exclusive_group()
    verbosity.add_argument("-q", "--quiet", action="store_true", help="print errors only", **flag)
    verbosity.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        help="also print notes and what each stage did and how long it took",
        **flag,
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object a line", **flag)
    parser.add_argument(
        "--lang",
        type=language_of_tag,
        choices=LANGUAGES,
        help="language of messages and help (default: that of PUBLISHER_LANG or of the locale)",
        **flag,
    )


def create_parser(language: str = ENGLISH) -> argparse.ArgumentParser:
    """Return the parser of the whole command line, with its help in a language."""
    top = _TopParser(
        prog="publisher", description="Publish Chinese public reports as accessible, archival PDFs."
    )
    top.language = language
    top.add_argument("--version", action=_Version)
    _add_general_options(top)
    commands = top.add_subparsers(
        dest="command", metavar="COMMAND", required=True, parser_class=CommandParser
    )
    for name, summary in COMMANDS.items():
        parser = commands.add_parser(
            name, help=summary, description=f"{summary[0].upper()}{summary[1:]}."
        )
        parser.command, parser.language = name, language
        _add_general_options(parser, default=argparse.SUPPRESS)
        parser.set_defaults(usage=parser.format_usage)
    return top


def command_parsers() -> dict[str, CommandParser]:
    """Return the parser of each command with all its arguments."""
    for action in create_parser()._actions:  # noqa: SLF001 - argparse has no public way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            parsers: dict[str, CommandParser] = dict(action.choices)
            for parser in parsers.values():
                parser.complete()
            return parsers
    raise AssertionError("the command line has no commands")
