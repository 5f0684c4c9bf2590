"""A finished PDF as data: pages with their glyphs, structure tree and metadata.

Input: a PDF, as bytes or a path. Output: an immutable ``PdfDocument``. Serves ISO 32000-1 7.5 (file
structure), 7.7 (document structure), 12.4.2 (page labels) and 12.5 (annotations). pypdf finds the objects;
everything else is read by this package, so that defects which lenient readers tolerate are found. A file with a
defect raises ``VerificationError``.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from publisher.errors import VerificationError
from publisher.messages import join_texts, translatable
from publisher.pdf.content_stream import glyph_runs
from publisher.pdf.embedded_files import EmbeddedFile, read_embedded_files
from publisher.pdf.library_errors import describe_error
from publisher.pdf.marked_content import (
    Artifact,
    UnreachableContent,
    artifacts,
    index_content,
    logical_text,
    unreachable_content,
)
from publisher.pdf.outlines import OutlineItem, read_outlines
from publisher.pdf.structure_tree import (
    Annotation,
    Element,
    ObjectReference,
    Structure,
    plain,
    read_structure,
    string,
)
from publisher.pdf.syntax import object_number, resolve, stream_data

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from publisher.pdf.font_encoding import Font
    from publisher.pdf.geometry import Rectangle
    from publisher.pdf.glyph_run import GlyphRun
    from publisher.pdf.structure_tree import MarkedContent

_HINT: Final = (
    "build the publication again; if it happens again, something changes the file afterwards"
)
_TAIL_BYTES: Final = 1024
"""Bytes at the end of the file in which the end-of-file mark must be."""
_TOLERANCE: Final = 0.01
"""Points by which a glyph may be outside a box because of rounding."""
INHERITABLE_KEYS: Final = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfPage:
    """A page; lengths are in points of default user space, before ``rotate`` is applied."""

    index: int
    label: str
    """The page label; empty if the file has none."""
    media_box: Rectangle
    """Left, bottom, right, top."""
    crop_box: Rectangle
    """The visible part of the page: CropBox within MediaBox."""
    rotate: int
    runs: tuple[GlyphRun, ...]
    """In painting order."""
    annotations: tuple[Annotation, ...]

    @property
    def width(self) -> float:
        """The width of the visible part."""
        return self.crop_box[2] - self.crop_box[0]

    @property
    def height(self) -> float:
        """The height of the visible part."""
        return self.crop_box[3] - self.crop_box[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenGlyph:
    """A glyph that is in the text but cannot be seen on the page."""

    page: int
    character: str
    x: float
    y: float
    run: GlyphRun


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfDocument:
    """A PDF as a reader sees it."""

    version: str
    """The version of PDF in the header, or in the catalogue if that is later."""
    pages: tuple[PdfPage, ...]
    structure: Structure | None
    content: Mapping[MarkedContent, Sequence[GlyphRun]]
    language: str
    marked: bool
    """``Marked`` of the catalogue's MarkInfo."""
    display_title: bool
    """``DisplayDocTitle`` of the viewer preferences."""
    info: Mapping[str, str]
    xmp: bytes
    """The XMP metadata stream, its filter decoded; empty if there is none."""
    outlines: tuple[OutlineItem, ...]
    embedded_files: tuple[EmbeddedFile, ...]
    fonts: tuple[Font, ...]
    """The fonts that the pages show text in, with the codes that they show."""

    def logical_text(self, element: Element | None = None, *, replaced: bool = True) -> str:
        """Return the text in logical order (14.8.2.3).

        Args:
            element: The structure element; None for the whole tree.
            replaced: Whether ActualText replaces the text of the glyphs (14.9.4).

        """
        roots = self.structure.children if self.structure else ()
        elements = roots if element is None else (element,)
        return "".join(logical_text(item, self.content, replaced=replaced) for item in elements)

    def visible_text(self, page: PdfPage) -> str:
        """Return the visible characters of a page in painting order, including artifacts.

        A line feed is inserted where the baseline changes; no space is inserted between runs.
        """
        parts: list[str] = []
        baseline = None
        for run in page.runs:
            for text, x, y in zip(run.characters, run.xs, run.ys, strict=True):
                if run.render_mode in {3, 7} or not _inside(page.crop_box, x, y):
                    continue
                if baseline is not None and abs(y - baseline) > run.size / 4:
                    parts.append("\n")
                baseline = y
                parts.append(text)
        return "".join(parts)

    def off_page(self) -> tuple[HiddenGlyph, ...]:
        """Return the glyphs whose origin is outside the visible part of the page, except white space."""
        return tuple(
            HiddenGlyph(page=page.index, character=text, x=x, y=y, run=run)
            for page in self.pages
            for run in page.runs
            if not _is_inside(page.crop_box, run)
            for text, x, y in zip(run.characters, run.xs, run.ys, strict=True)
            if text.strip() and not _inside(page.crop_box, x, y)
        )

    def invisible(self) -> tuple[HiddenGlyph, ...]:
        """Return the glyphs that are painted invisibly: render modes 3 and 7 (9.3.6), except white space."""
        return tuple(
            HiddenGlyph(page=page.index, character=text, x=x, y=y, run=run)
            for page in self.pages
            for run in page.runs
            if run.render_mode in {3, 7}
            for text, x, y in zip(run.characters, run.xs, run.ys, strict=True)
            if text.strip()
        )

    def unreachable(self) -> tuple[UnreachableContent, ...]:
        """Return the text that is neither an artifact nor content of a structure element."""
        return unreachable_content(self.structure, [page.runs for page in self.pages])

    def unreachable_annotations(self) -> tuple[Annotation, ...]:
        """Return the visible annotations that belong to no structure element.

        Annotations outside the page need no element (ISO 14289-1, 7.18.1); signature fields are there.
        """
        elements = self.structure.walk() if self.structure else ()
        reached = {
            child.number
            for element in elements
            for child in element.children
            if isinstance(child, ObjectReference)
        }
        return tuple(
            annotation
            for page in self.pages
            for annotation in page.annotations
            if annotation.number not in reached and _touches(page.crop_box, annotation.rectangle)
        )

    def artifacts(self) -> tuple[Artifact, ...]:
        """Return the artifacts that have text, with their types."""
        return artifacts([page.runs for page in self.pages])


def _inside(box: Rectangle, x: float, y: float) -> bool:
    left, bottom, right, top = box
    return (
        left - _TOLERANCE <= x <= right + _TOLERANCE
        and bottom - _TOLERANCE <= y <= top + _TOLERANCE
    )


def _is_inside(box: Rectangle, run: GlyphRun) -> bool:
    """Return whether all glyph origins of a run are inside a box; NaN and infinity are not.

    All origins lie between those with the lowest and the highest offset. Offsets add up, so the last one is
    not finite if an earlier one is not.
    """
    x, y, dx, dy, _, offsets, _ = run.positions
    if not offsets:
        return True
    low, high = min(offsets), max(offsets)
    return (
        isfinite(offsets[-1])
        and _inside(box, x + low * dx, y + low * dy)
        and _inside(box, x + high * dx, y + high * dy)
    )


def _touches(box: Rectangle, rectangle: tuple[float, ...]) -> bool:
    """Return whether a rectangle has a point in common with a box; true for a malformed rectangle."""
    if len(rectangle) != 4:
        return True
    xs, ys = sorted(rectangle[::2]), sorted(rectangle[1::2])
    return xs[0] <= box[2] and xs[1] >= box[0] and ys[0] <= box[3] and ys[1] >= box[1]


def read_pdf(source: bytes | Path | str) -> PdfDocument:
    """Read a PDF completely.

    Raises:
        VerificationError: The file cannot be read or has a defect; nothing else is raised for one.

    """
    where = "" if isinstance(source, bytes) else str(source)
    try:
        data = source if isinstance(source, bytes) else Path(source).read_bytes()
    except OSError as error:
        raise VerificationError(
            translatable("the PDF cannot be read: {strerror}", strerror=error.strerror),
            hint=_HINT,
            where=where,
        ) from error
    try:
        return _read(data)
    except VerificationError as error:
        location = ": ".join(part for part in (where, error.where) if part)
        raise type(error)(error.message, hint=error.hint or _HINT, where=location) from error
    except Exception as error:  # pypdf raises anything for a damaged file
        raise VerificationError(
            translatable("the PDF is damaged: {error}", error=describe_error(error)),
            hint=_HINT,
            where=where,
        ) from error


def _read(data: bytes) -> PdfDocument:
    from publisher.pdf.object_streams import Reader

    if not data.startswith(b"%PDF-"):
        raise VerificationError("this is not a PDF: it does not begin with %PDF-")
    if b"%%EOF" not in data[-_TAIL_BYTES:]:
        raise VerificationError("the PDF is truncated: its end-of-file mark is missing")
    reader = Reader(BytesIO(data), strict=True)
    if "/Encrypt" in reader.trailer:
        raise VerificationError("the PDF is encrypted", hint="save it without a password")
    for number in sorted({number for number, _ in reader.xref_objStm.values()}):
        stream_data(reader.get_object(number))
    catalog = resolve(reader.trailer["/Root"])
    page_objects = collect_page_objects(catalog.raw_get("/Pages"))
    labels = reader.page_labels if "/PageLabels" in catalog else [""] * len(page_objects)
    fonts: dict[object, Font] = {}
    pages = tuple(
        _read_page(entries, index, label, fonts)
        for index, (entries, label) in enumerate(zip(page_objects, labels, strict=True))
    )
    page_indexes = {
        object_number(entries["/Self"]): index for index, entries in enumerate(page_objects)
    }
    annotations = {
        annotation.number: annotation
        for page in pages
        for annotation in page.annotations
        if annotation.number
    }
    metadata = resolve(catalog.get("/Metadata"))
    return PdfDocument(
        version=max(data[5:8].decode("latin-1"), string(catalog.get("/Version"))),
        pages=pages,
        structure=read_structure(catalog, pages=page_indexes, annotations=annotations),
        content=index_content([page.runs for page in pages]),
        language=string(catalog.get("/Lang")),
        marked=_flag(catalog, "/MarkInfo", "Marked"),
        display_title=_flag(catalog, "/ViewerPreferences", "DisplayDocTitle"),
        info={key: str(value) for key, value in (plain(reader.trailer.get("/Info")) or {}).items()},
        xmp=b"" if metadata is None else stream_data(metadata),
        outlines=read_outlines(catalog, pages=page_indexes),
        embedded_files=read_embedded_files(catalog),
        fonts=tuple(fonts.values()),
    )


def _flag(catalog: Any, dictionary: str, key: str) -> bool:
    """Return whether an entry of a dictionary in the catalogue is true."""
    return (plain(catalog.get(dictionary)) or {}).get(key) is True


def collect_page_objects(root: Any) -> list[dict[str, Any]]:
    """Return the page objects in page order (7.7.3).

    Args:
        root: The root of the page tree, from pypdf.

    Returns:
        For each page its inheritable entries, own or inherited, and ``/Self`` with the page itself.

    """
    pages: list[dict[str, Any]] = []
    pending: list[tuple[Any, dict[str, Any]]] = [(root, {})]
    visited: set[int] = set()
    while pending:
        reference, inherited = pending.pop()
        node = resolve(reference)
        key = object_number(reference) or id(node)
        if key in visited:
            raise VerificationError("the page tree contains a page twice, or a cycle")
        visited.add(key)
        inherited = inherited | {k: node.raw_get(k) for k in INHERITABLE_KEYS if k in node}
        if "/Kids" in node:
            pending.extend((kid, inherited) for kid in reversed(resolve(node["/Kids"])))
        else:
            pages.append(inherited | {"/Self": node})
    return pages


def read_rectangle(raw: Any) -> Rectangle:
    """Return a rectangle (7.9.5) as left, bottom, right, top; it may give any two opposite corners."""
    x0, y0, x1, y1 = (float(resolve(number)) for number in resolve(raw))
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _read_page(
    entries: dict[str, Any], index: int, label: str, fonts: dict[object, Font]
) -> PdfPage:
    page = entries["/Self"]
    media = read_rectangle(entries["/MediaBox"])
    crop = read_rectangle(entries.get("/CropBox", entries["/MediaBox"]))
    try:
        runs = glyph_runs(page.get("/Contents"), entries.get("/Resources"), fonts=fonts)
    except VerificationError as error:
        page_name = translatable("page {page}", page=index + 1)
        location = join_texts(": ", filter(None, (page_name, error.where)))
        raise type(error)(error.message, hint=error.hint, where=location) from error
    return PdfPage(
        index=index,
        label=label,
        media_box=media,
        crop_box=(
            max(media[0], crop[0]),
            max(media[1], crop[1]),
            min(media[2], crop[2]),
            min(media[3], crop[3]),
        ),
        rotate=int(resolve(entries.get("/Rotate", 0))),
        runs=runs,
        annotations=tuple(
            _read_annotation(raw, index) for raw in resolve(page.get("/Annots")) or ()
        ),
    )


def _read_annotation(reference: Any, page: int) -> Annotation:
    raw = resolve(reference)
    action = resolve(raw.get("/A")) or {}
    destination = resolve(raw.get("/Dest", action.get("/D")))
    parent = plain(raw.get("/StructParent"))
    return Annotation(
        number=object_number(reference),
        page=page,
        subtype=string(raw.get("/Subtype")),
        contents=string(raw.get("/Contents")),
        uri=string(action.get("/URI")),
        destination="" if isinstance(destination, list | dict) else string(destination),
        rectangle=tuple(float(resolve(number)) for number in resolve(raw.get("/Rect")) or ()),
        struct_parent=parent if isinstance(parent, int) else None,
    )
