"""The markup inside a line of the report: link targets, note marks, abbreviations, text in English.

Input: a text of the report. Output: HTML in which no character is added or lost. The id of a link target is ``s`` and
its offset in the source.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

from publisher.render.abbreviations import expansion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markupsafe import Markup

    from publisher.model import Report, Statistics, Text

_LETTER = re.compile("[A-Za-z]")
_ABBREVIATION = re.compile(r"(?<![A-Za-z0-9.@/_-])[A-Z][A-Z0-9]{1,4}(?![A-Za-z0-9.@/_-])")
_ENGLISH = re.compile(
    r"(?<![A-Za-z'’-])['’-]*+(?P<words>[A-Za-z][A-Za-z'’-]*+(?:(?:, ?| )[A-Za-z][A-Za-z'’-]*+)+)"
)
_ENGLISH_WORDS = frozenset("a an and as at by for from in is of on or the to with".split())
"""English text has one of these words among at least three; names in pinyin have none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineMarkup:
    """The link targets and note marks in the lines of a report."""

    offsets: frozenset[int] = frozenset()
    """The clauses whose page number is needed, by offset in the source."""
    linked: bool = True
    """Whether links lead to them; they then need an element with an id."""
    references: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """The length of each note mark and the offset of its note, by the offset of the mark."""
    language: str = "zh-Hans"
    note_label: str = ""
    """The word before the number of a note in the title of its link."""

    def start_attributes(self, text: Text) -> Markup:
        """Return the attribute for an element whose text is ``text``; empty if it needs none.

        If clauses are linked, it is an id for a clause at the beginning. Otherwise it is ``data-places``: the id of each clause
        in the element, with the number of characters before it, white space not counted.
        """
        from markupsafe import Markup

        if not text.string or not self.offsets:
            return Markup()
        if self.linked:
            is_target = text.starts[0] in self.offsets
            return Markup(' id="s{}"').format(text.starts[0]) if is_target else Markup()
        positions = []
        for offset in sorted(self.offsets.intersection(text.starts)):
            before = text.string[: bisect_left(text.starts, offset)]
            positions.append(f"s{offset}:{len(''.join(before.split()))}")
        return Markup(' data-places="{}"').format(" ".join(positions)) if positions else Markup()

    def markup(self, text: Text, start: int = 0, end: int | None = None) -> Markup:
        """Return the HTML of a part of a text; line feeds become line breaks.

        A link target is an empty element before the first character of its clause.
        """
        from markupsafe import Markup

        stop = len(text) if end is None else end
        parts, position = [], start
        targets = self._target_indices(text)
        for first, last, start_tag, end_tag in (*self._elements(text, start, stop), _END):
            while targets and targets[0] <= first:
                target = targets.pop(0)
                if position <= target < stop:
                    parts += [text.string[position:target], _target(text.starts[target])]
                    position = target
            if start_tag:
                content = text.string[first:last]
                parts += [text.string[position:first], start_tag, content, end_tag]
                position = last
                while targets and targets[0] < last:
                    parts.append(_target(text.starts[targets.pop(0)]))
        return Markup().join([*parts, text.string[position:stop]]).replace("\n", Markup("<br>"))

    def _target_indices(self, text: Text) -> list[int]:
        """Return the index of each linked clause after the beginning, in order."""
        offsets = self.offsets.intersection(text.starts[1:]) if self.linked else ()
        return sorted(bisect_left(text.starts, offset) for offset in offsets)

    def _elements(
        self, text: Text, start: int, stop: int
    ) -> Iterator[tuple[int, int, Markup, Markup]]:
        """Yield start, end, start tag and end tag of each element, in order and without overlaps."""
        position = start
        elements = [*self._note_marks(text)]
        if _LETTER.search(text.string):
            elements += [*self._abbreviations(text), *_english(text)]
        for first, last, start_tag, end_tag in sorted(elements, key=itemgetter(0, 1)):
            if position <= first and last <= stop:
                yield first, last, start_tag, end_tag
                position = last

    def _note_marks(self, text: Text) -> Iterator[tuple[int, int, Markup, Markup]]:
        from markupsafe import Markup

        for offset in self.references.keys() & set(text.starts) if self.references else ():
            length, note = self.references[offset]
            first = text.starts.index(offset)
            last = first + sum(offset <= start < offset + length for start in text.starts)
            number = text.string[first:last].strip("[]［］〔〕()（）注註")
            start_tag = Markup('<a class="reference" id="r{}" href="#n{}" title="{}">').format(
                offset, note, f"{self.note_label}{number}"
            )
            yield first, last, start_tag, Markup("</a>")

    def _abbreviations(self, text: Text) -> Iterator[tuple[int, int, Markup, Markup]]:
        from markupsafe import Markup

        for match in _ABBREVIATION.finditer(text.string):
            if words := expansion(match[0], self.language):
                yield *match.span(), Markup('<abbr title="{}">').format(words), Markup("</abbr>")


_END: tuple[int, int, str, str] = (1 << 62, 1 << 62, "", "")
"""An element after all others, so that the loop places the targets before it."""


def _target(offset: int) -> Markup:
    from markupsafe import Markup

    return Markup('<span id="s{}"></span>').format(offset)


def _english(text: Text) -> Iterator[tuple[int, int, Markup, Markup]]:
    from markupsafe import Markup

    for match in _ENGLISH.finditer(text.string):
        words = re.findall(r"[A-Za-z]+", match["words"].lower())
        if len(words) > 2 and not _ENGLISH_WORDS.isdisjoint(words):
            yield *match.span("words"), Markup('<span lang="en">'), Markup("</span>")


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
    return InlineMarkup(
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
        language=report.metadata.language,
        note_label=note_label,
    )
