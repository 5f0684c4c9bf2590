"""Rebuilding the PDFs of a bag from its contents, and comparing them byte by byte.

Input: a bag. Output: for each report whether the same file was built, and if not, why: the software or fonts that
differ, or the place of the first difference. Nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from publisher.archive import bagit
from publisher.archive.bag_info import EPOCH
from publisher.archive.bag_layout import report_path
from publisher.archive.bag_reports import read_bag_report, report_names
from publisher.archive.fixity import take_inventory
from publisher.batch.limited_process import judge
from publisher.errors import PublisherError, VerificationError
from publisher.messages import translatable
from publisher.model import Severity
from publisher.output_names import PDF
from publisher.pdf.document import read_pdf
from publisher.pipeline import run_pipeline
from publisher.system.software import software_differences
from publisher.verify.signatures.signed_publications import unsigned_revision

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from publisher.archive.bag_reports import BagReport
    from publisher.model.record_types import FontRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuiltReport:
    """The comparison of a report's PDF with its rebuilt PDF."""

    pdf: str
    """The path of the PDF in the bag."""
    identical: bool
    """Whether the recorded PDF and the rebuilt PDF have the same bytes."""
    appended: int = 0
    """The number of bytes in the bag's PDF after the recorded ones: a signature or a change."""
    reasons: tuple[str, ...] = ()
    """Why they differ; if they do not, the differences of software that had no effect."""


def rebuild_reports(bag: Path) -> Iterator[RebuiltReport]:
    """Build each report of a bag again, in a process with limits, and yield the comparison.

    Raises:
        VerificationError: If the bag has no report, or contains something other than regular files and folders.
    """
    inventory = take_inventory(bag)
    for item in inventory.findings:
        if item.finding.severity is Severity.ERROR:
            raise VerificationError(
                item.finding.message, where=str(bag / item.path), hint=item.finding.hint
            )
    names = report_names(inventory.fixities)
    if not names:
        raise VerificationError(
            "contains no report", where=str(bag), hint="publisher verify lists its problems"
        )
    epoch = bagit.read_info(inventory.read(bagit.BAG_INFO)).value(EPOCH)
    for name in names:
        try:
            report = read_bag_report(inventory, name)
            source = inventory.read(report.source) if report.source else None
            task = _RebuildTask(report=report, source=source, epoch=epoch)
            yield judge(_rebuild_report, task)
        except PublisherError as error:
            yield RebuiltReport(
                pdf=report_path(name, PDF),
                identical=False,
                reasons=(translatable("cannot be built: {message}", message=error.message),),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _RebuildTask:
    """A report to build again; it can be pickled."""

    report: BagReport
    source: bytes | None
    """``None`` if the source is not in the bag."""
    epoch: str
    """The ``SOURCE_DATE_EPOCH`` of the first build; empty if it was not set."""

    def __str__(self) -> str:
        """Return the PDF's path, as messages print it."""
        return str(self.report)


def _rebuild_report(task: _RebuildTask) -> RebuiltReport:
    report = task.report
    pdf = report_path(report.name, PDF)
    if task.source is None:
        return RebuiltReport(
            pdf=pdf,
            identical=False,
            reasons=("its source is not in the bag: no file has its digest",),
        )
    reasons = [
        translatable(
            "{name} was {recorded}; now it is {present}",
            name=name,
            recorded=recorded or "not installed",
            present=present or "not installed",
        )
        for name, recorded, present in software_differences(
            report.record["software"], report.options.extensions
        )
    ]
    recorded = unsigned_revision(report.data, report.record["pdf"]["sha256"])
    if recorded is None:
        recorded = report.data
        reasons.append("the PDF in the bag is not the one that its record describes")
    appended = len(report.data) - len(recorded)
    try:
        result = run_pipeline(
            task.source,
            report.options,
            name=report.record["source"]["name"],
            where=report.source,
            epoch=task.epoch,
            decisions=report.decisions,
        )
    except PublisherError as error:
        reasons.append(translatable("cannot be built: {message}", message=error.message))
        return RebuiltReport(pdf=pdf, identical=False, reasons=tuple(reasons))
    data = result.files[PDF]
    reasons += _font_differences(report.record["fonts"], result.record["fonts"])
    if data == recorded:
        return RebuiltReport(pdf=pdf, identical=True, appended=appended, reasons=tuple(reasons))
    reasons.append(_first_difference(recorded, data))
    return RebuiltReport(pdf=pdf, identical=False, appended=appended, reasons=tuple(reasons))


def _font_differences(recorded: list[FontRecord], current: list[FontRecord]) -> Iterator[str]:
    recorded_versions = {(font["family"], font["style"]): font["version"] for font in recorded}
    current_versions = {(font["family"], font["style"]): font["version"] for font in current}
    for font in sorted({*recorded_versions, *current_versions}):
        if recorded_versions.get(font) != current_versions.get(font):
            yield (
                translatable(
                    "the font {font} was {recorded}; now it is {present}",
                    font=" ".join(font),
                    recorded=recorded_versions.get(font) or "not used",
                    present=current_versions.get(font) or "not used",
                )
            )


def _first_difference(recorded: bytes, data: bytes) -> str:
    """Return the byte and the page at which two files first differ, in words."""
    shorter = min(len(recorded), len(data))
    offset = next((index for index in range(shorter) if recorded[index] != data[index]), shorter)
    byte_words = translatable(
        "the files first differ at byte {offset} ({recorded_count} bytes recorded, "
        "{data_count} now)",
        offset=offset,
        recorded_count=len(recorded),
        data_count=len(data),
    )
    try:
        page_words = _first_page_difference(recorded, data)
    except Exception:  # noqa: BLE001 - pypdf raises many kinds of exceptions for a damaged file
        return byte_words
    return translatable("{byte_words}, {page_words}", byte_words=byte_words, page_words=page_words)


def _first_page_difference(recorded: bytes, data: bytes) -> str:
    recorded_pages, current_pages = _page_contents(recorded), _page_contents(data)
    pairs = zip(recorded_pages, current_pages, strict=False)
    for number, (recorded_page, current_page) in enumerate(pairs, start=1):
        if recorded_page != current_page:
            return translatable("the pages at page {number}", number=number)
    if len(recorded_pages) != len(current_pages):
        number = min(len(recorded_pages), len(current_pages)) + 1
        return translatable("the pages at page {number}, which only one of them has", number=number)
    return "the pages not at all: the difference is in metadata, fonts or structure"


def _page_contents(data: bytes) -> list[tuple[bytes, str]]:
    """Return the content stream of each page, and the text of its glyphs."""
    from pypdf import PdfReader

    streams = [page.get_contents() for page in PdfReader(BytesIO(data)).pages]
    texts = ("".join(run.text for run in page.runs) for page in read_pdf(data).pages)
    contents = (stream.get_data() if stream else b"" for stream in streams)
    return list(zip(contents, texts, strict=True))
