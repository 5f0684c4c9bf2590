"""The room that the pages of a document have for each of its tables.

In: the box tree of a document before layout. Out: each table with the width of the block around it and the sizes that its
style allows. A style names its landscape pages ``landscape`` and those that fold out ``fold-out``; it gives the smallest
type of tables in the custom property ``--table-smallest``.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Any, NamedTuple

from publisher.typeset.tables.fitting import PageWidths

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALLEST = "__table_smallest"
"""The custom property with the smallest type of tables, as WeasyPrint names it."""


class TableRoom(NamedTuple):
    """A table and the room that it has."""

    table: Any
    """Its box."""
    pages: PageWidths


class _Area(NamedTuple):
    width: float
    height: float


class PageRooms:
    """Finds the room for the tables of one document."""

    def __init__(self, html: Any, context: Any) -> None:
        """Take WeasyPrint's document and its layout context."""
        self._html = html
        self._context = context
        self._areas: dict[str, _Area] = {}

    def find(self, root_box: Any) -> Iterator[TableRoom]:
        """Yield the tables that are not inside another one, in order."""
        yield from self._walk(root_box, "", 0.0)

    def _walk(self, box: Any, name: str, inset: float) -> Iterator[TableRoom]:
        from publisher._weasyprint.formatting_structure import boxes

        if isinstance(box, boxes.LineBox) or not isinstance(box, boxes.ParentBox):
            return
        page = box.style["page"]
        name = name if page == "auto" else page
        area = self._area(name)
        inset += _inset(box, area.width)
        if box.is_table_wrapper:
            table = box.get_wrapped_table()
            if table.element is not None and table.element.tag == "table":
                landscape, fold_out = self._area("landscape"), self._area("fold-out")
                pages = PageWidths(
                    portrait=area.width - inset,
                    landscape=landscape.width - inset,
                    fold_out=fold_out.width - inset,
                    height=area.height,
                    smallest=_smallest_size(table.style),
                )
                yield TableRoom(table, pages)
            return
        for child in box.children:
            yield from self._walk(child, name, inset)

    def _area(self, name: str) -> _Area:
        """Return the type area of the pages of a name."""
        from publisher._weasyprint.formatting_structure import boxes
        from publisher._weasyprint.layout.page import (
            PageType,
            page_height,
            page_width,
            set_page_type_computed_styles,
        )
        from publisher._weasyprint.layout.percent import resolve_percentages

        if name not in self._areas:
            style_for = self._context.style_for
            page_type = PageType("right", False, name, 2, ((name, 2),))  # noqa: FBT003
            set_page_type_computed_styles(page_type, self._html, style_for)
            page = boxes.PageBox(page_type, style_for(page_type))
            size = page.style["size"]
            resolve_percentages(page, size)
            page_width(page, self._context, size[0])
            page_height(page, self._context, size[1])
            self._areas[name] = _Area(float(page.width), float(page.height))
        return self._areas[name]


def _inset(box: Any, width: float) -> float:
    """Return how much narrower the content of a block is than the block around it, px."""
    from publisher._weasyprint.layout.percent import resolve_percentages

    resolve_percentages(box, (width, "auto"))
    lengths = (
        *(box.margin_left, box.margin_right, box.padding_left, box.padding_right),
        *(box.border_left_width, box.border_right_width),
    )
    return fsum(length for length in lengths if length != "auto")


_PIXELS = {"px": 1.0, "pt": 4 / 3, "mm": 96 / 25.4}
"""The pixels in the units that the property may have."""


def _smallest_size(style: Any) -> float:
    """Return the smallest type of tables in a style, px; 0 if it names none."""
    for token in style[SMALLEST] or ():
        if token.type == "dimension" and token.lower_unit in _PIXELS:
            return float(token.value) * _PIXELS[token.lower_unit]
    return 0.0
