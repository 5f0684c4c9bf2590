"""The text of a source as lines, with a line for each row of a table and a tab between its cells.

Read again as plain text, the lines give the same tables: all rows of a table have the same number of cells, a merged
cell stands in its first place, and a cell has no line end.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.model import Passage, SourceTable
from publisher.text.cell_slots import cell_slots
from publisher.text.edits import Replacement, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import Edit, SourceText, Text

_SENTENCE_MARKS = "，。、；：！？"


def text_with_rows(source: SourceText, edits: Iterable[Edit] = ()) -> str:
    """Return the text of a source.

    Args:
        source: The source after some stages.
        edits: Edits of a later stage, each inside one passage or cell.

    """
    changes = tuple(edits)
    lines: list[str] = []
    for segment in source.segments:
        if isinstance(segment, Passage):
            string = _edited(segment.text, changes).string
            lines.extend(line for line in string.split("\n") if line.strip())
        elif isinstance(segment, SourceTable):
            rows = tuple(
                tuple(replace(cell, text=_edited(cell.text, changes)) for cell in row)
                for row in segment.rows
            )
            caption, table = _without_caption(replace(segment, rows=rows))
            lines.extend((*caption, *_row_lines(table)))
    return "\n".join(lines)


def _edited(text: Text, edits: tuple[Edit, ...]) -> Text:
    """Return a text after those of the edits whose place is in it, made one after the other."""
    for edit in edits:
        if not text.string or not text.starts[0] <= edit.locator.offset < text.ends[-1]:
            continue
        start = text.string.find(edit.before, _index_of(text, edit))
        if start >= 0:
            change = Replacement(
                start=start,
                end=start + len(edit.before),
                after=edit.after,
                reason=edit.reason,
            )
            text, _ = apply_edits(text, [change], stage=edit.stage, rule=edit.rule)
    return text


def _index_of(text: Text, edit: Edit) -> int:
    """Return the index of the character with which an edit begins."""
    index = bisect_left(text.starts, edit.locator.offset)
    remaining = edit.preceding
    while remaining and index < len(text):
        remaining -= not text.string[index].isspace()
        index += 1
    return index


def _without_caption(table: SourceTable) -> tuple[list[str], SourceTable]:
    """Return the lines that a caption has put before the first cell with text, and the table without them."""
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if not cell.text.string:
                continue
            *lines, rest = cell.text.string.split("\n")
            if not lines or len(set(cell.text.starts)) >= len(cell.text):
                return [], table  # the source itself has these paragraphs
            text = cell.text.slice(len(cell.text) - len(rest))
            cells = (*row[:column], replace(cell, text=text), *row[column + 1 :])
            rows = (*table.rows[:number], cells, *table.rows[number + 1 :])
            return lines, replace(table, rows=rows)
    return [], table


def _row_lines(table: SourceTable) -> Iterator[str]:
    """Yield a line for each row, with an empty cell where a merged cell goes on."""
    slots = list(cell_slots(table.rows))
    width = max((column + cell.col_span for _, column, cell in slots), default=0)
    grid = [[""] * width for _ in table.rows]
    for row, column, cell in slots:
        grid[row][column] = _one_line(cell.text.string)
    for cells in grid:
        line = "\t".join(cells)
        if line.strip():
            yield line if len(grid) > 1 else line.strip("\t")


def _one_line(string: str) -> str:
    """Return the text of a cell on one line; its paragraphs are parted by a gap unless a mark ends them."""
    lines = [line.strip() for line in string.split("\n") if line.strip()]
    joined = ""
    for line in lines:
        joined += "" if not joined or joined[-1] in _SENTENCE_MARKS else "\u3000"
        joined += line
    return joined.replace("\t", "\u3000")
