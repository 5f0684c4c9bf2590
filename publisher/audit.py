"""Verification of an existing publication against its record, for a file or for a report in a bag.

Input: a PDF and the record that was written with it. Output: verdicts. The file must be the recorded
one; its embedded source with the recorded edits must give the recorded text; the PDF must contain this
text, its structure must match the page, and it must conform to the standards that it declares.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher._version import __version__
from publisher.errors import ConverterError, PublisherError, SourceError, VerificationError
from publisher.export import encode_dataset
from publisher.model import Severity
from publisher.pdf.document import read_pdf
from publisher.pdf.geometry import MM
from publisher.pdf.open_file import is_pdf, require_no_password
from publisher.pipeline import prepare_report
from publisher.readers import read_bytes
from publisher.record import (
    decode_additions,
    decode_edits,
    decode_options,
    read_record,
    record_path,
)
from publisher.record.decisions import decode_decisions
from publisher.system.software import software
from publisher.text.edits import ReplayError, replay_edits
from publisher.verify import PrintRequirements, verify_pdf
from publisher.verify.declared_standards import declared_standards
from publisher.verify.provenance_rules import RULES
from publisher.verify.signatures.signed_publications import recorded_revision_finding
from publisher.verify.signatures.validation import verify_signatures
from publisher.verify.text_comparison import remove_whitespace
from publisher.verify.uncompared_structure import uncompared_structure
from publisher.verify.unrecorded import verify_unrecorded
from publisher.verify.validators import unverified_standards, validate_in_process
from publisher.verify.verapdf import validate_with_verapdf
from publisher.volume.verification import verify_standalone_volume

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from asn1crypto.x509 import Certificate

    from publisher.model import Edit, Finding, Page, SourceText, Verdict
    from publisher.model.record_types import Record
    from publisher.options import Options
    from publisher.pdf.document import PdfDocument
    from publisher.pdf.embedded_files import EmbeddedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditResult:
    """The result of verifying a publication against its record."""

    verdicts: tuple[Verdict, ...]
    page: Page | None
    """The page that the file was made from; None if it cannot be rendered again here."""


def verify_file(path: Path, trust_anchors: Sequence[Certificate] = ()) -> tuple[Verdict, ...]:
    """Verify a publication against the record beside it; a volume, or a file without a record, by itself.

    Args:
        path: The PDF.
        trust_anchors: Root certificates that its signatures must chain to; if there are none, trust is
            not verified.

    Returns:
        Every verdict, those on signatures last.

    Raises:
        SourceUnreadableError: The file needs a password.
        VerificationError: The file or its record cannot be read.

    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise VerificationError(
            f"cannot be read: {error.strerror}", where=str(path), hint="check the name"
        ) from error
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
    audit = audit_publication(data, record, where=str(path))
    verdicts = (*audit.verdicts, *validate_with_verapdf(path, declares))
    return (*verdicts, *unverified_standards(declares, verdicts), signatures)


def audit_publication(
    data: bytes, record: Record, *, where: str, options: Options | None = None
) -> AuditResult:
    """Verify a file against its record.

    Args:
        data: The PDF.
        record: The record that was written with it.
        where: The path for error messages.
        options: The options to render the page with, if a style or a glossary has another path now; by
            default those of the record.

    Raises:
        VerificationError: The record is damaged.

    """
    try:
        pdf = _read_if_sound(data)
        source = _read_embedded_source(pdf, record) if pdf else None
        page = _render_page_again(source, record, options) if source else None
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
        findings = tuple(_verify_provenance(data, pdf, source, record))
    except (KeyError, TypeError, AttributeError, LookupError, ValueError) as error:
        raise VerificationError(
            f"its record is damaged: {type(error).__name__}: {error}",
            where=where,
            hint="build the report again",
        ) from error
    provenance = RULES.verdict(findings, version=__version__, fails_at=Severity.WARNING)
    verdicts = (provenance, *verdicts)
    if pdf and not page:
        verdicts += (
            uncompared_structure(
                "the page cannot be made again here" if source else "no source is embedded"
            ),
        )
    return AuditResult(verdicts=verdicts, page=page)


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
    return (*verify_standalone_volume(data, pdf, declares), *validate_with_verapdf(path, declares))


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _EmbeddedSource:
    """The source that is embedded in a file, and the result of reading it."""

    file: EmbeddedFile
    text: SourceText | None = None
    """None if it cannot be read."""
    edits: tuple[Edit, ...] = ()
    error: SourceError | None = None
    """Why it cannot be read."""


def _read_embedded_source(pdf: PdfDocument, record: Record) -> _EmbeddedSource | None:
    """Read the embedded source; return None if there is none."""
    sources = (file for file in pdf.embedded_files if file.relationship == "Source")
    file = next(sources, None)
    if file is None:
        return None
    encoding = record["source"]["encoding"]
    try:
        text, edits = read_bytes(file.data, name=file.name, encoding=encoding)
    except SourceError as error:
        return _EmbeddedSource(file=file, error=error)
    return _EmbeddedSource(file=file, text=text, edits=edits)


def _render_page_again(
    source: _EmbeddedSource, record: Record, options: Options | None
) -> Page | None:
    """Render the page that the file was made from again, from its embedded source.

    Returns:
        The page; None if it cannot be the same one, because another version of the software made it or
        a glossary or a style is missing here.

    """
    if source.text is None or record["software"] != software():
        return None
    try:
        options = options or decode_options(record)
        prepared = prepare_report(
            source.text,
            source.edits,
            options,
            where=source.file.name,
            decisions=decode_decisions(record),
        )
    except PublisherError:
        return None
    text = replay_edits(source.text.decoded, prepared.edits)
    return prepared.page if text == record["text"] else None


def _verify_provenance(
    data: bytes, pdf: PdfDocument | None, source: _EmbeddedSource | None, record: Record
) -> Iterator[Finding]:
    """Yield where the file, its embedded files and the record do not belong together."""
    recorded_sha256 = record["pdf"]["sha256"]
    if hashlib.sha256(data).hexdigest() != recorded_sha256:
        yield recorded_revision_finding(data, recorded_sha256) or _finding(
            "the file is not the one that the record was written for"
        )
    if pdf is None:
        return
    declared = declared_standards(pdf.xmp)
    if declared != set(record["pdf"]["declares"]):
        yield _finding(f"the file declares {sorted(declared)}, its record something else")
    for file in pdf.embedded_files:
        if file.relationship == "Data" and file.data != encode_dataset("csv", record):
            yield _finding("the embedded figures are not the recorded ones")
    if source:
        yield from _verify_source(source, record)


def _verify_source(source: _EmbeddedSource, record: Record) -> Iterator[Finding]:
    """Yield where the embedded source with the recorded edits is not the recorded text."""
    if hashlib.sha256(source.file.data).hexdigest() != record["source"]["sha256"]:
        yield _finding("the embedded source is not the recorded one")
        return
    if isinstance(source.error, ConverterError):
        yield RULES.finding(
            "provenance",
            f"the embedded source cannot be read here: {source.error.message}",
            severity=Severity.NOTE,
            hint=source.error.hint,
        )
        return
    if source.text is None:
        reason = source.error.message if source.error else ""
        yield _finding(f"the embedded source cannot be read: {reason}")
        return
    try:
        text = replay_edits(source.text.decoded, decode_edits(record))
    except ReplayError as error:
        yield _finding(f"the recorded edits do not fit the source: {error}")
        return
    if remove_whitespace(text) != remove_whitespace(record["text"]):
        yield _finding("the source and the recorded edits do not give the recorded text")


def _finding(message: str) -> Finding:
    return RULES.finding("provenance", message)
