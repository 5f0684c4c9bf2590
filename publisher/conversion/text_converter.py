"""Conversion of the texts of a source one after another, with notes for an editor.

Input: a text. Output: the text converted. The converter collects the edits, and what was protected,
decided by a glossary, or ambiguous, for the record.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from publisher.conversion.engine import DefaultForm, shared_converter
from publisher.conversion.glossary import disputed_words, project_glossary
from publisher.conversion.quotes import convert_quotation_marks
from publisher.conversion.second_reading import second_reading
from publisher.conversion.segmentation import ConversionPlan
from publisher.conversion.unconverted_spans import find_unconverted
from publisher.conversion.word_converter import shared_word_converter
from publisher.model import Ambiguity, WordChange
from publisher.text.edits import Replacement, apply_edits
from publisher.text.words import fits_words, split_words

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from publisher.conversion.glossary import Glossary
    from publisher.conversion.recorded_words import RecordedWords
    from publisher.conversion.segmentation import Piece
    from publisher.model import Edit, Text
    from publisher.options import ConversionOptions

QUOTATION_MARKS = "quotation-marks"
LISTED_DOUBT = 4.0
"""A disagreement of the readings is listed if its ``border_doubt`` is at most this."""
VOCABULARY_NOTES = {"s2tw": "Taiwan's word", "s2hk": "Hong Kong's word"}


@dataclass(slots=True)
class ConversionNotes:
    """What an editor should know about a conversion."""

    glossary: list[WordChange] = field(default_factory=list)
    """Words that a glossary decided."""
    vocabulary: list[WordChange] = field(default_factory=list)
    """Words that were exchanged for those of another region."""
    ambiguous: dict[tuple[str, ...], list[Ambiguity]] = field(default_factory=dict)
    """Characters and words that could have become something else, by the text at their places."""
    unpaired: list[int] = field(default_factory=list)
    """Offsets of quotation marks without a counterpart."""

    def add_ambiguity(self, ambiguity: Ambiguity, surroundings: str) -> None:
        """Add a place; those with the same text around them are one entry."""
        key = (ambiguity.before, ambiguity.after, ambiguity.reason, surroundings)
        self.ambiguous.setdefault(key, []).append(ambiguity)

    def ambiguities(self) -> tuple[Ambiguity, ...]:
        """Return the entries in the order of their first places."""
        entries = []
        for alike in self.ambiguous.values():
            first, *others = sorted(alike, key=lambda ambiguity: ambiguity.offset)
            entries.append(replace(first, more=tuple(other.offset for other in others)))
        return tuple(sorted(entries, key=lambda entry: entry.offset))


class TextConverter:
    """Converts one text after another, and collects edits and notes."""

    def __init__(
        self,
        options: ConversionOptions,
        configuration: str,
        base_configuration: str,
        user_glossary: Glossary | RecordedWords | None,
    ) -> None:
        """Prepare for a configuration.

        Args:
            options: The wanted script, and the names to leave unchanged.
            configuration: OpenCC's name of the configuration.
            base_configuration: The same without an exchange of words.
            user_glossary: The glossary of ``--glossary``, or the words that it replaced in an earlier conversion.

        """
        self.edits: list[Edit] = []
        self.notes = ConversionNotes()
        self._options = options
        self._configuration = configuration
        self._base_configuration = base_configuration
        self._plan = ConversionPlan(
            configuration=configuration,
            base_configuration=base_configuration,
            names=options.names,
            user_glossary=user_glossary,
            project_glossary=project_glossary(options.script),
        )

    @property
    def protected(self) -> Iterable[str]:
        """Return what stayed unchanged, or was converted character by character."""
        return self._plan.protected

    def convert(self, text: Text) -> Text:
        """Return a text converted: words first, quotation marks last."""
        words: list[Replacement] = []
        for piece in self._plan.pieces(text):
            if piece.configuration:
                words += self._convert_piece(text, piece)
            elif piece.rule:
                words.append(self._replace_by_glossary(text, piece))
        converted, edits = apply_edits(text, words, stage="convert", rule=self._configuration)
        self.edits += edits
        marks = self._quotation_marks(converted)
        converted, edits = apply_edits(converted, marks, stage="convert", rule=QUOTATION_MARKS)
        self.edits += edits
        return converted

    def _quotation_marks(self, text: Text) -> list[Replacement]:
        """Return the replacements of quotation marks; note those without a counterpart."""
        marks: list[Replacement] = []
        line_start = 0
        unconverted = {
            offset
            for span in find_unconverted(text.string, self._options.names)
            for offset in range(span.start, span.end)
        }
        for line in text.lines():
            line_end = line_start + len(line)
            ignored = {
                offset - line_start for offset in unconverted if line_start <= offset < line_end
            }
            quotation_marks = convert_quotation_marks(line.string, self._options.script, ignored)
            marks += [
                Replacement(
                    start=line_start + offset,
                    end=line_start + offset + 1,
                    after=mark,
                    reason="the quotation marks of the region",
                )
                for offset, mark in quotation_marks.changes
            ]
            self.notes.unpaired += [line.starts[offset] for offset in quotation_marks.unpaired]
            line_start = line_end + 1
        return marks

    def _replace_by_glossary(self, text: Text, piece: Piece) -> Replacement:
        before = text.string[piece.start : piece.end]
        self.notes.glossary.append(
            WordChange(
                offset=text.starts[piece.start], before=before, after=piece.after, note=piece.note
            )
        )
        return Replacement(
            start=piece.start,
            end=piece.end,
            after=piece.after,
            reason=f"{piece.rule}: {piece.note}",
        )

    def _convert_piece(self, text: Text, piece: Piece) -> Iterator[Replacement]:
        """Convert line by line, so that each change has its offset; note what is ambiguous."""
        from_simplified = self._base_configuration.startswith("s2")
        for line in _lines(text.string, piece.start, piece.end):
            string = text.string[line.start : line.stop]
            converter = (
                shared_word_converter(piece.configuration, self._options.forms)
                if from_simplified
                else shared_converter(piece.configuration)
            )
            changes, doubts = converter.changes(string)
            for change in changes:
                yield Replacement(
                    start=line.start + change.start,
                    end=line.start + change.end,
                    after=change.after,
                    reason=piece.configuration,
                )
            if from_simplified:
                doubts += self._disagreements(string, {doubt.offset for doubt in doubts})
                self._note_disputed_words(text, line)
            for doubt in doubts:
                self._note_doubt(text, line.start, doubt)
            if piece.configuration != self._base_configuration:
                self._note_exchanged_words(text, line)

    def _note_doubt(self, text: Text, start: int, doubt: DefaultForm) -> None:
        offset = start + doubt.offset
        end = offset + len(doubt.after)
        ambiguity = Ambiguity(
            offset=text.starts[offset],
            before=text.string[offset:end],
            after=doubt.after,
            reason=doubt.reason,
            alternatives=doubt.forms,
        )
        surroundings = text.string[max(0, offset - 1) : offset] + "|" + text.string[end : end + 1]
        self.notes.add_ambiguity(ambiguity, surroundings)

    def _disagreements(self, string: str, known: Container[int]) -> Iterator[DefaultForm]:
        """Yield where the second reading is another one and the borders of words are in doubt."""
        converter = shared_word_converter(self._base_configuration, self._options.forms)
        first = converter.convert(string)
        second = converter.with_regional_forms(second_reading(self._base_configuration)(string))
        if first == second or not len(first) == len(second) == len(string):
            return
        for start, end in _differing_spans(first, second):
            if start not in known and converter.border_doubt(string, start, end) <= LISTED_DOUBT:
                yield DefaultForm(
                    offset=start,
                    after=first[start:end],
                    forms=(first[start:end], second[start:end]),
                    reason="where a word ends is in doubt",
                )

    def _note_exchanged_words(self, text: Text, line: range) -> None:
        string = text.string[line.start : line.stop]
        base = shared_word_converter(self._base_configuration, self._options.forms)
        converter = shared_word_converter(self._configuration, self._options.forms)
        end = 0
        for segment in converter.segments(string):
            start, end = end, end + len(segment.before)
            before = string[start:end]
            if segment.after != base.convert(before):
                self.notes.vocabulary.append(
                    WordChange(
                        offset=text.starts[line.start + start],
                        before=before,
                        after=segment.after,
                        note=VOCABULARY_NOTES[self._base_configuration],
                    )
                )

    def _note_disputed_words(self, text: Text, line: range) -> None:
        string = text.string[line.start : line.stop]
        converter = shared_word_converter(self._base_configuration, self._options.forms)
        borders: set[int] = set()
        for word, (forms, note) in disputed_words(self._options.script).items():
            offset = string.find(word)
            while offset >= 0:
                end = offset + len(word)
                borders = borders or {0, *accumulate(map(len, split_words(string)))}
                if fits_words(offset, end, borders):
                    ambiguity = Ambiguity(
                        offset=text.starts[line.start + offset],
                        before=word,
                        after=converter.convert(word),
                        reason=note,
                        alternatives=forms,
                    )
                    self.notes.add_ambiguity(ambiguity, "")
                offset = string.find(word, end)


def _lines(string: str, start: int, end: int) -> Iterator[range]:
    """Yield the lines between two offsets, without line feeds and without empty ones."""
    while start < end:
        stop = string.find("\n", start, end)
        stop = end if stop < 0 else stop
        if stop > start:
            yield range(start, stop)
        start = stop + 1


def _differing_spans(first: str, second: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the spans in which two strings of equal length differ."""
    start = None
    for index, (before, after) in enumerate(zip(first, second, strict=True)):
        if before != after and start is None:
            start = index
        elif before == after and start is not None:
            yield start, index
            start = None
    if start is not None:
        yield start, len(first)
