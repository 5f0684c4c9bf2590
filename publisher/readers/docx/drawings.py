"""Drawings of a Word file: the pictures, text boxes and lettering that a drawing contains.

A drawing is DrawingML (ECMA-376, 20.4) or an older VML shape (part 4, 14). Embedded
objects, which cannot be shown, are listed with a message. Linked pictures are never
fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from publisher.readers.docx.alternate_content import walk_outside_text_boxes
from publisher.readers.docx.finding_rules import EMBEDDED_OBJECT
from publisher.readers.picture_decoding import clean_alternative_text

if TYPE_CHECKING:
    from publisher.model import FindingRule
    from publisher.readers.docx.package import Element

_EMU_PER_MILLIMETRE = 36_000
"""English metric units (ECMA-376, 20.1.2.1)."""
_MAX_MILLIMETRES = 2_000.0
"""A larger width or height is ignored as an error."""
_PATH_SEPARATOR = re.compile(r"[\\/]")
_CSS_LENGTH = re.compile(
    r"(?:^|;)\s*(width|height)\s*:\s*([0-9.]{1,9})\s*(pt|in|cm|mm|px|)", re.IGNORECASE
)
_EDGES = ("left", "right", "top", "bottom")
_MILLIMETRES = {
    "pt": 25.4 / 72,
    "in": 25.4,
    "cm": 10.0,
    "mm": 1.0,
    "px": 25.4 / 96,
    "": 25.4 / 96,
}
"""Millimetres in each CSS unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPicture:
    """A picture that a drawing places."""

    embedded: str = ""
    """The id of the relationship to the picture's part; empty for none."""
    linked: str = ""
    """The id or address of a linked picture; empty for none."""
    alt: str = ""
    """The text alternative."""
    size: tuple[float, float] | None = None
    """Width and height in millimetres, where the file gives them."""
    cropped: bool = False


@dataclass(frozen=True, slots=True)
class DrawnObject:
    """A chart or a diagram that a drawing places."""

    kind: Literal["chart", "diagram"]
    relationship: str
    """The id of the relationship to its part."""
    alt: str
    """The text alternative."""


@dataclass(slots=True)
class Drawing:
    """The content of a drawing, in document order."""

    pictures: list[DrawnPicture] = field(default_factory=list)
    text_boxes: list[Element] = field(default_factory=list)
    lettering: list[str] = field(default_factory=list)
    """The words of WordArt shapes, and the paragraphs of shapes that hold text of DrawingML."""
    objects: list[DrawnObject] = field(default_factory=list)
    """Charts and diagrams."""
    unsupported: list[tuple[FindingRule, dict[str, str]]] = field(default_factory=list)
    """The rule that reports each object that is not shown, and the values of its message."""


def read_drawing(element: Element) -> Drawing:
    """Return the content of a drawing, without the drawings inside its text boxes."""
    drawing = Drawing()
    alt, size = "", None
    for child in walk_outside_text_boxes(element):
        attributes = child.attributes
        match child.name:
            case "w:txbxContent":
                drawing.text_boxes.append(child)
            case "wp:extent":
                size = _extent_size(child)
            case "wp:docPr":
                alt = _alternative_text(child)
            case "pic:pic":
                drawing.pictures.append(_drawingml_picture(child, alt, size))
            case "v:shape" | "v:rect" | "v:roundrect":
                alt = _clean_description(attributes.get("alt", ""))
                size = _style_size(attributes.get("style", ""))
            case "v:imagedata":
                drawing.pictures.append(_vml_picture(child, alt, size))
            case "v:textpath" | "a:txBody":
                drawing.lettering += _lettering(child)
            case "c:chart" | "dgm:relIds" | "o:OLEObject":
                _add_object(drawing, child, alt)
    return drawing


def _lettering(element: Element) -> list[str]:
    """Return the words of WordArt, or the paragraphs of a shape's text."""
    if element.name == "v:textpath":
        return [element.attributes.get("string", "")]
    return shape_paragraphs(element)


def shape_paragraphs(body: Element) -> list[str]:
    """Return the words of each paragraph of a shape's text (ECMA-376, 21.1.2)."""
    paragraphs: list[list[str]] = []
    for element in body.walk():
        if element.name == "a:p":
            paragraphs.append([])
        elif element.name == "a:t" and paragraphs:
            paragraphs[-1].append(element.text)
        elif element.name == "a:br" and paragraphs:
            paragraphs[-1].append(" ")
    return [words for parts in paragraphs if (words := "".join(parts)).strip()]


def _drawingml_picture(
    element: Element, alt: str, size: tuple[float, float] | None
) -> DrawnPicture:
    embedded = linked = own_alt = ""
    cropped = False
    own_size = None
    for child in element.walk():
        if child.name == "a:blip":
            embedded = child.attributes.get("r:embed", "")
            linked = child.attributes.get("r:link", "")
        elif child.name == "a:srcRect":
            cropped = any(value.strip("-0%") for value in child.attributes.values())
        elif child.name == "pic:cNvPr":
            own_alt = _alternative_text(child)
        elif child.name == "a:ext":
            own_size = _extent_size(child) or own_size
    if own_size and (size is None or (own_size[0] <= size[0] and own_size[1] <= size[1])):
        size = own_size
    return DrawnPicture(
        embedded=embedded, linked=linked, alt=own_alt or alt, size=size, cropped=cropped
    )


def _vml_picture(element: Element, alt: str, size: tuple[float, float] | None) -> DrawnPicture:
    attributes = element.attributes
    return DrawnPicture(
        embedded=attributes.get("r:id", ""),
        linked=attributes.get("r:href", "") or attributes.get("src", ""),
        alt=alt or _clean_description(attributes.get("o:title", "")),
        size=size,
        cropped=any(attributes.get(f"crop{edge}", "").strip("0f") for edge in _EDGES),
    )


def _add_object(drawing: Drawing, element: Element, alt: str) -> None:
    """Add a chart, a diagram or an object of another program to a drawing."""
    attributes = element.attributes
    if element.name == "c:chart":
        drawing.objects.append(DrawnObject("chart", attributes.get("r:id", ""), alt))
    elif element.name == "dgm:relIds":
        drawing.objects.append(DrawnObject("diagram", attributes.get("r:dm", ""), alt))
    else:
        program = attributes.get("ProgID", "")[:60] or "of an unknown kind"
        values = {"program": program, "description": f": {alt}" if alt else ""}
        drawing.unsupported.append((EMBEDDED_OBJECT, values))


def _alternative_text(element: Element) -> str:
    """Return the description of a drawing, or else its title."""
    attributes = element.attributes
    return _clean_description(attributes.get("descr", "")) or _clean_description(
        attributes.get("title", "")
    )


def _clean_description(text: str) -> str:
    """Return a description on one line; empty if it is only a file name or a path."""
    description = clean_alternative_text(text)
    return "" if _PATH_SEPARATOR.search(description) and " " not in description else description


def _extent_size(element: Element) -> tuple[float, float] | None:
    """Return width and height in millimetres from ``cx`` and ``cy``; None if they make no sense."""
    attributes = element.attributes
    try:
        size = (
            int(attributes["cx"]) / _EMU_PER_MILLIMETRE,
            int(attributes["cy"]) / _EMU_PER_MILLIMETRE,
        )
    except (KeyError, ValueError, OverflowError):
        return None
    return size if all(0 < length <= _MAX_MILLIMETRES for length in size) else None


def _style_size(style: str) -> tuple[float, float] | None:
    """Return width and height in millimetres from a CSS declaration; None if it lacks one."""
    lengths = {}
    for name, number, unit in _CSS_LENGTH.findall(style):
        try:
            lengths[name.lower()] = float(number) * _MILLIMETRES[unit.lower()]
        except ValueError:
            return None
    size = lengths.get("width", 0.0), lengths.get("height", 0.0)
    return size if all(0 < length <= _MAX_MILLIMETRES for length in size) else None
