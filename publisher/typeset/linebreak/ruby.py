"""Ruby: readings above their base text (CLREQ; JLREQ 3.3), which WeasyPrint sets behind it.

In: the clusters of a base and of its reading. Out: the base, moved right if the reading is wider, and the reading as one
cluster whose glyphs are moved back over the base. Its width is only what the reading is wider by, so that the lines are
broken as if the base had that width.
"""

from __future__ import annotations

from dataclasses import replace
from math import fsum
from typing import TYPE_CHECKING

from publisher.typeset.linebreak.character_classes import CharacterClass
from publisher.typeset.linebreak.glue import cluster_metrics
from publisher.typeset.linebreak.shaping import Cluster

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.typeset.linebreak.shaping import Glyph

MIN_DISTANCE = 0.5
"""The least distance between two readings, in em of their own size."""


def set_reading(
    base: Sequence[Cluster], reading: Sequence[Cluster]
) -> tuple[list[Cluster], Cluster]:
    """Return the clusters of a base, and its reading as one cluster that follows it.

    Args:
        base: The clusters of the base, not empty.
        reading: The clusters of the reading, in their own size, not empty.

    """
    em = reading[0].metrics.em
    base_width = fsum([cluster.width for cluster in base])
    reading_width = fsum([cluster.width for cluster in reading])
    surplus = max(0.0, reading_width + MIN_DISTANCE * em - base_width)
    moved_base = [_moved(cluster, surplus / 2) for cluster in base] if surplus else list(base)
    left = (base_width + surplus - reading_width) / 2 - base_width
    """From the end of the base to the beginning of its reading."""
    glyphs: list[Glyph] = []
    position = advance = 0.0
    for cluster in reading:
        inside = 0.0
        for glyph in cluster.glyphs:
            x_offset = left + position + inside + glyph.x_offset - advance
            glyphs.append(replace(glyph, x_offset=x_offset))
            advance += glyph.width
            inside += glyph.width
        position += cluster.width
    text = "".join([cluster.text for cluster in reading])
    metrics = cluster_metrics(CharacterClass.NON_BREAKING, em)
    return moved_base, Cluster(text, surplus, tuple(glyphs), metrics)


def _moved(cluster: Cluster, right: float) -> Cluster:
    """Return a cluster whose glyphs are moved right; its width is the same."""
    glyphs = tuple([replace(glyph, x_offset=glyph.x_offset + right) for glyph in cluster.glyphs])
    return replace(cluster, glyphs=glyphs)
