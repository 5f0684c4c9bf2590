"""Whether the sections of a report begin on new pages: only if they fill pages.

Input: a report, and the characters that a section has to have on average. Output: whether each section begins a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.model import Figure, ItemList, Note, Paragraph, PreformattedText, Table

if TYPE_CHECKING:
    from publisher.model import Block, Report, Section

ROW_LENGTH = 34
"""Characters of the line of text that is as high as a row of a table, roughly."""
PICTURE_LENGTH = 400
"""Characters of the text that is as high as a picture, roughly."""


def opens_sections(report: Report, least_length: float) -> bool:
    """Return whether each section begins on a new page; with 0 for ``least_length`` none does."""
    if not least_length or len(report.sections) < 2:
        return False
    length = sum(map(section_length, report.sections))
    return length >= least_length * len(report.sections)


def section_length(section: Section) -> int:
    """Return the length of a section and those inside it, in characters of text that is as high."""
    return sum(block_length(block) for part in section.walk() for block in part.blocks)


def block_length(block: Block) -> int:
    """Return the length of a block, in characters of text that is as high."""
    match block:
        case Paragraph():
            return len(block.text) + sum(len(point.text) for point in block.points)
        case ItemList():
            return sum(
                max(len(item.text), ROW_LENGTH // 2)
                + (block_length(item.inner) if item.inner else 0)
                for item in block.items
            )
        case Table():
            return ROW_LENGTH * len((*block.head, *block.body))
        case PreformattedText():
            return ROW_LENGTH * len(list(block.text.lines()))
        case Note():
            return len(block.text)
        case Figure():
            return PICTURE_LENGTH
