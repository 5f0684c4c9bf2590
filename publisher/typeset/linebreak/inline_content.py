"""The inline content of a paragraph as one list of clusters, and the mapping from clusters to boxes and back.

WeasyPrint writes a position in a paragraph as nested child indexes that end in a byte offset of a text box (a "skip
stack"); ``decode_skip_stack`` and ``encode_skip_stack`` convert it to a cluster and back.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence  # noqa: TC003 - a compiled dataclass needs it at run time
from dataclasses import dataclass, field, replace
from math import inf
from typing import TYPE_CHECKING, Any

from publisher.typeset.linebreak.line_extents import LineExtents, measure_line_extents
from publisher.typeset.linebreak.optimum_fit import (  # noqa: TC001 - as above
    Line,
    Measure,
    OptimumFitBreaker,
)
from publisher.typeset.linebreak.shaping import Cluster  # noqa: TC001 - as above

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class TextItem:
    """A text box of a paragraph and its clusters."""

    box: Any
    path: tuple[int, ...]
    """The child indexes that lead from the paragraph to the box."""
    start: int
    """Its first cluster in the paragraph."""
    offsets: Sequence[int] = ()
    """Where in its text each cluster begins, then the text's length; in characters."""
    emphasised: bool = False
    """Whether its characters have emphasis dots."""
    gap_after: float = 0.0
    """The space after the label of a hanging paragraph, px."""
    _last_conversion: tuple[int, int] = (0, 0)
    """The last offset that was converted to bytes, in characters and in bytes."""

    @property
    def end(self) -> int:
        """One past its last cluster."""
        return self.start + len(self.offsets) - 1

    def byte_offset(self, cluster: int) -> int:
        """Return where a cluster begins in the UTF-8 bytes of the text, as WeasyPrint counts."""
        offset = self.offsets[cluster - self.start]
        before, in_bytes = self._last_conversion if self._last_conversion[0] <= offset else (0, 0)
        in_bytes += len(self.box.text[before:offset].encode())
        self._last_conversion = offset, in_bytes
        return in_bytes

    def cluster_at(self, byte_offset: int) -> int:
        """Return the cluster that a byte of the text belongs to."""
        offset = len(self.box.text.encode()[:byte_offset].decode(errors="ignore"))
        return self.start + max(0, bisect_right(self.offsets, offset) - 1)


@dataclass(slots=True)
class Segment:
    """The part of a paragraph between two forced line breaks."""

    start: int
    """Its first cluster in the paragraph."""
    size: int
    """How many clusters it has."""
    breaker: OptimumFitBreaker
    _lines: dict[tuple[Measure, int], list[Line]] = field(default_factory=dict)
    """The lines that were broken, by measure and first cluster."""

    def break_lines(self, measure: Measure, start: int) -> list[Line]:
        """Return the lines from a cluster on.

        Lines that were broken for an earlier page are reused if one of them begins there.
        """
        for known, lines in self._lines.items() if start else ():
            if known[0].width == measure.width and known[0].justified == measure.justified:
                index = bisect_left(lines, start, key=lambda line: line.start)
                if index < len(lines) and lines[index].start == start:
                    return lines[index:]
        key = (measure, start)
        if key not in self._lines:
            self._lines[key] = self.breaker.break_lines(measure, start)
        return self._lines[key]


@dataclass(slots=True)
class InlineContent:
    """The text of a paragraph, ready to be broken into lines."""

    clusters: list[Cluster] = field(default_factory=list)
    text_items: list[TextItem] = field(default_factory=list)
    """The text boxes, in order."""
    item_by_box: dict[Any, TextItem] = field(default_factory=dict)
    cluster_ranges: dict[Any, tuple[int, int]] = field(default_factory=dict)
    """The first cluster of each box inside, and one past its last."""
    segments: list[Segment] = field(default_factory=list)
    parents: list[tuple[Any, Any]] = field(default_factory=list)
    """Each box with children, and the children that it had when it was read."""
    extents: dict[Any, LineExtents] | None = None
    """The extents of the line and of each text box, if lines need no boxes inside."""
    leader: int | None = None
    """The first cluster of the dots that lead to a page number."""
    label_end: int = 0
    """One past the last cluster of the label of a hanging paragraph; 0 if it has none."""
    readings: set[int] = field(default_factory=set)
    """The clusters that are readings above their base."""
    attached: set[int] = field(default_factory=set)
    """The clusters before which no line ends: raised and lowered text, and the base of a reading."""
    room: float = inf
    """The width to which wider formulas are reduced, px."""
    formula_width: float = 0.0
    """The width of the widest formula, px."""
    latin_marks: frozenset[int] = frozenset()
    """The marks that belong to Latin text, by position in the text of the paragraph."""
    text_length: int = 0
    """The characters of the text that has been read."""
    in_cell: bool = False
    """Whether it is in the cell of a table."""
    right_to_left: bool = False
    """Whether all its letters are written from right to left; its lines are then flush right."""

    def clone_for(self, box: Any) -> InlineContent:
        """Return the same content for another paragraph that is a single text box with equal text and style."""
        (child,) = box.children
        item = replace(self.text_items[0], box=child)
        if self.extents is None or child.missing_link:
            extents = measure_line_extents(box)
        else:
            line, text = self.parents[0][0], self.text_items[0].box
            extents = {box: self.extents[line], child: self.extents[text]}
        return InlineContent(
            clusters=self.clusters,
            text_items=[item],
            item_by_box={child: item},
            cluster_ranges={child: (0, len(self.clusters))},
            segments=self.segments,
            parents=[(box, box.children)],
            extents=extents,
            right_to_left=self.right_to_left,
        )

    def is_valid(self) -> bool:
        """Return whether the boxes are unchanged: WeasyPrint replaces a box once its page number is known."""
        return all(parent.children is children for parent, children in self.parents)

    def item_at(self, cluster: int) -> TextItem:
        """Return the text box that holds a cluster."""
        index = bisect_right(self.text_items, cluster, key=lambda item: item.start) - 1
        return self.text_items[index]

    def items_between(self, start: int, end: int) -> Iterator[TextItem]:
        """Yield the text boxes with clusters from ``start`` up to ``end``."""
        first = bisect_right(self.text_items, start, key=lambda item: item.start) - 1
        for item in self.text_items[max(0, first) :]:
            if item.start >= end:
                return
            if item.end > start:
                yield item

    def segment_at(self, cluster: int) -> int:
        """Return the index of the segment that holds a cluster."""
        index = bisect_right(self.segments, cluster, key=lambda segment: segment.start) - 1
        return max(0, index)

    def decode_skip_stack(self, skip_stack: Any) -> int:
        """Return the cluster that a skip stack of WeasyPrint points to; None is the first."""
        indexes: list[int] = []
        while skip_stack:
            ((index, skip_stack),) = skip_stack.items()
            indexes.append(index)
        path = tuple(indexes)
        number = bisect_left(self.text_items, path[:-1], key=lambda item: item.path)
        if path and number < len(self.text_items) and self.text_items[number].path == path[:-1]:
            return self.text_items[number].cluster_at(path[-1])
        number = bisect_left(self.text_items, path, number, key=lambda item: item.path)
        if number < len(self.text_items):
            return self.text_items[number].start
        return len(self.clusters)

    def encode_skip_stack(self, cluster: int) -> Any:
        """Return the skip stack of WeasyPrint that points to a cluster."""
        item = self.item_at(cluster)
        stack: Any = {item.byte_offset(min(cluster, item.end)): None}
        for index in reversed(item.path):
            stack = {index: stack}
        return stack
