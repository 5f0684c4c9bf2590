"""Findings about a Word file: each kind is listed in full a few times, and then counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.model import Edit, FindingRule, Locator

MAX_PER_KIND = 20
"""How many findings of one kind are listed; more are only counted."""

_OMITTED_CONTENT = {
    "tracked-deletion": (
        "tracked deletion",
        "accept or reject the changes in Word to decide otherwise",
    ),
    "hidden-text": ("passage of hidden text", "Word does not print it either"),
    "field-code": ("field instruction", "the field's result, if it has one, is in the text"),
    "contents": ("line of the old contents", "the publication has its own table of contents"),
    "comment": ("paragraph of a comment", "comments are not part of the report"),
    "page-header": ("paragraph of a header or footer", "the publication has its own page layout"),
    "repeated-field": (
        "repeated text of an input field",
        "LibreOffice writes the text of an input field again for each of its runs",
    ),
    "placeholder": ("prompt of an empty form field", "fill in the form, or remove the prompt"),
    "covered-cell": ("text in a cell that a merged cell covers", "Word does not show it either"),
    "unused-note": ("paragraph of notes without a reference", "Word does not print them either"),
}
"""By edit rule: what was left out (singular), and the hint."""
_WARNING_RULES = ("covered-cell", "placeholder")
"""Rules whose omissions a person should check."""


class FindingCollector:
    """Collects the findings while a Word file is read."""

    def __init__(self) -> None:
        """Start without findings."""
        self._findings: list[Finding] = []
        self._counts: Counter[str] = Counter()

    def add(self, rule: FindingRule, locator: Locator | None = None, **values: object) -> None:
        """Add a finding of a rule; only count it if ``MAX_PER_KIND`` of its clause are listed."""
        self._counts[rule.clause] += 1
        if self._counts[rule.clause] <= MAX_PER_KIND:
            self._findings.append(rule.finding(locator, **values))

    def count(self, clause: str) -> int:
        """Return how many findings of a clause were added."""
        return self._counts[clause]

    def collect(self, edits: Iterable[Edit]) -> tuple[Finding, ...]:
        """Return all findings, followed by one for each kind of text that the edits leave out."""
        surplus = [
            Finding(
                clause=clause,
                severity=Severity.NOTE,
                message=translatable(
                    "{count} more findings of the kind {clause} are not listed",
                    count=count - MAX_PER_KIND,
                    clause=clause,
                ),
            )
            for clause, count in self._counts.items()
            if count > MAX_PER_KIND
        ]
        omissions = Counter(edit.rule for edit in edits if edit.before.strip())
        omission_findings = [
            Finding(
                clause=rule,
                severity=Severity.WARNING if rule in _WARNING_RULES else Severity.NOTE,
                message=translatable(
                    "{omissions} × {content} left out", omissions=omissions[rule], content=content
                ),
                hint=hint,
            )
            for rule, (content, hint) in _OMITTED_CONTENT.items()
            if omissions[rule]
        ]
        return (*self._findings, *surplus, *omission_findings)
