"""The PDFs of a bag made again from what the bag holds, and compared to the byte.

Enters: a bag. Leaves: for each report whether the same file came of it, and else why not: which software or which
fonts are others than then, or where the first difference is. Nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from publisher.archive import bagit
from publisher.archive.bag_info import EPOCH
from publisher.archive.bag_layout import report_path
from publisher.archive.bag_reports import read_kept, report_names
from publisher.archive.fixity import take_inventory
from publisher.archive.limited_process import run_bounded, run_here
from publisher.errors import PublisherError, VerificationError
from publisher.model import Severity
from publisher.output_names import PDF
from publisher.pdf.document import read_pdf
from publisher.pipeline import run_pipeline
from publisher.system.software import software
from publisher.verify.signatures.signed_publications import unsigned_revision

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from publisher.archive.bag_reports import Kept
    from publisher.model.record_types import FontRecord


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
    """Build each report of a bag again; raise ``VerificationError`` where there is none.

    Raises it too for a bag in which something is no ordinary file.
    """
    inventory = take_inventory(bag)
    for one in inventory.findings:
        if one.finding.severity is Severity.ERROR:
            raise VerificationError(
                one.finding.message, where=str(bag / one.path), hint=one.finding.hint
            )
    names = report_names(inventory.fixities)
    if not names:
        raise VerificationError(
            "holds no report", where=str(bag), hint="publisher verify says what is wrong with it"
        )
    epoch = bagit.read_info(inventory.read(bagit.BAG_INFO)).value(EPOCH)
    for name in names:
        try:
            kept = read_kept(inventory, name)
            source = inventory.read(kept.source) if kept.source else None
            task = _Task(kept=kept, source=source, epoch=epoch)
            yield (run_bounded if kept.brings_style else run_here)(_rebuilt, task)
        except PublisherError as error:
            pdf = report_path(name, PDF)
            yield Rebuilt(pdf=pdf, same=False, reasons=(f"cannot be built: {error.message}",))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A report to be built again."""

    kept: Kept
    source: bytes | None
    """None where it is not in the bag."""
    epoch: str
    """The ``SOURCE_DATE_EPOCH`` that was in force; empty where none was."""

    def __str__(self) -> str:
        """Return what people call it."""
        return str(self.kept)


def _rebuilt(task: _Task) -> Rebuilt:
    kept = task.kept
    pdf = report_path(kept.name, PDF)
    if task.source is None:
        return Rebuilt(
            pdf=pdf, same=False, reasons=("its source is not in the bag: no file has its digest",)
        )
    reasons = list(_other_software(kept.record["software"]))
    recorded = unsigned_revision(kept.data, kept.record["pdf"]["sha256"])
    if recorded is None:
        recorded = kept.data
        reasons.append("the PDF in the bag is not the one that its record was written for")
    try:
        made = run_pipeline(
            task.source,
            kept.options,
            name=kept.record["source"]["name"],
            where=kept.source,
            epoch=task.epoch,
        )
    except PublisherError as error:
        reasons.append(f"cannot be built: {error.message}")
        return Rebuilt(pdf=pdf, same=False, reasons=tuple(reasons))
    data = made.files[PDF]
    reasons += _other_fonts(kept.record["fonts"], made.record["fonts"])
    if data == recorded:
        return Rebuilt(pdf=pdf, same=True, reasons=tuple(reasons))
    reasons.append(_first_difference(recorded, data))
    return Rebuilt(pdf=pdf, same=False, reasons=tuple(reasons))


def _other_software(then: Mapping[str, object]) -> Iterator[str]:
    now = software()
    for name in sorted({*then, *now}):
        if then.get(name, "") != now.get(name, ""):
            yield (
                f"{name} was {then.get(name) or 'not there'}, here it is "
                f"{now.get(name) or 'not there'}"
            )


def _other_fonts(then: list[FontRecord], now: list[FontRecord]) -> Iterator[str]:
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
