"""``publisher build``: publish each source; one that fails does not stop the others."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from publisher.commands.check import require_figures
from publisher.dataset import FORMATS
from publisher.errors import FigureError, PublisherError, UsageError
from publisher.options import Options, find_config, read_config

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from publisher.commands.console import Console


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Publish; return 0, the cause's exit code, or 1 where there were several causes."""
    given = {
        item.name: getattr(arguments, item.name)
        for item in fields(Options)
        if hasattr(arguments, item.name)
    }
    plan = [(source, _options(source, arguments.config, given)) for source in arguments.sources]
    _refuse_collisions(plan)
    from publisher.pipeline import publish

    causes = set()
    for source, options in plan:
        try:
            publication = publish(source, options)
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


def _refuse_collisions(plan: list[tuple[Path, Options]]) -> None:
    taken: dict[Path, Path] = {}
    sources = {source.resolve(): source for source, _ in plan}
    for source, options in plan:
        for name in (
            ".pdf",
            ".record.json",
            ".page.html",
            ".normalised.txt",
            ".bilingual.pdf",
            *FORMATS.values(),
        ):
            target = options.output / f"{source.stem or source.name}{name}"
            if target.resolve() in sources:
                raise UsageError(
                    f"{target} is a source and would be written over",
                    hint="build into another folder with -o",
                )
        target = options.output / (source.stem or source.name)
        other = taken.setdefault(target, source)
        if other != source:
            raise UsageError(
                f"{other} and {source} would both become {target}.pdf",
                hint="build them into different folders with -o",
            )
