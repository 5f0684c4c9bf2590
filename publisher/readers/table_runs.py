"""Which lines of a plain text are the rows of a table that is drawn with bars or tabs.

Input: lines. Output: the runs of rows. Consecutive lines with the same number of bars or tabs are a table, also with a blank line
after each. Borders (├──┼──┤, +--+--+) may be above, between and below rows with bars; two borders one after another part two
tables. A row with fewer tabs belongs to the table if it has lost its last cells, which are empty: editors and mail
programs remove white space at the end of a line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from publisher.text.cell_figures import plain_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

BAR = re.compile("[|｜│┃║]")
BOX_BAR = re.compile("[│┃║]")
_BORDER = re.compile("(?=.*[─━═=-]{2})(?=.*[┌-╋═-╬+])[|\u2500-\u256c+= \u3000-]+")
"""A line that only draws: horizontal lines and where others meet them."""
MIN_SPACED_ROWS = 3
"""A table with a blank line after each row has at least so many rows; two such lines may be two signatures."""
FEWEST_COLUMNS = 3
"""Of a table whose lines could have tabs for another reason."""
LONGEST_LONE_CELL = 24
"""Characters of the longest row that has only its first cell."""
_SENTENCE_END = ("。", "；", "。”")
_SENTENCE_MARK = re.compile("[。；，！？]")
_FIELD = re.compile("(?!其中|[减減加内內][：:])[^0-9：:]{1,12}[：:]")
CAPTION = re.compile("(?:续|續|附)?[表图圖]\\s*[0-9一二三四五六七八九十]")
"""The number of a table or a figure at the beginning of its caption: 表2, 续图一."""
_YEAR = re.compile("(?:19|20)[0-9]{2}")
Kind = Literal["", "bar", "tab", "border"]


@dataclass(frozen=True, slots=True)
class Run:
    """Lines that may be the rows of a table, one after another or with a blank line after each."""

    kind: Kind
    """What separates the cells; empty for a line of another kind."""
    counts: frozenset[int]
    """How many separators each row may have: one more if it ends with a tab."""
    first: int
    """The index of its first line."""
    last: int
    rows: int = 1
    spacing: int = 0
    """The number of blank lines between two rows; of the first two if there are two."""

    def with_row(self, row: Run, blank: int) -> Run | None:
        """Return the run with a further row after so many blank lines; ``None`` if the row has another number of cells."""
        fits = blank == self.spacing or (self.rows == 1 and blank == 1)
        counts = self.counts & row.counts
        if self.kind != row.kind or not counts or not fits:
            return None
        return replace(self, counts=counts, last=row.last, rows=self.rows + 1, spacing=blank)


def find_runs(lines: Sequence[str]) -> list[Run]:
    """Return the tables that bars and tabs draw, of at least two lines, in order."""
    runs = _Lines(lines).runs()
    return [run for run in runs if run.kind in ("bar", "tab") and _is_table(run, lines)]


def find_tables_of_figures(lines: Sequence[str]) -> list[Run]:
    """Return the tables that tabs draw whose rows have three cells or more, and figures in most rows, in order."""
    return [
        run
        for run in find_runs(lines)
        if run.kind == "tab" and not run.spacing and _has_rows_of_figures(run, lines)
    ]


def _has_rows_of_figures(run: Run, lines: Sequence[str]) -> bool:
    head, *rows = lines[run.first : run.last + 1]
    return (
        min(run.counts) + 1 >= FEWEST_COLUMNS
        and not _is_field_row(head)
        and 2 * sum(map(_has_figures, rows)) > len(rows)
    )


class _Lines:
    """The lines of a text, each as a run of its own."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._rows = [Run(*_kind_of(line), index, index) for index, line in enumerate(lines)]

    def runs(self) -> list[Run]:
        runs: list[Run] = []
        blank = 0
        for row in self._rows:
            if not self._lines[row.first].strip():
                blank += 1
                continue
            longer = None
            if runs:
                longer = (
                    runs[-1].with_row(row, blank)
                    or self._with_border(runs[-1], row)
                    or self._with_short_row(runs[-1], row)
                )
            if longer:
                runs[-1] = longer
            else:
                runs.append(row)
            blank = 0
        return runs

    def _with_border(self, run: Run, row: Run) -> Run | None:
        """Return rows with the border directly below them, or a row with the border directly above it."""
        if row.first != run.last + 1:
            return None
        if run.kind == "border" and row.kind == "bar":
            return replace(row, first=run.first)
        is_below = run.kind == "bar" and row.kind == "border"
        return replace(run, last=row.last) if is_below and not self._ends_with_border(run) else None

    def _ends_with_border(self, run: Run) -> bool:
        return is_border(self._lines[run.last])

    def _with_short_row(self, table: Run, row: Run) -> Run | None:
        """Return a table with a row that has lost its last cells, or with the first full row below a head that has lost them."""
        if table.kind != "tab" or table.spacing or row.first != table.last + 1:
            return None
        line = self._lines[row.first]
        if _is_field_row(line):
            return None
        counts = table.counts
        if not row.kind:
            is_row = self._is_lone_cell(table, row.first)
        elif row.kind == "tab" and max(row.counts) < min(counts):
            is_row = self._is_short_row(table, row)
        else:
            above = self._lines[table.first]
            is_row = row.kind == "tab" and table.rows == 1 and _is_short_head(above)
            counts = row.counts
        if not is_row:
            return None
        return replace(table, counts=counts, last=row.last, rows=table.rows + 1)

    def _is_lone_cell(self, table: Run, index: int) -> bool:
        """Return whether a line without tabs is the first cell of a row: below heads or figures, and above figures."""
        line, above = self._lines[index], self._lines[index - 1]
        following = self._rows[index + 1] if index + 1 < len(self._rows) else None
        return (
            len(line.strip()) <= LONGEST_LONE_CELL
            and not _SENTENCE_MARK.search(line)
            and (table.rows == 1 or _has_figures(above))
            and following is not None
            and following.kind == "tab"
            and min(following.counts) <= max(table.counts)
            and _has_figures(self._lines[following.first])
        )

    def _is_short_row(self, table: Run, row: Run) -> bool:
        """Return whether a row with fewer cells is one of a table: it has figures or an empty cell, or is alone between other rows."""
        line = self._lines[row.first]
        following = self._rows[row.first + 1] if row.first + 1 < len(self._rows) else None
        counts = following.counts if following else frozenset[int]()
        has_empty_cell = "" in line.strip("\r\n ").rstrip("\t").split("\t")
        if counts & table.counts or has_empty_cell:
            return True
        is_wide = 2 * (max(row.counts) + 1) > max(table.counts) + 1
        return is_wide and (_has_figures(line) or (table.rows > 1 and not counts & row.counts))


def _kind_of(line: str) -> tuple[Kind, frozenset[int]]:
    """Return what separates the cells of a line, and how often it may do so; no kind for an ordinary line.

    A tab at the end may follow the last cell, or be before an empty one.
    """
    if is_border(line):
        return "border", frozenset()
    bars = len(bars_of(line).findall(line)) - 2 * is_framed(line)
    if bars:
        return "bar", frozenset([bars])
    tabs = line.strip("\r\n ").count("\t")
    if not tabs:
        return "", frozenset()
    trailing = line.rstrip("\r\n ").endswith("\t") and tabs > 1
    return "tab", frozenset([tabs, tabs - trailing])


def bars_of(line: str) -> re.Pattern[str]:
    """Return the pattern of the bars that part the cells of a line; a | in a line with drawn bars is a character of a cell.

    Example:
        >>> bars_of("│接口│a|b│").findall("│接口│a|b│")
        ['│', '│', '│']

    """
    return BOX_BAR if BOX_BAR.search(line) else BAR


def is_border(line: str) -> bool:
    """Return whether a line only draws the border of rows: ├──┼──┤."""
    line = line.strip()
    return not (BAR.search(line[1:-1])) and _BORDER.fullmatch(line) is not None


def is_framed(line: str) -> bool:
    """Return whether the first and the last character of a line are bars."""
    line = line.strip()
    return len(line) > 1 and bool(BAR.match(line[0]) and BAR.match(line[-1]))


def _is_table(run: Run, lines: Sequence[str]) -> bool:
    rows = [
        line for line in lines[run.first : run.last + 1] if line.strip() and not is_border(line)
    ]
    least = MIN_SPACED_ROWS if run.spacing else 2
    return (
        len(rows) >= least
        and any(map(str.isalnum, "".join(rows)))
        and any(map(_has_inner_mark, rows))
        and not any(not is_framed(row) and row.rstrip().endswith(_SENTENCE_END) for row in rows)
    )


def _has_inner_mark(line: str) -> bool:
    """Return whether a bar or tab is inside a line; a tab that only indents separates no cells."""
    return "\t" in line.strip() or bool(BAR.search(line.strip()[1:-1]))


def _is_short_head(line: str) -> bool:
    """Return whether a line is a row of heads that has lost its last cells: it has an empty cell inside."""
    cells = line.strip("\r\n ").rstrip("\t").split("\t")
    return "" in cells and sum(map(bool, cells)) > 1 and not _is_field_row(line)


def _is_field_row(line: str) -> bool:
    """Return whether a line has a form field or is a caption: 填报单位：…, 表2 …."""
    cells = [cell.strip() for cell in line.split("\t")]
    return any(map(_FIELD.match, cells)) or bool(CAPTION.match(line.strip()))


def _has_figures(line: str) -> bool:
    """Return whether a cell after the first is a figure; a year is none."""
    cells = [cell.strip() for cell in line.split("\t")[1:]]
    return any(plain_figure(cell) and not _YEAR.fullmatch(cell) for cell in cells)
