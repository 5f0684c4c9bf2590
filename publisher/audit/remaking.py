"""A publication made again from its source with the options of its record.

Input: the source, the record and the PDF. Output: ``Remaking``: the record as the source gives it, and whether its
file is the same, or the reason why it cannot be made again. The pipeline itself makes it, so that nothing is said
twice about what a record contains.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import zlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from publisher.audit.other_versions import font_reasons, has_other_code, software_reasons
from publisher.errors import (
    ColourProfileError,
    ConverterError,
    ExtensionError,
    FontMissingError,
    PublisherError,
    SystemLibraryError,
    UnknownStyleError,
)
from publisher.messages import join_texts, translatable
from publisher.model import WordChange
from publisher.options import NO_FILE
from publisher.output_names import PDF
from publisher.pdf.open_file import open_file
from publisher.pdf.syntax import as_list, resolve
from publisher.pdf.xmp import text_property, xmp_properties
from publisher.pipeline import run_pipeline
from publisher.profiles import PROFILES
from publisher.record.decisions import decode_decisions
from publisher.system.temporary_folder import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from publisher.audit.source_files import SourceFile
    from publisher.decisions import DecisionsFile
    from publisher.model import Page
    from publisher.model.record_types import Record
    from publisher.options import Options

_OF_THIS_MACHINE = (
    ColourProfileError,
    ConverterError,
    ExtensionError,
    FontMissingError,
    SystemLibraryError,
    UnknownStyleError,
)
"""Errors that another machine would not have raised."""
_CREATE_DATE = "{http://ns.adobe.com/xap/1.0/}CreateDate"
_UTC = re.compile(r".{19}\+00:00")
_FLATE_STREAM = re.compile(rb"stream\r?\n(?=\x78)")
_LENGTH_DEPENDENT = re.compile(
    rb"/Length \d+|/ID ?\[[^\]]*\]|(?m:^\d{10} \d{5} n ?$)|startxref\s+\d+"
)
"""What in a file depends on how its streams are compressed."""
MAX_STREAM_BYTES = 1 << 28
"""Length of a decoded stream that is compared; longer ones are compared as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remaking:
    """The attempt to make a publication again."""

    record: Record | None = None
    """The record as the source gives it; None if it cannot be made."""
    page: Page | None = None
    """The page before typesetting."""
    files: Mapping[str, bytes] | None = None
    """The content of each file by its suffix."""
    same_file: bool = False
    """Whether the PDF has the recorded bytes, or the same objects compressed by another library."""
    reason: str = ""
    """Why nothing could be made, or why it may differ; empty if nothing can explain a difference but a change."""
    impossible: str = ""
    """Why no build can have had the recorded source and options; empty if one can."""
    other_style: str = ""
    """Why another style was used, so that what depends on the style is not compared; empty for the recorded one."""
    glossary_from_record: bool = False
    """Whether the words of a glossary were those of the record, as the glossary itself is not here."""


def remake(  # noqa: PLR0913 - what a build needs
    source: SourceFile,
    record: Record,
    options: Options,
    recorded_pdf: bytes,
    *,
    xmp: bytes,
    decisions: DecisionsFile | None = None,
    epoch: str | None = None,
    other_style: str = "",
) -> Remaking:
    """Make a publication again.

    Args:
        source: The source with the digest of the record.
        record: The record, which may say anything.
        options: The options of the record, with paths that are valid here.
        recorded_pdf: The file before any signature.
        xmp: Its metadata, which have the date of the file.
        decisions: The decisions file; without it the recorded decisions are used.
        epoch: The ``SOURCE_DATE_EPOCH`` of the build; None to take it from the date of the file.
        other_style: Why the options name another style than the record; empty if they do not.

    """
    task = _Task(
        source=source,
        record=record,
        decisions=decisions,
        epoch=_epoch(xmp) if epoch is None else epoch,
    )
    reasons = software_reasons(record)
    with temporary_folder("publisher-verify-") as folder:
        if PROFILES[options.profile].pdf_x and options.icc == NO_FILE:
            options = replace(options, icc=_embedded_profile(recorded_pdf, folder))
        remade = _run(task, options)
        words = record["conversion"].get("glossary", [])
        used_words = words != _glossary_words(remade)
        if used_words and words and options.glossary == NO_FILE and options.script != "keep":
            remade = replace(_run(task, options, _word_changes(words)), glossary_from_record=True)
    if remade.files is not None:
        same = _is_same_file(recorded_pdf, remade.files[PDF])
        remade = replace(remade, same_file=same)
        reasons += font_reasons(record, cast("Record", remade.record))
    remade = replace(remade, other_style=other_style)
    if remade.same_file and not has_other_code(record):
        return remade
    if remade.impossible and reasons:
        reason = join_texts("; ", (remade.impossible, *reasons))
        return replace(remade, impossible="", reason=reason)
    return replace(remade, reason=remade.reason or join_texts("; ", reasons))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    source: SourceFile
    record: Record
    decisions: DecisionsFile | None
    epoch: str


def _run(task: _Task, options: Options, words: tuple[WordChange, ...] = ()) -> Remaking:
    name = task.source.name
    recorded = None if task.decisions else decode_decisions(task.record)
    try:
        result = run_pipeline(
            task.source.data,
            options,
            name=name,
            epoch=task.epoch,
            decisions=task.decisions,
            recorded_decisions=recorded,
            recorded_words=words,
        )
    except _OF_THIS_MACHINE as error:
        return Remaking(
            reason=translatable(
                "the publication cannot be made again here: {message}", message=error.message
            )
        )
    except PublisherError as error:
        return Remaking(
            impossible=translatable("no build gives this file: {message}", message=error.message)
        )
    return Remaking(record=result.record, page=result.page, files=result.files)


def _glossary_words(remade: Remaking) -> Any:
    return remade.record["conversion"].get("glossary", []) if remade.record else []


def _word_changes(words: Any) -> tuple[WordChange, ...]:
    """Return the recorded words that a glossary replaced."""
    return tuple(
        WordChange(
            offset=word["offset"], before=word["before"], after=word["after"], note=word["note"]
        )
        for word in words
    )


def _epoch(xmp: bytes) -> str:
    """Return the ``SOURCE_DATE_EPOCH`` that the date of a file comes from; empty for the day of a report."""
    date = text_property(xmp_properties(xmp), _CREATE_DATE)
    if not _UTC.fullmatch(date):
        return ""
    try:
        return str(int(datetime.fromisoformat(date).timestamp()))
    except (ValueError, OverflowError):
        return ""


def _embedded_profile(data: bytes, folder: Path) -> Path:
    """Write the profile of a file's printing condition into a folder; an empty path if it has none."""
    with contextlib.suppress(Exception):  # of a file that pypdf cannot read: the default is used
        catalog = resolve(open_file(data, strict=False).trailer["/Root"])
        for intent in as_list(catalog.get("/OutputIntents")):
            stream = resolve(resolve(intent).get("/DestOutputProfile"))
            if stream is not None:
                path = folder / "condition.icc"
                path.write_bytes(bytes(stream.get_data()))
                return path
    return NO_FILE


def _is_same_file(recorded: bytes, remade: bytes) -> bool:
    """Return whether two files are the same, whatever library compressed their streams."""
    return recorded == remade or _decoded(recorded) == _decoded(remade)


def _decoded(data: bytes) -> list[bytes]:
    """Return digests of the parts of a file, each Flate stream decoded, without offsets, lengths and identifiers."""
    parts: list[bytes] = []
    position = 0
    while (match := _FLATE_STREAM.search(data, position)) is not None:
        dictionary, end = data[position : match.end()], match.end()
        content: bytes | None = None
        while content is None and (end := data.find(b"endstream", end)) >= 0:
            content = _inflate(data[match.end() : end])
            end += 1
        if content is None:
            parts.append(_digest(dictionary))
            position = match.end()
            continue
        # a table of cross references has the offsets of the objects
        parts += [_digest(dictionary), b"" if b"/Type /XRef" in dictionary else _digest(content)]
        position = end - 1
    return [*parts, _digest(data[position:])]


def _inflate(data: bytes) -> bytes | None:
    """Return a decoded Flate stream; None if it is cut off, damaged or too long."""
    decoder = zlib.decompressobj()
    try:
        content = decoder.decompress(data, MAX_STREAM_BYTES)
    except zlib.error:
        return None
    return content if decoder.eof else None


def _digest(part: bytes) -> bytes:
    return hashlib.sha256(_LENGTH_DEPENDENT.sub(b"", part)).digest()
