"""Tables as a screen reader gets them: the structure tree's against those of the page.

Enters: a PDF as read, and the HTML that it was made from. Leaves: a verdict. Each table of the page
is one Table of the file, however many pages it runs over, with the same rows, cells, spans and
scopes; each cell names the heads that speak for it (ISO 32000-1, 14.8.5.7; ISO 14289-1, 7.5). What
heads speak for a cell is found here by looking up and left from the cell, as a reader's eye does.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from publisher.model import Finding, Severity, Verdict
from publisher.pdf.structure_tree import Element
from publisher.text.html_parser import PageParser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.pdf.document import PdfDocument

SCOPES = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}
MOST_FINDINGS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell as it should be read, or as it is."""

    role: str
    text: str
    rows: int
    columns: int
    scope: str
    """Row or Column of a head; empty of a cell of data."""
    heads: tuple[str, ...]
    """The texts of its heads, in order of the alphabet."""

    def told(self) -> str:
        """Return the cell in words."""
        spans = f", {self.rows} rows, {self.columns} columns"
        return f"{self.role} “{self.text}”{spans} {self.scope}, heads {list(self.heads)}"


@dataclass(slots=True)
class _Drawn:
    """A cell of the page while its table is read."""

    tag: str
    attributes: dict[str, str | None]
    group: int
    text: list[str] = field(default_factory=list)
    numbered: bool = False
    """Whether layout puts a page number in it."""

    @property
    def scope(self) -> str:
        return self.attributes.get("scope") or ""

    def span(self, name: str) -> int:
        return int(self.attributes.get(name) or 1)

    @property
    def solid(self) -> str:
        return "".join("".join(self.text).split())


_Grid = dict[tuple[int, int], _Drawn]
"""The places of a table, by row and column, and the cell that lies over each."""


def verify_tables(pdf: PdfDocument, html: str, *, version: str) -> Verdict:
    """Judge whether the file's tables are the page's."""
    wanted = [_expected(rows) for rows in _tables_of(html)]
    actual = [_actual(pdf, element) for element in _tables(pdf)]
    findings = list(_differences(wanted, actual))[:MOST_FINDINGS]
    return Verdict(
        profile="tables",
        validator="publisher",
        version=version,
        passed=not findings,
        findings=tuple(findings),
    )


def _differences(
    wanted: Sequence[Sequence[Sequence[Cell]]], actual: Sequence[Sequence[Sequence[Cell]]]
) -> Iterator[Finding]:
    if len(wanted) != len(actual):
        yield _finding(f"the page has {len(wanted)} tables, the file {len(actual)}")
        return
    for number, (page, file) in enumerate(zip(wanted, actual, strict=True), start=1):
        if [len(row) for row in page] != [len(row) for row in file]:
            yield _finding(f"table {number} has {len(page)} rows, in the file {len(file)}")
            continue
        for place, (row, read) in enumerate(zip(page, file, strict=True), start=1):
            for should, is_ in zip(row, read, strict=True):
                if should != is_ and not _same_but_for_numbers(should, is_):
                    yield _finding(
                        f"table {number}, row {place}: {is_.told()} should be {should.told()}"
                    )


def _same_but_for_numbers(should: Cell, read: Cell) -> bool:
    """Leave page numbers, which layout makes, to the comparison of texts."""
    return should.text == _NUMBERED and should == replace(read, text=_NUMBERED)


_NUMBERED = "\ufffc"
"""Stands for a page number."""


def _finding(message: str) -> Finding:
    return Finding(
        clause="ISO 14289-1, 7.5",
        severity=Severity.ERROR,
        message=message,
        hint="this is a fault of the program",
    )


class _Tables(PageParser):
    """Gathers the tables of a page, row by row."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[_Drawn]]] = []
        self._group = 0
        self._cell: _Drawn | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag in ("thead", "tbody", "tfoot"):
            self._group += 1
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("th", "td") and self.tables and self.tables[-1]:
            self._cell = _Drawn(tag, dict(attrs), self._group)
            self.tables[-1][-1].append(self._cell)
        elif self._cell is not None and "data-page" in dict(attrs):
            self._cell.numbered = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td"):
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.text.append(data)


def _tables_of(html: str) -> list[list[list[_Drawn]]]:
    parser = _Tables()
    if "<table" in html.lower():
        parser.read(html)
    return parser.tables


def _expected(rows: Sequence[Sequence[_Drawn]]) -> list[list[Cell]]:
    grid: _Grid = {}
    places: dict[int, tuple[int, int]] = {}
    for row, line in enumerate(rows):
        column = 0
        for cell in line:
            while (row, column) in grid:
                column += 1
            places[id(cell)] = row, column
            for r in range(row, row + cell.span("rowspan")):
                for c in range(column, column + cell.span("colspan")):
                    grid[r, c] = cell
            column += cell.span("colspan")
    width = 1 + max((column for _, column in grid), default=0)
    above = [list(_runs(grid, column, len(rows))) for column in range(width)]
    groups = _groups(grid, len(rows), width)
    return [
        [
            Cell(
                role=cell.tag.upper(),
                text=_NUMBERED if cell.numbered else cell.solid,
                rows=cell.span("rowspan"),
                columns=cell.span("colspan"),
                scope=SCOPES.get(cell.scope, "Column") if cell.tag == "th" else "",
                heads=tuple(sorted(_heads(cell, places[id(cell)], grid, above, groups))),
            )
            for cell in line
        ]
        for line in rows
    ]


def _runs(grid: _Grid, column: int, rows: int) -> Iterator[tuple[_Drawn, ...]]:
    """Yield for each row what looking up its column meets: the nearest heads, one over another."""
    run: tuple[_Drawn, ...] = ()
    going_on = False
    for row in range(rows):
        yield run
        head = grid.get((row, column))
        if head is None or head.scope not in ("col", "colgroup"):
            going_on = False
            continue
        run = (*run, head) if going_on else (head,)
        going_on = True


def _groups(grid: _Grid, rows: int, width: int) -> dict[int, list[tuple[int, _Drawn]]]:
    """Return the heads as wide as the table by the group of rows that they stand in, with their rows."""
    groups: dict[int, list[tuple[int, _Drawn]]] = {}
    for row in range(rows):
        head = grid.get((row, 0))
        if head is not None and head.scope == "rowgroup" and head.span("colspan") == width:
            groups.setdefault(head.group, []).append((row, head))
    return groups


def _heads(
    cell: _Drawn,
    place: tuple[int, int],
    grid: _Grid,
    above: Sequence[Sequence[tuple[_Drawn, ...]]],
    groups: dict[int, list[tuple[int, _Drawn]]],
) -> Iterator[str]:
    """Look left along the cell's rows, and up its columns to the nearest heads and past them."""
    top, left = place
    found: dict[int, _Drawn] = {}
    for row in range(top, top + cell.span("rowspan")):
        for column in range(left - 1, -1, -1):
            head = grid.get((row, column))
            if head is not None and head.scope in ("row", "rowgroup"):
                found[id(head)] = head
    for column in range(left, left + cell.span("colspan")):
        found |= {id(head): head for head in above[column][top]}
    found |= {id(head): head for row, head in groups.get(cell.group, ()) if row < top}
    found.pop(id(cell), None)
    return (head.solid for head in found.values())


def _tables(pdf: PdfDocument) -> list[Element]:
    return [one for one in pdf.structure.walk() if one.role == "Table"] if pdf.structure else []


def _actual(pdf: PdfDocument, table: Element) -> list[list[Cell]]:
    ids = pdf.structure.ids if pdf.structure else {}

    @cache
    def named(name: str) -> str:
        return "".join(pdf.logical_text(ids[name]).split()) if name in ids else "?"

    return [
        [
            Cell(
                role=cell.role,
                text="".join(pdf.logical_text(cell).split()),
                rows=int(cell.attributes.get("RowSpan", 1)),
                columns=int(cell.attributes.get("ColSpan", 1)),
                scope=str(cell.attributes.get("Scope", "")),
                heads=tuple(sorted(map(named, cell.attributes.get("Headers", ())))),
            )
            for cell in row.children
            if isinstance(cell, Element)
        ]
        for row in table.walk()
        if row.role == "TR"
    ]
