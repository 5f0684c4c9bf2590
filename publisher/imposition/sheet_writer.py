"""The writer of the imposed PDF: each source page becomes a form XObject, each side of a sheet a page.

Input: a source and its layout. Output: the bytes of a PDF. Fonts, images and profiles are written once. The module implements
ISO 32000-1, 8.10 (form XObjects), 8.11 (optional content), 11.6.6 (transparency groups), 14.11.2 (page boundaries),
14.11.5 (output intents) and 12.2 (viewer preferences).
"""

from __future__ import annotations

import hashlib
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from publisher.errors import SourceDamagedError, VerificationError
from publisher.imposition.source import DAMAGED_HINT
from publisher.imposition.xmp_metadata import PDF_X_3_PROPERTIES
from publisher.messages import translatable
from publisher.pdf.object_copy import ObjectCopier
from publisher.pdf.printer_marks import MARKS_COLOUR_SPACE, paint_marks
from publisher.pdf.syntax import content_streams, is_sound_flate, painted_data, resolve
from publisher.pdf.writer import IndirectObjects, dictionary, flate, name, serialise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.imposition.options import ImpositionOptions
    from publisher.imposition.sheet_layout import Layout, Placement, Side
    from publisher.imposition.source import SourcePdf
    from publisher.imposition.xmp_metadata import XmpPacket
    from publisher.pdf.geometry import Rectangle

MIN_PDF_VERSION = "1.5"
"""The first PDF version with object streams, which the writer uses."""
_COPIED_ENTRIES = ("/Lang", "/OutputIntents", "/OCProperties", "/Extensions")
"""The entries of the catalogue that are copied unchanged."""
_DUPLEX = {"long": "DuplexFlipLongEdge", "short": "DuplexFlipShortEdge"}


class SheetsWriter:
    """Writes the sheets of one source."""

    def __init__(self, source: SourcePdf, *, marks: bool) -> None:
        """Prepare the objects of the file; ``marks``: whether to paint printer's marks."""
        self._source = source
        self._marks = marks
        self._objects = IndirectObjects()
        self._root, self._pages = self._objects.reserve(), self._objects.reserve()
        self._copy = ObjectCopier(self._objects, {}, source.reader, "")
        self._copy.structured = False
        self._direct: dict[int, tuple[Any, IndirectObject]] = {}
        self._marks_streams: dict[bytes, IndirectObject] = {}

    def write(self, layout: Layout, packet: XmpPacket | None) -> bytes:
        """Return the file."""
        forms = [
            self._form(page_object, number)
            for number, page_object in enumerate(self._source.page_objects, 1)
        ]
        registration = self._objects.add(_registration_colour()) if self._marks else None
        sides = [self._side(side, layout, forms, registration) for side in layout.sides]
        entries = dictionary(
            Type=name("Pages"), Kids=ArrayObject(sides), Count=NumberObject(len(sides))
        )
        self._objects.put(self._pages, entries)
        self._objects.put(self._root, self._catalogue(layout, packet))
        info = self._information()
        self._copy.copy_pending()
        return self._objects.write(max(MIN_PDF_VERSION, self._source.version), self._root, info)

    def _form(self, page_object: Any, number: int) -> IndirectObject:
        """Add a page as a form XObject with unchanged content; its bounding box is the bleed box."""
        try:
            form = _content(page_object)
        except VerificationError as error:
            raise SourceDamagedError(
                error.message, hint=DAMAGED_HINT, where=translatable("page {page}", page=number)
            ) from error
        page = self._source.pages[number - 1]
        form.update(
            dictionary(
                Type=name("XObject"),
                Subtype=name("Form"),
                BBox=_rectangle(page.bleed),
                Resources=self._copy_entry(page_object, "/Resources") or DictionaryObject(),
            )
        )
        group = self._copy_entry(page_object, "/Group")
        if group is not None:
            form[name("Group")] = group
        return self._objects.add(form)

    def _copy_entry(self, holder: Any, key: str) -> IndirectObject | None:
        """Copy an entry that several pages may share; return ``None`` if there is none."""
        if resolve(holder.get(key)) is None:
            return None
        value = holder.raw_get(key)
        reference = getattr(value, "indirect_reference", None)
        if isinstance(value, IndirectObject) or reference is not None:
            copied = self._copy.copy(reference or value)
            return copied if isinstance(copied, IndirectObject) else None
        if id(value) not in self._direct:
            self._direct[id(value)] = (value, self._objects.add(self._copy.copy(value)))
        return self._direct[id(value)][1]

    def _side(
        self,
        side: Side,
        layout: Layout,
        forms: list[IndirectObject],
        registration: IndirectObject | None,
    ) -> IndirectObject:
        """Add the page for a side of a sheet; marks are painted if ``registration``, their colour, is given."""
        media = (0.0, 0.0, *layout.paper)
        bleed, trim = _limit_box(side.bleed, media), _limit_box(side.trim, media)
        content = "\n".join(map(_placement_operators, side.placements)).encode()
        contents = ArrayObject([self._objects.add(flate(content, DictionaryObject()))])
        resources = dictionary(
            XObject=DictionaryObject(
                {
                    name(f"P{placement.page}"): forms[placement.page - 1]
                    for placement in side.placements
                }
            )
        )
        if registration is not None:
            marks = paint_marks(side.trim, layout.bleed, side.cuts_and_folds)
            contents.append(self._marks_stream(marks))
            resources[name("ColorSpace")] = DictionaryObject(
                {name(MARKS_COLOUR_SPACE): registration}
            )
        return self._objects.add(
            dictionary(
                Type=name("Page"),
                Parent=self._pages,
                MediaBox=_rectangle(media),
                BleedBox=_rectangle(bleed),
                TrimBox=_rectangle(trim),
                Resources=resources,
                Contents=contents,
            )
        )

    def _marks_stream(self, marks: bytes) -> IndirectObject:
        """Add a content stream with marks; equal streams are added once."""
        if marks not in self._marks_streams:
            self._marks_streams[marks] = self._objects.add(flate(marks, DictionaryObject()))
        return self._marks_streams[marks]

    def _catalogue(self, layout: Layout, packet: XmpPacket | None) -> DictionaryObject:
        catalog = self._source.catalog
        viewer = dictionary(PrintScaling=name("None"), Duplex=name(_DUPLEX[layout.duplex]))
        entries = dictionary(Type=name("Catalog"), Pages=self._pages, ViewerPreferences=viewer)
        for key in _COPIED_ENTRIES:
            if key in catalog:
                entries[NameObject(key)] = self._copy.copy(catalog.raw_get(key))
        if packet is not None:
            metadata = StreamObject()  # without a filter (ISO 19005-1, 6.7.2)
            metadata.update(dictionary(Type=name("Metadata"), Subtype=name("XML")))
            metadata._data = packet.data  # noqa: SLF001 - pypdf has no other access to these bytes
            entries[name("Metadata")] = self._objects.add(metadata)
        return entries

    def _information(self) -> IndirectObject | None:
        """Add the document information without claims of conformance; return ``None`` if it is empty."""
        info = self._source.information
        entries = DictionaryObject(
            {
                NameObject(key): self._copy.copy(info.raw_get(key))
                for key in info
                if key[1:] not in PDF_X_3_PROPERTIES
            }
        )
        return self._objects.add(entries) if entries else None


def compute_identity(data: bytes, options: ImpositionOptions) -> bytes:
    """Return a digest of the source file and the values of the options, from which identifiers are made."""
    return hashlib.sha256(data + repr(astuple(options)).encode()).digest()


def _content(page_object: Any) -> StreamObject:
    """Return a page's content as one stream; a single sound Flate stream is not recompressed."""
    streams = content_streams(page_object)
    if len(streams) == 1:
        stream = streams[0]
        data = painted_data(stream)
        if (
            stream.get("/Filter") == "/FlateDecode"
            and "/DecodeParms" not in stream
            and is_sound_flate(stream._data)  # noqa: SLF001 - pypdf has no other access to these bytes
        ):
            form = StreamObject()
            form[name("Filter")] = name("FlateDecode")
            form._data = stream._data  # noqa: SLF001
            return form
        return flate(data, DictionaryObject())
    return flate(b"\n".join(map(painted_data, streams)), DictionaryObject())


def _placement_operators(placement: Placement) -> str:
    """Return the operators that paint a page at its position, clipped to its visible part."""
    left, bottom, right, top = placement.clip
    clip = _numbers((left, bottom, right - left, top - bottom), 3)
    return f"q {clip} re W n {_numbers(placement.matrix, 6)} cm /P{placement.page} Do Q"


def _numbers(values: Iterable[float], digits: int) -> str:
    return " ".join(serialise(FloatObject(round(value, digits))).decode() for value in values)


def _limit_box(box: Rectangle, outer: Rectangle) -> Rectangle:
    """Return a box limited to the paper, beyond which it can extend only by a rounding error."""
    return (
        max(box[0], outer[0]),
        max(box[1], outer[1]),
        min(box[2], outer[2]),
        min(box[3], outer[3]),
    )


def _rectangle(box: Rectangle) -> ArrayObject:
    return ArrayObject(FloatObject(round(side, 3)) for side in box)


def _registration_colour() -> ArrayObject:
    """Return the registration colour space, which prints on every separation (8.6.6.4)."""
    tints = dictionary(
        FunctionType=NumberObject(2),
        Domain=_whole(0, 1),
        C0=_whole(0, 0, 0, 0),
        C1=_whole(1, 1, 1, 1),
        N=NumberObject(1),
    )
    return ArrayObject([name("Separation"), name("All"), name("DeviceCMYK"), tints])


def _whole(*numbers: int) -> ArrayObject:
    return ArrayObject(map(NumberObject, numbers))
