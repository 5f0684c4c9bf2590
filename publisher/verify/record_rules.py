"""The rules of the verdict ``record``: what the record claims, against the source and the PDF."""

from __future__ import annotations

from publisher.model import Severity
from publisher.verify.rule import VerdictRules, VerificationRule

RULES = VerdictRules(
    profile="record",
    summary="the claims of the record, made again from the source and read from the PDF",
    rules=(
        VerificationRule(
            clause="claim",
            problem="A claim of the record is not what the source gives, or not what the PDF shows.",
            remedy="the record was changed, or the options that it names are not those of the build; build "
            "the report again",
            standard="this program: a record states nothing that its source and its PDF do not say",
        ),
        VerificationRule(
            clause="other versions",
            problem="The record, made again with other versions of the software, is another one; a version or a change of "
            "the record may be the cause.",
            remedy="verify it with the versions of the record, which software lists; publisher --version prints version "
            "and code of this program",
            standard="this program: what cannot be told is reported",
            severity=Severity.WARNING,
        ),
        VerificationRule(
            clause="uncompared",
            problem="A claim of the record is not compared: the source is not here, or other software made it.",
            remedy="to have it compared, name the source with --source, and verify with the same version of "
            "the software",
            standard="this program: a comparison that is left out is reported",
            severity=Severity.NOTE,
        ),
    ),
)
