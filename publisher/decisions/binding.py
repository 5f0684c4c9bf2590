"""Binding of decisions to a source: the place of each, by the source's digest and the text around it.

Input: the entries of a decisions file, and a source as its reader returned it. Output: ``Decisions`` with offsets of
this source, and a finding for each decision that does not fit it any more. A place is never guessed: it is
at its offset if the source is the same, else where its text with the text around it is, if that is unique.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.decisions.rule_entries import (
    DECISION_OF_ESSENTIAL_RULE,
    DECISION_OF_OTHER_SOURCE,
    DECISION_OF_UNKNOWN_RULE,
    DECISION_WITHOUT_PLACE,
    UNUSED_EDIT_DECISION,
)
from publisher.model import (
    CaptionDecision,
    Decisions,
    EditDecision,
    LineDecision,
    Locator,
    Text,
)
from publisher.normalise import RULES
from publisher.options import suggest_name
from publisher.text.edits import concatenate, locate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.decisions.entries import (
        DecisionEntries,
        DecisionsFile,
        EditEntry,
        LineEntry,
        TableEntry,
    )
    from publisher.model import Finding, SourceText

_RULES = {rule.name: rule for rule in RULES}
CONTEXT = 12
"""Characters of the source on each side of a place that are written with it."""
LONGEST_QUOTE = 30
"""Characters of a place's text that a message quotes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundDecisions:
    """The decisions that fit a source, and findings about those that do not."""

    decisions: Decisions
    findings: tuple[Finding, ...] = ()


def bind_decisions(file: DecisionsFile | None, source: SourceText) -> BoundDecisions:
    """Return the decisions of a file with their places in a source.

    Args:
        file: The decisions file; ``None`` for no decisions.
        source: The source as its reader returned it.

    Raises:
        ConfigurationError: The file is not TOML in UTF-8, or a key or a value is not possible.

    """
    if file is None:
        return BoundDecisions(decisions=Decisions())
    binder = _Binder(file.entries(), source)
    return binder.bind()


def unused_edit_findings(decisions: Iterable[EditDecision]) -> tuple[Finding, ...]:
    """Return a finding for each decision about an edit that its rule did not find."""
    return tuple(
        UNUSED_EDIT_DECISION.finding(item.locator, rule=item.rule, before=item.before)
        for item in decisions
    )


class PlaceFinder:
    """Finds places in the text of a source as its reader returned it, without markup."""

    def __init__(self, source: SourceText) -> None:
        """Put the texts of the source together, a line feed between two."""
        parts: list[Text] = []
        for text in source.texts():
            if not text.string:
                continue
            if parts:
                separator = locate("\n", parts[-1].ends[-1])
                parts.append(Text(string="\n", starts=separator.starts, ends=separator.starts))
            parts.append(text)
        self._text = concatenate(parts) if parts else locate("")

    def locate(self, start: int, length: int) -> Locator:
        """Return the span of the source of a part of the text."""
        return self._text.slice(start, start + length).locator

    def at_offset(self, offset: int, string: str) -> Locator | None:
        """Return the span of ``string`` if the text has it at an offset of the source."""
        index = bisect_left(self._text.starts, offset)
        while index < len(self._text) and self._text.starts[index] == offset:
            if self._text.string.startswith(string, index):
                return self.locate(index, len(string))
            index += 1
        return None

    def search(self, string: str, preceding: str, following: str) -> Locator | None:
        """Return the span of ``string`` between two texts; ``None`` unless there is exactly one."""
        whole = f"{preceding}{string}{following}"
        first = self._text.string.find(whole)
        if first < 0 or self._text.string.find(whole, first + 1) >= 0:
            return None
        return self.locate(first + len(preceding), len(string))

    def surroundings(self, locator: Locator) -> tuple[str, str, str]:
        """Return the text of a span of the source, and the text before and after it."""
        start = bisect_left(self._text.starts, locator.offset)
        end = max(bisect_left(self._text.starts, locator.offset + locator.length), start)
        string = self._text.string
        return (
            string[start:end],
            string[max(start - CONTEXT, 0) : start],
            string[end : end + CONTEXT],
        )


class _Binder:
    """Binds the entries of one file."""

    def __init__(self, entries: DecisionEntries, source: SourceText) -> None:
        self._entries = entries
        self._finder = PlaceFinder(source)
        digest = hashlib.sha256(source.data).hexdigest()
        self._is_same_source = entries.source.sha256 == digest
        self._findings: list[Finding] = []

    def bind(self) -> BoundDecisions:
        """Return the decisions with their places, and the findings."""
        entries = self._entries
        edits = tuple(filter(None, map(self._edit, entries.edit)))
        lines = tuple(filter(None, map(self._line, entries.line)))
        captions = tuple(filter(None, map(self._caption, entries.table)))
        if entries.source.sha256 and not self._is_same_source:
            count = sum(bool(entry.before) for entry in entries.edit)
            count += len(entries.line) + len(entries.table)
            self._findings.insert(0, DECISION_OF_OTHER_SOURCE.finding(count=count))
        report = entries.report
        decisions = Decisions(
            edits=edits,
            lines=lines,
            captions=captions,
            title=report.title,
            subtitle=report.subtitle,
            issuer=report.issuer,
            date=report.date,
        )
        return BoundDecisions(decisions=decisions, findings=tuple(self._findings))

    def _edit(self, entry: EditEntry) -> EditDecision | None:
        rule = _RULES.get(entry.rule)
        if rule is None:
            hint = suggest_name(entry.rule, tuple(_RULES), "publisher rules lists them")
            self._findings.append(DECISION_OF_UNKNOWN_RULE.finding(rule=entry.rule, hint=hint))
            return None
        accepted = entry.decision == "accept"
        if rule.essential:
            if not accepted:
                self._findings.append(DECISION_OF_ESSENTIAL_RULE.finding(rule=entry.rule))
            return None
        if not entry.before:
            return EditDecision(rule=entry.rule, accepted=accepted)
        locator = self._bind_place(
            entry, entry.text or entry.before, f"edit of the rule {entry.rule}"
        )
        if locator is None:
            return None
        return EditDecision(
            rule=entry.rule,
            accepted=accepted,
            locator=locator,
            before=entry.before,
            after=entry.after,
        )

    def _line(self, entry: LineEntry) -> LineDecision | None:
        locator = self._bind_place(entry, entry.text, f"{entry.role} in the line")
        if locator is None:
            return None
        return LineDecision(locator=locator, role=entry.role, level=entry.level)

    def _caption(self, entry: TableEntry) -> CaptionDecision | None:
        locator = self._bind_place(entry, entry.text, "caption of the table with")
        if locator is None:
            return None
        return CaptionDecision(locator=locator, caption=entry.caption)

    def _bind_place(
        self, entry: EditEntry | LineEntry | TableEntry, string: str, label: str
    ) -> Locator | None:
        """Return the place of an entry; report that it does not fit if there is none."""
        if self._is_same_source and entry.offset is not None:
            locator = self._finder.at_offset(entry.offset, string)
            if locator is not None:
                return locator
        locator = self._finder.search(string, entry.preceding, entry.following)
        if locator is None:
            quote = string if len(string) <= LONGEST_QUOTE else f"{string[:LONGEST_QUOTE]}…"
            self._findings.append(DECISION_WITHOUT_PLACE.finding(label=label, text=quote))
        return locator
