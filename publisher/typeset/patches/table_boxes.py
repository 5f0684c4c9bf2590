"""The boxes of tables that need no anonymous boxes, and documents without flexible boxes.

``anonymous_table_boxes`` looks for what is missing around and between the parts of tables, in ten passes over the children of every
box: here only in boxes whose children are not what they should be. ``create_anonymous_boxes`` looks for flexible boxes
and for grids in all boxes: here only if there is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.typeset.patches.patching import Patch, Replacement, replace_everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator


def _replacements() -> Iterator[Replacement]:
    from publisher._weasyprint.formatting_structure import boxes, build

    stock_children = build.table_boxes_children
    parts = {boxes.TableRowBox: boxes.TableCellBox, boxes.TableRowGroupBox: boxes.TableRowBox}
    containers = boxes.BlockBox, boxes.TableCellBox, boxes.InlineBox
    inside = boxes.TextBox, boxes.InlineBox

    def table_boxes_children(box: Any, children: Any) -> Any:
        """Give a box its children, with the boxes that are missing in tables."""
        kind = type(box)
        if kind in parts:
            part = parts[kind]
            is_complete = all(type(child) is part for child in children)
        else:
            is_complete = kind in containers and all(type(child) in inside for child in children)
        if not is_complete:
            return stock_children(box, children)
        box.children = list(children)
        return box

    def create_anonymous_boxes(box: Any) -> Any:
        """Return a box with anonymous boxes in it."""
        box = build.anonymous_table_boxes(box)
        if any(isinstance(child, flexible) for child in _parents(box)):
            box = build.grid_boxes(build.flex_boxes(box))
        return build.block_in_inline(build.inline_in_block(box))

    flexible = boxes.FlexContainerBox, boxes.GridContainerBox
    yield Replacement(build, "table_boxes_children", table_boxes_children)
    yield from replace_everywhere(build, "create_anonymous_boxes", create_anonymous_boxes)


def _parents(box: Any) -> Iterator[Any]:
    """Yield a box and those with children inside it."""
    pending = [box]
    while pending:
        parent = pending.pop()
        yield parent
        pending += [child for child in parent.children if getattr(child, "children", None)]


PATCH = Patch(
    name="table_boxes",
    targets=(
        "weasyprint.formatting_structure.build.table_boxes_children",
        "weasyprint.formatting_structure.build.create_anonymous_boxes",
    ),
    reason="Missing boxes are looked for only where a table's parts are not complete, and flexible boxes where there are any.",
    replacements=_replacements,
)
