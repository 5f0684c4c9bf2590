"""Verification of tables against those of the page, as a screen reader presents them.

Input: a PDF as read, and the HTML that it was made from. Output: a verdict. Each table of the page
must be one Table, however many pages it spans, with the same rows, cells, spans and scopes, and each
cell must refer to its header cells (ISO 32000-1, 14.8.5.7; ISO 14289-1, 7.5). The header cells of a
cell are found here by their position, left of it and above it, and by the levels of row headers, independently of the tagger.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.pdf.structure_tree import Element
from publisher.text.html_parser import PageParser
from publisher.text.mathml import TOKENS
from publisher.verify.rule import VerdictRules, VerificationRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Finding, Verdict
    from publisher.pdf.document import PdfDocument

CLAUSE = "ISO 14289-1, 7.5"
RULES = VerdictRules(
    profile="tables",
    summary="the tables of the structure tree against those of the HTML page",
    rules=(
        VerificationRule(
            clause=CLAUSE,
            problem="A table has other rows, cells, spans, scopes or header references than on the page.",
            remedy="build the publication again; if it happens again, report this as a bug",
            standard="ISO 14289-1, 7.5; ISO 32000-1, 14.8.5.7",
        ),
    ),
)
SCOPES = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}
"""The Scope attribute (ISO 32000-1, 14.8.5.7) for each ``scope`` of HTML."""
MAX_FINDINGS = 5
_PAGE_NUMBER = "\ufffc"
"""A placeholder for a page number, which layout determines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table: as it should be, or as it is in the file."""

    role: str
    """TH or TD."""
    text: str
    """Without white space."""
    rows: int
    """RowSpan."""
    columns: int
    """ColSpan."""
    scope: str
    """Row or Column for a header cell; empty for a data cell."""
    headers: tuple[str, ...]
    """The texts of the header cells that it refers to, sorted."""

    def describe(self) -> str:
        """Return the cell in words, for a message."""
        spans = f"{self.rows} rows, {self.columns} columns"
        return f"{self.role} “{self.text}”, {spans} {self.scope}, headers {list(self.headers)}"


@dataclass(slots=True)
class _HtmlCell:
    """A cell of the page."""

    tag: str
    attributes: dict[str, str | None]
    row_group: int
    """The number of the ``thead``, ``tbody`` or ``tfoot`` that it is in."""
    text_parts: list[str] = field(default_factory=list)
    has_page_number: bool = False

    @property
    def scope(self) -> str:
        return self.attributes.get("scope") or ""

    def span(self, name: str) -> int:
        return int(self.attributes.get(name) or 1)

    @property
    def text(self) -> str:
        """The text without white space."""
        return "".join("".join(self.text_parts).split())


_HtmlTable = list[list[_HtmlCell]]
_Grid = dict[tuple[int, int], _HtmlCell]
"""The cell at each row and column of a table; a spanning cell is at several."""


def verify_tables(pdf: PdfDocument, html: str, *, version: str) -> Verdict:
    """Verify the tables of a file against those of the page that it was made from."""
    expected = [_expected_cells(rows) for rows in _html_tables(html)]
    actual = [_actual_cells(pdf, element) for element in _table_elements(pdf)]
    findings = islice(_differences(expected, actual), MAX_FINDINGS)
    return RULES.verdict(findings, version=version)


def _differences(
    expected: Sequence[Sequence[Sequence[Cell]]], actual: Sequence[Sequence[Sequence[Cell]]]
) -> Iterator[Finding]:
    if len(expected) != len(actual):
        yield _finding(
            translatable(
                "the page has {expected_count} tables, the file {actual_count}",
                expected_count=len(expected),
                actual_count=len(actual),
            )
        )
        return
    for number, (expected_rows, actual_rows) in enumerate(
        zip(expected, actual, strict=True), start=1
    ):
        if [len(row) for row in expected_rows] != [len(row) for row in actual_rows]:
            yield _finding(
                translatable(
                    "table {number} has {expected_rows_count} rows on the page, {actual_rows_count} in "
                    "the file, or rows with other numbers of cells",
                    number=number,
                    expected_rows_count=len(expected_rows),
                    actual_rows_count=len(actual_rows),
                )
            )
            continue
        for row_number, rows in enumerate(zip(expected_rows, actual_rows, strict=True), start=1):
            for expected_cell, cell in zip(*rows, strict=True):
                if expected_cell != cell and not _equal_but_page_number(expected_cell, cell):
                    yield _finding(
                        translatable(
                            "table {number}, row {row_number}: {description} should be {expected}",
                            number=number,
                            row_number=row_number,
                            description=cell.describe(),
                            expected=expected_cell.describe(),
                        )
                    )


def _equal_but_page_number(expected: Cell, actual: Cell) -> bool:
    """Return whether only the text differs and contains a page number, which ``semantics`` compares."""
    return expected.text == _PAGE_NUMBER and expected == replace(actual, text=_PAGE_NUMBER)


def _finding(message: str) -> Finding:
    return RULES.finding(CLAUSE, message)


class _TableParser(PageParser):
    """A parser that collects the tables of a page, row by row."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_HtmlTable] = []
        self._row_group = 0
        self._cell: _HtmlCell | None = None
        self._in_token = False
        """Whether a token of a formula is open; the text of a formula is its annotation."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag in ("thead", "tbody", "tfoot"):
            self._row_group += 1
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("th", "td") and self.tables and self.tables[-1]:
            self._cell = _HtmlCell(tag, dict(attrs), self._row_group)
            self.tables[-1][-1].append(self._cell)
        elif self._cell is not None and "data-page" in dict(attrs):
            self._cell.has_page_number = True
        elif tag in TOKENS:
            self._in_token = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td"):
            self._cell = None
        elif tag in TOKENS:
            self._in_token = False

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._in_token:
            self._cell.text_parts.append(data)


def _html_tables(html: str) -> list[_HtmlTable]:
    parser = _TableParser()
    if "<table" in html.lower():
        parser.read(html)
    return parser.tables


def _expected_cells(rows: Sequence[Sequence[_HtmlCell]]) -> list[list[Cell]]:
    grid: _Grid = {}
    positions: dict[int, tuple[int, int]] = {}
    for row_index, row in enumerate(rows):
        column = 0
        for cell in row:
            while (row_index, column) in grid:
                column += 1
            positions[id(cell)] = row_index, column
            for r in range(row_index, row_index + cell.span("rowspan")):
                for c in range(column, column + cell.span("colspan")):
                    grid[r, c] = cell
            column += cell.span("colspan")
    width = 1 + max((column for _, column in grid), default=0)
    column_headers = [list(_column_headers(grid, column, len(rows))) for column in range(width)]
    group_headers = _group_headers(grid, len(rows))
    wholes = _wholes(positions, rows)
    return [
        [
            Cell(
                role=cell.tag.upper(),
                text=_PAGE_NUMBER if cell.has_page_number else cell.text,
                rows=cell.span("rowspan"),
                columns=cell.span("colspan"),
                scope=SCOPES.get(cell.scope, "Column") if cell.tag == "th" else "",
                headers=tuple(
                    sorted(
                        header.text
                        for header in _with_wholes(
                            cell,
                            _headers(
                                cell, positions[id(cell)], grid, column_headers, group_headers
                            ),
                            wholes,
                        )
                    )
                ),
            )
            for cell in row
        ]
        for row in rows
    ]


def _column_headers(grid: _Grid, column: int, rows: int) -> Iterator[tuple[_HtmlCell, ...]]:
    """Yield for each row the nearest header cells above it in a column, stacked without a gap."""
    stack: tuple[_HtmlCell, ...] = ()
    adjacent = False
    for row in range(rows):
        yield stack
        header = grid.get((row, column))
        if header is None or header.scope not in ("col", "colgroup"):
            adjacent = False
            continue
        stack = (*stack, header) if adjacent else (header,)
        adjacent = True


def _group_headers(grid: _Grid, rows: int) -> dict[int, list[tuple[int, _HtmlCell]]]:
    """Return the header cells of row groups, which begin a row of their own, with their rows, by row group."""
    headers: dict[int, list[tuple[int, _HtmlCell]]] = {}
    for row in range(rows):
        cell = grid.get((row, 0))
        if cell is not None and cell.scope == "rowgroup" and cell.span("rowspan") == 1:
            headers.setdefault(cell.row_group, []).append((row, cell))
    return headers


def _headers(
    cell: _HtmlCell,
    position: tuple[int, int],
    grid: _Grid,
    column_headers: Sequence[Sequence[tuple[_HtmlCell, ...]]],
    group_headers: dict[int, list[tuple[int, _HtmlCell]]],
) -> list[_HtmlCell]:
    """Return a cell's header cells: left of it, above it, and of its row group."""
    top, left = position
    headers: dict[int, _HtmlCell] = {}
    for row in range(top, top + cell.span("rowspan")):
        for column in range(left - 1, -1, -1):
            header = grid.get((row, column))
            if "data-side" in cell.attributes:
                break
            if header is not None and header.scope in ("row", "rowgroup"):
                headers[id(header)] = header
                if "data-side" in header.attributes:
                    break
    for column in range(left, left + cell.span("colspan")):
        headers |= {id(header): header for header in column_headers[column][top]}
    headers |= {
        id(header): header for row, header in group_headers.get(cell.row_group, ()) if row < top
    }
    headers.pop(id(cell), None)
    return list(headers.values())


def _wholes(
    positions: dict[int, tuple[int, int]], rows: Sequence[Sequence[_HtmlCell]]
) -> dict[int, list[_HtmlCell]]:
    """Return for each row header with a level, by ``id()``, the nearest headers above it of each lower level."""
    wholes: dict[int, list[_HtmlCell]] = {}
    nearest: dict[int, dict[int, _HtmlCell]] = {}
    for row in rows:
        for cell in row:
            if cell.tag == "th" and cell.scope in ("row", "rowgroup"):
                column = positions[id(cell)][1]
                level = int(cell.attributes.get("data-level") or 0)
                above = {k: head for k, head in nearest.get(column, {}).items() if k < level}
                wholes[id(cell)] = list(above.values())
                nearest[column] = {**above, level: cell}
    return wholes


def _with_wholes(
    cell: _HtmlCell, headers: Sequence[_HtmlCell], wholes: dict[int, list[_HtmlCell]]
) -> list[_HtmlCell]:
    """Return the header cells of a cell with those that they, or it, are a part of; each once."""
    groups = ([*wholes.get(id(part), ()), part] for part in headers)
    all_headers = [header for group in groups for header in group]
    return list(
        {id(header): header for header in (*all_headers, *wholes.get(id(cell), ()))}.values()
    )


def _table_elements(pdf: PdfDocument) -> list[Element]:
    elements = pdf.structure.walk() if pdf.structure else ()
    return [element for element in elements if element.role == "Table"]


def _actual_cells(pdf: PdfDocument, table: Element) -> list[list[Cell]]:
    ids = pdf.structure.ids if pdf.structure else {}

    @cache
    def header_text(name: str) -> str:
        return "".join(pdf.logical_text(ids[name]).split()) if name in ids else "?"

    return [
        [
            Cell(
                role=cell.role,
                text="".join(pdf.logical_text(cell).split()),
                rows=int(cell.attributes.get("RowSpan", 1)),
                columns=int(cell.attributes.get("ColSpan", 1)),
                scope=str(cell.attributes.get("Scope", "")),
                headers=tuple(sorted(map(header_text, cell.attributes.get("Headers", ())))),
            )
            for cell in row.children
            if isinstance(cell, Element)
        ]
        for row in table.walk()
        if row.role == "TR"
    ]
