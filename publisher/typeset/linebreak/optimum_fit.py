"""Where a paragraph's lines end: the breaks chosen together, for the least distortion.

Enters: a paragraph as material. Leaves: its lines, each with the room after every cluster. After Knuth
and Plass, "Breaking Paragraphs into Lines" (1981): the best way to each place is kept, and a place is
tried only with those that make a line of about the measure, so that time grows with the text. A limit on
what all lines may cost comes first: within it few places are tried, and ways within it are all ways that
could be better. Only where none leads to the end the limit is raised.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from publisher.typeset.linebreak.character_classes import NO_END, NO_START
from publisher.typeset.linebreak.justification import EPSILON, Material, Row

OVERFULL = 1e7
"""The cost of breaking what should stay together, where nothing else fits."""
LEAST_COLUMN = 2.5
"""Em that a column has at least where its text is so long: one character a line is no column."""
LONGEST_KEPT = 8.0
"""Em of the longest group that makes a column wider: 1234567.89万元."""
LIKELY = 0.1
"""What a line costs in most paragraphs, at most."""
RAISED = 3.0
"""What the limit is multiplied with where it was too low."""
NOWHERE = -1
"""Where a way to a place came from that no way leads to."""
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


class Line(NamedTuple):
    """A line: the clusters from ``start`` up to ``end``, white space at its end left out."""

    start: int
    end: int
    resume: int
    """Where the next line begins."""
    width: float
    """What it takes up, its marks at the edges cut."""
    before: float
    """How far its first cluster stands to the left of the line's edge."""
    spaces: list[float]
    """The room after each cluster, which may be less than nothing."""
    hyphen: bool = False


class _Ways:
    """The best way to each place that was reached, and how far any of them goes."""

    def __init__(self, limit: float, start: int, size: int) -> None:
        """Begin at a place; ways that cost more than the limit are not noted."""
        self.limit = limit
        self.best = [inf] * (size + 1)
        self.best[start] = 0.0
        self.came = [NOWHERE] * (size + 1)
        """Where the last line of each way begins."""
        self.farthest = start

    def reach(self, begin: int, place: int, cost: float) -> None:
        """Note a way to a place by a line from ``begin``."""
        if cost < self.best[place]:
            self.best[place] = cost
            self.came[place] = begin
            self.farthest = max(self.farthest, place)


class Composer:
    """Chooses the breaks of one paragraph."""

    def __init__(self, material: Material) -> None:
        """Prepare the paragraph; it can then be set to any measure."""
        self._row = row = Row(material)
        self._places = [place for place in range(1, row.size) if material.costs[place] < inf]
        self._places.append(row.size)
        self._xs = list(map(row.x.__getitem__, map(row.end, self._places)))
        self._farthest: list[float] = []
        """How far a line reaches at most that ends at a place or before it."""
        farthest = -inf
        for place in self._places:
            farthest = max(farthest, row.far[place])
            self._farthest.append(farthest)

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
        ends = list(range(1, row.size + 1)) if anywhere else self._places
        em = max([trait.em for trait in row.traits], default=0.0)
        most, kept, start = LONGEST_KEPT * em, 0.0, 0
        for end in ends:
            width = row.natural(start, end)
            if kept < width <= most:
                kept = width
            start = end
        least = 0.0 if anywhere else LEAST_COLUMN * em
        return min(max(kept, least), self.widest())

    def _breaks(self, measure: Measure, start: int) -> list[int]:
        size = self._row.size
        if start >= size:
            return [size]
        limit = LIKELY * (2 + (self._row.x[size] - self._row.x[start]) / max(measure.rest, EPSILON))
        came = self._search(measure, start, limit)
        while came[size] == NOWHERE:
            limit = limit * RAISED if limit < OVERFULL else inf
            came = self._search(measure, start, limit)
        breaks = [size]
        while (before := came[breaks[-1]]) != start:
            breaks.append(before)
        return breaks[::-1]

    def _search(self, measure: Measure, start: int, limit: float) -> list[int]:
        """Return for each place where the best way to it within a limit came from, if there is one."""
        size = self._row.size
        ways = _Ways(limit, start, size)
        begin, low = start, 0
        while begin <= ways.farthest and begin < size:
            if ways.best[begin] < inf:
                low = bisect_left(self._places, begin + 1, low)
                if not self._try(ways, begin, measure, low):
                    cost = ways.best[begin] + OVERFULL
                    if cost <= limit:
                        ways.reach(begin, self._forced(begin, measure), cost)
            begin += 1
        return ways.came

    def _try(self, ways: _Ways, begin: int, measure: Measure, low: int) -> bool:
        """Try the lines from ``begin`` that come near the measure, or else the longest that fits.

        ``low`` is the number of the first place behind ``begin``.
        """
        row, width = self._row, _width(measure, begin)
        last = len(self._places) - 1
        index = min(last, bisect_left(self._xs, row.x[begin] + SHORTEST * width, low))
        within = max(index, self._within(ways, begin, measure, low))
        found = self._tries(ways, begin, measure, within, last + 1) or self._tries(
            ways, begin, measure, index, within
        )
        while not found and index > low:
            index -= 1
            found = self._tries(ways, begin, measure, index, index + 1)
        return found

    def _within(self, ways: _Ways, begin: int, measure: Measure, low: int) -> int:
        """Return the number of the first place from ``low`` to which a line may be within the limit."""
        row, edge = self._row, self._row.near(begin) + _width(measure, begin)
        last = len(self._places) - 1
        if not measure.flush:
            return low
        full = min(last, bisect_left(self._farthest, edge, low))
        room = row.takes(begin, self._places[full], ways.limit - ways.best[begin])
        return min(last, bisect_left(self._farthest, edge - room, low))

    def _tries(self, ways: _Ways, begin: int, measure: Measure, first: int, stop: int) -> bool:
        """Try the lines from ``begin`` to numbered places, as far as they can be brought to the measure."""
        row, spent, flush = self._row, ways.best[begin], measure.flush
        width, em = _width(measure, begin), row.traits[begin].em
        found = False
        for number in range(first, stop):
            place = self._places[number]
            slack = width - row.natural(begin, place)
            cost = row.cost(begin, place, slack, flush=flush)
            if cost < inf:
                found = True
                if spent + cost <= ways.limit:
                    ways.reach(begin, place, spent + cost)
            elif row.gives(begin, place) < -slack - em:
                break
        return found

    def _forced(self, begin: int, measure: Measure) -> int:
        """Return an end for a line on which nothing fits: by the rules of marks if at all possible."""
        row, width = self._row, _width(measure, begin)
        if not measure.anywhere:
            return self._places[bisect_left(self._places, begin + 1)]
        fits = begin + 1
        while fits < row.size and row.natural(begin, fits + 1) <= width + EPSILON:
            fits += 1
        traits = row.traits
        for place in range(fits, begin, -1):
            if place == row.size or not (
                traits[place].kind in NO_START or traits[place - 1].kind in NO_END
            ):
                return place
        return fits

    def _line(self, start: int, place: int, measure: Measure) -> Line:
        row = self._row
        end = max(row.end(place), start)
        natural = row.natural(start, place)
        slack = _width(measure, start) - natural
        flush = measure.flush and place < row.size and row.fills(start, end, slack)
        spaces = row.spaces(start, end, slack, flush=flush)
        return Line(
            start=start,
            end=end,
            resume=place,
            width=natural + sum(spaces, 0.0) - row.kern(start, end),
            before=row.lead(start),
            spaces=spaces,
            hyphen=place in row.material.hyphens,
        )


def _width(measure: Measure, begin: int) -> float:
    return measure.rest if begin else measure.first


def compose(material: Material, measure: Measure, start: int = 0) -> list[Line]:
    """Return the lines of a paragraph from a cluster on."""
    return Composer(material).lines(measure, start)
