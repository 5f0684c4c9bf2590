"""Reader for Word files (ECMA-376, ISO/IEC 29500): a package in, text, tables and pictures out.

The reader walks the XML itself, so that nothing is lost silently. The content of content controls,
text boxes, fields and tracked insertions is text. What Word does not print is left out, with an edit
for each omission. Numbers that Word counts automatically are written into the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from publisher.model import (
    BlankLines,
    Edit,
    Locator,
    Passage,
    Segment,
    SourceCell,
    SourcePicture,
    SourceTable,
    Text,
)
from publisher.readers.alignments import ALIGNMENTS, aligned_spans
from publisher.readers.blank_lines import blank_lines, lines_of_height
from publisher.readers.docx import text_builder
from publisher.readers.docx.finding_rules import MACROS
from publisher.readers.docx.package import Package, find_target
from publisher.readers.docx.small_text import publish_small_texts
from publisher.readers.docx.story_reader import StoryReader
from publisher.readers.docx.styles_part import TITLE
from publisher.readers.docx.tabbed_rows import join_preformatted_lines, read_tabbed_rows
from publisher.readers.docx.text_builder import (
    Paragraph,
    Table,
    TextBuilder,
    add_labels,
    join_heading_lines,
    published_text,
)
from publisher.readers.limits import require
from publisher.readers.quotations import block_quotations
from publisher.readers.result import ReaderResult, segment_texts
from publisher.readers.struck_out import find_struck_out
from publisher.text.edits import concatenate, locate
from publisher.text.indents import leading_width
from publisher.text.mark_spans import marks_of_texts, sort_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.model import Mark
    from publisher.readers.docx.finding_collector import FindingCollector
    from publisher.readers.docx.text_builder import Block, Cell

_CONTENTS_TITLE = re.compile(
    r"[\s\u3000]*(?:目[\s\u3000]*[录錄次]|contents)[\s\u3000]*", re.IGNORECASE
)
MAX_HEADING_LENGTH = 60
"""A longer paragraph that ends like a sentence is not a heading, whatever its style."""
MAX_TITLE_LENGTH = 120
_METADATA_NAMES = {
    "dc:title": "title",
    "dc:creator": "creator",
    "dc:subject": "subject",
    "cp:category": "type",
    "dcterms:created": "created",
}
"""Core properties (ECMA-376, part 2, clause 11), and their Dublin Core names."""


def read_data(data: bytes, *, encoding: str, where: str) -> ReaderResult:
    """Read a Word file.

    Args:
        data: The bytes of the file.
        encoding: Ignored, because the XML of a Word file declares its encoding.
        where: The name of the file in error messages.

    Raises:
        SourceError: The file is damaged, unsafe, encrypted or beyond a limit.

    """
    del encoding
    package = Package(data, where=where)
    stories = StoryReader(package)
    blocks = stories.read_body()
    decoded = stories.builder.string
    require("characters", len(decoded), where=where)
    _omit_contents_title(blocks, decoded)
    marks = _publish_marks(stories.builder, decoded, stories.findings)
    texts, paragraph_edits = _publish_paragraphs(stories.builder.paragraphs, decoded)
    edits = _sort_edits([*paragraph_edits, *_join_titles(blocks, texts)])
    require("characters", sum(map(len, texts.values())), where=where)
    _report_macros(package, stories)
    segments = tuple(
        read_tabbed_rows(join_preformatted_lines(_SegmentBuilder(blocks, texts).build()))
    )
    marks = marks_of_texts(marks, segment_texts(segments))
    return ReaderResult(
        decoded=decoded,
        encoding="utf-8",
        confidence=1.0,
        segments=segments,
        edits=edits,
        source_metadata=_read_metadata(package),
        findings=(*stories.findings.collect(edits), *find_struck_out(marks, decoded)),
        marks=marks,
        quotations=block_quotations(_quotation_spans(blocks), segments),
        alignments=aligned_spans(
            ((p.start, p.end, p.alignment) for p in stories.builder.paragraphs if not p.omitted),
            segments,
        ),
    )


def _quotation_spans(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Yield the span of each run of paragraphs that are quotations."""
    for is_quotation, group in groupby(
        blocks, key=lambda block: isinstance(block, Paragraph) and block.is_quotation
    ):
        members = [block for block in group if isinstance(block, Paragraph)]
        if is_quotation:
            yield members[0].start, members[-1].end


def _publish_marks(
    builder: TextBuilder, decoded: str, findings: FindingCollector
) -> tuple[Mark, ...]:
    """Add the changes of small texts to the paragraphs; return the marks of all paragraphs."""
    ordered = sort_marks(builder.marks)
    starts = [mark.locator.offset for mark in ordered]
    runs = sorted(builder.runs, key=attrgetter("start"))
    run_starts = [run.start for run in runs]
    marks: list[Mark] = []
    for paragraph in builder.paragraphs:
        first = bisect_left(starts, paragraph.start)
        own = ordered[first : bisect_left(starts, max(paragraph.end, paragraph.start))]
        first = bisect_left(run_starts, paragraph.start)
        own_runs = runs[first : bisect_left(run_starts, max(paragraph.end, paragraph.start))]
        if own or any(run.shift for run in own_runs):
            marks += publish_small_texts(paragraph, decoded, own, own_runs, findings)
    return tuple(marks)


def _omit_contents_title(blocks: Sequence[Block], decoded: str) -> None:
    """Leave out the title 目录 directly before a table of contents that is left out."""
    previous: Paragraph | None = None
    for block in blocks:
        if not isinstance(block, Paragraph):
            previous = None
            continue
        if previous and previous.has_text and block.has_contents:
            string = decoded[previous.start : previous.end]
            if _CONTENTS_TITLE.fullmatch(string):
                previous.changes = [
                    text_builder.Change(
                        previous.start, previous.end, "", text_builder.TABLE_OF_CONTENTS
                    )
                ]
                previous.has_text = False
        if block.has_text:
            previous = block


def _publish_paragraphs(
    paragraphs: Sequence[Paragraph], decoded: str
) -> tuple[dict[int, Text], list[Edit]]:
    """Return the published text of each paragraph, by ``id()`` of the paragraph, and the edits."""
    texts: dict[int, Text] = {}
    edits: list[Edit] = []
    for paragraph in paragraphs:
        text, text_edits = published_text(paragraph, decoded)
        edits.extend(text_edits)
        if paragraph.heading is not None and _is_heading(text):
            text, line_edits = join_heading_lines(text)
            edits.extend(line_edits)
        if paragraph.labels and text.string.strip():
            text, label_edits = add_labels(paragraph, text)
            edits.extend(label_edits)
        texts[id(paragraph)] = text
    return texts, edits


def _join_titles(blocks: Sequence[Block], texts: dict[int, Text]) -> Iterator[Edit]:
    """Join titles in consecutive paragraphs into one; yield the edits."""
    title: Paragraph | None = None
    for block in blocks:
        if not (
            isinstance(block, Paragraph)
            and block.heading == TITLE
            and _is_heading(texts[id(block)])
        ):
            title = None
        elif title is None or block.start != title.end + 1:
            title = block
        else:
            line_feed = locate("\n", title.end)
            texts[id(title)] = concatenate([texts[id(title)], texts[id(block)]])
            texts[id(block)] = line_feed.slice(0, 0)
            title.end = block.end
            yield Edit(
                stage="read",
                rule=text_builder.LINE_BREAK,
                locator=line_feed.locator,
                before="\n",
                after="",
                reason=text_builder.LINE_BREAK_REASON,
            )


def _sort_edits(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits rule by rule, each rule's in the order of the text."""
    order = {rule: index for index, rule in enumerate(text_builder.RULES)}
    return tuple(sorted(edits, key=lambda edit: (order[edit.rule], edit.locator.offset)))


def _cell_paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a cell in order, with those of nested tables."""
    for block in blocks:
        if isinstance(block, Paragraph):
            if not block.omitted:
                yield block
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from _cell_paragraphs(cell.blocks)


@dataclass(frozen=True, slots=True)
class _SegmentBuilder:
    """Builds the segments of the result from the blocks of the body."""

    blocks: Sequence[Block]
    texts: dict[int, Text]
    """The published text of each paragraph, by ``id()`` of the paragraph."""

    def build(self) -> Iterator[Segment]:
        """Yield the segments in order."""
        offset = self._level_offset()
        has_title = False
        for block in self.blocks:
            if isinstance(block, SourcePicture):
                yield block
            elif isinstance(block, Table):
                yield self._table(block)
            elif (text := self.texts[id(block)]).string.strip():
                is_title = block.heading == TITLE
                if has_title and is_title:
                    yield Passage(text=text)
                else:
                    yield self._passage(block, text, offset)
                has_title = has_title or is_title

    def _level_offset(self) -> int:
        """Return what is added to heading levels: 0 if the only first-level heading is the title.

        If there are several headings of the first level, or any heading before it, they are
        sections below the title.
        """
        levels = [
            block.heading
            for block in self.blocks
            if isinstance(block, Paragraph) and block.heading is not None
            if _is_heading(self.texts[id(block)])
        ]
        first_is_title = levels.count(1) == 1 and levels[0] == 1
        return 0 if first_is_title else 1

    @staticmethod
    def _passage(paragraph: Paragraph, text: Text, level_offset: int) -> Passage:
        if paragraph.bullet:
            return Passage(text=text, role="list-item", level=paragraph.bullet)
        if paragraph.heading is not None and _is_heading(text):
            level = paragraph.heading + level_offset if paragraph.heading else 1
            return Passage(text=text, role="heading", level=level)
        return Passage(text=text, role=paragraph.preformatted_role or "lines")

    def _table(self, table: Table) -> SourceTable:
        rows = tuple(
            tuple(
                SourceCell(
                    text=self._cell_text(cell.blocks),
                    header=cell.header,
                    row_span=cell.row_span,
                    col_span=cell.column_span,
                    indent=self._indent(cell.blocks),
                    blank_lines=self._blank_lines(cell, table.end),
                )
                for cell in row
            )
            for row in table.rows
        )
        locator = Locator(offset=table.start, length=table.end - table.start)
        return SourceTable(rows=rows, locator=locator)

    def _indent(self, blocks: Sequence[Block]) -> float:
        """Return how far the first line of a cell is from its left edge (em)."""
        for paragraph in _cell_paragraphs(blocks):
            string = self.texts[id(paragraph)].string
            if string.strip():
                is_aligned = paragraph.alignment in ALIGNMENTS
                return 0.0 if is_aligned else paragraph.indent + leading_width(string)
        return 0.0

    def _blank_lines(self, cell: Cell, end: int) -> tuple[BlankLines, ...]:
        """Return the blank lines of a cell; a high row has more below them."""
        paragraphs = list(_cell_paragraphs(cell.blocks))
        lines = [(p.start, not self.texts[id(p)].string.strip()) for p in paragraphs]
        further = lines_of_height(cell.height) - len(lines)
        return blank_lines([*lines, *[(end, True)] * further])

    def _cell_text(self, blocks: Sequence[Block]) -> Text:
        """Return the paragraphs of a cell as lines, without blank ones."""
        pieces: list[Text] = []
        for paragraph in _cell_paragraphs(blocks):
            text = self.texts[id(paragraph)]
            if text.string.strip():
                pieces += [text, locate("\n", paragraph.end)]
        return concatenate(pieces[:-1]) if pieces else locate("")


def _is_heading(text: Text) -> bool:
    """Return whether the text of a paragraph with a heading style reads like a heading."""
    string = text.string.strip()
    if not string or len(string) > MAX_TITLE_LENGTH:
        return False
    is_sentence = string.endswith(("。", "；", ";", "！", "？"))
    return not (is_sentence and len(string) > MAX_HEADING_LENGTH) and not re.search(
        "[。！？](?=.)", string
    )


def _read_metadata(package: Package) -> tuple[tuple[str, str], ...]:
    """Return the core properties of the file by their Dublin Core names."""
    part = find_target(package.relationships(""), "core-properties") or "docProps/core.xml"
    root = package.read_tree(part)
    properties = {
        child.name: " ".join(child.text.split()) for child in (root.children if root else ())
    }
    language = _east_asian_language(package)
    return (
        *(
            (name, properties[element])
            for element, name in _METADATA_NAMES.items()
            if properties.get(element)
        ),
        *((("language", language),) if language else ()),
    )


def _east_asian_language(package: Package) -> str:
    """Return the language of the Chinese text (zh-CN, zh-TW, zh-HK) that the settings declare; empty if none is declared."""
    target = find_target(package.relationships(package.main_part), "settings")
    root = package.read_tree(target) if target else None
    language = root.child("w:themeFontLang") if root else None
    declared = language.attributes.get("w:eastAsia", "") if language else ""
    return declared if declared.lower().startswith("zh") else ""


def _report_macros(package: Package, stories: StoryReader) -> None:
    if any(name.endswith("vbaproject.bin") for name in package.part_names):
        stories.findings.add(MACROS)
