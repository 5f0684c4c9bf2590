"""What a print shop asks of a file, apart from what judges it, which only a file for a press needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.pdf.geometry import MM

if TYPE_CHECKING:
    from publisher.pdf.icc import OutputProfile

PDF_X4 = "PDF/X-4"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRequirements:
    """What the print shop asks for."""

    output_profile: OutputProfile | None = None
    """The printing condition; none for the file's own, or FOGRA39 where it has none."""
    bleed: float = 3 * MM
    max_ink: float = 3.0
    min_resolution: float = 300.0
