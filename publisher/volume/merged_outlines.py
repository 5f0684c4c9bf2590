"""The outline of a volume: one bookmark for each part, with the part's own bookmarks below it.

Input: the outlines of the parts and of the front matter. Output: the outline of the volume. If the only top-level bookmark
of a part is its title, it becomes the part's bookmark; otherwise a bookmark is added. The bookmarks of parts are
closed, so that all parts are visible at once. The module implements ISO 32000-1, 12.3.3.
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


class MergedOutline:
    """The outline of a volume."""

    def __init__(self, objects: IndirectObjects) -> None:
        """Create an empty outline."""
        self.root = objects.reserve()
        self._objects = objects
        self._front: list[IndirectObject] = []
        self._items: list[IndirectObject] = []
        self._children: dict[int, tuple[IndirectObject, list[IndirectObject]]] = {}
        """The added bookmarks and the bookmarks below them, by object number."""

    def add_front_matter(self, copy: ObjectCopier, outlines: Any) -> None:
        """Add the bookmarks of the front matter unchanged."""
        if outlines is not None:
            copy.remap(outlines, self.root)
            self._front = [copy.copy(item) for item in _items(outlines)]

    def add_part(
        self, copy: ObjectCopier, outlines: Any, title: str, target: DictionaryObject
    ) -> list[IndirectObject]:
        """Add the bookmarks of a part; ``target`` has the entries that link to the part's beginning.

        Returns the bookmarks that ``write`` still changes.
        """
        items = _items(outlines) if outlines is not None else []
        if len(items) == 1 and _is_same_title(string(resolve(items[0]).get("/Title")), title):
            copy.remap(outlines, self.root)
            self._items.append(copy.copy(items[0]))
            return self._items[-1:]
        target[name("Title")] = TextStringObject(title)
        bookmark = self._objects.add(target)
        if outlines is not None:
            copy.remap(outlines, bookmark)
        children = [copy.copy(item) for item in items]
        self._children[bookmark.idnum] = bookmark, children
        self._items.append(bookmark)
        return [bookmark, *children]

    def write(self) -> None:
        """Link the copied bookmarks with each other, and add the outline to the file."""
        for bookmark, children in self._children.values():
            _link(bookmark.get_object(), children, bookmark)
            if children:
                _entries(bookmark)[name("Count")] = NumberObject(_visible_count(children))
        for item in self._items:
            if _count(item) > 0:
                _entries(item)[name("Count")] = NumberObject(-_count(item))
        root = DictionaryObject({name("Type"): name("Outlines")})
        items = [*self._front, *self._items]
        _link(root, items, self.root)
        root[name("Count")] = NumberObject(_visible_count(items))
        self._objects.put(self.root, root)


def _is_same_title(first: str, second: str) -> bool:
    """Return whether two titles are equal apart from white space."""
    return "".join(first.split()) == "".join(second.split())


def _items(outlines: IndirectObject) -> list[IndirectObject]:
    """Return references to the top-level bookmarks of a part."""
    items: list[IndirectObject] = []
    reference = _next(outlines, "/First")
    seen: set[int] = set()
    while reference is not None:
        if object_number(reference) in seen:
            raise VerificationError("its outline contains a bookmark twice")
        seen.add(object_number(reference))
        items.append(reference)
        reference = _next(reference, "/Next")
    return items


def _next(reference: IndirectObject, key: str) -> IndirectObject | None:
    entries: Any = resolve(reference)
    value = entries.raw_get(key) if key in entries else None
    return value if isinstance(value, IndirectObject) else None


def _entries(item: IndirectObject) -> Any:
    return item.get_object()


def _count(item: IndirectObject) -> int:
    return int(_entries(item).get("/Count", 0))


def _visible_count(items: list[IndirectObject]) -> int:
    """Return the number of visible bookmarks among these and those below open ones."""
    return sum(1 + max(0, _count(item)) for item in items)


def _link(holder: Any, items: list[IndirectObject], parent: PdfObject) -> None:
    """Set the entries that link bookmarks with their parent and with each other."""
    for index, item in enumerate(items):
        entries = _entries(item)
        entries[name("Parent")] = parent
        for key, neighbour in (("Prev", index - 1), ("Next", index + 1)):
            if 0 <= neighbour < len(items):
                entries[name(key)] = items[neighbour]
            else:
                entries.pop(name(key), None)
    if items:
        holder[name("First")], holder[name("Last")] = items[0], items[-1]
