"""The width that the labels of a list take up, by which the lines of its items are indented."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from publisher.render.text_width import ems

if TYPE_CHECKING:
    from publisher.model import ItemList

BULLET_WIDTH = 1.0
"""Em of a bullet with the space after it."""
CHECK_BOXES = "☐☑☒"
"""The labels of tasks that are not done, done, and dropped."""
LABEL_GAP = 0.25
"""Em between a label in Latin letters or digits, or a check box, and its text; other full-width labels have a blank of their own."""
MAX_LABEL_WIDTH = 4.0
"""Em. Lines below a wider label begin to the left of its text."""


def label_width(block: ItemList) -> float:
    """Return the width of the widest label of a list, in half ems.

    >>> from publisher.model import ItemList
    >>> label_width(ItemList(items=(), ordered=True))
    1.0
    """
    widths = [_width(item.label) for item in block.items]
    return min(ceil(2 * max(widths, default=BULLET_WIDTH)) / 2, MAX_LABEL_WIDTH)


def _width(label: str) -> float:
    if not label:
        return BULLET_WIDTH
    return ems(label) + (LABEL_GAP if label[-1].isascii() or label in CHECK_BOXES else 0.0)
