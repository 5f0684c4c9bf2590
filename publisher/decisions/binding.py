"""Binding of decisions to a source: the place of each, by the source's digest and the text around it.

Input: the entries of a decisions file, and a source as its reader returned it. Output: ``Decisions`` with offsets of
this source, and a finding for each decision that does not fit it any more. A place is never guessed: it is
at its offset if the source is the same, else where its text with the text around it is, if that is unique.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.decisions.places import PlaceFinder, source_digest
from publisher.decisions.rule_entries import (
    DECISION_OF_ESSENTIAL_RULE,
    DECISION_OF_OTHER_SOURCE,
    DECISION_OF_UNKNOWN_RULE,
    DECISION_WITHOUT_PLACE,
    UNUSED_EDIT_DECISION,
)
from publisher.messages import translatable
from publisher.model import (
    CaptionDecision,
    Decisions,
    EditDecision,
    LineDecision,
    Locator,
)
from publisher.normalise import RULES
from publisher.text.name_suggestions import suggest_name

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
    from publisher.normalise.rule import NormalisingRule

LONGEST_QUOTE = 30
"""Characters of a place's text that a message quotes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundDecisions:
    """The decisions that fit a source, and findings about those that do not."""

    decisions: Decisions
    findings: tuple[Finding, ...] = ()


def bind_decisions(
    file: DecisionsFile | None,
    source: SourceText,
    rules: tuple[NormalisingRule, ...] = RULES,
) -> BoundDecisions:
    """Return the decisions of a file with their places in a source.

    Args:
        file: The decisions file; ``None`` for no decisions.
        source: The source as its reader returned it.
        rules: The normalising rules.

    Raises:
        ConfigurationError: The file is not TOML in UTF-8, or a key or a value is not possible.

    """
    if file is None:
        return BoundDecisions(decisions=Decisions())
    return bind_entries(file.entries(), source, rules)


def bind_entries(
    entries: DecisionEntries,
    source: SourceText,
    rules: tuple[NormalisingRule, ...] = RULES,
) -> BoundDecisions:
    """Return the decisions of the entries of a file, with their places in a source as its reader returned it."""
    return _Binder(entries, source, rules).bind()


def unused_edit_findings(decisions: Iterable[EditDecision]) -> tuple[Finding, ...]:
    """Return a finding for each decision about an edit that its rule did not find."""
    return tuple(
        UNUSED_EDIT_DECISION.finding(item.locator, rule=item.rule, before=item.before)
        for item in decisions
    )


class _Binder:
    """Binds the entries of one file."""

    def __init__(
        self,
        entries: DecisionEntries,
        source: SourceText,
        rules: tuple[NormalisingRule, ...],
    ) -> None:
        self._entries = entries
        self._rules = {rule.name: rule for rule in rules}
        self._finder = PlaceFinder(source)
        self._is_same_source = entries.source.sha256 == source_digest(source)
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
        rule = self._rules.get(entry.rule)
        if rule is None:
            hint = suggest_name(
                entry.rule, tuple(self._rules), translatable("publisher rules lists them")
            )
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
            entry,
            entry.text or entry.before,
            translatable("edit of the rule {rule}", rule=entry.rule),
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
        locator = self._bind_place(
            entry, entry.text, translatable("{role} in the line", role=entry.role)
        )
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
        locator = self._finder.find(entry, string, use_offset=self._is_same_source)
        if locator is None:
            quote = string if len(string) <= LONGEST_QUOTE else f"{string[:LONGEST_QUOTE]}…"
            self._findings.append(DECISION_WITHOUT_PLACE.finding(label=label, text=quote))
        return locator
