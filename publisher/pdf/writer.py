"""The objects of a PDF in the making, and the bytes that they become.

Enters: objects as pypdf holds them, each under the number that it was given. Leaves: a whole file.
Serves ISO 32000-1, 7.3 (objects), 7.5.7 (object streams), 7.5.8 (cross-reference streams), 7.9.6 and
7.9.7 (name and number trees). Nothing in the bytes comes from a clock or from chance: the file's
identifier (14.4) is computed from all that stands before it.
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

IN_ONE_STREAM = 200
"""Objects that one object stream holds: few enough that a reader of one page unpacks little."""
IN_ONE_NODE = 64
"""Entries in one leaf of a name tree or number tree, and leaves in one node above."""
_LIMIT = 1 << 32
"""Bytes that the offsets of the cross-reference stream reach."""
_SPECIAL = re.compile(rb"[\\()\r\n]")
_ESCAPES = {b"\r": rb"\r", b"\n": rb"\n"}


def name(text: str) -> NameObject:
    """Return a name object; ``text`` is without its solidus."""
    return NameObject(f"/{text}")


def dictionary(**entries: PdfObject) -> DictionaryObject:
    """Return a dictionary with these entries, their keys without a solidus."""
    return DictionaryObject({name(key): value for key, value in entries.items()})


class IndirectObjects:
    """The objects of one file, by their numbers."""

    def __init__(self) -> None:
        """Begin an empty file."""
        self._objects: list[PdfObject | _Written] = []

    def reserve(self) -> IndirectObject:
        """Return a new number, for an object that is put there later."""
        self._objects.append(NullObject())
        return IndirectObject(len(self._objects), 0, self)

    def put(self, reference: IndirectObject, value: PdfObject) -> None:
        """Put an object under a number that was reserved."""
        self._objects[reference.idnum - 1] = value

    def add(self, value: PdfObject) -> IndirectObject:
        """Give an object a number of its own."""
        reference = self.reserve()
        self.put(reference, value)
        return reference

    def get_object(self, reference: IndirectObject) -> PdfObject:
        """Return what stands under a number; the name is the one that pypdf's references ask for."""
        value = self._objects[reference.idnum - 1]
        if isinstance(value, _Written):
            raise KeyError(f"object {reference.idnum} is settled")
        return value

    def __len__(self) -> int:
        """Return how many numbers are given."""
        return len(self._objects)

    def freeze(self, first: int, kept: Iterable[IndirectObject]) -> None:
        """Let the objects after the first so many be as they are, but for those ``kept``.

        Bytes take a small part of the memory that objects take.
        """
        changing = {reference.idnum for reference in kept}
        for index in range(first, len(self._objects)):
            if index + 1 not in changing:
                self._objects[index] = _written(self._objects[index])

    def write(self, version: str, root: IndirectObject, info: IndirectObject | None) -> bytes:
        """Return the file: streams as they are, everything else in object streams."""
        body = bytearray(f"%PDF-{version}\n%".encode() + b"\xe2\xe3\xcf\xd3\n")
        places: list[tuple[int, int, int]] = [(0, 0, 65535)]
        packed: list[int] = []
        for number, value in enumerate(self._objects, start=1):
            places.append((1, len(body), 0))
            written = _written(value)
            if written.stream:
                _append(body, number, written.data)
            else:
                packed.append(number)
        for start in range(0, len(packed), IN_ONE_STREAM):
            inside = packed[start : start + IN_ONE_STREAM]
            holder = len(places)
            for index, number in enumerate(inside):
                places[number] = (2, holder, index)
            places.append((1, len(body), 0))
            _append(body, holder, serialise(self._packed(inside)))
        start = len(body)
        if start >= _LIMIT:
            raise OverflowError("the file would have more than four gigabytes")
        places.append((1, start, 0))
        identifier = ByteStringObject(hashlib.md5(body, usedforsecurity=False).digest())
        entries = dictionary(
            Type=name("XRef"),
            Size=NumberObject(len(places)),
            W=ArrayObject(map(NumberObject, (1, 4, 2))),
            Root=root,
            ID=ArrayObject([identifier, identifier]),
        )
        if info is not None:
            entries[name("Info")] = info
        rows = b"".join(
            kind.to_bytes(1) + place.to_bytes(4) + index.to_bytes(2)
            for kind, place, index in places
        )
        _append(body, len(places) - 1, serialise(flate(rows, entries)))
        body += f"startxref\n{start}\n%%EOF\n".encode()
        return bytes(body)

    def _packed(self, numbers: Sequence[int]) -> StreamObject:
        written = [_written(self._objects[number - 1]).data for number in numbers]
        offsets, at = [], 0
        for number, data in zip(numbers, written, strict=True):
            offsets.append(f"{number} {at}")
            at += len(data) + 1
        head = (" ".join(offsets) + "\n").encode()
        entries = dictionary(
            Type=name("ObjStm"), N=NumberObject(len(numbers)), First=NumberObject(len(head))
        )
        return flate(head + b"\n".join(written), entries)


@dataclass(frozen=True, slots=True)
class _Written:
    """An object that changes no more."""

    data: bytes
    stream: bool


def _written(value: PdfObject | _Written) -> _Written:
    if isinstance(value, _Written):
        return value
    return _Written(serialise(value), isinstance(value, StreamObject))


def _append(body: bytearray, number: int, stream: bytes) -> None:
    body += b"%d 0 obj\n%b\nendobj\n" % (number, stream)


def flate(data: bytes, entries: DictionaryObject) -> StreamObject:
    """Return a stream with these entries, its data compressed (7.4.4)."""
    stream = StreamObject()
    stream.update(entries)
    stream[name("Filter")] = name("FlateDecode")
    stream._data = zlib.compress(data, 9)  # noqa: SLF001 - pypdf has no other way to these bytes
    return stream


# --- Bytes (7.3) -------------------------------------------------------------------------------


def serialise(value: Any) -> bytes:
    """Return an object as it is written; a stream with its data."""
    writer = _WRITERS.get(type(value))
    if writer is None:  # a class of pypdf's own for a special kind of one of these
        writer = next(write for kind, write in _WRITERS.items() if isinstance(value, kind))
    return writer(value)


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
    data = value._data  # noqa: SLF001 - pypdf has no other way to these bytes
    entries = DictionaryObject(value)
    entries[name("Length")] = NumberObject(len(data))
    return b"%b\nstream\n%b\nendstream" % (_dictionary(entries), data)


_WRITERS: Mapping[type, Callable[[Any], bytes]] = {
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
"""How each kind is written; a stream before the dictionary that it is too."""


# --- Trees (7.9.6, 7.9.7) ------------------------------------------------------------------------


def name_tree(objects: IndirectObjects, entries: Mapping[str, PdfObject]) -> DictionaryObject:
    """Return a name tree, its keys in the order of their bytes."""
    keyed = [(TextStringObject(key), value) for key, value in entries.items()]
    keyed.sort(key=lambda entry: entry[0].get_encoded_bytes())
    return _tree(objects, keyed, "Names")


def number_tree(
    objects: IndirectObjects, entries: Iterable[tuple[int, PdfObject]]
) -> DictionaryObject:
    """Return a number tree; ``entries`` are in order."""
    return _tree(objects, [(NumberObject(key), value) for key, value in entries], "Nums")


def _tree(
    objects: IndirectObjects, entries: Sequence[tuple[PdfObject, PdfObject]], kind: str
) -> DictionaryObject:
    """Return a tree that is as deep as its size asks for; a root has no limits."""
    nodes: list[tuple[DictionaryObject, PdfObject, PdfObject]] = []
    for start in range(0, len(entries), IN_ONE_NODE):
        some = entries[start : start + IN_ONE_NODE]
        pairs = ArrayObject(item for entry in some for item in entry)
        nodes.append((DictionaryObject({name(kind): pairs}), some[0][0], some[-1][0]))
    while len(nodes) > 1:
        above = []
        for start in range(0, len(nodes), IN_ONE_NODE):
            below = nodes[start : start + IN_ONE_NODE]
            for node, first, last in below:
                node[name("Limits")] = ArrayObject([first, last])
            kids = ArrayObject(objects.add(node) for node, _, _ in below)
            above.append((dictionary(Kids=kids), below[0][1], below[-1][2]))
        nodes = above
    return nodes[0][0] if nodes else DictionaryObject({name(kind): ArrayObject()})
