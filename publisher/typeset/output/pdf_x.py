"""What makes a file one for a press: boxes, marks, the output intent, no annotations.

Enters: the tree of a PDF before it is written. Leaves: the same tree as ISO 15930-7 (PDF/X-4) asks: boxes that
are nested and exact (6.3), pictures in ICC-based colours (6.2.4), the printing condition with its
profile as it came (6.2.2). Marks stand outside the bleed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from publisher.pdf.geometry import expand
from publisher.pdf.printer_marks import MARKS_COLOUR_SPACE, MARKS_MARGIN, paint_marks
from publisher.typeset.output.grey_images import as_grey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from publisher.pdf.geometry import Rectangle
    from publisher.pdf.icc import Cmyk, OutputProfile, Rgb


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """What a press is told."""

    profile: OutputProfile
    bleed: float
    """How far ink goes beyond the trimmed page, in points."""
    marks: bool
    named: Mapping[Rgb, Cmyk]
    """The builds of colours that have a name."""

    @property
    def css(self) -> str:
        """What makes backgrounds go on into the bleed."""
        return f"@page {{ bleed: {self.bleed}pt; marks: none }}"


def make_for_press(pdf: Any, document: Any, printing: Printing) -> None:
    """Change the tree of a PDF; its metadata are ``identification``'s business."""
    import pydyf

    screen = document.color_profiles["srgb"].pdf_reference
    seen = list(_on_screen(pdf, screen))
    spaces = _colour_spaces(pdf)
    spaces.clear()
    if printing.marks:
        spaces[MARKS_COLOUR_SPACE] = _registration()
    marks: dict[Rectangle, Any] = {}
    for reference in pdf.page_references:
        page = _object(pdf, reference)
        _set_boxes(page, printing)
        if printing.marks:
            trim = tuple(page["TrimBox"])
            if trim not in marks:
                marks[trim] = _stream(pdf, paint_marks(trim, printing.bleed))
            page["Contents"] = _array((marks[trim], page["Contents"]))
    press = pydyf.Stream([printing.profile.data], {"N": 4}, compress=True)
    if seen:
        pdf.add_object(press)
    else:  # the profile of screens is wanted by nobody, and its number is free
        unwanted = _object(pdf, screen)
        unwanted.stream, unwanted.extra = press.stream, press.extra
        press = unwanted
    _set_intent(pdf, printing.profile, press.reference)


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _array(items: Any) -> Any:
    import pydyf

    return pydyf.Array(items)


def _stream(pdf: Any, data: bytes) -> bytes:
    import pydyf

    stream = pydyf.Stream([data], compress=True)
    pdf.add_object(stream)
    return bytes(stream.reference)


def _colour_spaces(pdf: Any) -> Any:
    """Return the dictionary of colour spaces that all pages of WeasyPrint's share."""
    resources = _object(pdf, _object(pdf, pdf.page_references[0])["Resources"])
    return _object(pdf, resources["ColorSpace"])


def _registration() -> Any:
    """Return the colour that is on every plate (ISO 32000-1, 8.6.6.4)."""
    import pydyf

    tint = pydyf.Dictionary(
        {
            "FunctionType": 2,
            "Domain": _array((0, 1)),
            "C0": _array((0, 0, 0, 0)),
            "C1": _array((1, 1, 1, 1)),
            "N": 1,
        }
    )
    return _array(("/Separation", "/All", "/DeviceCMYK", tint))


def _on_screen(pdf: Any, screen: bytes) -> Iterator[Any]:
    """Yield what has screen colours, made ICC-based: pictures and gradients."""
    import pydyf

    for one in pdf.objects:
        entries = one.extra if isinstance(one, pydyf.Stream) else one
        if not isinstance(entries, dict):
            continue
        if entries.get("Subtype") == "/Image" and entries.get("ColorSpace") == "/DeviceRGB":
            if as_grey(one):
                continue
            entries["ColorSpace"] = _array(("/ICCBased", screen))
            yield one
        elif "ShadingType" in entries and entries["ColorSpace"] != "/DeviceGray":
            yield one


def _set_boxes(page: Any, printing: Printing) -> None:
    left, bottom, right, top = (round(float(number), 3) for number in page["TrimBox"])
    trim = (left, bottom, right, top)
    bleed = expand(trim, printing.bleed)
    page["TrimBox"] = _box(trim)
    page["BleedBox"] = _box(bleed)
    page["MediaBox"] = _box(expand(bleed, MARKS_MARGIN) if printing.marks else bleed)


def _box(box: Rectangle) -> Any:
    return _array(round(number, 3) for number in box)


def _set_intent(pdf: Any, profile: OutputProfile, reference: bytes) -> None:
    import pydyf

    from publisher.pdf.icc import REGISTRY

    intent = pydyf.Dictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFX",
            "OutputConditionIdentifier": pydyf.String(profile.condition),
            "Info": pydyf.String(profile.description),
            "DestOutputProfile": reference,
        }
    )
    if profile.condition != "Custom":
        intent["RegistryName"] = pydyf.String(REGISTRY)
    pdf.catalog["OutputIntents"] = _array([intent])
