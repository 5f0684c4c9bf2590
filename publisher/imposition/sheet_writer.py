"""The imposed file: every page one form XObject, every side of a sheet a page that places them.

Enters: a source and its layout. Leaves: the bytes of a PDF. Serves ISO 32000-1, 8.10 (form XObjects),
8.11 (optional content), 11.6.6 (transparency groups), 14.11.2 (page boundaries), 14.11.5 (output
intents) and 12.2 (how a viewer is to print). Fonts, images and profiles are written once.
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
from publisher.imposition.source import DAMAGED
from publisher.imposition.xmp_metadata import OF_PDF_X_3
from publisher.pdf.object_copy import ObjectCopier
from publisher.pdf.printer_marks import MARKS_COLOUR_SPACE, paint_marks
from publisher.pdf.syntax import resolve, stream_data
from publisher.pdf.writer import IndirectObjects, dictionary, flate, name, serialise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.imposition.options import ImpositionOptions
    from publisher.imposition.sheet_layout import Layout, Placement, Side
    from publisher.imposition.source import Source
    from publisher.imposition.xmp_metadata import Packet
    from publisher.pdf.geometry import Rectangle

OLDEST = "1.5"
"""The first version that has object streams, in which the file is written."""
_CARRIED = ("/Lang", "/OutputIntents", "/OCProperties", "/Extensions")
"""What the catalogue keeps as it is."""
_DUPLEX = {"long": "DuplexFlipLongEdge", "short": "DuplexFlipShortEdge"}


class SheetsWriter:
    """An imposed file in the making."""

    def __init__(self, source: Source, *, marks: bool) -> None:
        """Begin with the pages of a source, none of them placed; ``marks`` paints printers' marks."""
        self._source = source
        self._marks = marks
        self._objects = IndirectObjects()
        self._root, self._pages = self._objects.reserve(), self._objects.reserve()
        self._copy = ObjectCopier(self._objects, {}, source.reader, "")
        self._copy.structured = False
        self._direct: dict[int, tuple[Any, IndirectObject]] = {}
        self._painted: dict[bytes, IndirectObject] = {}

    def write(self, layout: Layout, packet: Packet | None) -> bytes:
        """Return the file."""
        forms = [self._form(leaf, number) for number, leaf in enumerate(self._source.leaves, 1)]
        space = self._objects.add(_registration()) if self._marks else None
        sides = [self._side(side, layout, forms, space) for side in layout.sides]
        entries = dictionary(
            Type=name("Pages"), Kids=ArrayObject(sides), Count=NumberObject(len(sides))
        )
        self._objects.put(self._pages, entries)
        self._objects.put(self._root, self._catalogue(layout, packet))
        info = self._information()
        self._copy.finish()
        return self._objects.write(max(OLDEST, self._source.version), self._root, info)

    def _form(self, leaf: Any, number: int) -> IndirectObject:
        """Make a page a form: its content as it is, its box that of its bleed."""
        try:
            form = _content(leaf)
        except VerificationError as error:
            raise SourceDamagedError(error.message, hint=DAMAGED, where=f"page {number}") from error
        page = self._source.pages[number - 1]
        form.update(
            dictionary(
                Type=name("XObject"),
                Subtype=name("Form"),
                BBox=_rectangle(page.bleed),
                Resources=self._taken(leaf, "/Resources") or DictionaryObject(),
            )
        )
        group = self._taken(leaf, "/Group")
        if group is not None:
            form[name("Group")] = group
        return self._objects.add(form)

    def _taken(self, holder: Any, key: str) -> IndirectObject | None:
        """Copy an entry that several pages may have in common; None where there is none."""
        if resolve(holder.get(key)) is None:
            return None
        value = holder.raw_get(key)
        reference = getattr(value, "indirect_reference", None)
        if isinstance(value, IndirectObject) or reference is not None:
            taken = self._copy.value(reference or value)
            return taken if isinstance(taken, IndirectObject) else None
        if id(value) not in self._direct:
            self._direct[id(value)] = (value, self._objects.add(self._copy.value(value)))
        return self._direct[id(value)][1]

    def _side(
        self, side: Side, layout: Layout, forms: list[IndirectObject], space: IndirectObject | None
    ) -> IndirectObject:
        """Return a page that is a side of a sheet."""
        media = (0.0, 0.0, *layout.paper)
        bleed, trim = _nested(side.bleed, media), _nested(side.trim, media)
        placed = "\n".join(map(_placed, side.placements)).encode()
        contents = ArrayObject([self._objects.add(flate(placed, DictionaryObject()))])
        resources = dictionary(
            XObject=DictionaryObject(
                {name(f"P{one.page}"): forms[one.page - 1] for one in side.placements}
            )
        )
        if space is not None:
            contents.append(self._paint(paint_marks(side.trim, layout.bleed, side.inside)))
            resources[name("ColorSpace")] = DictionaryObject({name(MARKS_COLOUR_SPACE): space})
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

    def _paint(self, marks: bytes) -> IndirectObject:
        """Write marks, which are the same on most sides, once."""
        if marks not in self._painted:
            self._painted[marks] = self._objects.add(flate(marks, DictionaryObject()))
        return self._painted[marks]

    def _catalogue(self, layout: Layout, packet: Packet | None) -> DictionaryObject:
        catalog = self._source.catalog
        viewer = dictionary(PrintScaling=name("None"), Duplex=name(_DUPLEX[layout.duplex]))
        entries = dictionary(Type=name("Catalog"), Pages=self._pages, ViewerPreferences=viewer)
        for key in _CARRIED:
            if key in catalog:
                entries[NameObject(key)] = self._copy.value(catalog.raw_get(key))
        if packet is not None:
            metadata = StreamObject()  # to be read without a filter (ISO 19005-1, 6.7.2)
            metadata.update(dictionary(Type=name("Metadata"), Subtype=name("XML")))
            metadata._data = packet.data  # noqa: SLF001 - pypdf has no other way to these bytes
            entries[name("Metadata")] = self._objects.add(metadata)
        return entries

    def _information(self) -> IndirectObject | None:
        """Return the document information but for claims; None where there is none."""
        info = self._source.information
        kept = DictionaryObject(
            {
                NameObject(key): self._copy.value(info.raw_get(key))
                for key in info
                if key[1:] not in OF_PDF_X_3
            }
        )
        return self._objects.add(kept) if kept else None


def identity(data: bytes, options: ImpositionOptions) -> bytes:
    """Return a digest of the source file and the values of the options, from which identifiers are made."""
    return hashlib.sha256(data + repr(astuple(options)).encode()).digest()


def _content(leaf: Any) -> StreamObject:
    """Return a page's content as one stream: one as it is compressed, several joined."""
    raw = resolve(leaf.get("/Contents"))
    streams = [resolve(one) for one in raw] if isinstance(raw, ArrayObject) else [raw]
    parts = [(one, stream_data(one)) for one in streams if isinstance(one, StreamObject)]
    if len(parts) == 1:
        stream = parts[0][0]
        if stream.get("/Filter") == "/FlateDecode" and "/DecodeParms" not in stream:
            form = StreamObject()
            form[name("Filter")] = name("FlateDecode")
            form._data = stream._data  # noqa: SLF001 - pypdf has no other way to these bytes
            return form
    return flate(b"\n".join(data for _, data in parts), DictionaryObject())


def _placed(one: Placement) -> str:
    """Return the operators that paint a page in its place, and nothing of it elsewhere."""
    left, bottom, right, top = one.clip
    clip = _numbers((left, bottom, right - left, top - bottom), 3)
    return f"q {clip} re W n {_numbers(one.matrix, 6)} cm /P{one.page} Do Q"


def _numbers(values: Iterable[float], digits: int) -> str:
    return " ".join(serialise(FloatObject(round(value, digits))).decode() for value in values)


def _nested(box: Rectangle, outer: Rectangle) -> Rectangle:
    """Return a box within the paper, from which it differs by rounding at the most."""
    return (
        max(box[0], outer[0]),
        max(box[1], outer[1]),
        min(box[2], outer[2]),
        min(box[3], outer[3]),
    )


def _rectangle(box: Rectangle) -> ArrayObject:
    return ArrayObject(FloatObject(round(side, 3)) for side in box)


def _registration() -> ArrayObject:
    """Return the colour that is on every plate (8.6.6.4)."""
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
