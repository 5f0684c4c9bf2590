"""``publisher explain-lines``: why each line of a page ends where it does.

The report is laid out as ``publisher build`` would lay it out; nothing is written.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.cli.arguments import add_all_options
from publisher.errors import UsageError
from publisher.messages import join_texts, translatable
from publisher.text.characters import columns_of

if TYPE_CHECKING:
    import argparse

    from publisher.cli.console import Console
    from publisher.typeset.linebreak.break_trace import BreakCandidate, LineTrace

_TEXT_COLUMNS = 26
"""The width of the column with the text around a position, in columns of a terminal."""
_UNUSED_OPTIONS = frozenset({"output", "emit"})
"""Options of ``publisher build`` that concern only the files that it writes."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``publisher explain-lines``."""
    parser.add_argument("source", type=Path, metavar="FILE")
    parser.add_argument(
        "--page", type=int, required=True, metavar="N", help="number of the page, from 1"
    )
    add_all_options(parser, without=_UNUSED_OPTIONS)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print the lines of a page; return 0."""
    from publisher.cli.sources import OptionSources
    from publisher.decisions import bind_decisions, find_decisions
    from publisher.extensions import load_extensions
    from publisher.pipeline import prepare_report
    from publisher.readers import read
    from publisher.system.sandbox import sandboxed
    from publisher.text.line_index import LineIndex

    options = OptionSources.from_arguments(arguments, console).options_for(arguments.source)
    where = str(arguments.source)
    if options.engine == "stock":
        raise UsageError(
            "--engine stock leaves all lines to WeasyPrint", where=where, hint="use --engine fast"
        )
    extensions = load_extensions(options.extensions)
    raw, edits = read(arguments.source, encoding=options.encoding, formats=extensions.formats)
    decisions = find_decisions(arguments.source, options.decisions)
    bound = bind_decisions(decisions, raw, extensions.rules)
    for finding in bound.findings:
        console.finding(finding, where=where, lines=LineIndex(raw.decoded))
    report = prepare_report(
        raw, edits, options, where=where, decisions=bound.decisions, extensions=extensions
    )
    with sandboxed(where):
        lines = report.session.engine.trace_lines(report.page.html, report.page.css, arguments.page)
    for line in lines:
        console.result(_format_line(line), source=where, **asdict(line))
    if not lines:
        console.message(
            translatable("page {page} has no lines that Publisher breaks", page=arguments.page)
        )
    return 0


def _format_line(line: LineTrace) -> str:
    """Return a line and its candidates as aligned text."""
    rows = [
        translatable(
            "page {page}, line {number}: {text}", page=line.page, number=line.number, text=line.text
        ),
        translatable("  ends here because {reason}", reason=line.reason),
    ]
    if line.candidates:
        rows.append(
            translatable(
                "    offset  line | next line             ratio    demerits       total",
            )
        )
    rows += map(_format_candidate, line.candidates)
    return join_texts("\n", [*rows, ""])


def _format_candidate(candidate: BreakCandidate) -> str:
    mark = "→" if candidate.is_chosen else " "
    text = _pad(f"{candidate.before}|{candidate.after}")
    reasons: str = join_texts("; ", candidate.reasons)
    if candidate.is_chosen:
        reasons = join_texts("; ", [translatable("chosen"), *candidate.reasons[1:]])
    elif not candidate.is_allowed:
        reasons = translatable("forbidden: {reasons}", reasons=reasons)
    columns = (
        f"  {mark}{candidate.offset:>7}  {text}  {_number(candidate.ratio, 6)}  "
        f"{_number(candidate.demerits, 10)}  {_number(candidate.total_demerits, 10)}  "
    )
    return join_texts("", (columns, reasons))


def _number(value: float | None, width: int) -> str:
    """Return a number with two decimals, or a dash, aligned right."""
    return f"{'-' if value is None else format(value, '.2f'):>{width}}"


def _pad(text: str) -> str:
    """Pad a text to a column; wide characters take two columns of a terminal."""
    return text + " " * max(0, _TEXT_COLUMNS - columns_of(text))
