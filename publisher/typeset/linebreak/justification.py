"""Justification: how far a line can stretch and shrink, what demerits it has, and how its slack is distributed.

In: a paragraph as clusters with widths and classes. Out: for any part of it the natural width, the demerits as a line
of a given width, and the space after each cluster that makes it fill that width. Shrinking takes the blank of
full-width marks first, then word spaces and the gaps between Chinese and Latin text, which keep an eighth of an em;
stretching opens word spaces and gaps a little, then all clusters evenly (CLREQ 3.1.6, 3.2.2).

The terms are those of Knuth and Plass, "Breaking Paragraphs into Lines" (1981). Lengths are in the unit of the widths
(CSS px); constants are in em unless they are demerits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import fsum, inf
from operator import attrgetter
from typing import final

from publisher.typeset.linebreak.character_classes import FULL_WIDTH_MARKS, CharacterClass
from publisher.typeset.linebreak.glue import (
    GAP,
    GLUE_BY_PAIR,
    IDEOGRAPH_SHRINK,
    MAX_GAP,
    MIN_GAP,
    SPACE_SHRINK,
    SPACE_STRETCH,
    ClusterMetrics,
    Glue,
)

UNIT_STRETCH = 0.02
"""Space added between ideographs at which a line has 1 demerit; demerits grow with its cube."""
MAX_STRETCH = 0.25
"""The most space between ideographs; a line with ideographs that needs more is not justified."""
WORD_STRETCH = 3.0
"""How many times as much a word space may stretch, in a line without ideographs, as the space between ideographs."""
LONE_CHARACTER_DEMERITS = 1e5
"""Demerits of a last line with a single character (孤字)."""
UNDERFULL_DEMERITS = 1e3
"""Demerits of a line that cannot be filled, such as one with a single long word."""
EPSILON = 1e-6
"""Tolerance for rounding in comparisons of widths."""


@final
class _GlueSums:
    """Sums of the glue before a position; positions share an object where nothing is added."""

    def __init__(
        self, width: float, first_shrink: float, last_shrink: float, first_stretch: float
    ) -> None:
        """Hold the sums of the fields of ``Glue`` with the same names."""
        self.width, self.first_shrink = width, first_shrink
        self.last_shrink, self.first_stretch = last_shrink, first_stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphItems:
    """The boxes, glue and penalties of a paragraph (Knuth and Plass), cluster by cluster."""

    widths: list[float]
    """The width of each cluster."""
    metrics: list[ClusterMetrics]
    """The metrics of each cluster, from which the glue between neighbours follows."""
    penalties: list[float]
    """The penalty of a line end before each cluster; infinite where it is forbidden."""
    hyphen_widths: dict[int, float]
    """The width of the hyphen that a line end before a cluster adds."""


class ParagraphSums:
    """Cumulative widths and glue of a paragraph, so that the sums of a line are differences.

    Position n is before cluster n; a line from ``start`` to ``position`` has the clusters ``start`` to ``position - 1``.
    """

    def __init__(self, items: ParagraphItems) -> None:
        """Compute the glue between all neighbours and add it up."""
        self.items = items
        self.size = len(items.widths)
        self.metrics = items.metrics
        self._glue = [
            Glue(),
            *map(GLUE_BY_PAIR.__getitem__, pairwise(items.metrics)),
            Glue(),
        ]
        self.x: list[float] = [0.0, *accumulate(items.widths)]
        """The widths of the clusters before each position."""
        self._glue_sums: list[_GlueSums] = []
        self._ideograph_shrinks: list[float] = []
        self._stretch_ems: list[float] = []
        self._add_up()
        self._line_ends = self._find_line_ends()
        self.right_edges = self._find_right_edges()
        """The right edge of a line that ends at each position, on a scale that all lines share."""

    def _add_up(self) -> None:
        """Add up the glue from the beginning to each position."""
        sums, ideograph_shrink, stretch_em = _GlueSums(0.0, 0.0, 0.0, 0.0), 0.0, 0.0
        for glue in self._glue:
            if not glue.is_rigid:
                sums = _GlueSums(
                    sums.width + glue.width,
                    sums.first_shrink + glue.first_shrink,
                    sums.last_shrink + glue.last_shrink,
                    sums.first_stretch + glue.first_stretch,
                )
            ideograph_shrink += glue.ideograph_shrink
            stretch_em += glue.stretch_em
            self._glue_sums.append(sums)
            self._ideograph_shrinks.append(ideograph_shrink)
            self._stretch_ems.append(stretch_em)

    def _find_line_ends(self) -> list[int]:
        """Return the end of a line that breaks at each position; an empty list if there are no spaces."""
        if not any(metrics.character_class is CharacterClass.SPACE for metrics in self.metrics):
            return []
        ends = list(range(self.size + 1))
        for position, metrics in enumerate(self.metrics[1:], 2):
            if metrics.character_class is CharacterClass.SPACE:
                ends[position] = ends[position - 1]
        return ends

    def line_end(self, position: int) -> int:
        """Return the end of a line that breaks at a position, without the spaces before it."""
        return self._line_ends[position] if self._line_ends else position

    def _find_right_edges(self) -> list[float]:
        edges = [0.0]
        for index, metrics in enumerate(self.metrics):
            edges.append(self.x[index + 1] + self._glue_sums[index].width - metrics.trim_end)
        if self._line_ends:
            edges = [edges[end] for end in self._line_ends]
        for position, hyphen_width in self.items.hyphen_widths.items():
            edges[position] += hyphen_width
        return edges

    def trim_start(self, start: int) -> float:
        """Return what the first mark of a line loses; nothing on a paragraph's first line."""
        return self.metrics[start].trim_start if 0 < start < self.size else 0.0

    def left_edge(self, start: int) -> float:
        """Return the left edge of a line on the scale of ``right_edges``."""
        return self.x[start] + self._glue_sums[start].width + self.trim_start(start)

    # --- A line from a cluster to a position ---------------------------------------------------

    def natural_width(self, start: int, position: int) -> float:
        """Return the width of a line before justification, with the marks at its edges trimmed."""
        trim_start = self.metrics[start].trim_start if start else 0.0
        if self.line_end(position) <= start:  # only spaces
            return self.items.hyphen_widths.get(position, 0.0) - trim_start
        return (
            self.right_edges[position] - self.x[start] - self._glue_sums[start].width - trim_start
        )

    def glue_width(self, start: int, end: int) -> float:
        """Return the natural width of the glue between the clusters of a line."""
        return self._glue_sums[max(end - 1, start)].width - self._glue_sums[start].width

    def glue_inside(self, start: int, end: int) -> list[Glue]:
        """Return the glue between the clusters from ``start`` up to ``end``."""
        return self._glue[start + 1 : end]

    def max_shrink(self, start: int, position: int) -> float:
        """Return how much narrower than its natural width a line can be."""
        last = self.line_end(position) - 1
        if last <= start:
            return 0.0
        sums, before = self._glue_sums[last], self._glue_sums[start]
        shrinks = self._ideograph_shrinks
        shrink = sums.first_shrink - before.first_shrink + shrinks[last] - shrinks[start]
        return shrink + sums.last_shrink - before.last_shrink

    def max_stretch(self, start: int, position: int, demerits: float) -> float:
        """Return how much wider than its natural width a line can be at no more than ``demerits``."""
        if demerits >= UNDERFULL_DEMERITS:
            return inf
        last = max(self.line_end(position) - 1, start)
        stretch = self._stretch_ems[last] - self._stretch_ems[start]
        unit = UNIT_STRETCH * (WORD_STRETCH if self._line_ends else 1.0)
        stretch = stretch * unit * float(max(0.0, demerits) ** (1 / 3))
        first_stretch = self._glue_sums[last].first_stretch - self._glue_sums[start].first_stretch
        return first_stretch + stretch + EPSILON

    def demerits(self, start: int, position: int, slack: float, *, justified: bool) -> float:
        """Return the demerits of a line that is ``slack`` narrower than its measure.

        A negative ``slack`` asks for shrinking. The result includes the penalty of the position, and is infinite
        where the line cannot shrink enough.
        """
        last = max(self.line_end(position) - 1, start)
        is_last_line = position == self.size
        if slack < -EPSILON:
            shrunk = self._shrink_demerits(start, last, -slack)
            return shrunk if is_last_line else shrunk + self.items.penalties[position]
        if is_last_line:
            return self._last_line_demerits(start, last + 1)
        penalty = self.items.penalties[position]
        return penalty + self._stretch_demerits(start, last, slack, justified=justified)

    def _shrink_demerits(self, start: int, last: int, excess: float) -> float:
        """Return up to 0.5 for shrinking marks, spaces and gaps, up to 3.5 with ideographs, 10 with all of marks."""
        sums, before = self._glue_sums[last], self._glue_sums[start]
        first_shrink = sums.first_shrink - before.first_shrink
        if excess <= first_shrink:
            return 0.5 * (excess / first_shrink) ** 2
        ideograph_shrink = self._ideograph_shrinks[last] - self._ideograph_shrinks[start]
        if ideograph_shrink and excess <= first_shrink + ideograph_shrink + EPSILON:
            return 0.5 + 3 * ((excess - first_shrink) / ideograph_shrink) ** 2
        last_shrink = sums.last_shrink - before.last_shrink
        fits = excess <= first_shrink + ideograph_shrink + last_shrink + EPSILON
        return 10.0 if fits else inf

    def _stretch_demerits(self, start: int, last: int, slack: float, *, justified: bool) -> float:
        if not justified:
            return (slack / self.metrics[start].em) ** 2 / 50
        slack -= self._glue_sums[last].first_stretch - self._glue_sums[start].first_stretch
        if slack <= EPSILON:
            return 0.0
        stretch_em = self._weighted_stretch(start, last)
        if slack > stretch_em * MAX_STRETCH + EPSILON:
            return UNDERFULL_DEMERITS + (10 * slack / self.metrics[start].em) ** 2
        return (slack / stretch_em / UNIT_STRETCH) ** 3

    def stretch_limit(self, start: int, position: int) -> float:
        """Return how much wider than its natural width a justified line can be at most."""
        last = max(self.line_end(position) - 1, start)
        first_stretch = self._glue_sums[last].first_stretch - self._glue_sums[start].first_stretch
        return first_stretch + self._weighted_stretch(start, last) * MAX_STRETCH

    def _weighted_stretch(self, start: int, last: int) -> float:
        """Return the em that can move apart in a line, those of word spaces as what they may stretch more."""
        stretch_em = self._stretch_ems[last] - self._stretch_ems[start]
        if self._ideograph_shrinks[last] > self._ideograph_shrinks[start]:
            return stretch_em
        return stretch_em * WORD_STRETCH

    def can_fill(self, start: int, position: int, slack: float) -> bool:
        """Return whether a line can stretch by ``slack`` without exceeding its limit."""
        return slack <= self.stretch_limit(start, position) + EPSILON

    def _last_line_demerits(self, start: int, end: int) -> float:
        return LONE_CHARACTER_DEMERITS if self.has_lone_character(start, end) else 0.0

    def has_lone_character(self, start: int, end: int) -> bool:
        """Return whether a last line has a single character, not counting marks; never for an only line."""
        if start == 0:
            return False
        classes = [metrics.character_class for metrics in self.metrics[start : min(end, start + 6)]]
        counted = sum(c not in FULL_WIDTH_MARKS and c is not CharacterClass.SPACE for c in classes)
        return counted < 2

    def set_glue(self, start: int, end: int, slack: float, *, justified: bool) -> list[float]:
        """Return the space after each cluster of a line that has ``slack`` to fill; 0 after the last."""
        inside = self.glue_inside(start, end)
        spacing = [glue.width for glue in inside]
        if slack < -EPSILON:
            _distribute(spacing, inside, _SHRINK_ORDER, slack)
        elif justified:
            _distribute(spacing, inside, _STRETCH_ORDER, slack)
        if end > start:
            spacing.append(0.0)
        return spacing


_Steps = tuple[tuple[Callable[[Glue], float], float], ...]
_SHRINK_ORDER: _Steps = (
    (attrgetter("mark_shrink"), 1.0),
    (attrgetter("space_em"), SPACE_SHRINK),
    (attrgetter("gap_em"), GAP - MIN_GAP),
    (attrgetter("ideograph_em"), IDEOGRAPH_SHRINK),
    (attrgetter("last_shrink"), 1.0),
)
"""What shrinks, in order: the weight of a glue, and the largest share of the weight."""
_STRETCH_ORDER: _Steps = (
    (attrgetter("space_em"), SPACE_STRETCH),
    (attrgetter("gap_em"), MAX_GAP - GAP),
    (attrgetter("stretch_em"), inf),
)
"""What stretches, in order."""


def _distribute(spacing: list[float], inside: list[Glue], steps: _Steps, slack: float) -> None:
    """Add ``slack`` (or take it, if negative) to the spacing, step by step and evenly within a step."""
    sign = -1.0 if slack < 0 else 1.0
    remaining = abs(slack)
    for weight_of, max_share in steps:
        if remaining <= 0:
            return
        weights = list(map(weight_of, inside))
        total = fsum(weights)
        if total > 0:
            share = min(max_share, remaining / total)
            for index, weight in enumerate(weights):
                spacing[index] += sign * share * weight
            remaining -= share * total
