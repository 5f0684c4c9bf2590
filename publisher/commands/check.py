"""``publisher check``: what a report's figures say of one another, without building it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.errors import FigureError, PublisherError
from publisher.model import Outcome
from publisher.normalise import normalise
from publisher.parse import Given, parse
from publisher.readers import read
from publisher.statistics import extract

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from publisher.commands.console import Console
    from publisher.model import Statistics


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print every check; return 0, or the exit code of what went wrong."""
    causes: set[int] = set()
    for source in arguments.sources:
        try:
            statistics = _statistics(source, arguments.encoding)
            _print(statistics, source, console)
            require_figures(statistics, strict=arguments.strict, where=str(source))
        except PublisherError as error:
            console.error(error)
            causes.add(error.exit_code)
    return causes.pop() if len(causes) == 1 else PublisherError.exit_code if causes else 0


def _statistics(source: Path, encoding: str) -> Statistics:
    text, _ = read(source, encoding=encoding)
    ordered, _, _ = normalise(text)
    return extract(parse(ordered, given=Given()).report)


def _print(statistics: Statistics, source: Path, console: Console) -> None:
    for one in statistics.checks:
        why = f" ({one.reason})" if one.reason else ""
        if one.outcome is Outcome.FAILS:
            why = f" (computed: {one.computed})"
        console.result(
            f"{source}, character {one.locator.offset}: {one.kind} {one.outcome.value}: "
            f"{one.statement}{why}",
            source=str(source),
            kind=one.kind,
            outcome=one.outcome.value,
            statement=one.statement,
            stated=one.stated,
            computed=one.computed,
            reason=one.reason,
            quote=one.quote,
            offset=one.locator.offset,
        )
    counts = {
        outcome.value: sum(one.outcome is outcome for one in statistics.checks)
        for outcome in Outcome
    }
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    console.result(
        f"{source}: {len(statistics.observations)} figures; {told}",
        source=str(source),
        figures=len(statistics.observations),
        **{name.replace(" ", "_"): count for name, count in counts.items()},
    )


def require_figures(statistics: Statistics, *, strict: bool, where: str) -> None:
    """Raise ``FigureError`` for checks that fail, where a person is strict about them."""
    failing = [one for one in statistics.checks if one.outcome is Outcome.FAILS]
    if strict and failing:
        first = failing[0]
        raise FigureError(
            f"{len(failing)} of {len(statistics.checks)} statements fail, the first: "
            f"{first.statement} (computed: {first.computed}, at character {first.locator.offset})",
            where=where,
            hint="publisher check lists them all",
        )
