"""``publisher build``: publish each source, folders walked; one that fails does not stop the others.

Sources that are files are built and told. A folder is a run with a journal: what is unchanged is left alone,
what a kill interrupted is gone on with, and a page of results is written.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from publisher.batch.storage import FolderStorage
from publisher.batch.task import BuildResult, Task, build_report
from publisher.batch.workers import Finished, Started, WorkerPool
from publisher.cli.limits import jobs_of, limits_of, require_numbers
from publisher.cli.outcome import Told
from publisher.cli.sources import Given, is_folder, planned
from publisher.errors import PublisherError, UsageError
from publisher.output_names import PDF, SUFFIXES
from publisher.system.atomic_write import clear_temporaries

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from publisher.cli.console import Console


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Publish; return 0, the cause's exit code, or 1 where there were several causes."""
    require_numbers(arguments)
    console = replace(console, persistent=True)
    walks = any(map(is_folder, arguments.sources))
    told = Told(console, many=walks)
    options = Given.by(arguments)
    plan = [
        task for source in arguments.sources for task in planned(source, arguments, options, told)
    ]
    _refuse_collisions(plan)
    if arguments.dry_run:
        for task in plan:
            target = task.result_path(".pdf")
            console.result(f"{task} → {target}", source=str(task), pdf=str(target))
        return told.exit_code
    if walks:
        from publisher.cli.commands.build_folder import build_folder

        return build_folder(plan, arguments, told)
    for folder in {task.options.output for task in plan}:
        clear_temporaries(folder)
    for event in _built(plan, arguments):
        told.tell(event)
    return told.exit_code


def _built(
    plan: list[Task], arguments: argparse.Namespace
) -> Iterator[Finished[Task, BuildResult]]:
    """Build files, in processes of their own where there are several of both."""
    jobs = min(len(plan), jobs_of(arguments))
    if jobs > 1:
        from publisher.pipeline import require_resources, warm_up

        options = plan[0].options
        require_resources(options)
        workers = WorkerPool(
            _build_alone,
            jobs=jobs,
            limits=limits_of(arguments),
            prepare=partial(warm_up, options),
        )
        yield from (event for event in workers.run(plan) if not isinstance(event, Started))
        return
    for task in plan:
        try:
            yield Finished(task, _build_alone(task))
        except PublisherError as error:
            yield Finished(task, error)


def _build_alone(task: Task) -> BuildResult:
    return build_report(task, FolderStorage(task.options.output))


def _refuse_collisions(plan: list[Task]) -> None:
    """Refuse two sources that would be one result, and a result that would replace a source."""

    @cache
    def real(folder: str) -> str:
        return os.path.realpath(folder)

    def place(path: Path) -> str:
        if os.path.islink(path):  # noqa: PTH114 - False too where the system refuses to say
            return os.path.realpath(path)
        folder, _, name = str(path).rpartition("/")
        return f"{real(folder)}/{name}"

    taken: dict[str, Path] = {}
    sources = {place(task.source) for task in plan}
    for task in plan:
        folder, _, stem = f"{task.options.output}/{task.name}".rpartition("/")
        beside = f"{real(folder)}/{stem}"
        for suffix in SUFFIXES:
            if f"{beside}{suffix}" in sources:
                raise UsageError(
                    f"{task.result_path(suffix)} is a source and would be written over",
                    hint="build into another folder with -o",
                )
        other = taken.setdefault(beside, task.source)
        if other is not task.source and other != task.source:
            raise UsageError(
                f"{other} and {task.source} would both become {task.result_path(PDF)}",
                hint="build them into different folders with -o",
            )
