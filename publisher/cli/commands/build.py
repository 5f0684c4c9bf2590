"""``publisher build``: publish each source, folders walked; one that fails does not stop the others.

Sources that are files are built and told. A folder is a run with a journal: what is unchanged is left alone,
what a kill interrupted is gone on with, and a page of results is written.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from publisher.batch.journal import names_given
from publisher.batch.plan import IN_THE_WAY, LEADS_OUT, plan_folder
from publisher.batch.storage import Folder
from publisher.batch.task import Built, Task, build, strict_error
from publisher.batch.workers import Begun, Ended, Limits, Workers
from publisher.cli.console import counted
from publisher.config import find_config, read_config
from publisher.errors import PublisherError, UnsupportedFormatError, UsageError
from publisher.model import Finding, Severity
from publisher.options import Options
from publisher.output_names import PDF, SUFFIXES
from publisher.readers import READERS
from publisher.system.atomic_write import clear_temporaries

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from publisher.batch.storage import Storage
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
            target = task.result(".pdf")
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


LEAST = {"jobs": 1, "deadline": 0.001, "memory": 64, "group": 1}
"""The least that a number of the command line can be."""


MAY_BE_REPORTS = frozenset(
    ".pdf .ofd .ceb .xls .xlsx .et .ppt .pptx .dps .mht .mhtml .zip .rar .7z .docm .wpt".split()
)
"""Files of a folder that no reader takes and a person would miss."""
MOST = 1_000_000


def require_numbers(arguments: argparse.Namespace) -> None:
    """Refuse numbers of the command line that cannot be."""
    for name, least in LEAST.items():
        value = getattr(arguments, name, None)
        if value is None:  # one a processor, or not of this command
            continue
        require_number(name, value, least, MOST)


def require_number(name: str, value: float, least: float, most: float) -> None:
    """Refuse a number of the command line that is not in its range, or is none."""
    if not least <= value <= most:
        raise UsageError(
            f"--{name.replace('_', '-')}: {value:g} cannot be",
            hint=f"a number from {least:g} to {most:g}",
        )


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
        return (self.storage or Folder(task.options.output)).place(task.name, suffix)

    def tell(self, event: Ended[Task, Built]) -> None:
        """Say how a report ended."""
        task, built = event.task, event.outcome
        if isinstance(built, PublisherError):
            self.fail(built)
            return
        for finding in built.findings if self._listed else ():
            self.console.finding(finding, where=str(task))
        pages, title, count = (built.facts[key] for key in ("pages", "title", "warnings"))
        warned = f" ({counted(count, 'warning')})" if count and not self._listed else ""
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
            for line in built.validators:
                self.console.say(f"  {line}")
        self.check(task, built.facts)


def jobs_of(arguments: argparse.Namespace) -> int:
    """Return how many reports are built at once."""
    return arguments.jobs or len(os.sched_getaffinity(0))


def limits_of(arguments: argparse.Namespace) -> Limits:
    """Return what a report may cost."""
    return Limits(seconds=arguments.deadline, megabytes=arguments.memory)


def _built(plan: list[Task], arguments: argparse.Namespace) -> Iterator[Ended[Task, Built]]:
    """Build files, in processes of their own where there are several of both."""
    jobs = min(len(plan), jobs_of(arguments))
    if jobs > 1:
        from publisher.pipeline import warm

        warm(plan[0].options)
        events = Workers(_build_alone, jobs=jobs, limits=limits_of(arguments)).run(plan)
        yield from (event for event in events if not isinstance(event, Begun))
        return
    for task in plan:
        try:
            yield Ended(task, _build_alone(task))
        except PublisherError as error:
            yield Ended(task, error)


def _build_alone(task: Task) -> Built:
    return build(task, Folder(task.options.output))


@dataclass(frozen=True, slots=True)
class Given:
    """Where options come from: the command line, and a file that it names or that is nearest."""

    named: Path | None
    given: dict[str, Any]

    @classmethod
    def by(cls, arguments: argparse.Namespace) -> Given:
        """Return what the command line gives."""
        names = (item.name for item in fields(Options))
        given = {name: getattr(arguments, name) for name in names if hasattr(arguments, name)}
        return cls(arguments.config, given)

    def beside(self, source: Path) -> Options:
        """Return the options for a source."""
        config = self.named or find_config(source)
        settings = read_config(config) if config else {}
        try:
            return Options(**{**settings, **self.given})
        except UsageError as error:
            ours = set(self.given) & {str(error).split(":")[0]}
            where = str(config) if config and not ours else ""
            raise type(error)(error.message, hint=error.hint, where=where) from error


def planned(
    source: Path, arguments: argparse.Namespace, options: Given, told: Told
) -> Iterator[Task]:
    """Yield the reports of a source, each with its options and its name; folders are walked."""
    if is_folder(source):
        yield from _planned_below(source, arguments, options, told)
        return
    name = source.stem or source.name
    yield Task(source=source, options=options.beside(source), name=name, below=str(source))


def _planned_below(
    folder: Path, arguments: argparse.Namespace, given: Given, told: Told
) -> Iterator[Task]:
    output = given.beside(folder / "x").output
    plan = plan_folder(
        folder,
        output,
        include=arguments.include,
        exclude=arguments.exclude,
        given=names_given(output),
    )
    for path, reason in plan.passed_over:
        may_be = reason in (IN_THE_WAY, LEADS_OUT) or path.suffix.lower() in MAY_BE_REPORTS
        severity = Severity.WARNING if may_be else Severity.NOTE
        told.console.finding(_of_plan(f"passed over: {reason}", severity), where=str(path))
        if may_be:
            told.passed_over.append(UnsupportedFormatError(reason, where=str(path)))
    for error in plan.unreadable:
        told.fail(error)
        told.unreadable.append(error)
    if not plan.jobs:
        known = " ".join(one for kind in READERS for one in kind.suffixes if one)
        hint = f"a report is one of {known}"
        if arguments.include:
            hint = "a glob is of the whole path below the folder: 2022/* for all that is in 2022"
        raise UsageError("has no report", where=str(folder), hint=hint)

    same: dict[Options, Options] = {}

    @cache
    def options_in(place: Path) -> Options:
        options = replace(given.beside(place / "x"), output=output)
        return same.setdefault(options, options)

    for job in plan.jobs:
        if job.note:
            note = _of_plan(f"becomes {job.name}: {job.note}")
            told.console.finding(note, where=str(job.source))
        yield Task(
            source=job.source,
            options=options_in(job.source.parent),
            name=job.name,
            below=job.below,
            note=job.note,
        )


def is_folder(source: Path) -> bool:
    """Tell whether a source is walked."""
    return os.path.isdir(source)  # noqa: PTH112 - False too where the system refuses to say


def _of_plan(message: str, severity: Severity = Severity.NOTE) -> Finding:
    return Finding(clause="plan", severity=severity, message=message)


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
                    f"{task.result(suffix)} is a source and would be written over",
                    hint="build into another folder with -o",
                )
        other = taken.setdefault(beside, task.source)
        if other is not task.source and other != task.source:
            raise UsageError(
                f"{other} and {task.source} would both become {task.result(PDF)}",
                hint="build them into different folders with -o",
            )
