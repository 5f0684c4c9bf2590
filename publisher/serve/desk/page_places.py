"""Where the characters of a report are on the pages of its PDF.

Input: a PDF, the text of the report by offset of the source, and what the style adds. Output: for a span of the source the
rectangles of its characters, one for each line of a page. The tagged PDF has the text in the order of the report, so that both
are read side by side.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from publisher.pdf.document import read_pdf
from publisher.pdf.structure_tree import NOTES, Element, MarkedContent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.model import Addition
    from publisher.pdf.document import PdfDocument
    from publisher.pdf.glyph_run import GlyphRun

EM_TOP, EM_BOTTOM = 0.88, -0.12
"""The frame of a Chinese character above and below its baseline, in em."""
LONGEST_KEY = 12
"""Characters by which the text is found again where the two orders differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRectangle:
    """A rectangle on a page, in points from the upper left corner of what is visible."""

    page: int
    """From 1."""
    left: float
    top: float
    width: float
    height: float


class LinePlace(NamedTuple):
    """Where a line begins: in the source and on the pages."""

    offset: int
    page: int
    top: float
    """In points from the upper edge of the page."""


class _Glyph(NamedTuple):
    """A character on a page."""

    character: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


class PagePlaces:
    """The places of a report's characters on its pages."""

    def __init__(self, pdf: bytes, cells: Sequence[str], additions: Iterable[Addition]) -> None:
        """Read the PDF and align its text with that of the report.

        Args:
            pdf: The PDF.
            cells: The characters of the report that start at each offset of the source.
            additions: What the style adds to the text.

        """
        document = read_pdf(pdf)
        glyphs = [
            glyph
            for element in (document.structure.children if document.structure else ())
            for glyph in _glyphs(element, document)
            if glyph.character.strip()
        ]
        self._glyphs_by_offset: dict[int, list[_Glyph]] = {}
        expected = list(_expected(cells, additions))
        for (_, offset), glyph in _align(expected, glyphs):
            if offset >= 0:
                self._glyphs_by_offset.setdefault(offset, []).append(glyph)
        self._offsets = sorted(self._glyphs_by_offset)

    def rectangles(self, offset: int, length: int) -> tuple[PageRectangle, ...]:
        """Return the rectangles of a span of the source; those of the nearest character if it prints nothing."""
        glyphs = [
            glyph
            for position in range(offset, offset + max(length, 1))
            for glyph in self._glyphs_by_offset.get(position, ())
        ]
        if not glyphs:
            glyphs = self._nearest(offset)
        return tuple(_rectangles(glyphs))

    def _nearest(self, offset: int) -> list[_Glyph]:
        index = bisect_left(self._offsets, offset)
        neighbours = self._offsets[max(index - 1, 0) : index + 1]
        nearest = min(neighbours, key=lambda known: abs(known - offset), default=-1)
        return self._glyphs_by_offset.get(nearest, [])


def _expected(cells: Sequence[str], additions: Iterable[Addition]) -> Iterator[tuple[str, int]]:
    """Yield each character of the PDF with its offset, white space left out; -1 for what the style adds."""
    waiting = list(additions)[::-1]
    count = 0
    for offset, cell in enumerate(cells):
        for character in cell:
            if character.isspace():
                continue
            while waiting and waiting[-1].at <= count:
                yield from ((added, -1) for added in waiting.pop().text if not added.isspace())
            yield character, offset
            count += 1
    for addition in reversed(waiting):
        yield from ((added, -1) for added in addition.text if not added.isspace())


def _align(
    expected: Sequence[tuple[str, int]], glyphs: Sequence[_Glyph]
) -> Iterator[tuple[tuple[str, int], _Glyph]]:
    """Yield the characters of the report with their glyphs.

    Both have the same order, except for notes, which the PDF has at their references. Where they differ the next characters of
    the report are searched for. The time is that of both texts together, also where the PDF lacks most of the report.
    """
    printed = "".join(glyph.character for glyph in glyphs)
    wanted = "".join(character for character, _ in expected)
    search = _PassageSearch(printed)
    position = index = 0
    while index < len(wanted):
        if position < len(printed) and wanted[index] == printed[position]:
            yield expected[index], glyphs[position]
            index, position = index + 1, position + 1
            continue
        following = search.find(wanted[index : index + LONGEST_KEY], position)
        if following < 0:
            index += 1
        else:
            position = following


class _PassageSearch:
    """Finds passages of one length in a text, of which it makes an index when it is asked first."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._index: dict[str, list[int]] = {}

    def find(self, key: str, start: int) -> int:
        """Return where a passage begins, at ``start`` or behind it if it can be; -1 if it is nowhere."""
        if len(key) < LONGEST_KEY:  # at the end of the report only
            following = self._text.find(key, start)
            return following if following >= 0 else self._text.find(key)
        if not self._index:
            for position in range(len(self._text) - LONGEST_KEY + 1):
                passage = self._text[position : position + LONGEST_KEY]
                self._index.setdefault(passage, []).append(position)
        positions = self._index.get(key)
        if positions is None:
            return -1
        number = bisect_left(positions, start)
        return positions[number] if number < len(positions) else positions[0]


def _glyphs(element: Element, document: PdfDocument) -> Iterator[_Glyph]:
    """Yield the glyphs of an element in logical order, those of tables of contents left out, notes after the rest."""
    notes: list[Element] = []
    yield from _glyphs_outside_notes(element, document, notes)
    for note in notes:
        yield from _glyphs(note, document)


def _glyphs_outside_notes(
    element: Element, document: PdfDocument, notes: list[Element]
) -> Iterator[_Glyph]:
    if element.role == "TOC":
        return
    for child in element.children:
        if isinstance(child, Element):
            if child.role in NOTES:
                notes.append(child)
            else:
                yield from _glyphs_outside_notes(child, document, notes)
        elif isinstance(child, MarkedContent):
            for run in document.content.get(child, ()):
                yield from _run_glyphs(run, child.page, document)


def _run_glyphs(run: GlyphRun, page: int, document: PdfDocument) -> Iterator[_Glyph]:
    left, _, _, top = document.pages[page].crop_box
    positions = run.positions
    for characters, x, y, advance in zip(
        run.characters, positions.xs(), positions.ys(), positions.advances(), strict=True
    ):
        for character in characters:
            yield _Glyph(
                character=character,
                page=page + 1,
                left=x - left,
                top=top - y - EM_TOP * positions.em,
                right=x - left + max(advance, 0.1),
                bottom=top - y - EM_BOTTOM * positions.em,
            )


def _rectangles(glyphs: Iterable[_Glyph]) -> Iterator[PageRectangle]:
    """Yield a rectangle around the glyphs of each line."""
    lines: list[list[_Glyph]] = []
    for glyph in glyphs:
        last = lines[-1][-1] if lines else None
        if last and last.page == glyph.page and abs(last.bottom - glyph.bottom) < 1:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    for line in lines:
        left, top = min(g.left for g in line), min(g.top for g in line)
        yield PageRectangle(
            page=line[0].page,
            left=round(left, 2),
            top=round(top, 2),
            width=round(max(g.right for g in line) - left, 2),
            height=round(max(g.bottom for g in line) - top, 2),
        )
