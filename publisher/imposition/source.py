"""A finished PDF as what is put on sheets: its pages with their boxes, and what cannot go along.

Enters: the bytes of any PDF. Leaves: a ``Source``, or a ``SourceError`` that says why there is none.
Serves ISO 32000-1, 7.7.3.3 (page objects), 14.11.2 (page boundaries), 12.5 (annotations).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from publisher.errors import SourceDamagedError, SourceUnreadableError, UnsupportedFormatError
from publisher.imposition.page_ranges import numbered
from publisher.imposition.sheet_layout import SourcePage
from publisher.imposition.xmp_metadata import OF_PDF_X_3
from publisher.model import Finding, Severity
from publisher.pdf.structure_tree import plain, string
from publisher.pdf.syntax import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pypdf import PdfReader

    from publisher.pdf.geometry import Rectangle

DAMAGED = "let whoever made it send it again, or save it anew with another program"
_TAIL_BYTES = 1024
"""Where the end-of-file mark is looked for."""
_SMALLEST = 1.0
"""Points: a page that is narrower has no sides."""
_HIDDEN = 2
"""The bit of an annotation that nobody sees (12.5.3)."""
_UNSEEN = frozenset({"Link", "Popup"})
_CARRIED = frozenset(
    {
        "/Type", "/Pages", "/Version", "/Extensions", "/Metadata", "/OutputIntents",
        "/OCProperties", "/Lang",
    }
)  # fmt: skip
_FOR_VIEWERS = frozenset({"/PageMode", "/PageLayout", "/ViewerPreferences", "/MarkInfo", "/Names"})
"""What says nothing to a press; of Names, each tree is asked for by itself."""
_LEFT: Mapping[str, str] = {
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
"""Entries of the catalogue and of its names that have no meaning on sheets, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A PDF that is put on sheets."""

    reader: PdfReader
    catalog: Any
    version: str
    leaves: tuple[Any, ...]
    """The page objects, with what they inherit."""
    pages: tuple[SourcePage, ...]
    left: tuple[str, ...]
    """What does not go along, in words."""
    findings: tuple[Finding, ...]

    @property
    def information(self) -> Any:
        """The document information (14.3.3); empty where there is none."""
        return resolve(self.reader.trailer.get("/Info")) or {}

    @property
    def old_pdf_x(self) -> bool:
        """Whether it says there that it is PDF/X-1a or PDF/X-3."""
        return any(f"/{key}" in self.information for key in OF_PDF_X_3)

    @property
    def has_intent_and_trapped(self) -> bool:
        """Whether it has what PDF/X-4 asks for outside the metadata."""
        intents = [resolve(one) for one in resolve(self.catalog.get("/OutputIntents")) or ()]
        trapped = string(self.information.get("/Trapped"))
        return trapped in ("True", "False") and any(
            string(intent.get("/S")) == "GTS_PDFX" for intent in intents
        )


def read_source(data: bytes, *, strict: bool) -> Source:
    """Read a PDF. ``strict`` is pypdf's: else it makes the best of what breaks the rules."""
    from pypdf import PdfReader

    if not data.startswith(b"%PDF-"):
        raise UnsupportedFormatError(
            "is not a PDF: it does not begin with %PDF-",
            hint="publisher build makes PDFs of reports",
        )
    if b"%%EOF" not in data[-_TAIL_BYTES:]:
        raise SourceDamagedError("is cut short: its end-of-file mark is missing", hint=DAMAGED)
    reader = PdfReader(BytesIO(data), strict=strict)
    if "/Encrypt" in reader.trailer:
        raise SourceUnreadableError(
            "is encrypted", hint="save it without a password and without restrictions"
        )
    catalog = resolve(reader.trailer["/Root"])
    leaves = tuple(reader.pages)
    if not leaves:
        raise SourceDamagedError("has no pages", hint=DAMAGED)
    return Source(
        reader=reader,
        catalog=catalog,
        version=max(data[5:8].decode("latin-1"), string(catalog.get("/Version"))),
        leaves=leaves,
        pages=tuple(_page(leaf, number) for number, leaf in enumerate(leaves, start=1)),
        left=tuple(_left(catalog, leaves)),
        findings=tuple(_unprinted(leaves)),
    )


def _page(leaf: Any, number: int) -> SourcePage:
    """Return a page's boxes; those it lacks are the next larger, a bleed it lacks is none."""
    media = _box(leaf, "/MediaBox", number)
    if media is None:
        raise _damaged("has no MediaBox", number)
    crop = _within(_box(leaf, "/CropBox", number) or media, media)
    trim = _within(_box(leaf, "/TrimBox", number) or crop, media)
    if trim[2] - trim[0] < _SMALLEST or trim[3] - trim[1] < _SMALLEST:
        raise _damaged("is nothing once it is cut: its boxes have no area", number)
    bleed = _within(_box(leaf, "/BleedBox", number) or trim, media)
    outer = (
        min(bleed[0], trim[0]),
        min(bleed[1], trim[1]),
        max(bleed[2], trim[2]),
        max(bleed[3], trim[3]),
    )
    rotate, unit = plain(leaf.get("/Rotate", 0)), plain(leaf.get("/UserUnit", 1))
    if not isinstance(rotate, int) or rotate % 90:
        raise _damaged(f"is turned by {rotate}, which is no quarter", number)
    if not isinstance(unit, int | float) or not 0 < unit < math.inf:
        raise _damaged(f"has {unit} as the size of its unit", number)
    return SourcePage(trim=trim, bleed=outer, rotate=rotate % 360, unit=float(unit))


def _box(leaf: Any, key: str, number: int) -> Rectangle | None:
    raw = plain(leaf.get(key))
    if raw is None:
        return None
    if (
        not isinstance(raw, tuple)
        or len(raw) != 4
        or not all(isinstance(one, int | float) and math.isfinite(one) for one in raw)
    ):
        raise _damaged(f"has a {key[1:]} that is no rectangle", number)
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
    return SourceDamagedError(message, hint=DAMAGED, where=f"page {number}")


def _left(catalog: Any, leaves: Iterable[Any]) -> Iterator[str]:
    """Yield what sheets cannot have, each once, in the order of ``_LEFT``."""
    there = {*catalog, *(resolve(catalog.get("/Names")) or ())} - _CARRIED - _FOR_VIEWERS
    words = [word for key, word in _LEFT.items() if key in there]
    if any("Link" in _subtypes(leaf) for leaf in leaves):
        words.insert(1, "links")
    if any("/OutputIntents" in leaf for leaf in leaves):
        words.append("output intents of single pages")
    yield from dict.fromkeys(words)
    yield from sorted(key[1:] for key in there - set(_LEFT))


def _subtypes(leaf: Any) -> list[str]:
    """Return the kinds of the annotations of a page that are not hidden."""
    annotations = (resolve(one) for one in resolve(leaf.get("/Annots")) or ())
    return [
        string(one.get("/Subtype"))
        for one in annotations
        if one and not int(resolve(one.get("/F")) or 0) & _HIDDEN
    ]


def _unprinted(leaves: Iterable[Any]) -> Iterator[Finding]:
    """Yield what a viewer shows on the pages and a sheet will not."""
    pages_of: dict[str, list[int]] = {}
    for number, leaf in enumerate(leaves, start=1):
        for kind in dict.fromkeys(_subtypes(leaf)):
            if kind not in _UNSEEN:
                pages_of.setdefault(kind, []).append(number)
    for kind, pages in pages_of.items():
        what = "fields of a form" if kind == "Widget" else f"annotations ({kind})"
        yield Finding(
            clause="imposition",
            severity=Severity.WARNING,
            message=f"{numbered(pages)} with {what} that will not be printed",
            hint="print the file into another PDF first, which makes them part of its pages",
        )
