"""``publisher build``: publish each source; folders are searched, and one failure does not stop the others.

Files are built and reported one by one. The reports of a folder are a run with a journal: unchanged reports are skipped, an
interrupted run continues, and a page of results is written (``publisher.cli.build_folder``).
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from publisher.batch.storage import FolderStorage
from publisher.batch.task import BuildResult, Task, build_report, refuse_shared_decisions
from publisher.batch.workers import Finished, Started
from publisher.cli.arguments import add_all_options, add_sources
from publisher.cli.limits import job_count, require_limits
from publisher.cli.outcome import Reporter
from publisher.cli.report_workers import report_workers
from publisher.cli.sources import OptionSources, is_folder, plan_source
from publisher.errors import PublisherError, UsageError
from publisher.messages import translatable
from publisher.output_names import PDF, SUFFIXES
from publisher.system.atomic_write import clear_temporaries

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from publisher.cli.console import Console


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``publisher build``."""
    add_sources(parser)
    parser.add_argument(
        "--cluster",
        default="",
        metavar="ADDRESS",
        help="(folders) build on the Dask cluster with this scheduler",
    )
    parser.add_argument(
        "--storage",
        default="",
        metavar="URL",
        help="where the cluster writes the results, as an fsspec URL (default: the output folder)",
    )
    parser.add_argument(
        "--chunk-size",
        type=int,
        default=20,
        metavar="N",
        help="number of reports in one cluster task (default: 20)",
    )
    parser.add_argument(
        "--force", action="store_true", help="(folders) also build unchanged reports"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="print what would be built, and build nothing"
    )
    add_all_options(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Publish; return 0, the exit code of the only kind of error, or 1 for several kinds."""
    require_limits(arguments)
    console = replace(console, survives_closed_pipe=True)
    has_folder = any(map(is_folder, arguments.sources))
    reporter = Reporter(console, many=has_folder)
    options = OptionSources.from_arguments(
        arguments, console, lists_findings=not (has_folder or arguments.dry_run)
    )
    plan = [
        task
        for source in arguments.sources
        for task in plan_source(source, arguments, options, reporter)
    ]
    _refuse_collisions(plan)
    refuse_shared_decisions(plan)
    if arguments.dry_run:
        for task in plan:
            target = task.result_path(PDF)
            console.result(
                translatable("{task} → {target}", task=task, target=target),
                source=str(task),
                pdf=str(target),
            )
        return reporter.exit_code
    if has_folder:
        from publisher.cli.build_folder import build_folder

        return build_folder(plan, arguments, reporter)
    for folder in {task.options.output for task in plan}:
        clear_temporaries(folder)
    for event in _build_all(plan, arguments):
        reporter.report(event)
    return reporter.exit_code


def _build_all(
    plan: list[Task], arguments: argparse.Namespace
) -> Iterator[Finished[Task, BuildResult]]:
    """Build files, in worker processes if there are several files and several jobs."""
    if min(len(plan), job_count(arguments)) > 1:
        from publisher.pipeline import require_resources

        options = plan[0].options
        require_resources(options)
        workers = report_workers(_build_one, len(plan), options, arguments)
        yield from (event for event in workers.run(plan) if not isinstance(event, Started))
        return
    for task in plan:
        try:
            yield Finished(task, _build_one(task))
        except PublisherError as error:
            yield Finished(task, error)


def _build_one(task: Task) -> BuildResult:
    return build_report(task, FolderStorage(task.options.output))


def _refuse_collisions(plan: list[Task]) -> None:
    """Raise ``UsageError`` for two sources with the same results, and for a result that replaces a source."""

    @cache
    def real_folder(folder: str) -> str:
        return os.path.realpath(folder)

    def real_path(path: Path) -> str:
        if os.path.islink(path):  # noqa: PTH114 - False too if the system refuses to say
            return os.path.realpath(path)
        folder, _, name = str(path).rpartition("/")
        return f"{real_folder(folder)}/{name}"

    sources = {real_path(task.source) for task in plan}
    source_by_result: dict[str, Path] = {}
    for task in plan:
        folder, _, stem = f"{task.options.output}/{task.name}".rpartition("/")
        result = f"{real_folder(folder)}/{stem}"
        for suffix in SUFFIXES:
            if f"{result}{suffix}" in sources:
                raise UsageError(
                    translatable(
                        "{result_path} is a source and would be overwritten",
                        result_path=task.result_path(suffix),
                    ),
                    hint="build into another folder with -o",
                )
        earlier_source = source_by_result.setdefault(result, task.source)
        if earlier_source is not task.source and earlier_source != task.source:
            raise UsageError(
                translatable(
                    "{earlier_source} and {source} would both become {result_path}",
                    earlier_source=earlier_source,
                    source=task.source,
                    result_path=task.result_path(PDF),
                ),
                hint="build them into different folders with -o",
            )
