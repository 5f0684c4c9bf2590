"""Pictures and other drawings of a Word file: what they show, and what is said in their place.

Enters: a drawing (DrawingML, ECMA-376, 20.4) or an older shape (VML, 14). Leaves: pictures to show,
text boxes and lettering to read, findings of what can be neither shown nor read. A picture that is
only linked to is never fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publisher.model import Severity
from publisher.readers.docx.fields import parts
from publisher.readers.picture_decoding import described

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.readers.docx.package import Element

_EMU = 36_000
"""English metric units to a millimetre."""
_LARGEST = 2_000.0
"""No picture of a report is wider or higher (millimetres)."""
_PATH = re.compile(r"[\\/]")
_LENGTH = re.compile(
    r"(?:^|;)\s*(width|height)\s*:\s*([0-9.]{1,9})\s*(pt|in|cm|mm|px|)", re.IGNORECASE
)
_EDGES = ("left", "right", "top", "bottom")
_UNITS = {"pt": 25.4 / 72, "in": 25.4, "cm": 10.0, "mm": 1.0, "px": 25.4 / 96, "": 25.4 / 96}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture that a drawing places."""

    embedded: str = ""
    """The relationship's id."""
    linked: str = ""
    alt: str = ""
    size: tuple[float, float] | None = None
    """In millimetres."""
    cropped: bool = False


@dataclass(slots=True)
class Drawing:
    """What stands in a drawing, in order."""

    pictures: list[Shown] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    lettering: list[str] = field(default_factory=list)
    unread: list[tuple[str, Severity, str]] = field(default_factory=list)
    """Clause, severity and message of each thing that is not shown."""


def read_drawing(element: Element) -> Drawing:
    """Return what a drawing holds; a text box's own drawings are left to whoever reads it."""
    found = Drawing()
    alt, size = "", None
    for one in _outside_boxes(element):
        said = one.attributes
        match one.name:
            case "w:txbxContent":
                found.boxes.append(one)
            case "wp:extent":
                size = _extent(one)
            case "wp:docPr":
                alt = _words(one)
            case "pic:pic":
                found.pictures.append(_picture(one, alt, size))
            case "v:shape" | "v:rect" | "v:roundrect":
                alt, size = _useful(said.get("alt", "")), _style_size(said.get("style", ""))
            case "v:imagedata":
                found.pictures.append(_image_data(one, alt, size))
            case "v:textpath":
                found.lettering.append(said.get("string", ""))
            case "c:chart" | "dgm:relIds" | "o:OLEObject":
                found.unread.append(_unread(one, alt))
    return found


def _outside_boxes(element: Element) -> Iterator[Element]:
    waiting = [element]
    while waiting:
        here = waiting.pop()
        yield here
        if here.name != "w:txbxContent":
            waiting.extend(reversed(parts(here)))


def _picture(element: Element, alt: str, size: tuple[float, float] | None) -> Shown:
    embedded = linked = inner = ""
    cropped = False
    own = None
    for one in element.walk():
        if one.name == "a:blip":
            embedded = one.attributes.get("r:embed", "")
            linked = one.attributes.get("r:link", "")
        elif one.name == "a:srcRect":
            cropped = any(value.strip("-0%") for value in one.attributes.values())
        elif one.name == "pic:cNvPr":
            inner = _words(one)
        elif one.name == "a:ext":
            own = _extent(one) or own
    if own and (size is None or (own[0] <= size[0] and own[1] <= size[1])):
        size = own
    return Shown(embedded=embedded, linked=linked, alt=inner or alt, size=size, cropped=cropped)


def _image_data(element: Element, alt: str, size: tuple[float, float] | None) -> Shown:
    said = element.attributes
    return Shown(
        embedded=said.get("r:id", ""),
        linked=said.get("r:href", "") or said.get("src", ""),
        alt=alt or _useful(said.get("o:title", "")),
        size=size,
        cropped=any(said.get(f"crop{edge}", "").strip("0f") for edge in _EDGES),
    )


def _unread(element: Element, alt: str) -> tuple[str, Severity, str]:
    words = f": {alt}" if alt else ""
    if element.name == "o:OLEObject":
        kind = element.attributes.get("ProgID", "")[:60] or "of an unknown kind"
        message = f"an embedded object ({kind}) is not read{words}"
        return "embedded-object", Severity.WARNING, message
    what = "chart" if element.name == "c:chart" else "diagram"
    return what, Severity.WARNING, f"a {what} is not shown{words}"


def _words(element: Element) -> str:
    """Return what a drawing says to someone who cannot see it."""
    said = element.attributes
    return _useful(said.get("descr", "")) or _useful(said.get("title", ""))


def _useful(text: str) -> str:
    """Return a description, but not the name of the file that a picture came from."""
    words = described(text)
    return "" if _PATH.search(words) and " " not in words else words


def _extent(element: Element) -> tuple[float, float] | None:
    try:
        size = int(element.attributes["cx"]) / _EMU, int(element.attributes["cy"]) / _EMU
    except (KeyError, ValueError, OverflowError):
        return None
    return size if all(0 < one <= _LARGEST for one in size) else None


def _style_size(style: str) -> tuple[float, float] | None:
    found = {}
    for name, number, unit in _LENGTH.findall(style):
        try:
            found[name.lower()] = float(number) * _UNITS[unit.lower()]
        except ValueError:
            return None
    size = found.get("width", 0.0), found.get("height", 0.0)
    return size if all(0 < one <= _LARGEST for one in size) else None
