"""The labels of rows and columns in a table: totals, and how rows are numbered."""

from __future__ import annotations

import re

from publisher.text.simplified import to_simplified

_TOTAL = re.compile("(?:[^，。、]{0,6}(?:合计|总计|共计)|总数|总和|全部)数?")
_SUBTOTAL = re.compile("[^，。、]{0,6}小计数?")
LEVELS = (
    re.compile("[一二三四五六七八九十]+[、．.]"),
    re.compile("[（(][一二三四五六七八九十]+[）)]"),
    re.compile("[0-9]+[．.、]"),
    re.compile("[（(][0-9]+[）)]"),
)
"""The numbering of row labels, the outermost level first."""


def plain_label(text: str) -> str:
    """Return the words of a cell in Simplified characters, without white space."""
    return to_simplified("".join(text.split()))


def is_subtotal(label: str) -> bool:
    """Return whether a label names a subtotal (小计)."""
    return bool(_SUBTOTAL.fullmatch(label))


def is_total(label: str) -> bool:
    """Return whether a label names the sum of other rows or columns."""
    return bool(_TOTAL.fullmatch(label)) or is_subtotal(label)
