"""A publication that exists, judged by its record: what ``verify`` asks of a file or of a bag.

Enters: a PDF and the record that was written with it. Leaves: verdicts. The file must be the recorded
one, its embedded source with the recorded edits must give the recorded text, the PDF must say
that text, its structure what the page says, and the validators must agree with what it declares.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher._version import __version__
from publisher.errors import ConverterError, PublisherError, SourceError, VerificationError
from publisher.export import encode_dataset
from publisher.model import Finding, Severity, Verdict
from publisher.pdf.document import read_pdf
from publisher.pdf.geometry import MM
from publisher.pipeline import prepare_report
from publisher.readers import read_bytes
from publisher.record import (
    decode_additions,
    decode_edits,
    decode_options,
    read_record,
    record_path,
)
from publisher.system.software import software
from publisher.text.edits import ReplayError, replay_edits
from publisher.verify import PrintRequirements, verify_pdf
from publisher.verify.signatures.signed_publications import recorded_revision_finding
from publisher.verify.signatures.validation import verify_signatures
from publisher.verify.text_comparison import remove_whitespace
from publisher.verify.validators import unverified_standards
from publisher.verify.verapdf import validate_with_verapdf
from publisher.volume.verification import judge_alone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from asn1crypto.x509 import Certificate

    from publisher.model import Edit, Page, SourceText
    from publisher.model.record_types import Record
    from publisher.options import Options
    from publisher.pdf.document import PdfDocument
    from publisher.pdf.embedded_files import EmbeddedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditResult:
    """What came of judging a publication."""

    verdicts: tuple[Verdict, ...]
    page: Page | None
    """The page that the file was made from, where it could be made again."""


def verify_file(path: Path, trust_anchors: Sequence[Certificate] = ()) -> tuple[Verdict, ...]:
    """Return every verdict on an existing publication; raise where it cannot be judged.

    Its signatures should lead to the ``trust_anchors``.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise VerificationError(
            f"cannot be read: {error.strerror}", where=str(path), hint="check the name"
        ) from error
    signatures = verify_signatures(data, trust_anchors)
    if not record_path(path).exists() and (alone := _volume(path, data)):
        return (*alone, signatures)
    record = read_record(path)
    judgement = audit_publication(data, record, where=str(path))
    reference = validate_with_verapdf(path, record["pdf"]["declares"])
    verdicts = (*judgement.verdicts, *reference)
    return (*verdicts, *unverified_standards(record["pdf"]["declares"], verdicts), signatures)


def audit_publication(
    data: bytes, record: Record, *, where: str, options: Options | None = None
) -> AuditResult:
    """Judge a file by its record; raise ``VerificationError`` where the record is damaged.

    ``options`` are those of the record, unless a style or a glossary lies elsewhere now.
    """
    try:
        pdf = _read(data)
        source = _embedded_source(pdf, record) if pdf else None
        page = _page_again(source, record, options) if source else None
        verdicts = verify_pdf(
            data,
            text=record["text"],
            additions=decode_additions(record),
            declares=record["pdf"]["declares"],
            version=__version__,
            html=page.html if page else "",
            print_requirements=PrintRequirements(bleed=record["options"].get("bleed", 0) * MM),
        )
        findings = tuple(_strayed(data, pdf, source, record))
    except (KeyError, TypeError, AttributeError, LookupError, ValueError) as error:
        raise VerificationError(
            f"its record is damaged: {type(error).__name__}: {error}",
            where=where,
            hint="build the report again",
        ) from error
    provenance = Verdict(
        profile="provenance",
        validator="publisher",
        version=__version__,
        passed=all(one.severity is Severity.NOTE for one in findings),
        findings=findings,
    )
    return AuditResult(verdicts=(provenance, *verdicts), page=page)


_VOLUME = re.compile(r"<xmp:CreatorTool>Publisher \S+ volume<")


def _volume(path: Path, data: bytes) -> tuple[Verdict, ...]:
    """Return the verdicts on a volume, which has no record; none on any other file."""
    pdf = _read(data)
    if pdf is None or pdf.structure is None or not _VOLUME.search(pdf.xmp.decode(errors="replace")):
        return ()  # the sheets of an imposed volume have its metadata, and are none
    declares = sorted(_declared(pdf))
    return (*judge_alone(data, pdf, declares), *validate_with_verapdf(path, declares))


def _read(data: bytes) -> PdfDocument | None:
    """Return the file as read; nothing where it cannot be, which ``verify_pdf`` tells."""
    try:
        return read_pdf(data)
    except VerificationError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """The source inside a file, and what reading it gave."""

    file: EmbeddedFile
    text: SourceText | None = None
    edits: tuple[Edit, ...] = ()
    error: SourceError | None = None


def _embedded_source(pdf: PdfDocument, record: Record) -> _Source | None:
    """Read the source inside a file, once; nothing where none is inside."""
    file = next((one for one in pdf.embedded_files if one.relationship == "Source"), None)
    if file is None:
        return None
    encoding = record["source"]["encoding"]
    try:
        text, edits = read_bytes(file.data, name=file.name, encoding=encoding)
    except SourceError as error:
        return _Source(file=file, error=error)
    return _Source(file=file, text=text, edits=edits)


def _page_again(source: _Source, record: Record, options: Options | None) -> Page | None:
    """Return the page that the file was made from, made again from the source inside it.

    Nothing where it cannot be the same page: another version made it, or a glossary or a style
    that is not at hand.
    """
    if source.text is None or record["software"] != software():
        return None
    try:
        options = options or decode_options(record)
        ready = prepare_report(source.text, source.edits, options, where=source.file.name)
    except PublisherError:
        return None
    same = replay_edits(source.text.decoded, ready.edits) == record["text"]
    return ready.page if same else None


_PDF_A = re.compile(
    r"<pdfaid:part>(\d)</pdfaid:part>(?:<pdfaid:rev>\d+</pdfaid:rev>)?\s*<pdfaid:conformance>(\w)<"
)
_PDF_X = re.compile(r"<pdfxid:GTS_PDFXVersion>(PDF/X-\d)<")
_PDF_UA = re.compile(r"<pdfuaid:part>(\d)<")


def _declared(pdf: PdfDocument) -> set[str]:
    """Return the standards that a file says it keeps."""
    packet = pdf.xmp.decode()
    return {
        *(f"PDF/A-{part}{level.lower()}" for part, level in _PDF_A.findall(packet)),
        *(f"PDF/UA-{part}" for part in _PDF_UA.findall(packet)),
        *_PDF_X.findall(packet),
    }


def _strayed(
    data: bytes, pdf: PdfDocument | None, source: _Source | None, record: Record
) -> Iterator[Finding]:
    """Tell where a file is not the recorded one, or its text not the embedded source's."""
    recorded = record["pdf"]["sha256"]
    if hashlib.sha256(data).hexdigest() != recorded:
        strange = "the file is not the one that the record was written for"
        yield recorded_revision_finding(data, recorded) or _stray(strange)
    if pdf is None:
        return
    declared = _declared(pdf)
    if declared != set(record["pdf"]["declares"]):
        yield _stray(f"the file declares {sorted(declared)}, its record something else")
    for file in pdf.embedded_files:
        if file.relationship == "Data" and file.data != encode_dataset("csv", record):
            yield _stray("the embedded figures are not the recorded ones")
    if source:
        yield from _source_strays(source, record)


def _source_strays(source: _Source, record: Record) -> Iterator[Finding]:
    """Tell where the source inside a file, with the recorded edits, is not the recorded text."""
    if hashlib.sha256(source.file.data).hexdigest() != record["source"]["sha256"]:
        yield _stray("the embedded source is not the recorded one")
        return
    if isinstance(source.error, ConverterError):
        yield Finding(
            clause="provenance",
            severity=Severity.NOTE,
            message=f"the embedded source cannot be read again here: {source.error.message}",
            hint=source.error.hint,
        )
        return
    if source.text is None:
        why = source.error.message if source.error else ""
        yield _stray(f"the embedded source cannot be read again: {why}")
        return
    try:
        text = replay_edits(source.text.decoded, decode_edits(record))
    except ReplayError as error:
        yield _stray(f"the recorded edits do not fit the source: {error}")
        return
    if remove_whitespace(text) != remove_whitespace(record["text"]):
        yield _stray("the source and the recorded edits do not give the recorded text")


def _stray(message: str) -> Finding:
    return Finding(
        clause="provenance",
        severity=Severity.ERROR,
        message=message,
        hint="the PDF or its record was changed, or they belong to different builds",
    )
