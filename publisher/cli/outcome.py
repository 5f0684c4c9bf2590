"""What was said of reports, and the exit code that follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.batch.storage import FolderStorage
from publisher.batch.task import BuildResult, Task, strict_error
from publisher.cli.console import count_noun
from publisher.errors import PublisherError

if TYPE_CHECKING:
    from publisher.batch.storage import Storage
    from publisher.batch.workers import Finished
    from publisher.cli.console import Console


class Told:
    """What was said of reports, and which exit code follows from it."""

    def __init__(self, console: Console, *, many: bool = False) -> None:
        """Begin with nothing said; of ``many`` reports warnings are counted, not listed."""
        self.console = console
        self.storage: Storage | None = None
        """Where all results are; by default each report's output folder."""
        self._listed = not many or console.verbose or console.as_json
        self.causes: set[int] = set()
        self.unreadable: list[PublisherError] = []
        """Folders that could not be looked into, and were told."""
        self.passed_over: list[PublisherError] = []
        """Files of a folder that may be reports and are none that a reader takes; told as well."""

    @property
    def exit_code(self) -> int:
        """0, the code of the one cause of all failures, or 1 for several."""
        if len(self.causes) == 1:
            return next(iter(self.causes))
        return PublisherError.exit_code if self.causes else 0

    def fail(self, error: PublisherError) -> None:
        """Say what a report met."""
        self.console.error(error)
        self.causes.add(error.exit_code)

    def check(self, task: Task, facts: dict[str, Any]) -> None:
        """Say that figures do not add up, where somebody is strict about it."""
        if error := strict_error(task, facts):
            self.fail(error)

    def place(self, task: Task, suffix: str) -> str:
        """Return where a result is."""
        return (self.storage or FolderStorage(task.options.output)).location(task.name, suffix)

    def tell(self, event: Finished[Task, BuildResult]) -> None:
        """Say how a report ended."""
        task, built = event.task, event.outcome
        if isinstance(built, PublisherError):
            self.fail(built)
            return
        for finding in built.findings if self._listed else ():
            self.console.finding(finding, where=str(task))
        pages, title, count = (built.summary[key] for key in ("pages", "title", "warnings"))
        warned = f" ({count_noun(count, 'warning')})" if count and not self._listed else ""
        self.console.result(
            f"{self.place(task, '.pdf')}  {pages} pages, {title}{warned}",
            source=str(task),
            pdf=self.place(task, ".pdf"),
            record=self.place(task, ".record.json"),
            pages=pages,
            title=title,
            written=[self.place(task, suffix) for suffix in built.files],
        )
        if self.console.verbose and not self.console.as_json:
            for line in built.validation_lines:
                self.console.say(f"  {line}")
        self.check(task, built.summary)
