"""The text space of composed lines, widened where a reader would take a gap for a space.

Input: the clusters of a text on a line, with the space after each. Output: the factor by which the text matrix
widens its text space. pdf.js ignores ActualText and inserts a space where the gap between two glyphs, measured in
text space, is wider than a tenth of the font size (``addFakeSpaces`` in its ``evaluator.js``). The horizontal scaling
(ISO 32000-1, 9.3.4) takes the factor back, so that every glyph is painted where it was.
"""

from __future__ import annotations

from math import ceil, fsum
from typing import TYPE_CHECKING, Final, final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.typeset.linebreak.shaping import Cluster

WIDEST_GAP: Final = 0.1
"""The widest gap that pdf.js does not take for a space, in em of text space; it allows 0.102."""
NARROWEST_SPACE: Final = 0.035
"""The narrowest white space that pdf.js keeps, in em of text space; it forgets those up to 0.03."""
_TOLERANCE: Final = 0.01
"""The distance in em up to which two texts touch."""


@final
class TextSpace:
    """The factors of the texts of a document, in the order in which they are painted; lengths in px."""

    def __init__(self) -> None:
        """Start before the first text."""
        self.end_x = self.end_y = 0.0
        """The end of the text that was painted last."""
        self._end_gap = 0.0
        """The space at that end, in em."""

    def factor(
        self,
        clusters: Sequence[Cluster],
        spacing: Sequence[float],
        widening: Sequence[float],
        x: float,
        y: float,
        *,
        widened: bool = False,
    ) -> int:
        """Return the factor for the text that is painted next; 1 for a text without wide gaps.

        A text that continues another one in the line is widened for the gap between them too.

        Args:
            clusters: The clusters of the text.
            spacing: The space after each cluster.
            widening: What of it is part of the advance of a glyph.
            x: Where the text begins.
            y: Its baseline.
            widened: Whether it is widened in any case.

        """
        em = clusters[-1].metrics.em
        gap = 0.0
        if abs(self.end_x - x) < _TOLERANCE * em and abs(self.end_y - y) < em:
            gap = self._end_gap
        self.end_x = x + fsum([cluster.width for cluster in clusters]) + fsum(spacing)
        if any(widening):
            spacing = [space - wider for space, wider in zip(spacing, widening, strict=True)]
        self.end_y, self._end_gap = y, spacing[-1] / em
        if max(spacing) > WIDEST_GAP * em:
            gap = max(gap, _widest_gap(clusters, spacing))
        if widened:
            gap = max(gap, 2 * WIDEST_GAP)
        if gap <= WIDEST_GAP:
            return 1
        narrowest = _narrowest_space(clusters, spacing)
        return max(1, min(ceil(gap / WIDEST_GAP), int(narrowest / NARROWEST_SPACE)))


def _widest_gap(clusters: Sequence[Cluster], spacing: Sequence[float]) -> float:
    """Return the widest gap after a character of a text, in em; that beside a space is part of the space."""
    widest = gap = 0.0
    after_space = True
    for index, cluster in enumerate(clusters):
        is_space = cluster.text.isspace()
        if not is_space and not after_space:
            widest = max(widest, gap)
        after_space, gap = is_space, spacing[index] / cluster.metrics.em
    return widest if after_space else max(widest, gap)


def _narrowest_space(clusters: Sequence[Cluster], spacing: Sequence[float]) -> float:
    """Return the width of the narrowest space inside a text, in em; very wide if it has none."""
    widths = [
        (cluster.width + spacing[index]) / cluster.metrics.em
        for index, cluster in enumerate(clusters[:-1])
        if cluster.text.isspace()
    ]
    return min(widths, default=1e3)
