"""The statements of a report: each sentence with its figures and what they count, read once.

Enters: a ``Report``. Leaves: ``Statement``s and tables in reading order, for the observations, the structure
between figures and the checks alike. Subjects are read between semicolons, since a semicolon ends
what a figure's words can reach; totals and parts reach to the full stop.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from publisher.model import Check, Locator
from publisher.statistics.numbers import quantities
from publisher.statistics.passages import Passage, passages
from publisher.statistics.sentences import CLOSING, LONGEST, sentences
from publisher.statistics.structure import totals
from publisher.statistics.subjects import subjects
from publisher.text.simplified import simplified

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import CheckKind, Outcome, Reason, Report, Table
    from publisher.statistics.numbers import Quantity
    from publisher.statistics.structure import Total

_CLAUSE_MARKS = "，。；：！？\n"
_CLAUSE_START = re.compile(f"[{_CLAUSE_MARKS}]")
_SEGMENT = re.compile("[^；。]*[；。]?")
_GOES_ON = re.compile("其中|(?:按|从|分)[^，。；]{1,8}(?:分|看)[，：]")
"""How a sentence begins that gives the parts of the one before."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A sentence with its figures and what they count."""

    text: str
    """In Simplified characters, whatever script it is set in: the rules are written in them."""
    passage: Passage
    offset: int
    """Where the sentence begins in its passage."""
    found: tuple[Quantity, ...]
    named: tuple[str, ...]
    """For each quantity, its subject."""

    def as_set(self, words: str) -> str:
        """Return words of the sentence in the script that it is set in."""
        original = self._original
        if original == self.text:
            return words
        return words.translate({ord(a): b for a, b in zip(self.text, original, strict=True)})

    @cached_property
    def totals(self) -> tuple[Total, ...]:
        """The figures that hold others, each with its parts."""
        return tuple(totals(self))

    @cached_property
    def _original(self) -> str:
        return self.passage.text.string[self.offset : self.offset + len(self.text)]

    @property
    def is_cut(self) -> bool:
        """Tell a sentence that was too long to be read as one."""
        string = self.passage.text.string
        end = self.offset + len(self.text)
        before, last = string[max(0, self.offset - 1) : self.offset], string[end - 1 : end]
        return before not in CLOSING or (end < len(string) and last not in CLOSING)

    def quote(self, start: int = 0, end: int | None = None) -> str:
        """Return a part of the sentence to the letter."""
        return self._original[start:end].strip()

    def locator(self, start: int, end: int) -> Locator:
        """Return the place in the source of a part of the sentence."""
        text = self.passage.text
        first, stop = self.offset + start, min(self.offset + end, len(text))
        if first >= stop:
            return Locator(offset=0, length=0)
        place = text.starts[first]
        return Locator(offset=place, length=text.ends[stop - 1] - place)

    def place(self, index: int) -> Locator:
        """Return the place of a figure in the source."""
        return self.locator(self.found[index].start, self.found[index].end)

    def clause_of(self, index: int) -> Locator:
        """Return the place in the source of the clause that a figure stands in."""
        one = self.found[index]
        return self.locator(self.clause(one.start), self.clause_end(one.end))

    def judged(
        self,
        index: int,
        *,
        kind: CheckKind,
        told: str,
        numbers: tuple[str, str],
        verdict: tuple[Outcome, Reason],
        subject: str = "",
    ) -> Check:
        """Return the check of a figure, its numbers as stated and as computed.

        ``subject``, unless given, is what the figure counts.
        """
        return Check(
            kind=kind,
            statement=told,
            stated=numbers[0],
            computed=numbers[1],
            outcome=verdict[0],
            reason=verdict[1],
            subject=subject or self.as_set(self.named[index]),
            quote=self.quote(),
            locator=self.place(index),
            clause=self.clause_of(index),
        )

    def lead(self, index: int) -> str:
        """Return the words between the figure before and this one."""
        start = self.found[index - 1].end if index else 0
        return self.text[start : self.found[index].start]

    def clause(self, place: int) -> int:
        """Return where the clause begins that holds a place."""
        return max([self.text.rfind(mark, 0, place) for mark in _CLAUSE_MARKS]) + 1

    def clause_end(self, place: int) -> int:
        """Return where the clause ends that holds a place."""
        stop = _CLAUSE_START.search(self.text, place)
        return stop.start() if stop else len(self.text)

    def segment(self, place: int) -> int:
        """Return where the part between semicolons begins that holds a place."""
        return max(self.text.rfind("；", 0, place), self.text.rfind("。", 0, place)) + 1


def statements(report: Report) -> Iterator[Statement | tuple[str, Table]]:
    """Yield every sentence of the running text, and each table with its section's path."""
    for item in passages(report):
        if isinstance(item, Passage):
            yield from of_passage(item)
        else:
            yield item


def of_passage(passage: Passage) -> Iterator[Statement]:
    """Yield the sentences of a stretch of running text."""
    for offset, text in _joined(sentences(simplified(passage.text.string))):
        found = tuple(quantities(text))
        yield Statement(
            text=text, passage=passage, offset=offset, found=found, named=_named(text, found)
        )


def _joined(parts: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Join a sentence that goes on about the one before it (…1086条。其中：…)."""
    held: tuple[int, str] | None = None
    for offset, text in parts:
        if held and _GOES_ON.match(text) and len(held[1]) + len(text) <= LONGEST:
            held = held[0], held[1] + text
            continue
        if held:
            yield held
        held = offset, text
    if held:
        yield held


def _named(text: str, found: tuple[Quantity, ...]) -> tuple[str, ...]:
    named: list[str] = []
    for match in _SEGMENT.finditer(text):
        inside = [one for one in found if match.start() <= one.start < match.end()]
        named += subjects(match[0], [one.moved(-match.start()) for one in inside])
    return tuple(named)
