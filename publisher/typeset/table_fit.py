"""Tables that the page cannot take as the style sets them, and how they are set instead.

In: a laid-out document. Out: for each such table the attributes with which the document is laid out again.

- WeasyPrint drops the head of a table from a page that cannot take it with one row, and cuts off what of it is longer
  than the page. Such a table gets the class ``tall``: its head is set once and its rows may break.
- A table that is wider than its page, even with one character to the line, gets the class ``crowded`` and a smaller type.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from publisher.messages import translatable
from publisher.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

MAX_LAYOUTS = 6
"""A document is laid out so many times at most; each makes tables smaller that are still too wide."""
_TOLERANCE = 0.5
"""How much wider than its page a table may be, in CSS pixels: borders are painted half outside."""
_MARGIN = 0.97
"""Type is made so much smaller than the widths ask for, since padding and borders keep their widths."""
_POINTS_PER_PIXEL = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFit:
    """How a table is set that does not fit."""

    tall: bool = False
    """The head is set once, and rows may break."""
    crowded: bool = False
    """Cells have hardly any padding."""
    font_size: float = 0.0
    """In CSS pixels; 0 is the size of the style."""

    def apply(self, table: Element) -> None:
        """Write the classes and the size into the attributes of a table."""
        names = ["tall"] * self.tall + ["crowded"] * self.crowded
        table.set("class", " ".join([*table.get("class", "").split(), *names]))
        if self.font_size:
            table.set("style", f"font-size: {self.font_size:.2f}px")


def misfits(document: Any, fits: Mapping[int, TableFit]) -> dict[int, TableFit]:
    """Return how the tables are to be set that do not fit as they are, by their numbers in the document.

    ``fits`` is how they were set this time. The result is empty if all tables fit.
    """
    root = document._html.etree_element  # noqa: SLF001 - WeasyPrint has no other access
    numbers = {table: number for number, table in enumerate(root.iter("table"))}
    if not numbers:
        return {}
    narrowed: dict[int, TableFit] = {}
    seen: set[Element] = set()
    for page in document.pages:
        page_box = page._page_box  # noqa: SLF001
        right_edge = page_box.content_box_x() + page_box.width
        bottom_edge = page_box.content_box_y() + page_box.height
        for box in _tables(page_box):
            number = numbers.get(box.element)
            if number is None:  # a style sets another element as a table, such as a row of 版记
                continue
            fit = narrowed.get(number) or fits.get(number) or TableFit()
            if box.element not in seen and _lacks_head(box, bottom_edge):
                fit = narrowed[number] = replace(fit, tall=True)
            seen.add(box.element)
            excess = box.position_x + box.margin_width() - right_edge
            if excess > _TOLERANCE:
                narrowed[number] = _narrower(fit, box, excess)
    return narrowed


def findings(fits: Mapping[int, TableFit]) -> Iterator[Finding]:
    """Yield a warning for the tables that are set smaller than the style sets them."""
    sizes = [fit.font_size for fit in fits.values() if fit.font_size]
    if sizes:
        yield Finding(
            clause="table-width",
            severity=Severity.WARNING,
            message=translatable(
                "{sizes_count} × table too wide for the page, set in {min:.1f} pt",
                sizes_count=len(sizes),
                min=min(sizes) * _POINTS_PER_PIXEL,
            ),
            hint="look whether it can be read; divide it into tables of fewer columns",
        )


def _narrower(fit: TableFit, box: Any, excess: float) -> TableFit:
    """Return how to set a table that is so many pixels too wide: first with less padding, then in smaller type."""
    if not fit.crowded:
        return replace(fit, crowded=True)
    width = box.margin_width()
    size = fit.font_size or box.style["font_size"]
    return replace(fit, font_size=size * (width - excess) / width * _MARGIN)


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
