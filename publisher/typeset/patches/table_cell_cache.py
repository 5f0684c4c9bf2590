"""Cells of a table laid out once, though their page is made again.

The seams are ``weasyprint.layout.table.table_layout`` and ``weasyprint.layout.block.block_container_layout``.
A table that tells page numbers is laid out at least twice, as they are known only then, and each of its
pages twice more where a rule stands below it. Most cells are the same in the same place: they are copied.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from publisher.typeset.linebreak.glyph_painting import ComposedText
from publisher.typeset.patches.patching import Seam, everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator


def known_cells() -> Iterator[Seam]:
    """Yield the seams for one document."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import block, table

    stock_table, stock_layout = table.table_layout, block.block_container_layout
    numbered: dict[Any, bool] = {}
    kept: dict[Any, _Kept] = {}
    keeping = False

    def table_layout(context: Any, box: Any, *others: Any) -> Any:
        """Lay out a table, and keep its cells if it tells page numbers."""
        nonlocal keeping
        if box not in numbered:
            numbered[box] = any(one.missing_link for one in box.descendants())
        before, keeping = keeping, numbered[box]
        try:
            return stock_table(context, box, *others)
        finally:
            keeping = before

    def layout(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, *others: Any, **named: Any
    ) -> Any:
        """Lay out a block, or copy a cell that was laid out in the same place."""
        if not keeping or skip_stack is not None or not isinstance(box, boxes.TableCellBox):
            return stock_layout(context, box, bottom_space, skip_stack, *others, **named)
        known, place = kept.get(box), _PLACE(box)
        if known and known.stands(place) and not context.overflows_page(bottom_space, known.bottom):
            return known.again()
        result = stock_layout(context, box, bottom_space, skip_stack, *others, **named)
        if result[0] is not None and result[1] is None and _is_plain(result[0], boxes):
            kept[box] = _Kept.of(box, place, result)
        return result

    yield from everywhere(table, "table_layout", table_layout)
    yield from everywhere(block, "block_container_layout", layout)


_SIDES = ("top", "right", "bottom", "left")
_PLACE = attrgetter(
    *("style", "position_x", "position_y", "width", "height", "min_height", "max_height"),
    *(f"margin_{side}" for side in _SIDES),
    *(f"padding_{side}" for side in _SIDES),
    *(f"border_{side}_width" for side in _SIDES),
)
"""What the layout of a cell depends on, beside its content."""


class _Kept(NamedTuple):
    """A cell as it was laid out."""

    content: list[tuple[Any, Any]]
    """The boxes that held others, each with what it held."""
    place: tuple[Any, ...]
    bottom: float
    """Where its last line ends, with what must stand below it."""
    cell: Any
    page: Any
    """The name of the page that it asks for, as the layout tells it."""

    @classmethod
    def of(cls, box: Any, place: tuple[Any, ...], result: tuple[Any, ...]) -> _Kept:
        """Keep the layout of a box; what goes on from it is left alone."""
        made, _, next_page, *_ = result
        lines = made.children
        bottom = lines[-1].position_y + lines[-1].height if lines else made.position_y
        return cls(
            content=[(one, one.children) for one in box.descendants() if not hasattr(one, "text")],
            place=place,
            bottom=bottom + made.padding_bottom + made.border_bottom_width,
            cell=made.deepcopy(),
            page=dict(next_page),
        )

    def stands(self, place: tuple[Any, ...]) -> bool:
        """Whether the cell has the same place and the same content: a page number is a new box."""
        return self.place == place and all(one.children is held for one, held in self.content)

    def again(self) -> tuple[Any, ...]:
        """Return the layout as ``block_container_layout`` does."""
        made = self.cell.deepcopy()
        made.remove_decoration_sides = set(self.cell.remove_decoration_sides)
        return made, None, dict(self.page), [], False, None


def _is_plain(cell: Any, boxes: Any) -> bool:
    """Whether a cell holds nothing but lines of text, each in its place."""
    return cell.style["position"] == "static" and all(
        isinstance(line, boxes.LineBox) and all(_is_still(one, boxes) for one in line.descendants())
        for line in cell.children
    )


def _is_still(box: Any, boxes: Any) -> bool:
    if isinstance(box, boxes.TextBox):
        return isinstance(getattr(box, "pango_layout", None), ComposedText)
    inline = isinstance(box, boxes.LineBox | boxes.InlineBox)
    return inline and box.style["position"] == "static" and not (box.footnote or box.note)
