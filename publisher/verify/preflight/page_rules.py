"""What a print shop asks of each page, one rule a function.

Enters: a ``Leaf``. Leaves: findings, each with its rule's name as the clause. Serves ISO 15930-7:2010, 6.2.9 (fonts),
6.3 (boxes) and 6.6 (annotations).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.pdf.geometry import MM, grown
from publisher.pdf.syntax import listed, resolve
from publisher.verify.preflight.document import (
    ERROR,
    NEAR,
    NOTE,
    WARNING,
    finding,
    inside,
    touches,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from publisher.model import Finding
    from publisher.verify.preflight.document import Leaf
    from publisher.verify.preflight.request import Wanted


def boxes(leaf: Leaf, wanted: Wanted) -> Iterator[Finding]:
    """6.3: a page says where it is cut; its boxes lie inside one another; there is bleed."""
    if "TrimBox" not in leaf.boxes and "ArtBox" not in leaf.boxes:
        yield finding(
            "trim-box",
            ERROR,
            "it does not say where it is cut (TrimBox)",
            "build it with --profile print",
            leaf,
        )
        return
    if "TrimBox" in leaf.boxes and "ArtBox" in leaf.boxes:
        yield finding(
            "trim-box",
            ERROR,
            "it has a TrimBox and an ArtBox, of which one is allowed",
            "take one out",
            leaf,
        )
    order = ("TrimBox", "ArtBox", "BleedBox", "MediaBox")
    there = [(name, leaf.boxes[name]) for name in order if name in leaf.boxes]
    for (inner, small), (outer, large) in pairwise(there):
        if not inside(small, grown(large, 0.01)):
            yield finding(
                "box-nesting", ERROR, f"its {inner} goes beyond its {outer}", "build it again", leaf
            )
    crop = leaf.boxes.get("CropBox")
    if crop and not inside(leaf.boxes.get("BleedBox", leaf.trim), grown(crop, 0.01)):
        yield finding(
            "box-nesting",
            WARNING,
            "its CropBox hides some of its bleed",
            "take the CropBox out",
            leaf,
        )
    bleed = leaf.boxes.get("BleedBox", leaf.trim)
    least = min(abs(a - b) for a, b in zip(bleed, leaf.trim, strict=True))
    if least + NEAR < wanted.bleed:
        yield finding(
            "bleed",
            WARNING,
            f"its bleed is {least / MM:.1f} mm, {wanted.bleed / MM:g} mm are wanted",
            "build it with --bleed",
            leaf,
        )


def marks_only(leaf: Leaf, _wanted: Wanted) -> Iterator[Finding]:
    """6.6: no annotation but a printer's mark lies where something is printed."""
    area = leaf.boxes.get("BleedBox", leaf.trim)
    found = [
        (kind, box)
        for kind, box in leaf.annotations
        if kind not in ("PrinterMark", "TrapNet") and (touches(box, area) or box[0] == box[2])
    ]
    if found:
        kinds = ", ".join(sorted({kind for kind, _ in found}))
        message = f"annotations where something is printed: {len(found)} ({kinds})"
        yield finding(
            "annotation", ERROR, message, "build it with --profile print", leaf, box=found[0][1]
        )


def fonts(leaf: Leaf, _wanted: Wanted) -> Iterator[Finding]:
    """6.2.9: every font is inside."""
    for name, font in leaf.fonts:
        if font.get("/Subtype") == "/Type3":
            continue
        below = listed(font.get("/DescendantFonts")) or [font]
        for one in below:
            descriptor = resolve(one.get("/FontDescriptor")) or {}
            if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield finding(
                    "font",
                    ERROR,
                    f"the font {name} is not embedded",
                    "embed it: every font must be inside",
                    leaf,
                )


def content(leaf: Leaf, _wanted: Wanted) -> Iterator[Finding]:
    """Ask that a page's content can be read, and asks for nothing that is forbidden."""
    if leaf.fault:
        yield finding(
            "content", ERROR, f"its content cannot be read: {leaf.fault}", "build it again", leaf
        )
    for what in sorted(leaf.forbidden):
        yield finding("forbidden", ERROR, what, "write the file anew without", leaf)


def transparency(leaf: Leaf, _wanted: Wanted) -> Iterator[Finding]:
    """Transparency is allowed, and blended in inks."""
    for space in sorted(leaf.groups):
        if "RGB" in space or "Gray" in space:
            yield finding(
                "blend-space",
                WARNING,
                f"a group is blended in {space}, which turns black type into four inks",
                "blend it in DeviceCMYK",
                leaf,
            )
    clear = [
        one
        for one in leaf.painted
        if one.alpha < 1 or one.masked or one.blend not in ("Normal", "Compatible")
    ]
    if clear:
        yield finding(
            "transparency",
            NOTE,
            f"{len(clear)} objects are transparent",
            "PDF/X-4 allows it; tell a print shop with an old computer",
            leaf,
            box=clear[0].box,
        )


PAGE_RULES: tuple[Callable[[Leaf, Wanted], Iterator[Finding]], ...] = (
    boxes, marks_only, fonts, content, transparency,
)  # fmt: skip
