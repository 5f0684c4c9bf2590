"""The vertical extents of a paragraph's texts (CSS 2.1, 10.8.1), for lines that need no boxes inside.

In: the line box of a paragraph. Out: the extents of a line and of each text box in it, or None where a box inside has
a background, a border, an anchor or another property that needs a box on each line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, final

if TYPE_CHECKING:
    from publisher.typeset.linebreak.formula_setting import FormulaSetting


class LineExtents(NamedTuple):
    """The extents of a text together with its parent elements, in px downwards from the line's baseline."""

    top: float
    bottom: float
    baseline: float
    """The distance from the text's own top to its baseline."""


def measure_line_extents(box: Any) -> dict[Any, LineExtents] | None:
    """Return the extents of a line box and of each text box in it; None if its lines need boxes."""
    reader = _ExtentsReader()
    own = reader.extents[box] = reader.measure(box.style)
    return reader.extents if reader.read_children(box, own) else None


@final
class _ExtentsReader:
    """Measures the texts of one paragraph."""

    def __init__(self) -> None:
        """Start without extents."""
        from publisher._weasyprint.formatting_structure import boxes
        from publisher._weasyprint.text.line_break import strut

        self._text_class: Any = boxes.TextBox
        self._strut: Any = strut
        self.extents: dict[Any, LineExtents] = {}

    def measure(self, style: Any, parent: LineExtents | None = None) -> LineExtents:
        """Return the extents of a box with a style, at least those of its parent."""
        height, baseline = self._strut(style)
        half_leading = (height - style["font_size"]) / 2
        top, bottom = -baseline, -baseline + (style["font_size"] + half_leading + half_leading)
        if parent:
            top, bottom = min(top, parent.top), max(bottom, parent.bottom)
        return LineExtents(top, bottom, baseline)

    def _with_formula(
        self, setting: FormulaSetting, style: Any, extents: LineExtents
    ) -> LineExtents:
        """Return the extents of a text that is a formula."""
        above, below = setting.extents(*self._strut(style))
        top, bottom = min(extents.top, -above), max(extents.bottom, below)
        return LineExtents(top, bottom, extents.baseline)

    def read_children(self, box: Any, parent: LineExtents) -> bool:
        """Measure the texts inside a box; return whether none of the boxes there is needed."""
        previous_element = None
        for child in box.children:
            if child.missing_link or child.is_leader or child.link:
                return False
            extents = self.measure(child.style, parent)
            if isinstance(child, self._text_class):
                setting = getattr(child, "formula_setting", None)
                if setting is not None:
                    extents = self._with_formula(setting, child.style, extents)
                if previous_element is child.element:  # the texts of one element have to be joined
                    return False
                self.extents[child] = extents
                previous_element = child.element
            else:
                if not (_is_invisible(child) and self.read_children(child, extents)):
                    return False
                previous_element = None
        return True


def _is_invisible(box: Any) -> bool:
    """Return whether an element's box paints nothing, and is no target of links, bookmarks or notes."""
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
