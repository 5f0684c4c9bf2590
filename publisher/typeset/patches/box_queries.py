"""Questions that layout asks thousands of times, answered at one go.

The seams are, of ``weasyprint.formatting_structure.boxes``, ``Box.is_in_normal_flow``, which asks five other
questions of a box, ``Box.establishes_formatting_context``, which asks as many though a box's class and style
have the answer, ``ParentBox.page_values``, which asks all children of a box for its first and its last, and
``Box.descendants``, which has a generator for each box without children; and ``copy.deepcopy`` in
``weasyprint.layout.page``, which learns anew for each of a page's counters that it is a list of numbers.
"""

from __future__ import annotations

import copy
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from publisher.typeset.patches.patching import Seam

if TYPE_CHECKING:
    from collections.abc import Iterator


def answered_at_once() -> Iterator[Seam]:
    """Yield the seams for one document."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import page

    stock_establishes, box_class = boxes.Box.establishes_formatting_context, boxes.Box

    def establishes_formatting_context(self: Any) -> bool:
        """Return whether floats outside a box have nothing to do with what is in it."""
        if self.is_column:
            return True
        kept = vars(self.style).setdefault("establishing", {})
        answer: bool | None = kept.get(type(self))
        if answer is None:
            answer = kept[type(self)] = bool(stock_establishes(self))
        return answer

    def descendants(self: Any, placeholders: bool = False) -> Iterator[Any]:  # noqa: FBT001, FBT002 - the seam's
        """Yield a box, its children and all boxes inside."""
        yield self
        for child in self.children:
            if isinstance(child, box_class):
                if child.children:
                    yield from child.descendants(placeholders)
                else:
                    yield child
            elif placeholders:
                yield from child.descendants(placeholders)
            else:
                yield child

    yield Seam(boxes.Box, "is_in_normal_flow", _is_in_normal_flow)
    yield Seam(boxes.Box, "establishes_formatting_context", establishes_formatting_context)
    yield Seam(boxes.Box, "descendants", descendants)
    yield Seam(boxes.ParentBox, "page_values", _page_values)
    yield Seam(page, "copy", SimpleNamespace(copy=copy.copy, deepcopy=_deepcopy))


def _is_in_normal_flow(box: Any) -> bool:
    """Return whether a box is neither floated nor placed by itself, nor a note or a running title."""
    position = box.style["position"]
    return (
        box.style["float"] not in _ASIDE
        and position not in _BY_ITSELF
        and position[0] not in _ELSEWHERE
    )


def _page_values(self: Any) -> tuple[Any, Any]:
    """Return the names of the pages that a box begins and ends on."""
    first = last = self.style["page"]
    for child in self.children:
        if child.is_in_normal_flow() or child.is_floated():
            first = child.page_values()[0] or first
            break
    for child in reversed(self.children):
        if child.is_in_normal_flow() or child.is_floated():
            last = child.page_values()[1] or last
            break
    return first, last


_ASIDE = frozenset({"left", "right", "inline-start", "inline-end", "footnote"})
_BY_ITSELF = ("absolute", "fixed")
_ELSEWHERE = ("running()", "note()")


def _deepcopy(value: Any) -> Any:
    """Return a copy of nested lists, sets and tables."""
    kind = type(value)
    if kind is list:
        return [_deepcopy(one) for one in value]
    if kind is dict:
        return {name: _deepcopy(one) for name, one in value.items()}
    if kind is set:
        return set(value)
    return value if kind in _PLAIN else copy.deepcopy(value)


_PLAIN = frozenset({int, str, type(None)})
