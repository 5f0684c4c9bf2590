"""Charts: bars with their labels and values beside them, as SVG in the document's own fonts.

Enters: a ``Chart``. Leaves: a ``Figure``: SVG of a type area's width, and the same figures in
words. One ink and direct labels, so that nothing is lost on a grey printer or to a blind reader.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from publisher.model import Figure
from publisher.render.widths import ems

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from publisher.model import Chart

WIDTH = 440.0
"""Points, as the styles' type areas; the SVG scales to its place."""
SIZE = 10.0
"""Of the letters, in points."""
ROW = 19.0
BAR = 11.0
GAP = 6.0
WIDEST_LABEL = 270.0


def draw(chart: Chart, *, families: Sequence[str], ink: str, words: Mapping[str, str]) -> Figure:
    """Return a chart as a picture and as words."""
    labels = min(max(ems(bar.label) for bar in chart.bars) * SIZE, WIDEST_LABEL)
    values = max(ems(f"{bar.stated}{chart.unit}") for bar in chart.bars) * SIZE * 1.2
    room = WIDTH - labels - values - 2 * GAP
    most = max(bar.value for bar in chart.bars) or Decimal(1)
    height = ROW * len(chart.bars) + GAP
    family = ", ".join(f"'{name}'" for name in families)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}"'
            f" font-family={quoteattr(family)} font-size={quoteattr(f'{SIZE:g}')}>"
        ),
        f"<title>{escape(describe(chart, words))}</title>",
        f'<rect x="{labels + GAP - 0.5:.2f}" y="0" width="0.5" height="{height:g}" fill="#000"/>',
    ]
    for row, bar in enumerate(chart.bars):
        top = ROW * row + GAP
        length = room * float(bar.value / most)
        base = top + BAR / 2 + SIZE * 0.36
        parts += [
            (
                f'<text x="{labels:.2f}" y="{base:.2f}" text-anchor="end" fill="#000">'
                f"{escape(bar.label)}</text>"
            ),
            (
                f'<rect x="{labels + GAP:.2f}" y="{top:.2f}" width="{length:.2f}" height="{BAR:g}"'
                f" fill={quoteattr(ink)}/>"
            ),
            (
                f'<text x="{labels + 2 * GAP + length:.2f}" y="{base:.2f}" fill="#000">'
                f"{escape(bar.stated + chart.unit)}</text>"
            ),
        ]
    parts.append("</svg>")
    return Figure(alt=describe(chart, words), svg="".join(parts))


def describe(chart: Chart, words: Mapping[str, str]) -> str:
    """Say what a chart shows, every figure of it."""
    told = _joined(f"{bar.label}{bar.stated}{chart.unit}" for bar in chart.bars)
    if chart.kind == "series":
        return f"{words['bar_chart']}{chart.title}：{told}{words['stop']}"
    whole = f"{chart.title}{words['in_all']}{chart.total}{chart.unit}"
    return f"{words['bar_chart']}{whole}，{words['of_which']}{told}{words['stop']}"


def _joined(parts: Iterable[str]) -> str:
    return "；".join(parts)
