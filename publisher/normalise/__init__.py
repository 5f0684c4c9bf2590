"""The second stage: make a crawled text regular, and record every change.

Input: a ``SourceText`` as a reader made it. Output: the same source with its text normalised, the
edits, what is only proposed, and findings. The rules of ``publisher.normalise.rules`` run in order, again
and again until none changes anything, so that the stage is idempotent. Each rule judges by a ``Context``.
Edits that the text proves are made; what is only likely is proposed (``selection``). Figures never change.
The rules follow GB/T 15834 (punctuation) and GB/T 9704.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publisher.model import PREFORMATTED_ROLES, Finding, Passage, SourceTable, SourceText, Text
from publisher.normalise.context import Context, Habits
from publisher.normalise.findings import (
    find_damage,
    find_unpaired_punctuation,
)
from publisher.normalise.page_evidence import metadata_from
from publisher.normalise.rules import RULES
from publisher.normalise.rules.characters import remove_invisible
from publisher.normalise.selection import EditSelector
from publisher.text.characters import TABLE_PLACEHOLDER
from publisher.text.edits import Replacement, apply_edits, concatenate
from publisher.text.formula_spans import FormulaSpans
from publisher.text.removals import find_removals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Edit, EditDecision, EditSelection, Segment
    from publisher.normalise.rule import NormalisingRule

MOST_ROUNDS = 6
"""How often the rules may run. Ordinary texts need two rounds; the second changes nothing."""
_SOUND = re.compile(
    "(?:[\u4e00-\u9fff、，。；：！？（）《》0-9A-Za-z%+]|(?<=[0-9])[.,](?=[0-9])|-(?=[0-9]))*"
)
"""A cell or a passage in which no rule has anything to look for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NormaliseResult:
    """A normalised source, and what was done to it."""

    source: SourceText
    edits: tuple[Edit, ...]
    """The edits that were made, in order."""
    proposals: tuple[Edit, ...]
    """Edits that were not made, for a person to accept or reject, in the order of the source."""
    findings: tuple[Finding, ...]
    unused_decisions: tuple[EditDecision, ...]
    """Decisions about a place where the rule has no edit."""


def normalise(
    source: SourceText,
    *,
    selection: EditSelection = "certain",
    decisions: Sequence[EditDecision] = (),
    rules: tuple[NormalisingRule, ...] = RULES,
) -> NormaliseResult:
    """Normalise the text of a source.

    Args:
        source: The source as its reader returned it.
        selection: Which edits are made where nobody decided.
        decisions: What a person decided about rules and places.
        rules: The rules in the order in which they run.

    """
    selector = EditSelector(selection, decisions)
    habits = Habits.of(source.plain_text())
    normaliser = _Normaliser(selector, habits, FormulaSpans(source.marks), rules)
    if source.markup == "none":
        passages = normaliser.normalise_lines(source.segments)
    else:
        passages = normaliser.normalise_passages(
            source.segments, is_web_page=source.markup == "web-page"
        )
    apart = _is_apart if source.markup == "none" else _is_no_passage
    other_segments = iter([part for part in source.segments if apart(part)])
    segments: list[Segment] = []
    for passage in passages:
        if passage is not None:
            segments.append(passage)
            continue
        segment = next(other_segments)
        if isinstance(segment, SourceTable):
            segment = normaliser.normalise_table(segment)
        elif isinstance(segment, Passage):
            segment = normaliser.normalise_passage(segment)
        segments.append(segment)
    edits = normaliser.edits
    result = replace(
        source,
        segments=tuple(
            segment
            for segment in segments
            if not isinstance(segment, Passage) or segment.text.string
        ),
        source_metadata=(*source.source_metadata, *metadata_from(edits)),
    )
    findings = (
        *find_damage(source, edits),
        *find_removals(edits),
        *find_unpaired_punctuation(result),
    )
    proposals = sorted(normaliser.proposals, key=lambda edit: edit.locator.offset)
    return NormaliseResult(
        source=result,
        edits=tuple(edits),
        proposals=tuple(proposals),
        findings=findings,
        unused_decisions=selector.unused_decisions(),
    )


class _Normaliser:
    """Runs the rules over the parts of one source, and collects edits and proposals."""

    def __init__(
        self,
        selector: EditSelector,
        habits: Habits,
        formulas: FormulaSpans,
        rules: tuple[NormalisingRule, ...],
    ) -> None:
        self._selector = selector
        self._formulas = formulas
        self._habits = habits
        self._rules = rules
        self._code_rules = tuple(rule for rule in rules if rule.code)
        self.edits: list[Edit] = []
        self.proposals: list[Edit] = []

    def normalise_lines(self, segments: tuple[Segment, ...]) -> list[Passage | None]:
        """Normalise lines without markup as one text; ``None`` in the result is a table, a picture or preformatted text.

        In that text one character stands for each of them, so that rules see where the tables are.
        """
        parts: list[Text] = []
        for segment in segments:
            if isinstance(segment, Passage) and not _is_apart(segment):
                text = self._replace_placeholders(segment.text)
            else:
                locator = segment.text.locator if isinstance(segment, Passage) else segment.locator
                start, end = locator.offset, locator.offset + locator.length
                text = Text(string=TABLE_PLACEHOLDER, starts=[start], ends=[end])
            if text.string:
                parts.extend(_line_feed_before(text, parts))
                parts.append(text)
        normalised = self._apply_rules(concatenate(parts), self._rules, is_whole_text=True)
        passages: list[Passage | None] = []
        start = 0
        while (end := normalised.string.find(TABLE_PLACEHOLDER, start)) >= 0:
            passages += [Passage(text=normalised.slice(start, end).strip()), None]
            start = end + 1
        passages.append(Passage(text=normalised.slice(start).strip()))
        return passages

    def normalise_passages(
        self, segments: tuple[Segment, ...], *, is_web_page: bool
    ) -> list[Passage | None]:
        """Normalise each passage of a source with markup alone; ``None`` is a table or a picture."""
        segments = self._remove_boilerplate(segments) if is_web_page else segments
        return [
            self.normalise_passage(segment) if isinstance(segment, Passage) else None
            for segment in segments
        ]

    def normalise_passage(self, passage: Passage) -> Passage:
        """Normalise a passage alone."""
        rules = self._code_rules if passage.role in PREFORMATTED_ROLES else self._rules
        text = self._replace_placeholders(passage.text)
        return replace(passage, text=self._apply_rules(text, rules, is_whole_text=False))

    def normalise_table(self, table: SourceTable) -> SourceTable:
        """Normalise each cell of a table."""
        return replace(
            table,
            rows=tuple(
                tuple(
                    replace(
                        cell,
                        text=self._apply_rules(
                            self._replace_placeholders(cell.text),
                            self._rules,
                            is_whole_text=False,
                        ),
                    )
                    for cell in row
                )
                for row in table.rows
            ),
        )

    def _replace_placeholders(self, text: Text) -> Text:
        """Replace the placeholder of tables where the source itself has this character."""
        replacements = (
            Replacement(
                start=match.start(), end=match.end(), after="\ufffd", reason="not a character"
            )
            for match in re.finditer(TABLE_PLACEHOLDER, text.string)
        )
        text, edits = apply_edits(text, replacements, stage="normalise", rule=remove_invisible.name)
        self.edits.extend(edits)
        return text

    def _remove_boilerplate(self, segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
        """Run the rules for web pages over the segments as lines, whatever elements hold them."""
        for rule in [rule for rule in self._rules if rule.web_page]:
            strings = [
                _with_plain_spaces(segment.text.string)
                if isinstance(segment, Passage)
                else TABLE_PLACEHOLDER
                for segment in segments
            ]
            context = Context(string="\n".join(strings), habits=self._habits)
            replacements = list(rule(context))
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
                    selected, proposals = self._selector.separate(
                        segment.text, rule, own_replacements
                    )
                    text, edits = apply_edits(
                        segment.text, selected, stage="normalise", rule=rule.name
                    )
                    self.edits.extend(edits)
                    self.proposals.extend(proposals)
                    results.append(replace(segment, text=text))
                else:
                    results.append(segment)
                start = end + 1
            segments = tuple(results)
        return segments

    def _apply_rules(
        self, text: Text, rules: tuple[NormalisingRule, ...], *, is_whole_text: bool
    ) -> Text:
        """Run rules until none changes anything, and return the text.

        Args:
            text: The text to change.
            rules: The rules in order.
            is_whole_text: Whether ``text`` is all of a report, so that rules may judge lines by neighbours.

        """
        if not is_whole_text and _SOUND.fullmatch(text.string):
            return text
        rules = tuple(rule for rule in rules if is_whole_text or not rule.whole_text)
        context = Context(string=text.string, habits=self._habits)
        unchanged_by: dict[str, Text] = {}
        proposals: dict[str, list[Edit]] = {}
        earlier: list[tuple[int, Edit]] = []
        for _ in range(MOST_ROUNDS):
            edits_before = len(self.edits)
            for rule in rules:
                if unchanged_by.get(rule.name) is text:
                    continue
                if context.string is not text.string:
                    context = replace(context, string=text.string)
                changes = list(self._formulas.outside(text, _between_tables(context, rule)))
                if not changes:
                    proposals.pop(rule.name, None)
                    unchanged_by[rule.name] = text
                    continue
                selected, proposals[rule.name] = self._selector.separate(text, rule, changes)
                if rule.whole_text:
                    earlier += [(len(self.edits), edit) for edit in proposals[rule.name]]
                text, edits = apply_edits(text, selected, stage="normalise", rule=rule.name)
                self.edits.extend(edits)
                if not edits:
                    unchanged_by[rule.name] = text
            if len(self.edits) == edits_before:
                break
        last = [edit for rule_proposals in proposals.values() for edit in rule_proposals]
        self.proposals += last + _still_open(earlier, last, self.edits)
        return text


def _still_open(earlier: list[tuple[int, Edit]], last: list[Edit], edits: list[Edit]) -> list[Edit]:
    """Return the proposals of earlier rounds that are not in the last one because the lines that show them were joined.

    Args:
        earlier: Each proposal with the number of edits that were made before it.
        last: The proposals of the last round.
        edits: All edits; one at the same place decides about a proposal.

    """
    seen = {(edit.rule, edit.locator.offset) for edit in last}
    changed_since: dict[int, tuple[list[int], list[int]]] = {}
    still_open: list[Edit] = []
    for number, edit in earlier:
        start, end = edit.locator.offset, edit.locator.offset + edit.locator.length
        if (edit.rule, start) in seen:
            continue
        if number not in changed_since:
            changed_since[number] = _changed_spans(edits[number:])
        starts, ends = changed_since[number]
        before = bisect_left(starts, end)
        if before == 0 or ends[before - 1] <= start:
            seen.add((edit.rule, start))
            still_open.append(edit)
    return still_open


def _changed_spans(edits: list[Edit]) -> tuple[list[int], list[int]]:
    """Return the starts and the ends of what edits change, in order; edits that overlap are one span."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(
        (edit.locator.offset, edit.locator.offset + edit.locator.length) for edit in edits
    ):
        if ends and start < ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends


def _is_no_passage(segment: Segment) -> bool:
    return not isinstance(segment, Passage)


def _is_apart(segment: Segment) -> bool:
    """Return whether a segment is no part of the running lines: a table, a picture or preformatted text."""
    return not isinstance(segment, Passage) or segment.role in PREFORMATTED_ROLES


def _between_tables(context: Context, rule: NormalisingRule) -> Iterator[Replacement]:
    """Yield the replacements of a rule that leave every table where it is."""
    string = context.string
    has_tables = TABLE_PLACEHOLDER in string
    for change in rule(context):
        if not (has_tables and TABLE_PLACEHOLDER in string[change.start : change.end]):
            yield change


def _line_feed_before(text: Text, parts: list[Text]) -> list[Text]:
    """Return a line feed to put before ``text`` if neither it nor the last part ends a line there.

    It is in no source, which ``text/edits.py`` allows for white space.
    """
    if not parts or _ends_line(parts[-1].string[-1:]) or _ends_line(text.string[:1]):
        return []
    start, end = parts[-1].ends[-1], text.starts[0]
    return [Text(string="\n", starts=[start], ends=[max(start, end)])]


def _ends_line(character: str) -> bool:
    """Return whether a character is a line end of any kind."""
    return character.splitlines() == [""]


def _with_plain_spaces(string: str) -> str:
    """Return the string, as long as before, with ordinary spaces for no-break spaces."""
    return string.replace("\xa0", " ")


__all__ = ["RULES", "NormaliseResult", "normalise"]
