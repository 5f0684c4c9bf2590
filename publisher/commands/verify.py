"""``publisher verify``: check existing publications against the records beside them."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from publisher import __version__
from publisher.dataset import encode_dataset
from publisher.editing import ReplayError, replay
from publisher.errors import ConverterError, PublisherError, SourceError, VerificationError
from publisher.finish.judging import judge_alone
from publisher.marks import MM
from publisher.model import Finding, Severity, Verdict
from publisher.pipeline import prepare
from publisher.readers import read_bytes
from publisher.record import additions_of, edits_of, options_of, read_record, record_path
from publisher.verify import Wanted, judge
from publisher.verify.as_heard import as_heard
from publisher.verify.reading import read_pdf
from publisher.verify.signatures import trusted_certificates, verify_signatures
from publisher.verify.signed_publications import signed_since
from publisher.verify.text import without_space
from publisher.verify.verapdf import validate_with_verapdf
from publisher.versions import software

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from publisher.commands.console import Console
    from publisher.verify.embedded_files import EmbeddedFile
    from publisher.verify.reading import PdfDocument


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Check each file; return 0 where all are what their records say."""
    failed = 0
    trusted = trusted_certificates(arguments.trust)
    for pdf in arguments.pdfs:
        try:
            if arguments.as_heard:
                for line in as_heard(read_pdf(pdf)):
                    console.result(line, pdf=str(pdf), line=line)
                continue
            verdicts = (*verify(pdf), verify_signatures(pdf.read_bytes(), trusted))
        except PublisherError as error:
            console.error(error)
            failed = error.exit_code
            continue
        for verdict in verdicts:
            for finding in verdict.findings:
                console.finding(finding, where=str(pdf))
        passed = all(verdict.passed for verdict in verdicts)
        names = ", ".join(
            f"{verdict.profile} {'passed' if verdict.passed else 'FAILED'}" for verdict in verdicts
        )
        console.result(
            f"{pdf}: {'verified' if passed else 'NOT VERIFIED'} ({names})",
            pdf=str(pdf),
            passed=passed,
            verdicts={
                f"{verdict.profile} {verdict.validator}": verdict.passed for verdict in verdicts
            },
        )
        if not passed:
            failed = VerificationError.exit_code
    return failed


def verify(pdf: Path) -> tuple[Verdict, ...]:
    """Return every verdict on an existing publication; raise where it cannot be judged."""
    try:
        data = pdf.read_bytes()
    except OSError as error:
        raise VerificationError(
            f"cannot be read: {error.strerror}", where=str(pdf), hint="check the name"
        ) from error
    if not record_path(pdf).exists() and (alone := _volume(pdf, data)):
        return alone
    record = read_record(pdf)
    try:
        verdicts = judge(
            data,
            text=record["text"],
            additions=additions_of(record),
            declares=record["pdf"]["declares"],
            version=__version__,
            html=_page_again(data, record),
            press=Wanted(bleed=record["options"]["bleed"] * MM),
        )
        provenance = _provenance(data, record)
        declares = record["pdf"]["declares"]
    except (KeyError, TypeError, AttributeError, LookupError, ValueError) as error:
        raise VerificationError(
            f"its record is damaged: {type(error).__name__}: {error}",
            where=str(pdf),
            hint="build the report again",
        ) from error
    return (provenance, *verdicts, *validate_with_verapdf(pdf, declares))


_VOLUME = re.compile(r"<xmp:CreatorTool>Publisher \S+ volume<")


def _volume(path: Path, data: bytes) -> tuple[Verdict, ...]:
    """Return the verdicts on a volume, which has no record; none on any other file."""
    try:
        pdf = read_pdf(data)
    except VerificationError:
        return ()
    if pdf.structure is None or not _VOLUME.search(pdf.xmp.decode(errors="replace")):
        return ()  # the sheets of an imposed volume have its metadata, and are none
    declares = sorted(_declared(pdf))
    return (*judge_alone(data, pdf, declares), *validate_with_verapdf(path, declares))


def _page_again(data: bytes, record: dict[str, Any]) -> str:
    """Return the page that the file was made from, made again from the source inside it.

    Empty where no source is inside, and where it cannot be the same page: another version made
    it, or a glossary or a style that is not at hand.
    """
    try:
        embedded = read_pdf(data).embedded_files
        file = next((one for one in embedded if one.relationship == "Source"), None)
        if file is None or record["software"] != software():
            return ""
        raw, read_edits = read_bytes(
            file.data, name=file.name, encoding=record["source"]["encoding"]
        )
        ready = prepare(raw, read_edits, options_of(record), where=file.name)
    except PublisherError:
        return ""
    same = replay(raw.decoded, ready.edits) == record["text"]
    return ready.page.html if same else ""


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


def _provenance(data: bytes, record: dict[str, Any]) -> Verdict:
    """Judge whether the file is the recorded one, and its text the embedded source's."""
    findings = tuple(_strayed(data, record))
    return Verdict(
        profile="provenance",
        validator="publisher",
        version=__version__,
        passed=all(one.severity is Severity.NOTE for one in findings),
        findings=findings,
    )


def _strayed(data: bytes, record: dict[str, Any]) -> Iterator[Finding]:
    recorded = record["pdf"]["sha256"]
    if hashlib.sha256(data).hexdigest() != recorded:
        strange = "the file is not the one that the record was written for"
        yield signed_since(data, recorded) or _stray(strange)
    try:
        pdf = read_pdf(data)
    except VerificationError:
        return
    embedded = pdf.embedded_files
    declared = _declared(pdf)
    if declared != set(record["pdf"]["declares"]):
        yield _stray(f"the file declares {sorted(declared)}, its record something else")
    for file in embedded:
        if file.relationship == "Data" and file.data != encode_dataset("csv", record):
            yield _stray("the embedded figures are not the recorded ones")
        if file.relationship == "Source":
            yield from _source_strays(file, record)


def _source_strays(file: EmbeddedFile, record: dict[str, Any]) -> Iterator[Finding]:
    """Tell where the source inside a file, with the recorded edits, is not the recorded text."""
    if hashlib.sha256(file.data).hexdigest() != record["source"]["sha256"]:
        yield _stray("the embedded source is not the recorded one")
        return
    try:
        raw, _ = read_bytes(file.data, name=file.name, encoding=record["source"]["encoding"])
        text = replay(raw.decoded, edits_of(record))
    except ConverterError as error:
        yield Finding(
            clause="provenance",
            severity=Severity.NOTE,
            message=f"the embedded source cannot be read again here: {error.message}",
            hint=error.hint,
        )
        return
    except SourceError as error:
        yield _stray(f"the embedded source cannot be read again: {error.message}")
        return
    except ReplayError as error:
        yield _stray(f"the recorded edits do not fit the source: {error}")
        return
    if without_space(text) != without_space(record["text"]):
        yield _stray("the source and the recorded edits do not give the recorded text")


def _stray(message: str) -> Finding:
    return Finding(
        clause="provenance",
        severity=Severity.ERROR,
        message=message,
        hint="the PDF or its record was changed, or they belong to different builds",
    )
