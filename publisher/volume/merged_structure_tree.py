"""The structure tree of a volume, merged from the trees of its parts.

Input: the structure trees of the parts and of the front matter. Output: the structure tree of the volume.

The root element is one Document. In PDF 1.7 each part becomes a ``Part`` below it: ISO 32000-1, 14.8.4.2, defines
Document as "a complete document" and Part as "a large-scale division of a document"; it does not provide for a
Document inside a Document, and ISO 14289-1, 7.1, forbids using a type against its meaning. In PDF 2.0 a part stays a
``Document``: ISO 32000-2, 14.8.4.3 and annex L, allow a Document inside a Document for content that was a document of
its own, and ISO 14289-2, 8.2.5.2, requires only that the root is a Document. In both versions ``T`` is the report's
title, and the headings of each part start at H1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from publisher.errors import VerificationError
from publisher.messages import translatable
from publisher.pdf.structure_tree import read_name_tree, string
from publisher.pdf.syntax import resolve
from publisher.pdf.writer import build_name_tree, build_number_tree, name, serialise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf.generic import PdfObject

    from publisher.pdf.object_copy import ObjectCopier
    from publisher.pdf.writer import IndirectObjects

_KNOWN_ENTRIES = frozenset(
    {
        "/Type", "/K", "/IDTree", "/ParentTree", "/ParentTreeNextKey", "/RoleMap", "/ClassMap",
        "/Namespaces",
    }
)  # fmt: skip
_SHAREABLE_ENTRIES = frozenset({"/Type", "/NS"})


class MergedStructureTree:
    """The structure tree of a volume."""

    def __init__(self, objects: IndirectObjects, version: str) -> None:
        """Create an empty tree; ``version`` is the PDF version."""
        self.root = objects.reserve()
        """The structure tree root."""
        self.document = objects.reserve()
        """The root element, which comes from the front matter."""
        self._objects = objects
        self._part_type = "Document" if version == "2.0" else "Part"
        self._top_elements: list[IndirectObject] = []
        self._parents: list[tuple[int, PdfObject]] = []
        self._next_key = 0
        self._identifiers: dict[str, PdfObject] = {}
        self._roles: dict[str, PdfObject] = {}
        self._classes: dict[str, PdfObject] = {}
        self._namespaces: dict[str, IndirectObject] = {}
        self._all_namespaces: list[IndirectObject] = []

    def add_part(self, copy: ObjectCopier, reference: IndirectObject) -> IndirectObject:
        """Add the tree of a part; return its top element."""
        top = self._add(copy, reference, self.document)
        self._top_elements.append(copy.copy(top))
        return self._top_elements[-1]

    def add_front_matter(self, copy: ObjectCopier, reference: IndirectObject) -> None:
        """Add the tree of the front matter; its top element becomes the root element of the volume."""
        top = self._add(copy, reference, self.root)
        copy.remap(top, self.document)
        self._objects.put(self.document, copy.copy(resolve(top)))

    def _add(
        self, copy: ObjectCopier, reference: IndirectObject, above: IndirectObject
    ) -> IndirectObject:
        tree: Any = resolve(reference)
        unknown = sorted(set(tree) - _KNOWN_ENTRIES)
        if unknown:
            raise VerificationError(
                translatable(
                    "its structure tree has {unknown}, which would be lost", unknown=unknown[0]
                )
            )
        kids = resolve(tree["/K"])
        kids = list(kids) if isinstance(kids, ArrayObject) else [tree.raw_get("/K")]
        if len(kids) != 1:
            raise VerificationError(
                translatable(
                    "its structure has {root_count} root elements instead of one",
                    root_count=len(kids),
                )
            )
        copy.remap(reference, above)
        copy.parent_tree_offset = self._next_key
        self._add_namespaces(copy, tree)
        copy.roles = _merge_names(copy, tree.get("/RoleMap"), self._roles)
        copy.classes = _merge_names(copy, tree.get("/ClassMap"), self._classes)
        for key, element in number_entries(tree.get("/ParentTree")):
            self._next_key = max(self._next_key, copy.parent_tree_offset + key + 1)
            self._parents.append((copy.parent_tree_offset + key, copy.copy(element)))
        for identifier, element in read_name_tree(tree.get("/IDTree")):
            self._identifiers[str(copy.add_prefix(identifier))] = copy.copy(element)
        top: IndirectObject = kids[0]
        return top

    def add_reference(self, key: int, top: IndirectObject) -> None:
        """Add a reference to a part to the contents entry whose link has this parent tree key.

        ISO 14289-2, 8.2.5.8, requires it for each ``TOCI``.
        """
        element: Any = dict(self._parents)[key].get_object()
        while element["/S"] != "/TOCI":
            element = element["/P"]
        element[name("Ref")] = ArrayObject([top])

    def _add_namespaces(self, copy: ObjectCopier, tree: DictionaryObject) -> None:
        for reference in resolve(tree.get("/Namespaces")) or ():
            namespace: Any = resolve(reference)
            key = string(namespace["/NS"])
            is_shareable = set(namespace) <= _SHAREABLE_ENTRIES
            if is_shareable and key in self._namespaces:
                copy.remap(reference, self._namespaces[key])
                continue
            copied = copy.copy(reference)
            self._all_namespaces.append(copied)
            if is_shareable:
                self._namespaces[key] = copied

    def name_part(self, top: IndirectObject, title: str, language: str) -> None:
        """Set the type, the title and the language of a part's copied top element.

        ``language`` is empty if it is the language of the volume.
        """
        element: Any = top.get_object()
        element[name("S")] = name(self._part_type)
        element[name("T")] = TextStringObject(title)
        if language and "/Lang" not in element:
            element[name("Lang")] = TextStringObject(language)

    def write(self) -> None:
        """Add the tree to the file, with the parts below the root element in their order."""
        document: Any = self.document.get_object()
        document[name("K")] = ArrayObject([*_as_list(document), *self._top_elements])
        tree = DictionaryObject(
            {
                name("Type"): name("StructTreeRoot"),
                name("K"): ArrayObject([self.document]),
                name("ParentTree"): self._objects.add(
                    build_number_tree(self._objects, self._parents)
                ),
                name("ParentTreeNextKey"): NumberObject(self._next_key),
            }
        )
        if self._identifiers:
            tree[name("IDTree")] = self._objects.add(
                build_name_tree(self._objects, self._identifiers)
            )
        if self._all_namespaces:
            tree[name("Namespaces")] = ArrayObject(self._all_namespaces)
        for key, entries in (("RoleMap", self._roles), ("ClassMap", self._classes)):
            if entries:
                tree[name(key)] = DictionaryObject(
                    {NameObject(entry): value for entry, value in entries.items()}
                )
        self._objects.put(self.root, tree)


def _as_list(element: Any) -> list[PdfObject]:
    kids = element.raw_get("/K") if "/K" in element else ArrayObject()
    return list(kids) if isinstance(kids, ArrayObject) else [kids]


def _merge_names(copy: ObjectCopier, entries: Any, known: dict[str, PdfObject]) -> dict[str, str]:
    """Add a part's role map or class map to ``known``; return the new names of entries that were renamed."""
    add_prefix: dict[str, str] = {}
    for key, raw in dict.items(resolve(entries) or DictionaryObject()):
        value = copy.copy(raw)
        new_key = key
        if key in known and serialise(known[key]) != serialise(value):
            new_key = f"/{copy.prefix}{key[1:]}"
            add_prefix[key] = new_key
        known[new_key] = value
    return add_prefix


def number_entries(root: Any) -> Iterator[tuple[int, Any]]:
    """Yield the entries of a number tree in order, with unresolved values (ISO 32000-1, 7.9.7)."""
    node = resolve(root)
    if not isinstance(node, DictionaryObject):
        return
    numbers = resolve(node.get("/Nums")) or []
    for index in range(0, len(numbers) - 1, 2):
        yield int(numbers[index]), list.__getitem__(numbers, index + 1)
    for kid in resolve(node.get("/Kids")) or ():
        yield from number_entries(kid)
