"""A table in parts with some of its columns each, which its structure elements do not show.

In: a ``table`` element and the columns of each part. Out: the elements of the parts in its place. A part repeats the columns
that name the rows, and a cell that covers columns of several parts; what is repeated is an artifact (``data-repeated``). The
structure tree has one table with its rows and cells as they were: ``TableParts`` says which element of the original one each
element of a part belongs to.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from publisher.typeset.tagging.structure_types import REPEATED
from publisher.typeset.tagging.table_headers import GridCell, grid_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

CONTINUED = "data-continued"
"""The attribute of a table with the words above its further parts and pages: 续表1."""
ROWS_KEPT_TOGETHER = 12
"""The parts of a table of so many rows are not broken between pages."""


@dataclass(slots=True)
class TableParts:
    """The tables of a document that are in parts."""

    originals: dict[Element, Element] = field(default_factory=dict)
    """For elements of parts, those of the whole tables that they belong to."""
    parents: dict[Element, Element] = field(default_factory=dict)
    """The parent of each element of a whole table."""


def divide_table(
    table: Element, parent: Element, columns: Sequence[Sequence[int]], parts: TableParts
) -> list[Element]:
    """Put the parts of a table into its place; return them.

    Args:
        table: The table.
        parent: Its parent.
        columns: The columns of each part, those that are repeated first.
        parts: Where the elements of the whole table are noted.
    """
    divider = _Divider(table, parts)
    elements = [divider.part(number, chosen) for number, chosen in enumerate(columns)]
    _replace(table, parent, elements, parts)
    return elements


def set_in_panels(table: Element, parent: Element, count: int, parts: TableParts) -> Element:
    """Put a table with several of its rows side by side into the place of a table; return it."""
    element = _Divider(table, parts).panels(count)
    _replace(table, parent, [element], parts)
    return element


def _replace(
    table: Element, parent: Element, elements: Sequence[Element], parts: TableParts
) -> None:
    """Put elements into the place of a table, and note the parents of what the whole table has."""
    index = list(parent).index(table)
    parent[index : index + 1] = elements
    elements[-1].tail = table.tail
    parts.parents.update({child: whole for whole in table.iter() for child in whole})
    parts.parents[table] = parent


def add_class(element: Element, name: str) -> None:
    """Add a class to an element."""
    element.set("class", " ".join([*element.get("class", "").split(), name]))


class _Divider:
    """Divides one table."""

    def __init__(self, table: Element, parts: TableParts) -> None:
        self._table = table
        self._parts = parts
        self._rows = list(table.iter("tr"))
        self._cells: dict[Element, list[GridCell]] = {}
        for cell in grid_cells(table):
            self._cells.setdefault(self._rows[cell.row], []).append(cell)
        self._placed: set[Element] = set()

    def part(self, number: int, columns: Sequence[int]) -> Element:
        """Return the part with some of the columns."""
        part = self._copy_of(self._table)
        if len(self._rows) <= ROWS_KEPT_TOGETHER:
            add_class(part, "part")
        for child in self._table:
            if child.tag == "caption":
                part.append(child if number == 0 else self._further_caption(child))
            else:
                part.append(self._rows_of_part(child, columns))
        if number and part.find("caption") is None and self._table.get(CONTINUED):
            part.insert(0, self._further_caption(None))
        return part

    def panels(self, count: int) -> Element:
        """Return the table with so many of its rows side by side."""
        table = self._copy_of(self._table)
        add_class(table, "panels")
        for child in self._table:
            if child.tag == "caption":
                table.append(child)
                continue
            group = self._copy_of(child)
            rows = [row for row in child if row.tag == "tr"]
            step = 1 if child.tag == "thead" else count
            for first in range(0, len(rows), step):
                group.append(self._rows_beside(rows[first : first + step], count))
            table.append(group)
        return table

    def _rows_beside(self, rows: Sequence[Element], count: int) -> Element:
        """Return rows side by side; a head is repeated, and cells that are missing in the last row are empty."""
        row = self._copy_of(rows[0])
        for panel in range(count):
            for index, cell in enumerate(rows[panel] if panel < len(rows) else rows[0]):
                element = cell
                if panel >= len(rows):
                    element = _repetition(cell)
                    if cell.get("scope") not in ("col", "colgroup"):
                        element = Element("td", {REPEATED: ""})
                if panel and not index:
                    add_class(element, "panel")
                row.append(element)
        return row

    def _copy_of(self, element: Element) -> Element:
        copy = Element(element.tag, element.attrib)
        copy.text, copy.tail = element.text, element.tail
        self._parts.originals[copy] = element
        return copy

    def _rows_of_part(self, group: Element, columns: Sequence[int]) -> Element:
        if group.tag == "tr":
            return self._row(group, columns)
        part = self._copy_of(group)
        part.extend(self._row(row, columns) for row in group if row.tag == "tr")
        return part

    def _row(self, row: Element, columns: Sequence[int]) -> Element:
        part = self._copy_of(row)
        for cell in self._cells.get(row, ()):
            count = len([column for column in cell.columns if column in columns])
            if count:
                part.append(self._cell(cell, count))
        return part

    def _cell(self, cell: GridCell, count: int) -> Element:
        """Return the element of a cell in a part: itself, a narrower one, or a repetition."""
        element = cell.element
        is_new = element not in self._placed
        self._placed.add(element)
        if is_new and count == cell.column_span:
            return element
        if is_new:
            copy = self._copy_of(element)
            copy.extend(list(element))
        else:
            copy = _repetition(element)
        copy.set("colspan", str(count))
        return copy

    def _further_caption(self, caption: Element | None) -> Element:
        """Return the caption of a further part: 续表, and the unit of its figures."""
        further = Element("caption", {REPEATED: "", "class": "continued"})
        line = Element("span")
        line.text = self._table.get(CONTINUED) or None
        if line.text:
            further.append(line)
        for child in caption if caption is not None else ():
            if "unit" in child.get("class", "").split():
                further.append(_repetition(child))
        return further


def _repetition(element: Element) -> Element:
    """Return a copy that is an artifact and no target of links."""
    copy = deepcopy(element)
    for child in copy.iter():
        for name in ("id", "data-places", "href", "data-reference"):
            child.attrib.pop(name, None)
    copy.set(REPEATED, "")
    return copy


def add_continuation_row(table: Element) -> None:
    """Add a row to the head of a table with the words that are printed where it continues on another page."""
    head, words = table.find("thead"), table.get(CONTINUED)
    first = head.find("tr") if head is not None else None
    if head is None or first is None or not words:
        return
    row = Element("tr", {"class": "continued", REPEATED: ""})
    columns = sum(int(cell.get("colspan", 1)) for cell in first if cell.tag in ("td", "th"))
    cell = Element("th", {"colspan": str(columns)})
    cell.text = words
    row.append(cell)
    head.insert(0, row)
