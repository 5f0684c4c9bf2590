"""Lengths worked out once for a style: percentages of a width, the strut of a line.

The seams are ``weasyprint.layout.percent.resolve_percentages``, whose twenty lengths are the same for
every box of a style inside blocks of one size, and ``weasyprint.text.line_break.strut``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.typeset.seams import Seam, everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator


def known_lengths() -> Iterator[Seam]:
    """Yield the seams for one document."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import percent
    from weasyprint.text import line_break

    stock_resolve, stock_strut = percent.resolve_percentages, line_break.strut
    lengths: dict[Any, tuple[dict[str, Any], Any]] = {}
    struts: dict[int, tuple[Any, Any]] = {}

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        """Give a box the used values of its style's lengths."""
        style = box.style
        if isinstance(box, boxes.PageBox):
            stock_resolve(box, containing_block)
            return
        borders = _borders(box) if style["border_collapse"] == "collapse" else ()
        if isinstance(containing_block, boxes.Box):
            around = containing_block.width, containing_block.height
        else:
            around = containing_block
        key = (id(style), *around, borders)
        known = lengths.get(key)
        if known is None:
            sample = _Lengths(style)
            vars(sample).update(borders)
            stock_resolve(sample, around)
            values = vars(sample)
            del values["style"]
            known = lengths[key] = values, style
        vars(box).update(known[0])

    def strut(style: Any) -> Any:
        """Return the height and the baseline of a style's empty line."""
        known = struts.get(id(style))
        if known is None:
            known = struts[id(style)] = stock_strut(style), style
        return known[0]

    yield from everywhere(percent, "resolve_percentages", resolve_percentages)
    yield from everywhere(line_break, "strut", strut)


def _borders(box: Any) -> tuple[tuple[str, Any], ...]:
    """Return the borders that a box has already: those of a table's cells are settled together."""
    own = vars(box)
    return tuple((name, own[name]) for name in _BORDERS if name in own)


_BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))


class _Lengths:
    """A box that has nothing but lengths."""

    def __init__(self, style: Any) -> None:
        """Take the style that the lengths are of."""
        self.style = style
