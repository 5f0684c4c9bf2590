"""Writing of a PDF: its indirect objects, and their bytes.

Input: objects from pypdf, each under its object number. Output: a complete file. Serves ISO 32000-1, 7.3
(objects), 7.5.7 (object streams), 7.5.8 (cross-reference streams), 7.9.6 and 7.9.7 (name and number trees). The
bytes depend on nothing but the objects: the file identifier (14.4) is a digest of the bytes before it.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pypdf.generic import PdfObject

OBJECTS_PER_STREAM = 200
"""Objects in one object stream; few, so that a reader of one page decompresses little."""
ENTRIES_PER_NODE = 64
"""Entries in a leaf of a name tree or number tree, and kids of an intermediate node."""
_MAX_FILE_BYTES = 1 << 32
"""Limit of the four-byte offsets in the cross-reference stream."""
_SPECIAL = re.compile(rb"[\\()\r\n]")
_ESCAPES = {b"\r": rb"\r", b"\n": rb"\n"}


def name(text: str) -> NameObject:
    """Return a name object; ``text`` is without the solidus."""
    return NameObject(f"/{text}")


def dictionary(**entries: PdfObject) -> DictionaryObject:
    """Return a dictionary with these entries; the keys are without the solidus."""
    return DictionaryObject({name(key): value for key, value in entries.items()})


class IndirectObjects:
    """The indirect objects of one file, by their object numbers."""

    def __init__(self) -> None:
        """Begin an empty file."""
        self._objects: list[PdfObject | _Serialised] = []

    def reserve(self) -> IndirectObject:
        """Return a reference with a new object number; the object is put there later."""
        self._objects.append(NullObject())
        return IndirectObject(len(self._objects), 0, self)

    def put(self, reference: IndirectObject, value: PdfObject) -> None:
        """Put an object under the number of a reference."""
        self._objects[reference.idnum - 1] = value

    def add(self, value: PdfObject) -> IndirectObject:
        """Add an object under a new number; return its reference."""
        reference = self.reserve()
        self.put(reference, value)
        return reference

    def get_object(self, reference: IndirectObject) -> PdfObject:
        """Return an object by its reference; references of pypdf call a method of this name.

        Raises:
            KeyError: The object is frozen.

        """
        value = self._objects[reference.idnum - 1]
        if isinstance(value, _Serialised):
            raise KeyError(f"object {reference.idnum} is frozen")
        return value

    def __len__(self) -> int:
        """Return the number of objects."""
        return len(self._objects)

    def freeze(self, first: int, mutable: Iterable[IndirectObject]) -> None:
        """Serialise objects that do not change any more; bytes need much less memory than objects.

        Args:
            first: The number of objects at the beginning that are left as they are.
            mutable: References to objects that may still change.

        """
        mutable_numbers = {reference.idnum for reference in mutable}
        for index in range(first, len(self._objects)):
            if index + 1 not in mutable_numbers:
                self._objects[index] = _serialise_once(self._objects[index])

    def write(self, version: str, root: IndirectObject, info: IndirectObject | None) -> bytes:
        """Return the bytes of the file; all objects but streams are in object streams.

        Args:
            version: The version of PDF.
            root: The catalogue.
            info: The document information dictionary, if there is one.

        Raises:
            OverflowError: The file is larger than 4 GiB.

        """
        body = bytearray(f"%PDF-{version}\n%".encode() + b"\xe2\xe3\xcf\xd3\n")
        xref: list[tuple[int, int, int]] = [(0, 0, 65535)]
        compressed: list[int] = []
        for number, value in enumerate(self._objects, start=1):
            xref.append((1, len(body), 0))
            serialised = _serialise_once(value)
            if serialised.is_stream:
                _append(body, number, serialised.data)
            else:
                compressed.append(number)
        for start in range(0, len(compressed), OBJECTS_PER_STREAM):
            numbers = compressed[start : start + OBJECTS_PER_STREAM]
            stream_number = len(xref)
            for index, number in enumerate(numbers):
                xref[number] = (2, stream_number, index)
            xref.append((1, len(body), 0))
            _append(body, stream_number, serialise(self._object_stream(numbers)))
        startxref = len(body)
        if startxref >= _MAX_FILE_BYTES:
            raise OverflowError("the file would be larger than four gigabytes")
        xref.append((1, startxref, 0))
        identifier = ByteStringObject(hashlib.md5(body, usedforsecurity=False).digest())
        entries = dictionary(
            Type=name("XRef"),
            Size=NumberObject(len(xref)),
            W=ArrayObject(map(NumberObject, (1, 4, 2))),
            Root=root,
            ID=ArrayObject([identifier, identifier]),
        )
        if info is not None:
            entries[name("Info")] = info
        rows = b"".join(
            kind.to_bytes(1) + field.to_bytes(4) + index.to_bytes(2) for kind, field, index in xref
        )
        _append(body, len(xref) - 1, serialise(flate(rows, entries)))
        body += f"startxref\n{startxref}\n%%EOF\n".encode()
        return bytes(body)

    def _object_stream(self, numbers: Sequence[int]) -> StreamObject:
        """Return an object stream with the objects of these numbers (7.5.7)."""
        objects = [_serialise_once(self._objects[number - 1]).data for number in numbers]
        index, offset = [], 0
        for number, data in zip(numbers, objects, strict=True):
            index.append(f"{number} {offset}")
            offset += len(data) + 1
        header = (" ".join(index) + "\n").encode()
        entries = dictionary(
            Type=name("ObjStm"), N=NumberObject(len(numbers)), First=NumberObject(len(header))
        )
        return flate(header + b"\n".join(objects), entries)


@dataclass(frozen=True, slots=True)
class _Serialised:
    """The bytes of an object that does not change any more."""

    data: bytes
    is_stream: bool


def _serialise_once(value: PdfObject | _Serialised) -> _Serialised:
    if isinstance(value, _Serialised):
        return value
    return _Serialised(serialise(value), isinstance(value, StreamObject))


def _append(body: bytearray, number: int, data: bytes) -> None:
    """Append an indirect object (7.3.10)."""
    body += b"%d 0 obj\n%b\nendobj\n" % (number, data)


def flate(data: bytes, entries: DictionaryObject) -> StreamObject:
    """Return a stream with these entries and Flate-compressed data (7.4.4)."""
    stream = StreamObject()
    stream.update(entries)
    stream[name("Filter")] = name("FlateDecode")
    stream._data = zlib.compress(data, 9)  # noqa: SLF001 - pypdf has no public access to these bytes
    return stream


# --- Bytes (7.3) -------------------------------------------------------------------------------


def serialise(value: Any) -> bytes:
    """Return the bytes of an object; those of a stream include its data."""
    serialiser = _SERIALISERS.get(type(value))
    if serialiser is None:  # a subclass of pypdf, such as that of a destination
        matching = (write for kind, write in _SERIALISERS.items() if isinstance(value, kind))
        serialiser = next(matching)
    return serialiser(value)


@cache
def _name(value: NameObject) -> bytes:
    return value.renumber()


def _text(value: TextStringObject) -> bytes:
    escaped = _SPECIAL.sub(
        lambda match: _ESCAPES.get(match[0], b"\\" + match[0]), value.get_encoded_bytes()
    )
    return b"(%b)" % escaped


def _float(value: FloatObject) -> bytes:
    text = f"{float(value):.8f}".rstrip("0").rstrip(".")
    return b"0" if text in ("-0", "") else text.encode()


def _array(value: ArrayObject) -> bytes:
    return b"[%b]" % b" ".join(map(serialise, value))


def _dictionary(value: DictionaryObject) -> bytes:
    entries = dict.items(value)
    return b"<<%b>>" % b" ".join(
        b"%b %b" % (serialise(key), serialise(item)) for key, item in entries
    )


def _stream(value: StreamObject) -> bytes:
    data = value._data  # noqa: SLF001 - pypdf has no public access to these bytes
    entries = DictionaryObject(value)
    entries[name("Length")] = NumberObject(len(data))
    return b"%b\nstream\n%b\nendstream" % (_dictionary(entries), data)


_SERIALISERS: Mapping[type, Callable[[Any], bytes]] = {
    IndirectObject: lambda value: b"%d 0 R" % value.idnum,
    NameObject: _name,
    TextStringObject: _text,
    ByteStringObject: lambda value: b"<%b>" % value.hex().encode(),
    BooleanObject: lambda value: b"true" if value.value else b"false",
    NumberObject: lambda value: b"%d" % value,
    FloatObject: _float,
    NullObject: lambda _: b"null",
    ArrayObject: _array,
    StreamObject: _stream,
    DictionaryObject: _dictionary,
}
"""The function that serialises each type; streams come first because they are dictionaries too."""


# --- Trees (7.9.6, 7.9.7) ------------------------------------------------------------------------


def build_name_tree(objects: IndirectObjects, entries: Mapping[str, PdfObject]) -> DictionaryObject:
    """Return a name tree (7.9.6), its keys in the order of their bytes."""
    keyed = [(TextStringObject(key), value) for key, value in entries.items()]
    keyed.sort(key=lambda entry: entry[0].get_encoded_bytes())
    return _build_tree(objects, keyed, "Names")


def build_number_tree(
    objects: IndirectObjects, entries: Iterable[tuple[int, PdfObject]]
) -> DictionaryObject:
    """Return a number tree (7.9.7); ``entries`` must be in ascending order."""
    return _build_tree(objects, [(NumberObject(key), value) for key, value in entries], "Nums")


def _build_tree(
    objects: IndirectObjects, entries: Sequence[tuple[PdfObject, PdfObject]], kind: str
) -> DictionaryObject:
    """Return a tree with as many levels as its size needs; the root has no Limits.

    ``kind`` is ``Names`` or ``Nums``.
    """
    nodes: list[tuple[DictionaryObject, PdfObject, PdfObject]] = []
    for start in range(0, len(entries), ENTRIES_PER_NODE):
        leaf_entries = entries[start : start + ENTRIES_PER_NODE]
        pairs = ArrayObject(item for entry in leaf_entries for item in entry)
        leaf = DictionaryObject({name(kind): pairs})
        nodes.append((leaf, leaf_entries[0][0], leaf_entries[-1][0]))
    while len(nodes) > 1:
        parents = []
        for start in range(0, len(nodes), ENTRIES_PER_NODE):
            children = nodes[start : start + ENTRIES_PER_NODE]
            for node, first, last in children:
                node[name("Limits")] = ArrayObject([first, last])
            kids = ArrayObject(objects.add(node) for node, _, _ in children)
            parents.append((dictionary(Kids=kids), children[0][1], children[-1][2]))
        nodes = parents
    return nodes[0][0] if nodes else DictionaryObject({name(kind): ArrayObject()})
