"""Imposition schemes: the page in each cell of each sheet, so that the pages are in order after folding or cutting.

Input: the number of pages. Output: sheets; the cells of each side are in rows from the top left. The back is seen as after
turning the sheet like the page of a book. This module knows no lengths.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.imposition.options import ImpositionOptions

BLANK = 0
"""The number in a cell without a page; pages are numbered from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The page numbers on the two sides of a sheet."""

    front: tuple[int, ...]
    back: tuple[int, ...]
    depth: int = 0
    """The number of sheets of its signature that are around it after folding; 0 for the outermost."""


def arrange_sheets(count: int, options: ImpositionOptions) -> tuple[Sheet, ...]:
    """Return the sheets for a document of ``count`` pages."""
    columns, rows = options.grid
    sheets: Iterable[Sheet]
    if options.scheme == "booklet":
        sheets = booklet(count, options.signature)
    elif options.scheme == "n-up":
        sheets = n_up(count, columns * rows)
    else:
        sheets = cut_and_stack(count, columns, rows)
    if options.binding == "right":
        return tuple(_mirror(sheet, columns) for sheet in sheets)
    return tuple(sheets)


def booklet(count: int, signature: int) -> Iterator[Sheet]:
    """Yield sheets that are folded once and nested in signatures.

    ``signature`` is the number of sheets in a signature; 0 for one signature of all sheets. The last signature
    has the remaining sheets.
    """
    needed = -(-count // 4)
    per_signature = signature or needed
    for first in range(0, needed, per_signature):
        sheets = min(per_signature, needed - first)
        for depth in range(sheets):
            low = 4 * first + 2 * depth + 1
            high = 4 * (first + sheets) - 2 * depth
            yield Sheet(
                front=_blank_beyond((high, low), count),
                back=_blank_beyond((low + 1, high - 1), count),
                depth=depth,
            )


def n_up(count: int, cells: int) -> Iterator[Sheet]:
    """Yield sheets with the pages in reading order, on the front and then on the back."""
    for first in range(1, count + 1, 2 * cells):
        middle = first + cells
        yield Sheet(
            front=_blank_beyond(range(first, middle), count),
            back=_blank_beyond(range(middle, middle + cells), count),
        )


def cut_and_stack(count: int, columns: int, rows: int) -> Iterator[Sheet]:
    """Yield sheets whose cells are cut into piles; stacking the piles in order puts the pages in order."""
    cells = columns * rows
    needed = -(-count // (2 * cells))
    for index in range(needed):
        front = [2 * (cell * needed + index) + 1 for cell in range(cells)]
        back = [page + 1 for page in _reverse_rows(front, columns)]
        yield Sheet(front=_blank_beyond(front, count), back=_blank_beyond(back, count))


def _blank_beyond(pages: Iterable[int], count: int) -> tuple[int, ...]:
    """Return the pages with ``BLANK`` in place of numbers larger than ``count``."""
    return tuple(page if page <= count else BLANK for page in pages)


def _mirror(sheet: Sheet, columns: int) -> Sheet:
    """Return the sheet for a book that is bound on the right."""
    front, back = (_reverse_rows(side, columns) for side in (sheet.front, sheet.back))
    return Sheet(front=front, back=back, depth=sheet.depth)


def _reverse_rows(cells: Sequence[int], columns: int) -> tuple[int, ...]:
    """Return the cells with each row in reverse order."""
    rows = (cells[start : start + columns] for start in range(0, len(cells), columns))
    return tuple(page for row in rows for page in reversed(row))
