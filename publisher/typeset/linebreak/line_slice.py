"""The part of a paragraph that stands on one line, text by text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, final

from publisher.typeset.linebreak.glyph_painting import Composed

if TYPE_CHECKING:
    from publisher.typeset.linebreak.optimum_fit import Line
    from publisher.typeset.linebreak.paragraph import Flow, Leaf


class Cut(NamedTuple):
    """What of a text box stands on a line."""

    text: str
    composed: Composed
    width: float


@final
class Part:
    """A line of a paragraph; places are clusters of the paragraph."""

    def __init__(self, flow: Flow, index: int, line: Line) -> None:
        """Say where a line of a segment stands in the paragraph."""
        segment = flow.segments[index]
        self.flow = flow
        self.line = line
        self.start = segment.start + line.start
        self.end = segment.start + line.end
        self.low = self.start
        """The first cluster that no line before has; spaces at a line's beginning are not set."""
        if line.start == 0:  # what stands before the first character, spaces that fold included
            before = flow.segments[index - 1] if index else None
            self.low = before.start + before.size + 1 if before else 0
        self.resume = segment.start + line.resume
        """Where the next line begins."""
        if line.resume >= segment.size:  # the forced end, or what stands at the very end
            self.resume += 1

    def cut(self, leaf: Leaf) -> Cut | None:
        """Return what of a text stands on the line; None where nothing does."""
        start, end = max(leaf.start, self.start), min(leaf.end, self.end)
        if start >= end:
            return None
        style, text = leaf.box.style, leaf.box.text
        clusters = self.flow.clusters[start:end]
        spaces = self.line.spaces[start - self.start : end - self.start]
        begin = leaf.places[start - leaf.start]
        shown = whole = text[begin : leaf.places[end - leaf.start]]
        if end == self.end:
            whole = text[begin : leaf.places[min(leaf.end, self.resume) - leaf.start]]
        composed = Composed(
            text=whole.rstrip("\n"),
            clusters=clusters,
            spaces=spaces,
            hyphen=self.line.hyphen and end == self.end,
            metrics=_metrics(style),
        )
        return Cut(shown, composed, sum([one.width for one in clusters], 0.0) + sum(spaces, 0.0))


def _metrics(style: Any) -> Any:
    """Return what underlines are measured with; None where a style has none."""
    if style["text_decoration_line"] == "none":
        return None
    from weasyprint.text.line_break import Layout

    return Layout(style)
