"""What the cell of a table in plain text looks like: a figure, the number of a row, a part of a bracket."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.readers.gap_columns import Segment

LONE_NUMBER = re.compile(
    "[（(]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:[、.．)）]|[）)][、.．]?)"
)
_ITEM = re.compile("[0-9]{1,2}[.．、](?![0-9])")
_FIGURE = re.compile(
    "[-+−－△▲▽▼＋]?\\s?[0-9０-９][0-9０-９,，.．/:-]*\\s?(?:[%％‰]|[^0-9（(：:，。]{1,6})?|[（(][0-9][0-9,.]+[)）]|[-—－–/／…]+"
)
_BEGINS_FIGURE = re.compile("[-+−－]?(?!(?:19|20)[0-9]{2}(?:年|$))[0-9０-９](?![.．、](?![0-9]))")
_YEAR = re.compile("(?:19|20)[0-9]{2}年?")
_OPEN = "（(《「“[〔"
_CLOSED = "）)》」”]〕"


def is_figure(cell: str) -> bool:
    """Return whether a cell is a figure, also with a unit, or a mark that stands for one; a year is none."""
    return bool(_FIGURE.fullmatch(cell)) and not (_ITEM.match(cell) or _YEAR.fullmatch(cell))


def has_figures(row: Sequence[Segment | None]) -> bool:
    """Return whether a cell after the first begins with a figure, or is a mark that stands for one."""
    return any(
        cell and (_BEGINS_FIGURE.match(cell.string) or is_figure(cell.string)) for cell in row[1:]
    )


def open_brackets(string: str) -> int:
    """Return how many brackets a string opens and does not close; below 0 if it closes more."""
    return sum((character in _OPEN) - (character in _CLOSED) for character in string)
