"""The source of a publication: embedded in it, named by the user, or found beside it.

Input: a PDF with its record. Output: the source, proved by the digest in the record, and the decisions file.
The record may come from anybody: a name in it is used without its folder, only ordinary files of the recorded
length are read, and only a file with the recorded digest is taken.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from publisher.decisions import DecisionsFile
from publisher.errors import SourceError, VerificationError
from publisher.messages import translatable
from publisher.readers import load, printable_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from publisher.model.record_types import Record
    from publisher.pdf.document import PdfDocument

MAX_DECISIONS_BYTES = 16_000_000
"""Length of a decisions file that is looked into."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """The source of a publication."""

    name: str
    """Its own name, not that of the record."""
    data: bytes
    embedded: bool = False
    """Whether it was read from the PDF."""


def embedded_source(pdf: PdfDocument) -> SourceFile | None:
    """Return the source that a PDF embeds; None if there is none."""
    for file in pdf.embedded_files:
        if file.relationship == "Source":
            return SourceFile(name=file.name, data=file.data, embedded=True)
    return None


def source_beside(pdf: Path, record: Record) -> SourceFile | None:
    """Return the recorded source if it is in the folder of a PDF or in the folder above; None if it is not."""
    entry = record["source"]
    for path in _candidates(pdf, entry["name"]):
        data = _read(path, entry["bytes"])
        if data is not None and hashlib.sha256(data).hexdigest() == entry["sha256"]:
            return SourceFile(name=printable_name(path), data=data)
    return None


def named_source(path: Path, record: Record) -> SourceFile:
    """Return the source that the user names; raise ``VerificationError`` if it is not the recorded one."""
    try:
        data = load(path)
    except SourceError as error:
        raise VerificationError(error.message, where=error.where, hint=error.hint) from error
    return recorded_source(data, record, name=printable_name(path), where=str(path))


def recorded_source(data: bytes, record: Record, *, name: str, where: str) -> SourceFile:
    """Return a source with its name; raise ``VerificationError`` if it is not the recorded one."""
    if hashlib.sha256(data).hexdigest() != record["source"]["sha256"]:
        raise VerificationError(
            "is not the source of the record: it has another digest",
            where=where,
            hint=translatable(
                "name the file {name!r} as it was when the report was built",
                name=record["source"]["name"],
            ),
        )
    return SourceFile(name=name, data=data)


def decisions_beside(pdf: Path, record: Record) -> DecisionsFile | None:
    """Return the recorded decisions file, as ``source_beside`` finds the source."""
    entry: Any = record.get("decisions")
    if not entry:
        return None
    for path in _candidates(pdf, entry["file"]):
        data = _read(path, None)
        if data is not None and hashlib.sha256(data).hexdigest() == entry["sha256"]:
            return DecisionsFile(name=path.name, data=data, where=str(path))
    return None


def _candidates(pdf: Path, name: str) -> Iterator[Path]:
    """Yield where a file of the record may be; nothing for a name with a folder."""
    if name in ("", ".", "..") or "/" in name or "\0" in name:
        return
    folder = pdf.absolute().parent
    yield folder / name
    yield folder.parent / name


def _read(path: Path, length: int | None) -> bytes | None:
    """Return the content of an ordinary file of a length; None for anything else."""
    try:
        if not path.is_file():
            return None
        size = path.stat().st_size
        if size > MAX_DECISIONS_BYTES if length is None else size != length:
            return None
        return load(path)
    except (OSError, ValueError, SourceError):
        return None
