"""The second stage: a crawled text in, the same text in good order out, with every change told.

``RULES`` is the order in which the rules run; each is a function from a string to replacements
and knows nothing of the others. The list runs until it changes nothing more, so that the stage
is idempotent. Figures are never touched. Serves GB/T 15834 (punctuation) and GB/T 9704.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publisher.model import Finding, Passage, Severity, SourceTable, SourceText, Text
from publisher.normalise import (
    characters,
    line_breaks,
    paired_punctuation,
    punctuation,
    spaces,
    web_boilerplate,
)
from publisher.normalise.context import line_spans
from publisher.normalise.unpaired_punctuation import unbalanced
from publisher.text import wrapped_lines
from publisher.text.characters import TABLE_PLACEHOLDER
from publisher.text.edits import Replacement, apply_edits, concatenate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from publisher.model import Edit, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that is put in order, under the name that the record gives it."""

    name: str
    find: Callable[[str], Iterable[Replacement]]
    whole: bool = False
    """Whether it judges lines by their neighbours, and so has no business in a table's cell."""


RULES = (
    Rule(name="line-ends", find=line_breaks.line_ends),
    Rule(name="invisible-characters", find=characters.invisible),
    Rule(name="private-use", find=characters.private_use),
    Rule(name="combining-marks", find=characters.combining),
    Rule(name="compatibility-characters", find=characters.compatibility),
    Rule(name="web-furniture", find=web_boilerplate.furniture, whole=True),
    Rule(name="run-together", find=line_breaks.run_together, whole=True),
    Rule(name="hard-wrapped-lines", find=wrapped_lines.join_hard_wrapped, whole=True),
    Rule(name="broken-lines", find=wrapped_lines.join_broken_lines, whole=True),
    Rule(name="blank-space", find=line_breaks.blank_space),
    Rule(name="repeated-title", find=web_boilerplate.repeated_title, whole=True),
    Rule(name="document-number", find=punctuation.document_number),
    Rule(name="brackets", find=paired_punctuation.brackets),
    Rule(name="punctuation", find=punctuation.punctuation),
    Rule(name="quotation-marks", find=paired_punctuation.quotation_marks),
    Rule(name="dashes-and-dots", find=punctuation.dashes_and_dots),
    Rule(name="stray-spaces", find=spaces.stray),
)

OF_A_PAGE = ("web-furniture", "repeated-title")
"""Rules for whole texts that hold for a web page too, whose lines are its elements."""

CODE_RULES = tuple(
    rule
    for rule in RULES
    if rule.name in ("line-ends", "invisible-characters", "private-use", "combining-marks")
)
"""Code stays to the letter, but for what no page can show."""

ROUNDS = 6
"""How often the list may run; ordinary texts need two rounds, the second to change nothing."""


def normalise(source: SourceText) -> tuple[SourceText, tuple[Edit, ...], tuple[Finding, ...]]:
    """Return the text in order, what was changed for it, and what a person should look at."""
    if source.media_type == "text/plain":
        passages, edits = _lines(source.segments)
    else:
        passages, edits = _marked(source.segments, of_a_page=source.media_type == "text/html")
    others = iter([part for part in source.segments if not isinstance(part, Passage)])
    segments: list[Segment] = []
    for passage in passages:
        if passage is not None:
            segments.append(passage)
            continue
        other = next(others)
        if isinstance(other, SourceTable):
            other, changes = _table(other)
            edits.extend(changes)
        segments.append(other)
    kept = tuple(one for one in segments if not isinstance(one, Passage) or one.text.string)
    result = replace(
        source,
        segments=kept,
        source_metadata=(*source.source_metadata, *web_boilerplate.facts(edits)),
    )
    noticed = (*characters.findings(source, edits), *_findings(result))
    return result, tuple(edits), noticed


def _lines(
    segments: tuple[Segment, ...],
) -> tuple[list[Passage | None], list[Edit]]:
    """Put unmarked lines in order as one text, a character holding each table's place."""
    parts: list[Text] = []
    edits: list[Edit] = []
    for segment in segments:
        if isinstance(segment, Passage):
            text, changes = _without_table_mark(segment.text)
            edits.extend(changes)
        else:
            place = segment.locator
            text = Text(
                string=TABLE_PLACEHOLDER, starts=[place.offset], ends=[place.offset + place.length]
            )
        if text.string:
            parts.extend(_line_feed(parts, text))
            parts.append(text)
    joined, settled = _settle(concatenate(parts), whole=True)
    passages: list[Passage | None] = []
    done = 0
    while (end := joined.string.find(TABLE_PLACEHOLDER, done)) >= 0:
        passages += [Passage(text=joined.slice(done, end).strip()), None]
        done = end + 1
    passages.append(Passage(text=joined.slice(done).strip()))
    return passages, [*edits, *settled]


def _without_table_mark(text: Text) -> tuple[Text, tuple[Edit, ...]]:
    """Free the character that holds a table's place from any meaning that a source gives it."""
    free = (
        Replacement(start=match.start(), end=match.end(), after="\ufffd", reason="not a character")
        for match in re.finditer(TABLE_PLACEHOLDER, text.string)
    )
    return apply_edits(text, free, stage="normalise", rule="invisible-characters")


_ENDS = ("\n", "\r")


def _line_feed(parts: list[Text], following: Text) -> list[Text]:
    """Return the line feed between text and table that an earlier round has taken away."""
    if not parts or parts[-1].string.endswith(_ENDS) or following.string.startswith(_ENDS):
        return []
    start, end = parts[-1].ends[-1], following.starts[0]
    return [Text(string="\n", starts=[start], ends=[max(start, end)])]


def _marked(
    segments: tuple[Segment, ...], *, of_a_page: bool
) -> tuple[list[Passage | None], list[Edit]]:
    """Put each passage of a source with markup in order by itself."""
    passages: list[Passage | None] = []
    segments, edits = _without_furniture(segments) if of_a_page else (segments, [])
    for segment in segments:
        if isinstance(segment, Passage):
            rules = CODE_RULES if segment.role == "code" else RULES
            text, changes = _settle(segment.text, rules, whole=False)
            passages.append(replace(segment, text=text))
            edits.extend(changes)
        else:
            passages.append(None)
    return passages, edits


def _without_furniture(segments: tuple[Segment, ...]) -> tuple[tuple[Segment, ...], list[Edit]]:
    """Take away the lines that a web page put around its report, whatever elements hold them."""
    edits: list[Edit] = []
    for rule in (one for one in RULES if one.name in OF_A_PAGE):
        strings = [
            _one_spaced(one.text.string) if isinstance(one, Passage) else TABLE_PLACEHOLDER
            for one in segments
        ]
        gone = list(rule.find("\n".join(strings)))
        begin = 0
        kept: list[Segment] = []
        for segment, string in zip(segments, strings, strict=True):
            end = begin + len(string)
            if isinstance(segment, Passage):
                changes = [
                    replace(one, start=max(one.start, begin) - begin, end=min(one.end, end) - begin)
                    for one in gone
                    if one.start < end and one.end > begin
                ]
                text, made = apply_edits(segment.text, changes, stage="normalise", rule=rule.name)
                edits.extend(made)
                kept.append(replace(segment, text=text))
            else:
                kept.append(segment)
            begin = end + 1
        segments = tuple(kept)
    return segments, edits


def _one_spaced(string: str) -> str:
    """Return a string as long in which a no-break space is a space, as rules for lines know it."""
    return string.replace("\xa0", " ")


def _settle(text: Text, rules: tuple[Rule, ...] = RULES, *, whole: bool) -> tuple[Text, list[Edit]]:
    edits: list[Edit] = []
    if not whole:
        text, changes = _without_table_mark(text)
        edits.extend(changes)
    in_order: dict[str, Text] = {}
    for _ in range(ROUNDS):
        before = len(edits)
        for rule in rules:
            if (whole or not rule.whole) and in_order.get(rule.name) is not text:
                text, changes = apply_edits(
                    text, rule.find(text.string), stage="normalise", rule=rule.name
                )
                edits.extend(changes)
                if not changes:
                    in_order[rule.name] = text
        if len(edits) == before:
            break
    return text, edits


def _table(table: SourceTable) -> tuple[SourceTable, list[Edit]]:
    edits: list[Edit] = []
    rows = []
    for row in table.rows:
        cells = []
        for cell in row:
            text, changes = _settle(cell.text, whole=False)
            cells.append(replace(cell, text=text))
            edits.extend(changes)
        rows.append(tuple(cells))
    return replace(table, rows=tuple(rows)), edits


def _findings(source: SourceText) -> Iterable[Finding]:
    for text in source.texts():
        for start, _, line in line_spans(text.string):
            for place, mark in unbalanced(line):
                yield Finding(
                    clause="GB/T 15834 paired marks",
                    severity=Severity.NOTE,
                    message=f"{mark} has no partner in its paragraph",
                    hint="the source may have lost a mark there",
                    locator=text.slice(start + place, start + place + 1).locator,
                )
