"""Optimum-fit line breaking: all breaks of a paragraph chosen together, for the least total demerits.

In: the items of a paragraph and the width of its lines. Out: the lines, with the space after each cluster. The
algorithm is that of Knuth and Plass, "Breaking Paragraphs into Lines" (1981): for each position the best sequence of
lines up to it is kept (an active node), and only lines of about the measure are tried, so that time grows linearly.

A limit on the total demerits prunes the search: every sequence within the limit is found, so the best one found is the
best of all. If no sequence reaches the end of the paragraph, the search is repeated with a higher limit.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from math import fsum, inf
from typing import NamedTuple

from publisher.typeset.linebreak.character_classes import NO_LINE_END, NO_LINE_START
from publisher.typeset.linebreak.justification import EPSILON, ParagraphItems, ParagraphSums

OVERFULL_DEMERITS = 1e7
"""Demerits of a forbidden break, where no allowed one makes a line that fits."""
MIN_COLUMN = 2.5
"""The least width of a column with text that long, in em: a column of single characters is unreadable."""
LONGEST_UNBREAKABLE = 8.0
"""The longest unbreakable group that widens a column, in em: 1234567.89万元."""
DEMERITS_PER_LINE = 0.1
"""The first limit on the demerits of a line on average; most paragraphs have less."""
LIMIT_FACTOR = 3.0
"""The factor by which a limit that was too low is raised."""
UNREACHED = -1
"""The previous break of a position that no sequence of lines reaches."""
MIN_FILL = 0.72
"""Shorter lines, as a share of the measure, are tried only if no longer line is possible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The width of the lines, and how they fill it."""

    first_width: float
    """The width of a paragraph's first line, px."""
    width: float
    """The width of the other lines, px."""
    justified: bool
    """Whether lines other than the last fill the width."""
    break_anywhere: bool = True
    """Whether a group that does not fit on a line may be broken at any cluster (CSS ``overflow-wrap``)."""

    def width_from(self, start: int) -> float:
        """Return the width of the line that begins at a cluster."""
        return self.width if start else self.first_width


class Line(NamedTuple):
    """A line: the clusters from ``start`` up to ``end``, without the spaces at its end."""

    start: int
    end: int
    next_start: int
    """Where the next line begins: the position of the break."""
    width: float
    """The width with the marks at both edges trimmed, px."""
    trim_start: float
    """How far the first cluster is left of the line's edge, px."""
    spacing: list[float]
    """The space after each cluster, px; negative where marks are compressed."""
    hyphenated: bool = False
    """Whether the line ends with a hyphen that is not in the text."""


class ActiveNodes:
    """The best sequence of lines to each position, as its demerits and its previous break."""

    def __init__(self, limit: float, start: int, size: int) -> None:
        """Begin at ``start``; ``limit`` is what a caller may not exceed."""
        self.limit = limit
        self.demerits = [inf] * (size + 1)
        """The total demerits of the best sequence to each position."""
        self.demerits[start] = 0.0
        self.previous = [UNREACHED] * (size + 1)
        """Where the last line of the best sequence to each position begins."""
        self.farthest = start
        """The last position that a sequence reaches."""

    def add(self, start: int, position: int, demerits: float) -> None:
        """Record a line from ``start`` to ``position``, unless a better sequence is known."""
        if demerits < self.demerits[position]:
            self.demerits[position] = demerits
            self.previous[position] = start
            self.farthest = max(self.farthest, position)


class OptimumFitBreaker:
    """Chooses the breaks of one paragraph, for any measure."""

    def __init__(self, items: ParagraphItems) -> None:
        """Compute the sums of the paragraph and its allowed break positions."""
        self.sums = sums = ParagraphSums(items)
        self.positions = [
            position for position in range(1, sums.size) if items.penalties[position] < inf
        ]
        """The positions at which a line may end, the paragraph's end last."""
        self.positions.append(sums.size)
        self._end_xs = list(map(sums.x.__getitem__, map(sums.line_end, self.positions)))
        self._max_right_edges: list[float] = []
        """The largest right edge of a line that ends at each allowed position or before it."""
        max_right_edge = -inf
        for position in self.positions:
            max_right_edge = max(max_right_edge, sums.right_edges[position])
            self._max_right_edges.append(max_right_edge)

    def break_lines(self, measure: Measure, start: int = 0) -> list[Line]:
        """Return the lines from a cluster on; only a paragraph's first line has the first width."""
        breaks = self.choose_breaks(measure, start)
        return [
            self._make_line(begin, position, measure)
            for begin, position in zip([start, *breaks[:-1]], breaks, strict=True)
        ]

    def max_content_width(self) -> float:
        """Return the width of the paragraph on one line."""
        return self.sums.natural_width(0, self.sums.size)

    def min_content_width(self, *, break_anywhere: bool) -> float:
        """Return the width of the widest unbreakable group.

        A group longer than any figure is ignored: it has to be broken anyway, and asks only for ``MIN_COLUMN``.
        """
        sums = self.sums
        ends = list(range(1, sums.size + 1)) if break_anywhere else self.positions
        em = max([metrics.em for metrics in sums.metrics], default=0.0)
        longest, widest, start = LONGEST_UNBREAKABLE * em, 0.0, 0
        for end in ends:
            width = sums.natural_width(start, end)
            if widest < width <= longest:
                widest = width
            start = end
        least = 0.0 if break_anywhere else MIN_COLUMN * em
        return min(max(widest, least), self.max_content_width())

    def choose_breaks(self, measure: Measure, start: int) -> list[int]:
        """Return the positions at which the lines from a cluster on end."""
        size, x = self.sums.size, self.sums.x
        if start >= size:
            return [size]
        line_count = 2 + (x[size] - x[start]) / max(measure.width, EPSILON)
        limit = DEMERITS_PER_LINE * line_count
        nodes = self.search(measure, start, limit)
        while nodes.previous[size] == UNREACHED:
            limit = limit * LIMIT_FACTOR if limit < OVERFULL_DEMERITS else inf
            nodes = self.search(measure, start, limit)
        breaks = [size]
        while (before := nodes.previous[breaks[-1]]) != start:
            breaks.append(before)
        return breaks[::-1]

    def search(self, measure: Measure, start: int, limit: float) -> ActiveNodes:
        """Return the best sequences of lines from a cluster on whose demerits are within a limit."""
        size = self.sums.size
        nodes = ActiveNodes(limit, start, size)
        begin, first = start, 0
        while begin <= nodes.farthest and begin < size:
            if nodes.demerits[begin] < inf:
                first = bisect_left(self.positions, begin + 1, first)
                if not self._try_lines(nodes, begin, measure, first):
                    demerits = nodes.demerits[begin] + OVERFULL_DEMERITS
                    if demerits <= limit:
                        nodes.add(begin, self.emergency_break(begin, measure), demerits)
            begin += 1
        return nodes

    def _try_lines(self, nodes: ActiveNodes, begin: int, measure: Measure, first: int) -> bool:
        """Try the lines from ``begin`` of about the measure, else the longest that fits.

        ``first`` is the index of the first allowed position after ``begin``. Return whether a line fits.
        """
        sums, width = self.sums, measure.width_from(begin)
        last = len(self.positions) - 1
        index = min(last, bisect_left(self._end_xs, sums.x[begin] + MIN_FILL * width, first))
        within = max(index, self._first_within_limit(nodes, begin, measure, first))
        fits = self._try_range(nodes, begin, measure, within, last + 1) or self._try_range(
            nodes, begin, measure, index, within
        )
        while not fits and index > first:
            index -= 1
            fits = self._try_range(nodes, begin, measure, index, index + 1)
        return fits

    def _first_within_limit(
        self, nodes: ActiveNodes, begin: int, measure: Measure, first: int
    ) -> int:
        """Return the index of the first allowed position to which a line can be within the limit."""
        sums, edge = self.sums, self.sums.left_edge(begin) + measure.width_from(begin)
        last = len(self.positions) - 1
        if not measure.justified:
            return first
        full = min(last, bisect_left(self._max_right_edges, edge, first))
        demerits = nodes.limit - nodes.demerits[begin]
        stretch = sums.max_stretch(begin, self.positions[full], demerits)
        return min(last, bisect_left(self._max_right_edges, edge - stretch, first))

    def _try_range(
        self, nodes: ActiveNodes, begin: int, measure: Measure, first: int, stop: int
    ) -> bool:
        """Try the lines from ``begin`` to allowed positions, by index, until one is too wide."""
        sums, total, justified = self.sums, nodes.demerits[begin], measure.justified
        width, em = measure.width_from(begin), sums.metrics[begin].em
        fits = False
        for index in range(first, stop):
            position = self.positions[index]
            slack = width - sums.natural_width(begin, position)
            demerits = sums.demerits(begin, position, slack, justified=justified)
            if demerits < inf:
                fits = True
                if total + demerits <= nodes.limit:
                    nodes.add(begin, position, total + demerits)
            elif sums.max_shrink(begin, position) < -slack - em:
                break
        return fits

    def emergency_break(self, begin: int, measure: Measure) -> int:
        """Return an end for a line to which no allowed position fits.

        Rules for marks at line edges are kept if possible. Without ``break_anywhere`` the line is overfull.
        """
        sums, width = self.sums, measure.width_from(begin)
        if not measure.break_anywhere:
            return self.positions[bisect_left(self.positions, begin + 1)]
        longest = begin + 1
        while longest < sums.size and sums.natural_width(begin, longest + 1) <= width + EPSILON:
            longest += 1
        metrics = sums.metrics
        for position in range(longest, begin, -1):
            if position == sums.size or not (
                metrics[position].character_class in NO_LINE_START
                or metrics[position - 1].character_class in NO_LINE_END
            ):
                return position
        return longest

    def _make_line(self, start: int, position: int, measure: Measure) -> Line:
        sums = self.sums
        end = max(sums.line_end(position), start)
        natural_width = sums.natural_width(start, position)
        slack = measure.width_from(start) - natural_width
        justified = measure.justified and position < sums.size and sums.can_fill(start, end, slack)
        spacing = sums.set_glue(start, end, slack, justified=justified)
        return Line(
            start=start,
            end=end,
            next_start=position,
            width=natural_width + fsum(spacing) - sums.glue_width(start, end),
            trim_start=sums.trim_start(start),
            spacing=spacing,
            hyphenated=position in sums.items.hyphen_widths,
        )
