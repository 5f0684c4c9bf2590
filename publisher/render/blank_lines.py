"""The blank lines of a form's cell among its text.

In: the text of a cell, its ``BlankLines``, a function that returns the HTML of a part of a text. Out: the HTML of the cell.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markupsafe import Markup

    from publisher.model import BlankLines, Text


def markup_with_blank_lines(
    text: Text,
    blank_lines: Sequence[BlankLines],
    markup: Callable[[Text, int, int], Markup],
    start: int,
    end: int,
) -> Markup:
    """Return the HTML of some lines of a cell; an empty cell has one line anyway.

    Args:
        text: The text of the cell.
        blank_lines: Its blank lines, in order.
        markup: Returns the HTML of a part of a text from an index to another one.
        start: The index where the lines begin.
        end: The index where they end, without their line feed.
    """
    from markupsafe import Markup

    pieces, position = [], start
    for lines in blank_lines if text.string or len(blank_lines) > 1 else _several(blank_lines):
        index = bisect_left(text.starts, lines.offset)
        if not start <= index <= end:
            continue
        pieces.append(markup(text, position, index))
        is_line_start = index == 0 or text.string[index - 1] == "\n"
        pieces.append(Markup("<br>") * (lines.count + (not is_line_start)))
        position = index
    return Markup().join([*pieces, markup(text, position, end)])


def _several(blank_lines: Sequence[BlankLines]) -> Sequence[BlankLines]:
    return [lines for lines in blank_lines if lines.count > 1]
