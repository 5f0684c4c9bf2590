"""The text state of a content stream (ISO 32000-1, 9.3), with the matrix that it is positioned by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.pdf.geometry import IDENTITY, Matrix

if TYPE_CHECKING:
    from typing import Self

    from publisher.pdf.font_encoding import Font


@dataclass
class TextState:
    """The part of the graphics state that positions text (8.4.1, 9.3.1)."""

    ctm: Matrix = IDENTITY
    font: Font | None = None
    size: float = 0.0
    character_spacing: float = 0.0
    word_spacing: float = 0.0
    horizontal_scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    render_mode: int = 0

    def __copy__(self) -> Self:
        """Return a shallow copy; this is faster than the generic implementation of ``copy.copy``."""
        duplicate = object.__new__(type(self))
        duplicate.__dict__.update(self.__dict__)
        return duplicate
