"""The functions of an extension as the stages call them: their faults are errors with the name of the package.

While such a function runs, the sandbox of a report is active. What it returns is examined: a reader loses no text, a
rule changes no figure, and a result has the type and the values that a record can hold.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from publisher.errors import ExtensionError, PublisherError
from publisher.messages import translatable
from publisher.model import Check
from publisher.model.statistics import CheckKind
from publisher.readers.result import ReaderResult, segment_texts
from publisher.system.sandbox import sandboxed
from publisher.text.edits import Replacement, replay_edits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.normalise.context import Context
    from publisher.normalise.rule import NormalisingRule
    from publisher.readers.formats import Format
    from publisher.statistics.checks.arithmetic_check import ReportCheck, ReportStatements

FAULT_HINT = "report it to the authors of the extension, or leave the extension out"
_DIGITS = re.compile(r"\d+")


@contextmanager
def located(where: str) -> Iterator[None]:
    """Add the report to the error of an extension that does not know it."""
    try:
        yield
    except ExtensionError as error:
        raise ExtensionError(error.message, hint=error.hint, where=error.where or where) from error


def guard_format(file_format: Format, package: str) -> Format:
    """Return a format whose reader raises ``ExtensionError`` for its own faults."""

    def read(data: bytes, *, encoding: str, where: str) -> ReaderResult:
        with _running(package, file_format.media_type, where):
            result: object = file_format.read(data, encoding=encoding, where=where)
            if not isinstance(result, ReaderResult):
                raise TypeError(_other_type(result, ReaderResult))
            text = "".join(part.string for part in segment_texts(result.segments))
            if _visible(text) != _visible(replay_edits(result.decoded, result.edits)):
                raise ValueError(translatable("its text is not that of the file with its edits"))
        return result

    return replace(file_format, read_data=read)


def guard_rule(rule: NormalisingRule, package: str) -> NormalisingRule:
    """Return a rule that raises ``ExtensionError`` for its own faults."""

    def find_replacements(context: Context) -> Sequence[Replacement]:
        with _running(package, rule.name):
            replacements = list(rule(context))
            end = 0
            for change in replacements:
                _require_replacement(change, context.string, end)
                end = change.end
        return replacements

    return replace(rule, find_replacements=find_replacements)


def guard_check(check: ReportCheck, package: str) -> ReportCheck:
    """Return a check that raises ``ExtensionError`` for its own faults."""

    def function(report: ReportStatements) -> Iterator[Check]:
        with _running(package, check.name):
            results = list(check(report))
            for result in results:
                if not isinstance(result, Check):
                    raise TypeError(_other_type(result, Check))
                if result.kind not in get_args(CheckKind):
                    raise ValueError(
                        translatable("{kind!r} is not a kind of checks", kind=result.kind)
                    )
        yield from results

    return replace(check, function=function)


@contextmanager
def _running(package: str, part: str, where: str = "") -> Iterator[None]:
    """Run a function of a package in the sandbox, and raise ``ExtensionError`` for what it raises."""
    try:
        with sandboxed(where or package):
            yield
    except (PublisherError, MemoryError):
        raise
    except Exception as error:
        raise ExtensionError(
            translatable(
                "the extension {package} failed in {part}: {kind}: {error}",
                package=package,
                part=part,
                kind=type(error).__name__,
                error=_problem(error),
            ),
            where=where,
            hint=FAULT_HINT,
        ) from error


def _require_replacement(change: object, string: str, end: int) -> None:
    """Raise ``TypeError`` or ``ValueError`` for what is no replacement behind ``end``, or changes a figure."""
    if not isinstance(change, Replacement) or not isinstance(change.after, str):
        raise TypeError(_other_type(change, Replacement))
    if not end <= change.start < change.end <= len(string):
        raise ValueError(
            translatable("its replacements overlap or are not in order at {at}", at=change.start)
        )
    if not change.reason:
        raise ValueError(translatable("a replacement has no reason"))
    first, last = change.start, change.end
    while first and string[first - 1].isdecimal():
        first -= 1
    while last < len(string) and string[last].isdecimal():
        last += 1
    written = string[first : change.start] + change.after + string[change.end : last]
    remaining = iter(_figures(string[first:last]))
    if not all(figure in remaining for figure in _figures(written)):
        raise ValueError(
            translatable(
                "it changes a figure: {before!r} to {after!r}",
                before=string[first:last],
                after=written,
            )
        )


def _other_type(value: object, wanted: type) -> str:
    return translatable(
        "it returned {kind}, not {wanted}", kind=type(value).__name__, wanted=wanted.__name__
    )


def _problem(error: Exception) -> str:
    """Return the text of an error; a message stays one, so that it is translated."""
    first = error.args[0] if len(error.args) == 1 else None
    return first if isinstance(first, str) else str(error)


def _figures(text: str) -> list[str]:
    """Return the runs of digits of a text, in ASCII."""
    return ["".join(str(int(digit)) for digit in run) for run in _DIGITS.findall(text)]


def _visible(text: str) -> str:
    return "".join(text.split())
