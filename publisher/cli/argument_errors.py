"""Errors of the command line in plain words, in place of those of argparse and its usage text.

Input: a message of argparse. Output: a ``UsageError``, whose hint is an example or the nearest possible value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.cli.commands import EXAMPLES
from publisher.errors import UsageError
from publisher.messages import join_texts, translatable
from publisher.text.name_suggestions import suggest_name

if TYPE_CHECKING:
    from collections.abc import Callable

_MISSING = re.compile("the following arguments are required: (?P<names>.+)")
_NO_VALUE = re.compile("argument (?P<name>.+): expected .*argument")
_NO_CHOICE = re.compile(
    "argument (?P<name>.+): invalid choice: (?P<value>.+) \\(choose from (?P<choices>.+)\\)"
)
_TWO = re.compile("argument (?P<name>.+): not allowed with argument (?P<other>.+)")
_VALUE = re.compile("argument (?P<name>.+): ignored explicit argument (?P<value>.+)")
_AMBIGUOUS = re.compile("ambiguous option: (?P<value>\\S+) could match (?P<choices>.+)")
_KINDS = {
    "int": translatable("a whole number"),
    "float": translatable("a number"),
    "millimetres": translatable("a number of millimetres"),
    "percentage": translatable("a number of per cent"),
    "resolution": translatable("a number of pixels per inch"),
}
_EXAMPLE_NUMBERS = {"millimetres": 3, "percentage": 300, "resolution": 300}
_NOT_A_NUMBER = re.compile(
    f"argument (?P<name>.+): invalid (?P<kind>{'|'.join(_KINDS)}) value: (?P<value>.+)"
)


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
    listed = translatable("arguments" if command else "commands")
    example = EXAMPLES.get(command, EXAMPLES["build"])
    return translatable(
        "for example: {example}; {program} --help lists the {listed}",
        example=example,
        program=program,
        listed=listed,
    )


def _flag(name: str) -> str:
    """Return the long form of an option that argparse names by all its forms: -q/--quiet."""
    return name.rpartition("/")[2] if name.startswith("-") else name


def _missing(match: re.Match[str]) -> tuple[str, str]:
    names = [_flag(name) for name in match["names"].split(", ")]
    listed = join_texts(" and ", map(translatable, names))
    if len(names) == 1:
        return translatable("{names} is missing", names=listed), ""
    return translatable("{names} are missing", names=listed), ""


def _nearest(match: re.Match[str]) -> tuple[str, str]:
    choices = tuple(choice.strip("'") for choice in match["choices"].split(", "))
    value = match["value"].strip("'")
    return translatable(
        "{flag}: {value!r} is not a possible value", flag=_flag(match["name"]), value=value
    ), suggest_name(value, choices)


_DESCRIPTIONS: dict[re.Pattern[str], Callable[[re.Match[str]], tuple[str, str]]] = {
    _MISSING: _missing,
    _NO_VALUE: lambda match: (translatable("{flag} has no value", flag=_flag(match["name"])), ""),
    _NOT_A_NUMBER: lambda match: (
        translatable(
            "{flag}: {value} is not {kinds}",
            flag=_flag(match["name"]),
            value=match["value"],
            kinds=_KINDS[match["kind"]],
        ),
        translatable(
            "for example: {flag} {number}",
            flag=_flag(match["name"]),
            number=_EXAMPLE_NUMBERS[match["kind"]],
        )
        if match["kind"] in _EXAMPLE_NUMBERS
        else "",
    ),
    _NO_CHOICE: _nearest,
    _TWO: lambda match: (
        translatable(
            "{flag} and {other} exclude each other",
            flag=_flag(match["name"]),
            other=_flag(match["other"]),
        ),
        translatable("leave one of them out"),
    ),
    _VALUE: lambda match: (
        translatable(
            "{flag} takes no value, but has {value}",
            flag=_flag(match["name"]),
            value=match["value"],
        ),
        translatable("leave the value out"),
    ),
    _AMBIGUOUS: lambda match: (
        translatable("{value} is the beginning of several options", value=match["value"]),
        translatable("write one of them: {choices}", choices=match["choices"]),
    ),
}
