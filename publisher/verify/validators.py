"""Verification of PDF/A and PDF/UA with page-validation, which is built in.

Input: the bytes of a PDF, and a standard that it declares. Output: a verdict. page-validation verifies
PDF/A-1 to 3 and PDF/UA-1 in milliseconds. Its known false alarms are listed with their reasons; such
a finding is reported as a note and does not fail the verdict.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

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

_LIMITS: Mapping[str, int] = {
    "max_reference_depth": MAX_REFERENCE_DEPTH,
    "max_table_grid_rows": MAX_TABLE_ROWS,
    "max_table_span": MAX_TABLE_ROWS,
    "max_table_grid_cells": MAX_TABLE_ROWS * 64,
}
MAX_SECONDS = 300
"""How long page-validation may take in a process of its own."""
_PROGRAM = Path(__file__).with_name("validator_program.py")


def validate(data: bytes, standard: str) -> Verdict:
    """Verify a file by one standard with page-validation.

    Args:
        data: The bytes of the PDF.
        standard: A key of ``BUILT_IN``.

    """
    import page

    rules = replace(RULES, profile=standard)
    try:
        report = page.validate_pdf_bytes(
            data, profile=BUILT_IN[standard], limits=page.SafetyLimits(**_LIMITS)
        )
    except page.PageError as error:
        return rules.verdict([rules.finding("readable", str(error))], version=page.__version__)
    failures = [(failure.rule_id, failure.message) for failure in report.failures]
    return rules.verdict(_findings(failures), version=page.__version__)


def validate_in_process(data: bytes, standard: str) -> Verdict:
    """Verify a file of strangers by one standard, in a process of its own.

    page-validation is native code; if a file kills it or keeps it busy without end, that is the verdict.

    Args:
        data: The bytes of the PDF.
        standard: A key of ``BUILT_IN``.

    """
    rules = replace(RULES, profile=standard)
    command = [sys.executable, "-P", str(_PROGRAM), BUILT_IN[standard], json.dumps(_LIMITS)]
    try:
        process = subprocess.run(  # noqa: S603 - this interpreter with a program of this package
            command, input=data, capture_output=True, timeout=MAX_SECONDS, check=False
        )
        result: dict[str, Any] = json.loads(process.stdout) if process.returncode == 0 else {}
        problem = result["error"] if result else f"it ended with the code {process.returncode}"
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        result, problem = {}, f"it gave no result: {type(error).__name__}"
    if problem:
        message = problem if result else f"page-validation cannot judge the file: {problem}"
        hint = None if result else "ask for the file again; this one is damaged, or made to do harm"
        finding = rules.finding("readable", message, hint=hint)
        return rules.verdict([finding], version=result.get("version", ""))
    return rules.verdict(_findings(result["failures"]), version=result["version"])


def _findings(failures: Iterable[tuple[str, str]]) -> list[Finding]:
    """Return the findings on failures, each with its rule and its message."""
    return [
        Finding(
            clause=rule_id,
            severity=Severity.NOTE if _false_alarm(rule_id) else Severity.ERROR,
            message=message,
            hint=_false_alarm(rule_id),
        )
        for rule_id, message in failures
    ]


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
