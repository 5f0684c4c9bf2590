"""The caption of a table, 表1 各项指标, in the line directly above it.

Input: a table and the blocks before it. Output: the table with its caption, which is removed from the
blocks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.model import Paragraph, PartLine

if TYPE_CHECKING:
    from publisher.model import Block, Table

_CAPTION = re.compile(
    r"表\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:[-－–—.]\d{1,2})?(?!\d).*(?<![。；：，])"
)
LONGEST_CAPTION = 60
"""Characters of the longest line that is taken for a caption."""


def take_caption(table: Table, blocks: list[Block], *, is_caption_marked: bool) -> Table:
    """Return the table with its caption, if the last block is one; remove that block.

    Args:
        table: The table.
        blocks: The blocks before it; changed in place.
        is_caption_marked: Whether the markup of the source says that the line is a caption.

    """
    last = blocks[-1] if blocks else None
    if not isinstance(last, Paragraph) or last.points:
        return table
    if not is_caption_marked and not is_caption(last.text.string):
        return table
    blocks.pop()
    return replace(table, above=(PartLine(role="caption", text=last.text),))


def is_caption(line: str) -> bool:
    """Return whether a line is the caption of a table, not a sentence about one."""
    return len(line) <= LONGEST_CAPTION and _CAPTION.fullmatch(line.strip()) is not None
