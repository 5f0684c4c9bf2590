"""Errors of the command line in plain words, in place of those of argparse and its usage text.

Input: a message of argparse. Output: a ``UsageError``, whose hint is an example or the nearest possible value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.cli.commands import EXAMPLES
from publisher.errors import UsageError
from publisher.options import suggest_name

if TYPE_CHECKING:
    from collections.abc import Callable

_MISSING = re.compile("the following arguments are required: (?P<names>.+)")
_NO_VALUE = re.compile("argument (?P<name>.+): expected .*argument")
_NOT_A_NUMBER = re.compile(
    "argument (?P<name>.+): invalid (?P<kind>int|float) value: (?P<value>.+)"
)
_NO_CHOICE = re.compile(
    "argument (?P<name>.+): invalid choice: (?P<value>.+) \\(choose from (?P<choices>.+)\\)"
)
_TWO = re.compile("argument (?P<name>.+): not allowed with argument (?P<other>.+)")
_VALUE = re.compile("argument (?P<name>.+): ignored explicit argument (?P<value>.+)")
_AMBIGUOUS = re.compile("ambiguous option: (?P<value>\\S+) could match (?P<choices>.+)")
_KINDS = {"int": "a whole number", "float": "a number"}


def argument_error(message: str, program: str) -> UsageError:
    """Return the error for a command line that cannot be parsed.

    Args:
        message: What argparse says about it.
        program: The program and its command: ``publisher build``.

    """
    for pattern, describe in _DESCRIPTIONS.items():
        if match := pattern.fullmatch(message):
            text, hint = describe(match)
            return UsageError(text, where=program, hint=hint or _example(program))
    return UsageError(message, where=program, hint=_example(program))


def _example(program: str) -> str:
    """Return a command that is possible, and where all arguments are listed."""
    command = program.partition(" ")[2]
    listed = "arguments" if command else "commands"
    example = EXAMPLES.get(command, EXAMPLES["build"])
    return f"for example: {example}; {program} --help lists the {listed}"


def _flag(name: str) -> str:
    """Return the long form of an option that argparse names by all its forms: -q/--quiet."""
    return name.rpartition("/")[2] if name.startswith("-") else name


def _missing(match: re.Match[str]) -> tuple[str, str]:
    names = [_flag(name) for name in match["names"].split(", ")]
    return f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} missing", ""


def _nearest(match: re.Match[str]) -> tuple[str, str]:
    choices = tuple(choice.strip("'") for choice in match["choices"].split(", "))
    value = match["value"].strip("'")
    return f"{_flag(match['name'])}: {value!r} is not a possible value", suggest_name(
        value, choices
    )


_DESCRIPTIONS: dict[re.Pattern[str], Callable[[re.Match[str]], tuple[str, str]]] = {
    _MISSING: _missing,
    _NO_VALUE: lambda match: (f"{_flag(match['name'])} has no value", ""),
    _NOT_A_NUMBER: lambda match: (
        f"{_flag(match['name'])}: {match['value']} is not {_KINDS[match['kind']]}",
        "",
    ),
    _NO_CHOICE: _nearest,
    _TWO: lambda match: (
        f"{_flag(match['name'])} and {_flag(match['other'])} exclude each other",
        "leave one of them out",
    ),
    _VALUE: lambda match: (
        f"{_flag(match['name'])} takes no value, but has {match['value']}",
        "leave the value out",
    ),
    _AMBIGUOUS: lambda match: (
        f"{match['value']} is the beginning of several options",
        f"write one of them: {match['choices']}",
    ),
}
