"""How far the texts of a paragraph reach from the baseline of its lines (CSS 2.1, 10.8.1).

Enters: the box of a paragraph. Leaves: the extents of its line and of each text, or nothing where it needs boxes.
"""

from __future__ import annotations

from typing import Any, NamedTuple, final


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
