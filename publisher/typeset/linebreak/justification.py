"""How a line of Chinese gives and takes: the room between its clusters, and what flushness costs.

Enters: a paragraph as a row of clusters with their widths and classes. Leaves: for any stretch of it its
width, how bad it would be as a line of a given measure, and the room after each cluster that makes it
flush. Marks give up part of their blank first, then word spaces and the gaps between Chinese and Latin;
to fill a line the gaps open a little, then the room between ideographs, evenly (CLREQ 3.1.6, 3.2.2).

Lengths are in the unit of the widths; the constants are shares of an em, the size of the character.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise
from math import inf
from operator import attrgetter
from typing import final

from publisher.typeset.linebreak.character_classes import MARKS, WESTERN, Kind

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
MOST_KEPT = 100_000
"""Pairs of neighbours kept: reports have some hundreds."""
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


@dataclass(frozen=True, slots=True, eq=False)
class Trait:
    """What a cluster is to its neighbours; there is one of each kind, so that pairs are looked up."""

    kind: Kind
    em: float
    """The size of its font."""
    blank_before: float = 0.0
    """Of a mark, the blank before its ink."""
    blank_after: float = 0.0
    centred: bool = False
    """Whether a mark follows a convention whose stops stand in the middle of their em and keep it."""

    gives_after: bool = field(init=False)
    """Whether a mark inside a line may give up the blank behind it."""
    lead: float = field(init=False)
    """What it gives up where it opens a line."""
    trail: float = field(init=False)
    """What it gives up where it ends a line."""

    def __post_init__(self) -> None:
        """Work out what neighbours and edges ask for again and again."""
        kind = self.kind
        gives = kind is Kind.CLOSE or (kind is Kind.PAUSE and not self.centred)
        object.__setattr__(self, "gives_after", gives)
        lead = self._half(self.blank_before) if kind is Kind.OPEN else 0.0
        object.__setattr__(self, "lead", lead)
        object.__setattr__(self, "trail", self._half(self.blank_after) if gives else 0.0)

    def _half(self, blank: float) -> float:
        """Return the half of an em that a mark gives up at an edge, if that is blank."""
        return HALF * self.em if blank >= (HALF - INKED) * self.em else 0.0


trait_of = lru_cache(maxsize=10_000)(Trait)
"""The trait of these values, the same object each time."""


@dataclass(frozen=True, slots=True, eq=False)
class Relation:
    """What stands between two clusters and how it may change."""

    kern: float = 0.0
    marks: float = 0.0
    """The blank that marks may give up."""
    gaps: float = 0.0
    """The em of a gap between Chinese and Latin."""
    spaces: float = 0.0
    """The em of a word space: half of it, since a space has two sides."""
    tight: float = 0.0
    opening: float = 0.0
    easy: float = 0.0
    """What is given up first."""
    tightest: float = 0.0
    gap_rest: float = 0.0
    first: float = 0.0
    """What is filled first."""
    plain: bool = field(init=False)
    """Whether it adds nothing to ``_Sums``, as between most ideographs."""

    def __post_init__(self) -> None:
        """Work out what is asked for at every place."""
        told = self.kern or self.easy or self.gap_rest or self.first
        object.__setattr__(self, "plain", not told)


@final
class _Sums:
    """What stands between the clusters up to a place, summed up: places share it where they can."""

    def __init__(self, kern: float, easy: float, gap_rest: float, first: float) -> None:
        """Sum up, by the names that a ``Relation`` has."""
        self.kern, self.easy, self.gap_rest, self.first = kern, easy, gap_rest, first


class _Relations(dict[tuple[Trait, Trait], Relation]):
    """What stands between two neighbours, found out once."""

    def __missing__(self, pair: tuple[Trait, Trait]) -> Relation:
        """Find it out, and forget the others where they are too many."""
        if len(self) >= MOST_KEPT:
            self.clear()
        found = self[pair] = _relation(*pair)
        return found


_RELATIONS = _Relations()


def _relation(before: Trait, after: Trait) -> Relation:
    """Say what stands between two neighbours."""
    em = min(before.em, after.em)
    kern = marks = gaps = spaces = tight = opening = 0.0
    if before.kind in MARKS and after.kind in MARKS:
        blank = before.blank_after + after.blank_before
        if not (before.kind is after.kind is Kind.PAUSE and after.centred):
            kern = -max(0.0, min(HALF * em, blank - CLEAR * em))
    else:
        blank = before.blank_after if before.gives_after else 0.0
        blank += after.blank_before if after.kind is Kind.OPEN else 0.0
        marks = min(blank, MARK_SHRINK * em)
    if (before.kind in _BESIDE_GAP and after.kind is Kind.IDEOGRAPH) or (
        before.kind is Kind.IDEOGRAPH and after.kind in WESTERN
    ):
        kern, gaps = GAP * em, em
    elif Kind.SPACE in (before.kind, after.kind):
        spaces = opening = em / 2
    elif _may_open(before.kind, after.kind):
        opening = tight = em
    return Relation(
        kern,
        marks,
        gaps,
        spaces,
        tight,
        opening,
        easy=marks + gaps * (GAP - GAP_LEAST) + spaces * SPACE_SHRINK,
        tightest=tight * TIGHT,
        gap_rest=gaps * GAP_LEAST,
        first=spaces * SPACE_STRETCH,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A paragraph, cluster by cluster."""

    widths: list[float]
    traits: list[Trait]
    costs: list[float]
    """Of a line's end before each cluster; infinite where it is forbidden."""
    hyphens: dict[int, float]
    """The width of the hyphen that a line's end before a cluster needs."""


class Row:
    """The clusters of a paragraph with what stands between them; place n is before cluster n."""

    def __init__(self, material: Material) -> None:
        """Say once what stands between any two neighbours; a line's sums are then differences."""
        self.material = material
        self.size = len(material.widths)
        self.traits = material.traits
        self._between = [
            Relation(),
            *map(_RELATIONS.__getitem__, pairwise(material.traits)),
            Relation(),
        ]
        self.x: list[float] = [0.0, *accumulate(material.widths)]
        self._sums: list[_Sums] = []
        self._tights: list[float] = []
        self._opens: list[float] = []
        self._sum_up()
        self._ends = self._solid_ends()
        self.far = self._far()
        """For each place, how far a line that breaks there reaches, on a scale for all lines."""

    def _sum_up(self) -> None:
        """Sum what stands between neighbours, from the beginning up to each place."""
        sums, tight, opening = _Sums(0.0, 0.0, 0.0, 0.0), 0.0, 0.0
        for one in self._between:
            if not one.plain:
                sums = _Sums(
                    sums.kern + one.kern,
                    sums.easy + one.easy,
                    sums.gap_rest + one.gap_rest,
                    sums.first + one.first,
                )
            tight += one.tightest
            opening += one.opening
            self._sums.append(sums)
            self._tights.append(tight)
            self._opens.append(opening)

    def _solid_ends(self) -> list[int]:
        """Return for each place the end of a line that breaks there; nothing where that is the place itself."""
        if not self._sums[self.size].first:
            return []
        ends = list(range(self.size + 1))
        for place, trait in enumerate(self.traits[1:], 2):
            if trait.kind is Kind.SPACE:
                ends[place] = ends[place - 1]
        return ends

    def end(self, place: int) -> int:
        """Return the end of a line that breaks at a place: white space before it left out."""
        return self._ends[place] if self._ends else place

    def _far(self) -> list[float]:
        far = [0.0]
        for place, trait in enumerate(self.traits):
            far.append(self.x[place + 1] + self._sums[place].kern - trait.trail)
        if self._ends:
            far = [far[end] for end in self._ends]
        for place, hyphen in self.material.hyphens.items():
            far[place] += hyphen
        return far

    def lead(self, start: int) -> float:
        """Return what the mark that opens a line gives up: nothing on a paragraph's first."""
        return self.traits[start].lead if 0 < start < self.size else 0.0

    def near(self, start: int) -> float:
        """Return where a line begins, on the scale of ``far``."""
        return self.x[start] + self._sums[start].kern + self.lead(start)

    # --- A stretch as a line -------------------------------------------------------------------

    def natural(self, start: int, place: int) -> float:
        """Return the width of the line from a cluster up to a place, its marks at the edges cut."""
        lead = self.traits[start].lead if start else 0.0
        if self.end(place) <= start:  # nothing but white space
            return self.material.hyphens.get(place, 0.0) - lead
        return self.far[place] - self.x[start] - self._sums[start].kern - lead

    def kern(self, start: int, end: int) -> float:
        """Return what stands between the clusters of a line before it gives or takes."""
        return self._sums[max(end - 1, start)].kern - self._sums[start].kern

    def gives(self, start: int, place: int) -> float:
        """Return how much narrower a line can be brought."""
        last = self.end(place) - 1
        if last <= start:
            return 0.0
        sums, before, tights = self._sums[last], self._sums[start], self._tights
        given = sums.easy - before.easy + tights[last] - tights[start]
        return given + sums.gap_rest - before.gap_rest

    def takes(self, start: int, place: int, cost: float) -> float:
        """Return the most room that a line to a place or before it takes up at no more than a cost."""
        if cost >= EMPTY:
            return inf
        last = max(self.end(place) - 1, start)
        opened = self._opens[last] - self._opens[start]
        opened = opened * LOOSE * float(max(0.0, cost) ** (1 / 3))
        return self._sums[last].first - self._sums[start].first + opened + EPSILON

    def cost(self, start: int, place: int, slack: float, *, flush: bool) -> float:
        """Return how bad a line is that has ``slack`` left; infinite where it cannot fit."""
        last = max(self.end(place) - 1, start)
        at_end = place == self.size
        if slack < -EPSILON:
            shrunk = self._cost_of_shrinking(start, last, -slack)
            return shrunk if at_end else shrunk + self.material.costs[place]
        if at_end:
            return self._stray(start, last + 1)
        return self.material.costs[place] + self._cost_of_filling(start, last, slack, flush=flush)

    def _cost_of_shrinking(self, start: int, last: int, need: float) -> float:
        sums, before = self._sums[last], self._sums[start]
        easy = sums.easy - before.easy
        if need <= easy:
            return 0.5 * (need / easy) ** 2
        tight = self._tights[last] - self._tights[start]
        if tight and need <= easy + tight + EPSILON:
            return 0.5 + 3 * ((need - easy) / tight) ** 2
        rest = sums.gap_rest - before.gap_rest
        return 10.0 if need <= easy + tight + rest + EPSILON else inf

    def _cost_of_filling(self, start: int, last: int, slack: float, *, flush: bool) -> float:
        if not flush:
            return (slack / self.traits[start].em) ** 2 / 50
        slack -= self._sums[last].first - self._sums[start].first
        if slack <= EPSILON:
            return 0.0
        room = self._opens[last] - self._opens[start]
        if slack > room * MOST_OPEN + EPSILON:
            return EMPTY + (10 * slack / self.traits[start].em) ** 2
        return (slack / room / LOOSE) ** 3

    def fills(self, start: int, end: int, slack: float) -> bool:
        """Return whether a line can take up ``slack`` and still look like one."""
        last = max(end - 1, start)
        slack -= self._sums[last].first - self._sums[start].first
        return slack <= (self._opens[last] - self._opens[start]) * MOST_OPEN + EPSILON

    def _stray(self, start: int, end: int) -> float:
        """Return the cost of a last line with a single character, marks not counted."""
        if start == 0:
            return 0.0
        kinds = [trait.kind for trait in self.traits[start : min(end, start + 6)]]
        return STRAY if sum(k not in MARKS and k is not Kind.SPACE for k in kinds) < 2 else 0.0

    def spaces(self, start: int, end: int, slack: float, *, flush: bool) -> list[float]:
        """Return the room after each cluster of a line that takes up ``slack``."""
        inside = self._between[start + 1 : end]
        found = [one.kern for one in inside]
        if slack < -EPSILON:
            _share(found, inside, _SHRINKING, slack)
        elif flush:
            _share(found, inside, _FILLING, slack)
        if end > start:
            found.append(0.0)
        return found


_Steps = tuple[tuple[Callable[[Relation], float], float], ...]
_SHRINKING: _Steps = (
    (attrgetter("marks"), 1.0),
    (attrgetter("spaces"), SPACE_SHRINK),
    (attrgetter("gaps"), GAP - GAP_LEAST),
    (attrgetter("tight"), TIGHT),
    (attrgetter("gaps"), GAP_LEAST),
)
"""What gives up room, one after another, and the share of it that each may give up."""
_FILLING: _Steps = ((attrgetter("spaces"), SPACE_STRETCH), (attrgetter("opening"), inf))
"""What takes up room, one after another, and the share of it that each may take up."""


def _share(found: list[float], inside: list[Relation], steps: _Steps, slack: float) -> None:
    """Give ``slack``, or take it where it is negative, step by step, within a step evenly."""
    sign = -1.0 if slack < 0 else 1.0
    left = abs(slack)
    for weight_of, most in steps:
        if left <= 0:
            return
        weights = list(map(weight_of, inside))
        whole = sum(weights, 0.0)
        if whole > 0:
            part = min(most, left / whole)
            for index, weight in enumerate(weights):
                found[index] += sign * part * weight
            left -= part * whole


def _may_open(before: Kind, after: Kind) -> bool:
    """Return whether room may be added between two neighbours."""
    if Kind.GLUE in (before, after) or (before in _INSIDE and before is after):
        return False
    return not (before in _NARROW and after in _NARROW)
