"""The markup inside a line of the report: inline marks, link targets, note marks, abbreviations, text in English.

Input: a text of the report. Output: HTML in which no character is added or lost. The id of a link target is ``s`` and
its offset in the source.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING

from publisher.render.abbreviations import expansion
from publisher.render.alignments import AlignmentIndex
from publisher.render.blank_lines import markup_with_blank_lines
from publisher.render.element_nesting import InlineElement, nest_elements
from publisher.render.formula_elements import formula_elements
from publisher.render.language_elements import (
    ballot_elements,
    chinese_elements,
    english_elements,
    foreign_elements,
    half_wide_elements,
)
from publisher.render.mark_elements import INNER_RANK, mark_elements
from publisher.render.page_notes import page_notes
from publisher.text.characters import has_han
from publisher.text.edits import concatenate, locate
from publisher.text.language import is_english_line, is_foreign
from publisher.text.mark_spans import MarkIndex
from publisher.text.tab_stops import expand_tabs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from markupsafe import Markup

    from publisher.model import Note, Report, Statistics, TableCell, Text

_LETTER = re.compile("[A-Za-z]")
_ABBREVIATION = re.compile(r"(?<![A-Za-z0-9.@/_-])[A-Z][A-Z0-9]{1,4}(?![A-Za-z0-9.@/_-])")


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineMarkup:
    """The link targets and note marks in the lines of a report."""

    offsets: frozenset[int] = frozenset()
    """The clauses whose page number is needed, by offset in the source."""
    linked: bool = True
    """Whether links lead to them; they then need an element with an id."""
    references: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """The length of each note mark and the offset of its note, by the offset of the mark."""
    page_notes: frozenset[int] = frozenset()
    """The offsets of the notes that a style may set at the foot of the page with their marks."""
    language: str = "zh-Hans"
    note_label: str = ""
    """The word before the number of a note in the title of its link."""
    marks: MarkIndex = field(default_factory=lambda: MarkIndex(()))
    """The inline marks of the report."""
    alignments: AlignmentIndex = field(default_factory=AlignmentIndex)
    """The lines that the source centres or sets flush right."""
    anchors: Mapping[int, str] = field(default_factory=dict)
    """The ids of the headings, by the identity of their texts."""
    issued: set[str] = field(default_factory=set)
    """The ids that the page has so far; each is in it once, whatever texts share an offset in the source."""

    def anchor(self, text: Text) -> str:
        """Return the id of a heading."""
        return self.anchors.get(id(text), f"s{text.locator.offset}")

    def is_page_note(self, note: Note) -> bool:
        """Return whether a note may be at the foot of the page with its mark."""
        return note.text.locator.offset in self.page_notes

    def _issue(self, identifier: str) -> bool:
        """Return whether an element may have an id: nothing before it on the page has it."""
        if identifier in self.issued:
            return False
        self.issued.add(identifier)
        return True

    def start_attributes(self, text: Text) -> Markup:
        """Return the attributes for an element whose text is ``text``; empty if it needs none.

        Its alignment is ``data-align``. If clauses are linked, it is an id for a clause at the beginning. Otherwise it is ``data-places``: the id of each clause
        in the element, with the number of characters before it, white space not counted.
        """
        from markupsafe import Markup

        language = self.language_attribute(text) + self._alignment_attribute(text)
        if not text.string or not self.offsets:
            return language
        if self.linked:
            is_target = text.starts[0] in self.offsets and self._issue(f"s{text.starts[0]}")
            target = Markup(' id="s{}"').format(text.starts[0]) if is_target else Markup()
            return language + target
        positions = []
        for offset in sorted(self.offsets.intersection(text.starts)):
            before = text.string[: bisect_left(text.starts, offset)]
            positions.append(f"s{offset}:{len(''.join(before.split()))}")
        if not positions:
            return language
        return language + Markup(' data-places="{}"').format(" ".join(positions))

    def language_attribute(self, text: Text) -> Markup:
        """Return the attribute ``lang`` of an element whose text is in another language than the report."""
        from markupsafe import Markup

        if self.language.startswith("en"):
            is_chinese = has_han(text.string) and not is_foreign(text.string)
            return Markup(' lang="zh"') if is_chinese else Markup()
        return Markup(' lang="en"') if is_english_line(text.string) else Markup()

    def markup(self, text: Text, start: int = 0, end: int | None = None) -> Markup:
        """Return the HTML of a part of a text; line feeds become line breaks.

        A link target is an empty element before the first character of its clause.
        """
        stop = len(text) if end is None else end
        return self._html(text, start, stop, self._elements(text, start, stop))

    def cell_markup(self, cell: TableCell) -> Markup:
        """Return the HTML of a table cell, with the blank lines that a form has in it."""
        from markupsafe import Markup

        text = cell.text
        runs = list(self.alignments.runs(text))
        pieces = []
        for run in runs:
            content = markup_with_blank_lines(
                text, cell.blank_lines, self.markup, run.start, run.end
            )
            attribute = _alignment_attribute(run.alignment)
            is_block = len(runs) > 1
            pieces.append(
                Markup("<div{}>{}</div>").format(attribute, content) if is_block else content
            )
        return Markup().join(pieces)

    def _alignment_attribute(self, text: Text) -> Markup:
        return _alignment_attribute(self.alignments.alignment(text))

    def without_note_marks(self, text: Text) -> str:
        """Return a text without the marks of its notes."""
        parts, position = [], 0
        for first, last, _ in sorted(self._note_mark_spans(text)):
            parts.append(text.string[position:first])
            position = last
        return "".join([*parts, text.string[position:]])

    def heading_markup(self, text: Text) -> Markup:
        """Return the HTML of a heading or a header cell, which is not strong if all of it is."""
        return self._html(text, 0, len(text), self._elements(text, 0, len(text), in_heading=True))

    def marked(self, text: Text, start: int = 0, end: int | None = None) -> Markup:
        """Return the HTML of a part of a text that has neither link targets nor note marks."""
        from markupsafe import Markup

        stop = len(text) if end is None else end
        elements = [
            *formula_elements(self.marks, text, start, stop, self.language),
            *mark_elements(self.marks, text, start, stop, in_heading=True),
        ]
        return Markup().join(_pieces(text, start, stop, nest_elements(elements), []))

    def preformatted(self, text: Text) -> Markup:
        """Return the HTML of preformatted text, whose inline marks stay and whose tabs are spaces."""
        from markupsafe import Markup

        expanded = expand_tabs(text)
        elements = [
            *mark_elements(self.marks, expanded, 0, len(expanded)),
            *half_wide_elements(expanded),
        ]
        return Markup().join(_pieces(expanded, 0, len(expanded), nest_elements(elements), []))

    def broken_lines(
        self, texts: Sequence[Text], break_lines: Callable[[str], Sequence[str]]
    ) -> list[Markup]:
        """Return the lines of a title as HTML; ``break_lines`` divides its string."""
        text, position, lines = concatenate(_with_word_spaces(texts)), 0, []
        for line in map(str.strip, break_lines(text.string)):
            start = text.string.index(line, position)
            position = start + len(line)
            elements = self._elements(text, start, position, in_heading=True)
            lines.append(self._html(text, start, position, elements))
        return lines

    def _html(self, text: Text, start: int, stop: int, elements: list[InlineElement]) -> Markup:
        from markupsafe import Markup

        targets = []
        for target in self._target_indices(text):
            inside = (e.end for e in elements if e.whole and e.start < target < e.end)
            if start <= target < stop and self._issue(f"s{text.starts[target]}"):
                targets.append((max(inside, default=target), text.starts[target]))
        pieces = _pieces(text, start, stop, elements, targets)
        return Markup().join(pieces).replace("\n", Markup("<br>"))

    def _target_indices(self, text: Text) -> list[int]:
        """Return the index of each linked clause after the beginning, in order."""
        if not self.linked or not text.string:
            return []
        offsets = self.offsets.intersection(text.starts) - {text.starts[0]}
        return sorted(bisect_left(text.starts, offset) for offset in offsets)

    def _elements(
        self, text: Text, start: int, stop: int, *, in_heading: bool = False
    ) -> list[InlineElement]:
        """Return the elements in a part of a text, nested, outer ones first."""
        references = sorted(self._note_marks(text), key=attrgetter("start"))
        marks = [
            *formula_elements(self.marks, text, start, stop, self.language),
            *mark_elements(
                self.marks,
                text,
                start,
                stop,
                references=[(element.start, element.end) for element in references],
                in_heading=in_heading,
            ),
        ]
        candidates = [element for element in marks if element.whole] + references
        if _LETTER.search(text.string):
            words = [*self._abbreviations(text), *self._other_language(text)]
            candidates += sorted(words, key=attrgetter("start", "end"))
        candidates += [*foreign_elements(text), *ballot_elements(text)]
        accepted: list[InlineElement] = []
        for element in candidates:
            is_inside = start <= element.start and element.end <= stop
            if is_inside and not any(map(element.overlaps, accepted)):
                accepted.append(element)
        if not marks:
            return sorted(accepted, key=attrgetter("start"))
        return nest_elements([*accepted, *(element for element in marks if not element.whole)])

    def _other_language(self, text: Text) -> Iterator[InlineElement]:
        """Yield the words that are in another language than the text around them."""
        if self.language_attribute(text):
            if self.language.startswith("en"):
                yield from english_elements(text)
            return
        if self.language.startswith("en"):
            yield from chinese_elements(text)
        else:
            yield from english_elements(text)

    def _note_mark_spans(self, text: Text) -> Iterator[tuple[int, int, int]]:
        """Yield start, end and offset in the source of each mark of a note, in no order."""
        for offset in self.references.keys() & set(text.starts) if self.references else ():
            length, _ = self.references[offset]
            first = text.starts.index(offset)
            last = first + sum(offset <= start < offset + length for start in text.starts)
            yield first, last, offset

    def _note_marks(self, text: Text) -> Iterator[InlineElement]:
        from markupsafe import Markup

        for first, last, offset in self._note_mark_spans(text):
            _, note = self.references[offset]
            number = text.string[first:last].strip("[]［］〔〕()（）注註")
            identifier = (
                Markup(' id="r{}"').format(offset) if self._issue(f"r{offset}") else Markup()
            )
            start_tag = Markup('<a class="reference"{} href="#n{}" title="{}">').format(
                identifier, note, f"{self.note_label}{number}"
            )
            yield InlineElement(first, last, start_tag, Markup("</a>"))

    def _abbreviations(self, text: Text) -> Iterator[InlineElement]:
        from markupsafe import Markup

        for match in _ABBREVIATION.finditer(text.string):
            if words := expansion(match[0], self.language):
                start_tag = Markup('<abbr title="{}">').format(words)
                yield InlineElement(*match.span(), start_tag, Markup("</abbr>"), INNER_RANK)


def _pieces(
    text: Text,
    start: int,
    stop: int,
    elements: Sequence[InlineElement],
    targets: Sequence[tuple[int, int]],
) -> Iterator[str]:
    """Yield the text, the tags of nested elements, and the link targets, which are index and offset, in order."""
    string, position = text.string, start
    open_elements: list[InlineElement] = []
    remaining = list(targets)
    for element in (*elements, None):
        begin = element.start if element else stop
        while open_elements and open_elements[-1].end <= begin:
            closed = open_elements.pop()
            while remaining and remaining[0][0] < closed.end:
                index, offset = remaining.pop(0)
                yield from (string[position:index], _target(offset))
                position = index
            yield from (string[position : closed.end], closed.end_tag)
            position = closed.end
        while remaining and remaining[0][0] <= begin:
            index, offset = remaining.pop(0)
            yield from (string[position:index], _target(offset))
            position = index
        yield string[position:begin]
        position = begin
        if element:
            yield element.start_tag
            open_elements.append(element)


def _alignment_attribute(alignment: str) -> Markup:
    from markupsafe import Markup

    return Markup(' data-align="{}"').format(alignment) if alignment else Markup()


def _target(offset: int) -> Markup:
    from markupsafe import Markup

    return Markup('<span id="s{}"></span>').format(offset)


def inline_markup_for(
    report: Report, statistics: Statistics, note_label: str, *, linked: bool
) -> InlineMarkup:
    """Return the markup of a report's lines.

    Args:
        report: The report.
        statistics: Its observations and checks, whose clauses are link targets.
        note_label: The word before the number of a note.
        linked: Whether the page has links to the clauses.
    """
    anchors = _heading_anchors(report)
    return InlineMarkup(
        anchors=anchors,
        issued=set(anchors.values()),
        offsets=frozenset(
            (
                *(fact.clause.offset for fact in statistics.observations),
                *(check.clause.offset for check in statistics.checks),
            )
        ),
        linked=linked,
        references={
            mark.offset: (mark.length, note.text.locator.offset)
            for note in report.notes()
            for mark in note.references
        },
        page_notes=frozenset(page_notes(report)),
        language=report.metadata.language,
        note_label=note_label,
        marks=MarkIndex(report.marks),
        alignments=AlignmentIndex(report.alignments),
    )


def _heading_anchors(report: Report) -> dict[int, str]:
    """Return the id of each heading and annex by the identity of its text: ``s`` and its offset, with a number if it is taken."""
    texts = [section.heading.text for section in report.walk()]
    for annex in report.annexes:
        texts.append(annex.start)
        texts += [inner.heading.text for part in annex.sections for inner in part.walk()]
    anchors: dict[int, str] = {}
    counts: Counter[int] = Counter()
    for text in texts:
        offset = text.locator.offset
        counts[offset] += 1
        suffix = f"-{counts[offset]}" if counts[offset] > 1 else ""
        anchors[id(text)] = f"s{offset}{suffix}"
    return anchors


def _with_word_spaces(texts: Sequence[Text]) -> Iterator[Text]:
    """Yield the lines of a title, with a space between two words in Latin letters."""
    last = ""
    for text in texts:
        first = text.string[:1]
        if last.isascii() and last.isalnum() and first.isascii() and first.isalnum():
            yield locate(" ", text.starts[0])
        yield text
        last = text.string[-1:]
