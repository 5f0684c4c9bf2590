"""The sources of the command line: the reports that they contain, each with its options and its name."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from publisher.batch.journal import read_planned_names
from publisher.batch.plan import IN_OUTPUT_FOLDER, OUTSIDE_FOLDER, plan_folder
from publisher.batch.task import Task
from publisher.config import find_config, read_config
from publisher.errors import UnknownStyleError, UnsupportedFormatError, UsageError
from publisher.messages import join_texts, translatable
from publisher.model import Finding, Severity
from publisher.options import REPORTED_BY_BUILDS, Options, find_ineffective
from publisher.output_names import PDF
from publisher.readers import REPORT_SUFFIXES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from publisher.cli.console import Console
    from publisher.cli.outcome import Reporter


UNSUPPORTED_SUFFIXES = frozenset(
    ".pdf .ofd .ceb .xls .xlsx .et .ppt .pptx .dps .mht .mhtml .zip .rar .7z .docm .wpt".split()
)
"""Suffixes of files in a folder that may be reports and that no reader supports."""


_OTHER_RESULTS = frozenset((*REPORT_SUFFIXES, ".json", ".csv", ".xlsx", ".epub", ".png", ".ofd"))
"""Suffixes that name a file, which no folder for results has."""
FOREIGN_CONFIG = Finding(
    clause="config",
    severity=Severity.WARNING,
    message="is not obeyed: it belongs to another account than the report and this process",
    hint="name it with --config if you trust it",
)
UNUSABLE_CONFIG = Finding(
    clause="config",
    severity=Severity.WARNING,
    message="is not obeyed: it is no file, or a link that leads to none",
    hint="make it a file with options, or give it another name",
)


@dataclass(frozen=True, slots=True)
class OptionSources:
    """The sources of the options: the command line, and a configuration file."""

    config: Path | None
    """The file of ``--config``; by default the nearest ``publisher.toml``."""
    arguments: dict[str, Any]
    """The options of the command line; they override the file."""
    console: Console
    reported: set[Path] = field(default_factory=set)
    """The configuration files that are not obeyed and were reported, each once."""
    reported_options: set[str] = field(default_factory=set)
    """The options whose lack of an effect is not reported (any more)."""

    @classmethod
    def from_arguments(
        cls, arguments: argparse.Namespace, console: Console, *, lists_findings: bool = False
    ) -> OptionSources:
        """Return the sources that a command line names.

        Args:
            arguments: The command line.
            console: Reports files that are not obeyed, and options without an effect.
            lists_findings: Whether the findings of each report are printed; some are on such options.

        """
        names = (item.name for item in fields(Options))
        options = {name: getattr(arguments, name) for name in names if hasattr(arguments, name)}
        reported = set(REPORTED_BY_BUILDS) if lists_findings else set()
        return cls(arguments.config, options, console, reported_options=reported)

    def options_for(self, source: Path) -> Options:
        """Return the options for a source; raise ``UsageError`` for a value that is not possible."""
        config = self.config or self._find_config(source)
        settings = read_config(config) if config else {}
        try:
            options = Options(**{**settings, **self.arguments})
        except UsageError as error:
            of_command_line = str(error).split(":")[0] in self.arguments
            where = str(config) if config and not of_command_line else ""
            raise type(error)(error.message, hint=error.hint, where=where) from error
        if config and "extensions" in settings and "extensions" not in self.arguments:
            _require_extensions(options, config)
        if config and "style" in settings and "style" not in self.arguments:
            _require_style(options, config)
        report_ineffective(options, self.arguments.keys() - self.reported_options, self.console)
        self.reported_options.update(self.arguments)
        return options

    def _find_config(self, source: Path) -> Path | None:
        """Return the configuration file of a source; report those that are not obeyed."""
        nearest = find_config(source)
        for finding, paths in (
            (FOREIGN_CONFIG, nearest.foreign),
            (UNUSABLE_CONFIG, nearest.unusable),
        ):
            for path in paths:
                if path not in self.reported:
                    self.reported.add(path)
                    self.console.finding(finding, where=str(path))
        return nearest.path


def _require_extensions(options: Options, config: Path) -> None:
    """Raise the error for an extension that a configuration file names and that cannot be used, with the file."""
    from publisher.extensions import load_extensions
    from publisher.extensions.guards import located

    with located(str(config)):
        load_extensions(options.extensions)


def _require_style(options: Options, config: Path) -> None:
    """Raise the error for a style that a configuration file names and that cannot be used, with the file."""
    from publisher.extensions import load_style_of

    try:
        load_style_of(options)
    except UnknownStyleError as error:
        where = join_texts(": ", (str(config), error.where)) if error.where else str(config)
        raise UnknownStyleError(
            translatable("style: {message}", message=error.message), where=where, hint=error.hint
        ) from error


def report_ineffective(options: Options, names: Collection[str], console: Console) -> None:
    """Report options of the command line that have no effect for want of another option."""
    for flag, needed in find_ineffective(options, names).items():
        console.finding(
            Finding(
                clause="option",
                severity=Severity.WARNING,
                message=translatable("has no effect without {needed}", needed=needed),
                hint=translatable("add {needed}, or leave {flag} out", needed=needed, flag=flag),
            ),
            where=flag,
        )


def plan_source(
    source: Path, arguments: argparse.Namespace, options: OptionSources, reporter: Reporter
) -> Iterator[Task]:
    """Yield the reports of a source, each with its options and its name; folders are searched."""
    if is_folder(source):
        tasks = list(plan_reports(source, arguments, options, reporter))
        if not tasks:
            raise no_report(source, is_filtered=bool(arguments.include))
        yield from tasks
        return
    name, source_options = source.stem or source.name, options.options_for(source)
    output = source_options.output
    if _is_pdf_name(output):
        if len(arguments.sources) > 1:
            raise _not_one_result(output)
        name, source_options = output.stem, replace(source_options, output=output.parent)
    yield Task(source=source, options=source_options, name=name, relative_path=str(source))


def _is_pdf_name(output: Path) -> bool:
    """Return whether an output is the PDF itself and not a folder; raise ``UsageError`` for a file of another kind."""
    suffix = output.suffix.lower()
    if suffix in _OTHER_RESULTS and not is_folder(output):
        raise UsageError(
            translatable("output: {output} is a file that is no PDF", output=output),
            hint="name a folder, or a file that ends in .pdf; --emit writes other files beside it",
        )
    return suffix == PDF and not is_folder(output)


def _not_one_result(output: Path) -> UsageError:
    return UsageError(
        translatable(
            "output: {output} names one PDF, and there are several sources", output=output
        ),
        hint="name a folder for their results",
    )


def plan_reports(
    folder: Path, arguments: argparse.Namespace, sources: OptionSources, reporter: Reporter
) -> Iterator[Task]:
    """Yield the reports below a folder, which may have none."""
    options = sources.options_for(folder / "x")
    output = options.output
    if _is_pdf_name(output):
        raise _not_one_result(output)
    plan = plan_folder(
        folder,
        output,
        include=arguments.include,
        exclude=arguments.exclude,
        previous_names=read_planned_names(output),
        suffixes=read_suffixes(options),
    )
    for path, reason in plan.skipped:
        may_be_report = (
            reason in (IN_OUTPUT_FOLDER, OUTSIDE_FOLDER)
            or path.suffix.lower() in UNSUPPORTED_SUFFIXES
        )
        severity = Severity.WARNING if may_be_report else Severity.NOTE
        reporter.console.finding(
            _plan_finding(translatable("skipped: {reason}", reason=reason), severity),
            where=str(path),
        )
        if may_be_report:
            reporter.skipped.append(UnsupportedFormatError(reason, where=str(path)))
    for error in plan.unreadable:
        reporter.fail(error)
        reporter.unreadable.append(error)

    distinct: dict[Options, Options] = {}

    @cache
    def options_in(parent: Path) -> Options:
        options = replace(sources.options_for(parent / "x"), output=output)
        return distinct.setdefault(options, options)

    for report in plan.reports:
        if report.rename_reason:
            note = _plan_finding(
                translatable(
                    "becomes {name}: {rename_reason}",
                    name=report.name,
                    rename_reason=report.rename_reason,
                )
            )
            reporter.console.finding(note, where=str(report.source))
        yield Task(
            source=report.source,
            options=options_in(report.source.parent),
            name=report.name,
            relative_path=report.relative_path,
            rename_reason=report.rename_reason,
        )


def read_suffixes(options: Options) -> tuple[str, ...]:
    """Return the suffixes of the files that readers accept, those of extensions included."""
    from publisher.extensions import load_extensions

    return load_extensions(options.extensions).suffixes


def no_report(folder: Path, *, is_filtered: bool = False) -> UsageError:
    """Return the error for a folder without a report, which patterns may have left out."""
    hint = translatable(
        "a report is one of {report_suffixes}", report_suffixes=" ".join(REPORT_SUFFIXES)
    )
    if is_filtered:
        hint = translatable(
            "GLOB matches the whole path below the folder: 2022/* for all files in 2022"
        )
    return UsageError("has no report", where=str(folder), hint=hint)


def is_folder(source: Path) -> bool:
    """Return whether a source is a folder; False if the system refuses to say."""
    return os.path.isdir(source)  # noqa: PTH112 - Path.is_dir raises there


def _plan_finding(message: str, severity: Severity = Severity.NOTE) -> Finding:
    return Finding(clause="plan", severity=severity, message=message)
