"""The first reading of a Simplified text: words first, then phrases, then characters.

Input: a text. Output: what changes, and the characters that an editor should see. The text is split into
words. A phrase of the dictionaries is used inside a word, or where it is made of whole words; the longest
one wins. A phrase that begins or ends inside a word is used only if the text is about as likely with it as a
word. A character that no phrase decides gets its usual form, or the one that the table of
contexts proves.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from publisher.conversion.contexts import ContextTable
from publisher.conversion.dictionaries import load_tables
from publisher.conversion.engine import (
    Change,
    DefaultForm,
    apply_stage,
    differences,
    match_lengths,
    matches,
)
from publisher.conversion.regional_forms import own_phrases, regional_stage, usual_forms
from publisher.text.opencc_dictionary import read_dictionary
from publisher.text.words import extra_cost, is_word, split_words

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from publisher.conversion.dictionaries import Stage

DOUBT = 0.4
"""A phrase may cross a border of words if it makes the text at most this much dearer (``extra_cost``)."""
TO_SIMPLIFIED = "TSCharacters.txt"
"""The dictionary of characters to Simplified."""
LONGEST_CROSSING = 4
"""Characters of the longest phrase that is looked at where two readings differ."""
MOST_CACHED_WORDS = 100_000
"""With this many words a cache is emptied."""
MOST_CACHED_PAIRS = 100_000
"""With this many pairs of words their cache is emptied."""
NO_CONTEXT = "no phrase decides between its forms"
WEAK_PHRASE = "only a phrase of two words decides between its forms"


class Segment(NamedTuple):
    """A word, or a phrase of whole words, with its conversion."""

    before: str
    after: str
    unsure: tuple[DefaultForm, ...] = ()
    """Its characters that no phrase decides, or only a weak one; offsets are those in the segment."""
    is_weak: bool = False
    """Whether it is a phrase of two words that is no word itself."""


class WordConverter:
    """One configuration from Simplified with the forms of one region; may be shared by threads."""

    def __init__(self, name: str, forms: str) -> None:
        """Load the tables of the configuration ``name`` and the forms of its region.

        Args:
            name: OpenCC's name of the configuration, such as ``s2tw``.
            forms: ``office``, ``standard`` or ``opencc``.

        """
        self._tables = load_tables(name)
        self._first = _first_stage(self._tables.stages)
        self._regional = regional = regional_stage(name, forms)
        later = self._tables.stages[1:]
        self._later: tuple[Stage, ...] = (*later, regional) if regional else later
        self._usual, self._own = usual_forms(), own_phrases()
        self._contexts = ContextTable(self._tables.contexts, self._finish)
        self._words: dict[str, Segment] = {}
        self._phrases: dict[str, Segment] = {}
        self._splits: dict[tuple[str, str], tuple[str, ...]] = {}

    def convert(self, text: str) -> str:
        """Return the text converted."""
        return "".join([segment.after for segment in self.segments(text)])

    def with_regional_forms(self, converted: str) -> str:
        """Return a text that another reader converted with the forms of the offices."""
        return apply_stage(self._regional, converted) if self._regional else converted

    def border_doubt(self, text: str, start: int, end: int) -> float:
        """Return how doubtful the borders of words are at a span that two readings convert differently.

        Returns:
            The extra cost of the likeliest phrase that contains a character of the span and crosses a
            border; infinite if there is no such phrase.

        """
        ends = [0, *accumulate(map(len, split_words(text)))]
        costs = [math.inf]
        for first in range(max(0, start - LONGEST_CROSSING + 1), end):
            for last in range(
                max(first + 2, start + 1), min(first + LONGEST_CROSSING, len(text)) + 1
            ):
                if text[first:last] in self._first.words:
                    window_start = max(border for border in ends if border <= first)
                    window_end = min(border for border in ends if border >= last)
                    if (window_start, window_end) != (first, last):
                        window = text[window_start:window_end]
                        costs.append(extra_cost(window, first - window_start, last - window_start))
        return min(costs)

    def changes(self, text: str) -> tuple[list[Change], list[DefaultForm]]:
        """Return what changes in a text, in order, and the characters that an editor should see."""
        changes: list[Change] = []
        doubts: list[DefaultForm] = []
        end = 0
        for segment in self.segments(text):
            start, end = end, end + len(segment.before)
            before, after = text[start:end], segment.after
            if before != after:
                if len(after) == len(before):
                    changes += differences(before, after, start)
                else:
                    changes.append(Change(start=start, end=end, after=after))
            if segment.unsure:
                doubts += self._unsure_in_context(text, segment, start)
        return changes, doubts

    def segments(self, text: str) -> list[Segment]:
        """Return the words and phrases of a text in order; together they are the whole text."""
        source = text.translate(self._tables.normalization)
        words = self._split(source)
        ends = set(accumulate(map(len, words)))
        prefixes, phrases, known = self._first.prefixes, self._first.words, self._words
        segments: list[Segment] = []
        offset = end = 0
        for word in words:
            start, end = end, end + len(word)
            if start < offset:
                continue
            longer = prefixes.get(source[start : start + 2], 0) >> len(word) + 1
            if longer:
                for length in match_lengths(longer << len(word) + 1):
                    stop = start + length
                    if stop in ends and source[start:stop] in phrases:
                        segments.append(self._phrase(source[start:stop]))
                        offset = stop
                        break
            if offset <= start:
                segments.append(known.get(word) or self._word(word))
        return segments

    def _split(self, source: str) -> list[str]:
        """Return the words of a text, and phrases across their borders where the borders are in doubt."""
        words = split_words(source)
        splits, phrases = self._splits, self._first.words
        open_pairs = [
            (index, pair) for index, pair in enumerate(pairwise(words)) if splits.get(pair) != ()
        ]
        for index, pair in reversed(open_pairs):
            if tuple(words[index : index + 2]) != pair:
                continue
            split = splits.get(pair)
            if split is None:
                if len(splits) >= MOST_CACHED_PAIRS:
                    splits.clear()
                split = splits[pair] = _split_in_doubt(*pair, phrases)
            if split:
                words[index : index + 2] = split
        return words

    def _word(self, word: str) -> Segment:
        """Return a word with its conversion, and remember it."""
        after: list[str] = []
        unsure: list[DefaultForm] = []
        for start, end, is_phrase in matches(word, self._first.prefixes, self._first.words):
            if is_phrase:
                after.append(self._finish(self._first.words[word[start:end]]))
                continue
            forms = "".join(self._character(word, index) for index in range(start, end))
            after.append(self._finish(forms))
            if len(after[-1]) == end - start:
                unsure += (
                    doubt
                    for doubt in self._unsure(word[start:end], after[-1], start, NO_CONTEXT)
                    if not self._is_sure(word[doubt.offset], alone=len(word) == 1)
                )
        return _remember(self._words, word, Segment(word, "".join(after), tuple(unsure)))

    def _phrase(self, phrase: str) -> Segment:
        """Return a phrase of whole words with its conversion, and remember it."""
        segment = self._phrases.get(phrase)
        if segment:
            return segment
        after = self._finish(self._first.words[phrase])
        unsure: tuple[DefaultForm, ...] = ()
        if len(phrase) == len(after) == 2 and not (is_word(phrase) or phrase in self._own):
            usual = self._finish("".join(self._character(character, 0) for character in phrase))
            unsure = tuple(
                doubt
                for doubt in self._unsure(phrase, after, 0, WEAK_PHRASE)
                if usual[doubt.offset] != doubt.after
            )
        return _remember(self._phrases, phrase, Segment(phrase, after, unsure, bool(unsure)))

    def _character(self, word: str, index: int) -> str:
        """Return the form of a character that no phrase decides, in the dictionaries' standard."""
        before = word[index]
        default = self._first.characters.get(ord(before), before)
        if before not in self._tables.choices:
            return default
        usual = self._usual.get(before)
        if usual and (not usual.only_alone or len(word) == 1):
            default = usual.form
        left = word[index - 1] if index else ""
        return (
            self._contexts.other_form(before, default, left, word[index + 1 : index + 2]) or default
        )

    def _unsure(self, before: str, after: str, start: int, reason: str) -> Iterator[DefaultForm]:
        """Yield the characters of a span that have several forms in the target and are often another."""
        for index, character in enumerate(before):
            choices = self._tables.choices.get(character, ())
            forms = tuple(dict.fromkeys(map(self._finish, choices)))
            if len(forms) > 1 and (
                character in self._usual or self._contexts.is_variable(character, after[index])
            ):
                yield DefaultForm(
                    offset=start + index, after=after[index], forms=forms, reason=reason
                )

    def _is_sure(self, character: str, *, alone: bool) -> bool:
        """Return whether a character that no phrase decides has its usual form without doubt."""
        usual = self._usual.get(character)
        return usual is not None and usual.is_sure and (alone or not usual.only_alone)

    def _unsure_in_context(self, text: str, segment: Segment, start: int) -> Iterator[DefaultForm]:
        """Yield the unsure characters of a segment that their neighbours do not settle."""
        for doubt in segment.unsure:
            index, position = doubt.offset, start + doubt.offset
            if not segment.is_weak:
                word = segment.before
                inside = (word[index - 1] if index else "", word[index + 1 : index + 2])
                near = (text[position - 1] if position else "", text[position + 1 : position + 2])
                if self._contexts.settle(word[index], doubt.after, near, inside):
                    continue
            yield replace(doubt, offset=position)

    def _finish(self, text: str) -> str:
        """Return a text in the dictionaries' standard with the forms of the region."""
        for stage in self._later:
            text = apply_stage(stage, text)
        return text


def _remember(cache: dict[str, Segment], key: str, segment: Segment) -> Segment:
    """Return a segment, and store it in a cache of bounded size."""
    if len(cache) >= MOST_CACHED_WORDS:
        cache.clear()
    cache[key] = segment
    return segment


def _first_stage(stages: tuple[Stage, ...]) -> Stage:
    """Return the first stage with the phrases of this project, and with those of the later stages.

    A later stage sees a word or phrase at a time; its own phrases of several words are found only as phrases
    of the first stage.
    """
    first, *later = stages
    words, prefixes = dict(first.words), dict(first.prefixes)
    to_simplified = {ord(key): forms[0] for key, forms in read_dictionary(TO_SIMPLIFIED).items()}
    added = own_phrases()
    for stage in later:
        for phrase in stage.words:
            for source in (phrase, phrase.translate(to_simplified)):
                if source not in words and source.translate(first.characters) == phrase:
                    added.setdefault(source, phrase)
    for phrase, form in added.items():
        words[phrase] = form
        prefixes[phrase[:2]] = prefixes.get(phrase[:2], 0) | 1 << len(phrase)
    return replace(first, words=words, prefixes=prefixes)


def _split_in_doubt(left: str, right: str, phrases: Container[str]) -> tuple[str, ...]:
    """Return two words split at a phrase across their border if that is about as likely; else nothing."""
    text, border = left + right, len(left)
    for start in range(border):
        for end in range(len(text), border, -1):
            if (
                (start or end < len(text))
                and text[start:end] in phrases
                and extra_cost(text, start, end) <= DOUBT
            ):
                return (*split_words(text[:start]), text[start:end], *split_words(text[end:]))
    return ()


@cache
def shared_word_converter(name: str, forms: str) -> WordConverter:
    """Return the converter of a configuration and its forms; there is one for the process."""
    return WordConverter(name, forms)
