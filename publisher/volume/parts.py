"""The parts of a volume: the publications below a folder, read and checked.

Input: a folder. Output: ``Part`` objects in the order of their paths, and findings about skipped files. A publication is a
PDF with its record beside it. A publication that is damaged, or is not the file of its record, stops the volume: a
volume must be complete.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.errors import SourceUnreadableError, UsageError, VerificationError
from publisher.messages import translatable
from publisher.model import Finding, Severity
from publisher.options import Options
from publisher.output_names import BILINGUAL, PDF, RECORD
from publisher.pdf.document import read_pdf
from publisher.profiles import PROFILES
from publisher.record import decode_additions, read_record, record_path
from publisher.system.document_date import first_day
from publisher.system.named_files import require_folder
from publisher.verify.signatures.signed_publications import (
    recorded_revision_finding,
    unsigned_revision,
)
from publisher.verify.text_comparison import expected_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from publisher.profiles import Profile

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A publication to bind."""

    path: Path
    number: int
    """Its position in the volume, from 1."""
    data: bytes
    """The content of the PDF as it was built."""
    is_signed: bool = False
    """Whether the file has signatures after this content, which cannot be in a volume."""
    pages: int
    """The number of pages."""
    text: str
    """Its text without tables of contents and without white space."""
    source: str
    """The digest of its source (SHA-256)."""
    title: str
    issuer: str
    date: str
    year: str
    """The year of the reporting period, otherwise of the date; empty if neither is known."""
    language: str
    profile: Profile

    @property
    def prefix(self) -> str:
        """The prefix of the part's page labels and names in the volume."""
        return f"{self.number}-"


def find_parts(folder: Path, output: Path) -> tuple[tuple[Part, ...], tuple[Finding, ...]]:
    """Return the parts below a folder, and findings about skipped files.

    Raises:
        UsageError: If there is no publication.
        VerificationError: If a publication is damaged, or is not the file of its record.
        SourceNotFoundError: If the folder does not exist.
        SourceUnreadableError: If it is no folder, or a folder cannot be listed.
    """
    require_folder(folder, hint="name the folder that reports were built into")
    files = sorted(_walk(folder), key=lambda path: path.as_posix())
    existing = set(files)
    pdfs, findings = [], []
    for path in files:
        if path.name.endswith(RECORD):
            pdf = path.with_name(f"{path.name.removesuffix(RECORD)}{PDF}")
            if pdf not in existing:
                findings.append(_skipped(path, "it is a record without a PDF beside it"))
        elif not path.name.endswith(PDF) or path.name.endswith(BILINGUAL):
            continue
        elif record_path(path) in existing:
            pdfs.append(path)
        elif path.resolve() != output.resolve():
            findings.append(_skipped(path, "it has no record beside it"))
    if not pdfs:
        raise UsageError(
            translatable("{folder}: contains no publication", folder=folder),
            hint="publisher build writes publications, each PDF with its record beside it",
        )
    parts = tuple(read_part(path, number) for number, path in enumerate(pdfs, start=1))
    return parts, (*findings, *(_unsigned(part) for part in parts if part.is_signed))


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder without hidden files and files in linked folders."""

    def raise_error(error: OSError) -> None:
        raise SourceUnreadableError(
            translatable("the folder cannot be read: {strerror}", strerror=error.strerror),
            where=os.fsencode(error.filename).decode("utf-8", "replace"),
            hint="change its permissions, or choose another folder",
        ) from error

    for root, subfolders, names in os.walk(folder, onerror=raise_error):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        yield from (Path(root, name) for name in names if not name.startswith("."))


def _skipped(path: Path, reason: str) -> Finding:
    return Finding(
        clause="volume",
        severity=Severity.NOTE,
        message=translatable("{path} is skipped: {reason}", path=path, reason=reason),
    )


def _unsigned(part: Part) -> Finding:
    return Finding(
        clause="volume",
        severity=Severity.WARNING,
        message=translatable(
            "{path} is bound as it was before it was signed; its signatures are not in the volume",
            path=part.path,
        ),
        hint="sign the volume",
    )


def read_part(path: Path, number: int) -> Part:
    """Read a publication; raise ``VerificationError`` if it is damaged or is not the file of its record.

    A publication that was signed afterwards begins with the file of its record, which is then the part.
    """
    for file in (path, record_path(path)):
        if not file.is_file():
            raise VerificationError(
                "is not a regular file", where=str(file), hint="copy its content into a file"
            )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise VerificationError(
            translatable("cannot be read: {strerror}", strerror=error.strerror),
            where=str(path),
            hint="check its permissions",
        ) from error
    record = read_record(path)
    try:
        recorded = record["pdf"]["sha256"]
        report = record["report"]
        part = Part(
            path=path,
            number=number,
            data=data,
            pages=record["pdf"]["pages"],
            text=expected_text(record["text"], decode_additions(record)),
            source=record["source"]["sha256"],
            title=_text(report["title"]) or path.stem,
            issuer=_text(report["issuer"]),
            date=_text(report["date"]),
            year=_year(_text(report["period"]), _text(report["date"])),
            language=_text(report["language"]),
            profile=_declared_profile(record["pdf"]["profile"], record["pdf"]["declares"]),
        )
        Options(
            title=part.title, issuer=part.issuer, date=first_day(part.date)
        )  # raises UsageError for invalid values
    except (KeyError, TypeError, AttributeError, UsageError) as error:
        raise VerificationError(
            translatable(
                "its record is damaged: {name}: {error}", name=type(error).__name__, error=error
            ),
            where=str(path),
            hint="build the report again",
        ) from error
    if hashlib.sha256(data).hexdigest() == recorded:
        return part
    built = _recorded_beginning(path, data, recorded)
    return replace(part, data=built, is_signed=True)


def _recorded_beginning(path: Path, data: bytes, recorded: str) -> bytes:
    """Return the recorded file that a signed one begins with; raise ``VerificationError`` if more than signatures follow.

    Args:
        path: The file.
        data: Its content.
        recorded: The digest of the recorded file (SHA-256).

    """
    finding = recorded_revision_finding(data, recorded)
    built = unsigned_revision(data, recorded)
    if finding is None or built is None:
        read_pdf(path)  # raises a more precise error for a damaged file
        raise VerificationError(
            "is not the file that its record describes",
            where=str(path),
            hint="build the report again",
        )
    if finding.severity is Severity.ERROR:
        raise VerificationError(finding.message, where=str(path), hint=finding.hint)
    return built


def _declared_profile(name: str, declares: Collection[str]) -> Profile:
    """Return a profile with the standards that a file declares: fewer, if an earlier version built it."""
    profile = PROFILES[name]
    return replace(
        profile, declares=tuple(standard for standard in profile.declares if standard in declares)
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(translatable("{value!r:.40} is not a text", value=value))
    return value


def _year(*texts: str) -> str:
    """Return the year at the beginning of the first text that begins with one."""
    return next((match[0] for text in texts if (match := _YEAR.match(text))), "")


def common_profile(parts: Sequence[Part]) -> Profile:
    """Return the profile with exactly the standards that all parts declare.

    Raises ``UsageError`` for parts with different PDF versions: PDF 1.7 and PDF 2.0 differ in their structure types and
    in the requirements of the standards, so no declaration would be true for both. Raises it also for PDF/X.
    """
    first = parts[0]
    for other in parts:
        if other.profile.pdf_x:
            raise UsageError(
                translatable(
                    "{path} is a file for a print shop (PDF/X-4), which cannot be part of a volume",
                    path=other.path,
                ),
                hint="build it with another --profile",
            )
        if other.profile.pdf_version != first.profile.pdf_version:
            raise UsageError(
                translatable(
                    "{path} is PDF {pdf_version}, but {other} is PDF {other_version}",
                    path=first.path,
                    pdf_version=first.profile.pdf_version,
                    other=other.path,
                    other_version=other.profile.pdf_version,
                ),
                hint="build both with one --profile, or keep them in two folders",
            )
    shared = set(first.profile.declares).intersection(*(part.profile.declares for part in parts))
    declares = tuple(standard for standard in first.profile.declares if standard in shared)
    return next(
        (
            profile
            for profile in PROFILES.values()
            if set(profile.declares) == shared and profile.pdf_version == first.profile.pdf_version
        ),
        replace(first.profile, declares=declares),
    )


def common_language(parts: Iterable[Part]) -> str:
    """Return the language of the cover and the contents.

    It is the language of all parts if they have the same; otherwise Traditional Chinese if all parts are in
    Traditional Chinese, else Simplified Chinese.
    """
    languages = {part.language for part in parts}
    if len(languages) == 1:
        return languages.pop()
    return "zh-Hant" if all("Hant" in language for language in languages) else "zh-Hans"


def common_issuer(parts: Iterable[Part]) -> str:
    """Return the issuer of all parts; empty if they have different issuers."""
    issuers = {part.issuer for part in parts}
    return issuers.pop() if len(issuers) == 1 else ""
