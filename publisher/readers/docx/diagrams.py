"""Diagrams of a Word file (SmartArt; ECMA-376, 21.4): a data part in, the words of its points out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.readers.docx.drawings import shape_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.readers.docx.package import Element

_CHILD = "parOf"
"""The kind of a connection from a point to one below it (21.4.7.22)."""


def diagram_paragraphs(root: Element) -> list[str]:
    """Return the words of each point of a diagram, each point before those below it."""
    points = {
        part.attributes.get("modelId", ""): part for part in root.walk() if part.name == "dgm:pt"
    }
    below: dict[str, list[tuple[int, str]]] = {}
    for part in root.walk():
        attributes = part.attributes
        if part.name == "dgm:cxn" and attributes.get("type", _CHILD) == _CHILD:
            order = attributes.get("srcOrd", "0")
            position = int(order) if order.isdecimal() and len(order) < 9 else 0
            source = attributes.get("srcId", "")
            below.setdefault(source, []).append((position, attributes.get("destId", "")))
    return [words for identity in _in_order(points, below) for words in _words(points[identity])]


def _in_order(points: dict[str, Element], below: dict[str, list[tuple[int, str]]]) -> Iterator[str]:
    """Yield each point once: the tree of the document first, then points outside of it."""
    roots = [name for name, part in points.items() if part.attributes.get("type") == "doc"]
    seen: set[str] = set()
    stack = [*reversed(list(points)), *reversed(roots)]
    while stack:
        identity = stack.pop()
        if identity in points and identity not in seen:
            seen.add(identity)
            yield identity
            children = sorted(below.get(identity, ()), key=lambda child: child[0])
            stack.extend(child for _, child in reversed(children))


def _words(point: Element) -> list[str]:
    body = point.child("dgm:t")
    return shape_paragraphs(body) if body else []
