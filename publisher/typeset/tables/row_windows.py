"""The rows of a long table that one page needs, laid out without the others.

WeasyPrint goes through all rows of a row group for each page: the time for a table grows with the square of its rows. Here
it gets the next ``WINDOW`` rows for the time of one layout.

In: the box of a table, and where its layout begins. Out: what WeasyPrint returns for all rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WINDOW = 256
"""More rows than a page has room for; if all of them fit, the layout is made again with all rows."""


def lay_out_rows(
    layout: Callable[..., Any],
    context: Any,
    table: Any,
    bottom_space: Any,
    skip_stack: Any,
    *others: Any,
) -> Any:
    """Return what ``layout``, WeasyPrint's ``table_layout``, returns: the table on one page, where it continues, and more."""
    window = _Window.open(table, skip_stack)
    if window is None:
        return layout(context, table, bottom_space, skip_stack, *others)
    try:
        result = layout(context, table, bottom_space, window.skip_stack, *others)
    finally:
        window.close()
    page_table, resume_at, *rest = result
    if window.is_too_small(page_table, resume_at):
        return layout(context, table, bottom_space, skip_stack, *others)
    if page_table is not None:
        window.restore(page_table)
    return (page_table, window.shift(resume_at), *rest)


@dataclass(slots=True)
class _Window:
    """The next rows of each row group in place of all rows."""

    table: Any
    first_group: int
    """The row group in which the table continues."""
    skipped: int
    """How many of its rows are on earlier pages and left out."""
    skip_stack: Any
    """Where the layout begins, counted without the rows that are left out."""
    rows: dict[int, list[Any]] = field(default_factory=dict)
    """All rows of the groups that are shortened."""
    cut: set[int] = field(default_factory=set)
    """The groups whose last rows are left out."""
    borders: Any = None

    @classmethod
    def open(cls, table: Any, skip_stack: Any) -> _Window | None:
        """Shorten the row groups of a table; return ``None`` if there is nothing to leave out."""
        if all(len(group.children) <= WINDOW for group in table.children):
            return None
        first_group = skipped = 0
        stack = skip_stack
        if skip_stack:
            ((first_group, position),) = skip_stack.items()
            if position:
                ((skipped, cells),) = position.items()
                stack = {first_group: {0: cells}}
        window = cls(table, first_group, skipped, stack)
        window.borders = getattr(table, "collapsed_border_grid", None)
        if window.borders:
            vertical, horizontal = window.borders
            table.collapsed_border_grid = vertical, horizontal[skipped:]
        for number, group in enumerate(table.children):
            start = skipped if number == first_group else 0
            if not start and len(group.children) <= WINDOW:
                continue
            rows = window.rows[number] = group.children
            end = _end_of_spans(group, min(start + WINDOW, len(rows)))
            group.children = rows[start:end]
            if end < len(rows):
                window.cut.add(number)
        return window

    def close(self) -> None:
        """Give the groups their rows again."""
        for number, rows in self.rows.items():
            self.table.children[number].children = rows
        if self.borders:
            self.table.collapsed_border_grid = self.borders

    def is_too_small(self, page_table: Any, resume_at: Any) -> bool:
        """Return whether a group ended on the page because its last rows were left out."""
        if page_table is None or not self.cut:
            return False
        last = next(iter(resume_at)) if resume_at else len(self.table.children)
        return any(self.first_group <= number < last for number in self.cut)

    def restore(self, page_table: Any) -> None:
        """Count the rows of the table on a page as if none had been left out."""
        if self.borders:
            page_table.collapsed_border_grid = self.borders
            page_table.skipped_rows += self.skipped
        for row in _rows_of(page_table, self.first_group):
            row.index += self.skipped

    def shift(self, resume_at: Any) -> Any:
        """Return where the table continues, counted with the rows that were left out."""
        if not resume_at or not self.skipped:
            return resume_at
        ((group, rows),) = resume_at.items()
        if group != self.first_group or not rows:
            return resume_at
        ((row, cells),) = rows.items()
        return {group: {row + self.skipped: cells}}


def _end_of_spans(group: Any, end: int) -> int:
    """Return the first row, from ``end`` on, into which no cell of the rows before it reaches."""
    if not hasattr(group, "ends_of_spans"):
        ends = (
            index + max((cell.rowspan for cell in row.children), default=1)
            for index, row in enumerate(group.children)
        )
        group.ends_of_spans = list(accumulate(ends, max))
    while group.ends_of_spans[end - 1] > end:
        end = group.ends_of_spans[end - 1]
    return end


def _rows_of(page_table: Any, number: int) -> Iterator[Any]:
    """Yield the rows on a page of the group with a number in the whole table."""
    for group in page_table.children:
        if not (group.is_header or group.is_footer) and group.index == number:
            yield from group.children
