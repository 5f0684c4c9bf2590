"""Verification of PDF/A and PDF/UA with page-validation, which is built in.

Input: the bytes of a PDF, and a standard that it declares. Output: a verdict. page-validation verifies
PDF/A-1 to 3 and PDF/UA-1 in milliseconds. Its known false alarms are listed with their reasons; such
a finding is reported as a note and does not fail the verdict.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from publisher.model import Finding, Severity, Verdict
from publisher.profiles import STANDARDS
from publisher.verify.rule import VerdictRules, VerificationRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BUILT_IN: Mapping[str, str] = MappingProxyType(
    {
        name: standard.page_validation
        for name, standard in STANDARDS.items()
        if standard.page_validation
    }
)
"""The standards that page-validation knows, with its name for each."""

RULES = VerdictRules(
    profile=", ".join(BUILT_IN),
    summary="the declared standards, by page-validation; one verdict for each",
    validator="page-validation",
    rules=(
        VerificationRule(
            clause="readable",
            problem="page-validation cannot read the file.",
            remedy="build the publication again; if it happens again, report this as a bug",
            standard="ISO 32000-1, 7.5",
        ),
    ),
    external_clauses="the rules of page-validation, each named after its standard and clause",
)
UNVERIFIED_RULES = VerdictRules(
    profile="STANDARD (not checked)",
    summary="a declared standard that no validator on this machine knows",
    validator="none",
    rules=(
        VerificationRule(
            clause="unchecked",
            problem="The file declares a standard that no validator on this machine knows.",
            remedy="to have publisher verify ask veraPDF, name its command in PUBLISHER_VERAPDF",
            standard="this program: a declared standard that is not verified is reported",
            severity=Severity.NOTE,
        ),
    ),
)

FALSE_ALARMS: Mapping[str, str] = MappingProxyType(
    {
        "STREAM-LENGTH-001": "a compressed stream that ends in 0x0D is taken for one byte too short",
        "GLYPH-WIDTH-001": "the widths of a bare CFF table are read without its font dictionaries (FD)",
        "SIGNATURE-BYTERANGE-001": "a signature covers the file as it was when it was made, and later "
        "signatures follow; the verdict on signatures covers this",
    }
)
"""Rules of page-validation 0.11 that veraPDF does not confirm, by the end of their names."""


MAX_TABLE_ROWS = 1 << 17
"""Rows that page-validation accepts in a table; a table of all figures of a report has thousands."""
MAX_REFERENCE_DEPTH = 1 << 16
"""Length of a chain of references; bookmarks of one level are a chain as long as the list."""


def validate(data: bytes, standard: str) -> Verdict:
    """Verify a file by one standard with page-validation.

    Args:
        data: The bytes of the PDF.
        standard: A key of ``BUILT_IN``.

    """
    import page

    rules = replace(RULES, profile=standard)
    limits = page.SafetyLimits(
        max_reference_depth=MAX_REFERENCE_DEPTH,
        max_table_grid_rows=MAX_TABLE_ROWS,
        max_table_span=MAX_TABLE_ROWS,
        max_table_grid_cells=MAX_TABLE_ROWS * 64,
    )
    try:
        report = page.validate_pdf_bytes(data, profile=BUILT_IN[standard], limits=limits)
    except page.PageError as error:
        return rules.verdict([rules.finding("readable", str(error))], version=page.__version__)
    findings = [
        Finding(
            clause=failure.rule_id,
            severity=Severity.NOTE if _false_alarm(failure.rule_id) else Severity.ERROR,
            message=failure.message,
            hint=_false_alarm(failure.rule_id),
        )
        for failure in report.failures
    ]
    return rules.verdict(findings, version=page.__version__)


def unverified_standards(
    declares: Iterable[str], verdicts: Iterable[Verdict]
) -> tuple[Verdict, ...]:
    """Return a verdict with a note for each declared standard that has no verdict."""
    verified = {verdict.profile for verdict in verdicts}
    return tuple(
        replace(UNVERIFIED_RULES, profile=f"{standard} (not checked)").verdict(
            [
                UNVERIFIED_RULES.finding(
                    "unchecked", f"{standard} is declared, but no validator here knows it"
                )
            ],
            version="",
        )
        for standard in declares
        if standard not in verified
    )


def _false_alarm(rule_id: str) -> str:
    """Return why a rule of page-validation is a known false alarm; empty if it is none."""
    reasons = (
        f"a known false alarm: {reason}"
        for suffix, reason in FALSE_ALARMS.items()
        if rule_id.endswith(suffix)
    )
    return next(reasons, "")
