"""``publisher watch``: publish each report that is dropped into a folder."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.batch.journal import Journal
from publisher.batch.results_page import build_rows, refuse_foreign_files, write_results
from publisher.batch.run import RunSettings
from publisher.batch.run import run as run_batch
from publisher.batch.signals import handle_interrupts
from publisher.batch.storage import FolderStorage
from publisher.batch.task import build_report, strict_error
from publisher.batch.workers import Finished
from publisher.cli.arguments import add_all_options, add_limits
from publisher.cli.commands.serve import require_packages
from publisher.cli.console import Console
from publisher.cli.limits import require_limits
from publisher.cli.outcome import Reporter
from publisher.cli.report_workers import report_workers
from publisher.cli.sources import OptionSources, plan_reports
from publisher.errors import PublisherError
from publisher.messages import translatable
from publisher.system.named_files import require_folder

if TYPE_CHECKING:
    import argparse

    from publisher.batch.task import BuildResult, Task
    from publisher.batch.workers import WorkerPool
    from publisher.model import Finding
    from publisher.text.line_index import LineIndex

OWN_OPTIONS = frozenset(("output", "decisions"))
"""Options that are named in another way here, or are about one report."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``publisher watch``."""
    parser.add_argument("folder", type=Path, metavar="IN")
    parser.add_argument("output", type=Path, metavar="OUT")
    parser.add_argument(
        "--settle",
        type=float,
        default=2.0,
        metavar="SECONDS",
        help="time for which a file must have been the same before it is read (default: 2)",
    )
    add_limits(parser)
    add_all_options(parser, without=OWN_OPTIONS)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Publish what is dropped into the folder until the command is interrupted; return 0."""
    require_limits(arguments)
    require_packages()
    from publisher.serve.watch import watch

    folder: Path = arguments.folder
    require_folder(folder, hint="name a folder that exists")
    stop = threading.Event()
    with Journal(arguments.output) as journal, handle_interrupts(stop.set):
        refuse_foreign_files(arguments.output)
        watched = _WatchedFolder(arguments, console, journal, stop)
        watched.require_resources()
        console.message(translatable("watching {folder}; Ctrl-C ends it", folder=folder))
        watch(folder, watched.plan, watched.build, settle=arguments.settle, stop=stop)
    return 0


class _WatchedFolder:
    """Plans and builds the reports of the folder."""

    def __init__(
        self,
        arguments: argparse.Namespace,
        console: Console,
        journal: Journal,
        stop: threading.Event,
    ) -> None:
        self._arguments = arguments
        self._journal = journal
        self._stop = stop
        self._reporter = Reporter(console)
        self._options = OptionSources.from_arguments(arguments, console, lists_findings=True)
        self._storage = FolderStorage(arguments.output)
        names = (item.name for item in fields(Console))
        own = {name: getattr(console, name) for name in names}
        self._plan_reporter = Reporter(_OnceConsole(**own, written=set()))

    def require_resources(self) -> None:
        """Raise what would stop every report of the folder, such as a missing font, before one is dropped."""
        from publisher.pipeline import require_resources

        require_resources(self._options.options_for(self._arguments.folder / "report.txt"))

    def plan(self) -> list[Task]:
        """Return the reports that are in the folder; what is skipped is reported once."""
        arguments = self._arguments
        return list(plan_reports(arguments.folder, arguments, self._options, self._plan_reporter))

    def build(self, tasks: list[Task]) -> None:
        """Build the reports that are not up to date, and write the page of results."""
        settings = RunSettings(
            storage=self._storage,
            create_executor=lambda count: self._create_pool(tasks[0], count),
            should_stop=self._stop.is_set,
        )
        with contextlib.closing(run_batch(tasks, self._journal, settings)) as events:
            for event in events:
                if isinstance(event, Finished):
                    self._finish(event)
        names = {task.name for task in tasks}
        rows = build_rows(self._journal.entries("done", "failed"), names, self._storage)
        write_results(
            rows,
            self._arguments.output,
            self._journal,
            remaining=0,
            language=self._reporter.console.language,
        )

    def _create_pool(self, first: Task, count: int) -> WorkerPool[Task, BuildResult]:
        build = partial(build_report, storage=self._storage)
        return report_workers(build, count, first.options, self._arguments)

    def _finish(self, event: Finished[Task, BuildResult]) -> None:
        """Report how the build of a report ended, and put one that failed aside."""
        from publisher.serve.watch import clear_failure, set_aside

        self._reporter.report(event)
        outcome = event.outcome
        error: PublisherError | None
        if isinstance(outcome, PublisherError):
            error = outcome
        else:
            error = strict_error(event.task, outcome.summary)
        if error is None:
            clear_failure(event.task)
            return
        translate = self._reporter.console.translate
        lines = [translate(error.message), translate(error.hint)]
        set_aside(event.task, "\n".join(line for line in lines if line))


@dataclass(frozen=True, slots=True, kw_only=True)
class _OnceConsole(Console):
    """A console that writes each diagnostic once."""

    written: set[tuple[str, str]]

    def finding(self, finding: Finding, *, where: str, lines: LineIndex | None = None) -> None:
        """Write a finding unless it was written before."""
        if (where, finding.message) not in self.written:
            self.written.add((where, finding.message))
            super(_OnceConsole, self).finding(finding, where=where, lines=lines)

    def error(self, error: PublisherError) -> None:
        """Write an error unless it was written before."""
        if (error.where, error.message) not in self.written:
            self.written.add((error.where, error.message))
            super(_OnceConsole, self).error(error)
