"""A PDF as the rules of preflight see it.

Input: what ``page_interpreter`` found on each page, and the objects of the file from pypdf. Output:
immutable values. Lengths are in points of default user space; amounts of ink are from 0 to 1 for each
separation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from publisher.messages import translatable
from publisher.pdf.geometry import MM
from publisher.verify.preflight.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.model import Finding, Severity
    from publisher.pdf.geometry import Rectangle
    from publisher.pdf.icc import OutputProfile
    from publisher.verify.preflight.painted_object import PaintedObject

BOX_TOLERANCE = 0.3
"""Points by which boxes and edges may differ: 0.1 mm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreflightPage:
    """A page with the objects that it paints."""

    number: int
    """From 1."""
    boxes: Mapping[str, Rectangle]
    """The page boundaries (ISO 32000-1, 14.11.2) that the page has, by name: MediaBox, TrimBox, …"""
    painted_objects: tuple[PaintedObject, ...]
    """In painting order."""
    annotations: tuple[tuple[str, Rectangle], ...]
    """Subtype and rectangle of each."""
    groups: frozenset[str] = frozenset()
    """The colour spaces in which transparency groups are blended."""
    forbidden: frozenset[str] = frozenset()
    """What the page uses that PDF/X-4 forbids, in words."""
    fonts: tuple[tuple[str, Any], ...] = ()
    """BaseFont and font dictionary of each font in the page's resources."""
    shown_fonts: tuple[tuple[str, Any], ...] = ()
    """BaseFont and font dictionary of each font of which glyphs are painted."""
    unjudged: tuple[str, ...] = ()
    """What could not be judged of fonts, and why."""
    failures: int = 0
    """The number of operators that could not be executed."""
    first_failure: str = ""
    """The first of them, and why."""
    fault: str = ""
    """Why the content could not be read to its end; empty if it was."""
    problems: tuple[str, ...] = ()
    """What is damaged of the page object, in words."""

    @property
    def trim(self) -> Rectangle:
        """The trimmed page: TrimBox, else ArtBox, else MediaBox."""
        boxes = self.boxes
        return boxes.get("TrimBox") or boxes.get("ArtBox") or boxes["MediaBox"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreflightDocument:
    """A file to preflight."""

    version: str
    """Of PDF: 1.6."""
    output: OutputProfile
    """The printing condition that inks are computed for."""
    catalog: Any
    info: Mapping[str, Any]
    """The document information dictionary."""
    has_id: bool
    """Whether the trailer has a file identifier."""
    xmp: str
    objects: tuple[Any, ...]
    """Every stream and dictionary of the file."""
    pages: tuple[PreflightPage, ...]
    problems: tuple[str, ...] = ()
    """What is damaged of the page tree, in words."""
    is_encrypted: bool = False
    """Whether it is encrypted, with an empty user password."""


def finding(
    clause: str,
    message: str,
    page: PreflightPage | None = None,
    *,
    box: Rectangle | None = None,
    severity: Severity | None = None,
    hint: str | None = None,
) -> Finding:
    """Return a finding with its place.

    Args:
        clause: The rule, a clause in ``RULES``.
        message: What is wrong.
        page: The page; None for the file as a whole.
        box: Where on the page; reported in mm from the upper left corner of the trimmed page.
        severity: Instead of the rule's severity.
        hint: Instead of the rule's remedy.

    """
    location = translatable("page {page}", page=page.number) if page else translatable("file")
    if page and box:
        left, _, _, top = page.trim
        across, down = (box[0] - left) / MM, (top - box[3]) / MM
        location += translatable(
            ", {across:.0f} mm from the left, {down:.0f} mm from the top", across=across, down=down
        )
    text = translatable("{location}: {message}", location=location, message=message)
    return RULES.finding(clause, text, severity=severity, hint=hint)


def lies_within(inner: Rectangle, outer: Rectangle) -> bool:
    """Return whether a rectangle lies within another; edges may coincide."""
    return (
        inner[0] >= outer[0]
        and inner[1] >= outer[1]
        and inner[2] <= outer[2]
        and inner[3] <= outer[3]
    )


def overlaps(first: Rectangle, second: Rectangle) -> bool:
    """Return whether two rectangles have an area in common."""
    return (
        first[0] < second[2]
        and second[0] < first[2]
        and first[1] < second[3]
        and second[1] < first[3]
    )
