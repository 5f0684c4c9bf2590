"""The description of a page that was checked for printing, for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.pdf.geometry import MM

if TYPE_CHECKING:
    from publisher.verify.preflight.document import PreflightPage


def describe_page(page: PreflightPage) -> dict[str, Any]:
    """Return the size of a page in mm, its colour spaces and the highest share of each ink."""
    left, bottom, right, top = page.trim
    inks: dict[str, float] = {}
    for painted in page.painted_objects:
        for ink, share in painted.separations.items():
            inks[ink] = max(inks.get(ink, 0.0), round(share, 3))
    objects = page.painted_objects
    return {
        "page": page.number,
        "trim": [round((right - left) / MM, 1), round((top - bottom) / MM, 1)],
        "spaces": sorted({painted.space for painted in objects if painted.space}),
        "inks": dict(sorted(inks.items())),
        "total_ink": round(max((painted.total for painted in objects), default=0.0), 3),
        "fonts": sorted({name for name, _ in page.fonts}),
        "pictures": sum(painted.kind == "picture" for painted in objects),
        "unknown_inks": any(painted.inks_error for painted in objects),
    }
