"""Verification of an existing publication against its record, for a file or for a report in a bag.

Input: a PDF and the record that was written with it. Output: verdicts. The file must be the recorded
one; its embedded source with the recorded edits must give the recorded text; the claims of
the record must be what the source gives when the publication is made again; the PDF must contain the text, its
structure must match the page, and it must conform to the standards that it declares.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher._version import __version__
from publisher.audit.evidence import (
    NO_EVIDENCE,
    Evidence,
    options_without_proof,
    read_source,
    remake_publication,
    same_page,
)
from publisher.audit.provenance import provenance_findings
from publisher.audit.record_verdict import judge_record
from publisher.audit.remaking import Remaking
from publisher.audit.source_files import decisions_beside, named_source, source_beside
from publisher.errors import PublisherError, VerificationError
from publisher.extensions.guards import located
from publisher.messages import translatable
from publisher.model import Severity
from publisher.pdf.document import read_pdf
from publisher.pdf.geometry import MM
from publisher.pdf.open_file import is_pdf, read_pdf_file, require_no_password
from publisher.record import decode_additions, read_record, record_path
from publisher.verify import PrintRequirements, verify_pdf
from publisher.verify.declared_standards import declared_standards
from publisher.verify.provenance_rules import RULES
from publisher.verify.signatures.signed_publications import unsigned_revision
from publisher.verify.signatures.validation import verify_signatures
from publisher.verify.text_comparison import formula_content
from publisher.verify.uncompared_structure import uncompared_structure
from publisher.verify.unrecorded import verify_unrecorded
from publisher.verify.validators import unverified_standards, validate_in_process
from publisher.verify.verapdf import validate_with_verapdf
from publisher.verify.visibility.verification import verify_visibility
from publisher.volume.verification import verify_standalone_volume

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from asn1crypto.x509 import Certificate

    from publisher.audit.evidence import ReadSource
    from publisher.model import Page, Verdict
    from publisher.model.record_types import Record
    from publisher.pdf.document import PdfDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditResult:
    """The result of verifying a publication against its record."""

    verdicts: tuple[Verdict, ...]
    page: Page | None
    """The page that the file was made from; None if it cannot be rendered again here."""
    files: Mapping[str, bytes] | None = None
    """The content of each file of the publication made again, by its suffix; None if it cannot be made."""


def verify_file(
    path: Path,
    trust_anchors: Sequence[Certificate] = (),
    *,
    source: Path | None = None,
    evidence: Evidence | None = None,
) -> tuple[Verdict, ...]:
    """Verify a publication against the record beside it; a volume, or a file without a record, by itself.

    Args:
        path: The PDF.
        trust_anchors: Root certificates that its signatures must chain to; if there are none, trust is
            not verified.
        source: The source of the publication; by default the embedded one, or else the file with its name
            and digest beside the PDF or in the folder above.
        evidence: The source and the decisions file, instead of those that are named or beside the PDF.

    Returns:
        Every verdict, those on signatures last.

    Raises:
        SourceNotFoundError: There is no such file.
        SourceUnreadableError: The file needs a password.
        VerificationError: The file or its record cannot be read.

    """
    data = read_pdf_file(path)
    require_no_password(data, where=str(path))
    signatures = verify_signatures(data, trust_anchors)
    if not record_path(path).exists() and (volume_verdicts := _verify_volume(path, data)):
        return (*volume_verdicts, signatures)
    if not record_path(path).exists() and not is_pdf(data):
        raise VerificationError(
            "is not a PDF or a bag",
            where=str(path),
            hint="name a PDF that publisher built, with its record beside it, or a bag",
        )
    if not record_path(path).exists():
        return (*_verify_without_record(path, data), signatures)
    record = read_record(path)
    declares = record["pdf"]["declares"]
    evidence = evidence or Evidence(
        source=named_source(source, record) if source else source_beside(path, record),
        decisions=decisions_beside(path, record),
    )
    audit = audit_publication(data, record, where=str(path), evidence=evidence)
    verdicts = (*audit.verdicts, *validate_with_verapdf(path, declares))
    return (*verdicts, *unverified_standards(declares, verdicts), signatures)


def audit_publication(
    data: bytes, record: Record, *, where: str, evidence: Evidence = NO_EVIDENCE
) -> AuditResult:
    """Verify a file against its record.

    Args:
        data: The PDF.
        record: The record that was written with it.
        where: The path for error messages.
        evidence: What the record is compared with, besides the PDF.

    Raises:
        VerificationError: The record is damaged.
        ExtensionError: An extension that it names is not installed.

    """
    try:
        pdf = _read_if_sound(data)
        with located(where):
            source = read_source(pdf, record, evidence)
        remaking = remake_publication(pdf, data, source, record, evidence) if pdf else Remaking()
        page = same_page(remaking, record)
        verdicts = verify_pdf(
            data,
            text=record["text"],
            additions=decode_additions(record),
            declares=record["pdf"]["declares"],
            version=__version__,
            html=page.html if page else "",
            print_requirements=PrintRequirements(bleed=record["options"].get("bleed", 0) * MM),
            validator=validate_in_process,
        )
        findings = tuple(provenance_findings(data, pdf, source, record))
        # the record is about the file before signing; who signs writes dates and producer again
        recorded = unsigned_revision(data, record["pdf"]["sha256"]) or data
        recorded_pdf = pdf if len(recorded) == len(data) else _read_if_sound(recorded) or pdf
        judgement = (
            judge_record(
                record,
                recorded_pdf,
                remaking,
                length=len(recorded),
                decisions_here=evidence.decisions is not None,
                effects=options_without_proof(source, record, remaking, evidence),
            )
            if recorded_pdf
            else None
        )
    except (KeyError, TypeError, AttributeError, LookupError, ValueError) as error:
        raise VerificationError(
            translatable(
                "its record is damaged: {name}: {error}", name=type(error).__name__, error=error
            ),
            where=where,
            hint="build the report again",
        ) from error
    provenance = RULES.verdict(findings, version=__version__, fails_at=Severity.WARNING)
    verdicts = (provenance, *([judgement] if judgement else []), *verdicts)
    if pdf:
        verdicts += (_verify_visibility(data, pdf),)
    if pdf and not page:
        verdicts += (uncompared_structure(_no_page(source, remaking)),)
    return AuditResult(verdicts=verdicts, page=page, files=remaking.files)


def _verify_visibility(data: bytes, pdf: PdfDocument) -> Verdict:
    """Return the verdict on whether the text of a publication or a volume can be seen."""
    return verify_visibility(data, version=__version__, formulas=formula_content(pdf))


def _no_page(source: ReadSource | None, remaking: Remaking) -> str:
    """Return why there is no page to compare the structure with."""
    if source is None:
        return "no source is embedded"
    reason = remaking.impossible or remaking.other_style or remaking.reason
    return reason or "the page cannot be made again here"


_VOLUME_CREATOR = re.compile(r"<xmp:CreatorTool>Publisher \S+ volume<")


def _verify_volume(path: Path, data: bytes) -> tuple[Verdict, ...]:
    """Return the verdicts on a volume, which has no record; nothing for any other file."""
    pdf = _read_if_sound(data)
    # the sheets of an imposed volume have the same metadata, but no structure tree
    if (
        pdf is None
        or pdf.structure is None
        or not _VOLUME_CREATOR.search(pdf.xmp.decode(errors="replace"))
    ):
        return ()
    declares = sorted(declared_standards(pdf.xmp))
    verdicts = (*verify_standalone_volume(data, pdf, declares), _verify_visibility(data, pdf))
    verdicts = (*verdicts, *validate_with_verapdf(path, declares))
    return (*verdicts, *unverified_standards(declares, verdicts))


def _verify_without_record(path: Path, data: bytes) -> tuple[Verdict, ...]:
    """Return the verdicts on a file of any maker, or on a publication whose record is not beside it."""
    try:
        declares, built_in = verify_unrecorded(data, version=__version__)
    except PublisherError as error:
        raise type(error)(error.message, hint=error.hint, where=str(path)) from error
    verdicts = (*built_in, *validate_with_verapdf(path, declares))
    return (*verdicts, *unverified_standards(declares, verdicts))


def _read_if_sound(data: bytes) -> PdfDocument | None:
    """Return the file as read; None if it cannot be read, which ``verify_pdf`` reports."""
    try:
        return read_pdf(data)
    except VerificationError:
        return None


__all__ = ["NO_EVIDENCE", "AuditResult", "Evidence", "audit_publication", "verify_file"]
