"""CommonMark with tables, strikethrough and notes: every character kept in its place.

``blocks`` says which lines belong together, ``block_text`` what they say without the marks that are
drawing; here they become passages, tables and pictures. A numbered item that stands alone or has
its text running in is a heading in the making, which the parser judges as in plain text. Nothing
that a text points to is fetched.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publisher.errors import LimitError
from publisher.model import Edit, Locator, Passage, SourceCell, SourcePicture, SourceTable, Text
from publisher.readers.encoding import decode
from publisher.readers.limits import require
from publisher.readers.markdown.block_text import Words
from publisher.readers.markdown.blocks import Block, Outline, outline, split_lines
from publisher.readers.markdown.gfm_tables import rows
from publisher.readers.markdown.html import Mark
from publisher.readers.markdown.levels import heading_levels
from publisher.readers.markdown.line_ends import (
    NOTE,
    breaks,
    note_numbers,
    with_open_lines,
    wraps,
)
from publisher.readers.markdown.yaml_front_matter import (
    FrontMatter,
    front_matter,
)
from publisher.readers.result import Reading
from publisher.readers.text_tables import split_tables, with_line_feeds
from publisher.text.edits import apply_edits, locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.model import Segment
    from publisher.text.edits import Replacement

_CONTAINERS = re.compile(r"[ \t>*+-]*")
_DRAWN = re.compile("[|｜│\t]")
_TITLE_LINE = 60
"""A first line that is no longer, and no sentence, is a title."""
_USED = "the address stands where the text refers to it"
_FACTS = "facts about the file, not text"


def read_data(data: bytes, *, encoding: str, where: str) -> Reading:
    """Return what a Markdown text says.

    Raises ``SourceEncodingError`` where it is no text, ``LimitError`` where it nests too deeply.
    """
    decoded = decode(data, encoding=encoding, where=where)
    require("characters", len(decoded.text), where=where)
    try:
        read = _Read(text=decoded.text, where=where)
    except RecursionError as error:
        raise LimitError(
            "has marks inside one another beyond the limit 'depth'",
            where=where,
            hint="take away what nests there",
        ) from error
    return Reading(
        decoded=decoded.text,
        encoding=decoded.encoding,
        confidence=decoded.confidence,
        segments=tuple(read.segments),
        edits=read.edits(),
        facts=read.front.facts,
        findings=(*decoded.findings, *read.words.findings),
    )


@dataclass(slots=True, kw_only=True)
class _Read:
    """A Markdown text, read in two rounds: what each block says, then what it is."""

    text: str
    where: str
    whole: Text = field(init=False)
    front: FrontMatter = field(init=False)
    found: Outline = field(init=False)
    words: Words = field(init=False)
    segments: list[Segment] = field(default_factory=list)
    joins: list[Edit] = field(default_factory=list)
    bars: list[Edit] = field(default_factory=list)

    def __post_init__(self) -> None:
        lines = split_lines(self.text)
        self.whole = locate(self.text)
        self.front = front_matter(self.text, lines)
        self.found = outline(self.text, lines, skip=self.front.lines, where=self.where)
        environment = {**self.found.environment, "notes": note_numbers(self.text, lines)}
        self.words = Words(whole=self.whole, lines=lines, environment=environment, where=self.where)
        blocks = self.found.blocks
        said = [
            self.words.of(b) if b.kind != "table" else (self.whole.slice(0, 0), []) for b in blocks
        ]
        texts = self._joined(blocks, [text for text, _ in said])
        levels = self._levels(texts)
        self._front_matter(texts, titled=1 in levels.values())
        done = self.front.lines
        quoted = sum(block.quoted for block in blocks) * 2 > len(blocks)
        for index, (block, text, (_, pictures)) in enumerate(zip(blocks, texts, said, strict=True)):
            self._between(done, block.first)
            done = block.last
            if block.kind == "table":
                self._table(block)
            elif block.kind == "heading":
                self._passages(Passage(text=text, role="heading", level=levels[index]), pictures)
            elif block.kind != "rule":
                self._body(block, text, pictures, quoted=quoted)
        self._between(done, len(lines))

    def edits(self) -> tuple[Edit, ...]:
        """Return the edits, those of each rule in the order of the source."""
        marks = sorted(self.words.edits, key=lambda edit: edit.locator.offset)
        return (*marks, *self.joins, *self.bars)

    def _joined(self, blocks: Sequence[Block], texts: Sequence[Text]) -> list[Text]:
        """Return the texts with the lines joined that are one paragraph, item, heading or note."""
        prose = [i for i, block in enumerate(blocks) if block.kind == "paragraph"]
        wrapped = wraps([with_line_feeds(texts[index].string) for index in prose])
        changes = {
            index: with_open_lines(texts[index], found)
            for index, found in zip(prose, wrapped, strict=True)
        }
        joined = []
        for index, (block, text) in enumerate(zip(blocks, texts, strict=True)):
            ends: Iterable[Replacement] = changes.get(index, ())
            if block.kind in ("item", "heading"):
                ends = breaks(text, range(len(text)))
            elif block.kind == "paragraph" and NOTE.match(block.content):
                ends = breaks(text, self._note_breaks(block, text))
            one, edits = apply_edits(text, ends, stage="read", rule="soft-breaks")
            self.joins.extend(edits)
            joined.append(one)
        return joined

    def _note_breaks(self, block: Block, text: Text) -> set[int]:
        """Return where in ``text`` lines end whose next line begins no note of its own."""
        numbers = range(block.begin + 1, block.begin + len(block.places))
        ends = (
            self.found.lines[number - 1][1]
            for number in numbers
            if not NOTE.match(self.text, *self.found.lines[number][:2])
        )
        return {bisect_left(text.starts, end) for end in ends}

    def _levels(self, texts: Sequence[Text]) -> dict[int, int]:
        """Return the level of each heading by its block's index."""
        blocks = self.found.blocks
        places = [index for index, block in enumerate(blocks) if block.kind == "heading"]
        levels = heading_levels(
            [(blocks[index].level, texts[index].string.strip()) for index in places],
            opens=places[:1] == [0],
            named=self.text[slice(*self.front.title)],
        )
        return dict(zip(places, levels, strict=True))

    def _front_matter(self, texts: Sequence[Text], *, titled: bool) -> None:
        """Take the file's facts away, but leave the title where nothing else gives one."""
        if not self.front.lines:
            return
        end = self.found.lines[self.front.lines - 1][1]
        first = next((text.string.strip() for text in texts if text.string.strip()), "")
        opens = self.found.blocks[:1] and self.found.blocks[0].kind == "paragraph"
        given = opens and len(first) <= _TITLE_LINE and "。" not in first
        start, stop = self.front.title
        if titled or given or start == stop:
            self.words.drop(0, end, _FACTS)
            return
        around = [
            Mark(start=0, end=start, reason=_FACTS),
            Mark(start=stop, end=end, reason=_FACTS),
        ]
        self.segments.append(
            Passage(text=self.words.without(0, end, around), role="heading", level=1)
        )

    def _body(
        self, block: Block, text: Text, pictures: list[SourcePicture], *, quoted: bool
    ) -> None:
        if block.kind == "code":
            self._passages(Passage(text=text, role="code"), pictures)
        elif block.kind == "item" and self.found.runs[block.run].is_list:
            self._passages(Passage(text=text, role="list-item", level=block.level), pictures)
        elif block.quoted and not quoted:
            for piece in _around(text, pictures):
                self._passages(
                    Passage(text=piece, role="paragraph") if isinstance(piece, Text) else piece, []
                )
        else:
            self._lines(text, pictures)

    def _lines(self, text: Text, pictures: list[SourcePicture]) -> None:
        """Add lines for the parser to judge, with the tables that they draw."""
        for piece in _around(text, pictures):
            if isinstance(piece, SourcePicture):
                self.segments.append(piece)
            elif _DRAWN.search(piece.string):
                segments, edits = split_tables(piece)
                self.segments.extend(segments)
                self.bars.extend(edits)
            else:
                self._passages(Passage(text=piece), [])

    def _passages(self, passage: Passage | SourcePicture, pictures: list[SourcePicture]) -> None:
        if isinstance(passage, SourcePicture) or passage.text.string.strip():
            self.segments.append(passage)
        self.segments.extend(pictures)

    def _table(self, block: Block) -> None:
        """Add a table; a head without words is no row."""
        first, end = self.found.lines[block.first][0], self.found.lines[block.last - 1][1]
        table: list[tuple[SourceCell, ...]] = []
        pictures: list[SourcePicture] = []
        done = first
        for row in rows(self.text, self.found.lines, block, where=self.where):
            cells = []
            for cell in row:
                start, stop = cell.places[0].source, cell.places[-1].end
                self.words.drop(done, start)
                done = stop
                text, shown = self.words.of_cell(cell)
                cells.append(SourceCell(text=text))
                pictures.extend(shown)
            if table or any(cell.text.string.strip() for cell in cells):
                table.append(tuple(cells))
        self.words.drop(done, end)
        if table:
            locator = Locator(offset=first, length=end - first)
            self.segments.append(SourceTable(rows=tuple(table), locator=locator))
        self.segments.extend(pictures)

    def _between(self, first: int, last: int) -> None:
        """Account for lines of no block: what only draws goes, what is not used stays."""
        for number in range(first, last):
            start, end, _ = self.found.lines[number]
            line = self.text[start:end]
            if not line.strip():
                continue
            if _CONTAINERS.fullmatch(line.rstrip()):
                self.words.drop(start, end)
            elif self.found.definitions.get(number) in self.words.addresses:
                self.words.drop(start, end, _USED)
            else:
                self.segments.append(Passage(text=self.whole.slice(start, end)))


def _around(text: Text, pictures: list[SourcePicture]) -> Iterator[Text | SourcePicture]:
    """Yield the pieces of a text and the pictures between them."""
    done = 0
    for picture in pictures:
        place = bisect_left(text.starts, picture.locator.offset)
        if text.string[done:place].strip():
            yield text.slice(done, place)
        yield picture
        done = place
    if not pictures or text.string[done:].strip():
        yield text.slice(done)
