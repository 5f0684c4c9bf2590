"""Widths of columns with text, chosen so that the rows of the table have few lines.

In: the text of the rows and the least widths of the columns. Out: widths of the columns. The spare width goes, step by step, to the
column where it saves most lines for its width; a row is as high as its cell with the most lines.
"""

from __future__ import annotations

from math import ceil, fsum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_ROWS = 120
"""Rows that are considered; of a longer table, so many at equal distances."""
STEPS = 24
"""The most steps that a column is widened by at once, each of an em: a line may be saved only by the last of them."""
UNEVEN = 1.04
"""Lines of text that is broken by words are so much longer than they are full."""


def widths_for_few_lines(
    least: Sequence[float],
    rows: Sequence[Mapping[int, float]],
    width: float,
    padding: float,
    em: float,
) -> list[float]:
    """Return widths of the columns, at least ``least``, for rows of few lines; their sum is at most ``width``.

    Args:
        least: The least width of each column, px.
        rows: For each row, the width of the text of its cells on one line, by column, px.
        width: The width of the table, px.
        padding: The padding and the borders of a cell, px.
        em: The size of the type, px.
    """
    widths, step = list(least), em
    stride = ceil(len(rows) / MAX_ROWS) or 1
    table = _Rows(rows[::stride], padding)
    spare = width - fsum(widths)
    while spare >= step > 0:
        best = table.best_widening(widths, min(STEPS, int(spare / step)), step)
        if best is None:
            break
        column, added = best
        widths[column] += added
        spare -= added
    return widths


class _Rows:
    """The rows of a table with cells of more than one line."""

    def __init__(self, rows: Sequence[Mapping[int, float]], padding: float) -> None:
        self._rows = rows
        self._padding = padding
        self._columns = sorted({column for row in rows for column in row})

    def _lines(self, natural: float, width: float) -> int:
        room = width - self._padding
        return 1 if natural <= room else ceil(natural * UNEVEN / max(room, 1.0))

    def best_widening(
        self, widths: Sequence[float], steps: int, step: float
    ) -> tuple[int, float] | None:
        """Return the column and the width to add that save most lines for their width; ``None`` if nothing saves any."""
        counts = [
            {column: self._lines(natural, widths[column]) for column, natural in row.items()}
            for row in self._rows
        ]
        best, most = None, 0.0
        for column in self._columns:
            high = [
                (
                    row[column],
                    count[column],
                    max((n for c, n in count.items() if c != column), default=1),
                )
                for row, count in zip(self._rows, counts, strict=True)
                if column in row and count[column] > 1 and count[column] == max(count.values())
            ]
            for number in range(1, steps + 1) if high else ():
                wider = widths[column] + number * step
                saved = sum(
                    now - max(others, self._lines(natural, wider)) for natural, now, others in high
                )
                if saved / number > most:
                    best, most = (column, number * step), saved / number
        return best
