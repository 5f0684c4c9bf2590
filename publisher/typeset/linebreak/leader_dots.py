"""The dots of a leader as one text.

In: a line in which WeasyPrint has repeated the text of a leader, a box for each dot. Out: the same line with one box for
all dots. They are where they were; a contents list of a thousand entries has a hundred thousand.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from publisher.typeset.linebreak.glyph_painting import ComposedText


def join_leader_dots(line_box: Any) -> None:
    """Replace the text boxes of a line's first leader, from right to left and adjacent, by one box."""
    from publisher._weasyprint.layout.leader import leader_index

    _, leader = leader_index(line_box)
    if leader is None or not leader.children:
        return
    leftmost = leader.children[-1]
    composed, count = leftmost.pango_layout, len(leader.children)
    if not isinstance(composed, ComposedText):
        return
    dots = leftmost.copy()
    dots.text, dots.width = leftmost.text * count, leftmost.width * count
    dots.pango_layout = replace(
        composed,
        text=composed.text * count,
        clusters=composed.clusters * count,
        spacing=composed.spacing * count,
    )
    leader.children = (dots,)
