"""Changing the texts of a source one after another, and gathering what an editor should know.

Enters: a text. Leaves: the text converted, with an edit for every span that changed; what was protected,
settled by a glossary, or left open is kept for the record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publisher.conversion.engine import converter
from publisher.conversion.glossary import disputed, own_glossary
from publisher.conversion.protected import to_the_letter
from publisher.conversion.quotes import regional_marks
from publisher.conversion.segmentation import Plan
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
class _Report:
    """What an editor is told, while it is being gathered."""

    glossary: list[WordChange] = field(default_factory=list)
    vocabulary: list[WordChange] = field(default_factory=list)
    ambiguous: list[Ambiguity] = field(default_factory=list)
    unpaired: list[int] = field(default_factory=list)


class Rewriter:
    """Changes one text after another, and gathers what was done."""

    def __init__(
        self, wish: ConversionOptions, configuration: str, plain: str, users: Glossary | None
    ) -> None:
        """Prepare for a configuration; ``plain`` is the same without another region's words."""
        self.edits: list[Edit] = []
        self.report = _Report()
        self._wish = wish
        self._configuration = configuration
        self._plain = plain
        self._plan = Plan(
            configuration=configuration,
            plain=plain,
            names=wish.names,
            users=users,
            own=own_glossary(wish.script),
        )

    @property
    def protected(self) -> Iterable[str]:
        """What was kept from the engine, or from other words."""
        return self._plan.protected

    def change(self, text: Text) -> Text:
        """Return a text converted: words first, quotation marks last."""
        words: list[Replacement] = []
        for piece in self._plan.pieces(text.string):
            if piece.configuration:
                words += self._converted(text, piece)
            elif piece.rule:
                words.append(self._settled(text, piece))
        changed, edits = apply_edits(text, words, stage="convert", rule=self._configuration)
        self.edits += edits
        marks, place = [], 0
        kept = {
            at
            for span in to_the_letter(changed.string, self._wish.names)
            for at in range(span.start, span.end)
        }
        for line in changed.lines():
            inside = {at - place for at in kept if place <= at < place + len(line)} if kept else ()
            found = regional_marks(line.string, self._wish.script, inside)
            marks += [
                Replacement(
                    start=place + at,
                    end=place + at + 1,
                    after=mark,
                    reason="the region's own marks",
                )
                for at, mark in found.changes
            ]
            self.report.unpaired += [line.starts[at] for at in found.unpaired]
            place += len(line) + 1
        changed, edits = apply_edits(changed, marks, stage="convert", rule=QUOTATION_MARKS)
        self.edits += edits
        return changed

    def _settled(self, text: Text, piece: Piece) -> Replacement:
        before = text.string[piece.start : piece.end]
        self.report.glossary.append(
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

    def _converted(self, text: Text, piece: Piece) -> Iterator[Replacement]:
        """Convert line by line, so that each change has its place."""
        for line in _lines(text.string, piece.start, piece.end):
            string = text.string[line.start : line.stop]
            changes, defaults = converter(piece.configuration).changes(string)
            for one in changes:
                start, end = line.start + one.start, line.start + one.end
                yield Replacement(start=start, end=end, after=one.after, reason=piece.configuration)
            for default in defaults:
                at = line.start + default.place
                self.report.ambiguous.append(
                    Ambiguity(
                        offset=text.starts[at],
                        before=text.string[at],
                        after=default.after,
                        reason="no word around it decides",
                        alternatives=default.others,
                    )
                )
            if piece.configuration != self._plain:
                self._note_vocabulary(text, line)
            self._note_disputed(text, line)

    def _note_vocabulary(self, text: Text, line: range) -> None:
        string = text.string[line.start : line.stop]
        for one in converter(self._configuration).words(string):
            before = string[one.start : one.end]
            if converter(self._plain).convert(before) != one.after:
                self.report.vocabulary.append(
                    WordChange(
                        offset=text.starts[line.start + one.start],
                        before=before,
                        after=one.after,
                        note="Taiwan's word",
                    )
                )

    def _note_disputed(self, text: Text, line: range) -> None:
        if not self._plain.startswith("s2"):
            return
        string = text.string[line.start : line.stop]
        for word, (forms, note) in disputed().items():
            at = string.find(word)
            while at >= 0:
                self.report.ambiguous.append(
                    Ambiguity(
                        offset=text.starts[line.start + at],
                        before=word,
                        after=converter(self._plain).convert(word),
                        reason=note,
                        alternatives=forms,
                    )
                )
                at = string.find(word, at + len(word))


def _lines(string: str, start: int, end: int) -> Iterator[range]:
    while start < end:
        stop = string.find("\n", start, end)
        stop = end if stop < 0 else stop
        if stop > start:
            yield range(start, stop)
        start = stop + 1
