"""Bar charts as SVG in the fonts of the document, with a text alternative.

Input: a ``Chart``. Output: a ``Figure`` with SVG and with all figures in words. Bars have one colour and are labelled
directly, so that nothing is lost on a grey printer or for a blind reader.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from publisher.model import Figure
from publisher.render.text_width import widest_ems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from publisher.model import Chart

WIDTH = 440.0
"""Width of the view box. The SVG is scaled to the type area; at 440 pt the letters have their nominal size."""
BAR_HEIGHT = 1.1
ROW_HEIGHT = 1.9
GAP = 0.6
"""Em of the letters: a bar, a row, and the space beside a bar."""
MAX_LABEL_SHARE = 0.62
"""Share of the width. Wider labels are put above their bars."""


def draw(
    chart: Chart,
    *,
    families: Sequence[str],
    ink: str,
    labels: Mapping[str, str],
    size: float = 10.0,
) -> Figure:
    """Return a chart as SVG with a text alternative.

    Args:
        chart: The chart.
        families: The names of font families, the first one preferred.
        ink: The colour of the bars as CSS writes it.
        labels: The words of the page (``render.labels``).
        size: The size of the letters in points.
    """
    label_width = max(widest_ems(bar.label) for bar in chart.bars) * size
    stacked = label_width > MAX_LABEL_SHARE * WIDTH
    left = 0.0 if stacked else label_width + GAP * size
    value_width = max(widest_ems(f"{bar.stated}{bar.unit}") for bar in chart.bars) * size
    longest_bar = WIDTH - left - value_width - GAP * size
    largest = max(bar.value for bar in chart.bars) or Decimal(1)
    row = (ROW_HEIGHT + 1.5 * stacked) * size
    height = row * len(chart.bars) + GAP * size
    family = ", ".join(f"'{name}'" for name in families)
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
        parts += [
            _label(bar.label, left - GAP * size, base)
            if not stacked
            else _label_above(bar.label, top - 0.35 * size, size),
            (
                f'<rect x="{left:.2f}" y="{top:.2f}" width="{length:.2f}"'
                f' height="{BAR_HEIGHT * size:g}" fill={quoteattr(ink)}/>'
            ),
            (
                f'<text x="{left + GAP * size + length:.2f}" y="{base:.2f}" fill="#000">'
                f"{escape(bar.stated + bar.unit)}</text>"
            ),
        ]
    parts.append("</svg>")
    return Figure(alt=describe(chart, labels), svg="".join(parts))


def _label(text: str, right: float, base: float) -> str:
    return (
        f'<text x="{right:.2f}" y="{base:.2f}" text-anchor="end" fill="#000">{escape(text)}</text>'
    )


def _label_above(text: str, base: float, size: float) -> str:
    """Return a label above its bar, reduced in size if it is wider than the chart."""
    label_size = min(size, WIDTH / max(widest_ems(text), 1.0))
    attribute = "" if label_size == size else f' font-size="{label_size:.2f}"'
    return f'<text x="0" y="{base:.2f}" fill="#000"{attribute}>{escape(text)}</text>'


def describe(chart: Chart, labels: Mapping[str, str]) -> str:
    """Return the text alternative of a chart, with every figure."""
    figures = "；".join(f"{bar.label}{bar.stated}{bar.unit}" for bar in chart.bars)
    if chart.kind == "series":
        return f"{labels['bar_chart']}{chart.title}：{figures}{labels['stop']}"
    whole = f"{chart.title}{labels['in_all']}{chart.total}{chart.unit}"
    return f"{labels['bar_chart']}{whole}，{labels['of_which']}{figures}{labels['stop']}"
