"""The document outline (bookmarks) of a finished PDF.

Input: the catalogue from pypdf. Output: ``OutlineItem``s in reading order. Serves ISO 32000-1 12.3.2
(destinations) and 12.3.3 (document outline).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from publisher.errors import VerificationError
from publisher.pdf.structure_tree import read_name_tree, string
from publisher.pdf.syntax import object_number, resolve

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineItem:
    """An item of the outline, a bookmark."""

    title: str
    level: int
    """From 1."""
    page: int
    """Index from 0; -1 if the destination is not a page of the file."""


def read_outlines(catalog: Any, *, pages: Mapping[int, int]) -> tuple[OutlineItem, ...]:
    """Return the items of the outline in reading order (12.3.3).

    Args:
        catalog: The document catalogue, from pypdf.
        pages: The index of each page by its object number.

    Raises:
        VerificationError: The outline contains a cycle.

    """
    names = resolve(catalog.get("/Names")) or {}
    destinations = dict(read_name_tree(names.get("/Dests")))
    items: list[OutlineItem] = []
    visited: set[int] = set()
    root = resolve(catalog.get("/Outlines")) or {}
    pending = [(root.get("/First"), 1)]
    while pending:
        node, level = pending.pop()
        node = resolve(node)
        if node is None:
            continue
        if id(node) in visited:
            raise VerificationError("the outline contains an item twice, or a cycle")
        visited.add(id(node))
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
