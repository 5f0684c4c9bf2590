"""Charts: bars with their labels and values beside them, as SVG in the document's own fonts.

Enters: a ``Chart``. Leaves: a ``Figure``: SVG of a type area's width, and the same figures in
words. One ink and direct labels, so that nothing is lost on a grey printer or to a blind reader.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from publisher.model import Figure
from publisher.render.text_width import ems

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from publisher.model import Chart

WIDTH = 440.0
"""Points, as the styles' type areas; the SVG scales to its place."""
BAR = 1.1
"""The height of a bar, and below the room around it, in em of the letters."""
ROW = 1.9
GAP = 0.6
WIDEST_LABELS = 0.62
"""Labels that take more of the width than this stand above their bars."""


def draw(
    chart: Chart,
    *,
    families: Sequence[str],
    ink: str,
    words: Mapping[str, str],
    size: float = 10.0,
) -> Figure:
    """Return a chart as a picture and as words; ``size`` is that of the letters, in points."""
    labels = max(ems(bar.label) for bar in chart.bars) * size
    stacked = labels > WIDEST_LABELS * WIDTH
    left = 0.0 if stacked else labels + GAP * size
    values = max(ems(f"{bar.stated}{chart.unit}") for bar in chart.bars) * size * 1.2
    room = WIDTH - left - values - GAP * size
    most = max(bar.value for bar in chart.bars) or Decimal(1)
    row = (ROW + 1.5 * stacked) * size
    height = row * len(chart.bars) + GAP * size
    family = ", ".join(f"'{name}'" for name in families)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}"'
            f" font-family={quoteattr(family)} font-size={quoteattr(f'{size:g}')}>"
        ),
        f"<title>{escape(describe(chart, words))}</title>",
    ]
    if not stacked:
        parts.append(
            f'<rect x="{left - 0.5:.2f}" y="0" width="0.5" height="{height:g}" fill="#000"/>'
        )
    for number, bar in enumerate(chart.bars):
        top = row * number + (GAP + 1.5 * stacked) * size
        length = room * float(bar.value / most)
        base = top + (BAR / 2 + 0.36) * size
        parts += [
            _label(bar.label, left - GAP * size, base)
            if not stacked
            else _label_above(bar.label, top - 0.35 * size, size),
            (
                f'<rect x="{left:.2f}" y="{top:.2f}" width="{length:.2f}"'
                f' height="{BAR * size:g}" fill={quoteattr(ink)}/>'
            ),
            (
                f'<text x="{left + GAP * size + length:.2f}" y="{base:.2f}" fill="#000">'
                f"{escape(bar.stated + chart.unit)}</text>"
            ),
        ]
    parts.append("</svg>")
    return Figure(alt=describe(chart, words), svg="".join(parts))


def _label(text: str, right: float, base: float) -> str:
    return (
        f'<text x="{right:.2f}" y="{base:.2f}" text-anchor="end" fill="#000">{escape(text)}</text>'
    )


def _label_above(text: str, base: float, size: float) -> str:
    """Set a label over its bar, smaller only where it is wider than all of the chart."""
    fits = min(size, WIDTH / max(ems(text), 1.0))
    own = "" if fits == size else f' font-size="{fits:.2f}"'
    return f'<text x="0" y="{base:.2f}" fill="#000"{own}>{escape(text)}</text>'


def describe(chart: Chart, words: Mapping[str, str]) -> str:
    """Say what a chart shows, every figure of it."""
    told = _joined(f"{bar.label}{bar.stated}{chart.unit}" for bar in chart.bars)
    if chart.kind == "series":
        return f"{words['bar_chart']}{chart.title}：{told}{words['stop']}"
    whole = f"{chart.title}{words['in_all']}{chart.total}{chart.unit}"
    return f"{words['bar_chart']}{whole}，{words['of_which']}{told}{words['stop']}"


def _joined(parts: Iterable[str]) -> str:
    return "；".join(parts)
