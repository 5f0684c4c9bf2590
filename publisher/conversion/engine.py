"""The conversion engine: longest match, segment by segment, over OpenCC's dictionaries.

Enters: a text and a configuration's name. Leaves: what it becomes, and for each stretch that
changed where it stood; and the characters that were settled by default, since no word around them
said which of several they are. Serves the algorithm of OpenCC 1.4: characters normalised, the text
parted into segments by forward longest match, every segment taken through the stages.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from publisher.conversion.dictionaries import tables

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from publisher.conversion.dictionaries import Stage


REMEMBERED = 8
MOST_REMEMBERED = 100_000
"""Segments up to this length are kept with what became of them, so many at the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A stretch of a text that becomes another."""

    start: int
    end: int
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Default:
    """A character that could have become another, and was settled by default."""

    place: int
    after: str
    others: tuple[str, ...]


class Converter:
    """One configuration; safe to share, since it keeps nothing of what it converts but words."""

    def __init__(self, name: str) -> None:
        """Load the configuration's tables."""
        self._tables = tables(name)
        first = self._tables.stages[0]
        self._heads: Mapping[str, int] = self._tables.segments or first.heads
        self._words: Container[str] = self._tables.segment_words or first.words
        self._known: dict[str, str] = {}

    def convert(self, text: str) -> str:
        """Return the text converted."""
        return "".join(after for _, _, after, _ in self._pieces(text))

    def changes(self, text: str) -> tuple[list[Change], list[Default]]:
        """Return what changes in a text, in order, and what was settled by default."""
        changed: list[Change] = []
        defaults: list[Default] = []
        for start, end, after, word in self._pieces(text):
            before = text[start:end]
            if not word:
                defaults += self._defaults(before, after, start)
            if len(after) == end - start:
                changed += _runs(before, after, start)
            elif after != before:
                changed += self._parts(before, start)
        return changed, defaults

    def words(self, text: str) -> list[Change]:
        """Return the words of the last stage: what is exchanged as a whole."""
        found: list[Change] = []
        for start, end, _, _ in self._pieces(text):
            found += self._parts(text[start:end], start, words_only=True)
        return found

    def _parts(self, segment: str, offset: int, *, words_only: bool = False) -> Iterator[Change]:
        """Yield the changes of a segment whose length the last stage alone alters."""
        *earlier, last = self._tables.stages
        current = segment
        for stage in earlier:
            current = _apply(stage, current)
        if len(current) != len(segment):
            yield Change(start=offset, end=offset + len(segment), after=self._through(segment))
            return
        for start, end, word in _matches(current, last.heads, last.words):
            piece, before = current[start:end], segment[start:end]
            if word:
                yield Change(start=offset + start, end=offset + end, after=last.words[piece])
            elif not words_only:
                yield from _runs(before, piece.translate(last.characters), offset + start)

    def _pieces(self, text: str) -> Iterator[tuple[int, int, str, bool]]:
        """Yield start, end, what becomes of it, and whether it is a word, piece by piece."""
        source = text.translate(self._tables.normalization)
        for start, end, word in _matches(source, self._heads, self._words):
            piece = source[start:end]
            after = self._known.get(piece)
            yield start, end, self._through(piece) if after is None else after, word

    def _through(self, segment: str) -> str:
        after = segment
        for stage in self._tables.stages:
            after = _apply(stage, after)
        if len(segment) <= REMEMBERED:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[segment] = after
        return after

    def _defaults(self, before: str, after: str, start: int) -> Iterator[Default]:
        choices = self._tables.choices
        if choices.keys().isdisjoint(before) or len(before) != len(after):
            return
        for place, character in enumerate(before):
            if character in choices:
                yield Default(place=start + place, after=after[place], others=choices[character])


def _matches(
    text: str, heads: Mapping[str, int], words: Container[str]
) -> Iterator[tuple[int, int, bool]]:
    """Yield the words of a text by forward longest match, and what lies between them."""
    place = done = 0
    whole = len(text)
    while place < whole - 1:
        mask = heads.get(text[place : place + 2])
        if mask is not None:
            for length in _lengths(mask):
                if place + length <= whole and text[place : place + length] in words:
                    if place > done:
                        yield done, place, False
                    place += length
                    yield place - length, place, True
                    done = place
                    break
            else:
                place += 1
        else:
            place += 1
    if done < whole:
        yield done, whole, False


def _apply(stage: Stage, segment: str) -> str:
    if len(segment) == 1 or not stage.words:
        return segment.translate(stage.characters)
    parts = [
        stage.words[segment[start:end]] if word else segment[start:end].translate(stage.characters)
        for start, end, word in _matches(segment, stage.heads, stage.words)
    ]
    return "".join(parts)


def _runs(before: str, after: str, offset: int) -> Iterator[Change]:
    """Yield the stretches in which two strings of one length differ."""
    if before == after:
        return
    begin = None
    for place, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new and begin is None:
            begin = place
        elif old == new and begin is not None:
            yield Change(start=offset + begin, end=offset + place, after=after[begin:place])
            begin = None
    if begin is not None:
        yield Change(start=offset + begin, end=offset + len(before), after=after[begin:])


@cache
def _lengths(mask: int) -> tuple[int, ...]:
    """Return the lengths that a mask names, the longest first."""
    return tuple(length for length in range(mask.bit_length() - 1, 1, -1) if mask >> length & 1)


@cache
def converter(name: str) -> Converter:
    """Return the converter of a configuration, one a process."""
    return Converter(name)
