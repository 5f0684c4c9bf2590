"""``publisher check``: recompute the figures of reports, without building them.

A report is also compared with that of the year before, if both are named or in one folder.
With ``--script`` it also lists what a conversion leaves to an editor. With ``--gb9704`` it measures the layout of official
documents instead (``publisher.cli.official_layout``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.batch.plan import plan_folder
from publisher.cli.arguments import add_option, path_of
from publisher.cli.official_layout import check_layouts
from publisher.cli.outcome import combined_exit_code
from publisher.cli.sources import is_folder, no_report, read_suffixes, report_ineffective
from publisher.errors import PublisherError
from publisher.messages import join_texts, translatable
from publisher.model import Outcome, Reason
from publisher.options import READING_OPTIONS, Options
from publisher.text.counted_nouns import count_noun
from publisher.text.line_index import LineIndex

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from publisher.api.reports import FigureCheck
    from publisher.cli.console import Console
    from publisher.model import Check, Conversion, Observation, Statistics
    from publisher.statistics.year_before import ReportSeries

CONTEXT = 6
"""Characters shown on each side of a word."""
ORDER = (Outcome.FAILS, Outcome.UNVERIFIABLE, Outcome.HOLDS)
"""The outcomes in the order in which they are printed."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``publisher check``."""
    parser.add_argument("sources", nargs="+", type=path_of, metavar="SOURCE")
    for name in READING_OPTIONS:
        add_option(parser, name)
    parser.add_argument("--strict", action="store_true", help="exit with an error if a check fails")
    parser.add_argument(
        "--gb9704",
        action="store_true",
        help="measure the layout of official documents against GB/T 9704-2012 instead, clause by clause: a PDF as it "
        "is, a report as the style red-head sets it",
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print every check; return 0 or the exit code of an error."""
    from publisher.api.reports import check_figures
    from publisher.statistics import figure_error, summarize_failures

    options = Options(**{name: getattr(arguments, name) for name in READING_OPTIONS})
    report_ineffective(options, READING_OPTIONS, console)
    if arguments.gb9704:
        return check_layouts(_report_files(arguments.sources, options, console), options, console)
    exit_codes: set[int] = set()
    dated: list[_DatedReport] = []
    for source in _report_files(arguments.sources, options, console):
        try:
            result = check_figures(source, options)
            printer = _Printer(source, LineIndex(result.text), console)
            if result.series.is_known:
                observations = result.statistics.observations
                dated.append(_DatedReport(printer, result.series, observations))
            if options.script != "keep":
                printer.print_conversion(result)
            printer.print_checks(result.statistics)
            if arguments.strict and (
                message := summarize_failures(result.statistics, printer.lines)
            ):
                raise figure_error(message, where=str(source))
        except PublisherError as error:
            console.error(error)
            exit_codes.add(error.exit_code)
    for difference in _compare_years(dated, strict=arguments.strict):
        console.error(difference)
        exit_codes.add(difference.exit_code)
    return combined_exit_code(exit_codes)


@dataclass(frozen=True, slots=True)
class _DatedReport:
    """What is kept of a report until those of other years are read."""

    printer: _Printer
    series: ReportSeries
    observations: Sequence[Observation]


def _compare_years(reports: Sequence[_DatedReport], *, strict: bool) -> Iterator[PublisherError]:
    """Compare each report with that of the year before; with ``strict``, yield an error for each that differs.

    A series that has two reports of one year is not compared.
    """
    from publisher.statistics import figure_error
    from publisher.statistics.year_before import check_year_before

    numbers = Counter(report.series for report in reports)
    by_series = {report.series: report for report in reports}
    for report in reports:
        own, printer = report.series, report.printer
        earlier = by_series.get(own.before)
        if earlier is None or max(numbers[own], numbers[own.before]) > 1:
            continue
        checks = tuple(check_year_before(report.observations, earlier.observations, own.year))
        printer.print_year_before(checks, earlier.printer.source)
        failing = [check for check in checks if check.outcome is Outcome.FAILS]
        if strict and failing:
            yield figure_error(
                translatable(
                    "failing statements about the year before: {failing} of {total}, the "
                    "first: {failure}",
                    failing=len(failing),
                    total=len(checks),
                    failure=failing[0].failure,
                ),
                where=str(printer.source),
            )


def _report_files(sources: Iterable[Path], options: Options, console: Console) -> Iterator[Path]:
    """Yield the sources; instead of a folder, the reports below it."""
    for source in sources:
        if not is_folder(source):
            yield source
            continue
        plan = plan_folder(source, source / "out", suffixes=read_suffixes(options))
        for error in plan.unreadable:
            console.error(error)
        if not plan.reports:
            raise no_report(source)
        yield from (report.source for report in plan.reports)


class _Printer:
    """Prints the checks of one report, and its conversion."""

    def __init__(self, source: Path, lines: LineIndex, console: Console) -> None:
        self.source, self._console = source, console
        self.lines = lines
        """The lines of the decoded source."""

    def print_checks(self, statistics: Statistics) -> None:
        """Print the checks, failed ones first, and their numbers."""
        self._print_outcomes(statistics.checks)
        figures = count_noun(len(statistics.observations), "figure")
        counts = _counts(statistics.checks)
        self._console.result(
            translatable(
                "{source}: {figures}; {summary}",
                source=self.source,
                figures=figures,
                summary=_summary(counts),
            ),
            source=str(self.source),
            figures=len(statistics.observations),
            **_fields(counts),
        )

    def print_year_before(self, checks: Sequence[Check], before: Path) -> None:
        """Print the checks against the report of the year before, and their numbers."""
        self._print_outcomes(checks)
        counts = _counts(checks)
        self._console.result(
            translatable(
                "{source}: against {before}: {summary}",
                source=self.source,
                before=before,
                summary=_summary(counts),
            ),
            source=str(self.source),
            year_before=str(before),
            **_fields(counts),
        )

    def _print_outcomes(self, checks: Sequence[Check]) -> None:
        """Print checks, failed ones first; rates without a base are one line, or all with ``--json``."""
        baseless = [check for check in checks if check.reason is Reason.NO_BASE]
        for outcome in ORDER:
            for check in checks:
                is_listed = check.reason is not Reason.NO_BASE or self._console.as_json
                if check.outcome is outcome and is_listed:
                    self._print_check(check)
        if baseless and not self._console.as_json:
            numbers = dict.fromkeys(self.lines.line(check.locator.offset) for check in baseless)
            noun = "{count} rate has" if len(baseless) == 1 else "{count} rates have"
            self._console.result(
                translatable(
                    "{source}: {rates} no base in the report and cannot be verified (lines {lines})",
                    source=self.source,
                    rates=translatable(noun, count=len(baseless)),
                    lines=join_texts(", ", map(str, numbers)),
                )
            )

    def _print_check(self, check: Check) -> None:
        statement = check.statement
        if check.reason:
            statement = translatable(
                "{statement} ({reason})", statement=statement, reason=str(check.reason)
            )
        if check.outcome is Outcome.FAILS:
            statement = check.difference or translatable(
                "{statement} (computed: {computed})", statement=statement, computed=check.computed
            )
        subject = (
            translatable(" {subject}", subject=check.subject)
            if check.subject not in statement
            else ""
        )
        text = translatable(
            "{line}: {kind} {outcome}:{subject} {statement}",
            line=self._line(check.locator.offset),
            kind=translatable(check.kind),
            outcome=translatable(check.outcome.value),
            subject=subject,
            statement=statement,
        )
        if self._console.quiet and check.outcome is Outcome.FAILS:
            self._console.message(text)
        self._console.result(
            text,
            source=str(self.source),
            kind=check.kind,
            outcome=check.outcome.value,
            statement=check.statement,
            subject=check.subject,
            stated=check.stated,
            computed=check.computed,
            reason=check.reason,
            quote=check.quote,
            line=self.lines.line(check.locator.offset),
            offset=check.locator.offset,
        )

    def print_conversion(self, result: FigureCheck) -> None:
        """Print what an editor should check, in the order of the text."""
        for finding in result.findings:
            self._console.finding(finding, where=str(self.source), lines=self.lines)
        for offset, kind, before, after, reason in sorted(_conversion_entries(result.conversion)):
            self._console.result(
                translatable(
                    "{line}: {kind}: {before} → {after} in …{context}… ({reason})",
                    line=self._line(offset),
                    kind=translatable(kind),
                    before=before,
                    after=after,
                    context=_context(result.text, offset, len(before)),
                    reason=reason,
                ),
                source=str(self.source),
                kind=kind,
                before=before,
                after=after,
                why=reason,
                line=self.lines.line(offset),
                offset=offset,
            )
        for word in result.conversion.protected:
            self._console.result(
                translatable("{source}: protected: {word}", source=self.source, word=word),
                source=str(self.source),
                kind="protected",
                before=word,
            )

    def _line(self, offset: int) -> str:
        """Return ``file:line`` of an offset."""
        return f"{self.source}:{self.lines.line(offset)}"


def _conversion_entries(conversion: Conversion) -> list[tuple[int, str, str, str, str]]:
    """Return offset, kind, word before, word after and reason of each entry."""
    entries = []
    for word in conversion.ambiguous:
        alternatives = [form for form in word.alternatives if form != word.after]
        if alternatives:
            count = (
                translatable(", {more_count} places", more_count=len(word.more) + 1)
                if word.more
                else ""
            )
            reason = translatable(
                "or {alternatives}: {reason}{count}",
                alternatives="、".join(alternatives),
                reason=word.reason,
                count=count,
            )
            entries.append((word.offset, "default", word.before, word.after, reason))
    for kind, changes in (
        ("glossary", conversion.glossary),
        ("vocabulary", conversion.vocabulary),
    ):
        entries += [
            (change.offset, kind, change.before, change.after, change.note) for change in changes
        ]
    return entries


def _context(text: str, offset: int, length: int) -> str:
    """Return the text around a word, without white space."""
    start, end = max(offset - CONTEXT, 0), offset + length + CONTEXT
    return "".join(text[start:end].split())


def _counts(checks: Sequence[Check]) -> dict[str, int]:
    """Return the number of checks with each outcome."""
    return {outcome.value: sum(check.outcome is outcome for check in checks) for outcome in Outcome}


def _fields(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the numbers by the names that they have in JSON."""
    return {outcome.replace(" ", "_"): count for outcome, count in counts.items()}


def _summary(counts: Mapping[str, int]) -> str:
    """Return the numbers of outcomes in words: 2 hold, 1 fails, 0 cannot be verified."""
    return join_texts(
        ", ",
        [
            translatable(
                "{count} {outcome}", count=count, outcome=translatable(_verb(outcome, count))
            )
            for outcome, count in counts.items()
        ],
    )


def _verb(outcome: str, count: int) -> str:
    """Return an outcome as the verb for a number of statements: 1 holds, 2 hold."""
    plural = {Outcome.HOLDS.value: "hold", Outcome.FAILS.value: "fail"}
    return outcome if count == 1 else plural.get(outcome, outcome)
