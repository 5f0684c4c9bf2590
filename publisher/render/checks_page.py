"""The page of checks: failing checks first, and one row for all identities of tables that hold.

Input: the checks of a report. Output: the rows to print, and a line with their numbers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from publisher.model import Check, Locator

ORDER = (Outcome.FAILS, Outcome.UNVERIFIABLE, Outcome.HOLDS)
IDENTITY = "table-identity"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """A row of the page."""

    statement: str
    kind: str
    stated: str
    computed: str
    outcome: Outcome
    reason: Reason
    clause: Locator

    @property
    def fails(self) -> bool:
        """Whether the row is printed in bold."""
        return self.outcome is Outcome.FAILS


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksPage:
    """The content of the page."""

    tally: str
    """How many checks hold, fail and cannot be verified, as a sentence."""
    rows: tuple[CheckRow, ...]


def checks_page(checks: Sequence[Check], labels: Mapping[str, str]) -> ChecksPage:
    """Return the content of the page of checks."""
    counts = Counter(check.outcome for check in checks)
    identities = [
        check for check in checks if check.kind == IDENTITY and check.outcome is Outcome.HOLDS
    ]
    rows = [
        _row(check, labels)
        for outcome in ORDER
        for check in checks
        if check.outcome is outcome and check not in identities
    ]
    if identities:
        rows.append(
            CheckRow(
                statement=labels["all_hold"].format(count=len(identities)),
                kind=IDENTITY,
                stated="",
                computed="",
                outcome=Outcome.HOLDS,
                reason=Reason.NONE,
                clause=identities[0].clause,
            )
        )
    return ChecksPage(
        tally=labels["tally"].format(
            holds=counts[Outcome.HOLDS],
            fails=counts[Outcome.FAILS],
            open=counts[Outcome.UNVERIFIABLE],
        ),
        rows=tuple(rows),
    )


def _row(check: Check, labels: Mapping[str, str]) -> CheckRow:
    statement = check.statement
    if check.kind == "enumeration":
        statement = labels["listed"].format(computed=check.computed, stated=check.stated)
    if check.subject and check.subject not in statement:
        statement = f"{check.subject}：{statement}"
    return CheckRow(
        statement=statement,
        kind=check.kind,
        stated=check.stated,
        computed=check.computed,
        outcome=check.outcome,
        reason=check.reason,
        clause=check.clause,
    )
