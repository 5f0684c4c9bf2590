"""The structure trees of the parts, joined in one.

Enters: the structure tree of each part, and that of the front matter. Leaves: the volume's.

One Document is the root. In PDF 1.7 each part becomes a ``Part`` below it: ISO 32000-1, 14.8.4.2,
has Document stand for "a complete document", the root of a tree with several parts, and Part for
"a large-scale division of a document"; a Document inside a Document is nowhere provided for, and
ISO 14289-1, 7.1, lets no type be used against its meaning. In PDF 2.0 it stays a ``Document``:
ISO 32000-2, 14.8.4.3 and annex L, let documents stand inside a document, for what was a document
before it was taken into another, and ISO 14289-2, 8.2.5.2, asks only that the root is one. Either way
``T`` is the report's title, and headings begin again at H1 in each, as they did in the parts.
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
from publisher.pdf.structure_tree import name_tree as name_entries
from publisher.pdf.structure_tree import string
from publisher.pdf.syntax import resolve
from publisher.pdf.writer import name, name_tree, number_tree, serialise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf.generic import PdfObject

    from publisher.pdf.object_copy import ObjectCopier
    from publisher.pdf.writer import IndirectObjects

_KNOWN = frozenset(
    {
        "/Type", "/K", "/IDTree", "/ParentTree", "/ParentTreeNextKey", "/RoleMap", "/ClassMap",
        "/Namespaces",
    }
)  # fmt: skip
_BARE_NAMESPACE = frozenset({"/Type", "/NS"})


class StructureTree:
    """The structure tree of a volume."""

    def __init__(self, objects: IndirectObjects, version: str) -> None:
        """Begin a tree; ``version`` is that of PDF."""
        self.root = objects.reserve()
        self.document = objects.reserve()
        """The topmost element: that of the front matter."""
        self._objects = objects
        self._nested = "Document" if version == "2.0" else "Part"
        self._tops: list[IndirectObject] = []
        self._parents: list[tuple[int, PdfObject]] = []
        self._next_key = 0
        self._identifiers: dict[str, PdfObject] = {}
        self._roles: dict[str, PdfObject] = {}
        self._classes: dict[str, PdfObject] = {}
        self._namespaces: dict[str, IndirectObject] = {}
        self._all_namespaces: list[IndirectObject] = []

    def take(self, copy: ObjectCopier, reference: IndirectObject) -> IndirectObject:
        """Take the tree of a part in; return its topmost element."""
        top = self._take(copy, reference, self.document)
        self._tops.append(copy.value(top))
        return self._tops[-1]

    def take_front(self, copy: ObjectCopier, reference: IndirectObject) -> None:
        """Take the tree of the front matter in, whose topmost element is the volume's."""
        top = self._take(copy, reference, self.root)
        copy.remap(top, self.document)
        self._objects.put(self.document, copy.value(resolve(top)))

    def _take(
        self, copy: ObjectCopier, reference: IndirectObject, above: IndirectObject
    ) -> IndirectObject:
        tree: Any = resolve(reference)
        strange = sorted(set(tree) - _KNOWN)
        if strange:
            raise VerificationError(f"its structure tree has {strange[0]}, which would be lost")
        kids = resolve(tree["/K"])
        kids = list(kids) if isinstance(kids, ArrayObject) else [tree.raw_get("/K")]
        if len(kids) != 1:
            raise VerificationError(f"its structure has {len(kids)} roots, one is wanted")
        copy.remap(reference, above)
        copy.parent_tree_offset = self._next_key
        self._take_namespaces(copy, tree)
        copy.roles = _taken_in(copy, tree.get("/RoleMap"), self._roles)
        copy.classes = _taken_in(copy, tree.get("/ClassMap"), self._classes)
        for key, element in number_entries(tree.get("/ParentTree")):
            self._next_key = max(self._next_key, copy.parent_tree_offset + key + 1)
            self._parents.append((copy.parent_tree_offset + key, copy.value(element)))
        for identifier, element in name_entries(tree.get("/IDTree")):
            self._identifiers[str(copy.renamed(identifier))] = copy.value(element)
        top: IndirectObject = kids[0]
        return top

    def refer(self, key: int, top: IndirectObject) -> None:
        """Let the entry of the contents with a link of that key name its part.

        ISO 14289-2, 8.2.5.8, asks it of each ``TOCI``.
        """
        element: Any = dict(self._parents)[key].get_object()
        while element["/S"] != "/TOCI":
            element = element["/P"]
        element[name("Ref")] = ArrayObject([top])

    def _take_namespaces(self, copy: ObjectCopier, tree: DictionaryObject) -> None:
        for reference in resolve(tree.get("/Namespaces")) or ():
            space: Any = resolve(reference)
            key = string(space["/NS"])
            bare = set(space) <= _BARE_NAMESPACE
            if bare and key in self._namespaces:
                copy.remap(reference, self._namespaces[key])
                continue
            taken = copy.value(reference)
            self._all_namespaces.append(taken)
            if bare:
                self._namespaces[key] = taken

    def name_part(self, top: IndirectObject, title: str, language: str) -> None:
        """Make a part's topmost element, which is copied, what it is in the volume.

        ``language`` is empty where it is the volume's own.
        """
        element: Any = top.get_object()
        element[name("S")] = name(self._nested)
        element[name("T")] = TextStringObject(title)
        if language and "/Lang" not in element:
            element[name("Lang")] = TextStringObject(language)

    def write(self) -> None:
        """Put the tree into the volume: the parts below the root, in their order."""
        document: Any = self.document.get_object()
        document[name("K")] = ArrayObject([*_as_list(document), *self._tops])
        tree = DictionaryObject(
            {
                name("Type"): name("StructTreeRoot"),
                name("K"): ArrayObject([self.document]),
                name("ParentTree"): self._objects.add(number_tree(self._objects, self._parents)),
                name("ParentTreeNextKey"): NumberObject(self._next_key),
            }
        )
        if self._identifiers:
            tree[name("IDTree")] = self._objects.add(name_tree(self._objects, self._identifiers))
        if self._all_namespaces:
            tree[name("Namespaces")] = ArrayObject(self._all_namespaces)
        for key, entries in (("RoleMap", self._roles), ("ClassMap", self._classes)):
            if entries:
                tree[name(key)] = DictionaryObject(
                    {NameObject(one): value for one, value in entries.items()}
                )
        self._objects.put(self.root, tree)


def _as_list(element: Any) -> list[PdfObject]:
    kids = element.raw_get("/K") if "/K" in element else ArrayObject()
    return list(kids) if isinstance(kids, ArrayObject) else [kids]


def _taken_in(copy: ObjectCopier, entries: Any, known: dict[str, PdfObject]) -> dict[str, str]:
    """Add a part's role map or class map; return the names that had to change, and to what."""
    changed: dict[str, str] = {}
    for key, raw in dict.items(resolve(entries) or DictionaryObject()):
        value = copy.value(raw)
        new = key
        if key in known and serialise(known[key]) != serialise(value):
            new = f"/{copy.prefix}{key[1:]}"
            changed[key] = new
        known[new] = value
    return changed


def number_entries(root: Any) -> Iterator[tuple[int, Any]]:
    """Yield the entries of a number tree in its order, values unresolved (ISO 32000-1, 7.9.7)."""
    node = resolve(root)
    if not isinstance(node, DictionaryObject):
        return
    numbers = resolve(node.get("/Nums")) or []
    for index in range(0, len(numbers) - 1, 2):
        yield int(numbers[index]), list.__getitem__(numbers, index + 1)
    for kid in resolve(node.get("/Kids")) or ():
        yield from number_entries(kid)
