"""``publisher build``: publish each source, folders walked; one that fails does not stop the others."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from publisher.batch.plan import plan_folder
from publisher.commands.check import require_figures
from publisher.dataset import FORMATS
from publisher.errors import FigureError, PublisherError, UsageError
from publisher.model import Finding, Severity
from publisher.options import Options, find_config, read_config

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from publisher.commands.console import Console


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Publish; return 0, the cause's exit code, or 1 where there were several causes."""
    given = {
        item.name: getattr(arguments, item.name)
        for item in fields(Options)
        if hasattr(arguments, item.name)
    }
    plan = list(_planned(arguments, given, console))
    _refuse_collisions(plan)
    if arguments.dry_run:
        for task in plan:
            target = task.options.output / f"{task.name}.pdf"
            console.result(f"{task} → {target}", source=str(task), pdf=str(target))
        return 0
    causes = set()
    for task, outcome in _built(plan, arguments):
        if isinstance(outcome, PublisherError):
            console.error(outcome)
            causes.add(outcome.exit_code)
            continue
        _tell(task, outcome, console)
        if outcome.figures:
            console.error(outcome.figures)
            causes.add(outcome.figures.exit_code)
    return causes.pop() if len(causes) == 1 else PublisherError.exit_code if causes else 0


@dataclass(frozen=True, slots=True)
class Task:
    """A report to build."""

    source: Path
    options: Options
    name: str
    """What its results are called, without a suffix."""

    def __str__(self) -> str:
        """Return what people call it: its path."""
        return str(self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What is told of a report that was built, and passes from a worker to here."""

    pdf: Path
    record: Path
    pages: int
    title: str
    findings: tuple[Finding, ...]
    written: tuple[Path, ...]
    validators: tuple[str, ...]
    figures: FigureError | None
    """A statement that does not add up, where ``--strict`` was asked for."""


def _built(
    plan: list[Task], arguments: argparse.Namespace
) -> Iterator[tuple[Task, Built | PublisherError]]:
    """Build the reports, in processes of their own where there are several of both."""
    jobs = min(len(plan), arguments.jobs or len(os.sched_getaffinity(0)))
    if jobs < 2:
        yield from ((task, _build(task)) for task in plan)
        return
    from publisher.batch.workers import Limits, Workers
    from publisher.typeset.setting import setting_for

    with contextlib.suppress(PublisherError):
        setting_for("zh-Hans")  # what the workers share is made before they are
    workers = Workers(_build, jobs=jobs, limits=Limits(seconds=arguments.deadline))
    yield from workers.run(plan)


def _build(task: Task) -> Built | PublisherError:
    from publisher.pipeline import publish

    try:
        done = publish(task.source, task.options, name=task.name)
    except PublisherError as error:
        return error
    figures = None
    try:
        require_figures(done.statistics, strict=task.options.strict, where=str(task))
    except FigureError as error:
        figures = error
    return Built(
        pdf=done.pdf,
        record=done.record,
        pages=done.pages,
        title=done.title,
        findings=done.findings,
        written=done.written,
        validators=tuple(
            f"{one.profile}: passed ({one.validator} {one.version})" for one in done.verdicts
        ),
        figures=figures,
    )


def _tell(task: Task, built: Built, console: Console) -> None:
    for finding in built.findings:
        console.finding(finding, where=str(task))
    console.result(
        f"{built.pdf}  {built.pages} pages, {built.title}",
        source=str(task),
        pdf=str(built.pdf),
        record=str(built.record),
        pages=built.pages,
        title=built.title,
        written=[str(path) for path in built.written],
    )
    if console.verbose and not console.as_json:
        for line in built.validators:
            console.say(f"  {line}")


def _options(source: Path, named: Path | None, given: dict[str, Any]) -> Options:
    config = named or find_config(source)
    settings = read_config(config) if config else {}
    try:
        return Options(**{**settings, **given})
    except UsageError as error:
        where = str(config) if config and not set(given) & {str(error).split(":")[0]} else ""
        raise type(error)(error.message, hint=error.hint, where=where) from error


def _planned(
    arguments: argparse.Namespace, given: dict[str, Any], console: Console
) -> Iterator[Task]:
    """Yield each report with its options and the name of its results; folders are walked."""
    for source in arguments.sources:
        if not os.path.isdir(source):  # noqa: PTH112 - False too where the system refuses to say
            options = _options(source, arguments.config, given)
            yield Task(source, options, source.stem or source.name)
            continue
        output = _options(source / "x", arguments.config, given).output
        plan = plan_folder(source, output, include=arguments.include, exclude=arguments.exclude)
        for path, reason in plan.passed_over:
            console.finding(_of_plan(f"passed over: {reason}"), where=str(path))
        if not plan.jobs:
            raise UsageError(
                "has no report",
                where=str(source),
                hint="--include names the files that are reports",
            )
        for job in plan.jobs:
            options = _options(job.source, arguments.config, given)
            if job.note:
                console.finding(_of_plan(f"becomes {job.name}: {job.note}"), where=str(job.source))
            below = replace(options, output=options.output / job.name.parent)
            yield Task(job.source, below, job.name.name)


def _of_plan(message: str) -> Finding:
    return Finding(clause="plan", severity=Severity.NOTE, message=message)


def _refuse_collisions(plan: list[Task]) -> None:
    taken: dict[Path, Path] = {}
    sources = {task.source.resolve(): task.source for task in plan}
    for task in plan:
        source, options, stem = task.source, task.options, task.name
        for name in (
            ".pdf",
            ".record.json",
            ".page.html",
            ".normalised.txt",
            ".bilingual.pdf",
            *FORMATS.values(),
        ):
            target = options.output / f"{stem}{name}"
            if target.resolve() in sources:
                raise UsageError(
                    f"{target} is a source and would be written over",
                    hint="build into another folder with -o",
                )
        target = options.output / stem
        other = taken.setdefault(target, source)
        if other != source:
            raise UsageError(
                f"{other} and {source} would both become {target}.pdf",
                hint="build them into different folders with -o",
            )
