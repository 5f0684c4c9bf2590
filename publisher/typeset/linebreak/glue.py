"""The glue between two clusters: its natural width, and how far it can shrink and stretch.

In: the metrics of two neighbours. Out: their ``Glue``, in the sense of Knuth and Plass, "Breaking Paragraphs into
Lines" (1981). Full-width marks give up part of their blank (CLREQ 3.1.6); a gap separates Chinese from Latin text
(CLREQ 3.2.2). Lengths are in the unit of the font size (CSS px); constants are in em.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from publisher.typeset.linebreak.character_classes import (
    FULL_WIDTH_MARKS,
    IDEOGRAPHIC,
    WESTERN,
    CharacterClass,
)

GAP, MIN_GAP, MAX_GAP = 0.14, 0.125, 0.148
"""The gap between an ideograph and a Latin letter or a digit: what it is, what it can shrink to, and what it opens to
before ideographs move apart. Some PDF readers take 0.15 for a space."""
WIDEST_GAP = 0.25
"""The widest gap that a style can ask for (``latin_gap``)."""
MARK_COMPRESSION = 0.5
"""What two adjacent full-width marks lose together, and one at the edge of a line (标点挤压)."""
MARK_SHRINK, MAX_MARK_SHRINK = 0.25, 0.45
"""What a full-width mark inside a line can shrink by in justification, and by what if nothing else is left."""
CENTRED_SHRINK = 0.125
"""What a mark in the middle of its em can shrink by on each side, if nothing else is left."""
MIN_INK_DISTANCE = 0.05
"""What remains between the ink of two compressed marks."""
INK_TOLERANCE = 0.1
"""How much of the half that a mark loses at an edge may hold ink."""
IDEOGRAPH_SHRINK = 0.025
"""What the space between ideographs can shrink by after marks and gaps."""
SPACE_SHRINK, SPACE_STRETCH = 0.08, 0.125
"""What a word space can shrink by, and stretch by before ideographs move apart."""
MAX_CACHED_PAIRS = 100_000
"""Cached pairs of neighbours; reports have some hundreds."""
_CONNECTED = frozenset({CharacterClass.DASH, CharacterClass.ELLIPSIS})
"""Classes whose characters stay connected to another of the same class."""
_WORD_CLASSES = frozenset(
    {
        CharacterClass.LETTER,
        CharacterClass.DIGIT,
        CharacterClass.INFIX,
        CharacterClass.SOLIDUS,
        CharacterClass.POSTFIX,
        CharacterClass.NARROW_OPENING,
        CharacterClass.NARROW_CLOSING,
        CharacterClass.PREFIX,
    }
)
"""Classes between which justification adds no space."""
_GAP_BEFORE_IDEOGRAPH = WESTERN | {CharacterClass.POSTFIX}


@dataclass(frozen=True, slots=True, eq=False)
class ClusterMetrics:
    """What the glue on both sides of a cluster depends on.

    Equal metrics are the same object (``cluster_metrics``), so that pairs can be cached by identity.
    """

    character_class: CharacterClass
    em: float
    """The font size."""
    blank_before: float = 0.0
    """The blank before the ink of a full-width mark."""
    blank_after: float = 0.0
    """The blank after the ink of a full-width mark."""
    centred_stops: bool = False
    """Whether pause and stop marks are centred in their em and keep its width."""
    latin_gap: float = GAP
    """The gap between Chinese and Latin text, in em."""

    shrinks_after: bool = field(init=False)
    """Whether the blank after a mark inside a line can shrink."""
    is_centred: bool = field(init=False)
    """Whether it is a pause or stop mark in the middle of its em."""
    trim_start: float = field(init=False)
    """What the cluster loses at the start of a line."""
    trim_end: float = field(init=False)
    """What the cluster loses at the end of a line."""

    def __post_init__(self) -> None:
        """Compute the derived fields."""
        character_class = self.character_class
        is_stop = character_class is CharacterClass.PAUSE_OR_STOP
        shrinks = character_class is CharacterClass.CLOSING or (is_stop and not self.centred_stops)
        object.__setattr__(self, "shrinks_after", shrinks)
        object.__setattr__(self, "is_centred", is_stop and self.centred_stops)
        is_opening = character_class is CharacterClass.OPENING
        trim_start = self._edge_trim(self.blank_before) if is_opening else 0.0
        object.__setattr__(self, "trim_start", trim_start)
        object.__setattr__(self, "trim_end", self._edge_trim(self.blank_after) if shrinks else 0.0)

    def _edge_trim(self, blank: float) -> float:
        """Return half an em if that much of the mark is blank, else 0."""
        is_blank = blank >= (MARK_COMPRESSION - INK_TOLERANCE) * self.em
        return MARK_COMPRESSION * self.em if is_blank else 0.0


cluster_metrics = lru_cache(maxsize=10_000)(ClusterMetrics)
"""Return the ``ClusterMetrics`` of these values, the same object each time."""


@dataclass(frozen=True, slots=True, eq=False)
class Glue:
    """The space between two clusters: its natural width, and what it can shrink and stretch by.

    The ``…_em`` fields are weights: the em that a share of slack is taken from. Shrinking goes through
    ``mark_shrink``, ``space_em``, ``gap_em``, ``ideograph_em`` and ``last_shrink``, in this order; stretching through
    ``space_em`` and ``gap_em``, then ``stretch_em``.
    """

    width: float = 0.0
    """The natural width: negative between compressed marks, positive for a gap."""
    mark_shrink: float = 0.0
    """The blank of marks that can be taken away."""
    gap_em: float = 0.0
    """The em of a gap between Chinese and Latin text."""
    space_em: float = 0.0
    """Half the em of a word space, since the space has glue on both sides."""
    ideograph_em: float = 0.0
    """The em of a pair of ideographs that can move together."""
    stretch_em: float = 0.0
    """The em of a pair that can move apart."""
    first_shrink: float = 0.0
    """What marks, word spaces and gaps can shrink by before ideographs do."""
    ideograph_shrink: float = 0.0
    """What the space between ideographs can shrink by."""
    last_shrink: float = 0.0
    """What marks can shrink by after that."""
    first_stretch: float = 0.0
    """What word spaces and gaps can stretch by before anything else."""
    is_rigid: bool = field(init=False)
    """Whether it adds nothing to the sums of a line, as between most ideographs."""

    def __post_init__(self) -> None:
        """Compute the derived field."""
        is_elastic = self.width or self.first_shrink or self.last_shrink or self.first_stretch
        object.__setattr__(self, "is_rigid", not is_elastic)


class _GlueCache(dict[tuple[ClusterMetrics, ClusterMetrics], Glue]):
    """The glue between two neighbours, by their metrics."""

    def __missing__(self, pair: tuple[ClusterMetrics, ClusterMetrics]) -> Glue:
        """Compute the glue of a pair; empty the cache first if it is full."""
        if len(self) >= MAX_CACHED_PAIRS:
            self.clear()
        glue = self[pair] = _glue_between(*pair)
        return glue


def _glue_between(before: ClusterMetrics, after: ClusterMetrics) -> Glue:
    """Return the glue between two neighbours."""
    em = min(before.em, after.em)
    left, right = before.character_class, after.character_class
    width = mark_shrink = last_shrink = gap_em = space_em = ideograph_em = stretch_em = 0.0
    if left in FULL_WIDTH_MARKS and right in FULL_WIDTH_MARKS:
        blank = before.blank_after + after.blank_before
        if not (left is right is CharacterClass.PAUSE_OR_STOP and after.centred_stops):
            width = -max(0.0, min(MARK_COMPRESSION * em, blank - MIN_INK_DISTANCE * em))
    else:
        blank = before.blank_after if before.shrinks_after else 0.0
        blank += after.blank_before if right is CharacterClass.OPENING else 0.0
        mark_shrink = min(blank, MARK_SHRINK * em)
        last_shrink = min(blank, MAX_MARK_SHRINK * em) - mark_shrink
        for metrics, side in ((before, before.blank_after), (after, after.blank_before)):
            if metrics.is_centred:
                last_shrink += min(side, CENTRED_SHRINK * em)
    if (left in _GAP_BEFORE_IDEOGRAPH and right in IDEOGRAPHIC) or (
        left in IDEOGRAPHIC and right in WESTERN
    ):
        width, gap_em = before.latin_gap * em, em
    elif CharacterClass.SPACE in (left, right):
        space_em = stretch_em = em / 2
    elif _can_stretch(left, right):
        stretch_em = ideograph_em = em
    return Glue(
        width,
        mark_shrink,
        gap_em,
        space_em,
        ideograph_em,
        stretch_em,
        first_shrink=mark_shrink + gap_em * (GAP - MIN_GAP) + space_em * SPACE_SHRINK,
        ideograph_shrink=ideograph_em * IDEOGRAPH_SHRINK,
        last_shrink=last_shrink,
        first_stretch=space_em * SPACE_STRETCH + gap_em * (MAX_GAP - GAP),
    )


def _can_stretch(before: CharacterClass, after: CharacterClass) -> bool:
    """Return whether justification may add space between two neighbours."""
    if CharacterClass.NON_BREAKING in (before, after):
        return False
    if before in _CONNECTED and before is after:
        return False
    return not (before in _WORD_CLASSES and after in _WORD_CLASSES)


GLUE_BY_PAIR = _GlueCache()
"""The glue between two neighbours; computed when it is first looked up."""
