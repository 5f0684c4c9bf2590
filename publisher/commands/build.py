"""``publisher build``: publish each source, folders walked; one that fails does not stop the others."""

from __future__ import annotations

import os
from dataclasses import fields, replace
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

    from publisher.batch.plan import Job
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
        for source, options, name in plan:
            target = options.output / f"{name}.pdf"
            console.result(f"{source} → {target}", source=str(source), pdf=str(target))
        return 0
    from publisher.pipeline import publish

    causes = set()
    for source, options, name in plan:
        try:
            publication = publish(source, options, name=name)
        except PublisherError as error:
            console.error(error)
            causes.add(error.exit_code)
            continue
        for finding in publication.findings:
            console.finding(finding, where=str(source))
        console.result(
            f"{publication.pdf}  {publication.pages} pages, {publication.title}",
            source=str(source),
            pdf=str(publication.pdf),
            record=str(publication.record),
            pages=publication.pages,
            title=publication.title,
            written=[str(path) for path in publication.written],
        )
        try:
            require_figures(publication.statistics, strict=options.strict, where=str(source))
        except FigureError as error:
            console.error(error)
            causes.add(error.exit_code)
        if console.verbose and not console.as_json:
            for verdict in publication.verdicts:
                console.say(f"  {verdict.profile}: passed ({verdict.validator} {verdict.version})")
    return causes.pop() if len(causes) == 1 else PublisherError.exit_code if causes else 0


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
) -> Iterator[tuple[Path, Options, str]]:
    """Yield each report with its options and the name of its results; folders are walked."""
    for source in arguments.sources:
        if not os.path.isdir(source):  # noqa: PTH112 - False too where the system refuses to say
            yield source, _options(source, arguments.config, given), source.stem or source.name
            continue
        output = _options(source / "x", arguments.config, given).output
        plan = plan_folder(source, output, include=arguments.include, exclude=arguments.exclude)
        for path, reason in plan.passed_over:
            console.finding(_passed_over(reason), where=str(path))
        if not plan.jobs:
            raise UsageError(
                "has no report",
                where=str(source),
                hint="--include names the files that are reports",
            )
        for job in plan.jobs:
            options = _options(job.source, arguments.config, given)
            if job.note:
                console.finding(_renamed(job), where=str(job.source))
            yield (
                job.source,
                replace(options, output=options.output / job.name.parent),
                job.name.name,
            )


def _passed_over(reason: str) -> Finding:
    return Finding(clause="plan", severity=Severity.NOTE, message=f"passed over: {reason}")


def _renamed(job: Job) -> Finding:
    return Finding(clause="plan", severity=Severity.NOTE, message=f"becomes {job.name}: {job.note}")


def _refuse_collisions(plan: list[tuple[Path, Options, str]]) -> None:
    taken: dict[Path, Path] = {}
    sources = {source.resolve(): source for source, _, _ in plan}
    for source, options, stem in plan:
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
