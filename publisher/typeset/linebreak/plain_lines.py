"""Line boxes that hold their text directly, without a box for each element and each text.

WeasyPrint asks every box of a line for its background, border, links and position, some twenty times a page. Most
lines hold only text in elements that have none of these. Such a line keeps its text runs until they are tagged and
painted; the patch of ``weasyprint.draw.draw_inline_level`` paints them.

In: a line of a paragraph. Out: its line box, with its height and its text runs.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from publisher.typeset.linebreak.glyph_painting import ComposedText, paint_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.typeset.linebreak.document_fonts import DocumentFonts
    from publisher.typeset.linebreak.line_extents import LineExtents
    from publisher.typeset.linebreak.line_slice import LineSlice


@dataclass(slots=True, eq=False)
class TextRun:
    """A text on a line, with the attributes that tagging and painting read from a text box; lengths in px."""

    element: Any
    element_tag: str
    style: Any
    text: str
    pango_layout: ComposedText
    width: float
    x: float
    """From the line's left edge."""
    y: float
    """From the line's top."""
    baseline: float
    """From the run's own top."""
    position_x: float = 0.0
    """On the page, once that is known."""
    position_y: float = 0.0


def make_text_only_line(
    paragraph: Any, line_slice: LineSlice, extents: Mapping[Any, LineExtents]
) -> Any:
    """Return the box of a line, not yet positioned; ``paragraph`` is the line box of the whole paragraph."""
    items = line_slice.content.items_between(line_slice.start, line_slice.end)
    slices = [(item.box, part) for item in items if (part := line_slice.slice_text(item))]
    top, bottom, _ = extents[paragraph]
    for box, _ in slices:
        top, bottom = min(top, extents[box].top), max(bottom, extents[box].bottom)
    x, text_runs = -line_slice.line.trim_start, []
    for box, part in slices:
        baseline = extents[box].baseline
        text_runs.append(
            TextRun(
                element=box.element,
                element_tag=box.element_tag,
                style=box.style,
                text=part.text,
                pango_layout=part.composed,
                width=part.width,
                x=x,
                y=-baseline - top,
                baseline=baseline,
            )
        )
        x += part.width
    line_class = text_only_line_class()
    line = line_class.__new__(line_class)
    vars(line).update(vars(paragraph))
    line.children, line.text_runs = (), text_runs
    line.position_x = line.position_y = line.margin_top = line.margin_bottom = 0
    line.width, line.height, line.baseline = line_slice.line.width, bottom - top, -top
    return line


def draw_text_only_line(stream: Any, line: Any, fonts: DocumentFonts) -> None:
    """Paint the text runs of a text-only line, each in its own marked content."""
    from publisher._weasyprint.draw.text import draw_text

    for run in line.text_runs:
        with stream.marked(run, "Span"):
            style, x, y = run.style, line.position_x + run.x, line.position_y + run.y
            if style["text_decoration_line"] == "none" and style["visibility"] == "visible":
                stream.set_color(style["color"])
                stream.begin_text()
                paint_text(stream, fonts, run.pango_layout, x, y + run.baseline)
                stream.end_text()
            else:
                run.position_x, run.position_y = x, y
                draw_text(stream, run, run.x, "clip", "none")


@cache
def text_only_line_class() -> Any:
    """Return the class of text-only line boxes, a subclass of WeasyPrint's ``LineBox``."""
    from publisher._weasyprint.formatting_structure import boxes

    def deepcopy(line: Any) -> Any:
        """Return a copy whose text runs are tagged and painted separately."""
        duplicate = line.copy()
        duplicate.text_runs = [copy.copy(run) for run in line.text_runs]
        return duplicate

    attributes = {
        "__doc__": "A line box that holds its text runs directly.",
        "text_runs": (),
        "deepcopy": deepcopy,
    }
    return type("TextOnlyLineBox", (boxes.LineBox,), attributes)
