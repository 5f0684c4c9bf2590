"""Validators of the standards, each as an adapter of one shape: PDF in, verdict out.

``page-validation`` is built in: PDF/A-1 to 3 and PDF/UA-1 in milliseconds. Its known false alarms
are a table with the reason; a finding in the table is told as a note and fails nothing.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from publisher.model import Finding, Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BUILT_IN: Mapping[str, str] = MappingProxyType({"PDF/A-3a": "3a", "PDF/UA-1": "ua1"})
"""The declared standards that page-validation knows, and its name for each."""

FALSE_ALARMS: Mapping[str, str] = MappingProxyType(
    {
        "STREAM-LENGTH-001": "a compressed stream that ends in 0x0D is taken for one byte short",
        "GLYPH-WIDTH-001": "the widths of a bare CFF table are read without what its FDs add",
        "SIGNATURE-BYTERANGE-001": "a signature covers what was there when it was made, and others follow; whether it does, its own verdict says",
    }
)
"""Rules of page-validation 0.11 that veraPDF does not confirm, by the end of their names."""


MOST_ROWS = 1 << 17
"""A table of every figure of a long report has thousands of rows."""
DEEPEST = 1 << 16
"""References from object to object: bookmarks side by side are a chain as long as the list."""


def validate(data: bytes, standard: str) -> Verdict:
    """Judge a file by one standard that it declares; ``standard`` is a key of ``BUILT_IN``."""
    import page

    limits = page.SafetyLimits(
        max_reference_depth=DEEPEST,
        max_table_grid_rows=MOST_ROWS,
        max_table_span=MOST_ROWS,
        max_table_grid_cells=MOST_ROWS * 64,
    )
    try:
        report = page.validate_pdf_bytes(data, profile=BUILT_IN[standard], limits=limits)
    except page.PageError as error:
        refused = Finding(clause="readable", severity=Severity.ERROR, message=str(error))
        return Verdict(
            profile=standard,
            validator="page-validation",
            version=page.__version__,
            passed=False,
            findings=(refused,),
        )
    findings = tuple(
        Finding(
            clause=failure.rule_id,
            severity=Severity.NOTE if _false_alarm(failure.rule_id) else Severity.ERROR,
            message=failure.message,
            hint=_false_alarm(failure.rule_id),
        )
        for failure in report.failures
    )
    return Verdict(
        profile=standard,
        validator="page-validation",
        version=page.__version__,
        passed=all(finding.severity is Severity.NOTE for finding in findings),
        findings=findings,
    )


def unverified_standards(
    declares: Iterable[str], verdicts: Iterable[Verdict]
) -> tuple[Verdict, ...]:
    """Return, for each declared standard that nobody judged, a verdict that says so."""
    judged = {verdict.profile for verdict in verdicts}
    return tuple(
        Verdict(
            profile=f"{standard} (not checked)",
            validator="none",
            version="",
            passed=True,
            findings=(_not_checked(standard),),
        )
        for standard in declares
        if standard not in judged
    )


def _not_checked(standard: str) -> Finding:
    return Finding(
        clause="unchecked",
        severity=Severity.NOTE,
        message=f"{standard} is declared, and no validator here knows it",
        hint="publisher verify asks veraPDF, where PUBLISHER_VERAPDF names it",
    )


def _false_alarm(rule: str) -> str:
    return next(
        (f"a known false alarm: {why}" for end, why in FALSE_ALARMS.items() if rule.endswith(end)),
        "",
    )
