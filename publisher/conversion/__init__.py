"""The third stage: the script of a text, Simplified or Traditional, and changing it.

opencc-python-reimplemented converts; an edit tells of every span that changed. Addresses and code
are left alone. ``keep`` changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from publisher.conversion.script import script_of_text
from publisher.editing import Replacement, rewrite
from publisher.model import Conversion, Finding, Passage, Severity, SourceTable, SourceText
from publisher.verbatim import verbatim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Edit, Text

CONFIGURATIONS = {
    ("zh-Hans", "zh-Hant-TW"): "s2tw",
    ("zh-Hans", "zh-Hant-HK"): "s2hk",
    ("zh-Hans", "zh-Hant"): "s2t",
    ("zh-Hant", "zh-Hans-CN"): "t2s",
}
"""OpenCC's configuration from the source's script to the one wanted."""


def convert(source: SourceText, script: str) -> tuple[SourceText, tuple[Edit, ...], Conversion]:
    """Return the text in ``script``, what changed, and what an editor should know."""
    own = script_of_text(source.plain_text())
    configuration = CONFIGURATIONS.get((own, script))
    if configuration is None:
        language = _unconverted(own, script)
        return (
            replace(source, language=language),
            (),
            Conversion(source_script=own, target=language),
        )
    edits: list[Edit] = []

    def change(text: Text) -> Text:
        changed, more = rewrite(
            text, _replacements(text.string, configuration), stage="convert", rule=configuration
        )
        edits.extend(more)
        return changed

    segments = tuple(
        segment
        if isinstance(segment, Passage) and segment.role == "code"
        else replace(segment, text=change(segment.text))
        if isinstance(segment, Passage)
        else _change_table(segment, change)
        for segment in source.segments
    )
    return (
        replace(source, segments=segments, language=script),
        tuple(edits),
        Conversion(source_script=own, target=script),
    )


def _unconverted(own: str, script: str) -> str:
    """Return the language of a text that stays as it is: the one wanted where it is already."""
    if own == "mixed":
        return "zh"
    return script if script.startswith(own) else own


def findings(conversion: Conversion, script: str) -> tuple[Finding, ...]:
    """Say where a conversion that was asked for could not be made."""
    if script == "keep" or conversion.source_script != "mixed":
        return ()
    return (
        Finding(
            clause="script",
            severity=Severity.WARNING,
            message="the text mixes Simplified and Traditional; nothing was converted",
            hint="bring the source into one script first",
        ),
    )


def _change_table(table: SourceTable, change: Any) -> SourceTable:
    return replace(
        table,
        rows=tuple(
            tuple(replace(cell, text=change(cell.text)) for cell in row) for row in table.rows
        ),
    )


def _replacements(string: str, configuration: str) -> Iterator[Replacement]:
    """Convert line by line around addresses and code, so that each change has its place."""
    spans = verbatim(string)
    free = re.compile("[^\n]+")
    done = 0
    for start, end in [*zip(spans.starts, spans.ends, strict=True), (len(string), len(string))]:
        for match in free.finditer(string, done, start):
            yield from _changes(match[0], match.start(), configuration)
        done = end


def _changes(line: str, start: int, configuration: str) -> Iterator[Replacement]:
    converted = _converter(configuration).convert(line)
    if len(converted) == len(line):
        yield from _runs(line, converted, start, configuration)
    elif converted != line:
        yield Replacement(start=start, end=start + len(line), after=converted, reason=configuration)


def _runs(line: str, converted: str, offset: int, reason: str) -> Iterator[Replacement]:
    begin = None
    for place, (old, new) in enumerate(zip(line, converted, strict=True)):
        if old != new and begin is None:
            begin = place
        elif old == new and begin is not None:
            yield Replacement(
                start=offset + begin,
                end=offset + place,
                after=converted[begin:place],
                reason=reason,
            )
            begin = None
    if begin is not None:
        yield Replacement(
            start=offset + begin, end=offset + len(line), after=converted[begin:], reason=reason
        )


@cache
def _converter(configuration: str) -> Any:
    from opencc import OpenCC

    return OpenCC(configuration)
