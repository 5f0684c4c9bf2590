"""The bookmarks of a finished PDF.

Enters: the catalogue as pypdf holds it. Leaves: frozen ``OutlineItem``s in reading order. Serves
ISO 32000-1 12.3.2 (destinations) and 12.3.3 (document outline).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from publisher.errors import VerificationError
from publisher.pdf.structure_tree import name_tree, string
from publisher.pdf.syntax import object_number, resolve

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineItem:
    """A bookmark."""

    title: str
    level: int
    """From 1."""
    page: int
    """Index from 0; -1 where the destination is no page of the file."""


def read_outlines(catalog: Any, *, pages: Mapping[int, int]) -> tuple[OutlineItem, ...]:
    """Return the bookmarks in reading order (12.3.3).

    ``pages`` gives the index of each page's object number. Raises ``VerificationError`` for cycles.
    """
    names = resolve(catalog.get("/Names")) or {}
    destinations = dict(name_tree(names.get("/Dests")))
    items: list[OutlineItem] = []
    seen: set[int] = set()
    root = resolve(catalog.get("/Outlines")) or {}
    pending = [(root.get("/First"), 1)]
    while pending:
        node, level = pending.pop()
        node = resolve(node)
        if node is None:
            continue
        if id(node) in seen:
            raise VerificationError("the outline holds an item twice, or itself")
        seen.add(id(node))
        target = resolve(node.get("/Dest", (resolve(node.get("/A")) or {}).get("/D")))
        if isinstance(target, str | bytes):
            target = resolve(destinations.get(string(target)))
        if isinstance(target, dict):
            target = resolve(target.get("/D"))
        number = object_number(target[0]) if isinstance(target, list) and target else 0
        page = pages.get(number, -1)
        items.append(OutlineItem(title=string(node.get("/Title")), level=level, page=page))
        pending += [(node.get("/Next"), level), (node.get("/First"), level + 1)]
    return tuple(items)
