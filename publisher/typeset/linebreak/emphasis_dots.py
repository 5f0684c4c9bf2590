"""Emphasis dots (着重号): a dot below each emphasised character (GB/T 15834-2011, 4.12; CSS Text Decoration 3, text-emphasis).

In: a text on a line. Out: filled circles in the content stream. They are drawn, not set, so that the extracted text has
nothing but the characters themselves. Punctuation and spaces have no dots.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.typeset.linebreak.character_classes import CharacterClass

if TYPE_CHECKING:
    from publisher.typeset.linebreak.glyph_painting import ComposedText

DISTANCE = 0.24
"""From the baseline down to the centre of a dot, in em."""
RADIUS = 0.065
"""The radius of a dot, in em."""
_CONTROL = 0.5523 * RADIUS
"""The distance of the control points of a quarter of a circle, in em."""
_DOTTED = frozenset({CharacterClass.IDEOGRAPH, CharacterClass.LETTER, CharacterClass.DIGIT})


def paint_dots(stream: Any, composed: ComposedText, x: float, y: float) -> None:
    """Draw the dots of a text that begins at ``x`` on the baseline ``y``; the stream must be inside a text object."""
    stream.end_text()
    for cluster, space in zip(composed.clusters, composed.spacing, strict=True):
        if cluster.metrics.character_class in _DOTTED:
            em = cluster.metrics.em
            _add_circle(stream, x + cluster.width / 2, y + DISTANCE * em, em)
        x += cluster.width + space
    stream.fill()
    stream.begin_text()


def _add_circle(stream: Any, x: float, y: float, em: float) -> None:
    radius, control = RADIUS * em, _CONTROL * em
    stream.move_to(x + radius, y)
    stream.curve_to(x + radius, y + control, x + control, y + radius, x, y + radius)
    stream.curve_to(x - control, y + radius, x - radius, y + control, x - radius, y)
    stream.curve_to(x - radius, y - control, x - control, y - radius, x, y - radius)
    stream.curve_to(x + control, y - radius, x + radius, y - control, x + radius, y)
