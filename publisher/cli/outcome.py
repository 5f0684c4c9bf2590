"""The results of reports, reported to the console, and the exit code that follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.batch.storage import FolderStorage
from publisher.batch.task import BuildResult, Task, strict_error
from publisher.errors import PublisherError
from publisher.messages import join_texts, translatable
from publisher.output_names import PDF, RECORD
from publisher.text.control_characters import escape_controls
from publisher.text.counted_nouns import count_noun

if TYPE_CHECKING:
    from publisher.batch.storage import Storage
    from publisher.batch.workers import Finished
    from publisher.cli.console import Console


class Reporter:
    """Reports the results of reports and collects the exit codes of their errors."""

    def __init__(self, console: Console, *, many: bool = False) -> None:
        """Start without results; with ``many`` reports warnings are counted instead of listed."""
        self.console = console
        self.storage: Storage | None = None
        """Where all results are written; by default each report's output folder."""
        self.exit_codes: set[int] = set()
        """The exit codes of the errors so far."""
        self.unreadable: list[PublisherError] = []
        """Folders that could not be read; already reported."""
        self.skipped: list[PublisherError] = []
        """Files of a folder that may be reports and that no reader supports; already reported."""
        self._lists_findings = not many or console.verbose or console.as_json

    @property
    def exit_code(self) -> int:
        """0 without errors, the code of the only kind of error, or 1 if there are several kinds."""
        return combined_exit_code(self.exit_codes)

    def fail(self, error: PublisherError) -> None:
        """Report an error."""
        self.console.error(error)
        self.exit_codes.add(error.exit_code)

    def require_figures(self, task: Task, summary: dict[str, Any]) -> None:
        """Report an error if ``--strict`` was given and a check of the figures failed."""
        if error := strict_error(task, summary):
            self.fail(error)

    def location(self, task: Task, suffix: str) -> str:
        """Return where a result of a report is."""
        return (self.storage or FolderStorage(task.options.output)).location(task.name, suffix)

    def report(self, event: Finished[Task, BuildResult]) -> None:
        """Report how the build of a report ended."""
        task, result = event.task, event.outcome
        if isinstance(result, PublisherError):
            self.fail(result)
            return
        for finding in result.findings if self._lists_findings else ():
            self.console.finding(finding, where=str(task), lines=result.lines)
        pages, title, warnings = (result.summary[key] for key in ("pages", "title", "warnings"))
        notes = []
        if warnings and not self._lists_findings:
            notes.append(count_noun(warnings, "warning"))
        if figures := result.summary["appendix_figures"]:
            notes.append(
                translatable(
                    "with an appendix of {count}; --tables none leaves it out",
                    count=count_noun(figures, "figure"),
                )
            )
        suffix = translatable(" ({notes})", notes=join_texts(", ", notes)) if notes else ""
        self.console.result(
            translatable(
                "{location}  {count}, {title}{suffix}",
                location=escape_controls(self.location(task, PDF)),
                count=count_noun(pages, "page"),
                title=title,
                suffix=suffix,
            ),
            source=str(task),
            pdf=self.location(task, PDF),
            record=self.location(task, RECORD),
            pages=pages,
            appendix_figures=figures,
            title=title,
            written=[self.location(task, suffix) for suffix in result.files],
        )
        if self.console.verbose and not self.console.as_json:
            for line in result.validation_lines:
                self.console.message(translatable("  {line}", line=line))
        self.require_figures(task, result.summary)


def combined_exit_code(exit_codes: set[int]) -> int:
    """Return 0 for no code, the code if there is one, and 1 for several."""
    if len(exit_codes) == 1:
        return next(iter(exit_codes))
    return PublisherError.exit_code if exit_codes else 0
