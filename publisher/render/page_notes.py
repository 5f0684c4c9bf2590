"""The notes that a style may set at the foot of a page: those whose first mark is in running text.

Input: a report. Output: the offsets of these notes. Notes to a table stay below it, where the eye looks for them (CY/T 170);
so do notes to a title, which is on a cover, and notes to other notes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.model import ItemList, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Block, Report, Text


def page_notes(report: Report) -> Iterator[int]:
    """Yield the offset of each note that may be at the foot of the page with its mark."""
    notes = list(report.notes())
    if not notes:
        return
    running = {start for text in _running_texts(report) for start in text.starts}
    for note in notes:
        if note.references[0].offset in running:
            yield note.text.locator.offset


def _running_texts(report: Report) -> Iterator[Text]:
    """Yield the texts of headings, paragraphs and lists."""
    if report.addressee:
        yield report.addressee
    for section in report.all_sections():
        yield section.heading.text
    for block in report.blocks():
        yield from _block_texts(block)


def _block_texts(block: Block) -> Iterator[Text]:
    if isinstance(block, Paragraph):
        yield block.text
        yield from (point.text for point in block.points)
    elif isinstance(block, ItemList):
        for item in block.items:
            yield item.text
            if item.inner:
                yield from _block_texts(item.inner)
