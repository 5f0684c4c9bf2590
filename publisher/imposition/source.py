"""The reader of the PDF that is imposed: its pages with their boxes, and the parts that sheets cannot have.

Input: the bytes of a PDF. Output: a ``SourcePdf``, or a ``SourceError`` for a file that cannot be imposed. The module
implements ISO 32000-1, 7.7.3.3 (page objects), 14.11.2 (page boundaries) and 12.5 (annotations).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from publisher.errors import SourceDamagedError
from publisher.imposition.page_ranges import format_page_ranges
from publisher.imposition.sheet_layout import SourcePage
from publisher.imposition.xmp_metadata import PDF_X_3_PROPERTIES
from publisher.messages import translatable
from publisher.model import Finding, Severity
from publisher.pdf.file_end import is_cut_off
from publisher.pdf.open_file import header_version, is_pdf, open_file
from publisher.pdf.structure_tree import plain, string
from publisher.pdf.syntax import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pypdf import PdfReader

    from publisher.pdf.geometry import Rectangle

DAMAGED_HINT = "ask for the file again, or save it with another program"
_MIN_SIDE = 1.0
"""Smallest width and height of a trimmed page, in points."""
_HIDDEN_FLAG = 2
"""The annotation flag Hidden (12.5.3)."""
_INVISIBLE_SUBTYPES = frozenset({"Link", "Popup"})
"""Subtypes of annotations without a visible appearance on the page."""
_COPIED_ENTRIES = frozenset(
    {
        "/Type", "/Pages", "/Version", "/Extensions", "/Metadata", "/OutputIntents",
        "/OCProperties", "/Lang",
    }
)  # fmt: skip
_VIEWER_ENTRIES = frozenset(
    {"/PageMode", "/PageLayout", "/ViewerPreferences", "/MarkInfo", "/Names"}
)
"""Entries of the catalogue that are irrelevant for printing; the trees in Names are checked one by one."""
_OMITTED_ENTRIES: Mapping[str, str] = {
    "/StructTreeRoot": "structure",
    "/Outlines": "bookmarks",
    "/PageLabels": "page labels",
    "/AF": "embedded files",
    "/EmbeddedFiles": "embedded files",
    "/Dests": "destinations",
    "/AcroForm": "form",
    "/JavaScript": "scripts",
    "/OpenAction": "actions",
    "/AA": "actions",
    "/Threads": "article threads",
    "/Perms": "signatures",
    "/DSS": "signatures",
    "/Collection": "portfolio",
}
"""Entries of the catalogue and of Names that have no meaning on sheets, with their names in messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePdf:
    """A PDF to impose."""

    reader: PdfReader
    catalog: Any
    version: str
    page_objects: tuple[Any, ...]
    """The page objects with their inherited entries."""
    pages: tuple[SourcePage, ...]
    omitted: tuple[str, ...]
    """The parts that the sheets do not have, by their names in messages."""
    findings: tuple[Finding, ...]

    @property
    def information(self) -> Any:
        """The document information (14.3.3); empty if there is none."""
        return resolve(self.reader.trailer.get("/Info")) or {}

    @property
    def has_old_pdf_x_claim(self) -> bool:
        """Whether the document information claims PDF/X-1a or PDF/X-3."""
        return any(f"/{key}" in self.information for key in PDF_X_3_PROPERTIES)

    @property
    def has_intent_and_trapped(self) -> bool:
        """Whether it has an output intent and a Trapped entry, as PDF/X-4 requires."""
        intents = [resolve(intent) for intent in resolve(self.catalog.get("/OutputIntents")) or ()]
        trapped = string(self.information.get("/Trapped"))
        return trapped in ("True", "False") and any(
            string(intent.get("/S")) == "GTS_PDFX" for intent in intents
        )


def read_source(data: bytes, *, strict: bool) -> SourcePdf:
    """Read a PDF.

    ``strict`` is pypdf's option: if false, pypdf repairs violations of the standard where it can.

    Raises:
        SourceError: If the file is not a PDF, is encrypted, is truncated or has no usable pages.
    """
    if is_pdf(data) and is_cut_off(data):
        raise SourceDamagedError(
            "is truncated: its end-of-file marker is missing", hint=DAMAGED_HINT
        )
    reader = open_file(data, strict=strict)
    catalog = resolve(reader.trailer["/Root"])
    page_objects = tuple(reader.pages)
    if not page_objects:
        raise SourceDamagedError("has no pages", hint=DAMAGED_HINT)
    return SourcePdf(
        reader=reader,
        catalog=catalog,
        version=max(header_version(data), string(catalog.get("/Version"))),
        page_objects=page_objects,
        pages=tuple(
            _page(page_object, number) for number, page_object in enumerate(page_objects, start=1)
        ),
        omitted=(
            *_omitted_parts(catalog, page_objects),
            *(("encryption",) if reader.is_encrypted else ()),
        ),
        findings=tuple(_annotation_findings(page_objects)),
    )


def _page(page_object: Any, number: int) -> SourcePage:
    """Return the boxes of a page.

    A missing trim box is the crop box, a missing crop box the media box, a missing bleed box the trim box.
    """
    media = _box(page_object, "/MediaBox", number)
    if media is None:
        raise _damaged("has no MediaBox", number)
    crop = _within(_box(page_object, "/CropBox", number) or media, media)
    trim = _within(_box(page_object, "/TrimBox", number) or crop, media)
    if trim[2] - trim[0] < _MIN_SIDE or trim[3] - trim[1] < _MIN_SIDE:
        raise _damaged("is empty after trimming: its boxes have no area", number)
    bleed = _within(_box(page_object, "/BleedBox", number) or trim, media)
    outer = (
        min(bleed[0], trim[0]),
        min(bleed[1], trim[1]),
        max(bleed[2], trim[2]),
        max(bleed[3], trim[3]),
    )
    rotate, unit = plain(page_object.get("/Rotate", 0)), plain(page_object.get("/UserUnit", 1))
    if not isinstance(rotate, int) or rotate % 90:
        raise _damaged(
            translatable("is rotated by {rotate}, which is not a multiple of 90", rotate=rotate),
            number,
        )
    if not isinstance(unit, int | float) or not 0 < unit < math.inf:
        raise _damaged(translatable("has the invalid UserUnit {unit}", unit=unit), number)
    return SourcePage(trim=trim, bleed=outer, rotate=rotate % 360, unit=float(unit))


def _box(page_object: Any, key: str, number: int) -> Rectangle | None:
    raw = plain(page_object.get(key))
    if raw is None:
        return None
    if (
        not isinstance(raw, tuple)
        or len(raw) != 4
        or not all(isinstance(value, int | float) and math.isfinite(value) for value in raw)
    ):
        raise _damaged(translatable("has a {key} that is not a rectangle", key=key[1:]), number)
    x0, y0, x1, y1 = map(float, raw)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _within(box: Rectangle, other: Rectangle) -> Rectangle:
    return (
        max(box[0], other[0]),
        max(box[1], other[1]),
        min(box[2], other[2]),
        min(box[3], other[3]),
    )


def _damaged(message: str, number: int) -> SourceDamagedError:
    return SourceDamagedError(
        message, hint=DAMAGED_HINT, where=translatable("page {page}", page=number)
    )


def _omitted_parts(catalog: Any, page_objects: Iterable[Any]) -> Iterator[str]:
    """Yield the parts that sheets cannot have, each once, in the order of ``_OMITTED_ENTRIES``."""
    entries = {*catalog, *(resolve(catalog.get("/Names")) or ())}
    entries = entries - _COPIED_ENTRIES - _VIEWER_ENTRIES
    parts = [name for key, name in _OMITTED_ENTRIES.items() if key in entries]
    if any("Link" in _subtypes(page_object) for page_object in page_objects):
        parts.insert(1, "links")
    if any("/OutputIntents" in page_object for page_object in page_objects):
        parts.append("output intents of single pages")
    yield from dict.fromkeys(parts)
    yield from sorted(key[1:] for key in entries - set(_OMITTED_ENTRIES))


def _subtypes(page_object: Any) -> list[str]:
    """Return the subtypes of the annotations of a page that are not hidden."""
    annotations = (resolve(annotation) for annotation in resolve(page_object.get("/Annots")) or ())
    return [
        string(annotation.get("/Subtype"))
        for annotation in annotations
        if annotation and not int(resolve(annotation.get("/F")) or 0) & _HIDDEN_FLAG
    ]


def _annotation_findings(page_objects: Iterable[Any]) -> Iterator[Finding]:
    """Yield a finding for each kind of annotation that viewers show and the sheets do not have."""
    pages_by_subtype: dict[str, list[int]] = {}
    for number, page_object in enumerate(page_objects, start=1):
        for subtype in dict.fromkeys(_subtypes(page_object)):
            if subtype not in _INVISIBLE_SUBTYPES:
                pages_by_subtype.setdefault(subtype, []).append(number)
    for subtype, pages in pages_by_subtype.items():
        description = "form fields" if subtype == "Widget" else f"annotations ({subtype})"
        yield Finding(
            clause="imposition",
            severity=Severity.WARNING,
            message=translatable(
                "{page_ranges}: {description} that will not be printed",
                page_ranges=format_page_ranges(pages),
                description=description,
            ),
            hint="flatten the file first, for example by printing it to a PDF",
        )
