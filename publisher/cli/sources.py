"""The sources of the command line: the reports that they are, each with its options and its name."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from publisher.batch.journal import read_planned_names
from publisher.batch.plan import IN_OUTPUT_FOLDER, OUTSIDE_FOLDER, plan_folder
from publisher.batch.task import Task
from publisher.config import find_config, read_config
from publisher.errors import UnsupportedFormatError, UsageError
from publisher.model import Finding, Severity
from publisher.options import Options
from publisher.readers import READERS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from publisher.cli.outcome import Told


MAY_BE_REPORTS = frozenset(
    ".pdf .ofd .ceb .xls .xlsx .et .ppt .pptx .dps .mht .mhtml .zip .rar .7z .docm .wpt".split()
)
"""Files of a folder that no reader takes and a person would miss."""


@dataclass(frozen=True, slots=True)
class Given:
    """Where options come from: the command line, and a file that it names or that is nearest."""

    named: Path | None
    given: dict[str, Any]

    @classmethod
    def by(cls, arguments: argparse.Namespace) -> Given:
        """Return what the command line gives."""
        names = (item.name for item in fields(Options))
        given = {name: getattr(arguments, name) for name in names if hasattr(arguments, name)}
        return cls(arguments.config, given)

    def beside(self, source: Path) -> Options:
        """Return the options for a source."""
        config = self.named or find_config(source)
        settings = read_config(config) if config else {}
        try:
            return Options(**{**settings, **self.given})
        except UsageError as error:
            ours = set(self.given) & {str(error).split(":")[0]}
            where = str(config) if config and not ours else ""
            raise type(error)(error.message, hint=error.hint, where=where) from error


def planned(
    source: Path, arguments: argparse.Namespace, options: Given, told: Told
) -> Iterator[Task]:
    """Yield the reports of a source, each with its options and its name; folders are walked."""
    if is_folder(source):
        yield from _planned_below(source, arguments, options, told)
        return
    name = source.stem or source.name
    yield Task(source=source, options=options.beside(source), name=name, relative_path=str(source))


def _planned_below(
    folder: Path, arguments: argparse.Namespace, given: Given, told: Told
) -> Iterator[Task]:
    output = given.beside(folder / "x").output
    plan = plan_folder(
        folder,
        output,
        include=arguments.include,
        exclude=arguments.exclude,
        previous_names=read_planned_names(output),
    )
    for path, reason in plan.skipped:
        may_be = (
            reason in (IN_OUTPUT_FOLDER, OUTSIDE_FOLDER) or path.suffix.lower() in MAY_BE_REPORTS
        )
        severity = Severity.WARNING if may_be else Severity.NOTE
        told.console.finding(_of_plan(f"passed over: {reason}", severity), where=str(path))
        if may_be:
            told.passed_over.append(UnsupportedFormatError(reason, where=str(path)))
    for error in plan.unreadable:
        told.fail(error)
        told.unreadable.append(error)
    if not plan.reports:
        known = " ".join(one for kind in READERS for one in kind.suffixes if one)
        hint = f"a report is one of {known}"
        if arguments.include:
            hint = "a glob is of the whole path below the folder: 2022/* for all that is in 2022"
        raise UsageError("has no report", where=str(folder), hint=hint)

    same: dict[Options, Options] = {}

    @cache
    def options_in(place: Path) -> Options:
        options = replace(given.beside(place / "x"), output=output)
        return same.setdefault(options, options)

    for job in plan.reports:
        if job.rename_reason:
            note = _of_plan(f"becomes {job.name}: {job.rename_reason}")
            told.console.finding(note, where=str(job.source))
        yield Task(
            source=job.source,
            options=options_in(job.source.parent),
            name=job.name,
            relative_path=job.relative_path,
            rename_reason=job.rename_reason,
        )


def is_folder(source: Path) -> bool:
    """Tell whether a source is walked."""
    return os.path.isdir(source)  # noqa: PTH112 - False too where the system refuses to say


def _of_plan(message: str, severity: Severity = Severity.NOTE) -> Finding:
    return Finding(clause="plan", severity=severity, message=message)
