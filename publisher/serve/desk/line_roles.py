"""The role and the level of each line of a report, by its place in the source.

Input: a ``Report``. Output: for each offset at which a text of the report begins, what it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.model import (
    Figure,
    ItemList,
    Note,
    Paragraph,
    PartLine,
    PreformattedText,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import Annex, Block, Report, Section, Text

NOT_PRINTED = "not-printed"
"""The role of a line that the report does not print, such as one of a table of contents."""
CELL = "table-cell"
"""The role of a line that is printed as a cell of a table."""
PREFORMATTED = "preformatted"
"""The role of a line of preformatted text."""
RUN_IN = "run-in-heading"
"""The role of a paragraph that begins with a heading."""


def line_roles(report: Report) -> dict[int, tuple[str, int]]:
    """Return role and level, by the offset of the first character; a line with several texts has that of the first."""
    roles: dict[int, tuple[str, int]] = {}
    for role, level, text in _texts(report):
        stripped = text.strip()
        if stripped.string:
            roles.setdefault(stripped.starts[0], (role, level))
    return roles


def _texts(report: Report) -> Iterator[tuple[str, int, Text]]:
    for part in report.masthead:
        if isinstance(part, PartLine):
            yield part.role, 0, part.text
        else:
            yield from _blocks([part])
    yield from (("title", 0, text) for text in report.title)
    yield from _part_lines(report.below_title)
    if report.addressee:
        yield "addressee", 0, report.addressee
    yield from _blocks(report.preamble)
    for section in report.sections:
        yield from _section(section)
    yield from _foot(report)
    for annex in report.annexes:
        yield from _annex(annex)
    yield from _blocks(report.end_notes)
    yield from _part_lines(report.imprint)


def _foot(part: Report | Annex) -> Iterator[tuple[str, int, Text]]:
    yield from (("attachment", 0, text) for text in part.attachments)
    yield from _part_lines(part.above_sign_off)
    yield from (("signature", 0, text) for text in part.sign_off)
    yield from _part_lines(part.remarks)


def _annex(annex: Annex) -> Iterator[tuple[str, int, Text]]:
    if annex.label:
        yield "attachment", 0, annex.label
    yield from (("title", 0, text) for text in annex.title)
    yield from _part_lines(annex.below_title)
    yield from _blocks(annex.blocks)
    for section in annex.sections:
        yield from _section(section)
    yield from _foot(annex)


def _section(section: Section) -> Iterator[tuple[str, int, Text]]:
    role = RUN_IN if section.heading.run_in else "heading"
    yield role, section.heading.level, section.heading.text
    yield from _blocks(section.blocks)
    for inner in section.sections:
        yield from _section(inner)


def _part_lines(lines: Iterable[PartLine]) -> Iterator[tuple[str, int, Text]]:
    return ((line.role, 0, line.text) for line in lines)


def _blocks(blocks: Iterable[Block]) -> Iterator[tuple[str, int, Text]]:
    for block in blocks:
        match block:
            case Paragraph():
                yield from (("body", 0, t) for t in (block.text, *(p.text for p in block.points)))
            case ItemList():
                yield from _items(block)
            case Note():
                yield "note", 0, block.text
            case PreformattedText():
                yield from ((PREFORMATTED, 0, line) for line in block.text.lines())
            case Table():
                yield from _part_lines((*block.above, *block.below))
                for row in (*block.head, *block.body):
                    yield from ((CELL, 0, cell.text) for cell in row)
            case Figure():
                yield from _part_lines((*block.above, *block.below))


def _items(block: ItemList) -> Iterator[tuple[str, int, Text]]:
    for item in block.items:
        yield "list-item", 0, item.text
        if item.inner:
            yield from _items(item.inner)
