"""Copying of objects from a PDF into a new file: of parts into a volume, of pages onto sheets.

Input: the objects of a part from pypdf. Output: the same objects under new numbers. What must be unique in the
new file is adapted: keys of the parent tree are shifted (ISO 32000-1, 14.7.4.4); names of destinations
(12.3.2.3), identifiers of elements (14.7.2) and the header references of cells (14.8.5.7) get the prefix of the
part. Resources that are equal to the byte in several parts, such as a colour profile or a font, are copied once.
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

_SHARED_TYPES = frozenset({"/Font", "/FontDescriptor", "/ExtGState"})
"""Types of dictionaries that are interchangeable if they are equal."""
_PARENT_TREE_KEYS = ("/StructParents", "/StructParent")


class ObjectCopier:
    """The copier of one part."""

    def __init__(
        self,
        objects: IndirectObjects,
        shared: dict[bytes, IndirectObject],
        reader: PdfReader,
        prefix: str,
    ) -> None:
        """Begin with nothing copied.

        Args:
            objects: The objects of the new file.
            shared: The resources copied so far, by their digests; one mapping for all parts of a file.
            reader: The part.
            prefix: Added to the names of the part that must be unique in the new file.

        """
        self.prefix = prefix
        self.parent_tree_offset = 0
        """What is added to the keys of the part's parent tree."""
        self.roles: Mapping[str, str] = {}
        """New names of structure types that have another meaning in the role map of another part."""
        self.classes: Mapping[str, str] = {}
        """New names of attribute classes that have another meaning in another part."""
        self.structured = True
        """Whether the structure tree is copied too; if not, the keys of the parent tree are removed."""
        self.objects = objects
        self._shared = shared
        self._reader = reader
        self._copies: dict[tuple[int, int], IndirectObject] = {}
        """The references in the new file, by object number and generation in the part."""
        self._being_shared: set[tuple[int, int]] = set()
        """The numbers and generations of the resources that are being copied."""
        self._pending: list[tuple[IndirectObject, PdfObject]] = []

    def remap(self, old: IndirectObject, new: IndirectObject) -> None:
        """Make references to ``old`` in the part refer to ``new`` in the new file."""
        self._copies[old.idnum, old.generation] = new

    def add_prefix(self, text: Any) -> PdfObject:
        """Return the name of a destination or an identifier with the prefix of the part."""
        if isinstance(text, ByteStringObject):
            return ByteStringObject(self.prefix.encode() + text)
        return TextStringObject(f"{self.prefix}{text}")

    def copy_pending(self) -> None:
        """Copy the objects that copied objects refer to, and the objects that these refer to."""
        while self._pending:
            new, value = self._pending.pop()
            self.objects.put(new, self.copy(value))

    def copy(self, old: Any) -> Any:
        """Return an object as it is in the new file.

        The objects that it refers to are copied by ``copy_pending``. The objects of the part do not change,
        so that what is met again on another path is still what the part contains.
        """
        if isinstance(old, IndirectObject):
            return self._reference(old)
        if isinstance(old, ArrayObject):
            return ArrayObject([self.copy(item) for item in list.__iter__(old)])
        if not isinstance(old, DictionaryObject):
            return old  # numbers, names and strings never change
        new = DictionaryObject()
        if isinstance(old, StreamObject):
            new = stream = StreamObject()
            stream._data = old._data  # noqa: SLF001 - pypdf has no public access to these bytes
        for key, item in dict.items(old):
            dict.__setitem__(new, key, self.copy(item))
        self._adapt(new)
        return new

    def _reference(self, old: IndirectObject) -> IndirectObject:
        key = (old.idnum, old.generation)
        copy = self._copies.get(key)
        if copy is not None:
            return copy
        target = self._reader.get_object(old)
        value = NullObject() if target is None else target
        if _is_shareable(value) and key not in self._being_shared:
            return self._share(key, value)
        new = self._copies[key] = self.objects.reserve()
        if key not in self._being_shared:
            self._pending.append((new, value))
        return new

    def _share(self, key: tuple[int, int], original: PdfObject) -> IndirectObject:
        """Copy a resource with all that it refers to, unless an equal one was copied."""
        self._being_shared.add(key)
        value = self.copy(original)
        self._being_shared.discard(key)
        copy = self._copies.get(key)
        if copy is not None:  # it refers to itself, so no other part has an equal one
            self.objects.put(copy, value)
            return copy
        digest = hashlib.sha256(serialise(value)).digest()
        if digest not in self._shared:
            self._shared[digest] = self.objects.add(value)
        self._copies[key] = self._shared[digest]
        return self._shared[digest]

    def _adapt(self, entries: Any) -> None:
        """Adapt the entries of a dictionary that must be unique in the new file."""
        for key in _PARENT_TREE_KEYS:
            if key in entries and not self.structured:
                del entries[key]
            elif key in entries:
                entries[name(key[1:])] = NumberObject(int(entries[key]) + self.parent_tree_offset)
        if _is_string(entries.get("/Dest")):
            entries[name("Dest")] = self.add_prefix(entries["/Dest"])
        if entries.get("/S") == "/GoTo" and _is_string(entries.get("/D")):
            entries[name("D")] = self.add_prefix(entries["/D"])
        if entries.get("/O") == "/Table" and "/Headers" in entries:
            header_ids = entries["/Headers"]
            entries[name("Headers")] = ArrayObject(map(self.add_prefix, header_ids))
        if entries.get("/Type") == "/StructElem":
            self._adapt_element(entries)

    def _adapt_element(self, entries: Any) -> None:
        if "/ID" in entries:
            entries[name("ID")] = self.add_prefix(entries["/ID"])
        role = entries.get("/S")
        if role in self.roles:
            entries[name("S")] = NameObject(self.roles[role])
        classes = entries.get("/C")
        if isinstance(classes, NameObject):
            entries[name("C")] = NameObject(self.classes.get(classes, classes))
        elif isinstance(classes, ArrayObject):
            classes[:] = [
                NameObject(self.classes.get(item, item)) if isinstance(item, NameObject) else item
                for item in classes
            ]


def _is_string(value: object) -> bool:
    return isinstance(value, TextStringObject | ByteStringObject)


def _is_shareable(value: PdfObject) -> bool:
    """Return whether an object can be replaced by an equal one of another part."""
    if isinstance(value, StreamObject):
        return not any(key in value for key in _PARENT_TREE_KEYS)
    return isinstance(value, DictionaryObject) and value.get("/Type") in _SHARED_TYPES
