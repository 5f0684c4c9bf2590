"""Which page stands in which cell of which sheet, so that folding or cutting puts them in order.

Enters: how many pages there are. Leaves: sheets, each side with its cells in rows from the top left, as
one sees it who turns the sheet like the page of a book. No length is known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.imposition.options import ImpositionOptions

BLANK = 0
"""What stands in a cell without a page; pages count from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of paper with what is printed on it."""

    front: tuple[int, ...]
    back: tuple[int, ...]
    depth: int = 0
    """How many sheets of its signature lie around it, once they are folded."""


def sheets_for(count: int, wish: ImpositionOptions) -> tuple[Sheet, ...]:
    """Return the sheets for a document of ``count`` pages."""
    columns, rows = wish.grid
    if wish.scheme == "booklet":
        sheets = booklet(count, wish.signature)
    elif wish.scheme == "n-up":
        sheets = n_up(count, columns * rows)
    else:
        sheets = cut_and_stack(count, columns, rows)
    if wish.binding == "right":
        return tuple(_mirrored(sheet, columns) for sheet in sheets)
    return tuple(sheets)


def booklet(count: int, signature: int) -> Iterator[Sheet]:
    """Yield sheets that are folded once, nested in signatures of so many, and stitched.

    The last signature has what is left; 0 puts all sheets into one.
    """
    needed = -(-count // 4)
    inside = signature or needed
    for first in range(0, needed, inside):
        sheets = min(inside, needed - first)
        for depth in range(sheets):
            low = 4 * first + 2 * depth + 1
            high = 4 * (first + sheets) - 2 * depth
            front, back = (high, low), (low + 1, high - 1)
            yield Sheet(front=_present(front, count), back=_present(back, count), depth=depth)


def n_up(count: int, cells: int) -> Iterator[Sheet]:
    """Yield sheets with the pages in reading order, on the front and then on the back."""
    for first in range(1, count + 1, 2 * cells):
        middle = first + cells
        yield Sheet(
            front=_present(range(first, middle), count),
            back=_present(range(middle, middle + cells), count),
        )


def cut_and_stack(count: int, columns: int, rows: int) -> Iterator[Sheet]:
    """Yield sheets whose cells are cut apart and piled up, the first on top, each with its back."""
    cells = columns * rows
    needed = -(-count // (2 * cells))
    for index in range(needed):
        front = [2 * (cell * needed + index) + 1 for cell in range(cells)]
        back = [page + 1 for page in _other_way(front, columns)]
        yield Sheet(front=_present(front, count), back=_present(back, count))


def _present(pages: Iterable[int], count: int) -> tuple[int, ...]:
    return tuple(page if page <= count else BLANK for page in pages)


def _mirrored(sheet: Sheet, columns: int) -> Sheet:
    """Return the sheet of a book that is bound on its right."""
    front, back = (_other_way(side, columns) for side in (sheet.front, sheet.back))
    return Sheet(front=front, back=back, depth=sheet.depth)


def _other_way(cells: Sequence[int], columns: int) -> tuple[int, ...]:
    """Return the cells with each row from its other end."""
    rows = (cells[start : start + columns] for start in range(0, len(cells), columns))
    return tuple(page for row in rows for page in reversed(row))
