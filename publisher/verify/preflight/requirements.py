"""The requirements of a print shop, apart from the code that verifies them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.pdf.geometry import MM
from publisher.reference.printing import USUAL_BLEED, USUAL_MAX_INK, USUAL_MIN_PPI

if TYPE_CHECKING:
    from publisher.pdf.icc import OutputProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRequirements:
    """What a print shop asks for beyond PDF/X-4."""

    output_profile: OutputProfile | None = None
    """The printing condition; None for the file's own, or FOGRA39 if it has none."""
    bleed: float = USUAL_BLEED * MM
    """Points of bleed on every side."""
    max_ink: float = USUAL_MAX_INK / 100
    """Highest total ink on one spot: 3.0 is 300 %."""
    min_resolution: float = USUAL_MIN_PPI
    """Lowest resolution of pictures, pixels per inch."""
