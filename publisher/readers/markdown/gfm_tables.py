"""Tables of a Markdown text (GFM): rows cut into cells, each a block of its own.

The bars and the rule under the head are drawing. A cell too many is kept, and an escaped bar is a
bar of the text.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.readers.limits import require
from publisher.readers.markdown.blocks import TRIM, Block, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEFORE = re.compile(r"[ \t]*(?:(?:>|[-*+](?=[ \t])|[0-9]{1,9}[.)](?=[ \t]))[ \t]*)*")
_BAR = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\(?=\|)")


def rows(
    text: str, lines: list[tuple[int, int, int]], table: Block, *, where: str
) -> Iterator[list[Block]]:
    """Yield the rows of a table as its cells, without the rule under the head."""
    places = 0
    for number in range(table.first, table.last):
        if number == table.first + 1:
            continue
        start, end, _ = lines[number]
        row = _cells(text, start, end, number)
        require("columns", len(row), where=where)
        places += len(row)
        require("cells", places, where=where)
        yield row


def _cells(text: str, start: int, end: int, number: int) -> list[Block]:
    before = _BEFORE.match(text, start, end)
    first = before.end() if before else start
    last = first + len(text[first:end].rstrip(TRIM))
    bounds = [first - 1, *(bar.start() for bar in _BAR.finditer(text, first, last)), last]
    if len(bounds) > 2 and bounds[1] == first:
        bounds = bounds[1:]
    if len(bounds) > 2 and bounds[-2] == last - 1:
        bounds = bounds[:-1]
    return [_cell(text, left + 1, right, number) for left, right in pairwise(bounds)]


def _cell(text: str, start: int, end: int, number: int) -> Block:
    string = text[start:end]
    start += len(string) - len(string.lstrip(TRIM))
    end = max(start, end - (len(string) - len(string.rstrip(TRIM))))
    places: list[Place] = []
    pieces: list[str] = []
    size, done = 0, start
    for stop, following in [
        *((match.start(), match.end()) for match in _ESCAPED.finditer(text, start, end)),
        (end, end),
    ]:
        places.append(Place(content=size, source=done, length=stop - done, end=stop))
        pieces.append(text[done:stop])
        size += stop - done
        done = following
    return Block(
        kind="table", first=number, last=number + 1, content="".join(pieces), places=places
    )
