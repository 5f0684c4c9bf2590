"""``publisher check``: recompute the figures of reports, without building them.

With ``--script`` it also lists what a conversion leaves to an editor.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from publisher.batch.plan import plan_folder
from publisher.cli.arguments import READING_OPTIONS, add_option
from publisher.cli.outcome import combined_exit_code
from publisher.cli.sources import is_folder, no_report, report_ineffective
from publisher.errors import PublisherError
from publisher.messages import translatable
from publisher.model import Outcome
from publisher.options import Options
from publisher.text.counted_nouns import count_noun
from publisher.text.line_index import LineIndex

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from publisher.api.reports import FigureCheck
    from publisher.cli.console import Console
    from publisher.model import Check

CONTEXT = 6
"""Characters shown on each side of a word."""
ORDER = (Outcome.FAILS, Outcome.UNVERIFIABLE, Outcome.HOLDS)
"""The outcomes in the order in which they are printed."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``publisher check``."""
    parser.add_argument("sources", nargs="+", type=Path, metavar="SOURCE")
    for name in READING_OPTIONS:
        add_option(parser, name)
    parser.add_argument("--strict", action="store_true", help="exit with an error if a check fails")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print every check; return 0 or the exit code of an error."""
    from publisher.api.reports import check_figures
    from publisher.statistics import figure_error, summarize_failures

    options = Options(**{name: getattr(arguments, name) for name in READING_OPTIONS})
    report_ineffective(options, READING_OPTIONS, console)
    exit_codes: set[int] = set()
    for source in _report_files(arguments.sources, console):
        try:
            result = check_figures(source, options)
            printer = _Printer(source, result, console)
            if options.script != "keep":
                printer.print_conversion()
            printer.print_checks()
            if arguments.strict and (
                message := summarize_failures(result.statistics, printer.lines)
            ):
                raise figure_error(message, where=str(source))
        except PublisherError as error:
            console.error(error)
            exit_codes.add(error.exit_code)
    return combined_exit_code(exit_codes)


def _report_files(sources: Iterable[Path], console: Console) -> Iterator[Path]:
    """Yield the sources; instead of a folder, the reports below it."""
    for source in sources:
        if not is_folder(source):
            yield source
            continue
        plan = plan_folder(source, source / "out")
        for error in plan.unreadable:
            console.error(error)
        if not plan.reports:
            raise no_report(source)
        yield from (report.source for report in plan.reports)


class _Printer:
    """Prints the checks of one report, and its conversion."""

    def __init__(self, source: Path, result: FigureCheck, console: Console) -> None:
        self._source, self._result, self._console = source, result, console
        self.lines = LineIndex(result.text)
        """The lines of the decoded source."""

    def print_checks(self) -> None:
        """Print the checks, failed ones first, and their numbers."""
        statistics = self._result.statistics
        for outcome in ORDER:
            for check in statistics.checks:
                if check.outcome is outcome:
                    self._print_check(check)
        counts = {
            outcome.value: sum(check.outcome is outcome for check in statistics.checks)
            for outcome in Outcome
        }
        summary = ", ".join(f"{count} {_verb(outcome, count)}" for outcome, count in counts.items())
        self._console.result(
            f"{self._source}: {count_noun(len(statistics.observations), 'figure')}; {summary}",
            source=str(self._source),
            figures=len(statistics.observations),
            **{outcome.replace(" ", "_"): count for outcome, count in counts.items()},
        )

    def _print_check(self, check: Check) -> None:
        statement = f"{check.statement} ({check.reason})" if check.reason else check.statement
        if check.outcome is Outcome.FAILS:
            statement = check.difference or f"{statement} (computed: {check.computed})"
        subject = f" {check.subject}" if check.subject not in statement else ""
        text = (
            f"{self._line(check.locator.offset)}: {check.kind} {check.outcome.value}:{subject} "
            f"{statement}"
        )
        if self._console.quiet and check.outcome is Outcome.FAILS:
            self._console.message(text)
        self._console.result(
            text,
            source=str(self._source),
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

    def print_conversion(self) -> None:
        """Print what an editor should check, in the order of the text."""
        for finding in self._result.findings:
            self._console.finding(finding, where=str(self._source), lines=self.lines)
        for offset, kind, before, after, reason in sorted(self._conversion_entries()):
            self._console.result(
                translatable(
                    "{line}: {kind}: {before} → {after} in …{context}… ({reason})",
                    line=self._line(offset),
                    kind=kind,
                    before=before,
                    after=after,
                    context=self._context(offset, len(before)),
                    reason=reason,
                ),
                source=str(self._source),
                kind=kind,
                before=before,
                after=after,
                why=reason,
                line=self.lines.line(offset),
                offset=offset,
            )
        for word in self._result.conversion.protected:
            self._console.result(
                translatable("{source}: protected: {word}", source=self._source, word=word),
                source=str(self._source),
                kind="protected",
                before=word,
            )

    def _conversion_entries(self) -> list[tuple[int, str, str, str, str]]:
        """Return offset, kind, word before, word after and reason of each entry."""
        conversion = self._result.conversion
        entries = []
        for word in conversion.ambiguous:
            alternatives = [form for form in word.alternatives if form != word.after]
            if alternatives:
                count = f", {len(word.more) + 1} places" if word.more else ""
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
                (change.offset, kind, change.before, change.after, change.note)
                for change in changes
            ]
        return entries

    def _line(self, offset: int) -> str:
        """Return ``file:line`` of an offset."""
        return f"{self._source}:{self.lines.line(offset)}"

    def _context(self, offset: int, length: int) -> str:
        """Return the text around a word, without white space."""
        start, end = max(offset - CONTEXT, 0), offset + length + CONTEXT
        return "".join(self._result.text[start:end].split())


def _verb(outcome: str, count: int) -> str:
    """Return an outcome as the verb for a number of statements: 1 holds, 2 hold."""
    plural = {Outcome.HOLDS.value: "hold", Outcome.FAILS.value: "fail"}
    return outcome if count == 1 else plural.get(outcome, outcome)
