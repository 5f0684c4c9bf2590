"""The boxes of tables that need no anonymous boxes, and documents without flexible boxes.

``anonymous_table_boxes`` looks for what is missing around and between the parts of tables, in ten passes over the children of every
box: here only in boxes whose children are not what they should be. ``create_anonymous_boxes`` looks for flexible boxes
and for grids in all boxes: here only if there is one. ``element_to_box`` makes the boxes of each cell from its element: here those of
cells with plain text are copies (``cell_copies``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.typeset.patches.cell_copies import (
    CellCopies,
    is_without_lines,
    take_text,
    texts_put_back,
)
from publisher.typeset.patches.patching import Patch, Replacement, replace_everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator


def _replacements() -> Iterator[Replacement]:
    from publisher._weasyprint.formatting_structure import boxes, build

    stock_element, stock_children = build.element_to_box, build.table_boxes_children
    parts = {boxes.TableRowBox: boxes.TableCellBox, boxes.TableRowGroupBox: boxes.TableRowBox}
    containers = boxes.BlockBox, boxes.TableCellBox, boxes.InlineBox
    inside = boxes.TextBox, boxes.InlineBox

    def element_to_box(element: Any, style_for: Any, *others: Any, **options: Any) -> Any:
        """Return the boxes of an element."""
        if element.tag not in ("td", "th"):
            return stock_element(element, style_for, *others, **options)
        copies = vars(style_for).setdefault("cell_copies", CellCopies())
        return copies.boxes(
            element, style_for, lambda: stock_element(element, style_for, *others, **options)
        )

    def table_boxes_children(box: Any, children: Any) -> Any:
        """Give a box its children, with the boxes that are missing in tables."""
        kind = type(box)
        if is_without_lines(box):
            take_text(box)
            return box
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
        with texts_put_back():
            box = build.anonymous_table_boxes(box)
            if any(isinstance(child, flexible) for child in _parents(box)):
                box = build.grid_boxes(build.flex_boxes(box))
            return build.block_in_inline(build.inline_in_block(box))

    flexible = boxes.FlexContainerBox, boxes.GridContainerBox
    yield Replacement(build, "element_to_box", element_to_box)
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
        "weasyprint.formatting_structure.build.element_to_box",
        "weasyprint.formatting_structure.build.table_boxes_children",
        "weasyprint.formatting_structure.build.create_anonymous_boxes",
    ),
    reason="Cells of plain text are copied; missing boxes are looked for only where parts of a table are not complete.",
    replacements=_replacements,
)
