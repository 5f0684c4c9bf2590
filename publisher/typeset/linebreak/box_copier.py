"""Copies of the boxes of a paragraph for one of its lines.

In: the boxes of a paragraph, and a slice of its content. Out: copies of the boxes on that line, positioned from its
left edge and not yet aligned, with the composed text that each paints.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from math import fsum
from typing import TYPE_CHECKING, Any

from publisher.typeset.linebreak.glyph_painting import ComposedText
from publisher.typeset.linebreak.line_slice import (
    LineSlice,  # noqa: TC001 - mypyc stores the classes of fields
)

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class BoxCopier:
    """Copies the boxes of a paragraph for one of its lines."""

    line_slice: LineSlice
    containing_block: Any

    def copy_children(self, box: Any, x: float) -> list[Any]:
        """Return copies of a box's children on this line, positioned from ``x`` on."""
        from publisher._weasyprint.formatting_structure import boxes

        copies = []
        ranges, outer_start = self.line_slice.content.cluster_ranges, self.line_slice.outer_start
        for child in box.children[_first_reaching(box.children, ranges, outer_start) :]:
            start, end = ranges[child]
            if start >= self.line_slice.next_start:
                break
            if start < end == outer_start:
                continue
            is_text = isinstance(child, boxes.TextBox)
            duplicate = self._copy_text(child, x) if is_text else self._copy_inline(child, x)
            if duplicate is not None:
                x += duplicate.width
                copies.append(duplicate)
        return _join_texts(copies)

    def _copy_inline(self, box: Any, x: float) -> Any:
        from publisher._weasyprint.layout.inline import _adjust_line_height
        from publisher._weasyprint.layout.percent import resolve_percentages

        resolve_percentages(box, self.containing_block)
        duplicate = box.copy_with_children(self.copy_children(box, x))
        duplicate.position_x, duplicate.position_y = x, 0
        duplicate.width = fsum(child.width for child in duplicate.children)
        _adjust_line_height(duplicate)
        return duplicate

    def _copy_text(self, box: Any, x: float) -> Any:
        from publisher._weasyprint.text.line_break import strut

        part = self.line_slice.slice_text(self.line_slice.content.item_by_box[box])
        if part is None:
            return None
        duplicate = box.copy_with_text(part.text)
        line_height, duplicate.baseline = strut(box.style)
        duplicate.position_x, duplicate.position_y = x, 0
        duplicate.width, duplicate.height = part.width, box.style["font_size"]
        duplicate.margin_top = duplicate.margin_bottom = (line_height - duplicate.height) / 2
        vars(duplicate).update(_NO_EDGES)
        duplicate.pango_layout = part.composed
        if part.composed.formula is not None:
            above, below = part.composed.formula.extents(line_height, duplicate.baseline)
            duplicate.margin_top += above - duplicate.baseline
            duplicate.margin_bottom += below - (line_height - duplicate.baseline)
            duplicate.baseline = above
        return duplicate


_NO_EDGES = dict.fromkeys(
    (
        *("margin_left", "margin_right"),
        *(f"padding_{side}" for side in ("top", "right", "bottom", "left")),
        *(f"border_{side}_width" for side in ("top", "right", "bottom", "left")),
    ),
    0,
)
"""The margins, padding and borders of a text box."""


def _join_texts(children: list[Any]) -> list[Any]:
    """Join adjacent texts of one element, so that each is read and painted as one text.

    Empty elements between them, which are targets of links, stay where they are.
    """
    joined: list[Any] = []
    text: Any = None
    for child in children:
        if isinstance(getattr(child, "pango_layout", None), ComposedText):
            if text is not None and text.element is child.element:
                first, second = text.pango_layout, child.pango_layout
                text.text += child.text
                text.width += child.width
                text.pango_layout = replace(
                    first,
                    text=first.text + second.text,
                    clusters=[*first.clusters, *second.clusters],
                    spacing=[*first.spacing, *second.spacing],
                    hyphenated=second.hyphenated,
                )
                continue
            text = child
        elif child.children:
            text = None
        joined.append(child)
    return joined


def _first_reaching(children: Sequence[Any], ranges: dict[Any, tuple[int, int]], start: int) -> int:
    """Return the index of the first child that ends at or after a cluster."""
    return bisect_left(children, start, key=lambda child: ranges[child][1])
