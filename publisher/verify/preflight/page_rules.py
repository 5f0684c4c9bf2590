"""Rules of preflight for each page, one function for each.

Input: a ``PreflightPage`` and the requirements. Output: findings. Serves ISO 15930-7:2010, 6.2.9 (fonts),
6.3 (boxes) and 6.6 (annotations).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.messages import join_texts, translatable
from publisher.model import Severity
from publisher.pdf.geometry import MM, expand
from publisher.pdf.syntax import as_list, resolve
from publisher.verify.preflight.document import BOX_TOLERANCE, finding, lies_within, overlaps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from publisher.model import Finding
    from publisher.verify.preflight.document import PreflightPage
    from publisher.verify.preflight.requirements import PrintRequirements

_FONT_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


def damage(page: PreflightPage, _requirements: PrintRequirements) -> Iterator[Finding]:
    """Report what is damaged of the page object (ISO 32000-1, 7.7.3.3)."""
    for problem in page.problems:
        yield finding("page-object", problem, page)


def boxes(page: PreflightPage, requirements: PrintRequirements) -> Iterator[Finding]:
    """Verify the page boxes: a TrimBox or ArtBox, nested boxes, enough bleed (6.3)."""
    if "TrimBox" not in page.boxes and "ArtBox" not in page.boxes:
        yield finding("trim-box", "it has no TrimBox", page)
        return
    if "TrimBox" in page.boxes and "ArtBox" in page.boxes:
        message = "it has a TrimBox and an ArtBox; only one is allowed"
        yield finding("trim-box", message, page, hint="remove one of them")
    order = ("TrimBox", "ArtBox", "BleedBox", "MediaBox")
    present = [(name, page.boxes[name]) for name in order if name in page.boxes]
    for (inner_name, inner), (outer_name, outer) in pairwise(present):
        if not lies_within(inner, expand(outer, 0.01)):
            yield finding(
                "box-nesting",
                translatable(
                    "its {inner_name} extends beyond its {outer_name}",
                    inner_name=inner_name,
                    outer_name=outer_name,
                ),
                page,
            )
    bleed = page.boxes.get("BleedBox", page.trim)
    crop = page.boxes.get("CropBox")
    if crop and not lies_within(bleed, expand(crop, 0.01)):
        yield finding(
            "box-nesting",
            "its CropBox cuts off part of the bleed",
            page,
            severity=Severity.WARNING,
            hint="remove the CropBox",
        )
    least = min(abs(a - b) for a, b in zip(bleed, page.trim, strict=True))
    if least + BOX_TOLERANCE < requirements.bleed:
        message = translatable(
            "its bleed is {least:.1f} mm, {bleed:g} mm are required",
            least=least / MM,
            bleed=requirements.bleed / MM,
        )
        yield finding("bleed", message, page)


def annotation_places(page: PreflightPage, _requirements: PrintRequirements) -> Iterator[Finding]:
    """Verify that no annotation but a printer's mark lies in the printed area (6.6)."""
    area = page.boxes.get("BleedBox", page.trim)
    printed = [
        (kind, box)
        for kind, box in page.annotations
        if kind not in ("PrinterMark", "TrapNet") and (overlaps(box, area) or box[0] == box[2])
    ]
    if printed:
        kinds = join_texts(", ", sorted({kind for kind, _ in printed}))
        message = translatable(
            "{printed_count} annotations in the printed area ({kinds})",
            printed_count=len(printed),
            kinds=kinds,
        )
        yield finding("annotation", message, page, box=printed[0][1])


def fonts(page: PreflightPage, _requirements: PrintRequirements) -> Iterator[Finding]:
    """Verify that every font is embedded of which glyphs are painted (6.2.9).

    If the content breaks off, all fonts in the resources count.
    """
    for name, font in page.fonts if page.fault else page.shown_fonts:
        if font.get("/Subtype") == "/Type3":
            continue
        for descendant in as_list(font.get("/DescendantFonts")) or [font]:
            descriptor = resolve(descendant.get("/FontDescriptor")) or {}
            if not any(key in descriptor for key in _FONT_PROGRAMS):
                yield finding(
                    "font", translatable("the font {name} is not embedded", name=name), page
                )


def content(page: PreflightPage, _requirements: PrintRequirements) -> Iterator[Finding]:
    """Verify that the content can be read and uses nothing that PDF/X-4 forbids."""
    if page.fault:
        message = translatable(
            "its content cannot be read to its end, and the rest is not judged: {fault}",
            fault=page.fault,
        )
        yield finding("content", message, page)
    if page.failures:
        count = (
            translatable(" (and {failures} more)", failures=page.failures - 1)
            if page.failures > 1
            else ""
        )
        message = translatable(
            "an operator cannot be executed, and what it paints is not judged: {first_failure}",
            first_failure=page.first_failure,
        )
        yield finding("content", join_texts("", (message, count)), page)
    if page.unjudged:
        count = (
            translatable(" (and {unjudged_count} more)", unjudged_count=len(page.unjudged) - 1)
            if page.unjudged[1:]
            else ""
        )
        yield finding(
            "unjudged",
            translatable(
                "not everything is judged: {unjudged}{count}",
                unjudged=page.unjudged[0],
                count=count,
            ),
            page,
        )
    for feature in sorted(page.forbidden):
        yield finding("forbidden", feature, page)


def transparency(page: PreflightPage, _requirements: PrintRequirements) -> Iterator[Finding]:
    """Report transparent objects, and groups that are not blended in CMYK."""
    for space in sorted(page.groups):
        if "RGB" in space or "Gray" in space:
            message = translatable(
                "a group is blended in {space}, which turns black type into four inks", space=space
            )
            yield finding("blend-space", message, page)
    transparent = [
        painted
        for painted in page.painted_objects
        if painted.alpha < 1
        or painted.soft_masked
        or painted.blend_mode not in ("Normal", "Compatible")
    ]
    if transparent:
        message = translatable(
            "{transparent_count} objects are transparent", transparent_count=len(transparent)
        )
        yield finding("transparency", message, page, box=transparent[0].box)


PAGE_RULES: tuple[Callable[[PreflightPage, PrintRequirements], Iterator[Finding]], ...] = (
    damage, boxes, annotation_places, fonts, content, transparency,
)  # fmt: skip
