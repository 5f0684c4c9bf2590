"""The rules of the verdict ``provenance``: a file, its record and its embedded source belong together."""

from __future__ import annotations

from publisher.verify.rule import VerdictRules, VerificationRule

RULES = VerdictRules(
    profile="provenance",
    summary="the file and its embedded source against the record",
    rules=(
        VerificationRule(
            clause="provenance",
            problem="The file is not the one that the record describes, declares other standards, or has "
            "other figures or another source embedded; or the source with the recorded edits does not "
            "give the recorded text.",
            remedy="the PDF or its record was changed, or they belong to different builds; build it again",
            standard="this program: a PDF and its record belong together",
        ),
    ),
)
