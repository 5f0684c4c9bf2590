"""The verdict ``provenance``: a file, its record, its embedded files and the source belong together."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from publisher.audit.other_versions import has_other_code
from publisher.errors import ConverterError
from publisher.export import encode_dataset
from publisher.messages import translatable
from publisher.model import Severity
from publisher.record import decode_edits
from publisher.text.edits import ReplayError, replay_edits
from publisher.verify.declared_standards import declared_standards
from publisher.verify.provenance_rules import RULES
from publisher.verify.signatures.signed_publications import recorded_revision_finding
from publisher.verify.text_comparison import remove_whitespace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.audit.evidence import ReadSource
    from publisher.model import Finding
    from publisher.model.record_types import Record
    from publisher.pdf.document import PdfDocument


def provenance_findings(
    data: bytes, pdf: PdfDocument | None, source: ReadSource | None, record: Record
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
        yield _finding(
            translatable(
                "the file declares {declared}, its record something else", declared=sorted(declared)
            )
        )
    for file in pdf.embedded_files:
        if file.relationship == "Data" and file.data != encode_dataset("csv", record):
            if has_other_code(record):
                yield RULES.finding(
                    "provenance",
                    "the embedded figures are not those that this version writes for the record",
                    severity=Severity.NOTE,
                    hint="compare them with the version of the record",
                )
            else:
                yield _finding("the embedded figures are not the recorded ones")
    if source:
        yield from _verify_source(source, record)


def _verify_source(source: ReadSource, record: Record) -> Iterator[Finding]:
    """Yield where the embedded source with the recorded edits is not the recorded text."""
    if hashlib.sha256(source.file.data).hexdigest() != record["source"]["sha256"]:
        yield _finding("the embedded source is not the recorded one")
        return
    if isinstance(source.error, ConverterError):
        yield RULES.finding(
            "provenance",
            translatable(
                "the embedded source cannot be read here: {message}", message=source.error.message
            ),
            severity=Severity.NOTE,
            hint=source.error.hint,
        )
        return
    if source.text is None:
        reason = source.error.message if source.error else ""
        yield _finding(translatable("the embedded source cannot be read: {reason}", reason=reason))
        return
    try:
        text = replay_edits(source.text.decoded, decode_edits(record))
    except ReplayError as error:
        yield _finding(
            translatable("the recorded edits do not fit the source: {error}", error=error)
        )
        return
    if remove_whitespace(text) != remove_whitespace(record["text"]):
        yield _finding("the source and the recorded edits do not give the recorded text")


def _finding(message: str) -> Finding:
    return RULES.finding("provenance", message)
