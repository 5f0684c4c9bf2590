"""Conversion of the texts of a source one after another, with notes for an editor.

Input: a text. Output: the text converted. The converter collects the edits, and what was protected,
decided by a glossary, or ambiguous, for the record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publisher.conversion.engine import shared_converter
from publisher.conversion.glossary import disputed_words, project_glossary
from publisher.conversion.quotes import convert_quotation_marks
from publisher.conversion.segmentation import ConversionPlan
from publisher.conversion.unconverted_spans import find_unconverted
from publisher.model import Ambiguity, WordChange
from publisher.text.edits import Replacement, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.conversion.glossary import Glossary
    from publisher.conversion.segmentation import Piece
    from publisher.model import Edit, Text
    from publisher.options import ConversionOptions

QUOTATION_MARKS = "quotation-marks"


@dataclass(slots=True)
class ConversionNotes:
    """What an editor should know about a conversion."""

    glossary: list[WordChange] = field(default_factory=list)
    """Words that a glossary decided."""
    vocabulary: list[WordChange] = field(default_factory=list)
    """Words that were exchanged for those of another region."""
    ambiguous: list[Ambiguity] = field(default_factory=list)
    """Characters and words that could have become something else."""
    unpaired: list[int] = field(default_factory=list)
    """Offsets of quotation marks without a counterpart."""


class TextConverter:
    """Converts one text after another, and collects edits and notes."""

    def __init__(
        self,
        options: ConversionOptions,
        configuration: str,
        base_configuration: str,
        user_glossary: Glossary | None,
    ) -> None:
        """Prepare for a configuration.

        Args:
            options: The wanted script, and the names to leave unchanged.
            configuration: OpenCC's name of the configuration.
            base_configuration: The same without an exchange of words.
            user_glossary: The glossary of ``--glossary``.

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
        for piece in self._plan.pieces(text.string):
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
        for line in _lines(text.string, piece.start, piece.end):
            string = text.string[line.start : line.stop]
            changes, defaults = shared_converter(piece.configuration).changes(string)
            for change in changes:
                yield Replacement(
                    start=line.start + change.start,
                    end=line.start + change.end,
                    after=change.after,
                    reason=piece.configuration,
                )
            for default in defaults:
                offset = line.start + default.offset
                self.notes.ambiguous.append(
                    Ambiguity(
                        offset=text.starts[offset],
                        before=text.string[offset],
                        after=default.after,
                        reason="no word around it decides",
                        alternatives=default.forms,
                    )
                )
            if piece.configuration != self._base_configuration:
                self._note_exchanged_words(text, line)
            self._note_disputed_words(text, line)

    def _note_exchanged_words(self, text: Text, line: range) -> None:
        string = text.string[line.start : line.stop]
        base = shared_converter(self._base_configuration)
        for word in shared_converter(self._configuration).exchanged_words(string):
            before = string[word.start : word.end]
            if base.convert(before) != word.after:
                self.notes.vocabulary.append(
                    WordChange(
                        offset=text.starts[line.start + word.start],
                        before=before,
                        after=word.after,
                        note="Taiwan's word",
                    )
                )

    def _note_disputed_words(self, text: Text, line: range) -> None:
        if not self._base_configuration.startswith("s2"):
            return
        string = text.string[line.start : line.stop]
        for word, (forms, note) in disputed_words().items():
            offset = string.find(word)
            while offset >= 0:
                self.notes.ambiguous.append(
                    Ambiguity(
                        offset=text.starts[line.start + offset],
                        before=word,
                        after=shared_converter(self._base_configuration).convert(word),
                        reason=note,
                        alternatives=forms,
                    )
                )
                offset = string.find(word, offset + len(word))


def _lines(string: str, start: int, end: int) -> Iterator[range]:
    """Yield the lines between two offsets, without line feeds and without empty ones."""
    while start < end:
        stop = string.find("\n", start, end)
        stop = end if stop < 0 else stop
        if stop > start:
            yield range(start, stop)
        start = stop + 1
