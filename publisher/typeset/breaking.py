"""Where a paragraph's lines end: the breaks chosen together, for the least distortion.

Enters: a paragraph as material. Leaves: its lines, each with the room after every cluster. After Knuth
and Plass, "Breaking Paragraphs into Lines" (1981): the best way to each place is kept, and a place is
tried only with those that make a line of about the measure, so that time grows with the text.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from dataclasses import dataclass
from math import inf

from publisher.typeset.classes import NO_END, NO_START
from publisher.typeset.elastic import EPSILON, Material, Row

OVERFULL = 1e7
"""The cost of breaking what should stay together, where nothing else fits."""
LEAST_COLUMN = 2.5
"""Em that a column has at least where its text is so long: one character a line is no column."""
LONGEST_KEPT = 8.0
"""Em of the longest group that makes a column wider: 1234567.89万元."""
SHORTEST = 0.72
"""Shorter lines (share of the measure) are tried only where no longer one is possible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What lines are set to."""

    first: float
    """The width of the first line."""
    rest: float
    flush: bool
    """Whether lines but the last fill their measure."""
    anywhere: bool = True
    """Whether what does not fit may part at any cluster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line: the clusters from ``start`` up to ``end``, white space at its end left out."""

    start: int
    end: int
    resume: int
    """Where the next line begins."""
    width: float
    """What it takes up, its marks at the edges cut."""
    before: float
    """How far its first cluster stands to the left of the line's edge."""
    spaces: tuple[float, ...]
    """The room after each cluster, which may be less than nothing."""
    hyphen: bool = False


@dataclass(slots=True)
class _Ways:
    """The best way to each place that was reached, and the places still to go on from."""

    best: dict[int, float]
    came: dict[int, int]
    pending: list[int]

    def reach(self, begin: int, place: int, cost: float) -> None:
        """Note a way to a place by a line from ``begin``."""
        known = self.best.get(place)
        if known is None:
            heapq.heappush(self.pending, place)
        if known is None or cost < known:
            self.best[place] = cost
            self.came[place] = begin


class Composer:
    """Chooses the breaks of one paragraph."""

    def __init__(self, material: Material) -> None:
        """Prepare the paragraph; it can then be set to any measure."""
        self._row = row = Row(material)
        self._places = [place for place in range(1, row.size) if material.costs[place] < inf]
        self._places.append(row.size)
        self._xs = [row.x[row.ends[place]] for place in self._places]

    def lines(self, measure: Measure, start: int = 0) -> list[Line]:
        """Return the lines from a cluster on; only a paragraph's first has the first measure."""
        breaks = self._breaks(measure, start)
        return [
            self._line(begin, place, measure)
            for begin, place in zip([start, *breaks[:-1]], breaks, strict=True)
        ]

    def widest(self) -> float:
        """Return the width of the paragraph on one line."""
        return self._row.natural(0, self._row.size)

    def narrowest(self, *, anywhere: bool) -> float:
        """Return the width of the widest piece that no line may part.

        A piece longer than any figure parts where a line must: it asks for no more than a character.
        """
        row = self._row
        ends = range(1, row.size + 1) if anywhere else self._places
        starts = [0, *ends[:-1]]
        pieces = zip(starts, ends, strict=True)
        em = max(row.material.ems, default=0.0)
        widths = [row.natural(a, b) for a, b in pieces]
        kept = max((one for one in widths if one <= LONGEST_KEPT * em), default=0.0)
        least = 0.0 if anywhere else LEAST_COLUMN * em
        return min(max(kept, least), self.widest())

    def _breaks(self, measure: Measure, start: int) -> list[int]:
        size = self._row.size
        if start >= size:
            return [size]
        ways = _Ways({start: 0.0}, {}, [start])
        while ways.pending and (begin := heapq.heappop(ways.pending)) != size:
            if not self._try(ways, begin, measure):
                place = self._forced(begin, measure)
                ways.reach(begin, place, ways.best[begin] + OVERFULL)
        breaks = [size]
        while (before := ways.came[breaks[-1]]) != start:
            breaks.append(before)
        return breaks[::-1]

    def _try(self, ways: _Ways, begin: int, measure: Measure) -> bool:
        """Try the lines from ``begin`` that come near the measure, or else the longest that fits."""
        row, width = self._row, _width(measure, begin)
        low = bisect_left(self._places, begin + 1)
        index = bisect_left(self._xs, row.x[begin] + SHORTEST * width, low)
        most = width + row.material.ems[begin]
        found = False
        for number in range(index, len(self._places)):
            place = self._places[number]
            if self._reaches(ways, begin, place, measure):
                found = True
            elif row.least(begin, place) > most:
                break
        return found or any(
            self._reaches(ways, begin, place, measure)
            for place in reversed(self._places[low:index])
        )

    def _reaches(self, ways: _Ways, begin: int, place: int, measure: Measure) -> bool:
        """Note the line from ``begin`` to a place, if it can be made."""
        slack = _width(measure, begin) - self._row.natural(begin, place)
        cost = self._row.cost(begin, place, slack, flush=measure.flush)
        if cost < inf:
            ways.reach(begin, place, ways.best[begin] + cost)
        return cost < inf

    def _forced(self, begin: int, measure: Measure) -> int:
        """Return an end for a line on which nothing fits: by the rules of marks if at all possible."""
        row, width = self._row, _width(measure, begin)
        if not measure.anywhere:
            return self._places[bisect_left(self._places, begin + 1)]
        fits = begin + 1
        while fits < row.size and row.natural(begin, fits + 1) <= width + EPSILON:
            fits += 1
        kinds = row.material.kinds
        for place in range(fits, begin, -1):
            if place == row.size or not (kinds[place] in NO_START or kinds[place - 1] in NO_END):
                return place
        return fits

    def _line(self, start: int, place: int, measure: Measure) -> Line:
        row = self._row
        end = max(row.ends[place], start)
        natural = row.natural(start, place)
        slack = _width(measure, start) - natural
        flush = measure.flush and place < row.size and row.fills(start, end, slack)
        spaces = row.spaces(start, end, slack, flush=flush)
        return Line(
            start=start,
            end=end,
            resume=place,
            width=natural + sum(spaces) - row.kern(start, end),
            before=row.lead(start),
            spaces=spaces,
            hyphen=place < row.size and row.material.hyphens[place] > 0,
        )


def _width(measure: Measure, begin: int) -> float:
    return measure.rest if begin else measure.first


def compose(material: Material, measure: Measure, start: int = 0) -> list[Line]:
    """Return the lines of a paragraph from a cluster on."""
    return Composer(material).lines(measure, start)
