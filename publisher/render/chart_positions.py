"""Where the charts of a report stand if they stand in its text: behind the paragraph, list or table that states them.

Input: a report and its charts. Output: the charts by the offset of the block that they follow.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from publisher.model import Figure, ItemList, Note, Paragraph, PreformattedText, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from publisher.model import Block, Chart, Report


def charts_by_block(report: Report, charts: Iterable[Chart]) -> Mapping[int, Sequence[Chart]]:
    """Return the charts by the offset of their block (``block_offset``)."""
    offsets = sorted(offset for block in report.blocks() if (offset := block_offset(block)) >= 0)
    positions: dict[int, list[Chart]] = defaultdict(list)
    for chart in charts:
        number = bisect_right(offsets, chart.clause.offset) - 1
        positions[offsets[max(number, 0)] if offsets else -1].append(chart)
    return dict(positions)


def block_offset(block: Block) -> int:
    """Return where in the source a block begins; -1 for a picture, which states no figures."""
    match block:
        case Paragraph():
            texts = [block.text, *(point.text for point in block.points)]
            return next((text.locator.offset for text in texts if text.string), -1)
        case ItemList():
            return block.items[0].text.locator.offset
        case Table():
            return block.locator.offset
        case Note() | PreformattedText():
            return block.text.locator.offset
        case Figure():
            return -1
