"""The layout of table cells that hold one paragraph of plain text, and nothing else.

WeasyPrint lays a cell out as a container of any blocks, with floats, notes, margins that collapse and page breaks inside. A
cell with plain text that fits on the page needs none of it: here its lines are placed, and its height is theirs.

In: the box of a cell, placed in its table. Out: what WeasyPrint's ``block_container_layout`` returns for it, or ``None``
if it is to lay the cell out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.typeset.linebreak.inline_content import InlineContent

if TYPE_CHECKING:
    from publisher.typeset.linebreak.line_layout import LineLayout


def lay_out_plain_cell(
    lines: LineLayout,
    context: Any,
    cell: Any,
    bottom_space: float,
    *,
    page_is_empty: bool,
) -> Any:
    """Return the layout of a cell from its beginning, whose lines are all on the page; ``None`` for any other cell."""
    if not _is_plain(cell, context):
        return None
    position_x = cell.content_box_x()
    position_y = top = cell.content_box_y()
    placed: list[Any] = []
    for paragraph in cell.children:
        paragraph.position_x, paragraph.position_y = position_x, position_y
        content = lines.content_of(paragraph)
        if not isinstance(content, InlineContent) or content.extents is None:
            return None
        for line, resume_at in lines.lines_of_cell(context, paragraph, content, cell, bottom_space):
            line.resume_at = resume_at
            position_y = line.position_y + line.height
            below = 0 if resume_at else cell.border_bottom_width + cell.padding_bottom
            first_of_page = page_is_empty and not placed
            if context.overflows_page(bottom_space, position_y + (0 if first_of_page else below)):
                return None
            placed.append(line)
    laid_out = cell.copy_with_children(placed)
    height = max(0, position_y - top)
    laid_out.height = max(min(height, cell.max_height), cell.min_height)
    return laid_out, None, {"break": "any", "page": None}, [], False, None


def _is_plain(cell: Any, context: Any) -> bool:
    """Return whether a cell has at most one paragraph, and no style that its layout would have to regard."""
    if len(cell.children) > 1 or cell.height != "auto" or context.excluded_shapes:
        return False
    cached = vars(cell.style)
    if "plain_cell" not in cached:
        style = cell.style
        cached["plain_cell"] = (
            style["position"] != "relative"
            and style["max_lines"] == "none"
            and style["continue"] == "auto"
            and style["box_decoration_break"] == "slice"
        )
    return (
        cached["plain_cell"]
        and cell.first_letter_style is None
        and cell.first_line_style is None
        and all(hasattr(child, "text_overflow") for child in cell.children)
    )
