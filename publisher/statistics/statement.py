"""The statement: a sentence of a report with its figures, what they count, and which of them are totals.

``statement_reader`` makes statements. Positions count characters of the sentence; locators point into the source.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from publisher.model import Check, Locator
from publisher.reference.figure_words import FLOW_VERBS
from publisher.reference.units import SHARES
from publisher.statistics.contexts import SectionContext
from publisher.statistics.sentences import CLOSING
from publisher.text.simplified import to_simplified
from publisher.text.traditional import certain_forms

if TYPE_CHECKING:
    from publisher.model import CheckKind, Outcome, Reason
    from publisher.statistics.grammar.reading import FigureStatus, Reading
    from publisher.statistics.passages import Passage
    from publisher.statistics.quantities import Quantity

_CLAUSE_MARKS = "，。；：！？\n"
_REACHED = re.compile("(?:[到至为有]|达|稳定在|保持在)$")
"""The words before a level that was reached, which is no sum of several years: 城镇化率达到, 面积扩大到."""
_PASSED = re.compile("突破|超过|[近逾超]")
_AT_A_TIME = re.compile(
    "[年月季][末底初]|截至|截止|目前|现[有在]|[到至达为有]$|[比较与同](?!步)|20\\d\\d年"
)
"""What shows that a clause states what there is at a time, or what was done in one year."""
_FLOW = re.compile(f"(?:共|先后|累计|依法|全市|全县|全区|全省)*(?:{'|'.join(sorted(FLOW_VERBS))})")
_WITHOUT_QUOTES = dict.fromkeys(map(ord, "「」『』"))
_CLAUSE_START = re.compile(f"[{_CLAUSE_MARKS}]")


@lru_cache(maxsize=1)
def _is_traditional(passage: str) -> bool:
    """Return whether a passage has characters that only Traditional text has."""
    return to_simplified(passage.translate(_WITHOUT_QUOTES)) != passage.translate(_WITHOUT_QUOTES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A figure that is the sum of other figures; all are indices of ``Statement.quantities``."""

    total: int
    parts: tuple[int, ...]
    exhaustive: bool
    """Whether the wording presents the parts as complete."""
    disjoint: bool = False
    """Whether the wording presents the parts as not overlapping, complete or not: 其中：…."""
    is_breakdown: bool = False
    """Whether the parts divide a total anew (按…分); an earlier sentence may state that total."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A sentence with its figures and what they count."""

    text: str
    """In Simplified characters whatever the script of the source, because the rules are written in them."""
    passage: Passage
    offset: int
    """Position of the sentence in its passage."""
    quantities: tuple[Quantity, ...]
    readings: tuple[Reading, ...]
    """What the sentence says about each quantity."""
    context: SectionContext = SectionContext()
    """What is true of its figures unless it says otherwise."""
    totals: tuple[Total, ...] = ()
    """The totals among the figures, each with its parts."""

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """What each quantity counts."""
        return tuple(reading.subject for reading in self.readings)

    def status(self, index: int) -> FigureStatus:
        """Return the status of a figure: as its sentence says, or as the headings above it do."""
        reading, quantity = self.readings[index], self.quantities[index]
        is_planned_total = reading.status == "cumulative" and self.context.stated_status == "target"
        if reading.status != "result" and not is_planned_total:
            return reading.status
        if self.context.is_of_stocks or reading.is_earlier or reading.is_begun_from:
            return "result"
        is_sum = (
            self.context.is_of_years
            and self.context.stated_status == "result"
            and reading.kind == "level"
            and reading.construction not in ("from", "to")
            and quantity.unit not in SHARES
            and not _REACHED.search(self.text[: quantity.start])
            and not _PASSED.search(quantity.qualifier)
        )
        is_sum = is_sum or self._is_sum_of_section(index)
        return "cumulative" if is_sum else self.context.stated_status

    def _is_sum_of_section(self, index: int) -> bool:
        """Return whether a level is a sum over the years of its section: 城镇新增就业累计312万人."""
        reading, quantity = self.readings[index], self.quantities[index]
        if self.context.years and index in self._flows:
            return True
        is_level = reading.kind == "level" and quantity.unit not in SHARES
        start = self.clause_start(quantity.start)
        return (
            bool(self.context.years)
            and is_level
            and not re.search("20\\d\\d年", self.text[start : quantity.start])
            and "累计" in self.text[start : quantity.start]
        )

    @cached_property
    def _flows(self) -> frozenset[int]:
        """The figures of what was done, and of its parts and shares; figures of what there is at a time end them.

        Example: 举办竞赛20场，3,000人参加，年末有会员500人 has two.
        """
        flows: set[int] = set()
        is_flow = False
        for index, quantity in enumerate(self.quantities):
            clause = self.text[self.clause_start(quantity.start) : quantity.start]
            if self.readings[index].construction in ("from", "to") or _AT_A_TIME.search(clause):
                is_flow = False
            elif _FLOW.match(clause):
                is_flow = True
            if is_flow:
                flows.add(index)
        return frozenset(flows)

    def in_source_script(self, words: str) -> str:
        """Return words in the script of the source: those of the sentence as it has them, others as their certain forms are."""
        own = self._source_characters
        if not own:
            return words
        if _is_traditional(self.passage.text.string):
            forms = certain_forms()
            return "".join([own.get(ord(c)) or forms.get(ord(c), c) for c in words])
        return words.translate(own)

    @cached_property
    def _source_characters(self) -> dict[int, str]:
        """The characters of the source by those of the sentence; empty if its passage has the same."""
        original = self._original
        if original == self.text and not _is_traditional(self.passage.text.string):
            return {}
        return {ord(a): b for a, b in zip(self.text, original, strict=True) if not a.isdigit()}

    @cached_property
    def _original(self) -> str:
        return self.passage.text.string[self.offset : self.offset + len(self.text)]

    @property
    def is_truncated(self) -> bool:
        """Return whether the sentence was too long and was cut at a comma."""
        string = self.passage.text.string
        end = self.offset + len(self.text)
        before, last = string[max(0, self.offset - 1) : self.offset], string[end - 1 : end]
        return before not in CLOSING or (end < len(string) and last not in CLOSING)

    def quote(self, start: int = 0, end: int | None = None) -> str:
        """Return a part of the sentence as the source writes it, stripped."""
        return self._original[start:end].strip()

    def locator(self, start: int, end: int) -> Locator:
        """Return where in the source a part of the sentence is."""
        text = self.passage.text
        first, stop = self.offset + start, min(self.offset + end, len(text))
        if first >= stop:
            return Locator(offset=0, length=0)
        offset = text.starts[first]
        return Locator(offset=offset, length=text.ends[stop - 1] - offset)

    def quantity_locator(self, index: int) -> Locator:
        """Return where in the source a figure is."""
        return self.locator(self.quantities[index].start, self.quantities[index].end)

    def clause_locator(self, index: int) -> Locator:
        """Return where in the source the clause with a figure is."""
        quantity = self.quantities[index]
        return self.locator(self.clause_start(quantity.start), self.clause_end(quantity.end))

    def make_check(  # noqa: PLR0913 - the fields of a check
        self,
        index: int,
        *,
        kind: CheckKind,
        formula: str,
        numbers: tuple[str, str],
        verdict: tuple[Outcome, Reason],
        subject: str = "",
        difference: str = "",
    ) -> Check:
        """Return a check of a figure of this sentence.

        Args:
            index: The figure, an index of ``quantities``.
            kind: The kind of the check, as the record names it.
            formula: The statement in short: 1272 = 293 + 695 + 284.
            numbers: The figure as stated and as computed.
            verdict: The outcome, and the reason if it cannot be verified.
            subject: What the figure counts; the subject of the quantity if empty.
            difference: What differs, in words; empty if the numbers say it.
        """
        quantity = self.quantities[index]
        check = self.make_span_check(
            (quantity.start, quantity.end),
            kind=kind,
            formula=formula,
            subject=subject or self.in_source_script(self.subjects[index]),
            numbers=numbers,
            verdict=verdict,
            difference=difference,
        )
        return replace(check, clause=self.clause_locator(index))

    def make_span_check(  # noqa: PLR0913 - the fields of a check
        self,
        span: tuple[int, int],
        *,
        kind: CheckKind,
        formula: str,
        subject: str,
        numbers: tuple[str, str],
        verdict: tuple[Outcome, Reason],
        difference: str = "",
    ) -> Check:
        """Return a check of a part of this sentence, by its start and its end; the rest is as in ``make_check``."""
        locator = self.locator(*span)
        return Check(
            kind=kind,
            statement=formula,
            stated=numbers[0],
            computed=numbers[1],
            outcome=verdict[0],
            reason=verdict[1],
            subject=subject,
            quote=self.quote(),
            locator=locator,
            clause=locator,
            difference=difference,
        )

    def whole_of(self, index: int) -> str:
        """Return the measure of the total that a figure is a part of; empty if it is none.

        第一产业增加值 of one economy is not that of another.
        """
        for total in self.totals:
            if index in total.parts:
                return self.readings[total.total].measure
        quantity = self.quantities[index]
        position = self.text.rfind("其中", self.segment_start(quantity.start), quantity.start)
        wholes = [
            reading.measure
            for other, reading in zip(self.quantities, self.readings, strict=True)
            if other.end <= position and other.base_unit == quantity.base_unit
        ]
        return wholes[-1] if wholes else ""

    def words_before(self, index: int) -> str:
        """Return the words between the previous figure and this one."""
        start = self.quantities[index - 1].end if index else 0
        return self.text[start : self.quantities[index].start]

    def clause_start(self, position: int) -> int:
        """Return where the clause that contains a position begins."""
        number = bisect_left(self._mark_positions, position)
        return self._mark_positions[number - 1] + 1 if number else 0

    @cached_property
    def _mark_positions(self) -> list[int]:
        return [match.start() for match in _CLAUSE_START.finditer(self.text)]

    def clause_end(self, position: int) -> int:
        """Return where the clause that contains a position ends."""
        number = bisect_left(self._mark_positions, position)
        is_last = number == len(self._mark_positions)
        return len(self.text) if is_last else self._mark_positions[number]

    def segment_start(self, position: int) -> int:
        """Return where the part between semicolons that contains a position begins."""
        return max(self.text.rfind("；", 0, position), self.text.rfind("。", 0, position)) + 1
