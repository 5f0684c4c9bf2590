"""The gap between Chinese and Latin text that a style asks for, and what of it is part of the advance of a glyph.

MuPDF takes a gap of 0.15 em for a space, whatever ActualText says. It measures from the end of a glyph's advance, so that a
wider gap is read as none if the glyph before it is as much wider (``glyph_advances``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.typeset.linebreak.glue import GAP, GLUE_BY_PAIR, WIDEST_GAP

if TYPE_CHECKING:
    from publisher.typeset.linebreak.glyph_painting import ComposedText

LATIN_GAP = "__latin_gap"
"""The custom property with the gap, in em, as WeasyPrint names it."""


def latin_gap(style: Any) -> float:
    """Return the gap between Chinese and Latin text in a style, in em."""
    for token in style[LATIN_GAP] or ():
        if token.type == "dimension" and token.lower_unit == "em":
            return min(max(GAP, float(token.value)), WIDEST_GAP)
    return GAP


def widening(composed: ComposedText) -> list[float]:
    """Return what of the space after each cluster is part of the advance of its last glyph, px: of a wide gap, all but ``GAP``."""
    clusters = composed.clusters
    wider = [0.0] * len(clusters)
    if not clusters or clusters[0].metrics.latin_gap <= GAP:
        return wider
    for index, cluster in enumerate(clusters):
        metrics = cluster.metrics
        if cluster.level % 2 or not cluster.glyphs or cluster.code:
            continue
        if index + 1 < len(clusters):
            is_gap = bool(GLUE_BY_PAIR[metrics, clusters[index + 1].metrics].gap_em)
        else:
            is_gap = composed.spacing[index] > (metrics.latin_gap + GAP) / 2 * metrics.em
        if is_gap:
            wider[index] = (metrics.latin_gap - GAP) * metrics.em
    return wider
