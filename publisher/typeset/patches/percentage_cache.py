"""Used lengths that are computed once for a style: percentages of a width, the strut of a line.

``resolve_percentages`` computes twenty lengths for each box: here once for all boxes of a style inside blocks of one
size. ``resolve_radii_percentages`` does so for the corners, which are square for most styles. ``strut`` measures an
empty line: here once for a style. ``collapse_margin``, called ten times for each cell, is written more shortly.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from publisher.typeset.patches.patching import Patch, Replacement, replace_everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def _replacements() -> Iterator[Replacement]:
    from publisher._weasyprint.formatting_structure import boxes
    from publisher._weasyprint.layout import block, percent
    from publisher._weasyprint.text import line_break

    stock_resolve, stock_strut = percent.resolve_percentages, line_break.strut

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        """Give a box the used values of its style's lengths."""
        style, is_page = box.style, isinstance(box, boxes.PageBox)
        borders = _borders(box) if style["border_collapse"] == "collapse" else ()
        if isinstance(containing_block, boxes.Box):
            size = containing_block.width, containing_block.height
        else:
            size = containing_block
        values_by_size = vars(style).setdefault("used_lengths", {})
        key = (*size, borders, is_page)
        values = values_by_size.get(key)
        if values is None:
            sample = boxes.PageBox.__new__(boxes.PageBox) if is_page else SimpleNamespace()
            vars(sample).update(borders, style=style)
            stock_resolve(sample, size)
            values = values_by_size[key] = vars(sample)
            del values["style"]
        vars(box).update(values)

    def strut(style: Any) -> Any:
        """Return the height and the baseline of a style's empty line."""
        cached = vars(style)
        if "strut" not in cached:
            cached["strut"] = stock_strut(style)
        return cached["strut"]

    yield from replace_everywhere(percent, "resolve_percentages", resolve_percentages)
    radii = _resolve_radii(percent.resolve_radii_percentages)
    yield from replace_everywhere(percent, "resolve_radii_percentages", radii)
    yield from replace_everywhere(block, "collapse_margin", _collapse_margin)
    yield from replace_everywhere(line_break, "strut", strut)


def _resolve_radii(stock: Any) -> Any:
    def resolve_radii_percentages(box: Any) -> None:
        """Give a box the used radii of its corners."""
        cached = vars(box.style)
        if "square_corners" not in cached:
            cached["square_corners"] = all(_ZERO in box.style[name] for name in _RADII)
        if cached["square_corners"]:
            box = vars(box).get("_box", box)  # an absolutely positioned box is behind a placeholder
            vars(box).update(_SQUARE)
        else:
            stock(box)

    return resolve_radii_percentages


def _collapse_margin(adjoining_margins: Sequence[float]) -> float:
    """Return the width of adjoining margins that collapse (CSS 2.1, 8.3.1)."""
    if not adjoining_margins:
        return 0
    return max(0, *adjoining_margins) + min(0, *adjoining_margins)


def _borders(box: Any) -> tuple[tuple[str, Any], ...]:
    """Return the borders that a box has already: those of a table's cells are resolved together."""
    values = vars(box)
    return tuple((name, values[name]) for name in _BORDERS if name in values)


_BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))

_RADII = tuple(
    f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
)
_ZERO = (0, "px")
_SQUARE = dict.fromkeys(_RADII, (0, 0))

PATCH = Patch(
    name="percentage_cache",
    targets=(
        "weasyprint.layout.percent.resolve_percentages",
        "weasyprint.layout.percent.resolve_radii_percentages",
        "weasyprint.layout.block.collapse_margin",
        "weasyprint.text.line_break.strut",
    ),
    reason="Used lengths are computed once for all boxes of a style inside blocks of one size.",
    replacements=_replacements,
)
