"""The second stage: make a crawled text regular, and record every change.

Input: a ``SourceText`` as a reader made it. Output: the same source with its text normalised, the
edits, and findings. The rules of ``publisher.normalise.rules`` run in order, again and again until
none changes anything, so that the stage is idempotent. Figures never change. The rules follow GB/T 15834
(punctuation) and GB/T 9704.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.model import Finding, Passage, SourceTable, SourceText, Text
from publisher.normalise.findings import find_damage, find_unpaired_punctuation
from publisher.normalise.rules import CODE_RULES, RULES, WEB_PAGE_RULES
from publisher.normalise.rules.characters import remove_invisible
from publisher.normalise.rules.web_boilerplate import metadata_from
from publisher.text.characters import TABLE_PLACEHOLDER
from publisher.text.edits import Replacement, apply_edits, concatenate

if TYPE_CHECKING:
    from publisher.model import Edit, Segment
    from publisher.normalise.rule import NormalisingRule

MOST_ROUNDS = 6
"""How often the rules may run. Ordinary texts need two rounds; the second changes nothing."""
_LINE_ENDS = ("\n", "\r")


def normalise(source: SourceText) -> tuple[SourceText, tuple[Edit, ...], tuple[Finding, ...]]:
    """Return the source with its text normalised, the edits in order, and findings."""
    if source.markup == "none":
        passages, edits = _normalise_lines(source.segments)
    else:
        passages, edits = _normalise_passages(
            source.segments, is_web_page=source.markup == "web-page"
        )
    other_segments = iter([part for part in source.segments if not isinstance(part, Passage)])
    segments: list[Segment] = []
    for passage in passages:
        if passage is not None:
            segments.append(passage)
            continue
        segment = next(other_segments)
        if isinstance(segment, SourceTable):
            segment, table_edits = _normalise_table(segment)
            edits.extend(table_edits)
        segments.append(segment)
    result = replace(
        source,
        segments=tuple(
            segment
            for segment in segments
            if not isinstance(segment, Passage) or segment.text.string
        ),
        source_metadata=(*source.source_metadata, *metadata_from(edits)),
    )
    findings = (*find_damage(source, edits), *find_unpaired_punctuation(result))
    return result, tuple(edits), findings


def _normalise_lines(
    segments: tuple[Segment, ...],
) -> tuple[list[Passage | None], list[Edit]]:
    """Normalise lines without markup as one text; ``None`` in the result is a table or a picture.

    In that text one character stands for each table, so that rules see where the tables are.
    """
    parts: list[Text] = []
    edits: list[Edit] = []
    for segment in segments:
        if isinstance(segment, Passage):
            text, changes = _replace_placeholders(segment.text)
            edits.extend(changes)
        else:
            start, end = segment.locator.offset, segment.locator.offset + segment.locator.length
            text = Text(string=TABLE_PLACEHOLDER, starts=[start], ends=[end])
        if text.string:
            parts.extend(_line_feed_before(text, parts))
            parts.append(text)
    normalised, rule_edits = _apply_rules(concatenate(parts), whole_text=True)
    passages: list[Passage | None] = []
    start = 0
    while (end := normalised.string.find(TABLE_PLACEHOLDER, start)) >= 0:
        passages += [Passage(text=normalised.slice(start, end).strip()), None]
        start = end + 1
    passages.append(Passage(text=normalised.slice(start).strip()))
    return passages, [*edits, *rule_edits]


def _replace_placeholders(text: Text) -> tuple[Text, tuple[Edit, ...]]:
    """Replace the placeholder of tables where the source itself has this character."""
    replacements = (
        Replacement(start=match.start(), end=match.end(), after="\ufffd", reason="not a character")
        for match in re.finditer(TABLE_PLACEHOLDER, text.string)
    )
    return apply_edits(text, replacements, stage="normalise", rule=remove_invisible.name)


def _line_feed_before(text: Text, parts: list[Text]) -> list[Text]:
    """Return a line feed to put before ``text`` if neither it nor the last part has one there."""
    if not parts or parts[-1].string.endswith(_LINE_ENDS) or text.string.startswith(_LINE_ENDS):
        return []
    start, end = parts[-1].ends[-1], text.starts[0]
    return [Text(string="\n", starts=[start], ends=[max(start, end)])]


def _normalise_passages(
    segments: tuple[Segment, ...], *, is_web_page: bool
) -> tuple[list[Passage | None], list[Edit]]:
    """Normalise each passage of a source with markup alone; ``None`` is a table or a picture."""
    passages: list[Passage | None] = []
    segments, edits = _remove_boilerplate(segments) if is_web_page else (segments, [])
    for segment in segments:
        if isinstance(segment, Passage):
            rules = CODE_RULES if segment.role == "code" else RULES
            text, changes = _apply_rules(segment.text, rules, whole_text=False)
            passages.append(replace(segment, text=text))
            edits.extend(changes)
        else:
            passages.append(None)
    return passages, edits


def _remove_boilerplate(segments: tuple[Segment, ...]) -> tuple[tuple[Segment, ...], list[Edit]]:
    """Run the rules for web pages over the segments as lines, whatever elements hold them."""
    edits: list[Edit] = []
    for rule in WEB_PAGE_RULES:
        strings = [
            _with_plain_spaces(segment.text.string)
            if isinstance(segment, Passage)
            else TABLE_PLACEHOLDER
            for segment in segments
        ]
        replacements = list(rule("\n".join(strings)))
        start = 0
        results: list[Segment] = []
        for segment, string in zip(segments, strings, strict=True):
            end = start + len(string)
            if isinstance(segment, Passage):
                own_replacements = [
                    replace(
                        change,
                        start=max(change.start, start) - start,
                        end=min(change.end, end) - start,
                    )
                    for change in replacements
                    if change.start < end and change.end > start
                ]
                text, own_edits = apply_edits(
                    segment.text, own_replacements, stage="normalise", rule=rule.name
                )
                edits.extend(own_edits)
                results.append(replace(segment, text=text))
            else:
                results.append(segment)
            start = end + 1
        segments = tuple(results)
    return segments, edits


def _with_plain_spaces(string: str) -> str:
    """Return the string, as long as before, with ordinary spaces for no-break spaces."""
    return string.replace("\xa0", " ")


def _apply_rules(
    text: Text, rules: tuple[NormalisingRule, ...] = RULES, *, whole_text: bool
) -> tuple[Text, list[Edit]]:
    """Run rules until none changes anything.

    Args:
        text: The text to change.
        rules: The rules in order.
        whole_text: Whether ``text`` is all of a report, so that rules may judge lines by neighbours.

    """
    edits: list[Edit] = []
    if not whole_text:
        text, changes = _replace_placeholders(text)
        edits.extend(changes)
    unchanged_by: dict[str, Text] = {}
    for _ in range(MOST_ROUNDS):
        edits_before = len(edits)
        for rule in rules:
            if (whole_text or not rule.whole_text) and unchanged_by.get(rule.name) is not text:
                text, changes = apply_edits(
                    text, rule(text.string), stage="normalise", rule=rule.name
                )
                edits.extend(changes)
                if not changes:
                    unchanged_by[rule.name] = text
        if len(edits) == edits_before:
            break
    return text, edits


def _normalise_table(table: SourceTable) -> tuple[SourceTable, list[Edit]]:
    edits: list[Edit] = []
    rows = []
    for row in table.rows:
        cells = []
        for cell in row:
            text, changes = _apply_rules(cell.text, whole_text=False)
            cells.append(replace(cell, text=text))
            edits.extend(changes)
        rows.append(tuple(cells))
    return replace(table, rows=tuple(rows)), edits


__all__ = ["RULES", "normalise"]
