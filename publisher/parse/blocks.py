"""The body of a report: sections by their numbers, with paragraphs, lists, tables and notes in them.

Input: the entries between title and signature. Output: the blocks before the first heading, the
sections as a tree, and findings about numbers that are out of order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.model import (
    Block,
    Figure,
    Finding,
    Heading,
    ItemList,
    ListItem,
    Note,
    Paragraph,
    PreformattedText,
    Section,
    SourcePicture,
    SourceTable,
    Table,
)
from publisher.parse.entries import Entry, Line
from publisher.parse.findings import NUMBERING_GAP
from publisher.parse.outline import choose_outline
from publisher.parse.run_in_points import split_points
from publisher.parse.surrounding_lines import take_surrounding_lines
from publisher.parse.table_heads import build_table
from publisher.text.numbering import LineKind, LineNumber, read_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from publisher.model import Mark, Text
    from publisher.parse.outline import OutlineRole

_NOTE = re.compile("(?:注|备注|備註|说明|註)[：:]|[※＊]")
LONGEST_NOTE = 399
"""Characters of the longest line that is taken for a note of its section."""
_END_MARKS = "。．.：:；;，,、！？　 "
_OTHER_NUMBER = re.compile(
    "(?:[ivxlcdm]{1,7}|[IVXLCDM]{1,7}|[a-z]{1,2}|[α-ω])[.．)）]|[甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥]、"
)
"""Numbers that only an item of a list in the markup has: i., α., 甲、."""
_BULLET = re.compile("[●○■□◆◇▲△▪•·※☐☑☒][\u3000 ]?")


@dataclass(slots=True)
class _SectionBuilder:
    """A section under construction."""

    heading: Heading | None
    depth: int
    """The level of its heading; 0 for the root."""
    blocks: list[Block] = field(default_factory=list)
    sections: list[_SectionBuilder] = field(default_factory=list)
    items: list[tuple[int, ListItem]] = field(default_factory=list)
    """The items of the current list, each with its nesting depth from 1."""
    last_values: dict[str, int] = field(default_factory=dict)
    """The last number of each numbering style among the headings of its subsections."""
    running_values: dict[str, int] = field(default_factory=dict)
    """Of the root: the last number of each style of headings and paragraphs so far."""

    def add(self, block: Block) -> None:
        """Add a block."""
        self.end_list()
        self.blocks.append(block)

    def end_list(self) -> None:
        """Add the items of the current list as a block."""
        if self.items:
            self.blocks += map(_nested_list, _lists(self.items))
            self.items = []

    def build(self) -> Section:
        """Return the finished section."""
        self.end_list()
        if self.heading is None:
            raise AssertionError("the root is not a section")
        return Section(
            heading=self.heading,
            blocks=tuple(self.blocks),
            sections=tuple(section.build() for section in self.sections),
        )


def build_sections(
    entries: tuple[Entry, ...],
    notes: Mapping[int, Note] | None = None,
    marks: tuple[Mark, ...] = (),
    contents: frozenset[str] = frozenset(),
) -> tuple[tuple[Block, ...], tuple[Section, ...], tuple[Finding, ...]]:
    """Return the blocks before the first heading, the sections, and findings about their numbers.

    Args:
        entries: The entries of the body.
        notes: The lines that marks in the text refer to, by the offset where each begins.
        marks: The inline marks of the source.
        contents: The words of the printed table of contents.

    """
    root = _SectionBuilder(heading=None, depth=0)
    path = [root]
    findings: list[Finding] = []
    body, surroundings, taken = take_surrounding_lines(entries, notes or (), contents)
    for index, (entry, role) in enumerate(
        zip(body, choose_outline(body, marks, contents), strict=True)
    ):
        section = path[-1]
        if isinstance(entry, PreformattedText):
            section.add(entry)
        elif not isinstance(entry, Line):
            lines = surroundings[index]
            section.add(replace(_table_or_figure(entry), above=lines.above, below=lines.below))
        elif index in taken:
            continue
        elif notes and entry.text.locator.offset in notes:
            section.add(notes[entry.text.locator.offset])
        elif role.kind == "heading":
            _begin_section(path, entry, role, findings)
        elif role.kind == "numbered" and role.number:
            root.running_values[role.number.style.name] = role.number.value
            section.add(replace(split_points(entry.text), label=role.number.start))
        elif role.kind == "item" or entry.role == "list-item":
            section.items.append((max(entry.level, role.depth, 1), _item(entry, role.number)))
        else:
            section.add(_note_or_paragraph(entry))
    root.end_list()
    sections = tuple(section.build() for section in root.sections)
    return tuple(root.blocks), sections, tuple(findings)


def _begin_section(
    path: list[_SectionBuilder], line: Line, role: OutlineRole, findings: list[Finding]
) -> None:
    """Add the section of a heading to the path of open sections, and what its number shows to the findings."""
    heading, run_in_text = _heading(line, role)
    while path[-1].depth >= role.depth:
        path.pop().end_list()
    parent = path[-1]
    parent.end_list()
    if role.number:
        findings.extend(_check_order(path[0], parent, role.number, line.text))
    section = _SectionBuilder(heading=heading, depth=role.depth)
    parent.sections.append(section)
    path.append(section)
    if run_in_text and run_in_text.string:
        section.add(split_points(run_in_text))


def build_flat_blocks(entries: tuple[Entry, ...]) -> tuple[Block, ...]:
    """Return entries outside all sections as paragraphs, preformatted text, tables and figures."""
    return tuple(map(_flat_block, entries))


def _flat_block(entry: Entry) -> Block:
    if isinstance(entry, PreformattedText):
        return entry
    return Paragraph(text=entry.text) if isinstance(entry, Line) else _table_or_figure(entry)


def _table_or_figure(entry: SourceTable | SourcePicture) -> Table | Figure:
    if isinstance(entry, SourceTable):
        return build_table(entry)
    return Figure(alt=entry.alt, picture=entry)


def _note_or_paragraph(line: Line) -> Block:
    is_note = _NOTE.match(line.string) and len(line.string) <= LONGEST_NOTE
    if is_note and line.decided != "body":
        return Note(text=line.text)
    return split_points(line.text)


def _heading(line: Line, role: OutlineRole) -> tuple[Heading, Text | None]:
    """Return the heading of a line, and the text that runs in after it."""
    number = role.number
    if number is None:
        end = role.end or len(line.text)
        title = line.string[:end].strip(_END_MARKS)
        heading = Heading(
            level=role.level,
            number="",
            text=line.text.slice(0, end),
            title=title,
            run_in=end < len(line.text),
        )
        return heading, line.text.slice(end)
    is_whole_line = line.role == "heading" or number.kind is LineKind.HEADING
    end = len(line.text) if is_whole_line else number.title_end
    heading = Heading(
        level=role.level,
        number=number.number,
        text=line.text.slice(0, end),
        title=line.string[number.start : end].strip(_END_MARKS),
        run_in=end < len(line.text),
    )
    return heading, line.text.slice(end)


def _check_order(
    root: _SectionBuilder, parent: _SectionBuilder, number: LineNumber, text: Text
) -> Iterable[Finding]:
    """Yield a finding if a heading's number does not follow that of the heading before.

    A number may go on from the last one of its style above, which may be in another section or that of a paragraph.
    """
    style = number.style.name
    last = parent.last_values.get(style, 0)
    expected = {last + 1, root.running_values.get(style, 0) + 1}
    parent.last_values[style] = root.running_values[style] = number.value
    if number.value not in expected:
        yield NUMBERING_GAP.finding(
            text.locator, number=number.number, previous=last or translatable("the beginning")
        )


def _lists(items: list[tuple[int, ListItem]]) -> Iterator[list[tuple[int, ListItem]]]:
    """Yield the lists among consecutive items: one with numbers that follows one with bullets is another list."""
    start, outermost = 0, min(depth for depth, _ in items)
    for index, (depth, item) in enumerate(items):
        is_first = index == start or depth > outermost
        if not is_first and _is_number(item.label) != _is_number(items[start][1].label):
            yield items[start:index]
            start = index
    yield items[start:]


def _is_number(label: str) -> bool:
    return bool(label) and not _BULLET.match(label)


def _nested_list(items: Sequence[tuple[int, ListItem]]) -> ItemList:
    """Return items, each with its depth, as a list; deeper ones are inside the item before them."""
    nested: list[ListItem] = []
    index = 0
    while index < len(items):
        end = index + 1
        while end < len(items) and items[end][0] > items[index][0]:
            end += 1
        inner = _nested_list(items[index + 1 : end]) if end > index + 1 else None
        nested.append(replace(items[index][1], inner=inner))
        index = end
    return ItemList(items=tuple(nested), ordered=_is_number(nested[0].label))


def _item(line: Line, number: LineNumber | None) -> ListItem:
    number = number or read_number(line.string)
    if number:
        return ListItem(label=line.string[: number.start], text=line.text)
    bullet = _BULLET.match(line.string) or _OTHER_NUMBER.match(line.string)
    return ListItem(label=bullet[0] if bullet else "", text=line.text)
