"""The verdict for a file whose structure is not compared, because its page cannot be made again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.model import Severity
from publisher.verify.rule import VerdictRules, VerificationRule

if TYPE_CHECKING:
    from publisher.model import Verdict

RULES = VerdictRules(
    profile="structure (not compared)",
    summary="the structure of a file whose page cannot be made again",
    validator="none",
    rules=(
        VerificationRule(
            clause="uncompared",
            problem="The structure and the tables are not compared with the page, which cannot be made again.",
            remedy="to have them compared, build with a profile that embeds the source, and verify with the "
            "same version of the software",
            standard="this program: a comparison that is left out is reported",
            severity=Severity.NOTE,
        ),
    ),
)


def uncompared_structure(reason: str) -> Verdict:
    """Return a verdict with a note that the structure is not compared, for a reason."""
    finding = RULES.finding(
        "uncompared",
        translatable("the structure and the tables are not compared: {reason}", reason=reason),
    )
    rules = replace(
        RULES, profile=translatable("structure (not compared: {reason})", reason=reason)
    )
    return rules.verdict([finding], version="")
