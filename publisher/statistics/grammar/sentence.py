"""A sentence while it is read: its words, its figures, and what was read so far.

Positions are those of characters; indices are those of figures.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.reference.figure_words import (
    CONJUNCTIONS,
    DISTRIBUTIVES,
    FUTURE,
    PARTS_OPENERS,
    PLANS,
    RECIPIENT_OPENERS,
    WHOLE_PLACES,
)
from publisher.reference.units import SHARES
from publisher.statistics.grammar.agents import without_recipient
from publisher.statistics.grammar.clause import (
    CHANGES,
    Lead,
    last_clause,
    parse_lead,
    split_clauses,
)
from publisher.statistics.grammar.names import owner_length
from publisher.statistics.grammar.words import (
    FIGURE,
    MARK,
    NOTE,
    PERIOD,
    RANK,
    Word,
    joined,
    split_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.reading import Reading
    from publisher.statistics.quantities import Quantity

_LIMITS = frozenset(("以上", "以下", "以内"))
_RANGES = frozenset(("至", "到"))
_NO_NOUNS = CONJUNCTIONS | CHANGES
_PASSED = frozenset(("超", "超过"))
_BOUNDS = frozenset(
    "不超过 不低于 不少于 超过 超 不足 不到 少于 多于 高于 低于 大于 小于 不大于 不小于 满 不满".split()
)
"""Words of a limit before its figure."""
_RATIOS = ("率", "比例", "比重", "占比")
_AGES = frozenset(("周岁", "岁"))
_SERIES_MARKS = frozenset("， 、 约 近 \u3000".split(" "))
_NOTE_LABEL = re.compile("[0-9]{1,2}[.]")
"""The number of a note before its text: 8.6个专项."""
LONGEST_WORD = 6
"""Characters of the last word of a name."""
LONGEST_LABEL = 12
"""Characters of a label before a colon: 微信公众号：."""


class Sentence:
    """A sentence with its figures, read from left to right."""

    def __init__(
        self, text: str, quantities: Sequence[Quantity], inherited: Reading | None = None
    ) -> None:
        """Segment the sentence; ``inherited`` is the last measure of the sentence before."""
        self.text = text
        self.quantities = quantities
        self.words = split_words(text, quantities)
        self._starts = [word.start for word in self.words]
        self._tags = {word.text: word.tag for word in self.words}
        self._figure_starts = [quantity.start for quantity in quantities]
        self._befores: dict[int, tuple[Word, ...]] = {}
        self._last_clauses: dict[int, tuple[tuple[Word, ...], bool]] = {}
        self._clauses: dict[int, tuple[Word, ...]] = {}
        self.readings: list[Reading] = []
        self.previous: Sequence[Reading] = ()
        """The readings of the sentence before."""
        self.base: Reading | None = None
        """The last reading that names its own measure."""
        self.inherited = inherited
        scope = inherited.scope if inherited and inherited.construction != "rank" else ""
        self.scope = "" if scope in WHOLE_PLACES else scope
        """The place in force: that of the clause before, until another is named."""
        self.locality = ""
        """The place that divides the measure in force, until a clause names its own measure."""
        self.stems: tuple[str, ...] = ()
        """The names of the last list that 分别 distributed figures to, without their common head."""
        self.averaged = ""
        """The measure that the last average is of: 每亩15元，户均1,800元 are averages of one sum."""
        self.ranking: tuple[Word, ...] = ()
        """The measure by which the last clause ranked something: 产值 of 产值最高的是甲，其次是乙."""
        self.listed = ""
        """The words of the last list of names that 分别 distributed figures to."""
        self.topic = ""
        """A measure that a clause without a figure names for those behind it: 按期办结率，县直单位为99%."""
        self.pair = ("", "")
        """The measures that 前者 and 后者 mean."""
        self.is_target = False
        """Whether a clause of the sentence has said that what follows is planned."""

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        """Return the words between two positions, without figures and without the marks of notes."""
        first, stop = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return tuple(word for word in self.words[first:stop] if word.tag not in (FIGURE, NOTE))

    def before(self, index: int) -> tuple[Word, ...]:
        """Return the words between the previous figure, or the start, and a figure."""
        if index not in self._befores:
            start = self.quantities[index - 1].end if index else 0
            self._befores[index] = self.between(start, self.quantities[index].start)
        return self._befores[index]

    def last_clause_before(self, index: int) -> tuple[tuple[Word, ...], bool]:
        """Return the words of ``before`` behind the last mark, and whether there is such a mark."""
        if index not in self._last_clauses:
            self._last_clauses[index] = last_clause(self.before(index))
        return self._last_clauses[index]

    def behind(self, index: int) -> tuple[Word, ...]:
        """Return the words between a figure and the next one, or the end."""
        if index + 1 < len(self.quantities):
            return self.before(index + 1)
        return self.between(self.quantities[index].end, len(self.text))

    def clause(self, index: int) -> tuple[Word, ...]:
        """Return the words of the clause before a figure."""
        if index in self._clauses:
            return self._clauses[index]
        words = self._words_of_clause(index)
        if index <= len(self.readings):
            self._clauses[index] = words
        return words

    def _words_of_clause(self, index: int) -> tuple[Word, ...]:
        words, has_mark = self.last_clause_before(index)
        if not words and index and self.text[self.quantities[index].start - 1] == "）":
            return self._words_before_bracket(index)
        if not index or has_mark:
            return words
        if behind := self._behind_foundation(words):
            return behind
        if self.is_attribute(index - 1):
            start, end = self.quantities[index - 1].start, self.quantities[index - 1].end
            limit = Word(start, end, self.text[start:end], "m")
            return (*self.clause(index - 1), limit, *(w for w in words if w.text != "的"))
        before = self.last_clause_before(index - 1)[0]
        if before and before[-1].text in RECIPIENT_OPENERS:
            behind = tuple(without_recipient(words))
            if len(behind) < len(words):
                return behind
        counted = self._counted_noun(index, words)
        return words[counted or owner_length(words, self.quantities[index - 1]) :]

    @staticmethod
    def _behind_foundation(words: Sequence[Word]) -> tuple[Word, ...]:
        """Return the words behind 基础上: 增长 of 在2亿件的基础上增长10%; nothing without it."""
        for index, (word, following) in enumerate(pairwise(words)):
            if word.text == "基础" and following.text == "上":
                return tuple(words[index + 2 :])
        return ()

    def _words_before_bracket(self, index: int) -> tuple[Word, ...]:
        """Return the words before a bracket with figures that ends at a figure: 大要案（罚没50万元以上）21件."""
        opening = self.text.rfind("（", 0, self.quantities[index].start)
        first = self.first_figure_after(opening)
        start = self.quantities[first - 1].end if first else 0
        return (
            last_clause(self.between(start, opening))[0] if opening >= 0 and first < index else ()
        )

    def _counted_noun(self, index: int, words: Sequence[Word]) -> int:
        """Return how many words the figure before took as what it counts: 学院 in 14个学院、专业46个."""
        if index > len(self.readings) or self.joins(index):
            return 0
        pause = next((i for i, word in enumerate(words) if word.text in CONJUNCTIONS), 0)
        noun = joined(words[:pause])
        is_taken = bool(noun) and self.readings[index - 1].measure.endswith(noun)
        return pause + 1 if is_taken and pause + 1 < len(words) else 0

    def is_attribute(self, index: int) -> bool:
        """Return whether a figure is a limit in the name of the next: 100吨以上的 in 100吨以上的企业31家; 误差不超过5%的水表640只."""
        words = self._unmarked_words_to_next(index)
        return words is not None and (
            self._bounds_noun(index, words)
            or self._is_time_limit(index, words)
            or self._limits_class(index, words)
        )

    def is_limit_of_class(self, index: int) -> bool:
        """Return whether a figure only says how large the things are that a figure behind it counts: 90平方米以下5000套."""
        words = self._unmarked_words_to_next(index)
        return words is not None and self._limits_class(index, words)

    def _unmarked_words_to_next(self, index: int) -> tuple[Word, ...] | None:
        """Return the words between a figure and the next; ``None`` if there is no next, or a mark before it."""
        if index + 1 == len(self.quantities):
            return None
        words = self.behind(index)
        return None if any(word.tag == MARK for word in words) else words

    def _limits_class(self, index: int, words: Sequence[Word]) -> bool:
        return self._is_limit(index, words) or self._is_of_class(index, words)

    def _is_of_class(self, index: int, words: Sequence[Word]) -> bool:
        """Return whether a figure is a range or a limit, or begins one, right before a count: 50万元以上100万元以下的火灾5起."""
        quantity, following = self.quantities[index], self.quantities[index + 1]
        if quantity.unit in SHARES or following.unit in SHARES:
            return False
        between = joined(words)
        is_limit = self._has_limit(index)
        if quantity.base_unit in (following.base_unit, ""):
            is_begun = between in _RANGES or (is_limit and not between)
            return is_begun and self.is_attribute(index + 1)
        is_range = quantity.number is None or (index > 0 and self._ends_range(index))
        if is_range:
            return not words or words[0].text not in _NO_NOUNS
        return is_limit and not between

    def _has_limit(self, index: int) -> bool:
        """Return whether 以上, 以下 or 以内 is a part of a figure."""
        return any(word in _LIMITS for word in self.quantities[index].qualifier.split(";"))

    def _ends_range(self, index: int) -> bool:
        """Return whether only 至 is between a figure and the one before: 5000万元至1亿元."""
        return joined(self.before(index)) in _RANGES

    def _is_time_limit(self, index: int, words: Sequence[Word]) -> bool:
        """Return whether a figure is a time within which a rate is measured: 30日内报告比例."""
        is_listed = any(word.text == "、" for word in self.before(index))
        if self.quantities[index].qualifier != "内" or is_listed:
            return False
        return joined(parse_lead(words).names).endswith(_RATIOS)

    def _is_limit(self, index: int, words: Sequence[Word]) -> bool:
        """Return whether a figure with 以上, 以下 or an age is before a noun: 100吨以上的企业."""
        quantity = self.quantities[index]
        is_limit = quantity.unit in _AGES or self._has_limit(index)
        if not is_limit and quantity.qualifier in _PASSED and words and words[0].tag == "n":
            is_limit = not parse_lead(self.last_clause_before(index)[0]).names
        if not words:
            return is_limit and quantity.unit in _AGES
        return is_limit and words[0].text not in _NO_NOUNS

    def _bounds_noun(self, index: int, words: Sequence[Word]) -> bool:
        """Return whether a figure behind a verb of comparison is an attribute of a noun: 负债率高于80%的企业."""
        quantity, clause = self.quantities[index], self.last_clause_before(index)[0]
        is_bound = any(word in _BOUNDS for word in quantity.qualifier.split(";"))
        is_bound = is_bound or (bool(clause) and clause[-1].text in _BOUNDS)
        if not is_bound or not words or words[0].text != "的" or words[-1].text == "占":
            return False
        noun = words[1:]
        is_share = self.quantities[index + 1].unit in SHARES
        if any(word.text in _NO_NOUNS or word.text in PLANS for word in noun):
            return False
        return bool(noun) or not is_share

    def lead(self, index: int) -> Lead:
        """Return the parsed clause before a figure."""
        words = self.clause(index)
        if self.joins(index) or _NOTE_LABEL.fullmatch(joined(words)):
            return Lead()
        if index and not self.last_clause_before(index)[1]:
            while words and words[0].text in CONJUNCTIONS:
                words = words[1:]
        return parse_lead(words)

    def joins(self, index: int) -> bool:
        """Return whether only a conjunction or 、 ends the words between two figures: 3个区（县）、52个部门."""
        words, has_mark = self.last_clause_before(index)
        return bool(index and not has_mark and words and words[-1].text in CONJUNCTIONS)

    def ends_series(self, index: int) -> bool:
        """Return whether the figure before one is the last of several that 、 separates: 甲10件、乙20件，增加2件."""
        if (
            index < 2
            or self.quantities[index - 2].base_unit != self.quantities[index - 1].base_unit
        ):
            return False
        words = self.before(index - 1)
        return bool(words) and words[0].text in CONJUNCTIONS

    def opens_future(self, index: int) -> bool:
        """Return whether the words before a figure name a time to come: 未来五年，."""
        return any(
            word.tag == PERIOD and (word.text.startswith(FUTURE) or word.text.endswith("底前"))
            for word in self.before(index)
        )

    def in_brackets(self, index: int) -> bool:
        """Return whether a figure is in brackets."""
        position = self.quantities[index].start
        return self.text.count("（", 0, position) != self.text.count("）", 0, position)

    def first_figure_after(self, position: int) -> int:
        """Return the first figure from a position on."""
        return bisect_left(self._figure_starts, position)

    def distributive(self, index: int) -> int | None:
        """Return the number of the word 分别 that may distribute a figure; ``None`` if there is none."""
        stop = bisect_left(self._starts, self.quantities[index].start)
        for position in range(stop - 1, -1, -1):
            text = self.words[position].text
            if text in ("；", "。"):
                return None
            if text in DISTRIBUTIVES:
                return position
        return None

    def series(self, first: int, *, mixed: bool = False) -> range:
        """Return the figures from one on that only conjunctions and commas separate, in one unit.

        With ``mixed``, figures of other units belong to it if a conjunction is before them: 9起、4人.
        """
        stop = first + 1
        while stop < len(self.quantities):
            words = self.before(stop)
            is_joined = words and all(
                w.text in CONJUNCTIONS or w.text in _SERIES_MARKS for w in words
            )
            is_alike = self.quantities[stop].base_unit == self.quantities[first].base_unit
            is_alike = is_alike or (mixed and all(w.text in CONJUNCTIONS for w in words))
            if mixed and words and words[0].text in CONJUNCTIONS:  # 增加11%及减少2%
                is_changed = all(w.text in CHANGES for w in words[1:])
                is_joined = is_joined or is_changed
                is_alike = is_alike or (is_changed and len(words) > 1)
            if not is_joined or not is_alike:
                break
            stop += 1
        return range(first, stop)

    def series_of(self, index: int) -> range:
        """Return the series, in any units, that a figure belongs to."""
        first = index
        while first and index in self.series(first - 1, mixed=True):
            first -= 1
        return self.series(first, mixed=True)

    def words_since_figure(self, number: int) -> tuple[Word, ...]:
        """Return the words between the last figure before a word and that word."""
        start = number
        while start and self.words[start - 1].tag != FIGURE:
            start -= 1
        return self.words[start:number]

    def listing(self, number: int, wanted: int) -> tuple[Word, ...]:
        """Return the words of a list before a word, with the count of its names inside them: 装备、化纤、食品三个产业产值."""
        start = number
        while start and self.words[start - 1].tag != FIGURE:
            start -= 1
        if start < 2 or any(word.tag == MARK for word in self.words[start:number]):
            return self.words[start:number]
        index = self.first_figure_after(self.words[start - 1].start)
        before = self.last_clause_before(index)[0]
        is_count = self.quantities[index].value == str(wanted) and any(
            word.text in CONJUNCTIONS for word in before
        )
        return (*before, *self.words[start - 1 : number]) if is_count else self.words[start:number]

    def whole_before_parts(self, index: int) -> Reading | None:
        """Return the total before 其中 that a figure is a part of: the last level in its unit; ``None`` if there is none."""
        quantity = self.quantities[index]
        position = max(self.text.rfind(word, 0, quantity.start) for word in PARTS_OPENERS)
        totals = [
            number
            for number, earlier in enumerate(self.quantities[:index])
            if position >= 0
            and earlier.end <= position
            and earlier.unit == quantity.unit
            and self.readings[number].construction != "limit"
        ]
        return self.readings[totals[-1]] if totals else None

    def ends_segment(self, index: int) -> bool:
        """Return whether a semicolon or a full stop is between the last 其中 and a figure, so that it is no part."""
        start = self.quantities[index].start
        parts = max(self.text.rfind(word, 0, start) for word in PARTS_OPENERS)
        return any(mark in self.text[max(parts, 0) : start] for mark in "；。")

    def label(self, index: int) -> str:
        """Return the label before the last colon of a clause: 微信公众号：发布."""
        words = self.before(index)
        colons = [number for number, word in enumerate(words) if word.text == "："]
        if not colons or any(word.tag == MARK for word in words[colons[-1] + 1 :]):
            return ""
        label = joined(parse_lead(last_clause(words[: colons[-1]])[0]).names)
        return label if 1 < len(label) <= LONGEST_LABEL and not any(map(str.isdigit, label)) else ""

    def previous_clause(self, index: int) -> str:
        """Return the clause before the one of a figure: 申请以征地居多，有24件."""
        clauses = split_clauses(self.between(0, self.quantities[index].start))
        earlier = [clause for clause in clauses[:-1] if clause]
        return (joined(parse_lead(earlier[-1]).names) or joined(earlier[-1])) if earlier else ""

    def clause_before(self, index: int) -> tuple[Word, ...]:
        """Return the words of the clause that directly precedes that of a figure, if it has no figure; else none."""
        clauses = split_clauses(self.before(index))
        return tuple(clauses[-2]) if len(clauses) > 1 else ()

    def ranked_words(self, index: int) -> tuple[Word, ...]:
        """Return the words that the clause before that of a figure ranks: 农业 of 农业居首位，占50.8%; none if it ranks nothing."""
        words = self.before(index)
        marks = [number for number, word in enumerate(words) if word.tag == MARK]
        if not marks or not marks[-1] or words[marks[-1] - 1].tag != RANK:
            return ()
        return parse_lead(last_clause(words[: marks[-1] - 1])[0]).names

    def ranked_clause(self, index: int) -> str:
        """Return what the clause before that of a figure ranks; empty if it ranks nothing."""
        return joined(self.ranked_words(index))

    @property
    def preceding(self) -> Reading | None:
        """The last measure of the sentence before; a heading is none."""
        is_heading = self.inherited is not None and self.inherited.construction == "heading"
        return None if is_heading else self.inherited

    def words_of(self, name: str) -> tuple[Word, ...]:
        """Return the words of a name: those of the sentence if it has the name, else those of the name alone."""
        start = self.text.find(name)
        while start >= 0:
            words = self.words[
                bisect_left(self._starts, start) : bisect_left(self._starts, start + len(name))
            ]
            if words and joined(words) == name:
                return words
            start = self.text.find(name, start + 1)
        return split_words(name, ())

    def last_tag(self, name: str) -> str:
        """Return the tag of the last word of a name; empty if it is no word of the sentence."""
        lengths = range(min(LONGEST_WORD, len(name)), 0, -1)
        return next((tag for n in lengths if (tag := self._tags.get(name[-n:]))), "")

    @property
    def base_unit(self) -> str:
        """The unit of the figure of ``base``, without its magnitude."""
        return self.base.base_unit if self.base else ""

    def measure_in_force(self) -> str:
        """Return the measure that a clause without one means; empty if there is none."""
        return self.base.measure if self.base else ""
