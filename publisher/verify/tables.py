"""Tables as a screen reader gets them: the structure tree's against those of the page.

Enters: a PDF as read, and the HTML that it was made from. Leaves: a verdict. Each table of the page
is one Table of the file, however many pages it runs over, with the same rows, cells, spans and
scopes; each cell names the heads that speak for it (ISO 32000-1, 14.8.5.7; ISO 14289-1, 7.5). What
heads speak for a cell is found here by looking up and left from the cell, as a reader's eye does.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from publisher.model import Finding, Severity, Verdict
from publisher.verify.structure import Element

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.verify.reading import PdfDocument

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


class _Tables(HTMLParser):
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
    parser.feed(html)
    parser.close()
    return parser.tables


def _expected(rows: Sequence[Sequence[_Drawn]]) -> list[list[Cell]]:
    grid: dict[tuple[int, int], _Drawn] = {}
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
    return [
        [
            Cell(
                role=cell.tag.upper(),
                text=_NUMBERED if cell.numbered else cell.solid,
                rows=cell.span("rowspan"),
                columns=cell.span("colspan"),
                scope=SCOPES.get(cell.scope, "Column") if cell.tag == "th" else "",
                heads=tuple(sorted(_heads(cell, places[id(cell)], grid, width))),
            )
            for cell in line
        ]
        for line in rows
    ]


def _heads(
    cell: _Drawn, place: tuple[int, int], grid: dict[tuple[int, int], _Drawn], width: int
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
        met = False
        for row in range(top - 1, -1, -1):
            head = grid.get((row, column))
            is_head = head is not None and head.scope in ("col", "colgroup")
            if head is not None and is_head:
                found[id(head)] = head
                met = True
            elif met:
                break
    for row in range(top - 1, -1, -1):
        head = grid.get((row, 0))
        if (
            head is not None
            and head.scope == "rowgroup"
            and head.span("colspan") == width
            and head.group == cell.group
        ):
            found[id(head)] = head
    found.pop(id(cell), None)
    return (head.solid for head in found.values())


def _tables(pdf: PdfDocument) -> list[Element]:
    return [one for one in pdf.structure.walk() if one.role == "Table"] if pdf.structure else []


def _actual(pdf: PdfDocument, table: Element) -> list[list[Cell]]:
    ids = pdf.structure.ids if pdf.structure else {}
    return [
        [
            Cell(
                role=cell.role,
                text="".join(pdf.logical_text(cell).split()),
                rows=int(cell.attributes.get("RowSpan", 1)),
                columns=int(cell.attributes.get("ColSpan", 1)),
                scope=str(cell.attributes.get("Scope", "")),
                heads=tuple(
                    sorted(
                        "".join(pdf.logical_text(ids[name]).split()) if name in ids else "?"
                        for name in cell.attributes.get("Headers", ())
                    )
                ),
            )
            for cell in row.children
            if isinstance(cell, Element)
        ]
        for row in table.walk()
        if row.role == "TR"
    ]
