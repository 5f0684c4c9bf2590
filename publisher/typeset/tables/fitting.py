"""How a table is set that is wider than the type area.

In: the widths that its columns need, those of the pages, and the sizes of the style. Out: how it is set. The steps are
tried in this order: as the style sets it; in smaller type, down to the smallest of the style; on a landscape page, then on
a page that folds out if there are such pages, in the largest type that fits; in parts with some of the columns each, with
the columns that name the rows in every part.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import fsum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.typeset.tables.column_widths import ColumnMeasures

WidePage = Literal["landscape", "fold-out"]
"""The pages of a style that are wider than the others, by their name in its sheet."""
STEP = 2 / 3
"""How much smaller each size is than the one before, px: half a point."""
COMPACT_PADDING = 0.6
"""The padding of a cell at both sides together in a table that was fitted, in em; ``table.fitted`` in the common sheet."""
LABEL_SHARE = 0.5
"""The columns that name the rows may take this share of a part; of more, only the first is repeated."""
LONG_LIST = 40
"""A table of so many rows is set in panels if it is narrow."""
MAX_PANELS = 4
"""At most so many rows are side by side."""
LEAST_SIZE = 1.0
"""Type is never made smaller than this, px, whatever its width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWidths:
    """What the pages and the style allow a table, px."""

    portrait: float
    """The width of the type area, or of the block around the table."""
    landscape: float = 0.0
    """The width of the type area of a landscape page; 0 if the style has none."""
    fold_out: float = 0.0
    """The width of the type area of a page that folds out; 0 if the document has none."""
    height: float = 0.0
    """The height of the type area of a portrait page."""
    smallest: float = 0.0
    """The size of the smallest type for tables."""

    def wide(self) -> tuple[tuple[WidePage, float], ...]:
        """Return the pages wider than a portrait page, the narrowest first, with the widths of their type areas."""
        pages: tuple[tuple[WidePage, float], ...] = (
            ("landscape", self.landscape),
            ("fold-out", self.fold_out),
        )
        return tuple((page, width) for page, width in pages if width > self.portrait)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFit:
    """How a table is set that does not fit."""

    tall: bool = False
    """The head is set once, and rows may break."""
    font_size: float = 0.0
    """In px, with less padding; 0 is the size and the padding of the style."""
    page: WidePage | None = None
    """The wide pages that the table is on; ``None`` for portrait pages."""
    parts: tuple[tuple[int, ...], ...] = ()
    """The columns of each part; empty if the table is in one."""
    panels: int = 1
    """How many rows are side by side, each in a panel of its own."""
    beyond: bool = False
    """The type is smaller than the smallest of the style."""
    generated: bool = False
    """The table is not from the report; how it is set is not reported."""


def choose_fit(measures: ColumnMeasures, pages: PageWidths, rows: int) -> TableFit | None:
    """Return how a table is set; ``None`` if it fits as the style sets it."""
    if not measures.columns:
        return None
    if measures.needed(1.0, measures.padding, tight=False) <= pages.portrait:
        return _choose_panels(measures, pages, rows)
    if size := _largest_size(measures, pages, pages.portrait):
        return TableFit(font_size=size)
    for page, width in pages.wide():
        if size := _largest_size(measures, pages, width):
            return TableFit(font_size=size, page=page)
    return _divide(measures, pages, rows) or _reduce(measures, pages)


def _choose_panels(measures: ColumnMeasures, pages: PageWidths, rows: int) -> TableFit | None:
    """Return a long list of few narrow columns with several of its rows side by side."""
    natural = fsum(measures.levels()[-1])
    panels = min(MAX_PANELS, int(pages.portrait / natural)) if natural else 1
    if rows < LONG_LIST or not measures.is_list or panels < 2:
        return None
    return TableFit(panels=panels)


def _smallest_size(measures: ColumnMeasures, pages: PageWidths) -> float:
    """Return the smallest size of type that the style allows the table, px."""
    return min(measures.em, pages.smallest or measures.em)


def _sizes(measures: ColumnMeasures, pages: PageWidths) -> Iterator[float]:
    """Yield the sizes of type from that of the style down to the smallest."""
    smallest = _smallest_size(measures, pages)
    size = measures.em
    while size > smallest + 1e-6:
        yield size
        size -= STEP
    yield smallest


def _fits(measures: ColumnMeasures, size: float, width: float, *, tight: bool) -> bool:
    padding = COMPACT_PADDING * size + measures.border
    return measures.needed(size / measures.em, padding, tight=tight) <= width


def _largest_size(measures: ColumnMeasures, pages: PageWidths, width: float) -> float:
    """Return the largest size in which a table fits a width; 0 if it does not fit in any."""
    for size in _sizes(measures, pages):
        if _fits(measures, size, width, tight=False):
            return size
    return size if _fits(measures, size, width, tight=True) else 0.0


def _divide(measures: ColumnMeasures, pages: PageWidths, rows: int) -> TableFit | None:
    """Return the table in parts: on portrait pages if all parts are on one page, else in as few parts as possible."""
    portrait = _largest_division(measures, pages, pages.portrait)
    if portrait and _stack_height(portrait, rows) <= pages.height:
        return portrait
    for page, width in reversed(pages.wide()):
        if division := _largest_division(measures, pages, width):
            return replace(division, page=page)
    return portrait


def _stack_height(fit: TableFit, rows: int) -> float:
    """Estimate the height of the parts of a table below one another, px."""
    return len(fit.parts) * (rows + 1) * 2.2 * fit.font_size


def _largest_division(measures: ColumnMeasures, pages: PageWidths, width: float) -> TableFit | None:
    """Return the fewest parts that fit a width, in the largest type for which there are no more."""
    best: TableFit | None = None
    for size in reversed(list(_sizes(measures, pages))):
        parts = _parts(measures, size, width)
        if parts is None or (best and len(parts) > len(best.parts)):
            break
        best = TableFit(font_size=size, parts=parts)
    return best


def _parts(
    measures: ColumnMeasures, size: float, width: float
) -> tuple[tuple[int, ...], ...] | None:
    """Return the columns of the fewest parts that fit a width, about equally many each; ``None`` if none fits."""
    labels = tuple(range(_label_columns(measures, size, width)))
    columns = range(len(labels), len(measures.columns))
    fewest = _fill(measures, labels, columns, size, width)
    if fewest is None:
        return None
    least, longer = divmod(len(columns), len(fewest))
    sizes = [least + (part < longer) for part in range(len(fewest))]
    starts = [columns.start + sum(sizes[:part]) for part in range(len(sizes))]
    balanced = tuple(
        (*labels, *range(start, start + count)) for start, count in zip(starts, sizes, strict=True)
    )
    if all(_part_fits(measures, part, size, width) for part in balanced):
        return balanced
    return fewest


def _fill(
    measures: ColumnMeasures,
    labels: tuple[int, ...],
    columns: Sequence[int],
    size: float,
    width: float,
) -> tuple[tuple[int, ...], ...] | None:
    """Return parts with as many columns as fit; ``None`` if one column does not fit."""
    parts: list[tuple[int, ...]] = []
    part: tuple[int, ...] = ()
    for column in columns:
        longer = (*part, column)
        if _part_fits(measures, (*labels, *longer), size, width):
            part = longer
            continue
        if not part:
            return None
        parts.append((*labels, *part))
        part = (column,)
        if not _part_fits(measures, (*labels, *part), size, width):
            return None
    return (*parts, (*labels, *part))


def _part_fits(
    measures: ColumnMeasures, columns: tuple[int, ...], size: float, width: float
) -> bool:
    return _fits(measures.select(columns), size, width, tight=True)


def _label_columns(measures: ColumnMeasures, size: float, width: float) -> int:
    """Return how many columns are repeated in every part."""
    for count in range(min(measures.labels, len(measures.columns) - 1), 0, -1):
        if _fits(measures.select(range(count)), size, width * LABEL_SHARE, tight=True):
            return count
    return min(1, len(measures.columns) - 1)


def _reduce(measures: ColumnMeasures, pages: PageWidths) -> TableFit:
    """Return the table in type that is smaller than the smallest of the style."""
    page, width = ((None, pages.portrait), *pages.wide())[-1]
    size = _smallest_size(measures, pages)
    while size > LEAST_SIZE and not _fits(measures, size, width, tight=True):
        size *= 0.95
    return TableFit(font_size=size, page=page, beyond=True)
