"""Lengths worked out once for a style: percentages of a width, the strut of a line.

The seams are ``weasyprint.layout.percent.resolve_percentages``, whose twenty lengths are the same for
every box of a style inside blocks of one size, ``resolve_radii_percentages``, whose are nought for most,
``weasyprint.text.line_break.strut``, and ``weasyprint.layout.block.collapse_margin``, asked ten times a cell.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from publisher.typeset.patches.patching import Seam, everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def known_lengths() -> Iterator[Seam]:
    """Yield the seams for one document."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import block, percent
    from weasyprint.text import line_break

    stock_resolve, stock_strut = percent.resolve_percentages, line_break.strut

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        """Give a box the used values of its style's lengths."""
        style, is_page = box.style, isinstance(box, boxes.PageBox)
        borders = _borders(box) if style["border_collapse"] == "collapse" else ()
        if isinstance(containing_block, boxes.Box):
            around = containing_block.width, containing_block.height
        else:
            around = containing_block
        kept = vars(style).setdefault("lengths", {})
        key = (*around, borders, is_page)
        values = kept.get(key)
        if values is None:
            sample = boxes.PageBox.__new__(boxes.PageBox) if is_page else SimpleNamespace()
            vars(sample).update(borders, style=style)
            stock_resolve(sample, around)
            values = kept[key] = vars(sample)
            del values["style"]
        vars(box).update(values)

    def strut(style: Any) -> Any:
        """Return the height and the baseline of a style's empty line."""
        kept = vars(style)
        if "strut" not in kept:
            kept["strut"] = stock_strut(style)
        return kept["strut"]

    yield from everywhere(percent, "resolve_percentages", resolve_percentages)
    radii = _radii(percent.resolve_radii_percentages)
    yield from everywhere(percent, "resolve_radii_percentages", radii)
    yield from everywhere(block, "collapse_margin", _collapsed)
    yield from everywhere(line_break, "strut", strut)


def _radii(stock: Any) -> Any:
    def resolve_radii_percentages(box: Any) -> None:
        """Give a box the used radii of its corners."""
        kept = vars(box.style)
        if "square" not in kept:
            kept["square"] = all(NONE in box.style[name] for name in RADII)
        if kept["square"]:
            vars(box).update(SQUARE)
        else:
            stock(box)

    return resolve_radii_percentages


def _collapsed(adjoining_margins: Sequence[float]) -> float:
    """Return the margin that adjoining ones make together (CSS 2.1, 8.3.1)."""
    if not adjoining_margins:
        return 0
    return max(0, *adjoining_margins) + min(0, *adjoining_margins)


def _borders(box: Any) -> tuple[tuple[str, Any], ...]:
    """Return the borders that a box has already: those of a table's cells are settled together."""
    own = vars(box)
    return tuple((name, own[name]) for name in _BORDERS if name in own)


_BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))


RADII = tuple(
    f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
)
NONE = (0, "px")
SQUARE = dict.fromkeys(RADII, (0, 0))
