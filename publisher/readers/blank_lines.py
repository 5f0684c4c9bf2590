"""The blank lines of a table cell: those in a row together, and those that the height of its row has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.model import BlankLines

if TYPE_CHECKING:
    from collections.abc import Iterable


_LINE = 18.0
"""The height of a line in a form, in points: 1.5 lines of 小四号."""
_PADDING = 9.0
"""The height of a row above and below its lines that is not another line, in points."""
_HIGHEST = 600.0
"""The height of the highest row in points: that of a page."""


def lines_of_height(height: float) -> int:
    """Return how many lines a row of a form has room for by its height in points; 0 for none.

    >>> lines_of_height(90)
    4
    """
    return max(0, round((min(height, _HIGHEST) - _PADDING) / _LINE))


def blank_lines(lines: Iterable[tuple[int, bool]]) -> tuple[BlankLines, ...]:
    """Return the blank lines among the lines of a cell.

    Args:
        lines: The offset of each line in the source, and whether it is blank.

    >>> blank_lines([(3, False), (9, True), (12, True), (15, False)])
    (BlankLines(offset=9, count=2),)
    """
    runs: list[BlankLines] = []
    follows_blank = False
    for offset, is_blank in lines:
        if is_blank and follows_blank:
            runs[-1] = BlankLines(offset=runs[-1].offset, count=runs[-1].count + 1)
        elif is_blank:
            runs.append(BlankLines(offset=offset, count=1))
        follows_blank = is_blank
    return tuple(runs)
