"""What PDFium paints in another way than other viewers, so that its picture of a page does not prove the text seen.

Input: a page from pypdf and its glyphs. Output: a reason for each page with such a thing. Serves ISO 32000-1, 12.7 (form fields),
8.11.2.2 (visibility expressions), 8.6.5 (CIE-based colours) and 8.6.6.5 (DeviceN).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from publisher.pdf.syntax import as_list, object_number, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.verify.visibility.text_layer import PlacedGlyph

_NOT_SHOWN: Final = 2 | 32
"""The flags Hidden and NoView of an annotation (12.5.3)."""
_GAMMA_SPACES: Final = frozenset({"/CalGray", "/CalRGB"})
"""Colour spaces whose gamma PDFium ignores."""


def unrendered_reason(page: Any, glyphs: Iterable[PlacedGlyph]) -> str:
    """Return why the picture of a page may differ from what other viewers show; empty if nothing is known."""
    if any(_covers(rectangle, glyph) for rectangle in _field_rectangles(page) for glyph in glyphs):
        return "a form field is on its text"
    for resources in _resources(resolve(page.get("/Resources")), set()):
        properties = resolve(resources.get("/Properties")) or {}
        if any("/VE" in (resolve(item) or {}) for item in properties.values()):
            return "a visibility expression decides which layers are shown"
        spaces = resolve(resources.get("/ColorSpace")) or {}
        for space in map(as_list, spaces.values()):
            if _is_unsure(space):
                return "it uses a colour space that viewers paint in different ways"
    return ""


def _is_unsure(space: Sequence[Any]) -> bool:
    if space[:1] == ["/DeviceN"] and len(space) > 1:
        return set(as_list(space[1])) == {"/None"}
    return bool(space) and space[0] in _GAMMA_SPACES


def _field_rectangles(page: Any) -> list[tuple[float, ...]]:
    """Return the rectangles of the form fields that viewers show."""
    rectangles: list[tuple[float, ...]] = []
    for annotation in as_list(page.get("/Annots")):
        if isinstance(annotation, dict) and annotation.get("/Subtype") == "/Widget":
            corners = [float(number) for number in as_list(annotation.get("/Rect"))]
            if len(corners) == 4 and not int(resolve(annotation.get("/F")) or 0) & _NOT_SHOWN:
                (left, right), (bottom, top) = sorted(corners[::2]), sorted(corners[1::2])
                rectangles.append((left, bottom, right, top))
    return rectangles


def _covers(rectangle: tuple[float, ...], glyph: PlacedGlyph) -> bool:
    """Return whether the middle of a glyph is in a rectangle."""
    x, y = (glyph.box[0] + glyph.box[2]) / 2, (glyph.box[1] + glyph.box[3]) / 2
    return rectangle[0] < x < rectangle[2] and rectangle[1] < y < rectangle[3]


def _resources(resources: Any, seen: set[int]) -> Iterator[Any]:
    """Yield resources and those of the forms in them, each once."""
    if not isinstance(resources, dict):
        return
    yield resources
    for reference in dict.values(resolve(resources.get("/XObject")) or {}):
        number = object_number(reference)
        form = resolve(reference)
        if number not in seen and isinstance(form, dict):
            seen.add(number)
            yield from _resources(resolve(form.get("/Resources")), seen)
