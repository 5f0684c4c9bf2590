"""Reader for Markdown: CommonMark with tables, strikethrough and notes.

``blocks`` finds the blocks, ``block_text`` reads their text without the marks, and this module makes
passages, tables and pictures of them. A numbered item that is alone, or that is followed by running
text, may be a heading; the parser decides this as in plain text. Links are never followed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from publisher.errors import LimitError
from publisher.model import Edit, Locator, Passage, SourceCell, SourcePicture, SourceTable, Text
from publisher.readers.alignments import aligned_spans
from publisher.readers.encoding import decode
from publisher.readers.limits import require
from publisher.readers.markdown.block_text import BlockTextReader
from publisher.readers.markdown.blocks import Block, Outline, read_outline, split_lines
from publisher.readers.markdown.front_matter import FrontMatter, read_front_matter
from publisher.readers.markdown.gfm_tables import column_alignments, table_rows
from publisher.readers.markdown.heading_levels import heading_levels
from publisher.readers.markdown.html_marks import Mark
from publisher.readers.markdown.line_ends import (
    NOTE_START,
    has_gap_rows,
    join_lines,
    note_numbers,
    soft_breaks,
)
from publisher.readers.quotations import block_quotations
from publisher.readers.result import ReaderResult, segment_texts
from publisher.readers.struck_out import find_struck_out
from publisher.readers.text_tables import UncertainLines, report_uncertain_lines, split_tables
from publisher.text.edits import apply_edits, locate
from publisher.text.indents import leading_width, start_of_space
from publisher.text.mark_spans import marks_of_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.model import Segment
    from publisher.text.edits import Replacement

_CONTAINER_MARKS = re.compile(r"[ \t>*+-]*|[ \t>]*={3,}[ \t]*")
_TABLE_MARKS = re.compile("[|｜│\t]")
_MAX_TITLE_LINE = 60
"""The length up to which a first line that is no sentence is a title."""
_DEFINITION_REASON = "the address of a link or picture, defined on a line of its own"
_FRONT_MATTER_REASON = "metadata of the file, not text"


def read_data(data: bytes, *, encoding: str, where: str) -> ReaderResult:
    """Read a Markdown text.

    Args:
        data: The bytes of the file.
        encoding: The encoding that the user gives; empty to detect it.
        where: The name of the file in error messages.

    Raises:
        SourceEncodingError: The bytes cannot be decoded.
        LimitError: The text is beyond a limit.

    """
    decoded = decode(data, encoding=encoding, where=where)
    require("characters", len(decoded.text), where=where)
    try:
        builder = _SegmentBuilder(text=decoded.text, where=where)
    except RecursionError as error:
        raise LimitError(
            "has marks nested beyond the limit 'depth'",
            where=where,
            hint="remove the nested marks",
        ) from error
    marks = marks_of_texts(builder.reader.inline_marks, segment_texts(builder.segments))
    return ReaderResult(
        decoded=decoded.text,
        encoding=decoded.encoding,
        confidence=decoded.confidence,
        segments=tuple(builder.segments),
        edits=builder.edits(),
        source_metadata=builder.front_matter.source_metadata,
        findings=(
            *decoded.findings,
            *builder.reader.findings,
            *find_struck_out(marks, decoded.text),
            *report_uncertain_lines(decoded.text, builder.uncertain_tables),
        ),
        marks=marks,
        quotations=block_quotations(builder.quotation_spans(), builder.segments),
        alignments=aligned_spans(builder.alignments, builder.segments),
    )


@dataclass(slots=True, kw_only=True)
class _SegmentBuilder:
    """Builds the segments of a Markdown text: first the text of each block, then its role."""

    text: str
    where: str
    source: Text = field(init=False)
    front_matter: FrontMatter = field(init=False)
    outline: Outline = field(init=False)
    reader: BlockTextReader = field(init=False)
    segments: list[Segment] = field(default_factory=list)
    join_edits: list[Edit] = field(default_factory=list)
    """The edits that join lines."""
    table_edits: list[Edit] = field(default_factory=list)
    """The edits that remove the bars of tables in plain text."""
    alignments: list[tuple[int, int, str]] = field(default_factory=list)
    """The spans of table cells with their alignments."""
    uncertain_tables: list[UncertainLines] = field(default_factory=list)
    """The lines that are not certain to be a table."""

    def __post_init__(self) -> None:
        lines = split_lines(self.text)
        self.source = locate(self.text)
        self.front_matter = read_front_matter(self.text, lines)
        self.outline = read_outline(
            self.text, lines, skip=self.front_matter.lines, where=self.where
        )
        self.reader = BlockTextReader(
            source=self.source,
            lines=lines,
            environment={**self.outline.environment, "notes": note_numbers(self.text, lines)},
            where=self.where,
        )
        blocks = self.outline.blocks
        contents: list[tuple[Text, list[SourcePicture]]] = [
            (self.source.slice(0, 0), [])
            if block.kind == "table"
            else self.reader.read_block(block)
            for block in blocks
        ]
        texts = self._join_lines(blocks, [text for text, _ in contents])
        levels = self._heading_levels(texts)
        self._add_front_matter(texts, has_title=1 in levels.values())
        next_line = self.front_matter.lines
        is_all_quoted = sum(block.quotation > 0 for block in blocks) * 2 > len(blocks)
        for index, block in enumerate(blocks):
            text, pictures = texts[index], contents[index][1]
            self._add_lines_between(next_line, block.first)
            next_line = block.last
            if block.kind == "table":
                self._add_table(block)
            elif block.kind == "heading":
                passage = Passage(text=text, role="heading", level=levels[index])
                self._add(passage, pictures)
            elif block.kind != "rule":
                self._add_body(block, text, pictures, ignore_quotes=is_all_quoted)
        self._add_lines_between(next_line, len(lines))

    def edits(self) -> tuple[Edit, ...]:
        """Return the edits rule by rule, each rule's in the order of the source."""
        mark_edits = sorted(self.reader.edits, key=lambda edit: edit.locator.offset)
        return (*mark_edits, *self.join_edits, *self.table_edits)

    def quotation_spans(self) -> Iterator[tuple[int, int]]:
        """Yield the span of each outermost block quotation, from the first of its blocks to the last."""
        lines = self.outline.lines
        for number, group in groupby(self.outline.blocks, key=attrgetter("quotation")):
            if number:
                members = list(group)
                yield lines[members[0].first][0], lines[members[-1].last - 1][1]

    def _join_lines(self, blocks: Sequence[Block], texts: Sequence[Text]) -> list[Text]:
        """Return the texts with lines joined that are one paragraph, item, heading or note."""
        joined_texts = []
        for block, text in zip(blocks, texts, strict=True):
            joins: Iterable[Replacement] = ()
            if block.kind in ("item", "heading"):
                joins = join_lines(text, range(len(text)))
            elif block.kind == "paragraph" and NOTE_START.match(block.content):
                joins = join_lines(text, self._note_line_ends(block, text))
            elif block.kind == "paragraph":
                joins = join_lines(text, soft_breaks(text, self.text))
            joined_text, edits = apply_edits(text, joins, stage="read", rule="soft-breaks")
            self.join_edits.extend(edits)
            joined_texts.append(joined_text)
        return joined_texts

    def _note_line_ends(self, block: Block, text: Text) -> set[int]:
        """Return the indexes in ``text`` of the line ends inside notes, not between them."""
        lines = self.outline.lines
        first = block.first_content_line
        offsets = (
            lines[number - 1][1]
            for number in range(first + 1, first + len(block.line_spans))
            if not NOTE_START.match(self.text, *lines[number][:2])
        )
        return {bisect_left(text.starts, offset) for offset in offsets}

    def _heading_levels(self, texts: Sequence[Text]) -> dict[int, int]:
        """Return the level of each heading by the index of its block."""
        blocks = self.outline.blocks
        indexes = [index for index, block in enumerate(blocks) if block.kind == "heading"]
        levels = heading_levels(
            [(blocks[index].level, texts[index].string.strip()) for index in indexes],
            starts_text=indexes[:1] == [0],
            metadata_title=self.text[slice(*self.front_matter.title)],
        )
        return dict(zip(indexes, levels, strict=True))

    def _add_front_matter(self, texts: Sequence[Text], *, has_title: bool) -> None:
        """Remove the front matter, but keep its title if the text has none."""
        if not self.front_matter.lines:
            return
        end = self.outline.lines[self.front_matter.lines - 1][1]
        first = next((text.string.strip() for text in texts if text.string.strip()), "")
        starts_with_paragraph = (
            self.outline.blocks[:1] and self.outline.blocks[0].kind == "paragraph"
        )
        first_is_title = (
            starts_with_paragraph and len(first) <= _MAX_TITLE_LINE and "。" not in first
        )
        title_start, title_end = self.front_matter.title
        if has_title or first_is_title or title_start == title_end:
            self.reader.remove(0, end, _FRONT_MATTER_REASON)
            return
        marks = [
            Mark(start=0, end=title_start, reason=_FRONT_MATTER_REASON),
            Mark(start=title_end, end=end, reason=_FRONT_MATTER_REASON),
        ]
        title = self.reader.remove_marks(0, end, marks)
        self.segments.append(Passage(text=title, role="heading", level=1))

    def _add_body(
        self, block: Block, text: Text, pictures: list[SourcePicture], *, ignore_quotes: bool
    ) -> None:
        """Add a block that is neither a heading nor a table."""
        if block.kind == "code":
            self._add(Passage(text=text, role="code"), pictures)
        elif block.kind == "item" and self.outline.lists[block.list_index].is_list:
            self._add(Passage(text=text, role="list-item", level=block.level), pictures)
        elif block.quotation and not ignore_quotes:
            for piece in _split_at_pictures(text, pictures):
                self._add(
                    Passage(text=piece, role="paragraph") if isinstance(piece, Text) else piece, []
                )
        else:
            self._add_lines(text, pictures)

    def _add_lines(self, text: Text, pictures: list[SourcePicture]) -> None:
        """Add lines whose role the parser decides, and the tables among them."""
        for piece in _split_at_pictures(text, pictures):
            if isinstance(piece, SourcePicture):
                self.segments.append(piece)
            elif _TABLE_MARKS.search(piece.string) or has_gap_rows(piece.string):
                segments, edits, locators = split_tables(piece)
                self.segments.extend(segments)
                self.table_edits.extend(edits)
                self.uncertain_tables.extend(locators)
            else:
                self._add(Passage(text=piece), [])

    def _add(self, segment: Passage | SourcePicture, pictures: list[SourcePicture]) -> None:
        """Add a segment, unless it is blank, and the pictures after it."""
        if isinstance(segment, SourcePicture) or segment.text.string.strip():
            self.segments.append(segment)
        self.segments.extend(pictures)

    def _add_table(self, block: Block) -> None:
        """Add a table; a blank header row is left out."""
        lines = self.outline.lines
        start, end = lines[block.first][0], lines[block.last - 1][1]
        rows: list[tuple[SourceCell, ...]] = []
        pictures: list[SourcePicture] = []
        position = start
        alignments = column_alignments(self.text, lines, block)
        for row in table_rows(self.text, lines, block, where=self.where):
            cells = []
            for column, cell in enumerate(row):
                self.reader.remove(position, cell.line_spans[0].source)
                position = cell.line_spans[-1].end
                if column < len(alignments):
                    span = (cell.line_spans[0].source, position, alignments[column])
                    self.alignments.append(span)
                text, cell_pictures = self.reader.read_cell(cell)
                source_start = cell.line_spans[0].source
                space = self.text[start_of_space(self.text, source_start) : source_start]
                indent = leading_width(space) + leading_width(text.string)
                cells.append(SourceCell(text=text, indent=indent))
                pictures.extend(cell_pictures)
            if rows or any(cell.text.string.strip() for cell in cells):
                rows.append(tuple(cells))
        self.reader.remove(position, end)
        if rows:
            locator = Locator(offset=start, length=end - start)
            self.segments.append(SourceTable(rows=tuple(rows), locator=locator))
        self.segments.extend(pictures)

    def _add_lines_between(self, first: int, last: int) -> None:
        """Handle lines of no block: marks and used definitions are removed, other text is added."""
        for number in range(first, last):
            start, end, _ = self.outline.lines[number]
            line = self.text[start:end]
            if not line.strip():
                continue
            if _CONTAINER_MARKS.fullmatch(line.rstrip()):
                self.reader.remove(start, end)
            elif self.outline.definitions.get(number) in self.reader.addresses:
                self.reader.remove(start, end, _DEFINITION_REASON)
            else:
                self.segments.append(Passage(text=self.source.slice(start, end)))


def _split_at_pictures(text: Text, pictures: list[SourcePicture]) -> Iterator[Text | SourcePicture]:
    """Yield the pieces of a text and the pictures between them."""
    start = 0
    for picture in pictures:
        end = bisect_left(text.starts, picture.locator.offset)
        if text.string[start:end].strip():
            yield text.slice(start, end)
        yield picture
        start = end
    if not pictures or text.string[start:].strip():
        yield text.slice(start)
