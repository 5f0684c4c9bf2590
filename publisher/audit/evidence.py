"""What a record is compared with: its source, and the publication made again from it.

Input: a PDF, its record and what the caller knows besides. Output: the source as read, and the ``Remaking``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publisher.audit.option_effects import OptionEffects, option_effects
from publisher.audit.other_versions import has_other_code, software_reasons
from publisher.audit.remaking import Remaking, remake
from publisher.audit.source_files import embedded_source
from publisher.audit.style_trust import require_style_of_trust
from publisher.errors import PublisherError, SourceError, UnknownStyleError
from publisher.extensions import load_extensions, load_style_of
from publisher.messages import join_texts, translatable
from publisher.options import Options
from publisher.readers import read_bytes
from publisher.record import decode_options
from publisher.record.decisions import decode_decisions
from publisher.verify.signatures.signed_publications import unsigned_revision

if TYPE_CHECKING:
    from publisher.audit.source_files import SourceFile
    from publisher.decisions import DecisionsFile
    from publisher.model import Page, SourceText
    from publisher.model.record_types import Record
    from publisher.pdf.document import PdfDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a record is compared with, besides its PDF."""

    source: SourceFile | None = None
    """The source with the recorded digest, if it is not the embedded one."""
    decisions: DecisionsFile | None = None
    """The decisions file with the recorded digest."""
    options: Options | None = None
    """The options of the build, if a style or a glossary has another path now; by default those of the record."""
    epoch: str | None = None
    """The ``SOURCE_DATE_EPOCH`` of the build; None to take it from the date of the file."""
    style_is_limited: bool = False
    """Whether a style of another account may run, because it runs in a process with limits."""
    missing_source: str = "the source is neither embedded nor beside the file"
    """Why there is no source, if there is none."""


NO_EVIDENCE = Evidence()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSource:
    """The source, and the result of reading it with the recorded encoding."""

    file: SourceFile
    text: SourceText | None = None
    """None if it cannot be read."""
    error: SourceError | None = None
    """Why it cannot be read."""


def read_source(pdf: PdfDocument | None, record: Record, evidence: Evidence) -> ReadSource | None:
    """Read the source, the embedded one first; return None if there is none.

    Raises ``ExtensionError`` if an extension that the record names is not installed.
    """
    formats = load_extensions(record["options"].get("extensions", ())).formats
    file = (embedded_source(pdf) if pdf else None) or evidence.source
    if file is None:
        return None
    try:
        encoding = record["source"]["encoding"]
        text, _ = read_bytes(file.data, name=file.name, encoding=encoding, formats=formats)
    except SourceError as error:
        return ReadSource(file=file, error=error)
    return ReadSource(file=file, text=text)


def remake_publication(
    pdf: PdfDocument, data: bytes, source: ReadSource | None, record: Record, evidence: Evidence
) -> Remaking:
    """Make the publication again, if its source is here; say why, if it is not."""
    if source is None:
        return Remaking(reason=evidence.missing_source)
    if hashlib.sha256(source.file.data).hexdigest() != record["source"]["sha256"]:
        return Remaking(reason="the source is not the recorded one")
    other_style = ""
    try:
        options = evidence.options or decode_options(record)
    except PublisherError as error:
        if has_other_code(record):
            return Remaking(reason=join_texts("; ", (error.message, *software_reasons(record))))
        return Remaking(
            impossible=translatable(
                "the recorded options are none: {message}", message=error.message
            )
        )
    try:
        if not evidence.style_is_limited:
            require_style_of_trust(options)
        load_style_of(options)
    except UnknownStyleError as error:
        options, other_style = replace(options, style=Options().style), error.message
    return remake(
        source.file,
        record,
        options,
        unsigned_revision(data, record["pdf"]["sha256"]) or data,
        xmp=pdf.xmp,
        decisions=evidence.decisions,
        epoch=evidence.epoch,
        other_style=other_style,
    )


def same_page(remaking: Remaking, record: Record) -> Page | None:
    """Return the page that the file was made from; None if another one may be made here."""
    if remaking.page is None or remaking.record is None:
        return None
    if (remaking.reason and not remaking.same_file) or remaking.other_style:
        return None
    return remaking.page if remaking.record["text"] == record["text"] else None


def options_without_proof(
    source: ReadSource | None, record: Record, remaking: Remaking, evidence: Evidence
) -> OptionEffects:
    """Return the recorded options that nothing proves; none if the file shows that others were used."""
    if source is None or not remaking.same_file:
        return OptionEffects()
    options = evidence.options or decode_options(record)
    findings = remaking.record["findings"] if remaking.record else []
    has_wide_tables = any(finding["clause"] == "table-width" for finding in findings)
    return option_effects(
        source.file, options, decode_decisions(record), has_wide_tables=has_wide_tables
    )
