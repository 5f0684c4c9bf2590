"""The line that names a table, 表1 各项指标, and stands right above it.

Enters: the blocks of a section so far, and a table. Leaves: the table with its caption, the blocks without it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.model import Paragraph

if TYPE_CHECKING:
    from publisher.model import Block, Table

_NAME = re.compile(
    r"表\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:[-－–—.]\d{1,2})?(?!\d).*(?<![。；：，])"
)
LONGEST = 60
"""Characters of the longest line above a table that names it."""


def with_caption(table: Table, before: list[Block], *, named: bool) -> Table:
    """Return the table, with the last of the blocks taken from them where it names the table.

    ``named`` says that it does, whatever its words.
    """
    last = before[-1] if before else None
    if not isinstance(last, Paragraph) or last.points:
        return table
    if not named and not is_name(last.text.string):
        return table
    before.pop()
    return replace(table, caption=last.text)


def is_name(line: str) -> bool:
    """Tell the name of a table from a sentence that speaks of one."""
    return len(line) <= LONGEST and _NAME.fullmatch(line.strip()) is not None
