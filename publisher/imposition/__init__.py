"""The pages of a finished PDF put on sheets for a print shop.

Enters: the bytes of any sound PDF and an ``ImpositionOptions``. Leaves: an ``ImposedPdf``: a PDF whose pages are
the sides of sheets. ``schemes`` says which page stands where, ``paper_sizes`` and ``sheet_layout`` measure, ``source``
reads, ``xmp_metadata`` keeps the metadata true, ``sheet_writer`` writes. The same input gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publisher.errors import PublisherError, SourceDamagedError, VerificationError
from publisher.imposition.options import ImpositionOptions, cells_of
from publisher.imposition.page_ranges import numbered
from publisher.imposition.schemes import sheets_for
from publisher.imposition.sheet_layout import SAME, lay_out, upright
from publisher.imposition.sheet_writer import SheetsWriter, identity
from publisher.imposition.source import DAMAGED, read_source
from publisher.imposition.xmp_metadata import Packet, carried
from publisher.model import Finding, Severity
from publisher.pdf.geometry import MM
from publisher.pdf.syntax import resolve, stream_data
from publisher.system.log_capture import gathered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.imposition.sheet_layout import SourcePage
    from publisher.imposition.source import Source


MOST_FORGIVEN = 1_000
"""Broken rules of PDF in one file: with more it is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImposedPdf:
    """Imposed sheets, not yet written."""

    data: bytes
    pages: int
    """Of the source."""
    sheets: int
    blank: int
    """Cells without a page."""
    paper_mm: tuple[float, float]
    duplex: str
    """The edge over which the press must flip a sheet: ``long`` or ``short``."""
    left: tuple[str, ...]
    """What of the source does not go along, in words."""
    findings: tuple[Finding, ...]


def impose(data: bytes, wish: ImpositionOptions) -> ImposedPdf:
    """Put the pages of a PDF on sheets.

    Raises ``SourceError`` for what is no sound PDF, ``UsageError`` for what its pages do not allow.
    """
    try:
        return _impose(data, wish, strict=True)
    except PublisherError:
        raise
    except Exception as error:  # noqa: BLE001 - pypdf raises anything over what breaks a rule
        return _impose_as_viewers_do(data, wish, str(error))


def _impose_as_viewers_do(data: bytes, wish: ImpositionOptions, broken: str) -> ImposedPdf:
    """Make the best of a file that breaks a rule of PDF, as every viewer does, and tell it."""
    try:
        with gathered("pypdf", most=MOST_FORGIVEN):
            imposed = _impose(data, wish, strict=False)
    except PublisherError:
        raise
    except Exception as error:
        raise SourceDamagedError(
            f"the PDF is damaged: {type(error).__name__}: {error}", hint=DAMAGED
        ) from error
    told = _warning(
        f"the file breaks a rule of PDF and was read all the same: {broken}",
        "compare the sheets with it",
    )
    return replace(imposed, findings=(told, *imposed.findings))


def _impose(data: bytes, wish: ImpositionOptions, *, strict: bool) -> ImposedPdf:
    source = read_source(data, strict=strict)
    sheets = sheets_for(len(source.pages), wish)
    pages = upright(source.pages)
    layout = lay_out(sheets, pages, wish)
    packet, told = _packet(source, identity(data, wish))
    return ImposedPdf(
        data=SheetsWriter(source, marks=wish.marks).write(layout, packet),
        pages=len(source.pages),
        sheets=len(sheets),
        blank=sum(len(sheet.front + sheet.back) for sheet in sheets) - len(source.pages),
        paper_mm=(layout.paper[0] / MM, layout.paper[1] / MM),
        duplex=layout.duplex,
        left=(*source.left, *_claims(source, packet)),
        findings=(
            *source.findings,
            *told,
            *_of_turns(source.pages, pages),
            *_of_sizes(pages),
            *_of_bleed(source.pages, wish),
        ),
    )


def _packet(source: Source, digest: bytes) -> tuple[Packet | None, tuple[Finding, ...]]:
    """Return the metadata as the sheets have it, and what a person should know of it."""
    metadata = resolve(source.catalog.get("/Metadata"))
    if metadata is None:
        return None, ()
    try:
        said = stream_data(metadata)
    except VerificationError:  # cut short, or damaged
        said = b""
    packet = carried(said, digest, pdf_x=source.has_intent_and_trapped)
    if packet is None:
        return None, (_warning("its XMP metadata is no sound XML and is left out", ""),)
    if packet.broken_pdf_x:
        return packet, (
            _warning(
                "it declares PDF/X-4 without what that asks for, and the sheets do not",
                "ask for an output intent, Trapped, a title, dates and identifiers",
            ),
        )
    return packet, ()


def _claims(source: Source, packet: Packet | None) -> Iterator[str]:
    """Yield the standards that the sheets no longer declare."""
    gone = {*(packet.gone if packet else ()), *(("PDF/X",) if source.old_pdf_x else ())}
    if gone:
        yield f"what it declares ({', '.join(sorted(gone))})"


def _of_turns(before: Sequence[SourcePage], after: Sequence[SourcePage]) -> Iterator[Finding]:
    pairs = enumerate(zip(before, after, strict=True), start=1)
    turned = [number for number, (one, other) in pairs if one is not other]
    if turned:
        yield Finding(
            clause="imposition",
            severity=Severity.NOTE,
            message=f"{numbered(turned)} lying across the others, turned with their heads to the left",
        )


def _of_sizes(pages: Sequence[SourcePage]) -> Iterator[Finding]:
    width, height = (max(page.size[side] for page in pages) for side in (0, 1))
    smaller = [
        number
        for number, page in enumerate(pages, start=1)
        if width - page.size[0] > SAME or height - page.size[1] > SAME
    ]
    if smaller:
        yield _warning(
            f"{numbered(smaller)}: smaller than the cell, which holds the largest width and height "
            f"({width / MM:.0f} × {height / MM:.0f} mm)",
            "they are set at their spine, or in the middle where nothing is bound",
        )


def _of_bleed(pages: Sequence[SourcePage], wish: ImpositionOptions) -> Iterator[Finding]:
    wanted = (wish.bleed_mm or 0) * MM
    short = [number for number, page in enumerate(pages, 1) if wanted - page.own_bleed > SAME]
    if short:
        most = max(page.own_bleed for page in pages)
        yield _warning(
            f"{numbered(short)}: less bleed than {wish.bleed_mm:g} mm (the most that a page has is "
            f"{most / MM:.1f} mm)",
            "have them made with bleed if anything is printed up to their edges",
        )


def _warning(message: str, hint: str) -> Finding:
    return Finding(clause="imposition", severity=Severity.WARNING, message=message, hint=hint)


__all__ = ["ImposedPdf", "ImpositionOptions", "cells_of", "impose"]
