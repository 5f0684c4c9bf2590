"""The running text and the tables of a report in reading order, each with the path of its section.

Input: a ``Report``. Output: ``Passage``s and ``SectionTable``s. A path is written as in the record: 二/(三)/2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.model import ItemList, Note, Paragraph, Table, Text
from publisher.reference.squashed_forms import is_squashed_form
from publisher.statistics.contexts import SectionContext
from publisher.statistics.table_sides import table_sides
from publisher.statistics.table_units import with_stated_unit
from publisher.text.characters import HAN, TO_HALFWIDTH
from publisher.text.formula_spans import is_calculation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Annex, Block, Locator, Report, Section, TableCell

INTRODUCTION = "引言"
"""The path of the text before the first heading."""
_WITHOUT_FIGURES = ("superscript", "strikethrough")
"""Inline marks of text whose digits are no figures of the report."""
LONGEST_FIGURE = 24
"""Characters of the longest figure that is looked for at the end of a paragraph."""
_INSIDE_SENTENCE = re.compile("[，；。]")
_FIRST_PART = re.compile(f"[{HAN}～~（、，](?P<figure>\\d[\\d,]*\\.?\\d*)$")
_SECOND_PART = re.compile(f"(?P<figure>\\d[\\d,]*(?:\\.\\d+)?)(?:[%％‰]|[{HAN}])(?![、.．])")
"""The parts of a figure at the end of a paragraph, and at the beginning of the next."""
ANNEX = "附件"
"""The path of an annex without a label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of running text and the path of its section."""

    section: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionTable:
    """A table and the path of its section."""

    section: str
    table: Table
    context: SectionContext = SectionContext()
    """What the headings around it say about its figures."""


def passages(report: Report) -> Iterator[Passage | SectionTable]:
    """Yield the running text and the tables in reading order, without what states no figure.

    That are tables that were copied as one line, the marks that refer to notes, superscripts, text that is struck out, formulas that are more than a number,
    and the two parts of a figure that a line end divides.
    """
    spans = (
        *(mark for note in report.notes() for mark in note.references),
        *(
            mark.locator
            for mark in report.marks
            if mark.kind in _WITHOUT_FIGURES or is_calculation(mark)
        ),
    )
    items = tuple(_all_items(report))
    unread_offsets = frozenset(offset for span in spans for offset in _offsets_of(span))
    unread_offsets |= _offsets_of_parts(items)
    for item in items:
        if isinstance(item, Passage):
            if is_squashed_form(item.text.string):
                continue
            text = _without_marks(item.text, unread_offsets)
            yield Passage(section=item.section, text=text)
        else:
            table = (
                _table_without_marks(item.table, unread_offsets) if unread_offsets else item.table
            )
            yield SectionTable(section=item.section, table=table)


def tables_of(report: Report) -> Iterator[SectionTable]:
    """Yield the tables of a report in reading order."""
    for item in passages(report):
        if isinstance(item, SectionTable):
            yield item


def _offsets_of(locator: Locator) -> range:
    return range(locator.offset, locator.offset + locator.length)


def _offsets_of_parts(items: tuple[Passage | SectionTable, ...]) -> frozenset[int]:
    """Return the offsets of figures that may be the parts of one: 价值1,2 and, in the next paragraph, 50元."""
    offsets: set[int] = set()
    for above, below in pairwise(items):
        if not isinstance(above, Passage) or not isinstance(below, Passage):
            continue
        end = _FIRST_PART.search(above.text.string[-LONGEST_FIGURE:])
        start = _SECOND_PART.match(below.text.string)
        if end and start and _INSIDE_SENTENCE.search(above.text.string):
            offsets.update(above.text.starts[-len(end["figure"]) :])
            offsets.update(below.text.starts[: len(start["figure"])])
    return frozenset(offsets)


def _without_marks(text: Text, unread_offsets: frozenset[int]) -> Text:
    """Return a text without some of its characters, which state no figure."""
    if not unread_offsets or unread_offsets.isdisjoint(text.starts):
        return text
    indices = [index for index, start in enumerate(text.starts) if start not in unread_offsets]
    return Text(
        string="".join(text.string[index] for index in indices),
        starts=[text.starts[index] for index in indices],
        ends=[text.ends[index] for index in indices],
    )


def _table_without_marks(table: Table, unread_offsets: frozenset[int]) -> Table:
    def clean(rows: tuple[tuple[TableCell, ...], ...]) -> tuple[tuple[TableCell, ...], ...]:
        return tuple(
            tuple(replace(cell, text=_without_marks(cell.text, unread_offsets)) for cell in row)
            for row in rows
        )

    return replace(table, head=clean(table.head), body=clean(table.body))


def _all_items(report: Report) -> Iterator[Passage | SectionTable]:
    yield from _block_items(report.preamble, INTRODUCTION)
    for section in report.sections:
        yield from _section_items(section, "")
    for annex in report.annexes:
        name = annex_name(annex)
        yield from _block_items(annex.blocks, name)
        for section in annex.sections:
            yield from _section_items(section, f"{name}/")
    yield from _block_items(
        report.end_notes, report.sections[-1].heading.number if report.sections else INTRODUCTION
    )


def annex_name(annex: Annex) -> str:
    """Return the path of an annex: 附件1, or its title if it has no label."""
    return re.sub("[：:\\s]", "", annex.start.string) or ANNEX


def section_name(section: Section) -> str:
    """Return the part of a path that a section adds: its number, or its title if it has none."""
    return section.heading.number or section.heading.title


def _section_items(section: Section, parent_path: str) -> Iterator[Passage | SectionTable]:
    path = f"{parent_path}{section_name(section)}"
    yield Passage(section=path, text=section.heading.text)
    yield from _block_items(section.blocks, path)
    for child in section.sections:
        yield from _section_items(child, f"{path}/")


def _block_items(blocks: tuple[Block, ...], path: str) -> Iterator[Passage | SectionTable]:
    before: Text | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            before = block.points[-1].text if block.points else block.text
            if block.text.string:
                yield Passage(section=path, text=block.text)
            for point in block.points:
                yield Passage(section=path, text=point.text)
        elif isinstance(block, ItemList):
            yield from _list_items(block, path)
        elif isinstance(block, Note):
            yield Passage(section=path, text=block.text.slice(block.label))
        elif isinstance(block, Table):
            yield from (Passage(section=path, text=line.text) for line in block.above)
            for side in table_sides(with_stated_unit(block, before)):
                yield SectionTable(section=path, table=side)
            yield from (Passage(section=path, text=line.text) for line in block.below)
            before = None


def _list_items(block: ItemList, path: str) -> Iterator[Passage]:
    for item in block.items:
        number = item.label.rstrip("、．.").translate(TO_HALFWIDTH)
        item_path = f"{path}/{number}" if block.ordered and number else path
        yield Passage(section=item_path, text=item.text.slice(len(item.label)))
        if item.inner:
            yield from _list_items(item.inner, item_path)
