"""The bookmarks of a volume: one a report, the report's own below it.

Enters: the outline of each part, and that of the front matter. Leaves: the volume's. Where the only
bookmark at the top of a part is its title already, it becomes the report's bookmark; else the report
gets one. Reports come closed, so that a reader sees them all at once. Serves ISO 32000-1, 12.3.3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pypdf.generic import DictionaryObject, IndirectObject, NumberObject, TextStringObject

from publisher.errors import VerificationError
from publisher.pdf.structure_tree import string
from publisher.pdf.syntax import object_number, resolve
from publisher.pdf.writer import name

if TYPE_CHECKING:
    from pypdf.generic import PdfObject

    from publisher.pdf.object_copy import ObjectCopier
    from publisher.pdf.writer import IndirectObjects


class Outline:
    """The outline of a volume."""

    def __init__(self, objects: IndirectObjects) -> None:
        """Begin with no bookmark."""
        self.root = objects.reserve()
        self._objects = objects
        self._front: list[IndirectObject] = []
        self._items: list[IndirectObject] = []
        self._below: dict[int, tuple[IndirectObject, list[IndirectObject]]] = {}
        """What is below a bookmark that a report got, by its number."""

    def take_front(self, copy: ObjectCopier, outlines: Any) -> None:
        """Take the bookmarks of the front matter in as they are."""
        if outlines is not None:
            copy.remap(outlines, self.root)
            self._front = [copy.value(item) for item in _items(outlines)]

    def take(
        self, copy: ObjectCopier, outlines: Any, title: str, place: DictionaryObject
    ) -> list[IndirectObject]:
        """Take the bookmarks of a part in; ``place`` leads to where it begins.

        Returns those that ``write`` has yet to join.
        """
        items = _items(outlines) if outlines is not None else []
        if len(items) == 1 and _same(string(resolve(items[0]).get("/Title")), title):
            copy.remap(outlines, self.root)
            self._items.append(copy.value(items[0]))
            return self._items[-1:]
        place[name("Title")] = TextStringObject(title)
        own = self._objects.add(place)
        if outlines is not None:
            copy.remap(outlines, own)
        below = [copy.value(item) for item in items]
        self._below[own.idnum] = own, below
        self._items.append(own)
        return [own, *below]

    def write(self) -> None:
        """Join the bookmarks, which are copied."""
        for own, items in self._below.values():
            _join(own.get_object(), items, own)
            if items:
                _entries(own)[name("Count")] = NumberObject(_shown(items))
        for item in self._items:
            if _count(item) > 0:
                _entries(item)[name("Count")] = NumberObject(-_count(item))
        root = DictionaryObject({name("Type"): name("Outlines")})
        items = [*self._front, *self._items]
        _join(root, items, self.root)
        root[name("Count")] = NumberObject(_shown(items))
        self._objects.put(self.root, root)


def _same(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())


def _items(outlines: IndirectObject) -> list[IndirectObject]:
    """Return references to the bookmarks at the top of a part."""
    items: list[IndirectObject] = []
    reference = _next(outlines, "/First")
    seen: set[int] = set()
    while reference is not None:
        if object_number(reference) in seen:
            raise VerificationError("its outline holds an item twice, or itself")
        seen.add(object_number(reference))
        items.append(reference)
        reference = _next(reference, "/Next")
    return items


def _next(reference: IndirectObject, key: str) -> IndirectObject | None:
    entries: Any = resolve(reference)
    found = entries.raw_get(key) if key in entries else None
    return found if isinstance(found, IndirectObject) else None


def _entries(item: IndirectObject) -> Any:
    return item.get_object()


def _count(item: IndirectObject) -> int:
    return int(_entries(item).get("/Count", 0))


def _shown(items: list[IndirectObject]) -> int:
    """Return how many bookmarks are seen where these are, those below an open one included."""
    return sum(1 + max(0, _count(item)) for item in items)


def _join(holder: Any, items: list[IndirectObject], parent: PdfObject) -> None:
    """Make bookmarks a chain below one."""
    for index, item in enumerate(items):
        entries = _entries(item)
        entries[name("Parent")] = parent
        for key, beside in (("Prev", index - 1), ("Next", index + 1)):
            if 0 <= beside < len(items):
                entries[name(key)] = items[beside]
            else:
                entries.pop(name(key), None)
    if items:
        holder[name("First")], holder[name("Last")] = items[0], items[-1]
