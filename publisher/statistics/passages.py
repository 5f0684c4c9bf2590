"""The running text and the tables of a report in reading order, each with its section's path.

Enters: a ``Report``. Leaves: ``Passage``s and tables; a path is as the record writes it, 二/(三)/2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publisher.model import ItemList, Note, Paragraph, Table, Text
from publisher.text.characters import TO_HALFWIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Block, Locator, Report, Section, TableCell

INTRODUCTION = "引言"
"""The path of what stands before the first heading."""
ANNEX = "附件"
"""The path of an annex without a label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of running text and the section it stands in."""

    section: str
    text: Text


def passages(report: Report) -> Iterator[Passage | tuple[str, Table]]:
    """Yield the running text and the tables in reading order, each with its section's path."""
    marks = frozenset(
        place for note in report.notes() for one in note.references for place in _places(one)
    )
    for found in _all(report):
        if isinstance(found, Passage):
            yield Passage(section=found.section, text=_without(found.text, marks))
        else:
            path, table = found
            yield path, _unmarked(table, marks) if marks else table


def _places(locator: Locator) -> range:
    return range(locator.offset, locator.offset + locator.length)


def _without(text: Text, marks: frozenset[int]) -> Text:
    """Return a text without the marks that refer to notes: they count nothing."""
    if not marks or marks.isdisjoint(text.starts):
        return text
    kept = [place for place, start in enumerate(text.starts) if start not in marks]
    return Text(
        string="".join(text.string[place] for place in kept),
        starts=[text.starts[place] for place in kept],
        ends=[text.ends[place] for place in kept],
    )


def _unmarked(table: Table, marks: frozenset[int]) -> Table:
    def rows(part: tuple[tuple[TableCell, ...], ...]) -> tuple[tuple[TableCell, ...], ...]:
        return tuple(
            tuple(replace(cell, text=_without(cell.text, marks)) for cell in row) for row in part
        )

    return replace(table, head=rows(table.head), body=rows(table.body))


def _all(report: Report) -> Iterator[Passage | tuple[str, Table]]:
    yield from _of_blocks(report.preamble, INTRODUCTION)
    for section in report.sections:
        yield from _of_section(section, "")
    for annex in report.annexes:
        name = annex_name(annex.label)
        yield from _of_blocks(annex.blocks, name)
        for section in annex.sections:
            yield from _of_section(section, f"{name}/")
    yield from _of_blocks(
        report.end_notes, report.sections[-1].heading.number if report.sections else INTRODUCTION
    )


def annex_name(label: Text) -> str:
    """Return the path of an annex: 附件1."""
    return re.sub("[：:\\s]", "", label.string) or ANNEX


def section_name(section: Section) -> str:
    """Return a section's own part of a path: its number, or its title where it has none."""
    return section.heading.number or section.heading.title


def _of_section(section: Section, above: str) -> Iterator[Passage | tuple[str, Table]]:
    path = f"{above}{section_name(section)}"
    yield Passage(section=path, text=section.heading.text)
    yield from _of_blocks(section.blocks, path)
    for child in section.sections:
        yield from _of_section(child, f"{path}/")


def _of_blocks(blocks: tuple[Block, ...], path: str) -> Iterator[Passage | tuple[str, Table]]:
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.text.string:
                yield Passage(section=path, text=block.text)
            for point in block.points:
                yield Passage(section=path, text=point.text)
        elif isinstance(block, ItemList):
            yield from _of_items(block, path)
        elif isinstance(block, Note):
            yield Passage(section=path, text=block.text.slice(block.label))
        elif isinstance(block, Table):
            if block.caption:
                yield Passage(section=path, text=block.caption)
            yield path, block


def _of_items(block: ItemList, path: str) -> Iterator[Passage]:
    for item in block.items:
        number = item.label.rstrip("、．.").translate(TO_HALFWIDTH)
        own = f"{path}/{number}" if block.ordered and number else path
        yield Passage(section=own, text=item.text.slice(len(item.label)))
        if item.inner:
            yield from _of_items(item.inner, own)


def tables_of(report: Report) -> Iterator[tuple[str, Table]]:
    """Yield the tables with the paths of their sections."""
    for item in passages(report):
        if not isinstance(item, Passage):
            yield item
