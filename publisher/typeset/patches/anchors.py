"""Anchors, links and bookmarks of boxes that can have some.

The seam is ``weasyprint.anchors.gather_anchors``, which asks every line of a page for them. A bare line, like
all lines, has none. Enters: a box. Leaves: what is known of its page, with the box's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.typeset.linebreak.plain_lines import text_only_line_class
from publisher.typeset.patches.patching import Seam, everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator


def anchored_boxes() -> Iterator[Seam]:
    """Yield the seams for one document."""
    from weasyprint import anchors

    stock, bare = anchors.gather_anchors, text_only_line_class()

    def gather_anchors(box: Any, *others: Any) -> None:
        """Gather what leads to a box, and what leads from it."""
        if type(box) is not bare or box.is_form():
            stock(box, *others)

    yield from everywhere(anchors, "gather_anchors", gather_anchors)
