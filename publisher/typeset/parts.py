"""The part of a paragraph that stands on one line, text by text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from publisher.typeset.painting import Composed

if TYPE_CHECKING:
    from publisher.typeset.breaking import Line
    from publisher.typeset.flows import Flow, Leaf


class Cut(NamedTuple):
    """What of a text box stands on a line."""

    text: str
    composed: Composed
    width: float


class Part(NamedTuple):
    """A line of a paragraph; places are clusters of the paragraph."""

    flow: Flow
    line: Line
    start: int
    end: int
    low: int
    """The first cluster that no line before has; spaces at a line's beginning are not set."""
    resume: int
    """Where the next line begins."""

    @classmethod
    def of(cls, flow: Flow, index: int, line: Line) -> Part:
        """Return the part that a line of a segment is."""
        segment = flow.segments[index]
        low = segment.start + line.start
        if line.start == 0:  # what stands before the first character, spaces that fold included
            before = flow.segments[index - 1] if index else None
            low = before.start + before.size + 1 if before else 0
        resume = segment.start + line.resume
        if line.resume >= segment.size:  # the forced end, or what stands at the very end
            resume += 1
        return cls(flow, line, segment.start + line.start, segment.start + line.end, low, resume)

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
        return Cut(shown, composed, sum([one.width for one in clusters]) + sum(spaces))


def _metrics(style: Any) -> Any:
    """Return what underlines are measured with; None where a style has none."""
    if style["text_decoration_line"] == "none":
        return None
    from weasyprint.text.line_break import Layout

    return Layout(style)
