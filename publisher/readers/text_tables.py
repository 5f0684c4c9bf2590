"""Tables in plain text, drawn with bars, tabs, gaps or commas: detects them and splits them into cells.

``drawn_tables`` finds those with merged cells, ``table_runs`` others with bars and tabs, ``gap_tables`` those whose columns are held by
blanks, ``comma_rows`` those with commas. Bars, gaps and the delimiter row of a
Markdown table are not text; each is removed with an edit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any

from publisher.model import Edit, Passage, SourceCell, SourceTable
from publisher.readers.broken_cells import (
    broken_cell_replacements,
    has_uncertain_cells,
    row_indents,
)
from publisher.readers.cell_forms import is_figure
from publisher.readers.comma_rows import comma_replacements, find_comma_rows
from publisher.readers.drawn_charts import find_charts
from publisher.readers.drawn_tables import find_drawings, read_drawn_table
from publisher.readers.finding_rules import (
    UNCERTAIN_COLUMNS,
    UNCERTAIN_DRAWING,
    UNCERTAIN_FIELDS,
    UNCERTAIN_ROW,
)
from publisher.readers.gap_tables import find_gap_tables, is_rule
from publisher.readers.quoted_cells import join_quoted_cells
from publisher.readers.table_runs import BAR, BOX_BAR, bars_of, find_runs, is_border, is_framed
from publisher.text.edits import Replacement, apply_edits, span_in_source
from publisher.text.indents import leading_width, start_of_space
from publisher.text.line_index import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.model import Finding, FindingRule, Locator, Text
    from publisher.readers.drawn_grids import DrawnGrid
    from publisher.readers.drawn_tables import Drawing
    from publisher.readers.gap_columns import Grid
    from publisher.readers.table_runs import Run

_DRAWING_CHARACTERS = frozenset("|｜│┃║:+- \t\r\u3000")
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_ROW_END = re.compile("\r*\n|[\r\v\f\x85\u2028\u2029]")
_ROW = "|。"
"""Stands for a line that is a row of a table already."""
_SPACE = 0.5
"""The width of a space (em)."""
_BAR_OR_TAB = {
    bar: re.compile(f"(?:(?<![ \t\u3000\r])[ \t\u3000\r]+)?{bar.pattern}[ \t\u3000\r]*|\t")
    for bar in (BAR, BOX_BAR)
}
"""By the bars of a line: what parts its cells. A run of blanks before a bar is tried once."""
_WIDEST_SPACE_AFTER = 24
"""So many characters behind a cell show how much space there is."""


@dataclass(frozen=True, slots=True)
class _DrawnTable:
    """Where a table is in a text, and what draws it."""

    start: int
    end: int
    kind: str
    """bar, tab, gap, comma or drawing; ``lines`` for lines that are no certain table, which are preformatted text."""
    grid: Grid | None = None
    """The cells between gaps."""
    drawing: DrawnGrid | None = None
    """The cells between lines that are drawn."""
    rule: FindingRule | None = None
    """The rule that reports lines that are no certain table."""
    row_below: tuple[int, int] | None = None
    """Start and end of the line below that may be a last row."""


@dataclass(frozen=True, slots=True)
class UncertainLines:
    """Lines that look like a table and are not certain to be one."""

    locator: Locator
    rule: FindingRule
    """The rule that reports them."""


def split_tables(
    text: Text,
) -> tuple[tuple[Passage | SourceTable, ...], tuple[Edit, ...], tuple[UncertainLines, ...]]:
    """Split a text into passages and tables.

    Returns:
        The passages and tables in order, the edits, and the lines that are not certain to be a table, which are preformatted
        text, or a row of it (``report_uncertain_lines`` reports them). The line feed after a table belongs to the passage that follows.

    """
    segments: list[Passage | SourceTable] = []
    text, changes = join_quoted_cells(text)
    edits = list(changes)
    uncertain: list[UncertainLines] = []
    position = 0
    for table in _find_tables(with_line_feeds(text.string)):
        end = table.end - (text.string[table.end - 1 : table.end + 1] == "\r\n")  # CR belongs to LF
        if table.start > position:
            segments.append(Passage(text=text.slice(position, table.start)))
        source = text.slice(table.start, end)
        if table.rule:
            segments.append(Passage(text=source, role="preformatted"))
            uncertain.append(UncertainLines(span_in_source(text, table.start, end), table.rule))
        else:
            segment, table_edits = _read_drawn_table(source, table)
            segments.append(segment)
            edits.extend(table_edits)
        if table.row_below:
            uncertain.append(UncertainLines(span_in_source(text, *table.row_below), UNCERTAIN_ROW))
        position = end
    if position < len(text) or not segments:
        segments.append(Passage(text=text.slice(position)))
    return tuple(segments), tuple(edits), tuple(uncertain)


def report_uncertain_lines(decoded: str, uncertain: Iterable[UncertainLines]) -> Iterator[Finding]:
    """Yield a finding for each span of lines that are not certain to be a table."""
    lines = LineIndex(decoded)
    for part in uncertain:
        locator = part.locator
        first, last = (lines.line(locator.offset + after) for after in (0, locator.length))
        yield part.rule.finding(locator, first=first, last=last)


def with_line_feeds(string: str) -> str:
    """Return a string of the same length in which every line ends with a line feed."""
    return _LINE_END.sub(lambda match: "\n".rjust(len(match[0])), string)


class _LineTables:
    """The lines of a text and the tables among them; each line is in one at most."""

    def __init__(self, string: str) -> None:
        self.lines = string.split("\n")
        """The lines; ``_ROW`` for those of a table."""
        self._starts = [0, *accumulate(len(line) + 1 for line in self.lines)]
        self._tables: list[_DrawnTable] = []
        self._taken: set[int] = set()

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return start and end of some lines."""
        return self._starts[first], self._starts[last + 1] - 1

    def add(self, first: int, last: int, kind: str, **properties: Any) -> None:
        """Add the table of some lines, unless one of them is in another table."""
        numbers = range(first, last + 1)
        if self._taken.isdisjoint(numbers):
            start, end = self.span(first, last)
            self._tables.append(_DrawnTable(start, end, kind, **properties))
            self._taken.update(numbers)
            self.lines[first : last + 1] = [_ROW] * len(numbers)

    def add_uncertain(self, spans: Iterable[tuple[int, int]], rule: FindingRule) -> None:
        """Add lines that are no certain table, without those at their ends that are in a table beside them."""
        for first, last in spans:
            for is_taken, group in groupby(range(first, last + 1), self._taken.__contains__):
                numbers = list(group)
                if not is_taken and len(numbers) > 1:
                    self.add(numbers[0], numbers[-1], "lines", rule=rule)

    def tables(self) -> list[_DrawnTable]:
        """Return the tables in order."""
        return sorted(self._tables, key=lambda table: table.start)


def _find_tables(string: str) -> list[_DrawnTable]:
    """Return the tables in order, and the lines that are no certain table."""
    rows = _LineTables(string)
    runs = find_runs(rows.lines)
    drawings = find_drawings(rows.lines, runs)
    rows.add_uncertain(_uncertain_drawings(rows.lines, drawings, runs), UNCERTAIN_DRAWING)
    for drawing in drawings:
        if drawing.grid:
            rows.add(drawing.first, drawing.last, "drawing", drawing=drawing.grid)
    for run in runs:
        rows.add(run.first, run.last, run.kind)
    gap_tables, doubtful = find_gap_tables(rows.lines)
    for table in gap_tables:
        if has_uncertain_cells(table.grid):
            doubtful.append((table.first, table.last))
        else:
            row = table.doubtful_row
            below = rows.span(row, row) if row >= 0 else None
            rows.add(table.first, table.last, "gap", grid=table.grid, row_below=below)
    rows.add_uncertain(doubtful, UNCERTAIN_COLUMNS)
    comma_tables, doubtful = find_comma_rows(rows.lines)
    for first, last in comma_tables:
        rows.add(first, last, "comma")
    rows.add_uncertain(doubtful, UNCERTAIN_FIELDS)
    return rows.tables()


def _uncertain_drawings(
    lines: Sequence[str], drawings: Sequence[Drawing], runs: Sequence[Run]
) -> list[tuple[int, int]]:
    """Return the first and the last line of each chart, and of each drawing that is no table; none of them overlap."""
    others = [*lines]
    tables = [(drawing.first, drawing.last) for drawing in drawings if drawing.grid]
    for first, last in (*tables, *((run.first, run.last) for run in runs)):
        others[first : last + 1] = [_ROW] * (last + 1 - first)
    unsound = [(drawing.first, drawing.last) for drawing in drawings if not drawing.grid]
    spans: list[tuple[int, int]] = []
    for first, last in sorted([*find_charts(others), *unsound]):
        if spans and first <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(last, spans[-1][1])
        else:
            spans.append((first, last))
    return spans


def read_tabbed_table(source: Text) -> SourceTable:
    """Return the table of lines whose cells are separated by tabs."""
    return _read_table(source, source, is_tabbed=True)


def _read_drawn_table(source: Text, table: _DrawnTable) -> tuple[SourceTable, list[Edit]]:
    """Return a table of the source, and the edits that take away what draws it."""
    if table.kind == "tab":
        return read_tabbed_table(source), []
    string = with_line_feeds(source.string)
    if table.drawing:
        return read_drawn_table(source, string, table.drawing)
    if table.kind == "comma":
        rows, edits = apply_edits(
            source, comma_replacements(string), stage="read", rule="table-commas"
        )
        return _read_table(rows, source, is_tabbed=True), list(edits)
    if table.grid is None:
        rows, edits = apply_edits(
            source, _bar_replacements(string), stage="read", rule="table-bars"
        )
        return _read_table(rows, source, is_tabbed=False), list(edits)
    rows, edits = apply_edits(
        source, _gap_replacements(string, table.grid), stage="read", rule="table-gaps"
    )
    rows, further = apply_edits(
        rows, broken_cell_replacements(rows.string, table.grid), stage="read", rule="broken-cells"
    )
    result = _with_indents(_read_table(rows, source, is_tabbed=False), row_indents(table.grid))
    return _with_groups(result, table.grid), [*edits, *further]


def _with_groups(table: SourceTable, grid: Grid) -> SourceTable:
    """Return a table whose heads of groups span the columns that have heads of their own below them."""
    head, below = grid[:2]
    if all(head) or not all(below[1:]) or any(cell and is_figure(cell.string) for cell in below):
        return table
    cells: list[SourceCell] = []
    is_group = False
    for column, cell in enumerate(table.rows[0]):
        if head[column]:
            is_group = bool(below[column])
        if head[column] is None and is_group:
            cells[-1] = replace(cells[-1], col_span=cells[-1].col_span + 1)
        else:
            cells.append(cell)
    return replace(table, rows=(tuple(cells), *table.rows[1:]))


def _with_indents(table: SourceTable, indents: Sequence[Sequence[float]]) -> SourceTable:
    """Return a table whose cells have some indents (em)."""
    rows = (
        tuple(replace(cell, indent=indent) for cell, indent in zip(row, widths, strict=True))
        for row, widths in zip(table.rows, indents, strict=True)
    )
    return replace(table, rows=tuple(rows))


def _bar_replacements(string: str) -> Iterator[Replacement]:
    """Yield a replacement for each bar: a tab between cells, nothing at the edges of the table."""
    reason = "the bars draw a table"
    offset = 0
    row_index = -1
    lines = string.split("\n")
    left, right = (
        all(
            BAR.match(line.strip()[position:])
            for line in lines
            if line.strip() and not is_border(line)
        )
        for position in (0, -1)
    )
    for line in lines:
        if is_border(line):
            is_below = row_index >= 0
            start, end = offset - is_below, offset + len(line) + (not is_below)
            yield Replacement(start=start, end=end, after="", reason=reason)
            offset += len(line) + 1
            continue
        row_index += bool(line.strip())
        if row_index == 1 and _is_delimiter_row(line):
            yield Replacement(start=offset - 1, end=offset + len(line), after="", reason=reason)
        else:
            framed = is_framed(line)
            for match in _BAR_OR_TAB[bars_of(line)].finditer(line):
                is_edge = (match.start() == 0 and (left or framed)) or (
                    match.end() == len(line) and (right or framed)
                )
                yield Replacement(
                    start=offset + match.start(),
                    end=offset + match.end(),
                    after="" if is_edge else "\t" if BAR.search(match[0]) else " ",
                    reason=reason,
                )
        offset += len(line) + 1


def _is_delimiter_row(line: str) -> bool:
    """Return whether a line has only dashes and bars, like the delimiter row below a header."""
    return "--" in line and _DRAWING_CHARACTERS.issuperset(line)


def _gap_replacements(string: str, grid: Grid) -> Iterator[Replacement]:
    """Yield a replacement for the gap before each cell: as many tabs as there are columns between it and the cell before it."""
    offset = 0
    rows = iter(grid)
    for line in string.split("\n"):
        end = column = 0
        is_row = bool(line.strip())
        if is_rule(line):
            reason = "the line draws a table"
            start = max(0, offset - 1)
            end = offset + len(line) + (offset == 0)
            yield Replacement(start=start, end=end, after="", reason=reason)
            is_row = False
        for index, cell in enumerate(next(rows) if is_row else ()):
            if cell:
                begins_with_tab = not end and "\t" in line[: cell.start]  # which is no empty cell
                if index > column or begins_with_tab:
                    yield Replacement(
                        start=offset + end,
                        end=offset + cell.start,
                        after="\t" * (index - column),
                        reason="the gaps draw a table",
                    )
                end, column = cell.end, index
        offset += len(line) + 1


def _read_table(rows: Text, source: Text, *, is_tabbed: bool) -> SourceTable:
    """Return the table of rows whose cells are separated by tabs.

    Blank lines are no rows; a last column without any text is none.

    Args:
        rows: The rows.
        source: The text of the source that the table stands for.
        is_tabbed: Whether the source itself has the tabs.

    """
    table: list[list[SourceCell]] = []
    offset = 0
    for match in [*_ROW_END.finditer(rows.string), None]:
        line = rows.slice(offset, match.start() if match else None)
        offset = match.end() if match else 0
        if not line.string.strip() and (is_tabbed or "\t" not in line.string):
            continue
        cells = []
        start = 0
        while (end := line.string.find("\t", start)) >= 0:
            cells.append(_cell(line.slice(start, end), source))
            start = end + 1
        cells.append(_cell(line.slice(start), source))
        table.append(cells)
    columns = max(
        (index for row in table for index, cell in enumerate(row, 1) if cell.text.string.strip()),
        default=1,
    )
    empty = SourceCell(text=rows.slice(len(rows)))
    table = [[*row, *[empty] * (columns - len(row))] for row in table]
    return SourceTable(rows=tuple(tuple(row[:columns]) for row in table), locator=source.locator)


def _cell(text: Text, source: Text) -> SourceCell:
    """Return a cell with its indent: the white space before its first word, which the reader may have left out.

    The space after a bar belongs to the bar. A cell with as much space on its right is centred and has no indent.
    """
    words = text.string.strip()
    if not words:
        return SourceCell(text=text)
    start = bisect_left(source.starts, text.starts[text.string.index(words[0])])
    space_start = start_of_space(source.string, start)
    indent = leading_width(source.string[space_start : start + 1])
    if space_start and BAR.match(source.string, space_start - 1):
        indent -= min(indent, _SPACE)
    end = start + len(words)
    space_after, _, _ = source.string[end : end + _WIDEST_SPACE_AFTER].partition("\t")
    is_centred = indent > 0 and abs(indent - leading_width(space_after)) <= _SPACE
    return SourceCell(text=text, indent=0.0 if is_centred else indent)
