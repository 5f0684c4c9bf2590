"""A copy of a file that says the same in forms that page-validation reads.

Input: the bytes of a PDF. Output: the file with an incremental update (ISO 32000-1, 7.5.6), and what the update
writes in another form. page-validation 0.11 reads properties of XMP only as elements, takes a signature field
without a visible appearance for one that is seen, and reads the widths of a bare CFF table without its font
dictionaries. A rule about these that fails for the file and not for the copy fails only because of the form.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from pypdf.generic import NameObject, NumberObject

from publisher.pdf.cff import FD_ARRAY, read_top_dict
from publisher.pdf.document import collect_page_objects
from publisher.pdf.font_encoding import Font
from publisher.pdf.open_file import open_file
from publisher.pdf.syntax import as_list, object_number, painted_data, resolve, stream_data
from publisher.pdf.xmp_elements import element_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfReader

_STARTXREF: Final = re.compile(rb"startxref[\0\t\n\f\r ]+(\d{1,12})")
_HIDDEN: Final = 2
"""The flag Hidden of annotations (12.5.3)."""


def readable_copy(data: bytes) -> bytes:
    """Return a file in forms that page-validation reads; the file itself if it is in these forms.

    Raises:
        Exception: Anything that pypdf raises for a damaged file.

    """
    reader = open_file(data, strict=False)
    offsets = _STARTXREF.findall(data)
    if not offsets or reader.is_encrypted:
        return data
    catalogue: Any = resolve(reader.trailer["/Root"])
    objects = dict(_metadata_in_elements(catalogue))
    fonts: dict[int, Any] = {}
    for entries in collect_page_objects(catalogue.raw_get("/Pages")):
        for annotation in as_list(entries["/Self"].get("/Annots")):
            objects |= _hidden_if_invisible(annotation)
        for font in _fonts(resolve(entries.get("/Resources")) or {}):
            fonts.setdefault(id(font), font)
    for font in fonts.values():
        objects |= _without_sound_cff(font)
    if not objects:
        return data
    return _with_update(data, reader, objects, previous=int(offsets[-1]))


def _metadata_in_elements(catalogue: Any) -> Iterator[tuple[int, bytes]]:
    """Yield the number of the metadata stream, and the stream with its properties as elements."""
    metadata: Any = resolve(catalogue.get("/Metadata"))
    number = object_number(catalogue.raw_get("/Metadata")) if metadata is not None else 0
    packet = element_form(painted_data(metadata)) if number else None
    if packet is not None:
        entries = b"/Type/Metadata/Subtype/XML/Length %d" % len(packet)
        yield number, b"<<%b>>\nstream\n%b\nendstream" % (entries, packet)


def _hidden_if_invisible(value: Any) -> dict[int, bytes]:
    """Return a widget of a signature without width or height as hidden (12.7.4.5: it is not visible)."""
    number = object_number(value)
    if (
        not number
        or resolve(value.get("/Subtype")) != "/Widget"
        or not is_invisible_signature(value)
    ):
        return {}
    flags = int(resolve(value.get("/F", 0)))
    return {number: _serialise(value, "/F", NumberObject(flags | _HIDDEN))}


def is_invisible_signature(widget: Any) -> bool:
    """Return whether a widget belongs to a signature field and has no width or no height (12.7.4.5)."""
    field_type = resolve(widget.get("/FT"))
    parent = resolve(widget.get("/Parent"))
    if field_type is None and parent is not None:
        field_type = resolve(parent.get("/FT"))
    sides = [float(resolve(side)) for side in resolve(widget.get("/Rect")) or ()]
    return (
        field_type == "/Sig"
        and len(sides) == len("abcd")
        and (sides[0] == sides[2] or sides[1] == sides[3])
    )


def _without_sound_cff(value: Any) -> dict[int, bytes]:
    """Return the descriptor of a font without its CFF table, if the table has the widths of the dictionary."""
    descendants = resolve(value.get("/DescendantFonts"))
    if not isinstance(descendants, list) or not descendants:
        return {}
    descriptor = resolve((resolve(descendants[0]) or {}).get("/FontDescriptor")) or {}
    program, number = resolve(descriptor.get("/FontFile3")), object_number(descriptor)
    if not number or program is None or resolve(program.get("/Subtype")) != "/CIDFontType0C":
        return {}
    _, _, operands = read_top_dict(stream_data(program))
    if FD_ARRAY not in operands or Font(value, for_text=False).has_other_widths():
        return {}
    return {number: _serialise(descriptor, "/FontFile3", None)}


def _fonts(resources: Any) -> Iterator[Any]:
    """Yield the fonts in resources, including those of forms and patterns."""
    pending, visited = [resources], set[int]()
    while pending:
        current = pending.pop()
        if id(current) in visited:
            continue
        visited.add(id(current))
        yield from map(resolve, (resolve(current.get("/Font")) or {}).values())
        for category in ("/XObject", "/Pattern"):
            items = map(resolve, (resolve(current.get(category)) or {}).values())
            pending.extend(resolve(item.get("/Resources")) or {} for item in items)


def _serialise(dictionary: Any, key: str, value: Any) -> bytes:
    """Return a dictionary as it is written, with another value for a key; None removes the key."""
    changed = type(dictionary)()
    changed.update({name: dictionary.raw_get(name) for name in dictionary if name != key})
    if value is not None:
        changed[NameObject(key)] = value
    out = BytesIO()
    changed.write_to_stream(out)
    return out.getvalue()


def _with_update(
    data: bytes, reader: PdfReader, objects: dict[int, bytes], *, previous: int
) -> bytes:
    """Return a file with an update of some objects, which has a cross-reference table."""
    body, lines = data + b"\n", b""
    for number, written in sorted(objects.items()):
        lines += b"%d 1\n%010d 00000 n \n" % (number, len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, written)
    trailer = BytesIO()
    for key in ("/Root", "/Info", "/ID", "/Size"):
        if key in reader.trailer:
            trailer.write(key.encode() + b" ")
            reader.trailer.raw_get(key).write_to_stream(trailer)
    return b"%bxref\n%btrailer\n<<%b/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        body,
        lines,
        trailer.getvalue(),
        previous,
        len(body),
    )
