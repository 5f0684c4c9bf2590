"""A bag judged: whether it is whole, and whether what is in it is what it says.

Enters: a bag. Leaves: findings, each with the file that it is about, and the verdicts on every report. After the bytes come
the meanings: each PDF is judged by its record as ``verify`` does; the source, the figures, the page and the
verdicts beside it must be those that it was made from and with, PREMIS must say what the files are, and the
metadata what the records say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.archive.bag_layout import (
    ALWAYS,
    CSV,
    PREMIS,
    SOURCES,
    report_path,
    verdict_path,
)
from publisher.archive.bag_reports import read_kept, report_names
from publisher.archive.fixity import ABSENT, BagFinding, check_fixity, found, take_inventory
from publisher.archive.limited_process import run_bounded, run_here
from publisher.archive.metadata_check import check_metadata
from publisher.archive.premis_xml import read_fixities
from publisher.archive.unexpected_files import check_belonging, verdict_of
from publisher.audit import audit_publication
from publisher.errors import PublisherError
from publisher.export import encode_dataset
from publisher.model import Finding, Severity, Verdict
from publisher.output_names import PAGE, PDF, RECORD
from publisher.record import encode_json
from publisher.verify.signatures.validation import verify_signatures
from publisher.verify.validators import unverified_standards
from publisher.verify.verapdf import validate_with_verapdf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from asn1crypto.x509 import Certificate

    from publisher.archive.bag_reports import Kept
    from publisher.archive.fixity import Inventory
    from publisher.audit import AuditResult
    from publisher.model import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A report of a bag, judged by its record."""

    pdf: str
    """Its path in the bag."""
    verdicts: tuple[Verdict, ...]

    @property
    def passed(self) -> bool:
        """Whether every judge passed it."""
        return all(one.passed for one in self.verdicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of checking a bag."""

    files: int
    findings: tuple[BagFinding, ...]
    reports: tuple[Judged, ...]

    @property
    def passed(self) -> bool:
        """Whether the bag is whole and everything in it is what it says."""
        errors = (one.finding.severity is Severity.ERROR for one in self.findings)
        return not any(errors) and all(one.passed for one in self.reports)


def check(bag: Path, trusted: Sequence[Certificate] = ()) -> Checked:
    """Check a bag; signatures should lead to the ``trusted`` certificates.

    Raises ``VerificationError`` only where veraPDF was named and cannot be run.
    """
    inventory = take_inventory(bag)
    findings = [*check_fixity(inventory), *_check_premis(inventory)]
    reports: list[Judged] = []
    read: list[Kept] = []
    names = report_names(inventory.fixities)
    for name in names:
        if report_path(name, PDF) not in inventory.fixities:
            continue  # told as missing
        try:
            kept = read_kept(inventory, name)
            read.append(kept)
            judged, beside = _judged(inventory, kept, trusted)
        except PublisherError as error:
            findings.append(found(report_path(name, RECORD), error.message, error.hint))
            continue
        findings += beside
        reports.append(judged)
    findings += check_belonging(inventory, names, read)
    if len(read) == len(names):
        findings += check_metadata(inventory, read)
    return Checked(files=len(inventory.fixities), findings=tuple(findings), reports=tuple(reports))


def _publication(kept: Kept) -> AuditResult:
    return audit_publication(kept.data, kept.record, where=kept.where, options=kept.options)


def _judged(
    inventory: Inventory, kept: Kept, trusted: Sequence[Certificate]
) -> tuple[Judged, list[BagFinding]]:
    """Judge a report; return what is wrong with it and with what lies beside it."""
    pdf = report_path(kept.name, PDF)
    judgement = (run_bounded if kept.brings_style else run_here)(_publication, kept)
    verdicts = (
        *judgement.verdicts,
        *validate_with_verapdf(inventory.bag / pdf, kept.record["pdf"]["declares"]),
    )
    verdicts = (
        *verdicts,
        *unverified_standards(kept.record["pdf"]["declares"], verdicts),
        verify_signatures(kept.data, trusted),
    )
    beside = [
        BagFinding(path=pdf, finding=finding)
        for verdict in verdicts
        for finding in verdict.findings
    ]
    beside += _beside(inventory, kept, judgement.page)
    return Judged(pdf=pdf, verdicts=verdicts), beside


def _beside(inventory: Inventory, kept: Kept, page: Page | None) -> Iterator[BagFinding]:
    """Yield what lies beside a PDF and is not what it was made from and with."""
    record = kept.record
    for suffix in ALWAYS:
        if report_path(kept.name, suffix) not in inventory.fixities:
            yield found(report_path(kept.name, suffix), "is missing, though its report is here")
    if not kept.source:
        yield found(
            report_path(kept.name, RECORD), f"its source is nowhere in {SOURCES}, by its digest"
        )
    yield from _differs(
        inventory,
        report_path(kept.name, CSV),
        encode_dataset("csv", record),
        "its figures are not those of the record",
    )
    html = report_path(kept.name, PAGE)
    if page:
        yield from _differs(
            inventory, html, page.standalone().encode(), "is not the page that the source gives"
        )
    else:
        yield BagFinding(path=html, finding=_page_not_compared())
    for verdict in record["pdf"]["verdicts"]:
        path = verdict_path(kept.name, verdict_of(verdict["profile"], verdict["validator"]))
        yield from _differs(
            inventory, path, encode_json(verdict), "is not the verdict that the record tells of"
        )


def _page_not_compared() -> Finding:
    return Finding(
        clause="bag",
        severity=Severity.NOTE,
        message="was not compared with the source: other software made it, or it cannot be read here",
        hint="its digest is checked all the same",
    )


def _differs(inventory: Inventory, path: str, wanted: bytes, message: str) -> Iterator[BagFinding]:
    if path not in inventory.fixities:
        yield found(path, ABSENT)
    elif inventory.read(path) != wanted:
        yield found(path, message)


def _check_premis(inventory: Inventory) -> Iterator[BagFinding]:
    """Yield where PREMIS says otherwise than the files."""
    fixities = inventory.fixities
    if PREMIS not in fixities:
        yield found(PREMIS, "is missing")
        return
    try:
        described = read_fixities(inventory.read(PREMIS))
    except ValueError as error:
        yield found(PREMIS, f"cannot be read: {error}")
        return
    payload = {path: one for path, one in fixities.items() if path.startswith("data/")}
    for path in sorted({*payload, *described}):
        if path not in described:
            yield found(PREMIS, f"does not describe {path}")
        elif path not in payload:
            yield found(PREMIS, f"describes {path}, which is not there")
        elif described[path] != payload[path]:
            yield found(PREMIS, f"has another size or digest for {path}")
