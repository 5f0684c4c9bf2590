"""What was noticed in a Word file: each kind told in full a few times, and then counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from publisher.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.model import Edit, Locator

MOST = 20
"""How many of one kind are told one by one."""

_LEFT_OUT = {
    "tracked-deletion": (
        "tracked deletion",
        "accept or reject the changes in Word to decide otherwise",
    ),
    "struck-out": ("stretch of struck-out text", "take the line off it in Word to keep it"),
    "hidden-text": ("stretch of hidden text", "Word does not print it either"),
    "field-code": ("field's instruction", "its result, where it has one, is in the text"),
    "contents": ("line of the old contents", "the publication makes contents of its own"),
    "comment": ("comment's paragraph", "comments are no part of the report"),
    "page-header": ("header's or footer's paragraph", "the publication has pages of its own"),
    "placeholder": ("prompt of an empty form", "fill the form in, or take it out"),
    "ruby": ("reading above a character", "the character itself is in the text"),
    "covered-cell": ("text in a cell that a merged one covers", "Word does not show it either"),
    "unused-note": ("paragraph of notes that nothing refers to", "Word does not print them either"),
}
"""By rule: what was left out, one of it, and what to know about that."""
_WATCHED = ("covered-cell", "placeholder", "struck-out")


class Notices:
    """Findings while they gather."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: list[Finding] = []
        self._counts: Counter[str] = Counter()

    def add(
        self,
        clause: str,
        message: str,
        *,
        severity: Severity = Severity.NOTE,
        hint: str = "",
        locator: Locator | None = None,
    ) -> None:
        """Note something, unless enough of its kind has been noted."""
        self._counts[clause] += 1
        if self._counts[clause] <= MOST:
            self._found.append(
                Finding(
                    clause=clause, severity=severity, message=message, hint=hint, locator=locator
                )
            )

    def count(self, clause: str) -> int:
        """Return how often something of that kind was noted."""
        return self._counts[clause]

    def all(self, edits: Iterable[Edit]) -> tuple[Finding, ...]:
        """Return the findings, with what the edits left out counted by kind."""
        rest = [
            Finding(
                clause=clause,
                severity=Severity.NOTE,
                message=f"{count - MOST} more of the kind {clause} are not told one by one",
            )
            for clause, count in self._counts.items()
            if count > MOST
        ]
        left_out = Counter(edit.rule for edit in edits if edit.before.strip())
        counted = [
            Finding(
                clause=rule,
                severity=Severity.WARNING if rule in _WATCHED else Severity.NOTE,
                message=f"{left_out[rule]} × {what} left out",
                hint=hint,
            )
            for rule, (what, hint) in _LEFT_OUT.items()
            if left_out[rule]
        ]
        return (*self._found, *rest, *counted)
