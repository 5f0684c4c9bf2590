"""``publisher check``: what a report's figures say of one another, without building it.

With ``--script`` also what a conversion would leave to an editor, as a list to walk through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.conversion import conversion_findings, convert
from publisher.errors import PublisherError
from publisher.model import Outcome
from publisher.normalise import normalise
from publisher.options import Options
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read
from publisher.statistics import extract, figure_error, summarize_failures

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from publisher.cli.console import Console
    from publisher.model import Check, Conversion, Statistics

COMPANY = 6
"""Characters on each side that a list shows of a text."""
ORDER = (Outcome.FAILS, Outcome.UNVERIFIABLE, Outcome.HOLDS)
"""What a person should see first."""


class Places:
    """Offsets of a source as lines, for a person to find."""

    def __init__(self, source: Path, decoded: str) -> None:
        """Keep the file's name and where its lines begin."""
        self._source, self._decoded = source, decoded

    def of(self, offset: int) -> str:
        """Return ``file:line`` of an offset."""
        return f"{self._source}:{self._decoded.count(chr(10), 0, offset) + 1}"

    def around(self, offset: int, length: int) -> str:
        """Return the words that a place stands among."""
        start, end = max(offset - COMPANY, 0), offset + length + COMPANY
        return "".join(self._decoded[start:end].split())


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print every check; return 0, or the exit code of what went wrong."""
    causes: set[int] = set()
    options = Options(
        encoding=arguments.encoding,
        script=arguments.script,
        vocabulary=arguments.vocabulary,
        names=arguments.names,
        glossary=arguments.glossary,
    )
    for source in arguments.sources:
        try:
            raw, _ = read(source, encoding=options.encoding)
            ordered, _, _ = normalise(raw)
            converted, _, conversion = convert(ordered, options.conversion())
            statistics = extract(parse(converted, overrides=MetadataOverrides()).report)
            places = Places(source, raw.decoded)
            if options.script != "keep":
                for finding in conversion_findings(conversion, options.script):
                    console.finding(finding, where=str(source))
                _print_conversion(conversion, source, places, console)
            _print(statistics, source, places, console)
            require_figures(statistics, strict=arguments.strict, where=str(source))
        except PublisherError as error:
            console.error(error)
            causes.add(error.exit_code)
    return causes.pop() if len(causes) == 1 else PublisherError.exit_code if causes else 0


def _print(statistics: Statistics, source: Path, places: Places, console: Console) -> None:
    for outcome in ORDER:
        for one in statistics.checks:
            if one.outcome is outcome:
                _print_check(one, source, places, console)
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


def _print_check(one: Check, source: Path, places: Places, console: Console) -> None:
    why = f" ({one.reason})" if one.reason else ""
    if one.outcome is Outcome.FAILS:
        why = f" (computed: {one.computed})"
    about = f" {one.subject}" if one.subject not in one.statement else ""
    text = (
        f"{places.of(one.locator.offset)}: {one.kind} {one.outcome.value}:{about} "
        f"{one.statement}{why}"
    )
    if console.quiet and one.outcome is Outcome.FAILS:
        console.say(text)
    console.result(
        text,
        source=str(source),
        kind=one.kind,
        outcome=one.outcome.value,
        statement=one.statement,
        subject=one.subject,
        stated=one.stated,
        computed=one.computed,
        reason=one.reason,
        quote=one.quote,
        offset=one.locator.offset,
    )


def _print_conversion(
    conversion: Conversion, source: Path, places: Places, console: Console
) -> None:
    """Print what an editor should walk through, in the order of the text."""
    told = [
        *(
            (one.offset, "default", one.before, one.after, f"or {'、'.join(others)}: {one.reason}")
            for one in conversion.ambiguous
            if (others := [form for form in one.alternatives if form != one.after])
        ),
        *((one.offset, "glossary", one.before, one.after, one.note) for one in conversion.glossary),
        *(
            (one.offset, "vocabulary", one.before, one.after, one.note)
            for one in conversion.vocabulary
        ),
    ]
    for offset, kind, before, after, why in sorted(told):
        console.result(
            f"{places.of(offset)}: {kind}: {before} → {after} in "
            f"…{places.around(offset, len(before))}… ({why})",
            source=str(source),
            kind=kind,
            before=before,
            after=after,
            why=why,
            offset=offset,
        )
    for one in conversion.protected:
        console.result(
            f"{source}: protected: {one}", source=str(source), kind="protected", before=one
        )


def require_figures(statistics: Statistics, *, strict: bool, where: str) -> None:
    """Raise ``FigureError`` for checks that fail, where a person is strict about them."""
    if strict and (message := summarize_failures(statistics)):
        raise figure_error(message, where=where)
