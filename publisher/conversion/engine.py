"""The conversion engine: longest match, segment by segment, over OpenCC's dictionaries.

Input: a text and the name of a configuration. Output: the converted text, or the changed spans with
their offsets and the characters that were converted by default because no word around them decides
between their forms. The algorithm is that of OpenCC 1.4: characters are normalised, forward longest
match splits the text into segments, and every segment passes through the stages of the configuration.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from publisher.conversion.contexts import ContextTable
from publisher.conversion.dictionaries import load_tables

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from publisher.conversion.dictionaries import Stage


LONGEST_CACHED_SEGMENT = 8
"""Segments of up to this many characters are cached with their conversion."""
MOST_CACHED_SEGMENTS = 100_000
"""With this many segments the cache is emptied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A span of a text and what it becomes."""

    start: int
    end: int
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultForm:
    """A character with several forms, which was converted to the first."""

    offset: int
    after: str
    forms: tuple[str, ...]
    """All its forms, the one that was used included."""
    reason: str = "no word around it decides"
    """Why an editor should see it."""


class Converter:
    """One configuration; may be shared, since it stores nothing but a cache of segments."""

    def __init__(self, name: str) -> None:
        """Load the tables of the configuration ``name``."""
        self._tables = load_tables(name)
        first = self._tables.stages[0]
        self._prefixes: Mapping[str, int] = self._tables.segment_prefixes or first.prefixes
        self._words: Container[str] = self._tables.segment_words or first.words
        self._contexts = ContextTable(self._tables.contexts, str)
        self._cache: dict[str, str] = {}

    def convert(self, text: str) -> str:
        """Return the text converted."""
        return "".join(after for _, _, after, _ in self._segments(text))

    def changes(self, text: str) -> tuple[list[Change], list[DefaultForm]]:
        """Return what changes in a text, in order, and the characters converted by default."""
        changes: list[Change] = []
        defaults: list[DefaultForm] = []
        for start, end, after, is_word in self._segments(text):
            before = text[start:end]
            if not is_word:
                defaults += self._default_forms(text, before, after, start)
            if len(after) == end - start:
                changes += differences(before, after, start)
            elif after != before:
                changes += self._changes_of_length(before, start)
        return changes, defaults

    def _changes_of_length(self, segment: str, offset: int) -> Iterator[Change]:
        """Yield the changes of a segment whose length only the last stage alters."""
        *earlier, last = self._tables.stages
        current = segment
        for stage in earlier:
            current = apply_stage(stage, current)
        if len(current) != len(segment):
            after = self._convert_segment(segment)
            yield Change(start=offset, end=offset + len(segment), after=after)
            return
        for start, end, is_word in matches(current, last.prefixes, last.words):
            part, before = current[start:end], segment[start:end]
            if is_word:
                yield Change(start=offset + start, end=offset + end, after=last.words[part])
            else:
                yield from differences(before, part.translate(last.characters), offset + start)

    def _segments(self, text: str) -> Iterator[tuple[int, int, str, bool]]:
        """Yield start, end, conversion, and whether it is a word of the dictionary, of each segment."""
        source = text.translate(self._tables.normalization)
        for start, end, is_word in matches(source, self._prefixes, self._words):
            segment = source[start:end]
            after = self._cache.get(segment)
            yield start, end, self._convert_segment(segment) if after is None else after, is_word

    def _convert_segment(self, segment: str) -> str:
        after = segment
        for stage in self._tables.stages:
            after = apply_stage(stage, after)
        if len(segment) <= LONGEST_CACHED_SEGMENT:
            if len(self._cache) >= MOST_CACHED_SEGMENTS:
                self._cache.clear()
            self._cache[segment] = after
        return after

    def _default_forms(
        self, text: str, before: str, after: str, start: int
    ) -> Iterator[DefaultForm]:
        """Yield the characters between words that often have another form, if their neighbours do not settle it."""
        choices, contexts = self._tables.choices, self._contexts
        if choices.keys().isdisjoint(before) or len(before) != len(after):
            return
        for index, character in enumerate(before):
            if character in choices and contexts.is_variable(character, after[index]):
                position = start + index
                near = (text[position - 1] if position else "", text[position + 1 : position + 2])
                if not contexts.settle(character, after[index], near, ("", "")):
                    yield DefaultForm(offset=position, after=after[index], forms=choices[character])


def matches(
    text: str, prefixes: Mapping[str, int], words: Container[str]
) -> Iterator[tuple[int, int, bool]]:
    """Yield start, end, and whether it is a word, of the words in a text and of what is between them.

    The words are found by forward longest match.
    """
    offset = end_of_last = 0
    length_of_text = len(text)
    while offset < length_of_text - 1:
        mask = prefixes.get(text[offset : offset + 2])
        if mask is not None:
            for length in match_lengths(mask):
                if offset + length <= length_of_text and text[offset : offset + length] in words:
                    if offset > end_of_last:
                        yield end_of_last, offset, False
                    offset += length
                    yield offset - length, offset, True
                    end_of_last = offset
                    break
            else:
                offset += 1
        else:
            offset += 1
    if end_of_last < length_of_text:
        yield end_of_last, length_of_text, False


def apply_stage(stage: Stage, segment: str) -> str:
    """Return a segment after one stage."""
    if len(segment) == 1 or not stage.words:
        return segment.translate(stage.characters)
    parts = [
        stage.words[segment[start:end]]
        if is_word
        else segment[start:end].translate(stage.characters)
        for start, end, is_word in matches(segment, stage.prefixes, stage.words)
    ]
    return "".join(parts)


def differences(before: str, after: str, offset: int) -> Iterator[Change]:
    """Yield the spans in which two strings of equal length differ; ``before`` begins at ``offset``."""
    if before == after:
        return
    start = None
    for index, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new and start is None:
            start = index
        elif old == new and start is not None:
            yield Change(start=offset + start, end=offset + index, after=after[start:index])
            start = None
    if start is not None:
        yield Change(start=offset + start, end=offset + len(before), after=after[start:])


@cache
def match_lengths(mask: int) -> tuple[int, ...]:
    """Return the lengths whose bits are set in a mask, the longest first."""
    return tuple(length for length in range(mask.bit_length() - 1, 1, -1) if mask >> length & 1)


@cache
def shared_converter(name: str) -> Converter:
    """Return the converter of a configuration; there is one for the process."""
    return Converter(name)
