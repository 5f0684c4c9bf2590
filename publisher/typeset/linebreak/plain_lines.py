"""Lines that hold their text bare: a line box without boxes inside.

WeasyPrint has boxes for a line, for each element on it and for each text, and asks all of them for their
backgrounds, borders, links and places, some twenty times a page. What stands on most lines is text in
elements that have none of these. Such a line keeps its stretches of text to itself until they are tagged
and painted; ``weasyprint.draw.draw_inline_level`` is the seam that paints them.

Enters: a paragraph's flow and one of its lines. Leaves: the line's box, its height and its stretches.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from publisher.typeset.linebreak.glyph_painting import Composed, paint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.typeset.linebreak.glyph_painting import Fonts
    from publisher.typeset.linebreak.line_extents import Reach
    from publisher.typeset.linebreak.line_slice import Part


@dataclass(slots=True, eq=False)
class Stretch:
    """A text on a line, with what tagging and painting ask of a text box; lengths in px."""

    element: Any
    element_tag: str
    style: Any
    text: str
    pango_layout: Composed
    width: float
    x: float
    """From the line's left edge."""
    y: float
    """From the line's top."""
    baseline: float
    """From its own top."""
    position_x: float = 0.0
    """On the page, once that is known."""
    position_y: float = 0.0


def bare_line(paragraph: Any, part: Part, reach_of: Mapping[Any, Reach]) -> Any:
    """Return the box of a line that has no place as yet; ``paragraph`` is the box that holds all of them."""
    leaves = part.flow.leaves_between(part.start, part.end)
    cuts = [(leaf.box, cut) for leaf in leaves if (cut := part.cut(leaf))]
    top, bottom, _ = reach_of[paragraph]
    for box, _ in cuts:
        top, bottom = min(top, reach_of[box].top), max(bottom, reach_of[box].bottom)
    x, stretches = -part.line.before, []
    for box, cut in cuts:
        baseline = reach_of[box].baseline
        stretches.append(
            Stretch(
                element=box.element,
                element_tag=box.element_tag,
                style=box.style,
                text=cut.text,
                pango_layout=cut.composed,
                width=cut.width,
                x=x,
                y=-baseline - top,
                baseline=baseline,
            )
        )
        x += cut.width
    own_class = line_class()
    made = own_class.__new__(own_class)
    vars(made).update(vars(paragraph))
    made.children, made.stretches = (), stretches
    made.position_x = made.position_y = made.margin_top = made.margin_bottom = 0
    made.width, made.height, made.baseline = part.line.width, bottom - top, -top
    return made


def painting(stock: Any, fonts: Fonts) -> Any:
    """Return ``draw_inline_level`` that paints bare lines too."""
    from weasyprint.draw.text import draw_text

    own_class = line_class()

    def draw_inline_level(stream: Any, page: Any, box: Any, *others: Any) -> None:
        if not isinstance(box, own_class):
            stock(stream, page, box, *others)
            return
        for stretch in box.stretches:
            with stream.marked(stretch, "Span"):
                style, x, y = stretch.style, box.position_x + stretch.x, box.position_y + stretch.y
                if style["text_decoration_line"] == "none" and style["visibility"] == "visible":
                    stream.set_color(style["color"])
                    stream.begin_text()
                    paint(stream, fonts, stretch.pango_layout, x, y + stretch.baseline)
                    stream.end_text()
                else:
                    stretch.position_x, stretch.position_y = x, y
                    draw_text(stream, stretch, stretch.x, "clip", "none")

    return draw_inline_level


@cache
def line_class() -> Any:
    """Return the class of bare lines."""
    from weasyprint.formatting_structure import boxes

    def deepcopy(line: Any) -> Any:
        """Return a copy that is tagged and painted by itself."""
        made = line.copy()
        made.stretches = [copy.copy(one) for one in line.stretches]
        return made

    told = {"__doc__": "A line with its text.", "stretches": (), "deepcopy": deepcopy}
    return type("BareLine", (boxes.LineBox,), told)
