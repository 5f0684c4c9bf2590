"""The part of a paragraph that is on one line, by text box."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Any, NamedTuple, final

from publisher.typeset.linebreak.glyph_painting import ComposedText

if TYPE_CHECKING:
    from publisher.typeset.linebreak.inline_content import InlineContent, TextItem
    from publisher.typeset.linebreak.optimum_fit import Line


class TextSlice(NamedTuple):
    """The part of a text box that is on one line."""

    text: str
    composed: ComposedText
    width: float
    """Its width, px."""


@final
class LineSlice:
    """One line of a paragraph; positions are clusters of the whole paragraph, not of a segment."""

    def __init__(self, content: InlineContent, index: int, line: Line) -> None:
        """Locate a line of the segment with this index in the paragraph."""
        segment = content.segments[index]
        self.content = content
        self.line = line
        self.start = segment.start + line.start
        """The first cluster on the line."""
        self.end = segment.start + line.end
        """One past the last cluster on the line."""
        self.outer_start = self.start
        """The first cluster after the previous line: less than ``start`` by the spaces that collapse."""
        if line.start == 0:
            previous = content.segments[index - 1] if index else None
            self.outer_start = previous.start + previous.size + 1 if previous else 0
        self.next_start = segment.start + line.next_start
        """Where the next line begins."""
        if line.next_start >= segment.size:  # skip the forced line break, or the end of the text
            self.next_start += 1

    def slice_text(self, item: TextItem) -> TextSlice | None:
        """Return the part of a text box that is on the line; None if there is none."""
        start, end = max(item.start, self.start), min(item.end, self.end)
        if start >= end:
            return None
        style, text = item.box.style, item.box.text
        clusters = self.content.clusters[start:end]
        spacing = self.line.spacing[start - self.start : end - self.start]
        begin = item.offsets[start - item.start]
        visible = whole = text[begin : item.offsets[end - item.start]]
        if end == self.end:
            whole = text[begin : item.offsets[min(item.end, self.next_start) - item.start]]
        composed = ComposedText(
            text=whole.rstrip("\n"),
            clusters=clusters,
            spacing=spacing,
            hyphenated=self.line.hyphenated and end == self.end,
            underline_metrics=underline_metrics(style),
            emphasised=item.emphasised,
            formula=getattr(item.box, "formula_setting", None),
        )
        width = fsum([cluster.width for cluster in clusters]) + fsum(spacing)
        if end == item.end:
            width += item.gap_after
        return TextSlice(visible, composed, width)


def underline_metrics(style: Any) -> Any:
    """Return a Pango layout to measure underlines with; None for a style without decoration."""
    if style["text_decoration_line"] == "none":
        return None
    from publisher._weasyprint.text.line_break import Layout

    return Layout(style)
