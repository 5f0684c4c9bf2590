"""Word files (ECMA-376, ISO/IEC 29500): a package in, its text, tables and pictures out.

The reader walks the XML itself, so that nothing is dropped in silence: what stands in content
controls, text boxes, fields and tracked insertions is text; what Word does not print is taken away
with an edit each. Numbers that Word only counts are written out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.model import (
    Edit,
    Locator,
    Passage,
    Segment,
    Severity,
    SourceCell,
    SourcePicture,
    SourceTable,
    Text,
)
from publisher.readers.docx import text_builder
from publisher.readers.docx.package import Package
from publisher.readers.docx.styles_part import TITLE
from publisher.readers.docx.text_builder import (
    Grid,
    Paragraph,
    labelled,
    on_one_line,
    published,
)
from publisher.readers.docx.walk import Walk
from publisher.readers.limits import require
from publisher.readers.result import Reading
from publisher.text.edits import concatenate, locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.readers.docx.text_builder import Block

_CONTENTS_TITLE = re.compile(
    r"[\s\u3000]*(?:目[\s\u3000]*[录錄次]|contents)[\s\u3000]*", re.IGNORECASE
)
LONGEST_HEADING = 60
"""A paragraph longer than this that ends as a sentence is none, whatever its style says."""
LONGEST_TITLE = 120
_FACTS = {
    "dc:title": "title",
    "dc:creator": "creator",
    "dc:subject": "subject",
    "cp:category": "type",
    "dcterms:created": "created",
}
"""Core properties (ECMA-376, part 2, clause 11), and the names of the facts they are."""


def read_data(data: bytes, *, encoding: str, where: str) -> Reading:
    """Return what a Word file says; raise the ``SourceError`` that fits where it cannot be read.

    A Word file says its encoding itself, so ``encoding`` is not asked.
    """
    del encoding
    package = Package(data, where=where)
    walk = Walk(package)
    blocks = walk.body()
    decoded = walk.tape.string
    require("characters", len(decoded), where=where)
    _drop_contents_title(blocks, decoded)
    texts, changes = _texts(walk.tape.paragraphs, decoded)
    edits = _in_order([*changes, *_join_titles(blocks, texts)])
    require("characters", sum(map(len, texts.values())), where=where)
    _tell_macros(package, walk)
    return Reading(
        decoded=decoded,
        encoding="utf-8",
        confidence=1.0,
        segments=tuple(_Segments(blocks, texts).all()),
        edits=edits,
        facts=_facts(package),
        findings=walk.notices.all(edits),
    )


def _drop_contents_title(blocks: Sequence[Block], decoded: str) -> None:
    """Take away the word 目录 above a table of contents that is taken away."""
    previous: Paragraph | None = None
    for one in blocks:
        if not isinstance(one, Paragraph):
            previous = None
            continue
        if one.opens_contents and previous and previous.kept:
            string = decoded[previous.start : previous.end]
            if _CONTENTS_TITLE.fullmatch(string):
                previous.changes = [
                    text_builder.Change(previous.start, previous.end, "", text_builder.CONTENTS)
                ]
                previous.kept = False
        if one.kept or one.opens_contents:
            previous = one


def _texts(paragraphs: Sequence[Paragraph], decoded: str) -> tuple[dict[int, Text], list[Edit]]:
    """Return what is published of each paragraph, by its identity, and the edits for it."""
    texts: dict[int, Text] = {}
    edits: list[Edit] = []
    for one in paragraphs:
        text, changes = published(one, decoded)
        edits.extend(changes)
        if one.heading is not None and _is_heading(text):
            text, breaks = on_one_line(text)
            edits.extend(breaks)
        if one.labels and text.string.strip():
            text, changes = labelled(one, text)
            edits.extend(changes)
        texts[id(one)] = text
    return texts, edits


def _join_titles(blocks: Sequence[Block], texts: dict[int, Text]) -> Iterator[Edit]:
    """Make one title of those that stand directly under one another."""
    above: Paragraph | None = None
    for one in blocks:
        if not (
            isinstance(one, Paragraph) and one.heading == TITLE and _is_heading(texts[id(one)])
        ):
            above = None
        elif above is None or one.start != above.end + 1:
            above = one
        else:
            between = locate("\n", above.end)
            texts[id(above)] = concatenate([texts[id(above)], texts[id(one)]])
            texts[id(one)] = between.slice(0, 0)
            above.end = one.end
            yield Edit(
                stage="read",
                rule=text_builder.BREAK,
                locator=between.locator,
                before="\n",
                after="",
                reason=text_builder.ONE_LINE,
            )


def _in_order(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits rule by rule, each in the order of the text."""
    order = {rule: place for place, rule in enumerate(text_builder.RULES)}
    return tuple(sorted(edits, key=lambda edit: (order[edit.rule], edit.locator.offset)))


def _lines(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a cell in order, those of tables in it too."""
    for one in blocks:
        if isinstance(one, Paragraph):
            if not one.gone:
                yield one
        elif isinstance(one, Grid):
            for row in one.rows:
                for cell in row:
                    yield from _lines(cell.blocks)


@dataclass(frozen=True, slots=True)
class _Segments:
    """Makes the segments of a reading out of blocks."""

    blocks: Sequence[Block]
    texts: dict[int, Text]

    def all(self) -> Iterator[Segment]:
        """Yield the segments in order."""
        shift = self._shift()
        titled = False
        for one in self.blocks:
            if isinstance(one, SourcePicture):
                yield one
            elif isinstance(one, Grid):
                yield self._table(one)
            elif (text := self.texts[id(one)]).string.strip():
                again = titled and one.heading == TITLE
                yield Passage(text=text) if again else self._passage(one, text, shift)
                titled = titled or one.heading == TITLE

    def _shift(self) -> int:
        """Return how far below a report's title its headings of the first level stand.

        Headings of that level are sections where the file has a title, or several of them; one
        alone before all others is the title.
        """
        levels = [
            one.heading
            for one in self.blocks
            if isinstance(one, Paragraph) and one.heading is not None
            if _is_heading(self.texts[id(one)])
        ]
        alone = levels.count(1) == 1 and levels[0] == 1
        return 0 if alone else 1

    @staticmethod
    def _passage(paragraph: Paragraph, text: Text, shift: int) -> Passage:
        if paragraph.bullet:
            return Passage(text=text, role="list-item", level=paragraph.bullet)
        if paragraph.heading is not None and _is_heading(text):
            level = paragraph.heading + shift if paragraph.heading else 1
            return Passage(text=text, role="heading", level=level)
        return Passage(text=text)

    def _table(self, table: Grid) -> SourceTable:
        rows = tuple(
            tuple(
                SourceCell(
                    text=self._cell(cell.blocks),
                    header=cell.header,
                    row_span=cell.rows,
                    col_span=cell.span,
                )
                for cell in row
            )
            for row in table.rows
        )
        locator = Locator(offset=table.start, length=table.end - table.start)
        return SourceTable(rows=rows, locator=locator)

    def _cell(self, blocks: Sequence[Block]) -> Text:
        """Return the paragraphs of a cell as lines."""
        lines = [(one, self.texts[id(one)]) for one in _lines(blocks)]
        while lines and not lines[-1][1].string.strip():
            lines.pop()
        pieces: list[Text] = []
        for one, text in lines:
            if text.string.strip() or pieces:
                pieces += [text, locate("\n", one.end)]
        return concatenate(pieces[:-1]) if pieces else locate("")


def _is_heading(text: Text) -> bool:
    """Tell a heading from a paragraph that only has a heading's style."""
    string = text.string.strip()
    if not string or len(string) > LONGEST_TITLE:
        return False
    ends = string.endswith(("。", "；", ";", "！", "？"))
    return not (ends and len(string) > LONGEST_HEADING) and not re.search("[。！？](?=.)", string)


def _facts(package: Package) -> tuple[tuple[str, str], ...]:
    """Return what the file's properties say of it."""
    named = next(
        (
            one.target
            for one in package.relationships("").values()
            if one.kind == "core-properties" and not one.external
        ),
        "docProps/core.xml",
    )
    root = package.tree(named)
    found = {one.name: " ".join(one.text.split()) for one in (root.children if root else ())}
    return tuple((fact, found[name]) for name, fact in _FACTS.items() if found.get(name))


def _tell_macros(package: Package, walk: Walk) -> None:
    if any(name.endswith("vbaproject.bin") for name in package.names):
        walk.notices.add(
            "macros",
            "the file holds macros; they were neither run nor read",
            severity=Severity.WARNING,
            hint="save it as .docx before handing it on: the archive profile embeds the source",
        )
