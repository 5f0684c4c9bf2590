"""Tables that a text draws with bars, tabs or gaps: told from the lines around them, cell by cell.

A run of lines with the same number of bars (or of tabs) is a table; so is one of columns that only
gaps part, where every line below the first has a figure. Bars, the rule of dashes under a
Markdown table's head, and gaps are drawing, not text: they are taken away with an edit each.
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
_DRAWN = frozenset("|｜│:+- \t\r\u3000")
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_ROW_END = re.compile("\r*\n|[\r\v\f\x85\u2028\u2029]")
_GAP = re.compile("(?<=[^ \u3000])(?:[ \u3000]{2,}|\u3000)(?=[^ \u3000])")
_FIGURE = re.compile("[-+−]?[0-9０-９]")
LONGEST_CELL = 24
"""Of a table whose columns only gaps part (characters)."""
_SENTENCE_END = ("。", "；", "。”")
_BETWEEN = re.compile("[ \t\u3000\r]*[|｜│][ \t\u3000\r]*")
_BETWEEN_OR_TAB = re.compile(f"{_BETWEEN.pattern}|\t")


def split_tables(text: Text) -> tuple[tuple[Passage | SourceTable, ...], tuple[Edit, ...]]:
    """Return the text's lines and tables in order; a table's lines end before their line feed."""
    segments: list[Passage | SourceTable] = []
    edits: list[Edit] = []
    done = 0
    for start, end, kind in _runs(with_line_feeds(text.string)):
        end -= text.string[end - 1 : end + 1] == "\r\n"  # noqa: PLW2901 - the line feed's other half
        if start > done:
            segments.append(Passage(text=text.slice(done, start)))
        rows = text.slice(start, end)
        if kind != "tab":
            drawing = _DRAWINGS[kind](with_line_feeds(rows.string))
            rows, changes = apply_edits(rows, drawing, stage="read", rule=f"table-{kind}s")
            edits.extend(changes)
        segments.append(_table(rows, text.slice(start, end)))
        done = end
    if done < len(text) or not segments:
        segments.append(Passage(text=text.slice(done)))
    return tuple(segments), tuple(edits)


def with_line_feeds(string: str) -> str:
    """Return the text with a line feed at every line's end, each character in its place."""
    return _LINE_END.sub(lambda match: "\n".rjust(len(match[0])), string)


def _runs(string: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and kind of each run of at least two lines with equally many cells."""
    run: list[tuple[int, int]] = []
    kind: tuple[str, int] | None = None
    place = 0
    for line in [*string.split("\n"), ""]:
        found = _kind(line)
        if run and found != kind:
            if len(run) > 1 and kind and _is_table(kind[0], [string[a:b] for a, b in run]):
                yield run[0][0], run[-1][1], kind[0]
            run = []
        kind = found
        if found:
            run.append((place, place + len(line)))
        place += len(line) + 1


def _kind(line: str) -> tuple[str, int] | None:
    bars = len(_BAR.findall(line)) - 2 * _is_framed(line)
    if bars:
        return "bar", bars
    tabs = line.strip("\r\n ").count("\t")
    if tabs and line.strip():
        return "tab", tabs
    gaps = len(_GAP.findall(line.strip()))
    return ("gap", gaps) if gaps else None


def _is_framed(line: str) -> bool:
    """Tell whether the line's first and last characters are bars around its cells."""
    line = line.strip()
    return len(line) > 1 and bool(_BAR.match(line[0]) and _BAR.match(line[-1]))


def _is_table(kind: str, lines: list[str]) -> bool:
    if kind == "gap":
        rows = [_GAP.split(line.strip()) for line in lines]
        short = all(len(cell) <= LONGEST_CELL for row in rows for cell in row)
        counted = all(any(map(_FIGURE.match, row[1:])) for row in rows[1:])
        return short and counted and not any(map(_is_prose, lines))
    return any(map(_parts, lines)) and not any(map(_is_prose, lines))


def _parts(line: str) -> bool:
    """Tell whether a mark stands inside the line: a tab that indents parts no cells."""
    return "\t" in line.strip() or bool(_BAR.search(line.strip()[1:-1]))


def _is_rule(line: str) -> bool:
    """Tell the rule of dashes under a table's head; further down, dashes are what a cell says."""
    return "--" in line and _DRAWN.issuperset(line)


def _is_prose(line: str) -> bool:
    """Tell a sentence that has a bar in it from a row."""
    return not _is_framed(line) and line.rstrip().endswith(_SENTENCE_END)


def _drawing(string: str) -> Iterator[Replacement]:
    reason = "the bars draw a table"
    place = 0
    lines = string.split("\n")
    left, right = (all(_BAR.match(line.strip()[edge:]) for line in lines) for edge in (0, -1))
    for number, line in enumerate(lines):
        if number == 1 and _is_rule(line):
            yield Replacement(start=place - 1, end=place + len(line), after="", reason=reason)
        else:
            for match in _BETWEEN_OR_TAB.finditer(line):
                framed = _is_framed(line)
                edge = (match.start() == 0 and (left or framed)) or (
                    match.end() == len(line) and (right or framed)
                )
                yield Replacement(
                    start=place + match.start(),
                    end=place + match.end(),
                    after="" if edge else "\t" if _BAR.search(match[0]) else " ",
                    reason=reason,
                )
        place += len(line) + 1


def _gaps(string: str) -> Iterator[Replacement]:
    for match in _GAP.finditer(string):
        yield Replacement(
            start=match.start(), end=match.end(), after="\t", reason="the gaps draw a table"
        )


_DRAWINGS = {"bar": _drawing, "gap": _gaps}


def _table(rows: Text, source: Text) -> SourceTable:
    table = []
    place = 0
    for match in [*_ROW_END.finditer(rows.string), None]:
        line = rows.slice(place, match.start() if match else None)
        place = match.end() if match else 0
        cells = []
        start = 0
        while (end := line.string.find("\t", start)) >= 0:
            cells.append(SourceCell(text=line.slice(start, end)))
            start = end + 1
        cells.append(SourceCell(text=line.slice(start)))
        table.append(tuple(cells))
    return SourceTable(rows=tuple(table), locator=source.locator)
