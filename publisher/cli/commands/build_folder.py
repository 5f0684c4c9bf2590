"""``publisher build FOLDER``: a run with its journal, told while it goes on, with results at the end."""

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
from publisher.batch.workers import Finished, Started, WorkerPool
from publisher.cli.console import count_noun
from publisher.cli.limits import jobs_of, limits_of
from publisher.cli.progress import Progress, progress
from publisher.errors import DiskFullError, PublisherError, UsageError
from publisher.model import Finding, Severity
from publisher.output_names import INDEX

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from publisher.batch.run import Event, Executor
    from publisher.batch.storage import Storage
    from publisher.batch.task import Task
    from publisher.cli.outcome import Told

AGAIN = "run the same command again: it goes on from here"


def build_folder(plan: list[Task], arguments: argparse.Namespace, told: Told) -> int:
    """Build what is left of the plan, and the page of results; return the exit code."""
    output = _one_output(plan)
    storage = told.storage = _storage(output, arguments)
    run_ = _Run(plan, told)
    with (
        Journal(output) as journal,
        handle_interrupts(lambda: told.console.say(STOPPING)) as interruption,
    ):
        refuse_foreign_files(output)
        _tell_of_others(journal, arguments.sources, told)
        settings = RunSettings(
            storage=storage,
            create_executor=lambda count: _executor(plan[0], count, storage, arguments),
            force=arguments.force,
            should_stop=lambda: bool(interruption),
        )
        try:
            with contextlib.closing(run(plan, journal, settings)) as events:
                run_.follow(events)
            interruption.finished = True
        except KeyboardInterrupt:
            interruption.finished, interruption.signal_number = (
                True,
                interruption.signal_number or 2,
            )
        except PublisherError as error:
            told.fail(error)
            if not run_.open_draft:
                return told.exit_code
        if DiskFullError.exit_code not in told.causes:
            names = {task.name for task in plan}
            rows = build_rows(journal.entries("done", "failed"), names, storage)
            rows += map(unreadable_folder_row, told.unreadable)
            write_results(rows, output, journal, remaining=run_.left)
        return _closed(run_, told, interruption, output)


def _tell_of_others(journal: Journal, sources: list[Path], told: Told) -> None:
    """Say that results of other folders are here, whose names may be those of this run's."""
    here = sorted(str(source.resolve()) for source in sources)
    before = deque(journal.entries("sources"), maxlen=1)
    if before and before[0].get("paths") != here:
        told.console.finding(
            Finding(
                clause="plan",
                severity=Severity.WARNING,
                message=f"holds results of {', '.join(map(str, before[0].get('paths', [])))}",
                hint="a report at the same path below this folder replaces the earlier one's results",
            ),
            where=str(journal.path.parent),
        )
    if not before or before[0].get("paths") != here:
        journal.append("sources", paths=here)


def _storage(output: Path, arguments: argparse.Namespace) -> Storage:
    if not arguments.storage:
        return FolderStorage(output.absolute() if arguments.cluster else output)
    if not arguments.cluster:
        raise UsageError(
            "--storage is for a cluster's results",
            hint="name the scheduler with --cluster, or the folder with -o",
        )
    return RemoteStorage(arguments.storage)


def _executor(first: Task, count: int, storage: Storage, arguments: argparse.Namespace) -> Executor:
    """Hire who builds the reports: the cluster that was named, or processes of this machine."""
    if arguments.cluster:
        from publisher.batch.cluster import Cluster

        return Cluster(
            arguments.cluster, storage, chunk_size=arguments.chunk_size, limits=limits_of(arguments)
        )
    from publisher.pipeline import require_resources, warm_up

    require_resources(first.options)
    return WorkerPool(
        partial(build_report, storage=storage),
        jobs=min(count, jobs_of(arguments)),
        limits=limits_of(arguments),
        prepare=partial(warm_up, first.options),
    )


STOPPING = "stopping after the reports that are being built; once more stops at once"


class _Run:
    """The numbers of a run, as its events bring them."""

    def __init__(self, plan: list[Task], told: Told) -> None:
        self.reports = len(plan)
        self.built = self.unchanged = self.failed = 0
        self.open_draft = False
        self._told = told

    @property
    def left(self) -> int:
        """How many reports were not come to."""
        return self.reports - self.built - self.unchanged - self.failed

    def follow(self, events: Iterator[Event]) -> None:
        """Tell the events of a run as they come."""
        console = self._told.console
        for event in events:
            if isinstance(event, RunPlanned):
                self.open_draft = True
                with progress(console, event.to_build) as shown:
                    self._follow_workers(events, shown)
            elif isinstance(event, Unchanged):
                self.unchanged += 1
                self._told.check(event.task, event.summary)
                if console.verbose or console.as_json:
                    place = self._told.place(event.task, ".pdf")
                    console.result(
                        f"{place}  unchanged",
                        source=str(event.task),
                        pdf=place,
                        unchanged=True,
                    )
            elif isinstance(event, CachedFailure):
                self.failed += 1
                self._told.fail(event.error)

    def _follow_workers(self, events: Iterator[Event], shown: Progress) -> None:
        before = self.built + self.failed, self.failed
        for event in events:
            if isinstance(event, Started):
                if self._told.console.as_json:
                    self._told.console.started(str(event.task))
            elif isinstance(event, Finished):
                self._told.tell(event)
                failed = isinstance(event.outcome, PublisherError)
                self.failed += failed
                self.built += not failed
                ended = self.built + self.failed - before[0]
                shown.show(ended=ended, failed=self.failed - before[1])


def _closed(run_: _Run, told: Told, interruption: Interruption, output: Path) -> int:
    """Say what came of the whole; return the exit code."""
    counts = {
        "reports": run_.reports,
        "built": run_.built,
        "unchanged": run_.unchanged,
        "failed": run_.failed,
        "not_started": run_.left,
    }
    others = [f"{count} {word.replace('_', ' ')}" for word, count in counts.items() if count]
    words = ", ".join([count_noun(run_.reports, "report"), *others[1:]])
    told.console.summary(f"{words} → {output / INDEX}", **counts, page=str(output / INDEX))
    if run_.left:
        are = "is" if run_.left == 1 else "are"
        told.console.say(f"{count_noun(run_.left, 'report')} {are} left; {AGAIN}")
    return 128 + interruption.signal_number if interruption and run_.left else told.exit_code


def _one_output(plan: list[Task]) -> Path:
    outputs = {task.options.output: None for task in plan}
    if len(outputs) > 1:
        names = " and ".join(map(str, list(outputs)[:2]))
        raise UsageError(
            f"a run has one folder for its results, not {names}",
            hint="name it with -o, or build the sources one after another",
        )
    return next(iter(outputs))
