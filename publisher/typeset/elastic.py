"""How a line of Chinese gives and takes: the room between its clusters, and what flushness costs.

Enters: a paragraph as a row of clusters with their widths and classes. Leaves: for any stretch of it its
width, how bad it would be as a line of a given measure, and the room after each cluster that makes it
flush. Marks give up part of their blank first, then word spaces and the gaps between Chinese and Latin;
to fill a line the gaps open a little, then the room between ideographs, evenly (CLREQ 3.1.6, 3.2.2).

Lengths are in the unit of the widths; the constants are shares of an em, the size of the character.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise
from math import inf
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from publisher.typeset.classes import MARKS, WESTERN, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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


class Relation(NamedTuple):
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


@lru_cache(maxsize=100_000)
def relation(pair: tuple[Trait, Trait]) -> Relation:
    """Say what stands between two neighbours."""
    before, after = pair
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

    widths: Sequence[float]
    traits: Sequence[Trait]
    costs: Sequence[float]
    """Of a line's end before each cluster; infinite where it is forbidden."""
    hyphens: Mapping[int, float]
    """The width of the hyphen that a line's end before a cluster needs."""


class Row:
    """The clusters of a paragraph with what stands between them; place n is before cluster n."""

    def __init__(self, material: Material) -> None:
        """Say once what stands between any two neighbours; a line's sums are then differences."""
        self.material = material
        self.size = len(material.widths)
        self.traits = material.traits
        between = [Relation(), *map(relation, pairwise(material.traits)), Relation()]
        columns: list[tuple[float, ...]] = list(zip(*between, strict=True))
        kern, marks, gaps, spaces, tight, opening, easy, tightest, rest, first = columns
        self._kern, self._marks, self._gaps, self._spaces = kern, marks, gaps, spaces
        self._tight, self._open = tight, opening
        self.x = [0.0, *accumulate(material.widths)]
        self._kerns = list(accumulate(kern))
        self._easy, self._tights = list(accumulate(easy)), list(accumulate(tightest))
        self._gap_rests, self._first = list(accumulate(rest)), list(accumulate(first))
        self._opens = list(accumulate(opening))
        self.ends = self._solid_ends()
        """For each place, the end of a line that breaks there: white space before it left out."""
        self.far = self._far()
        """For each place, how far a line that breaks there reaches, on a scale for all lines."""

    def _solid_ends(self) -> Sequence[int]:
        if not any(self._spaces):
            return range(self.size + 1)
        ends = [0]
        for place, trait in enumerate(self.traits, 1):
            ends.append(ends[-1] if trait.kind is Kind.SPACE and place > 1 else place)
        return ends

    def _far(self) -> list[float]:
        far = list(map(add, self.x, (0.0, *self._kerns)))
        for place, trait in enumerate(self.traits, 1):
            if trait.kind in MARKS:
                far[place] -= trait.trail
        if not isinstance(self.ends, range):
            far = [far[end] for end in self.ends]
        for place, hyphen in self.material.hyphens.items():
            far[place] += hyphen
        return far

    def lead(self, start: int) -> float:
        """Return what the mark that opens a line gives up: nothing on a paragraph's first."""
        return self.traits[start].lead if 0 < start < self.size else 0.0

    def near(self, start: int) -> float:
        """Return where a line begins, on the scale of ``far``."""
        return self.x[start] + self._kerns[start] + self.lead(start)

    # --- A stretch as a line -------------------------------------------------------------------

    def natural(self, start: int, place: int) -> float:
        """Return the width of the line from a cluster up to a place, its marks at the edges cut."""
        lead = self.traits[start].lead if start else 0.0
        if self.ends[place] <= start:  # nothing but white space
            return self.material.hyphens.get(place, 0.0) - lead
        return self.far[place] - self.x[start] - self._kerns[start] - lead

    def kern(self, start: int, end: int) -> float:
        """Return what stands between the clusters of a line before it gives or takes."""
        return _between(self._kerns, start, end)

    def gives(self, start: int, place: int) -> float:
        """Return how much narrower a line can be brought."""
        last = self.ends[place] - 1
        if last <= start:
            return 0.0
        easy, tights, rests = self._easy, self._tights, self._gap_rests
        return easy[last] - easy[start] + tights[last] - tights[start] + rests[last] - rests[start]

    def takes(self, start: int, place: int, cost: float) -> float:
        """Return the most room that a line to a place or before it takes up at no more than a cost."""
        end = max(self.ends[place], start)
        if cost >= EMPTY:
            return inf
        opened = _between(self._opens, start, end) * LOOSE * float(max(0.0, cost) ** (1 / 3))
        return _between(self._first, start, end) + opened + EPSILON

    def cost(self, start: int, place: int, slack: float, *, flush: bool) -> float:
        """Return how bad a line is that has ``slack`` left; infinite where it cannot fit."""
        last = max(self.ends[place] - 1, start)
        at_end = place == self.size
        if slack < -EPSILON:
            shrunk = self._cost_of_shrinking(start, last, -slack)
            return shrunk if at_end else shrunk + self.material.costs[place]
        if at_end:
            return self._stray(start, last + 1)
        return self.material.costs[place] + self._cost_of_filling(start, last, slack, flush=flush)

    def _cost_of_shrinking(self, start: int, last: int, need: float) -> float:
        easy = self._easy[last] - self._easy[start]
        if need <= easy:
            return 0.5 * (need / easy) ** 2
        tight = self._tights[last] - self._tights[start]
        if tight and need <= easy + tight + EPSILON:
            return 0.5 + 3 * ((need - easy) / tight) ** 2
        rest = self._gap_rests[last] - self._gap_rests[start]
        return 10.0 if need <= easy + tight + rest + EPSILON else inf

    def _cost_of_filling(self, start: int, last: int, slack: float, *, flush: bool) -> float:
        if not flush:
            return (slack / self.traits[start].em) ** 2 / 50
        slack -= self._first[last] - self._first[start]
        if slack <= EPSILON:
            return 0.0
        room = self._opens[last] - self._opens[start]
        if slack > room * MOST_OPEN + EPSILON:
            return EMPTY + (10 * slack / self.traits[start].em) ** 2
        return (slack / room / LOOSE) ** 3

    def fills(self, start: int, end: int, slack: float) -> bool:
        """Return whether a line can take up ``slack`` and still look like one."""
        slack -= _between(self._first, start, end)
        return slack <= _between(self._opens, start, end) * MOST_OPEN + EPSILON

    def _stray(self, start: int, end: int) -> float:
        """Return the cost of a last line with a single character, marks not counted."""
        if start == 0:
            return 0.0
        kinds = [trait.kind for trait in self.traits[start : min(end, start + 6)]]
        return STRAY if sum(k not in MARKS and k is not Kind.SPACE for k in kinds) < 2 else 0.0

    def spaces(self, start: int, end: int, slack: float, *, flush: bool) -> tuple[float, ...]:
        """Return the room after each cluster of a line that takes up ``slack``."""
        found = list(self._kern[start + 1 : end])
        steps: tuple[tuple[Sequence[float], float], ...] = ()
        if slack < -EPSILON:
            steps = (
                (self._marks, 1.0),
                (self._spaces, SPACE_SHRINK),
                (self._gaps, GAP - GAP_LEAST),
                (self._tight, TIGHT),
                (self._gaps, GAP_LEAST),
            )
        elif flush:
            steps = (
                (self._spaces, SPACE_STRETCH),
                (self._open, inf),
            )
        _share(found, steps, start, end, slack)
        return (*found, 0.0) if end > start else ()


def _between(sums: list[float], start: int, end: int) -> float:
    """Sum what stands between the clusters of a line."""
    return sums[end - 1] - sums[start] if end > start else 0.0


def _share(
    found: list[float],
    steps: Sequence[tuple[Sequence[float], float]],
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
