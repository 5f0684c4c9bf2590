"""Tables in plain text, drawn with bars, tabs or gaps: detects them and splits them into cells.

Consecutive lines with the same number of bars (or of tabs) are a table, also with a blank line after each. So are lines with the same
number of gaps, if every line after the first has a figure. Bars, gaps and the delimiter row of a
Markdown table are not text; each is removed with an edit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.model import Edit, Passage, SourceCell, SourceTable
from publisher.readers.quoted_cells import join_quoted_cells
from publisher.text.characters import columns_of, has_han
from publisher.text.edits import Replacement, apply_edits
from publisher.text.indents import leading_width, start_of_space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Text

_BAR = re.compile("[|｜│]")
_DRAWING_CHARACTERS = frozenset("|｜│:+- \t\r\u3000")
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_ROW_END = re.compile("\r*\n|[\r\v\f\x85\u2028\u2029]")
_LINE = re.compile("[^\n]+")
_GAP = re.compile("(?<=[^ \u3000])(?:[ \u3000]{2,}|\u3000)(?=[^ \u3000])")
_FIGURE = re.compile("[-+−]?[0-9０-９]")
MAX_GAP_CELL = 24
"""The longest cell of a table whose columns are separated by gaps (characters)."""
MIN_SPACED_ROWS = 3
"""A table with a blank line after each row has at least so many rows; two such lines may be two signatures."""
MIN_GAP_ROWS = 3
MIN_GAP_COLUMNS = 3
"""Lines with gaps are a table if there are so many of them, or so many columns; two lines with one gap may be a signature."""
_LABEL_OR_NUMBER = re.compile(
    "[^0-9：:]{1,12}[：:]|[0-9]{1,2}[.．、](?![0-9])|[（(]?[0-9一二三四五六七八九十]{1,3}[）)]|[□☐☑√]"
)
"""A form field, an item of a list or an option: no cell of a table of figures."""
_SENTENCE_END = ("。", "；", "。”")
_BAR_WITH_SPACE = re.compile("[ \t\u3000\r]*[|｜│][ \t\u3000\r]*")
_SPACE = 0.5
"""The width of a space (em)."""
_BAR_OR_TAB = re.compile(f"{_BAR_WITH_SPACE.pattern}|\t")


def split_tables(text: Text) -> tuple[tuple[Passage | SourceTable, ...], tuple[Edit, ...]]:
    """Split a text into passages and tables.

    Returns:
        The passages and tables in order, and the edits. The line feed after a table belongs to the
        passage that follows.

    """
    segments: list[Passage | SourceTable] = []
    text, changes = join_quoted_cells(text)
    edits = list(changes)
    position = 0
    for start, end, kind in _find_tables(with_line_feeds(text.string)):
        end -= text.string[end - 1 : end + 1] == "\r\n"  # noqa: PLW2901 - CR belongs to the LF
        if start > position:
            segments.append(Passage(text=text.slice(position, start)))
        rows = text.slice(start, end)
        if kind != "tab":
            replacements = _REPLACEMENTS[kind](with_line_feeds(rows.string))
            rows, changes = apply_edits(rows, replacements, stage="read", rule=f"table-{kind}s")
            edits.extend(changes)
        segments.append(_read_table(rows, text.slice(start, end), is_tabbed=kind == "tab"))
        position = end
    if position < len(text) or not segments:
        segments.append(Passage(text=text.slice(position)))
    return tuple(segments), tuple(edits)


def with_line_feeds(string: str) -> str:
    """Return a string of the same length in which every line ends with a line feed."""
    return _LINE_END.sub(lambda match: "\n".rjust(len(match[0])), string)


@dataclass(slots=True)
class _Run:
    """Lines that may be the rows of a table, one after another or with a blank line after each."""

    kind: str
    counts: frozenset[int]
    """How many separators each row may have: one more if it ends with a tab."""
    lines: list[tuple[int, int]]
    """Start and end of each line."""
    spacing: int = 0
    """The number of blank lines between two rows; of the first two if there are two."""

    def add(self, kind: str, counts: frozenset[int], line: tuple[int, int], blank: int) -> bool:
        """Add a line after so many blank lines; return whether it is a further row."""
        fits = blank == self.spacing or (len(self.lines) == 1 and blank == 1)
        if kind != self.kind or not self.counts & counts or not fits:
            return False
        self.counts &= counts
        self.lines.append(line)
        self.spacing = blank
        return True


def _find_tables(string: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and kind (bar, tab or gap) of each table, of at least two lines.

    A table with blank lines between its rows has at least ``MIN_SPACED_ROWS``.
    """
    run: _Run | None = None
    gaps_above: frozenset[int] = frozenset()
    offset = blank = 0
    for line in [*string.split("\n"), None]:
        span = offset, offset + len(line or "")
        offset = span[1] + 1
        if line is not None and not line.strip():
            blank += 1
            continue
        kind, counts = _kind_of(line or "")
        if not (run and run.add(kind, counts, span, blank)):
            gaps_below = counts if kind == "gap" and not blank else frozenset[int]()
            if run and not _has_shifted_cells(run, string, gaps_above | gaps_below):
                yield from _tables_of(run, string)
            gaps_above = run.counts if run and run.kind == "gap" and not blank else frozenset()
            run = _Run(kind, counts, [span]) if kind else None
        blank = 0


def _has_shifted_cells(run: _Run, string: str, neighbours: frozenset[int]) -> bool:
    """Return whether rows drawn with gaps have empty cells, so that their order does not tell their columns.

    Lines beside them have more gaps, and cells of one number are not below one another.

    Args:
        run: The rows.
        string: The text.
        neighbours: How many gaps the lines directly above and below the rows have.

    """
    if run.kind != "gap" or max(neighbours, default=0) <= max(run.counts):
        return False
    lines = [string[start:end] for start, end in run.lines]
    rows = [
        [0, *(edge for gap in gaps for edge in gap), len(line.rstrip())]
        for line, gaps in zip(lines, _row_gaps(lines), strict=True)
    ]
    spans = [
        [
            (columns_of(line[:start]), columns_of(line[:end]))
            for start, end in zip(edges[::2], edges[1::2], strict=True)
        ]
        for line, edges in zip(lines, rows, strict=True)
    ]
    return any(
        max(start for start, _ in column) >= min(end for _, end in column)
        for column in zip(*spans, strict=True)
    )


def _tables_of(run: _Run, string: str) -> Iterator[tuple[int, int, str]]:
    """Yield the table of a run of lines, if it is one."""
    least = MIN_SPACED_ROWS if run.spacing else 2
    rows = [string[start:end] for start, end in run.lines]
    if len(rows) >= least and _is_table(run.kind, rows):
        yield run.lines[0][0], run.lines[-1][1], run.kind


def _kind_of(line: str) -> tuple[str, frozenset[int]]:
    """Return what separates the cells of a line, and how often it may do so; no kind for an ordinary line.

    A tab at the end may follow the last cell, or be before an empty one.
    """
    bars = len(_BAR.findall(line)) - 2 * _is_framed(line)
    if bars:
        return "bar", frozenset([bars])
    tabs = line.strip("\r\n ").count("\t")
    if tabs and line.strip():
        trailing = line.rstrip("\r\n ").endswith("\t") and tabs > 1
        return "tab", frozenset([tabs, tabs - trailing])
    counts = _gap_counts(line)
    return ("gap", counts) if counts else ("", frozenset())


def _gap_counts(line: str) -> frozenset[int]:
    """Return how many gaps may part the cells of a line: all, or those that are not inside a spread word."""
    gaps, inner = _gaps(line)
    return frozenset({len(gaps), len(gaps) - len(inner)} - {0})


def _gaps(line: str) -> tuple[list[tuple[int, int]], set[tuple[int, int]]]:
    """Return the gaps of a line, and those of them that may be inside a spread word (指  标).

    Such a gap is between two single ideographs, and narrower than another gap of the line.
    """
    words_start, words_end = len(line) - len(line.lstrip()), len(line.rstrip())
    gaps = [match.span() for match in _GAP.finditer(line, words_start, words_end)]
    edges = [words_start, *(edge for gap in gaps for edge in gap), words_end]
    cells = [line[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    widths = [sum(1 + (space == "\u3000") for space in line[start:end]) for start, end in gaps]
    inner = {
        gap
        for gap, width, (before, after) in zip(gaps, widths, pairwise(cells), strict=True)
        if width < max(widths) and len(before) == len(after) == 1 and has_han(before + after)
    }
    return gaps, inner


def _row_gaps(lines: list[str]) -> list[list[tuple[int, int]]]:
    """Return the gaps between the cells of each row, as many in each."""
    count = max(frozenset[int].intersection(*map(_gap_counts, lines)))
    return [
        gaps if len(gaps) == count else [gap for gap in gaps if gap not in inner]
        for gaps, inner in map(_gaps, lines)
    ]


def _is_framed(line: str) -> bool:
    """Return whether the first and the last character of a line are bars."""
    line = line.strip()
    return len(line) > 1 and bool(_BAR.match(line[0]) and _BAR.match(line[-1]))


def _is_table(kind: str, lines: list[str]) -> bool:
    if kind == "gap":
        rows = [
            [
                line[start:end].strip()
                for start, end in pairwise([0, *(gap[0] for gap in gaps), len(line)])
            ]
            for line, gaps in zip(lines, _row_gaps(lines), strict=True)
        ]
        has_short_cells = all(len(cell) <= MAX_GAP_CELL for row in rows for cell in row)
        has_figures = all(any(map(_FIGURE.match, row[1:])) for row in rows[1:])
        is_large = len(rows) >= MIN_GAP_ROWS or len(rows[0]) >= MIN_GAP_COLUMNS
        is_list = any(_LABEL_OR_NUMBER.match(cell) for row in rows for cell in row)
        is_table = has_short_cells and has_figures and is_large and not is_list
        return is_table and not any(map(_is_prose, lines))
    return any(map(_has_inner_mark, lines)) and not any(map(_is_prose, lines))


def _has_inner_mark(line: str) -> bool:
    """Return whether a bar or tab is inside a line; a tab that only indents separates no cells."""
    return "\t" in line.strip() or bool(_BAR.search(line.strip()[1:-1]))


def _is_delimiter_row(line: str) -> bool:
    """Return whether a line has only dashes and bars, like the delimiter row below a header."""
    return "--" in line and _DRAWING_CHARACTERS.issuperset(line)


def _is_prose(line: str) -> bool:
    """Return whether a line is a sentence with a bar in it, and not a row."""
    return not _is_framed(line) and line.rstrip().endswith(_SENTENCE_END)


def _bar_replacements(string: str) -> Iterator[Replacement]:
    """Yield a replacement for each bar: a tab between cells, nothing at the edges of the table."""
    reason = "the bars draw a table"
    offset = 0
    row_index = -1
    lines = string.split("\n")
    left, right = (
        all(_BAR.match(line.strip()[position:]) for line in lines if line.strip())
        for position in (0, -1)
    )
    for line in lines:
        row_index += bool(line.strip())
        if row_index == 1 and _is_delimiter_row(line):
            yield Replacement(start=offset - 1, end=offset + len(line), after="", reason=reason)
        else:
            for match in _BAR_OR_TAB.finditer(line):
                framed = _is_framed(line)
                is_edge = (match.start() == 0 and (left or framed)) or (
                    match.end() == len(line) and (right or framed)
                )
                yield Replacement(
                    start=offset + match.start(),
                    end=offset + match.end(),
                    after="" if is_edge else "\t" if _BAR.search(match[0]) else " ",
                    reason=reason,
                )
        offset += len(line) + 1


def _gap_replacements(string: str) -> Iterator[Replacement]:
    """Yield a replacement for each gap between two cells; the indent of a row is no gap."""
    rows = [(match.start(), match[0]) for match in _LINE.finditer(string) if match[0].strip()]
    gaps_of_rows = _row_gaps([row for _, row in rows])
    for (offset, _), gaps in zip(rows, gaps_of_rows, strict=True):
        for start, end in gaps:
            yield Replacement(
                start=offset + start, end=offset + end, after="\t", reason="the gaps draw a table"
            )


_REPLACEMENTS = {"bar": _bar_replacements, "gap": _gap_replacements}


def _read_table(rows: Text, source: Text, *, is_tabbed: bool) -> SourceTable:
    """Return the table of rows whose cells are separated by tabs; ``source`` is its locator.

    Blank lines are no rows; a last column without any text is none.
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
    if space_start and _BAR.match(source.string, space_start - 1):
        indent -= min(indent, _SPACE)
    end = start + len(words)
    space_after, _, _ = source.string[end : end + MAX_GAP_CELL].partition("\t")
    is_centred = indent > 0 and abs(indent - leading_width(space_after)) <= _SPACE
    return SourceCell(text=text, indent=0.0 if is_centred else indent)
