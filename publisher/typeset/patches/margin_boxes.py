"""Margin boxes of a page that has them, its others not made.

The seam is ``weasyprint.layout.make_margin_boxes``, which makes all sixteen boxes of every page, though most
have no content. Enters: the context, a page and its counters. Leaves: the boxes that have content, laid out. A
box without content is made only beside one on its side, whose width depends on its neighbours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.typeset.patches.patching import Seam

if TYPE_CHECKING:
    from collections.abc import Iterator


def filled_margins() -> Iterator[Seam]:
    """Yield the seams for one document."""
    from weasyprint import layout

    yield Seam(layout, "make_margin_boxes", _make_margin_boxes)


def _make_margin_boxes(context: Any, page: Any, state: Any) -> Iterator[Any]:
    """Yield the margin boxes of a page (CSS Paged Media 3, 5)."""
    from weasyprint.layout import page as stock

    made = [*_on_sides(context, page, state), *_in_corners(context, page, state)]
    for box in made:
        yield stock.margin_box_content_layout(context, page, box)


def _on_sides(context: Any, page: Any, state: Any) -> Iterator[Any]:
    from weasyprint.layout import page as stock

    width, height = page.border_width(), page.border_height()
    left, top = page.margin_left, page.margin_top
    for side, around, x, y in (
        ("top", (width, top), left, 0),
        ("bottom", (width, page.margin_bottom), left, top + height),
        ("left", (left, height), 0, top),
        ("right", (page.margin_right, height), left + width, top),
    ):
        vertical = side in ("left", "right")
        names = [f"@{side}-{place}" for place in (_DOWN if vertical else _ACROSS)]
        styles = [_style(context, page, name) for name in names]
        if styles == [None] * 3:
            continue
        boxes = [
            _empty(page, name) if style is None else _box(context, page, state, name, style, around)
            for name, style in zip(names, styles, strict=True)
        ]
        fixed, variable = around if vertical else reversed(around)
        stock.compute_variable_dimension(context, boxes, vertical, variable)
        for box, offset in zip(boxes, (0, 0.5, 1), strict=True):
            if not box.is_generated:
                continue
            box.position_x, box.position_y = x, y
            if vertical:
                box.position_y += offset * (variable - box.margin_height())
            else:
                box.position_x += offset * (variable - box.margin_width())
            first = side in ("top", "left")
            stock.compute_fixed_dimension(context, box, fixed, not vertical, first)
            yield box


def _in_corners(context: Any, page: Any, state: Any) -> Iterator[Any]:
    from weasyprint.layout import page as stock

    right = page.margin_left + page.border_width()
    below = page.margin_top + page.border_height()
    for name, width, height, x, y in (
        ("@top-left-corner", page.margin_left, page.margin_top, 0, 0),
        ("@top-right-corner", page.margin_right, page.margin_top, right, 0),
        ("@bottom-left-corner", page.margin_left, page.margin_bottom, 0, below),
        ("@bottom-right-corner", page.margin_right, page.margin_bottom, right, below),
    ):
        style = _style(context, page, name)
        if style is None:
            continue
        box = _box(context, page, state, name, style, (width, height))
        box.position_x, box.position_y = x, y
        stock.compute_fixed_dimension(context, box, height, True, "top" in name)  # noqa: FBT003 - the seam's
        stock.compute_fixed_dimension(context, box, width, False, "left" in name)  # noqa: FBT003 - the seam's
        yield box


def _style(context: Any, page: Any, name: str) -> Any:
    """Return the style of a margin box that has content; None of one that has none."""
    style = context.style_for(page.page_type, name)
    return None if style is None or style["content"] in _WITHOUT_CONTENT else style


def _box(context: Any, page: Any, state: Any, name: str, style: Any, around: Any) -> Any:
    """Return a margin box with its content, not laid out."""
    from weasyprint.formatting_structure import boxes, build
    from weasyprint.layout import page as stock

    stock._standardize_page_based_counters(style, name)  # noqa: SLF001 - the seam
    box = boxes.MarginBox(name, style)
    box.is_generated = True
    own_state = stock.copy.deepcopy(state)
    quotes, counters, scopes, _ = own_state
    scopes.append(set())
    build.update_counters(own_state, style)
    box.children = build.content_to_boxes(
        *(style, box, quotes, counters, context.get_image_from_uri),
        *(context.target_collector, context.counter_style, context, page),
    )
    box.process_whitespace()
    box.process_text_transform()
    box = build.create_anonymous_boxes(box)
    stock.resolve_percentages(box, around)
    return box


def _empty(page: Any, name: str) -> Any:
    """Return a margin box that takes no room."""
    from weasyprint.formatting_structure import boxes

    box = boxes.MarginBox(name, page.style.anonymous_style)
    box.is_generated = False
    vars(box).update(_NOTHING)
    return box


_ACROSS = ("left", "center", "right")
_DOWN = ("top", "middle", "bottom")
_WITHOUT_CONTENT = ("normal", "inhibit", "none")
_SIDES = ("top", "right", "bottom", "left")
_NOTHING = dict.fromkeys(
    (
        *("width", "height"),
        *(f"margin_{side}" for side in _SIDES),
        *(f"padding_{side}" for side in _SIDES),
        *(f"border_{side}_width" for side in _SIDES),
    ),
    0,
)
