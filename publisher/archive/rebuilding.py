"""The PDFs of a bag made again from what the bag holds, and compared to the byte.

Enters: a bag. Leaves: for each report whether the same file came of it, and else why not: which software or which
fonts are others than then, or where the first difference is. Nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from publisher.archive import bagit
from publisher.archive.contents import read_kept, report_names
from publisher.archive.fixity import take_inventory
from publisher.archive.layout import report_path
from publisher.archive.metadata import EPOCH
from publisher.errors import PublisherError, VerificationError
from publisher.pipeline import make
from publisher.readers import read_bytes
from publisher.suffixes import PDF
from publisher.verify.reading import read_pdf
from publisher.verify.signed_publications import unsigned
from publisher.versions import software

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from publisher.archive.contents import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """A report that was built again."""

    pdf: str
    """Its path in the bag."""
    same: bool
    """Whether the same bytes came of it."""
    reasons: tuple[str, ...] = ()
    """Why they did not; where they did, what was other than then all the same."""


def rebuild(bag: Path) -> Iterator[Rebuilt]:
    """Build each report of a bag again; raise ``VerificationError`` where there is none."""
    fixities = take_inventory(bag).fixities
    names = report_names(fixities)
    if not names:
        raise VerificationError(
            "holds no report", where=str(bag), hint="publisher verify says what is wrong with it"
        )
    epoch = _epoch(bag)
    for name in names:
        try:
            yield _rebuilt(bag, read_kept(bag, name, fixities), epoch)
        except PublisherError as error:
            pdf = report_path(name, PDF)
            yield Rebuilt(pdf=pdf, same=False, reasons=(f"cannot be built: {error.message}",))


def _epoch(bag: Path) -> str:
    """Return the ``SOURCE_DATE_EPOCH`` that was in force; empty where none was."""
    try:
        return bagit.read_info((bag / bagit.BAG_INFO).read_bytes()).value(EPOCH)
    except OSError as error:
        raise VerificationError(
            f"cannot be read: {error.strerror}", where=str(bag / bagit.BAG_INFO)
        ) from error


def _rebuilt(bag: Path, kept: Kept, epoch: str) -> Rebuilt:
    pdf = report_path(kept.name, PDF)
    if not kept.source:
        return Rebuilt(
            pdf=pdf, same=False, reasons=("its source is not in the bag: no file has its digest",)
        )
    reasons = list(_other_software(kept.record["software"]))
    recorded = unsigned(kept.data, kept.record["pdf"]["sha256"])
    if recorded is None:
        recorded = kept.data
        reasons.append("the PDF in the bag is not the one that its record was written for")
    source = kept.record["source"]
    try:
        raw, edits = read_bytes(
            (bag / kept.source).read_bytes(), name=source["name"], encoding=kept.options.encoding
        )
        made = make(raw, edits, kept.options, where=str(bag / kept.source), epoch=epoch)
    except PublisherError as error:
        reasons.append(f"cannot be built: {error.message}")
        return Rebuilt(pdf=pdf, same=False, reasons=tuple(reasons))
    data = made.files[PDF]
    reasons += _other_fonts(kept.record["fonts"], made.record["fonts"])
    if data == recorded:
        return Rebuilt(pdf=pdf, same=True, reasons=tuple(reasons))
    reasons.append(_first_difference(recorded, data))
    return Rebuilt(pdf=pdf, same=False, reasons=tuple(reasons))


def _other_software(then: Mapping[str, str]) -> Iterator[str]:
    now = software()
    for name in sorted({*then, *now}):
        if then.get(name, "") != now.get(name, ""):
            yield (
                f"{name} was {then.get(name) or 'not there'}, here it is "
                f"{now.get(name) or 'not there'}"
            )


def _other_fonts(then: list[dict[str, Any]], now: list[dict[str, Any]]) -> Iterator[str]:
    were = {(one["family"], one["style"]): one["version"] for one in then}
    are = {(one["family"], one["style"]): one["version"] for one in now}
    for font in sorted({*were, *are}):
        if were.get(font) != are.get(font):
            yield (
                f"the font {' '.join(font)} was {were.get(font) or 'not used'}, here it is "
                f"{are.get(font) or 'not used'}"
            )


def _first_difference(recorded: bytes, data: bytes) -> str:
    """Say where two files first differ, by byte and by page."""
    shorter = min(len(recorded), len(data))
    at = next((i for i in range(shorter) if recorded[i] != data[i]), shorter)
    where = f"the files first differ at byte {at} ({len(recorded)} bytes then, {len(data)} now)"
    try:
        page = _first_page(recorded, data)
    except Exception:  # noqa: BLE001 - pypdf raises anything over a damaged file
        return where
    return f"{where}, {page}"


def _first_page(recorded: bytes, data: bytes) -> str:
    then, now = _pages(recorded), _pages(data)
    for number, (one, other) in enumerate(zip(then, now, strict=False), start=1):
        if one != other:
            return f"the pages at page {number}"
    if len(then) != len(now):
        return f"the pages at page {min(len(then), len(now)) + 1}, which only one has"
    return "no page in what is drawn or said: in metadata, fonts or structure"


def _pages(data: bytes) -> list[tuple[bytes, str]]:
    """Return what each page draws, and the characters that its glyphs stand for."""
    from pypdf import PdfReader

    contents = [page.get_contents() for page in PdfReader(BytesIO(data)).pages]
    said = ("".join(run.text for run in page.runs) for page in read_pdf(data).pages)
    drawn = (content.get_data() if content else b"" for content in contents)
    return list(zip(drawn, said, strict=True))
