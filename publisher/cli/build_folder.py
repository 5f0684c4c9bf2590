"""``publisher build FOLDER``: a run with a journal, its progress and its page of results."""

from __future__ import annotations

import contextlib
from collections import deque
from functools import partial
from typing import TYPE_CHECKING

from publisher.batch.journal import Journal
from publisher.batch.results_page import (
    build_rows,
    refuse_foreign_files,
    unreadable_folder_row,
    write_results,
)
from publisher.batch.run import CachedFailure, RunPlanned, RunSettings, Unchanged, run
from publisher.batch.signals import Interruption, handle_interrupts
from publisher.batch.storage import FolderStorage, RemoteStorage
from publisher.batch.task import build_report
from publisher.batch.workers import Finished, Started
from publisher.cli.limits import report_limits
from publisher.cli.progress import Progress, create_progress
from publisher.cli.report_workers import report_workers
from publisher.errors import DiskFullError, PublisherError, UsageError
from publisher.messages import join_texts, translatable
from publisher.model import Finding, Severity
from publisher.output_names import INDEX, PDF
from publisher.text.counted_nouns import count_noun

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from publisher.batch.run import Event, Executor
    from publisher.batch.storage import Storage
    from publisher.batch.task import Task
    from publisher.cli.outcome import Reporter

RESUME_HINT = "run the same command again to continue"


def build_folder(plan: list[Task], arguments: argparse.Namespace, reporter: Reporter) -> int:
    """Build the reports of the plan that are not up to date, and the page of results; return the exit code."""
    output = _one_output(plan)
    storage = reporter.storage = _storage(output, arguments)
    progress = _RunProgress(plan, reporter)
    with (
        Journal(output) as journal,
        handle_interrupts(lambda: reporter.console.message(STOPPING)) as interruption,
    ):
        refuse_foreign_files(output)
        _warn_of_other_sources(journal, arguments.sources, reporter)
        settings = RunSettings(
            storage=storage,
            create_executor=lambda count: _create_executor(plan[0], count, storage, arguments),
            force=arguments.force,
            should_stop=lambda: bool(interruption),
        )
        try:
            with contextlib.closing(run(plan, journal, settings)) as events:
                progress.follow(events)
            interruption.finished = True
        except KeyboardInterrupt:
            interruption.finished, interruption.signal_number = (
                True,
                interruption.signal_number or 2,
            )
        except PublisherError as error:
            reporter.fail(error)
            if not progress.planned:
                return reporter.exit_code
        has_page = DiskFullError.exit_code not in reporter.exit_codes
        if has_page:
            names = {task.name for task in plan}
            rows = build_rows(journal.entries("done", "failed"), names, storage)
            rows += map(unreadable_folder_row, reporter.unreadable)
            write_results(
                rows,
                output,
                journal,
                remaining=progress.remaining,
                language=reporter.console.language,
            )
        return _finish(progress, reporter, interruption, output / INDEX if has_page else None)


def _warn_of_other_sources(journal: Journal, sources: list[Path], reporter: Reporter) -> None:
    """Warn if the output folder has results of other folders, whose names may be the same."""
    paths = sorted(str(source.resolve()) for source in sources)
    latest = deque(journal.entries("sources"), maxlen=1)
    if latest and latest[0].get("paths") != paths:
        reporter.console.finding(
            Finding(
                clause="plan",
                severity=Severity.WARNING,
                message=translatable(
                    "has results of {files}",
                    files=join_texts(", ", map(str, latest[0].get("paths", []))),
                ),
                hint="a report at the same path below this folder replaces the earlier one's results",
            ),
            where=str(journal.path.parent),
        )
    if not latest or latest[0].get("paths") != paths:
        journal.append("sources", paths=paths)


def _storage(output: Path, arguments: argparse.Namespace) -> Storage:
    if not arguments.storage:
        return FolderStorage(output.absolute() if arguments.cluster else output)
    if not arguments.cluster:
        raise UsageError(
            "--storage is the place for the results of a cluster",
            hint="name the scheduler with --cluster, or the folder with -o",
        )
    return RemoteStorage(arguments.storage)


def _create_executor(
    first: Task, count: int, storage: Storage, arguments: argparse.Namespace
) -> Executor:
    """Return what builds the reports: the cluster of ``--cluster``, or processes of this machine."""
    if arguments.cluster:
        from publisher.batch.cluster import Cluster

        return Cluster(
            arguments.cluster,
            storage,
            chunk_size=arguments.chunk_size,
            limits=report_limits(arguments),
        )
    from publisher.pipeline import require_resources

    require_resources(first.options)
    return report_workers(partial(build_report, storage=storage), count, first.options, arguments)


STOPPING = translatable(
    "stopping after the reports that are being built; press Ctrl-C again to stop at once"
)


class _RunProgress:
    """Follows the events of a run and counts its reports."""

    def __init__(self, plan: list[Task], reporter: Reporter) -> None:
        self.reports = len(plan)
        self.built = self.unchanged = self.failed = 0
        self.planned = False
        self._reporter = reporter

    @property
    def remaining(self) -> int:
        """The number of reports that were not started."""
        return self.reports - self.built - self.unchanged - self.failed

    def follow(self, events: Iterator[Event]) -> None:
        """Report the events of a run as they happen."""
        console = self._reporter.console
        for event in events:
            if isinstance(event, RunPlanned):
                self.planned = True
                with create_progress(console, event.to_build) as display:
                    self._follow_workers(events, display)
            elif isinstance(event, Unchanged):
                self.unchanged += 1
                self._reporter.require_figures(event.task, event.summary)
                if console.verbose or console.as_json:
                    pdf = self._reporter.location(event.task, PDF)
                    console.result(
                        translatable("{pdf}  unchanged", pdf=pdf),
                        source=str(event.task),
                        pdf=pdf,
                        unchanged=True,
                    )
            elif isinstance(event, CachedFailure):
                self.failed += 1
                self._reporter.fail(event.error)

    def _follow_workers(self, events: Iterator[Event], display: Progress) -> None:
        failed_before, done_before = self.failed, self.built + self.failed
        for event in events:
            if isinstance(event, Started):
                if self._reporter.console.as_json:
                    self._reporter.console.started(str(event.task))
            elif isinstance(event, Finished):
                self._reporter.report(event)
                failed = isinstance(event.outcome, PublisherError)
                self.failed += failed
                self.built += not failed
                done = self.built + self.failed - done_before
                display.show(done=done, failed=self.failed - failed_before)


def _finish(
    progress: _RunProgress, reporter: Reporter, interruption: Interruption, page: Path | None
) -> int:
    """Write the summary of the run, with the page of results if there is one; return the exit code."""
    counts = {
        "reports": progress.reports,
        "built": progress.built,
        "unchanged": progress.unchanged,
        "failed": progress.failed,
        "not_started": progress.remaining,
    }
    parts = [
        translatable("{count} {state}", count=count, state=translatable(word.replace("_", " ")))
        for word, count in counts.items()
        if count
    ]
    summary = count_noun(progress.reports, "report")
    if parts[1:]:
        states = join_texts(", ", parts[1:])
        summary = translatable("{reports}, {states}", reports=summary, states=states)
    if page:
        reporter.console.summary(
            translatable("{summary} → {page}", summary=summary, page=page), **counts, page=str(page)
        )
    else:
        reporter.console.summary(summary, **counts)
    if progress.remaining:
        reporter.console.message(
            translatable(
                "left: {count}; {resume_hint}",
                count=count_noun(progress.remaining, "report"),
                resume_hint=RESUME_HINT,
            )
        )
    return (
        128 + interruption.signal_number
        if interruption and progress.remaining
        else reporter.exit_code
    )


def _one_output(plan: list[Task]) -> Path:
    outputs = {task.options.output: None for task in plan}
    if len(outputs) > 1:
        names = join_texts(" and ", map(str, list(outputs)[:2]))
        raise UsageError(
            translatable("all results of a run go into one folder, not {names}", names=names),
            hint="name it with -o, or build the sources one after another",
        )
    return next(iter(outputs))
