"""What a table prints where it continues on another page: 续表, and the labels of rows that began on the page before.

In: the box of a table, and where its layout begins. Out: the same box for the time of this layout, with these cells in its
first rows. They are artifacts.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from publisher.typeset.tagging.structure_types import REPEATED

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def continuation(table: Any, skip_stack: Any) -> Iterator[None]:
    """Lay a table out with what it repeats where its layout begins at ``skip_stack``."""
    _show_words(table, continued=skip_stack is not None)
    row, labels = _spanned_labels(table, skip_stack)
    if not labels:
        yield
        return
    children = row.children
    row.children = sorted([*children, *labels], key=lambda cell: cell.grid_x)
    try:
        yield
    finally:
        row.children = children


def _show_words(table: Any, *, continued: bool) -> None:
    """Print the words in the first row of a table's head only where the table continues."""
    head = table.children[0] if table.children else None
    if head is None or not head.is_header or not head.children:
        return
    row = head.children[0]
    if row.element is None or REPEATED not in row.element.attrib:
        return
    for cell in row.children:
        if not hasattr(cell, "words"):
            cell.words = cell.children
        cell.children = cell.words if continued else []


def _spanned_labels(table: Any, skip_stack: Any) -> tuple[Any, list[Any]]:
    """Return the row at which a table continues, and copies of the labels that began in earlier rows and go on in it."""
    if not skip_stack:
        return None, []
    ((group_index, rows),) = skip_stack.items()
    ((first, cells),) = rows.items() if rows else ((0, None),)
    if cells or not first:
        return None, []
    group = table.children[group_index]
    return group.children[first], [
        _repetition(cell, index + cell.rowspan - first)
        for index, cell in _labels_of_rows(group)
        if index < first < index + cell.rowspan
    ]


def _labels_of_rows(group: Any) -> list[tuple[int, Any]]:
    """Return the labels of several rows in a row group, each with its first row; the group keeps them for its next page."""
    if not hasattr(group, "labels_of_rows"):
        group.labels_of_rows = [
            (index, cell)
            for index, row in enumerate(group.children)
            for cell in row.children
            if cell.rowspan > 1 and cell.element_tag == "th"
        ]
    labels: list[tuple[int, Any]] = group.labels_of_rows
    return labels


def _repetition(cell: Any, rows: int) -> Any:
    """Return a copy of a cell that covers the rows that are left."""
    copy = cell.copy()
    copy.element = Element(cell.element.tag, {**cell.element.attrib, REPEATED: ""})
    copy.rowspan = rows
    return copy
