"""The lines and tables of a report in reading order, each with its section.

Input: a ``Report``. Output: ``ReportLine``s and ``ReportTable``s. Every text of the report is in one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A line or a paragraph of a report."""

    section: str
    """The heading that it stands under; empty before the first."""
    text: Text
    level: int = 0
    """Of a heading, from 1 on; 0 for other lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """A table of a report; the lines above and below it are ``ReportLine``s of their own."""

    section: str
    table: Table


ReportItem = ReportLine | ReportTable


def report_items(report: Report) -> tuple[ReportItem, ...]:
    """Return the lines and tables of a report."""
    return tuple(_items(report))


def _items(report: Report) -> Iterator[ReportItem]:
    for part in report.masthead:
        yield from _part_lines([part], "") if isinstance(part, PartLine) else _blocks([part], "")
    yield from _lines(report.title, "")
    yield from _part_lines(report.below_title, "")
    if report.addressee:
        yield from _lines([report.addressee], "")
    yield from _blocks(report.preamble, "")
    for section in report.sections:
        yield from _section(section)
    yield from _lines(report.attachments, "")
    yield from _part_lines(report.above_sign_off, "")
    yield from _lines(report.sign_off, "")
    yield from _part_lines(report.remarks, "")
    for annex in report.annexes:
        yield from _annex(annex)
    yield from _blocks(report.end_notes, "")
    yield from _part_lines(report.imprint, "")


def _annex(annex: Annex) -> Iterator[ReportItem]:
    name = annex.start.string.strip()
    if annex.label:
        yield from _lines([annex.label], name)
    yield from _lines(annex.title, name)
    yield from _part_lines(annex.below_title, name)
    yield from _blocks(annex.blocks, name)
    for section in annex.sections:
        yield from _section(section)
    yield from _lines(annex.attachments, name)
    yield from _part_lines(annex.above_sign_off, name)
    yield from _lines(annex.sign_off, name)
    yield from _part_lines(annex.remarks, name)


def _section(section: Section) -> Iterator[ReportItem]:
    name = section.heading.text.string.strip()
    yield ReportLine(section=name, text=section.heading.text, level=section.heading.level)
    yield from _blocks(section.blocks, name)
    for inner in section.sections:
        yield from _section(inner)


def _lines(texts: Iterable[Text], section: str) -> Iterator[ReportLine]:
    for text in texts:
        if text.string.strip():
            yield ReportLine(section=section, text=text)


def _part_lines(lines: Iterable[PartLine], section: str) -> Iterator[ReportLine]:
    return _lines((line.text for line in lines), section)


def _blocks(blocks: Iterable[Block], section: str) -> Iterator[ReportItem]:
    for block in blocks:
        match block:
            case Paragraph():
                yield from _lines([block.text, *(point.text for point in block.points)], section)
            case ItemList():
                yield from _list_lines(block, section)
            case Note():
                yield from _lines([block.text], section)
            case PreformattedText():
                yield from _lines(block.text.lines(), section)
            case Table():
                yield from _part_lines(block.above, section)
                yield ReportTable(section=section, table=block)
                yield from _part_lines(block.below, section)
            case Figure():
                yield from _part_lines((*block.above, *block.below), section)


def _list_lines(block: ItemList, section: str) -> Iterator[ReportLine]:
    for item in block.items:
        yield from _lines([item.text], section)
        if item.inner:
            yield from _list_lines(item.inner, section)
