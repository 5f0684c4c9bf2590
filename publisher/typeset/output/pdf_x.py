"""Conversion to PDF/X-4: page boxes, printer's marks, the output intent.

In: the objects of a PDF before it is written. Out: the same objects as ISO 15930-7 requires them: nested page boxes
(6.3), images in ICC-based colour spaces (6.2.4), and the output intent with the unchanged profile of the printing
condition (6.2.2). Marks are outside the bleed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from publisher.pdf.geometry import expand
from publisher.pdf.printer_marks import MARKS_COLOUR_SPACE, MARKS_MARGIN, paint_marks
from publisher.typeset.output.grey_images import convert_to_grey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from publisher.pdf.geometry import Rectangle
    from publisher.pdf.icc import Cmyk, OutputProfile, Rgb


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """The printing condition, the bleed and the colour builds of a file for print."""

    profile: OutputProfile
    """The ICC profile of the printing condition."""
    bleed: float
    """How far ink extends beyond the trimmed page, in points."""
    marks: bool
    """Whether crop and registration marks are added."""
    named: Mapping[Rgb, Cmyk]
    """The CMYK builds of the colours that a style names."""

    @property
    def css(self) -> str:
        """The style rule that extends backgrounds into the bleed."""
        return f"@page {{ bleed: {self.bleed}pt; marks: none }}"


def convert_to_pdf_x(pdf: Any, document: Any, printing: Printing) -> None:
    """Convert a PDF that is about to be written to PDF/X-4; ``identification`` adds its metadata."""
    import publisher._pydyf as pydyf

    srgb = document.color_profiles["srgb"].pdf_reference
    rgb_objects = list(_convert_rgb(pdf, srgb))
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
    output_profile = pydyf.Stream([printing.profile.data], {"N": 4}, compress=True)
    if rgb_objects:
        pdf.add_object(output_profile)
    else:  # nothing refers to the sRGB profile: the output profile takes its object number
        unused = _object(pdf, srgb)
        unused.stream, unused.extra = output_profile.stream, output_profile.extra
        output_profile = unused
    _set_output_intent(pdf, printing.profile, output_profile.reference)


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _array(items: Any) -> Any:
    import publisher._pydyf as pydyf

    return pydyf.Array(items)


def _stream(pdf: Any, data: bytes) -> bytes:
    import publisher._pydyf as pydyf

    stream = pydyf.Stream([data], compress=True)
    pdf.add_object(stream)
    return bytes(stream.reference)


def _colour_spaces(pdf: Any) -> Any:
    """Return the dictionary of colour spaces that all pages share."""
    resources = _object(pdf, _object(pdf, pdf.page_references[0])["Resources"])
    return _object(pdf, resources["ColorSpace"])


def _registration() -> Any:
    """Return the registration colour space, which prints on all plates (ISO 32000-1, 8.6.6.4)."""
    import publisher._pydyf as pydyf

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


def _convert_rgb(pdf: Any, srgb: bytes) -> Iterator[Any]:
    """Convert RGB images to greyscale or an ICC-based colour space; yield the objects that need the sRGB profile."""
    import publisher._pydyf as pydyf

    for obj in pdf.objects:
        entries = obj.extra if isinstance(obj, pydyf.Stream) else obj
        if not isinstance(entries, dict):
            continue
        if entries.get("Subtype") == "/Image" and entries.get("ColorSpace") == "/DeviceRGB":
            if convert_to_grey(obj):
                continue
            entries["ColorSpace"] = _array(("/ICCBased", srgb))
            yield obj
        elif "ShadingType" in entries and entries["ColorSpace"] != "/DeviceGray":
            yield obj


def _set_boxes(page: Any, printing: Printing) -> None:
    """Set the TrimBox, BleedBox and MediaBox of a page."""
    left, bottom, right, top = (round(float(number), 3) for number in page["TrimBox"])
    trim = (left, bottom, right, top)
    bleed = expand(trim, printing.bleed)
    page["TrimBox"] = _box(trim)
    page["BleedBox"] = _box(bleed)
    page["MediaBox"] = _box(expand(bleed, MARKS_MARGIN) if printing.marks else bleed)


def _box(box: Rectangle) -> Any:
    return _array(round(number, 3) for number in box)


def _set_output_intent(pdf: Any, profile: OutputProfile, reference: bytes) -> None:
    import publisher._pydyf as pydyf
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
