"""A file on its way to a press, as the rules look at it.

Enters: what ``painting`` found on each page, and the objects of the file as pypdf holds them. Leaves: frozen values;
lengths are in points of default user space, amounts of ink from 0 to 1 for each plate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from publisher.model import Finding, Severity
from publisher.pdf.geometry import MM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.pdf.geometry import Rectangle
    from publisher.pdf.icc import OutputProfile
    from publisher.verify.preflight.painted_object import PaintedObject

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
BOX_TOLERANCE = 0.3
"""Points by which boxes and edges may be apart: 0.1 mm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreflightPage:
    """A page with what it paints; boxes in points."""

    number: int
    boxes: Mapping[str, Rectangle]
    """Those that the page has, by their names: MediaBox, TrimBox, …"""
    painted_objects: tuple[PaintedObject, ...]
    annotations: tuple[tuple[str, Rectangle], ...]
    """Subtype and place of each."""
    groups: frozenset[str] = frozenset()
    forbidden: frozenset[str] = frozenset()
    fonts: tuple[tuple[str, Any], ...] = ()
    """The font dictionaries that the page's resources name, with their BaseFont."""
    fault: str = ""
    """Why its content could not be read."""

    @property
    def trim(self) -> Rectangle:
        """The page as it is cut; the whole medium where nobody says."""
        boxes = self.boxes
        return boxes.get("TrimBox") or boxes.get("ArtBox") or boxes["MediaBox"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreflightDocument:
    """A file that is on its way to a press."""

    version: str
    output: OutputProfile
    """The printing condition that it is judged for."""
    catalog: Any
    info: Mapping[str, Any]
    has_id: bool
    xmp: str
    objects: tuple[Any, ...]
    """Every stream and dictionary of the file."""
    pages: tuple[PreflightPage, ...]


def finding(
    clause: str,
    severity: Severity,
    message: str,
    hint: str,
    page: PreflightPage | None = None,
    *,
    box: Rectangle | None = None,
) -> Finding:
    """Return a finding, with its page and where on it, from the upper left corner of the cut page."""
    place = f"page {page.number}" if page else "file"
    if page and box:
        left, _, _, top = page.trim
        across, down = (box[0] - left) / MM, (top - box[3]) / MM
        place += f", {across:.0f} mm from the left, {down:.0f} mm from the top"
    return Finding(clause=clause, severity=severity, message=f"{place}: {message}", hint=hint)


def lies_within(small: Rectangle, large: Rectangle) -> bool:
    """Tell whether a rectangle lies in another, its edges included."""
    return (
        small[0] >= large[0]
        and small[1] >= large[1]
        and small[2] <= large[2]
        and small[3] <= large[3]
    )


def overlaps(one: Rectangle, other: Rectangle) -> bool:
    """Tell whether two rectangles have some area in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
