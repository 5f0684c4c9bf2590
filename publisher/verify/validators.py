"""Verification of PDF/A and PDF/UA with page-validation, which is built in.

Input: the bytes of a PDF, and a standard that it declares. Output: a verdict. page-validation verifies
PDF/A-1 to 3 and PDF/UA-1 in milliseconds. What ``false_alarms`` proves to be a false alarm is reported as a note and
does not fail the verdict.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import partial
from math import inf
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from publisher.errors import HARMFUL_FILE
from publisher.messages import translatable
from publisher.model import Finding, Severity, Verdict
from publisher.profiles import STANDARDS
from publisher.system.limited_program import ProgramError, ProgramLimits, run_limited
from publisher.verify.false_alarms import sort_out
from publisher.verify.rule import VerdictRules, VerificationRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from publisher.verify.false_alarms import Alarm, Failures

BUILT_IN: Mapping[str, str] = MappingProxyType(
    {
        name: standard.page_validation
        for name, standard in STANDARDS.items()
        if standard.page_validation
    }
)
"""The standards of our profiles that page-validation knows, with its name for each."""

PAGE_VALIDATION: Mapping[str, str] = MappingProxyType(
    {f"PDF/A-{level}": level for level in ("1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u")}
    | dict(BUILT_IN)
)
"""Every standard that page-validation knows; files of other programs declare the others."""

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

MAX_TABLE_ROWS = 1 << 17
"""Rows that page-validation accepts in a table; a table of all figures of a report has thousands."""
MAX_REFERENCE_DEPTH = 1 << 16
"""Length of a chain of references; bookmarks of one level are a chain as long as the list."""
MAX_THREAD_OBJECTS = 8_000
"""Objects of the longest file that is verified in a thread.

page-validation follows references by recursion, and takes half a kilobyte of stack for each; a thread has 8 MB.
"""

_LIMITS: Mapping[str, int] = {
    "max_reference_depth": MAX_REFERENCE_DEPTH,
    "max_table_grid_rows": MAX_TABLE_ROWS,
    "max_table_span": MAX_TABLE_ROWS,
    "max_table_grid_cells": MAX_TABLE_ROWS * 64,
}
PROGRAM_LIMITS = ProgramLimits(megabytes=4096, seconds=240)
"""What page-validation may use in a process of its own."""
_SIZE = re.compile(rb"/Size (\d+)")
_PROGRAM = Path(__file__).with_name("validator_program.py")


def validate(data: bytes, standard: str) -> Verdict:
    """Verify a file that this program has just made by one standard with page-validation.

    A file of more than ``MAX_THREAD_OBJECTS`` is verified in a process of its own, whose stack suffices for a chain of
    bookmarks.

    Args:
        data: The bytes of the PDF.
        standard: A key of ``PAGE_VALIDATION``.

    """
    if _object_count(data) > MAX_THREAD_OBJECTS:
        return validate_in_process(data, standard)
    import page

    rules = replace(RULES, profile=standard)
    try:
        alarms = sort_out(_failures(data, standard), data, None)
    except page.PageError as error:
        return rules.verdict([rules.finding("readable", str(error))], version=page.__version__)
    return rules.verdict(_findings(alarms), version=page.__version__)


def _object_count(data: bytes) -> float:
    """Return how many objects a file has by its last cross-references; infinite if they do not say it."""
    _, _, offset = data.rpartition(b"startxref")
    number = offset.split(maxsplit=1)[:1]
    size = _SIZE.search(data, int(number[0])) if number and number[0].isdigit() else None
    return int(size[1]) if size else inf


def _failures(data: bytes, standard: str) -> Failures:
    """Return the rules that fail, with their messages; raise ``page.PageError`` for an unreadable file."""
    import page

    report = page.validate_pdf_bytes(
        data, profile=PAGE_VALIDATION[standard], limits=page.SafetyLimits(**_LIMITS)
    )
    return [(failure.rule_id, failure.message) for failure in report.failures]


def validate_in_process(data: bytes, standard: str) -> Verdict:
    """Verify a file of strangers, or one of many objects, by one standard in a process of its own.

    page-validation is native code; if a file kills it or keeps it busy without end, that is the verdict.

    Args:
        data: The bytes of the PDF.
        standard: A key of ``PAGE_VALIDATION``.

    """
    rules = replace(RULES, profile=standard)
    result = _run_program(data, standard)
    if result.problem:
        hint = None if result.version else HARMFUL_FILE
        finding = rules.finding("readable", result.problem, hint=hint)
        return rules.verdict([finding], version=result.version)
    alarms = sort_out(result.failures, data, partial(_failures_in_process, standard=standard))
    return rules.verdict(_findings(alarms), version=result.version)


@dataclass(frozen=True, slots=True, kw_only=True)
class _ProgramResult:
    """What page-validation says in a process of its own."""

    failures: Failures
    problem: str = ""
    """Why it says nothing; empty if it judged the file."""
    version: str = ""
    """Its version; empty if it did not end properly."""


def _run_program(data: bytes, standard: str) -> _ProgramResult:
    """Run page-validation in a process of its own."""
    arguments = PAGE_VALIDATION[standard], json.dumps(_LIMITS)
    try:
        result = run_limited(_PROGRAM, data, *arguments, limits=PROGRAM_LIMITS)
    except ProgramError as error:
        return _ProgramResult(
            failures=[],
            problem=translatable("page-validation cannot judge the file: {problem}", problem=error),
        )
    failures = [(rule, message) for rule, message in result["failures"]]
    return _ProgramResult(failures=failures, problem=result["error"], version=result["version"])


def _failures_in_process(data: bytes, standard: str) -> Failures:
    """Return the rules that fail; raise ``ValueError`` if the file cannot be judged."""
    result = _run_program(data, standard)
    if result.problem:
        raise ValueError(result.problem)
    return result.failures


def _findings(alarms: Iterable[Alarm]) -> list[Finding]:
    """Return the findings; a false alarm is a note with its reason."""
    return [
        Finding(
            clause=alarm.rule,
            severity=Severity.NOTE if alarm.reason else Severity.ERROR,
            message=translatable("{original}", original=alarm.message),
            hint=translatable("a known false alarm: {reason}", reason=alarm.reason)
            if alarm.reason
            else "",
        )
        for alarm in alarms
    ]


def unverified_standards(
    declares: Iterable[str], verdicts: Iterable[Verdict]
) -> tuple[Verdict, ...]:
    """Return a verdict with a note for each declared standard that has no verdict."""
    verified = {verdict.profile for verdict in verdicts}
    return tuple(
        replace(
            UNVERIFIED_RULES, profile=translatable("{standard} (not checked)", standard=standard)
        ).verdict(
            [
                UNVERIFIED_RULES.finding(
                    "unchecked",
                    translatable(
                        "{standard} is declared, but no validator here knows it", standard=standard
                    ),
                )
            ],
            version="",
        )
        for standard in declares
        if standard not in verified
    )
