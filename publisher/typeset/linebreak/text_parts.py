"""The parts of a text on a line that are painted apart, so that readers extract what is written.

In: a text on a line. Out: its parts in the order of the text, each with its distance from the beginning of the line.

- PDFium drops characters from U+FFFD on out of ActualText. Such a character is painted between two Spans. A gap after
  it would be read as a space; it is a space glyph of the gap's width at the beginning of the next part.
- PDFium measures a Span by its first array of glyphs. Beside such a character each run of one font is a part, and so is a glyph
  that is widened for a gap, which is in a font of its own.
- Right-to-left clusters (UAX #9) have their positions in visual order and are painted in the order of the text, each
  as a text object of its own: readers sort the glyphs of a line by their positions before they reorder it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import fsum
from typing import TYPE_CHECKING

from publisher.typeset.linebreak.latin_gap import widening
from publisher.typeset.linebreak.shaping import FIRST_DROPPED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.typeset.linebreak.code_drawing import CodeDrawing
    from publisher.typeset.linebreak.glyph_painting import ComposedText
    from publisher.typeset.linebreak.shaping import Cluster


def text_parts(composed: ComposedText) -> Iterator[tuple[ComposedText, float]]:
    """Yield the parts of a text in logical order, each with its left edge from that of the text, px."""
    has_levels = any(cluster.level for cluster in composed.clusters)
    is_dropped = max(composed.text, default="") >= FIRST_DROPPED and composed.needs_actual_text
    if not has_levels and not is_dropped:
        if any(wider := widening(composed)):
            yield from _single_font_parts(composed, wider)
        else:
            yield composed, 0.0
        return
    clusters = composed.clusters
    edges, spacing = _visual_order(clusters, composed.spacing)
    position = 0
    gap = 0.0
    for start, end in _ranges(clusters, by_font=is_dropped):
        text = "".join([cluster.text for cluster in clusters[start:end]])
        is_last = end == len(clusters)
        part = replace(
            composed,
            text=composed.text[position:] if is_last else text,
            clusters=clusters[start:end],
            spacing=spacing[start:end],
            hyphenated=composed.hyphenated and is_last,
            gap_before=gap,
            gap_glyph=clusters[start - 1].gap_glyph if gap else None,
            is_split=is_dropped,
        )
        left = edges[start] - gap
        gap = 0.0
        if clusters[start].gap_glyph and not is_last and not clusters[end].level:
            gap, part.spacing = part.spacing[0], [0.0]
        position += len(text)
        yield part, left


def _single_font_parts(
    composed: ComposedText, wider: Sequence[float]
) -> Iterator[tuple[ComposedText, float]]:
    """Yield the clusters in one font, and each cluster whose glyph is widened, as parts."""
    clusters, position, left = composed.clusters, 0, 0.0
    bounds = {0, len(clusters)}
    for index, cluster in enumerate(clusters):
        if wider[index]:
            bounds |= {index, index + 1}
        if index and _font(cluster) != _font(clusters[index - 1]):
            bounds.add(index)
    for start, end in pairwise(sorted(bounds)):
        is_last = end == len(clusters)
        text = "".join([cluster.text for cluster in clusters[start:end]])
        yield (
            replace(
                composed,
                text=composed.text[position:] if is_last else text,
                clusters=clusters[start:end],
                spacing=composed.spacing[start:end],
                hyphenated=composed.hyphenated and is_last,
                is_split=True,
            ),
            left,
        )
        position += len(text)
        left += fsum([cluster.width for cluster in clusters[start:end]])
        left += fsum(composed.spacing[start:end])


def _font(cluster: Cluster) -> int:
    return cluster.glyphs[0].font_address if cluster.glyphs else 0


def drawn_codes(part: ComposedText) -> Iterator[tuple[CodeDrawing, float]]:
    """Yield the codes to be drawn in a part, each with its distance from the part's left edge, px."""
    x = part.gap_before
    for cluster, space in zip(part.clusters, part.spacing, strict=True):
        if cluster.code is not None:
            yield cluster.code, x + cluster.width - cluster.code.width * cluster.metrics.em
        x += cluster.width + space


def is_painted_apart(cluster: Cluster) -> bool:
    """Return whether a cluster is painted without ActualText, as a part of its own."""
    return bool(cluster.level % 2) or (bool(cluster.text) and max(cluster.text) >= FIRST_DROPPED)


def _ranges(clusters: Sequence[Cluster], *, by_font: bool) -> Iterator[tuple[int, int]]:
    """Yield the first cluster of each part, and one past its last; ``by_font`` gives each run of one font a part."""
    start = 0
    for index in range(1, len(clusters) + 1):
        if (
            index == len(clusters)
            or clusters[index].level != clusters[start].level
            or is_painted_apart(clusters[index])
            or is_painted_apart(clusters[start])
            or (by_font and _font(clusters[index]) != _font(clusters[index - 1]))
        ):
            yield start, index
            start = index


def _visual_order(
    clusters: Sequence[Cluster], spacing: Sequence[float]
) -> tuple[list[float], list[float]]:
    """Return the left edge of each cluster, px, and the space to its right, both in logical order (UAX #9, L2)."""
    order, spaces = list(range(len(clusters))), list(spacing)
    levels = [cluster.level for cluster in clusters]
    for level in range(max(levels), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            if end > start:
                order[start:end] = order[start:end][::-1]
                spaces[start:end] = [*spaces[start : end - 1][::-1], spaces[end - 1]]
            start = end + 1
    edges, right = [0.0] * len(order), [0.0] * len(order)
    x = 0.0
    for index, space in zip(order, spaces, strict=True):
        edges[index], right[index] = x, space
        x += clusters[index].width + space
    return edges, right
