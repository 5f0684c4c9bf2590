"""The block quotations of a page: which blocks are in one, and which of their lines names the source.

In: blocks in order, and the spans of the quotations. Out: runs of blocks, each with the quotation that it is in or none.
Tables, pictures and notes are never in one: they have places of their own on the page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING

from publisher.model import ItemList, Paragraph
from publisher.render.chart_positions import block_offset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Block, Locator

_ATTRIBUTION = re.compile("(?:——|──|―|—)[^。！？!?；;]{1,40}")
"""The line below a quotation that says whose words it has: ——西坪乡护林员."""


def quotation_runs(
    blocks: Sequence[Block], quotations: Sequence[Locator]
) -> Iterator[tuple[bool, list[Block]]]:
    """Yield the blocks in runs, each with whether it is a quotation."""
    starts = [quotation.offset for quotation in quotations]

    def quotation_of(block: Block) -> int:
        offset = block_offset(block) if isinstance(block, (Paragraph, ItemList)) else -1
        index = bisect_right(starts, offset) - 1
        if index < 0 or offset < 0:
            return -1
        return index if offset < starts[index] + quotations[index].length else -1

    for index, run in groupby(blocks, key=quotation_of):
        yield index >= 0, list(run)


def is_attribution(block: Block) -> bool:
    """Return whether a paragraph at the end of a quotation says whose words it has."""
    return (
        isinstance(block, Paragraph)
        and not block.points
        and bool(_ATTRIBUTION.fullmatch(block.text.string.strip()))
    )
