"""The page of checks: what does not add up first, and a table's identities in one row if all hold.

Enters: the checks of a report. Leaves: rows to print, and a line that counts them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from publisher.model import Check, Locator

ORDER = (Outcome.FAILS, Outcome.UNVERIFIABLE, Outcome.HOLDS)
IDENTITY = "table-identity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the page."""

    statement: str
    kind: str
    stated: str
    computed: str
    outcome: Outcome
    reason: Reason
    clause: Locator

    @property
    def fails(self) -> bool:
        """Tell what a reader must not miss."""
        return self.outcome is Outcome.FAILS


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The page's content."""

    tally: str
    rows: tuple[Row, ...]


def checked(checks: Sequence[Check], words: Mapping[str, str]) -> Checked:
    """Return the rows of the page and the line above them."""
    counts = {outcome: sum(one.outcome is outcome for one in checks) for outcome in Outcome}
    identities = [one for one in checks if one.kind == IDENTITY and one.outcome is Outcome.HOLDS]
    rows = [
        _row(one, words)
        for outcome in ORDER
        for one in checks
        if one.outcome is outcome and one not in identities
    ]
    if identities:
        rows.append(
            Row(
                statement=words["all_hold"].format(count=len(identities)),
                kind=IDENTITY,
                stated="",
                computed="",
                outcome=Outcome.HOLDS,
                reason=Reason.NONE,
                clause=identities[0].clause,
            )
        )
    return Checked(
        tally=words["tally"].format(
            holds=counts[Outcome.HOLDS],
            fails=counts[Outcome.FAILS],
            open=counts[Outcome.UNVERIFIABLE],
        ),
        rows=tuple(rows),
    )


def _row(one: Check, words: Mapping[str, str]) -> Row:
    statement = one.statement
    if one.kind == "enumeration":
        statement = words["listed"].format(computed=one.computed, stated=one.stated)
    if one.subject and one.subject not in statement:
        statement = f"{one.subject}：{statement}"
    return Row(
        statement=statement,
        kind=one.kind,
        stated=one.stated,
        computed=one.computed,
        outcome=one.outcome,
        reason=one.reason,
        clause=one.clause,
    )
