"""Rules of verification: what each finding means, what to do, and the clause of the standard.

Each verification keeps its rules in one ``VerdictRules`` table beside its code and makes every
finding through it, so a table lists every clause that the code can report. ``rule_entries``
collects the tables for the documentation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.model import Finding, Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationRule:
    """One rule of a verdict."""

    clause: str
    """The code that findings carry in the record."""
    problem: str
    """What is wrong with the file, as a sentence."""
    remedy: str
    """What to do; the hint of the findings unless the code has a more precise one."""
    standard: str
    """The standard and its clause, or where the requirement comes from."""
    severity: Severity = Severity.ERROR
    """The usual severity; the code may lower it for a milder case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictRules:
    """The rules of one verdict."""

    profile: str
    """The name of the verdict, as in ``Verdict.profile``."""
    summary: str
    """What is verified, as a noun phrase."""
    rules: tuple[VerificationRule, ...]
    validator: str = "publisher"
    """The program that verifies: this one, page-validation or veraPDF."""
    external_clauses: str = ""
    """Where further clauses come from that another program names; empty if there are none."""

    def rule(self, clause: str) -> VerificationRule:
        """Return the rule with a clause; raise ``KeyError`` if the table does not have it."""
        for rule in self.rules:
            if rule.clause == clause:
                return rule
        raise KeyError(clause)

    def finding(
        self,
        clause: str,
        message: str,
        *,
        severity: Severity | None = None,
        hint: str | None = None,
    ) -> Finding:
        """Return a finding of a rule.

        Args:
            clause: The clause of a rule in this table.
            message: What is wrong, and where.
            severity: Instead of the rule's usual severity.
            hint: Instead of the rule's remedy.

        """
        rule = self.rule(clause)
        return Finding(
            clause=clause,
            severity=rule.severity if severity is None else severity,
            message=message,
            hint=rule.remedy if hint is None else hint,
        )

    def verdict(
        self,
        findings: Iterable[Finding],
        *,
        version: str,
        fails_at: Severity = Severity.ERROR,
    ) -> Verdict:
        """Return the verdict that findings amount to.

        Args:
            findings: What was found, in the order in which it is reported.
            version: The version of this program.
            fails_at: The mildest severity that fails the verdict: ``ERROR`` or ``WARNING``.

        """
        listed = tuple(findings)
        failing = {Severity.ERROR, fails_at}
        return Verdict(
            profile=self.profile,
            validator=self.validator,
            version=version,
            passed=not any(finding.severity in failing for finding in listed),
            findings=listed,
        )
