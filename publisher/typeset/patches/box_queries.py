"""Methods of boxes that layout calls thousands of times, each with fewer calls of its own.

``Box.is_in_normal_flow`` calls five other methods. ``Box.establishes_formatting_context`` calls as many, though the
answer depends on a box's class and style alone. ``ParentBox.page_values`` lists all children of a box to find the
first and the last in the flow. ``Box.descendants`` makes a generator for each box without children. ``copy.deepcopy``
in ``layout.page`` dispatches by type for each number of a page's counters.
"""

from __future__ import annotations

import copy
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from publisher.typeset.patches.patching import Patch, Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator


def _replacements() -> Iterator[Replacement]:
    from publisher._weasyprint.formatting_structure import boxes
    from publisher._weasyprint.layout import page

    stock_establishes, box_class = boxes.Box.establishes_formatting_context, boxes.Box

    def establishes_formatting_context(self: Any) -> bool:
        """Return whether a box establishes a block formatting context (CSS 2.1, 9.4.1)."""
        if self.is_column:
            return True
        by_class = vars(self.style).setdefault("establishes_context", {})
        establishes: bool | None = by_class.get(type(self))
        if establishes is None:
            establishes = by_class[type(self)] = bool(stock_establishes(self))
        return establishes

    def descendants(self: Any, placeholders: bool = False) -> Iterator[Any]:  # noqa: FBT001, FBT002 - WeasyPrint's
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

    yield Replacement(boxes.Box, "is_in_normal_flow", _is_in_normal_flow)
    yield Replacement(boxes.Box, "establishes_formatting_context", establishes_formatting_context)
    yield Replacement(boxes.Box, "descendants", descendants)
    yield Replacement(boxes.ParentBox, "page_values", _page_values)
    yield Replacement(page, "copy", SimpleNamespace(copy=copy.copy, deepcopy=_deepcopy))


def _is_in_normal_flow(box: Any) -> bool:
    """Return whether a box is neither floated nor absolutely positioned, nor a note or a running title."""
    position = box.style["position"]
    return (
        box.style["float"] not in _FLOATS
        and position not in _ABSOLUTE_POSITIONS
        and position[0] not in _MOVED_POSITIONS
    )


def _page_values(self: Any) -> tuple[Any, Any]:
    """Return the names of the pages on which a box begins and ends."""
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


_FLOATS = frozenset({"left", "right", "inline-start", "inline-end", "footnote"})
_ABSOLUTE_POSITIONS = ("absolute", "fixed")
_MOVED_POSITIONS = ("running()", "note()")


def _deepcopy(value: Any) -> Any:
    """Return a copy of nested lists, sets and dictionaries."""
    value_type = type(value)
    if value_type is list:
        return [_deepcopy(item) for item in value]
    if value_type is dict:
        return {name: _deepcopy(item) for name, item in value.items()}
    if value_type is set:
        return set(value)
    return value if value_type in _IMMUTABLE else copy.deepcopy(value)


_IMMUTABLE = frozenset({int, str, type(None)})

PATCH = Patch(
    name="box_queries",
    targets=(
        "weasyprint.formatting_structure.boxes.Box.is_in_normal_flow",
        "weasyprint.formatting_structure.boxes.Box.establishes_formatting_context",
        "weasyprint.formatting_structure.boxes.Box.descendants",
        "weasyprint.formatting_structure.boxes.ParentBox.page_values",
        "weasyprint.layout.page.copy",
    ),
    reason="Methods of boxes that layout calls thousands of times make fewer calls of their own.",
    replacements=_replacements,
)
