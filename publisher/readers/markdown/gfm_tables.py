"""Tables of a Markdown text (GFM, 4.10): splits rows into cells, each a block of its own.

The bars and the delimiter row are marks. Excess cells are kept, and an escaped bar is text.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.readers.limits import require
from publisher.readers.markdown.blocks import TRIM, Block, LineSpan

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONTAINER_MARKS = re.compile(r"[ \t]*(?:(?:>|[-*+](?=[ \t])|[0-9]{1,9}[.)](?=[ \t]))[ \t]*)*")
_BAR = re.compile(r"(?<!\\)\|")
_ESCAPED_BAR = re.compile(r"\\(?=\|)")


def table_rows(
    text: str, lines: list[tuple[int, int, int]], table: Block, *, where: str
) -> Iterator[list[Block]]:
    """Yield the cells of each row, without the delimiter row.

    Raises:
        LimitError: The table is beyond the limits ``columns`` or ``cells``.

    """
    cell_count = 0
    for number in range(table.first, table.last):
        if number == table.first + 1:
            continue
        start, end, _ = lines[number]
        row = _cells(text, start, end, number)
        require("columns", len(row), where=where)
        cell_count += len(row)
        require("cells", cell_count, where=where)
        yield row


def column_alignments(text: str, lines: list[tuple[int, int, int]], table: Block) -> list[str]:
    """Return the alignment of each column by the colons of the delimiter row; empty for none."""
    start, end, _ = lines[table.first + 1]
    ends = [
        (cell.content[:1] == ":", cell.content[-1:] == ":") for cell in _cells(text, start, end, 0)
    ]
    return ["center" if left and right else "right" if right else "" for left, right in ends]


def _cells(text: str, start: int, end: int, number: int) -> list[Block]:
    container_marks = _CONTAINER_MARKS.match(text, start, end)
    first = container_marks.end() if container_marks else start
    last = first + len(text[first:end].rstrip(TRIM))
    bounds = [first - 1, *(bar.start() for bar in _BAR.finditer(text, first, last)), last]
    if len(bounds) > 2 and bounds[1] == first:
        bounds = bounds[1:]
    if len(bounds) > 2 and bounds[-2] == last - 1:
        bounds = bounds[:-1]
    return [_cell(text, left + 1, right, number) for left, right in pairwise(bounds)]


def _cell(text: str, start: int, end: int, number: int) -> Block:
    """Return a cell, with a span for each piece of text between its escaped bars."""
    string = text[start:end]
    start += len(string) - len(string.lstrip(TRIM))
    end = max(start, end - (len(string) - len(string.rstrip(TRIM))))
    line_spans: list[LineSpan] = []
    pieces: list[str] = []
    length, position = 0, start
    for piece_end, next_start in [
        *((match.start(), match.end()) for match in _ESCAPED_BAR.finditer(text, start, end)),
        (end, end),
    ]:
        line_spans.append(
            LineSpan(content=length, source=position, length=piece_end - position, end=piece_end)
        )
        pieces.append(text[position:piece_end])
        length += piece_end - position
        position = next_start
    return Block(
        kind="table", first=number, last=number + 1, content="".join(pieces), line_spans=line_spans
    )
