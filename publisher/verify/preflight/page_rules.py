"""What a print shop asks of each page, one rule a function.

Enters: a ``PreflightPage``. Leaves: findings, each with its rule's name as the clause. Serves ISO 15930-7:2010, 6.2.9 (fonts),
6.3 (boxes) and 6.6 (annotations).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.pdf.geometry import MM, expand
from publisher.pdf.syntax import as_list, resolve
from publisher.verify.preflight.document import (
    BOX_TOLERANCE,
    ERROR,
    NOTE,
    WARNING,
    finding,
    lies_within,
    overlaps,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from publisher.model import Finding
    from publisher.verify.preflight.document import PreflightPage
    from publisher.verify.preflight.requirements import PrintRequirements


def boxes(page: PreflightPage, requirements: PrintRequirements) -> Iterator[Finding]:
    """6.3: a page says where it is cut; its boxes lie inside one another; there is bleed."""
    if "TrimBox" not in page.boxes and "ArtBox" not in page.boxes:
        yield finding(
            "trim-box",
            ERROR,
            "it does not say where it is cut (TrimBox)",
            "build it with --profile print",
            page,
        )
        return
    if "TrimBox" in page.boxes and "ArtBox" in page.boxes:
        yield finding(
            "trim-box",
            ERROR,
            "it has a TrimBox and an ArtBox, of which one is allowed",
            "take one out",
            page,
        )
    order = ("TrimBox", "ArtBox", "BleedBox", "MediaBox")
    there = [(name, page.boxes[name]) for name in order if name in page.boxes]
    for (inner, small), (outer, large) in pairwise(there):
        if not lies_within(small, expand(large, 0.01)):
            yield finding(
                "box-nesting", ERROR, f"its {inner} goes beyond its {outer}", "build it again", page
            )
    crop = page.boxes.get("CropBox")
    if crop and not lies_within(page.boxes.get("BleedBox", page.trim), expand(crop, 0.01)):
        yield finding(
            "box-nesting",
            WARNING,
            "its CropBox hides some of its bleed",
            "take the CropBox out",
            page,
        )
    bleed = page.boxes.get("BleedBox", page.trim)
    least = min(abs(a - b) for a, b in zip(bleed, page.trim, strict=True))
    if least + BOX_TOLERANCE < requirements.bleed:
        yield finding(
            "bleed",
            WARNING,
            f"its bleed is {least / MM:.1f} mm, {requirements.bleed / MM:g} mm are wanted",
            "build it with --bleed",
            page,
        )


def marks_only(page: PreflightPage, _requirements: PrintRequirements) -> Iterator[Finding]:
    """6.6: no annotation but a printer's mark lies where something is printed."""
    area = page.boxes.get("BleedBox", page.trim)
    found = [
        (kind, box)
        for kind, box in page.annotations
        if kind not in ("PrinterMark", "TrapNet") and (overlaps(box, area) or box[0] == box[2])
    ]
    if found:
        kinds = ", ".join(sorted({kind for kind, _ in found}))
        message = f"annotations where something is printed: {len(found)} ({kinds})"
        yield finding(
            "annotation", ERROR, message, "build it with --profile print", page, box=found[0][1]
        )


def fonts(page: PreflightPage, _requirements: PrintRequirements) -> Iterator[Finding]:
    """6.2.9: every font is inside."""
    for name, font in page.fonts:
        if font.get("/Subtype") == "/Type3":
            continue
        below = as_list(font.get("/DescendantFonts")) or [font]
        for one in below:
            descriptor = resolve(one.get("/FontDescriptor")) or {}
            if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield finding(
                    "font",
                    ERROR,
                    f"the font {name} is not embedded",
                    "embed it: every font must be inside",
                    page,
                )


def content(page: PreflightPage, _requirements: PrintRequirements) -> Iterator[Finding]:
    """Ask that a page's content can be read, and asks for nothing that is forbidden."""
    if page.fault:
        yield finding(
            "content", ERROR, f"its content cannot be read: {page.fault}", "build it again", page
        )
    for what in sorted(page.forbidden):
        yield finding("forbidden", ERROR, what, "write the file anew without", page)


def transparency(page: PreflightPage, _requirements: PrintRequirements) -> Iterator[Finding]:
    """Transparency is allowed, and blended in inks."""
    for space in sorted(page.groups):
        if "RGB" in space or "Gray" in space:
            yield finding(
                "blend-space",
                WARNING,
                f"a group is blended in {space}, which turns black type into four inks",
                "blend it in DeviceCMYK",
                page,
            )
    clear = [
        one
        for one in page.painted_objects
        if one.alpha < 1 or one.soft_masked or one.blend_mode not in ("Normal", "Compatible")
    ]
    if clear:
        yield finding(
            "transparency",
            NOTE,
            f"{len(clear)} objects are transparent",
            "PDF/X-4 allows it; tell a print shop with an old computer",
            page,
            box=clear[0].box,
        )


PAGE_RULES: tuple[Callable[[PreflightPage, PrintRequirements], Iterator[Finding]], ...] = (
    boxes, marks_only, fonts, content, transparency,
)  # fmt: skip
