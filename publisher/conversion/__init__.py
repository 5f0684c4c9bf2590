"""The third stage: the script of a text, Simplified or Traditional, and changing it.

In this order: what must stay to the letter is set aside (``protected``); the glossaries settle the
words that they know (``glossary``); the engine converts what is between (``engine``); quotation
marks follow the region (``quotes``). An edit tells of every span that changed, and an editor is
told of everything that no word settled. ``keep`` changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from publisher.conversion.engine import converter
from publisher.conversion.glossary import disputed, own_glossary, users_glossary
from publisher.conversion.plan import Plan
from publisher.conversion.protected import to_the_letter
from publisher.conversion.quotes import regional_marks
from publisher.conversion.script import script_of_text, variety_of_text
from publisher.editing import Replacement, locate, rewrite
from publisher.model import (
    Ambiguity,
    Conversion,
    Finding,
    Passage,
    Severity,
    SourceTable,
    SourceText,
    WordChange,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from publisher.conversion.glossary import Glossary
    from publisher.conversion.plan import Piece
    from publisher.model import Edit, Text

CONFIGURATIONS = {
    ("zh-Hans", "zh-Hant-TW"): "s2tw",
    ("zh-Hans", "zh-Hant-HK"): "s2hk",
    ("zh-Hans", "zh-Hant"): "s2t",
    ("zh-Hant", "zh-Hans-CN"): "t2s",
}
"""OpenCC's configuration from the source's script to the one wanted."""
VARIETIES = {"zh-Hant-TW": "tw2s", "zh-Hant-HK": "hk2s", "zh-Hant": "t2s"}
"""The configuration back to Simplified, by the variety of the source."""
WITH_VOCABULARY = {"s2tw": "s2twp"}
QUOTATION_MARKS = "quotation-marks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is wanted of a conversion."""

    script: str = "keep"
    vocabulary: bool = False
    """Whether words become those of Taiwan, too."""
    names: tuple[str, ...] = ()
    """What stays to the letter."""
    glossary: Path | None = None


@dataclass(slots=True)
class _Report:
    """What an editor is told, while it is being gathered."""

    glossary: list[WordChange] = field(default_factory=list)
    vocabulary: list[WordChange] = field(default_factory=list)
    ambiguous: list[Ambiguity] = field(default_factory=list)
    unpaired: list[int] = field(default_factory=list)


def convert(source: SourceText, wish: Wish) -> tuple[SourceText, tuple[Edit, ...], Conversion]:
    """Return the text in the script that is wanted, what changed, and what an editor should know."""
    text = source.plain_text()
    own = script_of_text(text)
    configuration = CONFIGURATIONS.get((own, wish.script))
    if configuration is None:
        language = _unconverted(text, own, wish.script)
        return (
            replace(source, language=language),
            (),
            Conversion(source_script=own, target=language),
        )
    if configuration == "t2s":
        configuration = VARIETIES[variety_of_text(text)]
    configuration = (
        WITH_VOCABULARY.get(configuration, configuration) if wish.vocabulary else configuration
    )
    users = users_glossary(wish.glossary, wish.script) if wish.glossary else None
    rewriter, aside = (_Rewriter(wish, configuration, users) for _ in range(2))
    segments = tuple(
        segment
        if isinstance(segment, Passage) and segment.role == "code"
        else replace(segment, text=rewriter.change(segment.text))
        if isinstance(segment, Passage)
        else _change_table(segment, rewriter)
        if isinstance(segment, SourceTable)
        else replace(segment, alt=aside.change(locate(segment.alt)).string)
        for segment in source.segments
    )
    facts = tuple((name, aside.change(locate(value)).string) for name, value in source.facts)
    report = rewriter.report
    return (
        replace(source, segments=segments, language=wish.script, facts=facts),
        tuple(rewriter.edits),
        Conversion(
            source_script=own,
            target=wish.script,
            configuration=configuration,
            protected=tuple(rewriter.protected),
            glossary=tuple(report.glossary),
            vocabulary=tuple(report.vocabulary),
            ambiguous=tuple(sorted(report.ambiguous, key=lambda one: one.offset)),
            unpaired=tuple(report.unpaired),
        ),
    )


def _change_table(table: SourceTable, rewriter: _Rewriter) -> SourceTable:
    return replace(
        table,
        rows=tuple(
            tuple(replace(cell, text=rewriter.change(cell.text)) for cell in row)
            for row in table.rows
        ),
    )


def _unconverted(text: str, own: str, script: str) -> str:
    """Return the language of a text that stays as it is: the one wanted where it may be that."""
    if own == "mixed":
        return "zh"
    if not script.startswith(own):
        return own
    variety = variety_of_text(text) if own == "zh-Hant" else own
    return script if variety in (own, script) else variety


class _Rewriter:
    """Changes one text after another, and gathers what was done."""

    def __init__(self, wish: Wish, configuration: str, users: Glossary | None) -> None:
        self.edits: list[Edit] = []
        self.report = _Report()
        self._wish = wish
        self._configuration = configuration
        self._plain = next(
            (plain for plain, other in WITH_VOCABULARY.items() if other == configuration),
            configuration,
        )
        self._plan = Plan(
            configuration=configuration,
            plain=self._plain,
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
        changed, edits = rewrite(text, words, stage="convert", rule=self._configuration)
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
        changed, edits = rewrite(changed, marks, stage="convert", rule=QUOTATION_MARKS)
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
                        why="no word around it decides",
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
                        why=note,
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


def findings(conversion: Conversion, script: str) -> tuple[Finding, ...]:
    """Say where a conversion that was asked for could not be made, or needs an editor."""
    if script == "keep":
        return ()
    if conversion.source_script == "mixed":
        return (
            Finding(
                clause="script",
                severity=Severity.WARNING,
                message="the text mixes Simplified and Traditional; nothing was converted",
                hint="bring the source into one script first",
            ),
        )
    if not conversion.configuration:
        same = script.startswith(conversion.source_script)
        return (
            Finding(
                clause="script",
                severity=Severity.NOTE if same else Severity.WARNING,
                message=f"the text is in {conversion.source_script} already; nothing was converted",
                hint="",
            ),
        )
    found = []
    if conversion.ambiguous:
        found.append(
            Finding(
                clause="script",
                severity=Severity.NOTE,
                message=f"{len(conversion.ambiguous)} characters and words could have been converted "
                "otherwise",
                hint=f"publisher check SOURCE --script {script} lists them",
            )
        )
    if conversion.unpaired:
        found.append(
            Finding(
                clause="quotation marks",
                severity=Severity.WARNING,
                message=f"{len(conversion.unpaired)} quotation marks have no counterpart and stay as "
                "they were",
                hint="mend the source",
            )
        )
    return tuple(found)


__all__ = ["CONFIGURATIONS", "Wish", "convert", "findings"]
