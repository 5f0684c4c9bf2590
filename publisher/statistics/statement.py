"""A statement: a sentence of a report with its figures, what they count, and which of them are totals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from publisher.model import Check, Locator
from publisher.statistics.sentences import CLOSING

if TYPE_CHECKING:
    from publisher.model import CheckKind, Outcome, Reason
    from publisher.statistics.passages import Passage
    from publisher.statistics.quantities import Quantity

_CLAUSE_MARKS = "，。；：！？\n"
_CLAUSE_START = re.compile(f"[{_CLAUSE_MARKS}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A figure and the figures that it holds; all are places in ``Statement.found``."""

    total: int
    parts: tuple[int, ...]
    listed: bool
    """Whether the sentence presents the parts as all there are."""
    apart: bool = False
    """Whether it presents them as parts that do not overlap, all or not: 其中：…."""
    sorted_anew: bool = False
    """Whether the parts sort a total that a sentence further back may state."""


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
    totals: tuple[Total, ...] = ()
    """The figures that hold others, each with its parts."""

    def as_set(self, words: str) -> str:
        """Return words of the sentence in the script that it is set in."""
        original = self._original
        if original == self.text:
            return words
        return words.translate({ord(a): b for a, b in zip(self.text, original, strict=True)})

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
