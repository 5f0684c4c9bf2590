"""The widths of the columns of a table, from the widths of its cells.

In: the widths that the cells of each column need, and the width of the table. Out: the width of each column. Four widths
are known of a column, each at least as large as the one before: what cannot be broken (figures, dates, words), the
tightest that is readable, a comfortable one, and that of its text on one line. A table is set with the largest of them for
which there is room, and between two of them in proportion to what each column lacks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

BREATHING_SPACE = 2.0
"""What a column counts for besides its text where spare width is shared out, in em: a narrow column takes its part."""


class TextWidths(NamedTuple):
    """The widths of the text of a cell or of a column, px, without padding and borders."""

    unbreakable: float = 0.0
    """The widest figure, date or word."""
    tight: float = 0.0
    """The least width at which the text is readable."""
    comfortable: float = 0.0
    """The width at which it has few lines."""
    natural: float = 0.0
    """Its width on one line."""

    def widest(self, other: TextWidths) -> TextWidths:
        """Return what both texts need."""
        return TextWidths(*map(max, self, other))


class SpanWidths(NamedTuple):
    """The widths of a cell that covers several columns."""

    start: int
    """Its first column."""
    stop: int
    """One past its last column."""
    text: TextWidths


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMeasures:
    """The widths that a table needs in the size of its style."""

    columns: tuple[TextWidths, ...]
    """The cells of one column."""
    spans: tuple[SpanWidths, ...] = ()
    """The cells of several columns."""
    padding: float = 0.0
    """The padding and the borders of a cell at both sides together, px."""
    border: float = 0.0
    """The borders alone, px."""
    em: float = 0.0
    """The size of the type, px."""
    labels: int = 1
    """How many columns on the left name the rows."""
    is_list: bool = False
    """Whether it has one row of heads, and rows of which none is a part of another one or covers further columns or rows."""
    is_figure: tuple[bool, ...] = ()
    """Whether the cells of a column, but for its head, are figures."""

    def widest(self, other: ColumnMeasures) -> ColumnMeasures:
        """Return what both of two tables with the same columns need; those of the first if the columns differ."""
        if len(other.columns) != len(self.columns):
            return self
        pairs = zip(self.columns, other.columns, strict=True)
        return replace(
            self,
            columns=tuple(text.widest(another) for text, another in pairs),
            spans=(*self.spans, *other.spans),
        )

    def select(self, columns: Sequence[int]) -> ColumnMeasures:
        """Return the measures of a table with some of the columns, in order."""
        positions = {column: index for index, column in enumerate(columns)}
        spans = []
        for span in self.spans:
            inside = [
                positions[column] for column in range(span.start, span.stop) if column in positions
            ]
            if inside:
                spans.append(SpanWidths(inside[0], inside[-1] + 1, span.text))
        return ColumnMeasures(
            columns=tuple(self.columns[column] for column in columns),
            spans=tuple(spans),
            padding=self.padding,
            border=self.border,
            em=self.em,
            labels=self.labels,
            is_figure=tuple(self.is_figure[column] for column in columns),
        )

    def levels(self, scale: float = 1.0, padding: float | None = None) -> list[list[float]]:
        """Return the four widths of each column, with its padding, in type of another size.

        Args:
            scale: The size of the type, as a share of the size that was measured.
            padding: The padding and the borders of a cell, px; those that were measured by default.
        """
        padding = self.padding if padding is None else padding
        levels: list[list[float]] = []
        for level in range(len(TextWidths._fields)):
            widths = [text[level] * scale + padding for text in self.columns]
            if levels:
                widths = list(map(max, widths, levels[-1]))
            for span in self.spans:
                _widen(widths, span, span.text[level] * scale + padding)
            levels.append(widths)
        return levels

    def needed(self, scale: float, padding: float, *, tight: bool) -> float:
        """Return the least width of the table in type of another size, px; a comfortable one if not ``tight``."""
        return fsum(self.levels(scale, padding)[1 if tight else 2])


def _widen(widths: list[float], span: SpanWidths, needed: float) -> None:
    """Make the columns of a span as wide as it needs, each by an equal part."""
    lacking = needed - fsum(widths[span.start : span.stop])
    if lacking > 0:
        for column in range(span.start, span.stop):
            widths[column] += lacking / (span.stop - span.start)


def distribute(levels: Sequence[Sequence[float]], width: float, em: float) -> list[float]:
    """Return the widths of the columns of a table of a given width, px.

    Args:
        levels: The widths of each column, from the least to the largest.
        width: The width of the table, px. If it is less than the least widths, the columns have these.
        em: The size of the type, px.

    >>> distribute([[10, 10], [10, 30]], 30, 0)
    [10.0, 20.0]
    """
    for smaller, larger in pairwise(levels):
        if fsum(larger) >= width:
            return _between(smaller, larger, width)
    natural = levels[-1]
    weights = [column + BREATHING_SPACE * em for column in natural]
    share = (width - fsum(natural)) / (fsum(weights) or 1.0)
    return [column + weight * share for column, weight in zip(natural, weights, strict=True)]


def _between(smaller: Sequence[float], larger: Sequence[float], width: float) -> list[float]:
    """Return widths between two others, whose sum is the width of the table."""
    lacking = fsum(larger) - fsum(smaller)
    share = max(0.0, (width - fsum(smaller)) / lacking) if lacking else 0.0
    return [least + (most - least) * share for least, most in zip(smaller, larger, strict=True)]


def equalise_figures(measures: ColumnMeasures, levels: list[list[float]], width: float) -> None:
    """Make columns of figures equally wide on one line, if there is room for it."""
    columns = [column for column, figure in enumerate(measures.is_figure) if figure]
    natural = levels[-1]
    widest = max((natural[column] for column in columns), default=0.0)
    added = fsum(widest - natural[column] for column in columns)
    if added and fsum(natural) + added <= width:
        for column in columns:
            natural[column] = widest
