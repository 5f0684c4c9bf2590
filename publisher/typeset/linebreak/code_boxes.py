"""The codes of characters that no font has, in lines that WeasyPrint makes itself.

In: the line box of a paragraph. Out: the same with a text box of its own for each such character, which is as wide as its
code and is painted as in our lines (``code_drawing``). WeasyPrint would paint a box with the number, and no text.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Any

from publisher.typeset.linebreak.glyph_painting import ComposedText
from publisher.typeset.linebreak.line_slice import underline_metrics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.typeset.linebreak.shaping import Cluster, Shaper


class CodeBoxes:
    """Makes the boxes for the codes of one document."""

    def __init__(self, shaper: Shaper) -> None:
        """Use the glyphs and codes of ``shaper``."""
        self._shaper = shaper

    def separate(self, box: Any) -> None:
        """Give each character in a line box that no font has a text box of its own; do nothing the second time."""
        from publisher._weasyprint.formatting_structure import boxes

        children, is_changed = [], False
        for child in box.children:
            if isinstance(child, boxes.TextBox):
                parts = list(self._split(child))
                is_changed |= parts != [child]
                children += parts
            else:
                if isinstance(child, boxes.InlineBox):
                    self.separate(child)
                children.append(child)
        if is_changed:  # a new list, so that who has read the children reads them again
            box.children = children

    def added_width(self, box: Any, width: float, *, minimum: bool) -> float:
        """Return the width of a paragraph with its codes.

        Args:
            box: The line box of the paragraph, whose codes have boxes of their own.
            width: The least or greatest width that WeasyPrint finds, in px; it counts an em for each code.
            minimum: Whether it is the least one.

        """
        codes = [child for child in box.descendants() if hasattr(child, "code_cluster")]
        widths: list[float] = [child.code_cluster.width for child in codes]
        if minimum:
            return max([width, *widths])
        ems: list[float] = [child.style["font_size"] for child in codes]
        return width + fsum(widths) - fsum(ems)

    def _split(self, box: Any) -> Iterator[Any]:
        """Yield the parts of a text box."""
        if hasattr(box, "code_cluster") or hasattr(box, "formula"):
            yield box
            return
        codes = {
            character: cluster
            for character in set(box.text)
            if not character.isascii() and (cluster := self._code(character, box.style))
        }
        if not codes:
            yield box
            return
        text = ""
        for character in box.text:
            if character not in codes:
                text += character
                continue
            if text:
                yield box.copy_with_text(text)
            part, text = box.copy_with_text(character), ""
            part.code_cluster = codes[character]
            yield part
        if text:
            yield box.copy_with_text(text)

    def _code(self, character: str, style: Any) -> Cluster | None:
        """Return the code of a character; None if a font has it."""
        clusters = self._shaper.shape(character, style)
        return clusters[0] if len(clusters) == 1 and clusters[0].code else None


def code_line(box: Any) -> Any:
    """Return a copy of the text box of a code, with its measures and what is painted for it."""
    from publisher._weasyprint.text.line_break import strut

    cluster = box.code_cluster
    duplicate = box.copy_with_text(box.text)
    line_height, duplicate.baseline = strut(box.style)
    duplicate.width, duplicate.height = cluster.width, box.style["font_size"]
    duplicate.margin_top = duplicate.margin_bottom = (line_height - duplicate.height) / 2
    duplicate.pango_layout = ComposedText(
        text=box.text,
        clusters=[cluster],
        spacing=[0.0],
        underline_metrics=underline_metrics(box.style),
    )
    return duplicate
