"""Bar charts as SVG in the fonts of the document, with a text alternative.

Input: a ``Chart``. Output: a ``Figure`` with SVG and with all figures in words. Bars have one colour and are labelled
directly, so that nothing is lost on a grey printer or for a blind reader.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import floor, inf
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from publisher.model import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from publisher.model import Chart, SummaryTable

    LetterWidth = Callable[[str, Sequence[str]], float]
    """Returns the width of a text in em, set letter by letter in the first of some families that has each letter.

    It is infinite if the text cannot be set so.
    """

WIDTH = 440.0
"""Width of the view box. The SVG is scaled to the type area; at 440 pt the letters have their nominal size."""
BAR_HEIGHT = 1.1
ROW_HEIGHT = 1.9
GAP = 0.6
"""Em of the letters: a bar, a row, and the space beside a bar."""
EDGE = 0.1
"""Em at both sides of the chart, for ink that leaves the advance of its letter."""
MAX_LABEL_SHARE = 0.62
MIN_BAR_SHARE = 0.12
"""Shares of the width: the widest label beside a bar, and the least length of the longest bar. Labels that are wider, or
that leave less for the bar, are put above their bars."""


def with_drawable_charts(
    tables: Iterable[SummaryTable], families: Sequence[str], letter_width: LetterWidth
) -> tuple[SummaryTable, ...]:
    """Return tables without the charts whose labels cannot be set letter by letter, and without tables that are then empty."""

    def can_be_drawn(chart: Chart) -> bool:
        texts = (bar.label + bar.stated + bar.unit for bar in chart.bars)
        return all(letter_width(text, families) < inf for text in texts)

    reduced = (replace(table, charts=tuple(filter(can_be_drawn, table.charts))) for table in tables)
    return tuple(table for table in reduced if table.groups or table.charts)


def draw(
    chart: Chart,
    *,
    families: Sequence[str],
    ink: str,
    labels: Mapping[str, str],
    letter_width: LetterWidth,
    size: float = 10.0,
) -> Figure:
    """Return a chart as SVG with a text alternative.

    Args:
        chart: The chart.
        families: The names of font families, the first one preferred.
        ink: The colour of the bars as CSS writes it.
        labels: The words of the page (``render.labels``).
        letter_width: Measures a text in the families.
        size: The size of the letters in points.
    """
    gap, edge = GAP * size, EDGE * size
    label_width = max(letter_width(bar.label, families) for bar in chart.bars) * size
    value_width = max(letter_width(bar.stated + bar.unit, families) for bar in chart.bars) * size
    least_bar = MIN_BAR_SHARE * WIDTH
    stacked = (
        label_width > MAX_LABEL_SHARE * WIDTH
        or label_width + value_width + least_bar + 2 * (gap + edge) > WIDTH
    )
    left = 0.0 if stacked else edge + label_width + gap
    longest_bar = max(WIDTH - left - gap - value_width - edge, least_bar)
    value_room = WIDTH - left - gap - longest_bar - edge
    is_crowded = value_width > value_room + 0.01  # more than rounding
    value_size = size * value_room / value_width if is_crowded else size
    largest = max(bar.value for bar in chart.bars) or Decimal(1)
    row = (ROW_HEIGHT + 1.5 * stacked) * size
    height = row * len(chart.bars) + GAP * size
    family = ",".join(families)  # WeasyPrint takes a blank or a quotation mark as part of a name
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}"'
            f" font-family={quoteattr(family)} font-size={quoteattr(f'{size:g}')}>"
        ),
        f"<title>{escape(describe(chart, labels))}</title>",
    ]
    if not stacked:
        parts.append(
            f'<rect x="{left - 0.5:.2f}" y="0" width="0.5" height="{height:g}" fill="#000"/>'
        )
    for number, bar in enumerate(chart.bars):
        top = row * number + (GAP + 1.5 * stacked) * size
        length = longest_bar * float(bar.value / largest)
        base = top + (BAR_HEIGHT / 2 + 0.36) * size
        if stacked:
            width = letter_width(bar.label, families) * size
            label_size = size * min(1.0, (WIDTH - 2 * edge) / max(width, 1))
            parts.append(_text(bar.label, edge, top - 0.35 * size, _font_size(label_size, size)))
        else:
            parts.append(_text(bar.label, left - gap, base, ' text-anchor="end"'))
        parts += [
            (
                f'<rect x="{left:.2f}" y="{top:.2f}" width="{length:.2f}"'
                f' height="{BAR_HEIGHT * size:g}" fill={quoteattr(ink)}/>'
            ),
            _text(bar.stated + bar.unit, left + gap + length, base, _font_size(value_size, size)),
        ]
    parts.append("</svg>")
    return Figure(alt=describe(chart, labels), svg="".join(parts))


def _text(text: str, x: float, base: float, attributes: str) -> str:
    return f'<text x="{x:.2f}" y="{base:.2f}" fill="#000"{attributes}>{escape(text)}</text>'


def _font_size(size: float, usual: float) -> str:
    """Return the attribute of letters in another size than the usual one."""
    return "" if size == usual else f' font-size="{floor(size * 100) / 100:.2f}"'


def describe(chart: Chart, labels: Mapping[str, str]) -> str:
    """Return the text alternative of a chart, with every figure."""
    figures = "；".join(f"{bar.label}{bar.stated}{bar.unit}" for bar in chart.bars)
    if chart.kind == "series":
        return f"{labels['bar_chart']}{chart.title}：{figures}{labels['stop']}"
    whole = f"{chart.title}{labels['in_all']}{chart.total}{chart.unit}"
    return f"{labels['bar_chart']}{whole}，{labels['of_which']}{figures}{labels['stop']}"
