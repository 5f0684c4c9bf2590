"""Imposition: the pages of a finished PDF are arranged on sheets for a print shop.

Input: the bytes of a PDF and ``ImpositionOptions``. Output: an ``ImposedPdf`` whose pages are the sides of the sheets; the
same input gives the same bytes. ``source`` reads the PDF, ``schemes`` assigns pages to cells, ``paper_sizes`` and
``sheet_layout`` compute positions, ``xmp_metadata`` adapts the metadata, ``sheet_writer`` writes the file, and
``page_comparison`` reads it back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publisher.errors import PublisherError, SourceDamagedError, VerificationError
from publisher.imposition.options import ImpositionOptions, parse_cells
from publisher.imposition.page_comparison import require_equal_pages
from publisher.imposition.page_ranges import format_page_ranges
from publisher.imposition.schemes import arrange_sheets
from publisher.imposition.sheet_layout import TOLERANCE, align_orientations, lay_out
from publisher.imposition.sheet_writer import SheetsWriter, compute_identity
from publisher.imposition.source import DAMAGED_HINT, read_source
from publisher.imposition.xmp_metadata import XmpPacket, adapt_metadata
from publisher.messages import join_texts, translatable
from publisher.model import Finding, Severity
from publisher.pdf.file_end import has_end_marker
from publisher.pdf.geometry import MM
from publisher.pdf.library_errors import describe_error
from publisher.pdf.syntax import content_streams, has_sound_checksum, resolve, stream_data
from publisher.system.log_capture import capture_logs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.imposition.sheet_layout import SourcePage
    from publisher.imposition.source import SourcePdf


MAX_PDF_ERRORS = 1_000
"""A file with more violations of the PDF standard is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImposedPdf:
    """The PDF of the sheets, in memory."""

    data: bytes
    pages: int
    """The number of pages of the source."""
    sheets: int
    blank: int
    """The number of cells without a page."""
    paper_mm: tuple[float, float]
    """Width and height of a sheet in millimetres."""
    duplex: str
    """The edge over which the press must flip a sheet: ``long`` or ``short``."""
    omitted: tuple[str, ...]
    """The parts of the source that the sheets do not have, such as ``structure`` or ``bookmarks``."""
    findings: tuple[Finding, ...]


def impose(data: bytes, options: ImpositionOptions) -> ImposedPdf:
    """Arrange the pages of a PDF on sheets.

    Raises:
        SourceError: If the file is not a PDF, needs a password or is damaged.
        UsageError: If the pages do not fit the options.
        VerificationError: If a page on the sheets would not be painted like that of the file.
    """
    try:
        return _impose(data, options, strict=True)
    except PublisherError:
        raise
    except Exception as error:  # noqa: BLE001 - pypdf raises many kinds of exceptions in strict mode
        return _impose_leniently(data, options, str(error))


def _impose_leniently(data: bytes, options: ImpositionOptions, violation: str) -> ImposedPdf:
    """Impose a file that violates the PDF standard as viewers would read it, with a warning."""
    try:
        with capture_logs("pypdf", limit=MAX_PDF_ERRORS):
            imposed = _impose(data, options, strict=False)
    except PublisherError:
        raise
    except Exception as error:
        raise SourceDamagedError(
            translatable("the PDF is damaged: {error}", error=describe_error(error)),
            hint=DAMAGED_HINT,
        ) from error
    warning = _warning(
        translatable(
            "the file violates the PDF standard and was read anyway: {violation}",
            violation=violation,
        ),
        "compare the sheets with the file",
    )
    return replace(imposed, findings=(warning, *imposed.findings))


def _impose(data: bytes, options: ImpositionOptions, *, strict: bool) -> ImposedPdf:
    source = read_source(data, strict=strict)
    sheets = arrange_sheets(len(source.pages), options)
    pages = align_orientations(source.pages)
    layout = lay_out(sheets, pages, options)
    packet, metadata_findings = _adapted_metadata(source, compute_identity(data, options))
    imposed = SheetsWriter(source, marks=options.marks).write(layout, packet)
    require_equal_pages(source, imposed)
    return ImposedPdf(
        data=imposed,
        pages=len(source.pages),
        sheets=len(sheets),
        blank=sum(len(sheet.front + sheet.back) for sheet in sheets) - len(source.pages),
        paper_mm=(layout.paper[0] / MM, layout.paper[1] / MM),
        duplex=layout.duplex,
        omitted=(*source.omitted, *_removed_claims(source, packet)),
        findings=(
            *source.findings,
            *metadata_findings,
            *_end_findings(data),
            *_checksum_findings(source),
            *_rotation_findings(source.pages, pages),
            *_size_findings(pages),
            *_bleed_findings(source.pages, options),
        ),
    )


def _adapted_metadata(
    source: SourcePdf, identity: bytes
) -> tuple[XmpPacket | None, tuple[Finding, ...]]:
    """Return the metadata for the sheets, and findings about it."""
    metadata = resolve(source.catalog.get("/Metadata"))
    if metadata is None:
        return None, ()
    try:
        original = stream_data(metadata)
    except VerificationError:  # truncated or damaged
        original = b""
    packet = adapt_metadata(original, identity, pdf_x=source.has_intent_and_trapped)
    if packet is None:
        return None, (_warning("its XMP metadata is not well-formed XML and is left out", ""),)
    if packet.has_invalid_pdf_x_claim:
        return packet, (
            _warning(
                "it declares PDF/X-4 but does not meet its requirements; the sheets do not declare it",
                "PDF/X-4 requires an output intent, Trapped, a title, dates and identifiers",
            ),
        )
    return packet, ()


def _removed_claims(source: SourcePdf, packet: XmpPacket | None) -> Iterator[str]:
    """Yield a description of the standards that the sheets no longer declare."""
    claims = {
        *(packet.removed_claims if packet else ()),
        *(("PDF/X",) if source.has_old_pdf_x_claim else ()),
    }
    if claims:
        yield translatable(
            "declared conformance ({claims})", claims=join_texts(", ", sorted(claims))
        )


def _end_findings(data: bytes) -> Iterator[Finding]:
    if not has_end_marker(data):
        yield _warning(
            "its end-of-file marker is missing; it was read as viewers do",
            "compare the sheets with the file",
        )


def _checksum_findings(source: SourcePdf) -> Iterator[Finding]:
    damaged = [
        number
        for number, page in enumerate(source.page_objects, start=1)
        if not all(map(has_sound_checksum, content_streams(page)))
    ]
    if damaged:
        yield _warning(
            translatable(
                "{page_ranges}: the checksum of the content is wrong; it was read as viewers do",
                page_ranges=format_page_ranges(damaged),
            ),
            "compare the sheets with the file",
        )


def _rotation_findings(
    original_pages: Sequence[SourcePage], pages: Sequence[SourcePage]
) -> Iterator[Finding]:
    pairs = enumerate(zip(original_pages, pages, strict=True), start=1)
    rotated = [number for number, (original, page) in pairs if original is not page]
    if rotated:
        yield Finding(
            clause="imposition",
            severity=Severity.NOTE,
            message=translatable(
                "{page_ranges}: rotated by a quarter turn, top to the left, because the other pages "
                "have the other orientation",
                page_ranges=format_page_ranges(rotated),
            ),
        )


def _size_findings(pages: Sequence[SourcePage]) -> Iterator[Finding]:
    width, height = (max(page.size[side] for page in pages) for side in (0, 1))
    smaller = [
        number
        for number, page in enumerate(pages, start=1)
        if width - page.size[0] > TOLERANCE or height - page.size[1] > TOLERANCE
    ]
    if smaller:
        yield _warning(
            translatable(
                "{page_ranges}: smaller than the cell, which has the largest width and height "
                "({width:.0f} × {height:.0f} mm)",
                page_ranges=format_page_ranges(smaller),
                width=width / MM,
                height=height / MM,
            ),
            "they are placed at the spine, or in the middle of the cell for n-up",
        )


def _bleed_findings(pages: Sequence[SourcePage], options: ImpositionOptions) -> Iterator[Finding]:
    required = (options.bleed_mm or 0) * MM
    short = [
        number for number, page in enumerate(pages, 1) if required - page.bleed_width > TOLERANCE
    ]
    if short:
        largest = max(page.bleed_width for page in pages)
        yield _warning(
            translatable(
                "{page_ranges}: less bleed than {bleed_mm:g} mm (the largest bleed of a page is "
                "{largest:.1f} mm)",
                page_ranges=format_page_ranges(short),
                bleed_mm=options.bleed_mm,
                largest=largest / MM,
            ),
            "ask for a file with bleed if anything is printed up to the edges",
        )


def _warning(message: str, hint: str) -> Finding:
    return Finding(clause="imposition", severity=Severity.WARNING, message=message, hint=hint)


__all__ = ["ImposedPdf", "ImpositionOptions", "impose", "parse_cells"]
