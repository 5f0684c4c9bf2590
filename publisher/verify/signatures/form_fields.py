"""The fields of a form, their widgets and the pages that show them (ISO 32000-1, 12.7.3, 12.5.6.19).

Input: a revision of a file from pyHanko. Output: fields, references, boxes in points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject
from pyhanko.pdf_utils.misc import PdfError

from publisher.pdf.raw_objects import (
    DisallowedModificationError,
    array_entry,
    dictionary_entry,
    entry,
    is_dictionary,
    raw_entry,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyhanko.pdf_utils.generic import Reference
    from pyhanko.pdf_utils.reader import HistoricalResolver


class Field(NamedTuple):
    """A field of a form that has no fields below it."""

    reference: Any
    """To its dictionary."""
    name: str
    """Its full name: the names of the fields above it and its own, with periods between them (12.7.3.2)."""
    kind: str
    """``/Tx``, ``/Btn``, ``/Ch`` or ``/Sig``; empty if the file names none."""
    widgets: tuple[Any, ...]
    """References to its widgets; the field itself if it is its own widget."""


def terminal_fields(resolver: HistoricalResolver) -> Iterator[Field]:
    """Yield the fields of a form that have a value, in order."""
    form = dictionary_entry(resolver.root, "/AcroForm")
    pending = [(field, "", "") for field in reversed(array_entry(form, "/Fields"))]
    visited = set()
    while pending:
        field, name, kind = pending.pop()
        if not isinstance(field, IndirectObject) or field.reference in visited:
            continue
        visited.add(field.reference)
        value = field.get_object()
        if not is_dictionary(value):
            continue
        kind = str(entry(value, "/FT") or kind)  # inherited
        own_name = entry(value, "/T")
        name = ".".join(filter(None, (name, "" if own_name is None else str(own_name))))
        kids = [
            kid
            for kid in array_entry(value, "/Kids")
            if isinstance(kid, IndirectObject) and is_dictionary(kid.get_object())
        ]
        if any("/T" in kid.get_object() for kid in kids):
            pending += [(kid, name, kind) for kid in reversed(kids)]
        else:
            yield Field(field, name, kind, tuple(kids) or (field,))


def pages(resolver: HistoricalResolver) -> Iterator[Any]:
    """Yield the references of the pages of a revision, in order."""
    pending, visited = [raw_entry(resolver.root, "/Pages")], set()
    while pending:
        node = pending.pop()
        if not isinstance(node, IndirectObject) or node.reference in visited:
            continue
        visited.add(node.reference)
        if "/Kids" in node.get_object():
            pending.extend(reversed(list(node.get_object()["/Kids"])))
        else:
            yield node


def page_annotations(resolver: HistoricalResolver, page: Any) -> list[Any]:
    """Return the annotations of a page, references not followed."""
    return array_entry(resolver(page.reference), "/Annots")


def lists_annotation(items: list[Any], widget: Reference) -> bool:
    """Return whether a list of annotations has a widget."""
    return any(isinstance(item, IndirectObject) and item.reference == widget for item in items)


def annotation_box(annotation: Any) -> list[float]:
    """Return left, bottom, right and top of an annotation in points; all 0 if it has no rectangle."""
    try:
        sides = entry(annotation, "/Rect") or (0, 0, 0, 0)
        left, bottom, right, top = (float(side) for side in sides)
    except (TypeError, ValueError, PdfError) as error:
        raise DisallowedModificationError("a field has a damaged rectangle") from error
    return [min(left, right), min(bottom, top), max(left, right), max(bottom, top)]


def has_area(annotation: Any) -> bool:
    """Return whether an annotation takes up an area of its page."""
    left, bottom, right, top = annotation_box(annotation)
    return left != right and bottom != top


def is_on_page(box: list[float], page: Any) -> bool:
    """Return whether a part of a box is on a page; a page of unknown size shows every box."""
    size = _inherited(page, "/MediaBox")
    try:
        left, bottom, right, top = (float(side) for side in size or ())
    except (TypeError, ValueError, PdfError):
        return True
    left, right = sorted((left, right))
    bottom, top = sorted((bottom, top))
    return box[0] < right and box[2] > left and box[1] < top and box[3] > bottom


def _inherited(page: Any, key: str) -> Any:
    """Return an entry of a page or of the nodes above it (7.7.3.4); None if there is none."""
    node, visited = page, 0
    while is_dictionary(node) and visited < _MAX_DEPTH:
        if key in node:
            return node[key]
        node, visited = entry(node, "/Parent"), visited + 1
    return None


_MAX_DEPTH = 100
"""Nodes above a page; a tree with more is damaged or goes round in a circle."""


def overlaps(box: list[float], annotation: Any) -> bool:
    """Return whether a box covers a part of an annotation that is seen."""
    if not isinstance(annotation, DictionaryObject):
        return False
    if entry(annotation, "/Subtype") in ("/Link", "/Popup") or not has_area(annotation):
        return False
    left, bottom, right, top = annotation_box(annotation)
    return left < box[2] and right > box[0] and bottom < box[3] and top > box[1]
