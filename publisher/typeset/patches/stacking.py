"""Boxes painted in the order of the page, not copied for it.

The seams are ``weasyprint.stacking._dispatch`` and ``_dispatch_children``, which copy every box of a page with
those of its children that are painted in its own turn. Enters: a box, and lists of what is painted before it
and after it. Leaves: the box itself where all its children are painted with it, as almost everywhere.
"""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING, Any

from publisher.typeset.linebreak.plain_lines import text_only_line_class
from publisher.typeset.patches.patching import Seam

if TYPE_CHECKING:
    from collections.abc import Iterator


def painted_in_place() -> Iterator[Seam]:
    """Yield the seams for one document."""
    from weasyprint import stacking
    from weasyprint.formatting_structure import boxes

    stock_dispatch = stacking._dispatch  # noqa: SLF001 - the seam
    bare, parent_class = text_only_line_class(), boxes.ParentBox
    in_turn = (boxes.InlineBlockBox, boxes.InlineFlexBox, boxes.InlineGridBox)

    def dispatch(
        box: Any, page: Any, contexts: Any, blocks: Any, floats: Any, blocks_and_cells: Any
    ) -> Any:
        """Return a box that is painted with its parent; put any other where it is painted."""
        if type(box) is bare:
            return box
        plain = isinstance(box, parent_class) and not isinstance(box, in_turn)
        if not plain or box.is_grid_item or not _stays(box.style):
            return stock_dispatch(box, page, contexts, blocks, floats, blocks_and_cells)
        if isinstance(box, boxes.BlockLevelBox):
            place, inside = len(blocks), dict[Any, Any]()
            box = dispatch_children(box, page, contexts, blocks, floats, inside)
            blocks.insert(place, box)
            blocks_and_cells[box] = inside
        elif isinstance(box, boxes.TableCellBox):
            inside = {}
            box = dispatch_children(box, page, contexts, blocks, floats, inside)
            blocks_and_cells[box] = inside
        else:
            box = dispatch_children(box, page, contexts, blocks, floats, blocks_and_cells)
        return box

    def dispatch_children(box: Any, *where: Any) -> Any:
        """Return a box with the children that are painted with it."""
        if not isinstance(box, parent_class):
            return box
        made = [dispatch(child, *where) for child in box.children]
        if all(map(is_, made, box.children)):
            return box
        return box.copy_with_children([one for one in made if one is not None])

    yield Seam(stacking, "_dispatch", dispatch)
    yield Seam(stacking, "_dispatch_children", dispatch_children)


def _stays(style: Any) -> bool:
    """Whether boxes of a style are painted in their parent's turn and not cut off."""
    kept = vars(style)
    if "stays" not in kept:
        kept["stays"] = (
            style["position"] == "static"
            and style["opacity"] >= 1
            and not style["transform"]
            and style["overflow"] == "visible"
            and style["float"] not in ("left", "right", "inline-start", "inline-end")
        )
    stays: bool = kept["stays"]
    return stays
