"""The header cells of each table cell (HTML 4.9.12; ISO 32000-1, 14.8.5.7).

In: a ``table`` element. Out: for each cell its identifier and those of its headers, the outermost first. A column
header applies to the cells below it, up to the next row of headers; a row header to the cells in its rows; a header
of a row group (``scope="rowgroup"``) in a row of its own to the rest of that group. A row header with a level
(``data-level``) is a part of the nearest header of a lower level above it in its column, which applies to it and its row.
Row headers do not apply behind the first header of a further table beside theirs (``data-side``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.typeset.tagging.structure_types import REPEATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A cell with its position in the table's grid."""

    element: Element
    row: int
    column: int
    row_span: int
    column_span: int
    group_end: int
    """One past the last row of its row group."""

    @property
    def is_header(self) -> bool:
        """Whether it is a header cell."""
        return self.element.tag == "th"

    @property
    def is_row_header(self) -> bool:
        """Whether it is a header cell of its rows."""
        return self.is_header and self.element.get("scope", "col") in ("row", "rowgroup")

    @property
    def level(self) -> int:
        """Of how many row headers above it its row is a part."""
        return int(self.element.get("data-level", 0))

    @property
    def starts_side(self) -> bool:
        """Whether it heads a row of a further table beside the first one."""
        return "data-side" in self.element.attrib

    @property
    def heads_group(self) -> bool:
        """Whether it heads the rest of its row group; one that spans several rows heads these rows only."""
        return self.element.get("scope") == "rowgroup" and self.row_span == 1

    @property
    def rows(self) -> range:
        """The rows that the cell covers."""
        return range(self.row, self.row + self.row_span)

    @property
    def columns(self) -> range:
        """The columns that the cell covers."""
        return range(self.column, self.column + self.column_span)


def grid_cells(table: Element) -> list[GridCell]:
    """Return the cells of a table, row by row."""
    occupied: set[tuple[int, int]] = set()
    cells = []
    for row, (element, group_end) in enumerate(_rows(table)):
        column = 0
        for cell in element:
            if cell.tag not in ("th", "td"):
                continue
            while (row, column) in occupied:
                column += 1
            grid_cell = GridCell(
                element=cell,
                row=row,
                column=column,
                row_span=int(cell.get("rowspan", 1)),
                column_span=int(cell.get("colspan", 1)),
                group_end=group_end,
            )
            if grid_cell.row_span > 1:
                occupied.update((r, c) for r in grid_cell.rows for c in grid_cell.columns)
            cells.append(grid_cell)
            column += grid_cell.column_span
    return cells


def _rows(table: Element) -> Iterator[tuple[Element, int]]:
    """Yield the rows, each with the end of its row group."""
    group_end = 0
    for child in table:
        rows = [child] if child.tag == "tr" else [row for row in child if row.tag == "tr"]
        rows = [row for row in rows if REPEATED not in row.attrib]
        group_end += len(rows)
        for row in rows:
            yield row, group_end


def header_associations(
    table: Element, *, prefix: str
) -> dict[Element, tuple[str, tuple[str, ...]]]:
    """Return for each cell its identifier, such as ``t1r0c2``, and those of its headers."""
    cells = grid_cells(table)
    by_column: dict[int, list[GridCell]] = {}
    by_row: dict[int, list[GridCell]] = {}
    for cell in cells:
        if not cell.is_header:
            continue
        lines, index = (cell.rows, by_row) if cell.is_row_header else (cell.columns, by_column)
        if cell.heads_group:
            lines = range(cell.row, cell.group_end)
        for line in lines:
            index.setdefault(line, []).append(cell)
    associations = {}
    wholes = _find_wholes(cells)
    for cell in cells:
        in_rows = [header for row in cell.rows for header in by_row.get(row, ())]
        own = [h for h in in_rows if h.column < cell.column or (h.heads_group and h.row < cell.row)]
        side = max((h.column for h in (*own, cell) if h.starts_side), default=0)
        own = [header for header in own if header.column >= side]
        headers = [header for part in own for header in (*wholes.get(part, ()), part)]
        headers += wholes.get(cell, ())
        for column in cell.columns:
            headers += _nearest_headers(by_column.get(column, ()), cell.row)
        names = dict.fromkeys(_identifier(header, prefix) for header in headers)
        associations[cell.element] = (_identifier(cell, prefix), tuple(names))
    return associations


def _find_wholes(cells: Iterable[GridCell]) -> dict[GridCell, tuple[GridCell, ...]]:
    """Return the row headers that each row header of a higher level is a part of, the outermost first."""
    wholes: dict[GridCell, tuple[GridCell, ...]] = {}
    open_headers: dict[int, list[GridCell]] = {}
    for cell in cells:
        if cell.is_row_header:
            headers = open_headers.setdefault(cell.column, [])
            del headers[cell.level :]
            if headers:
                wholes[cell] = tuple(headers)
            headers.append(cell)
    return wholes


def _nearest_headers(headers: Iterable[GridCell], row: int) -> list[GridCell]:
    """Return the consecutive headers right above a row; those further up belong to another part of the table."""
    nearest: list[GridCell] = []
    above = [header for header in headers if header.row < row]
    for header in sorted(above, key=lambda header: -header.row):
        if nearest and header.rows.stop < nearest[0].row:
            break
        nearest.insert(0, header)
    return nearest


def _identifier(cell: GridCell, prefix: str) -> str:
    return f"{prefix}r{cell.row}c{cell.column}"
