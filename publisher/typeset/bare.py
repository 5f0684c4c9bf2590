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
from typing import TYPE_CHECKING, Any, NamedTuple, final

from publisher.typeset.painting import Composed, paint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.typeset.painting import Fonts
    from publisher.typeset.parts import Part


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


class Reach(NamedTuple):
    """How far a text, what it stands in and its line reach from the line's baseline, downwards; px."""

    top: float
    bottom: float
    baseline: float
    """From the text's own top."""


def reaches(box: Any) -> dict[Any, Reach] | None:
    """Return the reach of a paragraph's line and of each text; None where it needs boxes."""
    reading = _Reading()
    own = reading.found[box] = reading.reach(box.style)
    return reading.found if reading.look_into(box, own) else None


@final
class _Reading:
    """Reads how far the texts of a paragraph reach."""

    def __init__(self) -> None:
        """Begin with none."""
        from weasyprint.formatting_structure import boxes
        from weasyprint.text.line_break import strut

        self._text_class: Any = boxes.TextBox
        self._strut: Any = strut
        self.found: dict[Any, Reach] = {}

    def reach(self, style: Any, around: Reach | None = None) -> Reach:
        """Return the reach of something with a style (CSS 2.1, 10.8.1)."""
        height, baseline = self._strut(style)
        half_leading = (height - style["font_size"]) / 2
        top, bottom = -baseline, -baseline + (style["font_size"] + half_leading + half_leading)
        if around:
            top, bottom = min(top, around.top), max(bottom, around.bottom)
        return Reach(top, bottom, baseline)

    def look_into(self, parent: Any, around: Reach) -> bool:
        """Read the texts inside; return whether all boxes there can be done without."""
        before = None
        for child in parent.children:
            if child.missing_link or child.is_leader or child.link:
                return False
            reach = self.reach(child.style, around)
            if isinstance(child, self._text_class):
                if before is child.element:  # two texts of one element are joined
                    return False
                self.found[child] = reach
                before = child.element
            else:
                if not (_is_plain(child) and self.look_into(child, reach)):
                    return False
                before = None
        return True


def _is_plain(box: Any) -> bool:
    """Whether an element's box has nothing of its own to be seen, to be led to or to be told."""
    style = box.style
    return (
        bool(box.children)
        and not (box.bookmark_label or box.string_set or box.footnote or box.note)
        and not (style["anchor"] or box.element.get("id"))
        and style["vertical_align"] == "baseline"
        and style["position"] == "static"
        and style["opacity"] == 1
        and not style["box_shadow"]
        and style["outline_style"] == "none"
        and style["border_top_style"] == style["border_bottom_style"] == "none"
        and style["mask_border_source"][0] == style["border_image_source"][0] == "none"
        and all(kind == "none" for kind, _ in style["background_image"])
        and getattr(style["background_color"], "alpha", 1) == 0
    )


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
