"""The objects of a part on their way into a volume, or of a document on its way onto sheets.

Enters: a part's objects as pypdf read them. Leaves: the same objects under new numbers, with what is
of one file alone made the volume's: keys of the parent tree moved on (ISO 32000-1, 14.7.4.4),
names of destinations (12.3.2.3), identifiers of elements (14.7.2) and the heads that cells name by
them (14.8.5.7) with the part's prefix. What is the same to the last byte in several parts, such as
a colour profile or a font, is kept once.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from publisher.pdf.writer import name, serialise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pypdf import PdfReader
    from pypdf.generic import PdfObject

    from publisher.pdf.writer import IndirectObjects

_RESOURCES = frozenset({"/Font", "/FontDescriptor", "/ExtGState"})
"""Types of dictionaries that are the same thing wherever they say the same."""
_PARENTS = ("/StructParents", "/StructParent")


class ObjectCopier:
    """One part's way into the volume."""

    def __init__(
        self,
        objects: IndirectObjects,
        shared: dict[bytes, IndirectObject],
        reader: PdfReader,
        prefix: str,
    ) -> None:
        """Begin with nothing copied; ``shared`` is what all parts of a volume have in common."""
        self.prefix = prefix
        self.parent_tree_offset = 0
        """Where the keys of this part's parent tree begin in the volume's."""
        self.roles: Mapping[str, str] = {}
        """Types whose meaning another part has taken: their names here, and in the volume."""
        self.classes: Mapping[str, str] = {}
        """The same of attribute classes."""
        self.structured = True
        """Whether the structure goes along; else no object keeps a key of its parent tree."""
        self.objects = objects
        self._shared = shared
        self._reader = reader
        self._numbers: dict[int, IndirectObject] = {}
        self._open: set[int] = set()
        self._pending: list[tuple[IndirectObject, PdfObject]] = []

    def remap(self, old: IndirectObject, new: IndirectObject) -> None:
        """Let what referred to ``old`` in the part refer to ``new`` in the volume."""
        self._numbers[old.idnum] = new

    def renamed(self, text: Any) -> PdfObject:
        """Return the name of a destination or an identifier, with the part's prefix."""
        if isinstance(text, ByteStringObject):
            return ByteStringObject(self.prefix.encode() + text)
        return TextStringObject(f"{self.prefix}{text}")

    def finish(self) -> None:
        """Copy all that was referred to, and all that it refers to."""
        while self._pending:
            new, value = self._pending.pop()
            self.objects.put(new, self.value(value))

    def value(self, old: Any) -> Any:
        """Return an object as it is in the volume; what it refers to follows with ``finish``.

        Dictionaries and arrays are changed in place: the part's own objects are used up.
        """
        if isinstance(old, IndirectObject):
            return self._reference(old)
        if isinstance(old, ArrayObject):
            old[:] = [self.value(item) for item in list.__iter__(old)]
        elif isinstance(old, DictionaryObject):
            for key, item in list(dict.items(old)):
                dict.__setitem__(old, key, self.value(item))
            self._rename(old)
        old.indirect_reference = None  # it leads back to the part, which would be kept in memory
        return old

    def _reference(self, old: IndirectObject) -> IndirectObject:
        known = self._numbers.get(old.idnum)
        if known is not None:
            return known
        found = self._reader.get_object(old)
        value = NullObject() if found is None else found
        if _is_resource(value) and old.idnum not in self._open:
            return self._share(old, value)
        new = self._numbers[old.idnum] = self.objects.reserve()
        if old.idnum not in self._open:
            self._pending.append((new, value))
        return new

    def _share(self, old: IndirectObject, value: PdfObject) -> IndirectObject:
        """Copy a resource with all that it refers to, unless the volume has it already."""
        self._open.add(old.idnum)
        self.value(value)
        self._open.discard(old.idnum)
        own = self._numbers.get(old.idnum)
        if own is not None:  # it refers to itself, and so to nothing that another part has
            self.objects.put(own, value)
            return own
        digest = hashlib.sha256(serialise(value)).digest()
        if digest not in self._shared:
            self._shared[digest] = self.objects.add(value)
        self._numbers[old.idnum] = self._shared[digest]
        return self._shared[digest]

    def _rename(self, entries: Any) -> None:
        for key in _PARENTS:
            if key in entries and not self.structured:
                del entries[key]
            elif key in entries:
                entries[name(key[1:])] = NumberObject(int(entries[key]) + self.parent_tree_offset)
        if _is_string(entries.get("/Dest")):
            entries[name("Dest")] = self.renamed(entries["/Dest"])
        if entries.get("/S") == "/GoTo" and _is_string(entries.get("/D")):
            entries[name("D")] = self.renamed(entries["/D"])
        if entries.get("/O") == "/Table" and "/Headers" in entries:
            heads = entries["/Headers"]
            entries[name("Headers")] = ArrayObject(map(self.renamed, heads))
        if entries.get("/Type") == "/StructElem":
            self._rename_element(entries)

    def _rename_element(self, entries: Any) -> None:
        if "/ID" in entries:
            entries[name("ID")] = self.renamed(entries["/ID"])
        role = entries.get("/S")
        if role in self.roles:
            entries[name("S")] = NameObject(self.roles[role])
        classes = entries.get("/C")
        if isinstance(classes, NameObject):
            entries[name("C")] = NameObject(self.classes.get(classes, classes))
        elif isinstance(classes, ArrayObject):
            classes[:] = [
                NameObject(self.classes.get(one, one)) if isinstance(one, NameObject) else one
                for one in classes
            ]


def _is_string(value: object) -> bool:
    return isinstance(value, TextStringObject | ByteStringObject)


def _is_resource(value: PdfObject) -> bool:
    """Tell whether an object is one and the same wherever it is found with the same content."""
    if isinstance(value, StreamObject):
        return not any(key in value for key in _PARENTS)
    return isinstance(value, DictionaryObject) and value.get("/Type") in _RESOURCES
