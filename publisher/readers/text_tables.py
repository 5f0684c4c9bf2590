"""Tables in plain text, drawn with bars, tabs or gaps: detects them and splits them into cells.

Consecutive lines with the same number of bars (or of tabs) are a table. So are lines with the same
number of gaps, if every line after the first has a figure. Bars, gaps and the delimiter row of a
Markdown table are not text; each is removed with an edit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.model import Edit, Passage, SourceCell, SourceTable
from publisher.text.edits import Replacement, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Text

_BAR = re.compile("[|｜│]")
_DRAWING_CHARACTERS = frozenset("|｜│:+- \t\r\u3000")
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_ROW_END = re.compile("\r*\n|[\r\v\f\x85\u2028\u2029]")
_GAP = re.compile("(?<=[^ \u3000])(?:[ \u3000]{2,}|\u3000)(?=[^ \u3000])")
_FIGURE = re.compile("[-+−]?[0-9０-９]")
MAX_GAP_CELL = 24
"""The longest cell of a table whose columns are separated by gaps (characters)."""
MIN_GAP_ROWS = 3
MIN_GAP_COLUMNS = 3
"""Lines with gaps are a table if there are so many of them, or so many columns; two lines with one gap may be a signature."""
_LABEL_OR_NUMBER = re.compile(
    "[^0-9：:]{1,12}[：:]|[0-9]{1,2}[.．、](?![0-9])|[（(]?[0-9一二三四五六七八九十]{1,3}[）)]|[□☐☑√]"
)
"""A form field, an item of a list or an option: no cell of a table of figures."""
_SENTENCE_END = ("。", "；", "。”")
_BAR_WITH_SPACE = re.compile("[ \t\u3000\r]*[|｜│][ \t\u3000\r]*")
_BAR_OR_TAB = re.compile(f"{_BAR_WITH_SPACE.pattern}|\t")


def split_tables(text: Text) -> tuple[tuple[Passage | SourceTable, ...], tuple[Edit, ...]]:
    """Split a text into passages and tables.

    Returns:
        The passages and tables in order, and the edits. The line feed after a table belongs to the
        passage that follows.

    """
    segments: list[Passage | SourceTable] = []
    edits: list[Edit] = []
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
        segments.append(_read_table(rows, text.slice(start, end)))
        position = end
    if position < len(text) or not segments:
        segments.append(Passage(text=text.slice(position)))
    return tuple(segments), tuple(edits)


def with_line_feeds(string: str) -> str:
    """Return a string of the same length in which every line ends with a line feed."""
    return _LINE_END.sub(lambda match: "\n".rjust(len(match[0])), string)


def _find_tables(string: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and kind (bar, tab or gap) of each table, of at least two lines."""
    run: list[tuple[int, int]] = []
    kind: tuple[str, int] | None = None
    offset = 0
    for line in [*string.split("\n"), ""]:
        line_kind = _kind_of(line)
        if run and line_kind != kind:
            if len(run) > 1 and kind and _is_table(kind[0], [string[a:b] for a, b in run]):
                yield run[0][0], run[-1][1], kind[0]
            run = []
        kind = line_kind
        if line_kind:
            run.append((offset, offset + len(line)))
        offset += len(line) + 1


def _kind_of(line: str) -> tuple[str, int] | None:
    """Return what separates the cells of a line, and how often; None for an ordinary line."""
    bars = len(_BAR.findall(line)) - 2 * _is_framed(line)
    if bars:
        return "bar", bars
    tabs = line.strip("\r\n ").count("\t")
    if tabs and line.strip():
        return "tab", tabs
    gaps = len(_GAP.findall(line.strip()))
    return ("gap", gaps) if gaps else None


def _is_framed(line: str) -> bool:
    """Return whether the first and the last character of a line are bars."""
    line = line.strip()
    return len(line) > 1 and bool(_BAR.match(line[0]) and _BAR.match(line[-1]))


def _is_table(kind: str, lines: list[str]) -> bool:
    if kind == "gap":
        rows = [_GAP.split(line.strip()) for line in lines]
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
    lines = string.split("\n")
    left, right = (
        all(_BAR.match(line.strip()[position:]) for line in lines) for position in (0, -1)
    )
    for row_index, line in enumerate(lines):
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
    for match in _GAP.finditer(string):
        yield Replacement(
            start=match.start(), end=match.end(), after="\t", reason="the gaps draw a table"
        )


_REPLACEMENTS = {"bar": _bar_replacements, "gap": _gap_replacements}


def _read_table(rows: Text, source: Text) -> SourceTable:
    """Return the table of rows whose cells are separated by tabs; ``source`` is its locator."""
    table = []
    offset = 0
    for match in [*_ROW_END.finditer(rows.string), None]:
        line = rows.slice(offset, match.start() if match else None)
        offset = match.end() if match else 0
        cells = []
        start = 0
        while (end := line.string.find("\t", start)) >= 0:
            cells.append(SourceCell(text=line.slice(start, end)))
            start = end + 1
        cells.append(SourceCell(text=line.slice(start)))
        table.append(tuple(cells))
    return SourceTable(rows=tuple(table), locator=source.locator)
