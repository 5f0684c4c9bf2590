"""Runs of glyphs on a page, with their positions and the marked content that contains them.

``publisher.pdf.content_stream`` makes them. Serves ISO 32000-1 9.3.6, 9.4 (text) and 14.6 (marked content).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MarkedSequence:
    """A marked-content sequence (14.6); compared by identity."""

    tag: str
    mcid: int | None = None
    stream: int = 0
    """Object number of the form XObject that contains it; 0 for the page's own content."""
    type: str = ""
    """``Type`` of an artifact: Pagination, Layout, Page, Background (14.8.2.2.2)."""
    subtype: str = ""
    actual_text: str | None = None
    alt: str | None = None
    expansion: str | None = None
    language: str = ""


class GlyphPositions(NamedTuple):
    """The positions of the glyphs of a run: a baseline, with offset and width of each glyph."""

    x: float
    """Start of the baseline in default user space, points."""
    y: float
    dx: float
    """Increase of ``x`` for each unit of text space along the baseline."""
    dy: float
    """Increase of ``y`` for each unit of text space along the baseline."""
    em: float
    """Points of an em along the baseline."""
    offsets: Sequence[float]
    """Offsets of the glyph origins along the baseline, in text space."""
    widths: Sequence[float]
    """Glyph widths in em."""

    def xs(self) -> tuple[float, ...]:
        """Return the x coordinates of the glyph origins, points."""
        x, dx = self.x, self.dx
        return tuple([x + offset * dx for offset in self.offsets])

    def ys(self) -> tuple[float, ...]:
        """Return the y coordinates of the glyph origins, points."""
        y, dy = self.y, self.dy
        return tuple([y + offset * dy for offset in self.offsets])

    def advances(self) -> tuple[float, ...]:
        """Return the glyph widths in points."""
        return tuple([width * self.em for width in self.widths])


NO_POSITIONS: Final = GlyphPositions(0.0, 0.0, 0.0, 0.0, 0.0, (), ())
"""The positions of a run without glyphs."""


class GlyphRun(NamedTuple):
    """The glyphs that one text-showing operator shows (9.4.3)."""

    characters: tuple[str, ...]
    """The Unicode value of each glyph: no, one or several characters; U+FFFD without a mapping."""
    text: str
    """The Unicode values in painting order."""
    positions: GlyphPositions
    unmapped: int
    """How many glyphs have no Unicode value."""
    font: str
    """``BaseFont``, subset prefix included."""
    size: float
    """Em height in default user space, points."""
    render_mode: int
    """``Tr``: 3 is invisible, 7 only clips (9.3.6)."""
    sequences: tuple[MarkedSequence, ...]
    """The marked-content sequences that contain the run, outermost first."""

    @property
    def xs(self) -> tuple[float, ...]:
        """The x coordinates of the glyph origins in default user space, points."""
        return self.positions.xs()

    @property
    def ys(self) -> tuple[float, ...]:
        """The y coordinates of the glyph origins in default user space, points."""
        return self.positions.ys()

    @property
    def advances(self) -> tuple[float, ...]:
        """The glyph widths along the baseline in points, without character and word spacing."""
        return self.positions.advances()

    @property
    def marked(self) -> MarkedSequence | None:
        """The innermost sequence with an MCID."""
        for sequence in reversed(self.sequences):
            if sequence.mcid is not None:
                return sequence
        return None

    @property
    def mcid(self) -> int | None:
        """The innermost marked-content identifier."""
        return None if self.marked is None else self.marked.mcid

    @property
    def artifact(self) -> MarkedSequence | None:
        """The outermost artifact that contains the run."""
        for sequence in self.sequences:
            if sequence.tag == "Artifact":
                return sequence
        return None

    @property
    def replacement(self) -> MarkedSequence | None:
        """The outermost Span whose ActualText replaces the run (14.9.4)."""
        for sequence in self.sequences:
            if sequence.actual_text is not None and sequence.tag == "Span":
                return sequence
        return None

    @property
    def language(self) -> str:
        """``Lang`` of the innermost sequence that has one; empty if none has."""
        languages = (sequence.language for sequence in reversed(self.sequences))
        return next(filter(None, languages), "")

    @property
    def right(self) -> float:
        """The right end of the last glyph's advance, points; for horizontal, unrotated text."""
        return self.xs[-1] + self.advances[-1] if self.xs else 0.0
