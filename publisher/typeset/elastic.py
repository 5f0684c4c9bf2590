"""How a line of Chinese gives and takes: the room between its clusters, and what flushness costs.

Enters: a paragraph as a row of clusters with their widths and classes. Leaves: for any stretch of it its
width, how bad it would be as a line of a given measure, and the room after each cluster that makes it
flush. Marks give up part of their blank first, then word spaces and the gaps between Chinese and Latin;
to fill a line the gaps open a little, then the room between ideographs, evenly (CLREQ 3.1.6, 3.2.2).

Lengths are in the unit of the widths; the constants are shares of an em, the size of the character.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from math import inf
from typing import TYPE_CHECKING

from publisher.typeset.classes import MARKS, WESTERN, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP, GAP_LEAST = 0.14, 0.125
"""Between an ideograph and a Latin letter or a digit; from 0.15 on some readers take it for a space."""
HALF = 0.5
"""What two marks side by side give up together, and one at the edge of a line."""
MARK_SHRINK = 0.25
"""What a mark inside a line may give up to make it flush."""
CLEAR = 0.05
"""What stays between the ink of two marks."""
INKED = 0.1
"""What may be inked of the half that a mark gives up at an edge."""
TIGHT = 0.025
"""How much nearer ideographs may move where marks and gaps have no more to give."""
SPACE_SHRINK, SPACE_STRETCH = 0.08, 0.125
"""What a Latin word space may lose, and gain before ideographs move apart."""
LOOSE = 0.02
"""Room added between ideographs that costs 1; the cost grows with its cube."""
MOST_OPEN = 0.25
"""A line that would need more room than this between ideographs stays short instead."""
STRAY = 1e5
"""The cost of a last line of one character."""
EMPTY = 1e3
"""The cost of a line that cannot be filled: a long word stands on it alone."""
EPSILON = 1e-6
_INSIDE = frozenset({Kind.DASH, Kind.ELLIPSIS})
_NARROW = frozenset(
    {
        Kind.LETTER,
        Kind.DIGIT,
        Kind.JOINER,
        Kind.SUFFIX,
        Kind.NARROW_OPEN,
        Kind.NARROW_CLOSE,
        Kind.PREFIX,
    }
)
_BESIDE_GAP = WESTERN | {Kind.SUFFIX}


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A paragraph, cluster by cluster."""

    widths: Sequence[float]
    ems: Sequence[float]
    """The size of each cluster's font."""
    kinds: Sequence[Kind]
    blank_before: Sequence[float]
    """Of a mark, the blank before its ink."""
    blank_after: Sequence[float]
    centred: Sequence[bool]
    """Whether a mark follows a convention whose stops stand in the middle of their em and keep it."""
    costs: Sequence[float]
    """Of a line's end before each cluster; infinite where it is forbidden."""
    hyphens: Sequence[float]
    """The width of the hyphen that a line's end before each cluster needs."""


class Row:
    """The clusters of a paragraph with what stands between them; place n is before cluster n."""

    def __init__(self, material: Material) -> None:
        """Say once what stands between any two neighbours; a line's sums are then differences."""
        self.material = material
        self.size = size = len(material.widths)
        self._kern = [0.0] * (size + 1)
        self._marks = [0.0] * (size + 1)
        self._gaps = [0.0] * (size + 1)
        self._spaces = [0.0] * (size + 1)
        self._tight = [0.0] * (size + 1)
        self._open = [0.0] * (size + 1)
        for place in range(1, size):
            self._relate(place)
        self.x = [0.0, *accumulate(material.widths)]
        self._kerns = list(accumulate(self._kern))
        self._easy = list(accumulate(self._easily(place) for place in range(size + 1)))
        self._tights = list(accumulate(room * TIGHT for room in self._tight))
        self._gap_rests = list(accumulate(room * GAP_LEAST for room in self._gaps))
        self._first = list(accumulate(self._at_first(place) for place in range(size + 1)))
        self._opens = list(accumulate(self._open))
        self.ends = self._solid_ends()
        """For each place, the end of a line that breaks there: white space before it left out."""

    def _relate(self, place: int) -> None:
        """Say what stands between two clusters and how it may change."""
        of = self.material
        before, after = of.kinds[place - 1], of.kinds[place]
        em = min(of.ems[place - 1], of.ems[place])
        if before in MARKS and after in MARKS:
            blank = of.blank_after[place - 1] + of.blank_before[place]
            if not (before is after is Kind.PAUSE and of.centred[place]):
                self._kern[place] = -max(0.0, min(HALF * em, blank - CLEAR * em))
        else:
            blank = of.blank_after[place - 1] if self._gives_after(place - 1) else 0.0
            blank += of.blank_before[place] if after is Kind.OPEN else 0.0
            self._marks[place] = min(blank, MARK_SHRINK * em)
        if (before in _BESIDE_GAP and after is Kind.IDEOGRAPH) or (
            before is Kind.IDEOGRAPH and after in WESTERN
        ):
            self._kern[place] = GAP * em
            self._gaps[place] = em
        elif Kind.SPACE in (before, after):
            self._spaces[place] = em / 2  # a space has two sides
            self._open[place] = em / 2
        elif _may_open(before, after):
            self._open[place] = self._tight[place] = em

    def _gives_after(self, place: int) -> bool:
        """Whether a mark inside a line may give up the blank behind it."""
        kind = self.material.kinds[place]
        return kind is Kind.CLOSE or (kind is Kind.PAUSE and not self.material.centred[place])

    def _easily(self, place: int) -> float:
        return (
            self._marks[place]
            + self._gaps[place] * (GAP - GAP_LEAST)
            + self._spaces[place] * 2 * SPACE_SHRINK
        )

    def _at_first(self, place: int) -> float:
        return self._spaces[place] * 2 * SPACE_STRETCH

    def _solid_ends(self) -> list[int]:
        ends = [0]
        for place, kind in enumerate(self.material.kinds, 1):
            ends.append(ends[-1] if kind is Kind.SPACE and place > 1 else place)
        return ends

    # --- Edges ---------------------------------------------------------------------------------

    def lead(self, start: int) -> float:
        """Return what the mark that opens a line gives up: nothing on a paragraph's first."""
        if not 0 < start < self.size or self.material.kinds[start] is not Kind.OPEN:
            return 0.0
        return self._half(start, self.material.blank_before[start])

    def _trail(self, end: int) -> float:
        return (
            self._half(end - 1, self.material.blank_after[end - 1])
            if end and self._gives_after(end - 1)
            else 0.0
        )

    def _half(self, place: int, blank: float) -> float:
        """Return the half of an em that a mark gives up at an edge, if that is blank."""
        em = self.material.ems[place]
        return HALF * em if blank >= (HALF - INKED) * em else 0.0

    # --- A stretch as a line -------------------------------------------------------------------

    def natural(self, start: int, place: int) -> float:
        """Return the width of the line from a cluster up to a place, its marks at the edges cut."""
        end = max(self.ends[place], start)
        hyphen = self.material.hyphens[place] if place < self.size else 0.0
        return (
            self.x[end]
            - self.x[start]
            + self.kern(start, end)
            - self.lead(start)
            - self._trail(end)
            + hyphen
        )

    def kern(self, start: int, end: int) -> float:
        """Return what stands between the clusters of a line before it gives or takes."""
        return _between(self._kerns, start, end)

    def least(self, start: int, place: int) -> float:
        """Return the width to which a line can be brought."""
        end = max(self.ends[place], start)
        return self.natural(start, place) - sum(
            _between(sums, start, end) for sums in (self._easy, self._tights, self._gap_rests)
        )

    def cost(self, start: int, place: int, slack: float, *, flush: bool) -> float:
        """Return how bad a line is that has ``slack`` left; infinite where it cannot fit."""
        end = max(self.ends[place], start)
        if slack < -EPSILON:
            shrunk = self._cost_of_shrinking(start, end, -slack)
            return shrunk if place == self.size else shrunk + self.material.costs[place]
        if place == self.size:
            return self._stray(start, end)
        return self.material.costs[place] + self._cost_of_filling(start, end, slack, flush=flush)

    def _cost_of_shrinking(self, start: int, end: int, need: float) -> float:
        easy = _between(self._easy, start, end)
        if need <= easy:
            return 0.5 * (need / easy) ** 2
        tight = _between(self._tights, start, end)
        if need <= easy + tight:
            return 0.5 + 3 * ((need - easy) / tight) ** 2
        rest = _between(self._gap_rests, start, end)
        return 10.0 if need <= easy + tight + rest + EPSILON else inf

    def _cost_of_filling(self, start: int, end: int, slack: float, *, flush: bool) -> float:
        em = self.material.ems[start]
        if not flush:
            return (slack / em) ** 2 / 50
        slack -= _between(self._first, start, end)
        if slack <= 0:
            return 0.0
        room = _between(self._opens, start, end)
        if slack > room * MOST_OPEN:
            return EMPTY + (10 * slack / em) ** 2
        return (slack / room / LOOSE) ** 3

    def fills(self, start: int, end: int, slack: float) -> bool:
        """Return whether a line can take up ``slack`` and still look like one."""
        slack -= _between(self._first, start, end)
        return slack <= max(0.0, _between(self._opens, start, end) * MOST_OPEN)

    def _stray(self, start: int, end: int) -> float:
        """Return the cost of a last line with a single character, marks not counted."""
        if start == 0:
            return 0.0
        kinds = self.material.kinds[start : min(end, start + 6)]
        return STRAY if sum(k not in MARKS and k is not Kind.SPACE for k in kinds) < 2 else 0.0

    def spaces(self, start: int, end: int, slack: float, *, flush: bool) -> tuple[float, ...]:
        """Return the room after each cluster of a line that takes up ``slack``."""
        found = self._kern[start + 1 : end]
        steps: tuple[tuple[list[float], float], ...] = ()
        if slack < -EPSILON:
            steps = (
                (self._marks, 1.0),
                (self._spaces, 2 * SPACE_SHRINK),
                (self._gaps, GAP - GAP_LEAST),
                (self._tight, TIGHT),
                (self._gaps, GAP_LEAST),
            )
        elif flush:
            steps = (
                (self._spaces, 2 * SPACE_STRETCH),
                (self._open, inf),
            )
        _share(found, steps, start, end, slack)
        return (*found, 0.0) if end > start else ()


def _between(sums: list[float], start: int, end: int) -> float:
    """Sum what stands between the clusters of a line."""
    return sums[end - 1] - sums[start] if end > start else 0.0


def _share(
    found: list[float],
    steps: Sequence[tuple[list[float], float]],
    start: int,
    end: int,
    slack: float,
) -> None:
    """Give ``slack``, or take it where it is negative, step by step, within a step evenly."""
    sign = -1.0 if slack < 0 else 1.0
    left = abs(slack)
    for row, most in steps:
        weights = row[start + 1 : end]
        whole = sum(weights)
        if whole <= 0 or left <= 0:
            continue
        part = min(most, left / whole)
        for index, weight in enumerate(weights):
            found[index] += sign * part * weight
        left -= part * whole


def _may_open(before: Kind, after: Kind) -> bool:
    """Return whether room may be added between two neighbours."""
    if Kind.GLUE in (before, after) or (before in _INSIDE and before is after):
        return False
    return not (before in _NARROW and after in _NARROW)
