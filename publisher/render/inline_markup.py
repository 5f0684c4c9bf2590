"""What stands inside a line of the report: places, marks of notes, abbreviations, other languages.

Enters: a text of the report. Leaves: HTML in which no character is added or lost. A place is called by
its offset in the source.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
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
"""What tells English from names in pinyin: at least one of these, beside two other words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inline:
    """Where in the report's lines something stands that an element must say."""

    offsets: frozenset[int] = frozenset()
    """The clauses of which somebody asks on what page they are."""
    linked: bool = True
    """Whether links lead to them, which then are elements."""
    references: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """By the offset of a mark, its length and the offset of its note."""
    language: str = "zh-Hans"
    told: str = ""
    """What the link of a mark says before the mark itself."""

    def opening(self, text: Text) -> Markup:
        """Return an attribute that names the places in an element that begins with ``text``.

        It is an id for the beginning that is linked to. Places without links are told with how many
        characters, white space not counted, stand before each.
        """
        from markupsafe import Markup

        if not text.string or not self.offsets:
            return Markup()
        if self.linked:
            begins = text.starts[0] in self.offsets
            return Markup(' id="s{}"').format(text.starts[0]) if begins else Markup()
        told = []
        for offset in sorted(self.offsets.intersection(text.starts)):
            before = text.string[: bisect_left(text.starts, offset)]
            told.append(f"s{offset}:{len(''.join(before.split()))}")
        return Markup(' data-places="{}"').format(" ".join(told)) if told else Markup()

    def marked(self, text: Text, start: int = 0, end: int | None = None) -> Markup:
        """Return a part of a text with its elements; lines of a table's cell stay lines.

        A place is an empty element before the first character of its clause, on whose line and page it is.
        """
        from markupsafe import Markup

        stop = len(text) if end is None else end
        parts, done = [], start
        places = self._places(text)
        for begin, finish, opening, closing in (*self._wraps(text, start, stop), _END):
            while places and places[0] <= begin:
                at = places.pop(0)
                if done <= at < stop:
                    parts += [text.string[done:at], _place(text.starts[at])]
                    done = at
            if opening:
                parts += [text.string[done:begin], opening, text.string[begin:finish], closing]
                done = finish
                while places and places[0] < finish:
                    parts.append(_place(text.starts[places.pop(0)]))
        return Markup().join([*parts, text.string[done:stop]]).replace("\n", Markup("<br>"))

    def _places(self, text: Text) -> list[int]:
        """Return the index of each clause inside which is linked to, in order."""
        wanted = self.offsets.intersection(text.starts[1:]) if self.linked else ()
        return sorted(bisect_left(text.starts, offset) for offset in wanted)

    def _wraps(
        self, text: Text, start: int, stop: int
    ) -> Iterator[tuple[int, int, Markup, Markup]]:
        """Yield what is to be an element, in order, none inside another."""
        done = start
        found = [*self._marks(text)]
        if _LETTER.search(text.string):
            found += [*self._abbreviations(text), *_english(text)]
        for begin, end, opening, closing in sorted(found, key=lambda one: one[:2]):
            if done <= begin and end <= stop:
                yield begin, end, opening, closing
                done = end

    def _marks(self, text: Text) -> Iterator[tuple[int, int, Markup, Markup]]:
        from markupsafe import Markup

        for offset in self.references.keys() & set(text.starts) if self.references else ():
            length, note = self.references[offset]
            begin = text.starts.index(offset)
            end = begin + sum(offset <= place < offset + length for place in text.starts)
            opening = Markup('<a class="reference" id="r{}" href="#n{}" title="{}">').format(
                offset, note, f"{self.told}{text.string[begin:end].strip('[]［］〔〕()（）注註')}"
            )
            yield begin, end, opening, Markup("</a>")

    def _abbreviations(self, text: Text) -> Iterator[tuple[int, int, Markup, Markup]]:
        from markupsafe import Markup

        for match in _ABBREVIATION.finditer(text.string):
            if words := expansion(match[0], self.language):
                yield *match.span(), Markup('<abbr title="{}">').format(words), Markup("</abbr>")


_END: tuple[int, int, str, str] = (1 << 62, 1 << 62, "", "")


def _place(offset: int) -> Markup:
    from markupsafe import Markup

    return Markup('<span id="s{}"></span>').format(offset)


def _english(text: Text) -> Iterator[tuple[int, int, Markup, Markup]]:
    from markupsafe import Markup

    for match in _ENGLISH.finditer(text.string):
        words = re.findall(r"[A-Za-z]+", match["words"].lower())
        if len(words) > 2 and not _ENGLISH_WORDS.isdisjoint(words):
            yield *match.span("words"), Markup('<span lang="en">'), Markup("</span>")


def inline_of(report: Report, statistics: Statistics, told: str, *, linked: bool) -> Inline:
    """Return what stands in a report's lines; ``told`` is the word for a note."""
    return Inline(
        offsets=frozenset(
            (
                *(one.clause.offset for one in statistics.observations),
                *(one.clause.offset for one in statistics.checks),
            )
        ),
        linked=linked,
        references={
            mark.offset: (mark.length, note.text.locator.offset)
            for note in report.notes()
            for mark in note.references
        },
        language=report.metadata.language,
        told=told,
    )
