"""``publisher compare``: list what differs between two versions, or two years, of a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from publisher.cli.arguments import add_option
from publisher.cli.sources import report_ineffective
from publisher.errors import UsageError
from publisher.messages import translatable
from publisher.options import READING_OPTIONS, Options
from publisher.output_names import COMPARISON
from publisher.text.counted_nouns import count_noun

if TYPE_CHECKING:
    import argparse

    from publisher.cli.console import Console
    from publisher.comparison import Comparison


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``publisher compare``."""
    parser.add_argument("before", type=Path, metavar="BEFORE")
    parser.add_argument("after", type=Path, metavar="AFTER")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="the comparison, .html or .json (default: out/AFTER.comparison.html)",
    )
    for name in READING_OPTIONS:
        add_option(parser, name)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the comparison and print the figures that differ; return 0."""
    from publisher.api.reports import compare
    from publisher.comparison.comparison_data import count_states
    from publisher.comparison.states import State
    from publisher.system.atomic_write import write_atomically

    output: Path = arguments.output or Path("out") / f"{arguments.after.stem}{COMPARISON}"
    if output.suffix not in (".html", ".json"):
        raise UsageError(
            translatable("{output}: a comparison is written as .html or .json", output=output),
            hint="name such a file with -o",
        )
    options = Options(**{name: getattr(arguments, name) for name in READING_OPTIONS})
    report_ineffective(options, READING_OPTIONS, console)
    comparison = compare(arguments.before, arguments.after, options)
    write_atomically({output: _encode(comparison, output, console.language)})
    for change in comparison.figures:
        if change.state is State.SAME:
            continue
        values = [
            f"{figure.value} {figure.unit}".strip() if figure else "–"
            for figure in (change.before, change.after)
        ]
        target = translatable(" (target)") if change.status == "target" else ""
        console.result(
            translatable(
                "{subject}{target}: {values}",
                subject=change.subject,
                target=target,
                values=" → ".join(values),
            ),
            state=change.state.value,
            measure=change.measure,
            kind=change.kind,
            status=change.status,
            before=change.before and change.before.value,
            after=change.after and change.after.value,
        )
    counts = count_states(comparison)
    totals = {part: sum(states.values()) - states["same"] for part, states in counts.items()}
    console.result(
        translatable(
            "{output}: {figures}, {lines} and {tables} differ",
            output=output,
            figures=count_noun(totals["figures"], "figure"),
            lines=count_noun(totals["lines"], "line"),
            tables=count_noun(totals["tables"], "table"),
        ),
        output=str(output),
        counts=counts,
    )
    return 0


def _encode(comparison: Comparison, output: Path, language: str) -> bytes:
    if output.suffix == ".json":
        from publisher.comparison.comparison_data import describe_comparison
        from publisher.record import encode_json

        return encode_json(describe_comparison(comparison))
    from publisher.comparison.comparison_page import comparison_page

    return comparison_page(comparison, language).encode()
