"""The notes that a style may set at the foot of a page: those whose first mark is in running text.

Input: a report. Output: the offsets of these notes. Notes to a table stay below it, where the eye looks for them (CY/T 170);
so do notes to a title, which is on a cover, and notes to other notes. Notes below a line such as 注：, or below a heading that
has nothing else, stay there: the line or the heading would be left alone without them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.model import ItemList, Note, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Block, Report, Text


_HEAD_OF_NOTES = re.compile(
    r"\s*(?:注|註|注释|註釋|注解|註解|附注|附註|备注|備註|尾注|尾註)\s*[：:]?\s*"
)
"""A line that says that notes follow."""


def page_notes(report: Report) -> Iterator[int]:
    """Yield the offset of each note that may be at the foot of the page with its mark."""
    notes = list(report.notes())
    if not notes:
        return
    running = {start for text in _running_texts(report) for start in text.starts}
    headed = set(_notes_below_a_head(report))
    for note in notes:
        offset = note.text.locator.offset
        if note.references[0].offset in running and offset not in headed:
            yield offset


def _notes_below_a_head(report: Report) -> Iterator[int]:
    """Yield the offsets of the notes below a line such as 注：, or below a heading that has only notes."""
    for section in report.all_sections():
        notes = [block for block in section.blocks if isinstance(block, Note)]
        if not section.sections and len(notes) == len(section.blocks):
            yield from (note.text.locator.offset for note in notes)
    is_below = False
    for block in (*report.blocks(), *report.end_notes):
        if isinstance(block, (Note, Paragraph)) and _HEAD_OF_NOTES.fullmatch(block.text.string):
            is_below = True
        elif not isinstance(block, Note):
            is_below = False
        elif is_below:
            yield block.text.locator.offset


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
