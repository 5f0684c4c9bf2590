"""Backgrounds and outlines of the boxes that have some.

The seams are ``weasyprint.layout.background.layout_box_backgrounds``, which works out for each box that it has
no image, no colour, no shadow and no round corner, though its style says so for all of its boxes, and
``weasyprint.draw.draw_outline``, which walks all boxes of a page for outlines. Enters: a page and a box. Leaves:
the background of each box inside; a bare line has none, and is not asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.typeset.linebreak.plain_lines import text_only_line_class
from publisher.typeset.patches.patching import Seam
from publisher.typeset.patches.percentage_cache import NONE, RADII, SQUARE

if TYPE_CHECKING:
    from collections.abc import Iterator


def seen_backgrounds() -> Iterator[Seam]:
    """Yield the seams for one document."""
    from weasyprint import draw
    from weasyprint.draw.color import get_color
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import background

    stock_layout, stock_outline = background.layout_box_backgrounds, draw.draw_outline
    bare, box_class = text_only_line_class(), boxes.Box
    outlined = False

    def is_empty(style: Any) -> bool:
        """Whether boxes of a style have nothing behind their content; note whether they have an outline."""
        nonlocal outlined
        kept = vars(style)
        if "empty" not in kept:
            kept["empty"] = _is_empty(style, get_color)
            outlined = outlined or bool(style["outline_width"])
        empty: bool = kept["empty"]
        return empty

    def layout_box_backgrounds(
        page: Any, box: Any, get_image: Any, *others: Any, **named: Any
    ) -> None:
        """Give a box and those inside their backgrounds."""
        empty = is_empty(box.style)
        if not empty or others or named or box is page or not isinstance(box, box_class):
            stock_layout(page, box, get_image, *others, **named)
            return
        vars(box).update(_NOTHING)
        for child in box.all_children():
            if type(child) is not bare:
                layout_box_backgrounds(page, child, get_image)

    def draw_outline(stream: Any, box: Any) -> None:
        """Draw the outlines of a box and of those inside, if there are any on the pages."""
        if outlined:
            stock_outline(stream, box)

    yield Seam(background, "layout_box_backgrounds", layout_box_backgrounds)
    yield Seam(draw, "draw_outline", draw_outline)


def _is_empty(style: Any, get_color: Any) -> bool:
    if style["visibility"] != "hidden" and (
        any(image is not None for _, image in style["background_image"])
        or get_color(style, "background_color").alpha != 0
    ):
        return False
    return (
        not style["box_shadow"]
        and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
        and all(NONE in style[name] for name in RADII)
    )


_NOTHING = {"background": None, **SQUARE}
