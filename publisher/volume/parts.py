"""The parts of a volume: the publications below a folder, read and checked.

Enters: a folder. Leaves: ``Part``s in the order of their paths, each with its bytes and its record, and
what was passed over. A publication is a PDF with its record beside it. One that is damaged, or not
the file that its record was written for, stops the volume: a volume with a hole is none.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.errors import SourceUnreadableError, UsageError, VerificationError
from publisher.model import Finding, Severity
from publisher.options import Options
from publisher.output_names import BILINGUAL, PDF, RECORD
from publisher.pdf.document import read_pdf
from publisher.profiles import PROFILES
from publisher.record import decode_additions, read_record, record_path
from publisher.verify.text_comparison import expected_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.profiles import Profile

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A publication that is bound."""

    path: Path
    number: int
    """From 1."""
    data: bytes
    pages: int
    text: str
    """What it says, contents lists aside, without white space."""
    source: str
    """The check sum (SHA-256) of what it was made from."""
    title: str
    issuer: str
    date: str
    year: str
    """That the report is of, else that of its date; empty where neither is known."""
    language: str
    profile: Profile

    @property
    def prefix(self) -> str:
        """What stands before the page labels and names of this part."""
        return f"{self.number}-"


def find_parts(folder: Path, output: Path) -> tuple[tuple[Part, ...], tuple[Finding, ...]]:
    """Return the parts below a folder, and what a person should know of the rest.

    Raises ``UsageError`` where there is none, ``VerificationError`` for one that cannot be bound.
    """
    if not os.path.isdir(folder):  # noqa: PTH112 - a name that is too long is no folder either
        raise SourceUnreadableError(
            "is not a folder",
            where=str(folder),
            hint="name the folder that reports were built into",
        )
    files = sorted(_walk(folder), key=lambda path: path.as_posix())
    there = set(files)
    taken, findings = [], []
    for path in files:
        if path.name.endswith(RECORD):
            pdf = path.with_name(f"{path.name.removesuffix(RECORD)}{PDF}")
            if pdf not in there:
                findings.append(_passed_over(path, "a record, but its PDF is not beside it"))
        elif not path.name.endswith(PDF) or path.name.endswith(BILINGUAL):
            continue
        elif record_path(path) in there:
            taken.append(path)
        elif path.resolve() != output.resolve():
            findings.append(_passed_over(path, "no record is beside it"))
    if not taken:
        raise UsageError(
            f"{folder}: no publication is below it",
            hint="publisher build writes them, each PDF with its record beside it",
        )
    parts = tuple(read_part(path, number) for number, path in enumerate(taken, start=1))
    return parts, tuple(findings)


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder: no hidden ones, none in a folder that is a link."""

    def tell(error: OSError) -> None:
        raise SourceUnreadableError(
            f"is a folder that cannot be read: {error.strerror}",
            where=os.fsencode(error.filename).decode("utf-8", "replace"),
            hint="give yourself the right to read it, or name another folder",
        ) from error

    for place, below, names in os.walk(folder, onerror=tell):
        below[:] = [one for one in below if not one.startswith(".")]
        yield from (Path(place, one) for one in names if not one.startswith("."))


def _passed_over(path: Path, why: str) -> Finding:
    return Finding(clause="volume", severity=Severity.NOTE, message=f"{path} is passed over: {why}")


def read_part(path: Path, number: int) -> Part:
    """Read a publication; raise ``VerificationError`` where it is not what its record says."""
    for file in (path, record_path(path)):
        if not file.is_file():
            raise VerificationError(
                "is not an ordinary file", where=str(file), hint="copy what it gives into a file"
            )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise VerificationError(
            f"cannot be read: {error.strerror}", where=str(path), hint="check its permissions"
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
            profile=PROFILES[record["pdf"]["profile"]],
        )
        Options(title=part.title, issuer=part.issuer, date=part.date)  # what no build writes
    except (KeyError, TypeError, AttributeError, UsageError) as error:
        raise VerificationError(
            f"its record is damaged: {type(error).__name__}: {error}",
            where=str(path),
            hint="build the report again",
        ) from error
    if hashlib.sha256(data).hexdigest() != recorded:
        read_pdf(path)  # says what is wrong with a file that is damaged
        raise VerificationError(
            "is not the file that its record was written for",
            where=str(path),
            hint="build the report again; no volume is made without it",
        )
    return part


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is no text")
    return value


def _year(*texts: str) -> str:
    return next((found[0] for text in texts if (found := _YEAR.match(text))), "")


def common_profile(parts: Sequence[Part]) -> Profile:
    """Return the profile with the standards that all parts declare.

    Raises ``UsageError`` for parts of PDF 1.7 beside parts of PDF 2.0: their structure types and
    what the standards ask of them differ, so no declaration would be true of both.
    """
    first = parts[0]
    for other in parts:
        if other.profile.pdf_x:
            raise UsageError(
                f"{other.path} is for a print shop, and a volume is for readers",
                hint="build it with another --profile",
            )
        if other.profile.pdf_version != first.profile.pdf_version:
            raise UsageError(
                f"{first.path} is PDF {first.profile.pdf_version}, but {other.path} is PDF "
                f"{other.profile.pdf_version}",
                hint="build both with one --profile, or keep them in two folders",
            )
    shared = set(first.profile.declares).intersection(*(part.profile.declares for part in parts))
    return next(
        profile
        for profile in PROFILES.values()
        if set(profile.declares) == shared and profile.pdf_version == first.profile.pdf_version
    )


def common_language(parts: Iterable[Part]) -> str:
    """Return the language of the cover and the contents, which follows the parts.

    Traditional where all parts are, of one variety where all are of that; else Simplified.
    """
    languages = {part.language for part in parts}
    if len(languages) == 1:
        return languages.pop()
    return "zh-Hant" if all("Hant" in language for language in languages) else "zh-Hans"


def common_issuer(parts: Iterable[Part]) -> str:
    """Return the office that issued every part; empty where there are several."""
    issuers = {part.issuer for part in parts}
    return issuers.pop() if len(issuers) == 1 else ""
