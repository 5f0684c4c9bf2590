"""A paragraph's boxes as one row of clusters, and the way back from a cluster to a box.

Enters: a line box that holds all of a paragraph. Leaves: a ``Flow``, or the reason why the paragraph
holds what is not text. A place in a paragraph is to WeasyPrint a nest of indexes, bytes of a text box
at last; ``decode`` and ``encode`` turn it into a cluster and back.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence  # noqa: TC003 - a compiled dataclass asks for it
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from publisher.typeset.linebreak.break_opportunities import FORBIDDEN, penalties
from publisher.typeset.linebreak.character_classes import Kind
from publisher.typeset.linebreak.glyph_painting import HYPHEN
from publisher.typeset.linebreak.justification import Material, Trait, trait_of
from publisher.typeset.linebreak.line_extents import Reach, reaches
from publisher.typeset.linebreak.optimum_fit import Composer, Line, Measure
from publisher.typeset.linebreak.shaping import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.typeset.linebreak.shaping import Shaper

HYPHENATED = 8.0
"""The cost of a hyphen: a little looseness is better, a loose line is not."""
DOTS = 1.5
"""What is left for the dots between an entry and its page number, in em."""
SHORTEST_WORD = 5
"""Shorter words are not hyphenated."""
LINE_END = Cluster("\n", 0.0, (), trait_of(Kind.BREAK, 0.0))
FIXED = ("nowrap", "pre")
"""Values of white-space with which no line ends of its own accord."""
_SPACED = ("pre", "pre-wrap")


@dataclass(slots=True)
class Leaf:
    """A text box and where it stands."""

    box: Any
    path: tuple[int, ...]
    start: int
    """Its first cluster in the paragraph."""
    places: Sequence[int] = ()
    """Where in its text each cluster begins, and the end."""
    _told: tuple[int, int] = (0, 0)
    """The place that was asked for last, and how many bytes stand before it."""

    @property
    def end(self) -> int:
        """One past its last cluster."""
        return self.start + len(self.places) - 1

    def offset(self, cluster: int) -> int:
        """Return where a cluster begins in the bytes of the text, in which WeasyPrint counts."""
        place = self.places[cluster - self.start]
        before, offset = self._told if self._told[0] <= place else (0, 0)
        offset += len(self.box.text[before:place].encode())
        self._told = place, offset
        return offset

    def cluster_at(self, offset: int) -> int:
        """Return the cluster that a byte of the text belongs to."""
        place = len(self.box.text.encode()[:offset].decode(errors="ignore"))
        return self.start + max(0, bisect_right(self.places, place) - 1)


@dataclass(slots=True)
class Segment:
    """What stands between forced line ends."""

    start: int
    size: int
    composer: Composer
    _known: dict[tuple[Measure, int], list[Line]] = field(default_factory=dict)

    def lines(self, measure: Measure, begin: int) -> list[Line]:
        """Return the lines from a cluster on, those of an earlier page where it begins one of them."""
        for known, lines in self._known.items() if begin else ():
            if known[0].rest == measure.rest and known[0].flush == measure.flush:
                number = bisect_left(lines, begin, key=lambda line: line.start)
                if number < len(lines) and lines[number].start == begin:
                    return lines[number:]
        key = (measure, begin)
        if key not in self._known:
            self._known[key] = self.composer.lines(measure, begin)
        return self._known[key]


@dataclass(slots=True)
class Flow:
    """A paragraph ready to be broken."""

    clusters: list[Cluster] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    leaf_of: dict[Any, Leaf] = field(default_factory=dict)
    """The leaf of each text box."""
    spans: dict[Any, tuple[int, int]] = field(default_factory=dict)
    """The clusters of each box inside."""
    segments: list[Segment] = field(default_factory=list)
    parents: list[tuple[Any, Any]] = field(default_factory=list)
    """The boxes that hold others, each with what it held."""
    reaches: dict[Any, Reach] | None = None
    """Of a paragraph whose lines need no boxes inside, the reach of each text box."""
    leader: int | None = None
    """The first cluster of dots that lead to a page number."""

    def twin(self, box: Any) -> Flow:
        """Return the flow of a paragraph that like this one is a text box and nothing else."""
        (child,) = box.children
        leaf = replace(self.leaves[0], box=child)
        return Flow(
            clusters=self.clusters,
            leaves=[leaf],
            leaf_of={child: leaf},
            spans={child: (0, len(self.clusters))},
            segments=self.segments,
            parents=[(box, box.children)],
            reaches=reaches(box),
        )

    def stands(self) -> bool:
        """Whether the boxes are still the same: a page number known at last is a new box."""
        return all(parent.children is held for parent, held in self.parents)

    def leaf_at(self, cluster: int) -> Leaf:
        """Return the text box that holds a cluster."""
        return self.leaves[bisect_right(self.leaves, cluster, key=lambda leaf: leaf.start) - 1]

    def leaves_between(self, start: int, end: int) -> Iterator[Leaf]:
        """Yield the text boxes that hold clusters from a place up to another."""
        first = bisect_right(self.leaves, start, key=lambda leaf: leaf.start) - 1
        for leaf in self.leaves[max(0, first) :]:
            if leaf.start >= end:
                return
            if leaf.end > start:
                yield leaf

    def segment_at(self, cluster: int) -> int:
        """Return the index of the segment that holds a cluster."""
        return max(0, bisect_right(self.segments, cluster, key=lambda one: one.start) - 1)

    def decode(self, skip_stack: Any) -> int:
        """Return the cluster that WeasyPrint's way to a place leads to."""
        path: list[int] = []
        while skip_stack:
            ((index, skip_stack),) = skip_stack.items()
            path.append(index)
        way = tuple(path)
        number = bisect_left(self.leaves, way[:-1], key=lambda leaf: leaf.path)
        if way and number < len(self.leaves) and self.leaves[number].path == way[:-1]:
            return self.leaves[number].cluster_at(way[-1])
        number = bisect_left(self.leaves, way, number, key=lambda leaf: leaf.path)
        return self.leaves[number].start if number < len(self.leaves) else len(self.clusters)

    def encode(self, cluster: int) -> Any:
        """Return the way to a cluster as WeasyPrint has it."""
        leaf = self.leaf_at(cluster)
        stack: Any = {leaf.offset(min(cluster, leaf.end)): None}
        for index in reversed(leaf.path):
            stack = {index: stack}
        return stack


def read_flow(box: Any, shaper: Shaper) -> Flow | None:
    """Return a paragraph's flow; None where it has nothing to see."""
    from weasyprint.formatting_structure import boxes

    flow = Flow()
    ends: list[int] = []
    _add_children(flow, box, (), ends, shaper, boxes)
    if not any(cluster.text.strip() for cluster in flow.clusters):
        return None
    flow.reaches = reaches(box)
    start = 0
    for end in (*ends, len(flow.clusters)):
        flow.segments.append(_segment(flow, start, end))
        start = end + 1
    return flow


def obstacle(box: Any) -> str:
    """Return why a paragraph cannot be composed here; empty where it can."""
    from weasyprint.formatting_structure import boxes

    reasons = (_in_the_way(child, boxes) for kid in box.children for child in kid.descendants())
    found = next(filter(None, reasons), "")
    return "it runs from right to left" if box.style["direction"] != "ltr" else found


def _in_the_way(box: Any, boxes: Any) -> str:
    if isinstance(box, boxes.TextBox):
        return _of_text(box)
    if not isinstance(box, boxes.InlineBox) or not box.is_in_normal_flow():
        return f"it holds a {type(box).__name__}"
    sides = ("left", "right")
    lengths = [box.style[f"{what}_{side}"] for what in ("margin", "padding") for side in sides]
    lengths += [box.style[f"border_{side}_width"] for side in sides]
    roomy = any(one not in (0, "auto") and getattr(one, "value", 1) for one in lengths)
    return "an element inside has room of its own" if roomy else ""


def _of_text(box: Any) -> str:
    style = box.style
    if style["letter_spacing"] != "normal" or style["word_spacing"]:
        return "its letters are spaced"
    if "\t" in box.text:
        return "it holds tabs"
    return "" if style["font_size"] else "its letters have no size"


def _add_children(
    flow: Flow, parent: Any, path: tuple[int, ...], ends: list[int], shaper: Shaper, boxes: Any
) -> None:
    flow.parents.append((parent, parent.children))
    for index, child in enumerate(parent.children):
        start = len(flow.clusters)
        if isinstance(child, boxes.TextBox):
            _add_text(flow, child, (*path, index), ends, shaper)
        else:
            if child.is_leader and flow.leader is None:
                flow.leader = start
            _add_children(flow, child, (*path, index), ends, shaper, boxes)
        flow.spans[child] = (start, len(flow.clusters))


def _add_text(flow: Flow, box: Any, path: tuple[int, ...], ends: list[int], shaper: Shaper) -> None:
    start = len(flow.clusters)
    for number, part in enumerate(box.text.split("\n")):
        if number:
            ends.append(len(flow.clusters))
            flow.clusters.append(LINE_END)
        flow.clusters += shaper.shape(part, box.style)
    lengths = [len(one.text) for one in flow.clusters[start:]]
    if len(lengths) == lengths.count(1):
        places: Sequence[int] = range(len(lengths) + 1)
    else:
        places = list(accumulate(lengths, initial=0))
    leaf = Leaf(box, path, start, places)
    flow.leaves.append(leaf)
    flow.leaf_of[box] = leaf


def _segment(flow: Flow, start: int, end: int) -> Segment:
    while start < end and flow.clusters[start].trait.kind is Kind.SPACE:
        if flow.leaf_at(start).box.style["white_space"] in _SPACED:
            break
        start += 1
    clusters = flow.clusters[start:end]
    traits = [cluster.trait for cluster in clusters]
    costs, hyphens = _costs(clusters), dict[int, float]()
    for leaf in flow.leaves_between(start, end):
        here = slice(max(start, leaf.start) - start, min(end, leaf.end) - start)
        style = leaf.box.style
        if style["white_space"] in FIXED:
            costs[here.start + 1 : here.stop] = [FORBIDDEN] * max(0, here.stop - here.start - 1)
        if style["white_space"] in _SPACED:
            traits[here] = map(_kept, traits[here])
        if style["hyphens"] == "auto" and style["lang"]:
            _hyphenate(clusters, here, style["lang"], costs, hyphens)
    if flow.leader is not None and start + 1 < flow.leader < end:
        costs[flow.leader - start - 1] = FORBIDDEN  # no single character beside the dots
    widths = [cluster.width for cluster in clusters]
    if flow.leader is not None and start <= flow.leader < end:
        widths[flow.leader - start] += DOTS * clusters[0].trait.em
    material = Material(
        widths=widths,
        traits=traits,
        costs=costs,
        hyphens=hyphens,
    )
    return Segment(start, len(clusters), Composer(material))


def _kept(trait: Trait) -> Trait:
    """Return a space that is kept as it is as the letter that it is like, anything else unchanged."""
    return trait_of(Kind.LETTER, trait.em) if trait.kind is Kind.SPACE else trait


def _costs(clusters: Sequence[Cluster]) -> list[float]:
    """Return the cost of a line's end before each cluster."""
    texts = [cluster.text for cluster in clusters]
    by_character = penalties("".join(texts))
    if len(by_character) == len(texts) and all(texts):
        return by_character
    places = accumulate([len(text) for text in texts[:-1]], initial=0)
    return [
        by_character[place] if place < len(by_character) else FORBIDDEN
        for place, _ in zip(places, texts, strict=False)
    ]


def _hyphenate(
    clusters: Sequence[Cluster],
    here: slice,
    language: str,
    costs: list[float],
    hyphens: dict[int, float],
) -> None:
    """Let words of a marked language part at their syllables."""
    patterns = _patterns(language)
    place = here.start
    while patterns is not None and place < here.stop:
        stop = place
        while stop < here.stop and clusters[stop].trait.kind is Kind.LETTER:
            stop += 1
        if stop - place >= SHORTEST_WORD:
            word = "".join(cluster.text for cluster in clusters[place:stop])
            for at in patterns.positions(word) if len(word) == stop - place else ():
                costs[place + at] = HYPHENATED
                hyphens[place + at] = HYPHEN * clusters[place].trait.em
        place = max(stop, place + 1)


@cache
def _patterns(language: str) -> Any:
    """Return the hyphenation patterns of a language; None where there are none."""
    import pyphen

    name = pyphen.language_fallback(language)
    return pyphen.Pyphen(lang=name) if name else None
