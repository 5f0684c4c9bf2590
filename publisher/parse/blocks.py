"""The body of a report: sections by their numbers, and paragraphs, lists, tables, notes in them.

Enters: the lines between title and signature. Leaves: what stands before the first heading, the
sections as a tree, and findings where the numbers are out of order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from publisher.model import (
    Block,
    Figure,
    Finding,
    Heading,
    ItemList,
    ListItem,
    Note,
    Paragraph,
    Scope,
    Section,
    Severity,
    SourceCell,
    SourcePicture,
    SourceTable,
    Table,
    TableCell,
)
from publisher.parse.captions import with_caption
from publisher.parse.entries import Entry, Line
from publisher.parse.heading_levels import by_nesting
from publisher.parse.run_in_points import split_points
from publisher.text.numbering import LineKind, LineNumber, detect_numbering_styles, read_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from publisher.model import Text

_NOTE = re.compile("(?:注|备注|備註|说明|註)[：:]|[※＊]")
_CODES = re.compile("代码|序号|编号|行次|行号|代碼|序號|編號|行號")
"""The head of a first column that only numbers the rows: what they are called stands beside it."""
_FIGURE = re.compile("[-−]?\\d[\\d,.]*|[/／—-]")
_NAMING = re.compile("年|月|季|期|届|屆|次|号|號|码|碼|级|級|档|檔|区间|區間")
"""The head of a column whose figures name their rows."""
_END_MARK = "。．.：:；;，,、！？　 "
_BULLET = re.compile("[●○■□◆◇▲△▪•·※][\u3000 ]?")


@dataclass(slots=True)
class _Open:
    """A section while it is being filled."""

    heading: Heading | None
    depth: int
    blocks: list[Block] = field(default_factory=list)
    sections: list[_Open] = field(default_factory=list)
    items: list[tuple[int, ListItem]] = field(default_factory=list)
    """Each with how deep it is nested, from 1."""
    last: dict[str, int] = field(default_factory=dict)
    """The last number of each style among this section's children."""

    def add(self, block: Block, *, named: bool = False) -> None:
        """Add a block; a table with the line above it where that is its name (``named``: for certain)."""
        self.flush()
        if isinstance(block, Table):
            block = with_caption(block, self.blocks, named=named)
        self.blocks.append(block)

    def flush(self) -> None:
        if self.items:
            self.blocks.append(_nested(self.items))
            self.items = []

    def close(self) -> Section:
        self.flush()
        if self.heading is None:
            raise AssertionError("the root is not a section")
        return Section(
            heading=self.heading,
            blocks=tuple(self.blocks),
            sections=tuple(section.close() for section in self.sections),
        )


def assemble(
    lines: tuple[Entry, ...],
    notes: Mapping[int, Note] | None = None,
) -> tuple[tuple[Block, ...], tuple[Section, ...], tuple[Finding, ...]]:
    """Return the blocks before the first heading, the sections, and what was out of order.

    ``notes`` are the lines that marks in the text refer to, by the offset where each begins.
    """
    root = _Open(heading=None, depth=0)
    path = [root]
    findings: list[Finding] = []
    above: Entry | None = None
    for entry, numbered, is_heading in _judge(lines):
        here, before, above = path[-1], above, entry
        if not isinstance(entry, Line):
            here.add(_whole(entry), named=getattr(before, "role", "") == "caption")
        elif notes and entry.text.locator.offset in notes:
            here.add(notes[entry.text.locator.offset])
        elif is_heading:
            level, heading, rest = _heading(entry, numbered)
            while path[-1].depth >= level:
                path.pop().flush()
            parent = path[-1]
            parent.flush()
            if numbered:
                findings.extend(_order(parent, numbered, entry.text))
            section = _Open(heading=heading, depth=level)
            parent.sections.append(section)
            path.append(section)
            if rest and rest.string:
                section.add(split_points(rest))
        elif numbered or entry.role == "list-item":
            here.items.append((max(entry.level, 1), _item(entry, numbered)))
        elif _NOTE.match(entry.string) and len(entry.string) < 400:
            here.add(Note(text=entry.text))
        else:
            here.add(split_points(entry.text))
    root.flush()
    sections = tuple(section.close() for section in root.sections)
    return tuple(root.blocks), sections, tuple(findings)


def assemble_flat(lines: tuple[Entry, ...]) -> tuple[Block, ...]:
    """Return lines that are under no heading as paragraphs, tables and figures."""
    return tuple(
        Paragraph(text=entry.text) if isinstance(entry, Line) else _whole(entry) for entry in lines
    )


def _whole(entry: SourceTable | SourcePicture) -> Block:
    """Return what the source has as a block of its own."""
    if isinstance(entry, SourceTable):
        return _table(entry)
    return Figure(alt=entry.alt, picture=entry)


def _judge(lines: tuple[Entry, ...]) -> Iterator[tuple[Entry, LineNumber | None, bool]]:
    """Say of each entry whether it is a heading; siblings of one style are judged together."""
    styles = detect_numbering_styles([line.string for line in lines if isinstance(line, Line)])
    numbers = by_nesting(
        [
            read_number(line.string, styles)
            if isinstance(line, Line)
            and line.role not in ("paragraph", "code", "list-item", "caption")
            else None
            for line in lines
        ]
    )
    headings: set[int] = set()
    for group in _siblings(numbers):
        shapes = [numbered.shape for index in group if (numbered := numbers[index])]
        titled = sum(shape in (LineKind.HEADING, LineKind.RUN_IN) for shape in shapes)
        if titled * 2 > len(shapes) and not _is_list(group, shapes):
            headings.update(
                index
                for index, shape in zip(group, shapes, strict=True)
                if shape is not LineKind.SENTENCE
            )
    for index, (entry, numbered) in enumerate(zip(lines, numbers, strict=True)):
        marked = isinstance(entry, Line) and entry.role == "heading"
        yield entry, numbered, marked or index in headings


def _is_list(group: list[int], shapes: list[LineKind]) -> bool:
    """Tell numbered sentences that follow one another at once, some of them no headings."""
    at_once = group[-1] - group[0] == len(group) - 1
    return (
        at_once
        and LineKind.SENTENCE in shapes
        and set(shapes) <= {LineKind.SENTENCE, LineKind.HEADING}
    )


def _siblings(numbers: list[LineNumber | None]) -> Iterable[list[int]]:
    """Group the numbered lines that count on from one another under the same parent."""
    groups: list[list[int]] = []
    running: dict[int, list[int]] = {}
    for index, numbered in enumerate(numbers):
        if numbered is None:
            continue
        for level in [level for level in running if level > numbered.level]:
            del running[level]
        group = running.get(numbered.level)
        last = numbers[group[-1]] if group else None
        if group is None or last is None or numbered.value == 1 or last.style != numbered.style:
            group = []
            groups.append(group)
            running[numbered.level] = group
        group.append(index)
    return groups


def _heading(line: Line, numbered: LineNumber | None) -> tuple[int, Heading, Text | None]:
    if numbered is None:
        level = max(line.level - 1, 1)
        title = line.string.strip(_END_MARK)
        return level, Heading(level=level, number="", text=line.text, title=title), None
    whole = line.role == "heading" or numbered.shape is LineKind.HEADING
    end = len(line.text) if whole else numbered.title_end
    heading = Heading(
        level=numbered.level,
        number=numbered.number,
        text=line.text.slice(0, end),
        title=line.string[numbered.start : end].strip(_END_MARK),
        run_in=end < len(line.text),
    )
    return numbered.level, heading, line.text.slice(end)


def _order(parent: _Open, numbered: LineNumber, text: Text) -> Iterable[Finding]:
    last = parent.last.get(numbered.style.name, 0)
    parent.last[numbered.style.name] = numbered.value
    if numbered.value != last + 1:
        yield Finding(
            clause="numbering",
            severity=Severity.WARNING,
            message=f"{numbered.number} does not follow {last or 'the beginning'}",
            hint="the source may have lost a heading, or numbered one twice",
            locator=text.locator,
        )


def _nested(items: Sequence[tuple[int, ListItem]]) -> ItemList:
    """Return the items as a list, those that are nested deeper inside the one before."""
    nested: list[ListItem] = []
    index = 0
    while index < len(items):
        end = index + 1
        while end < len(items) and items[end][0] > items[index][0]:
            end += 1
        inner = _nested(items[index + 1 : end]) if end > index + 1 else None
        nested.append(replace(items[index][1], inner=inner))
        index = end
    label = nested[0].label
    return ItemList(items=tuple(nested), ordered=bool(label) and not _BULLET.match(label))


def _item(line: Line, numbered: LineNumber | None) -> ListItem:
    numbered = numbered or read_number(line.string)
    if numbered:
        return ListItem(label=line.string[: numbered.start], text=line.text)
    bullet = _BULLET.match(line.string)
    return ListItem(label=bullet[0] if bullet else "", text=line.text)


def _evened(rows: list[tuple[TableCell, ...]]) -> list[tuple[TableCell, ...]]:
    """Fill rows that are short with empty cells, so that the grid is whole."""
    widths = _widths(rows)
    widest = max(widths)
    return [
        (*row, *([TableCell(text=row[-1].text.slice(0, 0))] * (widest - width)))
        for row, width in zip(rows, widths, strict=True)
    ]


def _widths(rows: Sequence[Sequence[SourceCell | TableCell]]) -> list[int]:
    """Return how many columns of the grid each row fills, what reaches into it from above included."""
    filled = [0] * len(rows)
    for index, row in enumerate(rows):
        for cell in row:
            for covered in range(index, min(index + cell.row_span, len(rows))):
                filled[covered] += cell.col_span
    return filled


def _columns(rows: Sequence[Sequence[SourceCell]]) -> list[list[int]]:
    """Return the column of the grid that each cell begins in."""
    busy: dict[int, int] = {}
    """By column, the first row that is free below what reaches down."""
    columns = []
    for index, row in enumerate(rows):
        places, column = [], 0
        for cell in row:
            while busy.get(column, 0) > index:
                column += 1
            places.append(column)
            busy |= dict.fromkeys(range(column, column + cell.col_span), index + cell.row_span)
            column += cell.col_span
        columns.append(places)
    return columns


def _only_counts(source: SourceTable, cell: SourceCell, column: int) -> bool:
    """Tell a figure in the first column that is one of its row's, from a year or a number that names the row."""
    head = source.rows[0][0].text.string.strip()
    plain = _FIGURE.fullmatch(cell.text.string.strip()) is not None
    return plain and column == 0 and not (_CODES.fullmatch(head) or _NAMING.search(head))


def _scope(cell: SourceCell, across: Literal["", "row", "col"]) -> Scope:
    """Return a head's scope: one that spans several lines speaks for the group."""
    if across == "col":
        return "colgroup" if cell.col_span > 1 else "col"
    if across == "row":
        return "rowgroup" if cell.row_span > 1 else "row"
    return ""


def _table(source: SourceTable) -> Table:
    """Return the table with its heads told apart: those marked, else the first row."""
    marked = any(cell.header for row in source.rows for cell in row)
    head_rows = 0
    if marked:
        while head_rows < len(source.rows) and all(c.header for c in source.rows[head_rows]):
            head_rows += 1
    elif len(source.rows) > 1:
        head_rows = max(cell.row_span for cell in source.rows[0])
        head_rows = head_rows if head_rows < len(source.rows) else 1
    if any(all(cell.header for cell in row) for row in source.rows[head_rows:]):
        head_rows = 0  # parts with heads of their own: none of them speaks for the next page
    rows = []
    stub = 2 if _CODES.fullmatch(source.rows[0][0].text.string.strip()) else 1
    told = any(cell.header for row in source.rows[head_rows:] for cell in row)
    columns = _columns(source.rows)
    for index, row in enumerate(source.rows):
        cells = []
        for column, cell in zip(columns[index], row, strict=True):
            in_head = index < head_rows or (marked and all(one.header for one in row))
            names = column < stub and not told and len(row) > 1
            beside = cell.header or (names and not _only_counts(source, cell, column))
            cells.append(
                TableCell(
                    text=cell.text,
                    scope=_scope(cell, "col" if in_head else "row" if beside else ""),
                    row_span=cell.row_span,
                    col_span=cell.col_span,
                )
            )
        rows.append(tuple(cells))
    rows = _evened(rows)
    return Table(
        head=tuple(rows[:head_rows]),
        body=tuple(rows[head_rows:]),
        locator=source.locator,
    )
