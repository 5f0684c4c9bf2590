"""Cells of a table that are laid out once, though their page is laid out again.

A table with page numbers (``target-counter()``) is laid out at least twice, as the numbers are known only after the
first time, and each of its pages twice more if a border follows it. Most cells are the same in the same place: here
``block_container_layout`` copies them, while ``table_layout`` is at work on such a table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from publisher.typeset.linebreak.glyph_painting import ComposedText
from publisher.typeset.patches.patching import Patch, Replacement, replace_everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class _Cells:
    """The cells of one document."""

    numbered: dict[Any, bool] = field(default_factory=dict)
    """By table: whether page numbers are inside."""
    layouts: dict[Any, _CellLayout] = field(default_factory=dict)
    active: bool = False
    """Whether a table with page numbers is laid out at the moment."""


def _cells_of(context: Any) -> _Cells:
    """Return the cells of the document that a layout context belongs to."""
    cells: _Cells | None = vars(context).get("cell_cache")
    if cells is None:
        cells = context.cell_cache = _Cells()
    return cells


def _replacements() -> Iterator[Replacement]:
    from publisher._weasyprint.formatting_structure import boxes
    from publisher._weasyprint.layout import block, table

    stock_table, stock_layout = table.table_layout, block.block_container_layout

    def table_layout(context: Any, box: Any, *others: Any) -> Any:
        """Lay out a table, and cache its cells if page numbers are inside."""
        cells = _cells_of(context)
        if box not in cells.numbered:
            cells.numbered[box] = any(inner.missing_link for inner in box.descendants())
        outer, cells.active = cells.active, cells.numbered[box]
        try:
            return stock_table(context, box, *others)
        finally:
            cells.active = outer

    def layout(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, *others: Any, **named: Any
    ) -> Any:
        """Lay out a block, or copy a cell that was laid out in the same place."""
        cells = _cells_of(context)
        if not cells.active or skip_stack is not None or not isinstance(box, boxes.TableCellBox):
            return stock_layout(context, box, bottom_space, skip_stack, *others, **named)
        known, geometry = cells.layouts.get(box), _GEOMETRY(box)
        if (
            known
            and known.is_valid(geometry)
            and not context.overflows_page(bottom_space, known.bottom)
        ):
            return known.copy()
        result = stock_layout(context, box, bottom_space, skip_stack, *others, **named)
        if result[0] is not None and result[1] is None and _has_only_text(result[0], boxes):
            cells.layouts[box] = _CellLayout.of(box, geometry, result)
        return result

    yield from replace_everywhere(table, "table_layout", table_layout)
    yield from replace_everywhere(block, "block_container_layout", layout)


_SIDES = ("top", "right", "bottom", "left")
_GEOMETRY = attrgetter(
    *("style", "position_x", "position_y", "width", "height", "min_height", "max_height"),
    *(f"margin_{side}" for side in _SIDES),
    *(f"padding_{side}" for side in _SIDES),
    *(f"border_{side}_width" for side in _SIDES),
)
"""What the layout of a cell depends on, besides its content."""


class _CellLayout(NamedTuple):
    """The layout of a cell."""

    content: list[tuple[Any, Any]]
    """The boxes in the cell that have children, each with them."""
    geometry: tuple[Any, ...]
    bottom: float
    """The lower edge of the last line, with the padding and the border below it, px."""
    cell: Any
    """The cell as it was laid out."""
    next_page: Any
    """The name of the page and the break that layout returned."""

    @classmethod
    def of(cls, box: Any, geometry: tuple[Any, ...], result: tuple[Any, ...]) -> _CellLayout:
        """Return a copy of the layout of a box; the layout itself goes into the page."""
        cell, _, next_page, *_ = result
        lines = cell.children
        bottom = lines[-1].position_y + lines[-1].height if lines else cell.position_y
        return cls(
            content=[
                (inner, inner.children) for inner in box.descendants() if not hasattr(inner, "text")
            ],
            geometry=geometry,
            bottom=bottom + cell.padding_bottom + cell.border_bottom_width,
            cell=cell.deepcopy(),
            next_page=dict(next_page),
        )

    def is_valid(self, geometry: tuple[Any, ...]) -> bool:
        """Return whether the cell has the same geometry and content: a new page number is a new box."""
        return self.geometry == geometry and all(
            box.children is children for box, children in self.content
        )

    def copy(self) -> tuple[Any, ...]:
        """Return the layout as ``block_container_layout`` does."""
        cell = self.cell.deepcopy()
        cell.remove_decoration_sides = set(self.cell.remove_decoration_sides)
        return cell, None, dict(self.next_page), [], False, None


def _has_only_text(cell: Any, boxes: Any) -> bool:
    """Return whether a cell holds lines of text only, none of them moved."""
    return cell.style["position"] == "static" and all(
        isinstance(line, boxes.LineBox)
        and all(_is_static_text(box, boxes) for box in line.descendants())
        for line in cell.children
    )


def _is_static_text(box: Any, boxes: Any) -> bool:
    if isinstance(box, boxes.TextBox):
        return isinstance(getattr(box, "pango_layout", None), ComposedText)
    inline = isinstance(box, boxes.LineBox | boxes.InlineBox)
    return inline and box.style["position"] == "static" and not (box.footnote or box.note)


PATCH = Patch(
    name="table_cell_cache",
    targets=(
        "weasyprint.layout.table.table_layout",
        "weasyprint.layout.block.block_container_layout",
    ),
    reason="Cells with the same content in the same place are copied when their page is laid out again.",
    replacements=_replacements,
)
