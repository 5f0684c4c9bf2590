"""Tables whose head the page cannot take together with a row.

In: a laid-out document. Out: the numbers of such tables. WeasyPrint drops their heads, and cuts off what of them is longer
than the page; they are laid out again with the class ``tall``: the head is set once, and rows may break.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.typeset.tables.table_layout import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_TOLERANCE = 0.5
"""How far beyond its page a table may be, px: borders are painted half outside."""


def tall_tables(document: Any) -> set[int]:
    """Return the numbers of the tables that lack rows of their heads on their first pages."""
    numbers: set[int] = set()
    seen: set[Element] = set()
    for page in document.pages:
        page_box = page._page_box  # noqa: SLF001 - WeasyPrint has no other access
        bottom_edge = page_box.content_box_y() + page_box.height
        for box in _tables(page_box):
            if box.element not in seen and _lacks_head(box, bottom_edge):
                numbers.add(int(box.element.get(NUMBER, -1)))
            seen.add(box.element)
    return numbers - {-1}


def _lacks_head(box: Any, bottom_edge: float) -> bool:
    """Return whether the page with the first box of a table lacks rows of its head, which is meant to be on each page."""
    head = box.element.find("thead")
    rows = 0 if head is None else len(head.findall("tr"))
    if not rows or "tall" in box.element.get("class", "").split():
        return False
    first = box.children[0] if box.children else None
    if first is None or not first.is_header or len(first.children) < rows:
        return True
    return bool(first.position_y + first.height > bottom_edge + _TOLERANCE)


def _tables(box: Any) -> Iterator[Any]:
    """Yield the boxes of tables in a box, page by page."""
    from publisher._weasyprint.formatting_structure import boxes

    pending = [box]
    while pending:
        current = pending.pop()
        if isinstance(current, boxes.TableBox):
            yield current
        elif not isinstance(current, boxes.LineBox):
            pending.extend(getattr(current, "children", ()))
