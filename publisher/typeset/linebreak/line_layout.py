"""The lines of a paragraph, composed by the Chinese rules, in place of WeasyPrint's own.

The seam is ``weasyprint.layout.block.iter_line_boxes``: a line box that holds all of a paragraph enters,
lines leave one after another, each with where the next begins. What holds a float, an inline block, a
picture or something else that is not text goes to WeasyPrint unchanged, and is counted.

A paragraph is shaped once, its breaks are chosen together, and both are kept with its box: a
paragraph that goes on over pages is not composed again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from publisher.typeset.linebreak.glyph_painting import Composed
from publisher.typeset.linebreak.line_slice import Part
from publisher.typeset.linebreak.optimum_fit import Measure
from publisher.typeset.linebreak.paragraph import (
    FIXED,
    Flow,
    obstacle,
    read_flow,
)
from publisher.typeset.linebreak.plain_lines import bare_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.typeset.linebreak.shaping import Shaper

SHORT = 40
"""Characters of a text that may well stand in other cells too."""


class LineSetter:
    """Sets the lines of one document."""

    def __init__(self, shaper: Shaper, stock: Any) -> None:
        """Set with the glyphs of ``shaper``; ``stock`` has WeasyPrint's own functions."""
        self._shaper = shaper
        self._stock = stock
        self._flows: dict[Any, Flow | str | None] = {}
        self._plain: dict[tuple[str, int, int], Flow] = {}
        """Paragraphs of one text box, by their text and styles: a table's cells are often alike."""
        self.left: Counter[str] = Counter()
        """Why paragraphs were left to WeasyPrint."""

    def iter_line_boxes(
        self,
        context: Any,
        box: Any,
        position_y: float,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        *others: Any,
    ) -> Iterator[tuple[Any, Any]]:
        """Yield the lines of a paragraph and where each next one begins, from ``skip_stack`` on.

        Of the ``others``, the last two are the styles of a first letter and of a first line.
        """
        flow = self._flow(box)
        if context.excluded_shapes:
            flow = "it runs around a float"
        elif any(others[-2:]):
            flow = "its first letter or line has a style of its own"
        if isinstance(flow, Flow):
            yield from _lines(
                _Paragraph(context, box, flow, containing_block), position_y, skip_stack
            )
            return
        if flow and _has_text(box):
            self.left[flow] += 1
        yield from self._stock.iter_line_boxes(
            context, box, position_y, bottom_space, skip_stack, containing_block, *others
        )

    def min_content_width(self, context: Any, box: Any, outer: bool = True, **how: Any) -> float:  # noqa: FBT001, FBT002 - the seam's
        """Return how narrow a paragraph can be: as wide as the widest group that is kept."""
        flow = self._flow(box) if self._is_whole(box, how) else None
        if not isinstance(flow, Flow):
            return float(self._stock.inline_min_content_width(context, box, outer, **how))
        anywhere = box.style["overflow_wrap"] == "anywhere"
        widths = [one.composer.narrowest(anywhere=anywhere) for one in flow.segments]
        return _adjusted(box, outer, widths)

    def max_content_width(self, context: Any, box: Any, outer: bool = True, **how: Any) -> float:  # noqa: FBT001, FBT002 - the seam's
        """Return how wide a paragraph is on as few lines as it can be."""
        flow = self._flow(box) if self._is_whole(box, how) else None
        if not isinstance(flow, Flow):
            return float(self._stock.inline_max_content_width(context, box, outer, **how))
        return _adjusted(box, outer, [one.composer.widest() for one in flow.segments])

    @staticmethod
    def _is_whole(box: Any, how: dict[str, Any]) -> bool:
        from weasyprint.formatting_structure import boxes

        return isinstance(box, boxes.LineBox) and not how.get("skip_stack")

    def _flow(self, box: Any) -> Flow | str | None:
        """Return a paragraph as clusters, or why it cannot be; None where it is empty."""
        known = self._flows.get(box, "")
        if known == "" or (isinstance(known, Flow) and not known.stands()):
            known = self._flows[box] = self._alike(box) or self._read(box)
        return known

    def _alike(self, box: Any) -> Flow | None:
        """Return the flow of a paragraph that holds the same text in the same style."""
        known = self._plain.get(_told(box)) if _is_plain(box) else None
        return known and known.twin(box)

    def _read(self, box: Any) -> Flow | str | None:
        flow = obstacle(box) or read_flow(box, self._shaper)
        if isinstance(flow, Flow) and _is_plain(box):
            self._plain[_told(box)] = flow
        return flow


def _is_plain(box: Any) -> bool:
    """Return whether a line box holds one short text and nothing else."""
    children = box.children
    return len(children) == 1 and 0 < len(getattr(children[0], "text", "")) <= SHORT


def _told(box: Any) -> tuple[str, int, int]:
    (text,) = box.children
    return text.text, id(text.style), id(box.style)


def _has_text(box: Any) -> bool:
    """Return whether a line box has text to be set; a picture by itself has none."""
    return any(str(getattr(one, "text", "")).strip() for one in box.descendants())


def _adjusted(box: Any, outer: bool, widths: list[float]) -> float:  # noqa: FBT001 - the seam's
    """Return the widest line, the first with its indent, as WeasyPrint counts a box's width."""
    from weasyprint.layout.preferred import adjust

    indent = box.style["text_indent"]
    if getattr(indent, "unit", "%") != "%":
        widths = [widths[0] + indent.value, *widths[1:]]
    return float(adjust(box, outer, max(widths)))


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph where it is set."""

    context: Any
    box: Any
    flow: Flow
    around: Any
    """The block that holds it."""


def _lines(paragraph: _Paragraph, position_y: float, skip_stack: Any) -> Iterator[tuple[Any, Any]]:
    from weasyprint.layout.percent import resolve_one_percentage, resolve_percentages

    box, flow, around = paragraph.box, paragraph.flow, paragraph.around
    resolve_percentages(box, around)
    if skip_stack is None:
        resolve_one_percentage(box, "text_indent", around.width)
    else:
        box.text_indent = 0
    at = flow.decode(skip_stack)
    here = flow.segment_at(at)
    for index, segment in enumerate(flow.segments[here:], here):
        begin = max(0, at - segment.start) if index == here else 0
        first = skip_stack is None and index == 0
        indent = box.text_indent if first else 0.0
        measure = Measure(
            first=around.width - indent,
            rest=around.width,
            flush=box.style["text_align_all"] == "justify",
            anywhere=box.style["overflow_wrap"] in ("anywhere", "break-word")
            and box.style["white_space"] not in FIXED,
        )
        for line in segment.lines(measure, begin):
            ends = line.resume >= segment.size
            own = indent if line.start == 0 else 0.0
            part = Part(flow, index, line)
            if flow.reaches is not None:
                made = bare_line(box, part, flow.reaches)
            else:
                made = _line(paragraph, part)
                _align(made)
            _place(paragraph, made, own, position_y, last=ends)
            position_y = made.position_y + made.height
            box.text_indent = 0
            if not ends:
                yield made, flow.encode(segment.start + line.resume)
            elif index + 1 < len(flow.segments):
                yield made, flow.encode(flow.segments[index + 1].start)
            else:
                yield made, None


def _line(paragraph: _Paragraph, part: Part) -> Any:
    """Return a copy of the paragraph's box that holds one of its lines, at no place as yet."""
    boxed = _Boxed(part, paragraph.around)
    made = paragraph.box.copy_with_children(boxed.children(paragraph.box, -part.line.before))
    made.width = part.line.width
    return made


def _align(line: Any) -> None:
    """Give a line its height, and what stands on it the place below its top."""
    from weasyprint.layout.inline import _adjust_line_height, line_box_verticality

    line.position_x = line.position_y = 0
    _adjust_line_height(line)
    bottom, top = line_box_verticality(line)
    line.baseline, line.height = -top, bottom - top
    line.margin_top = line.margin_bottom = 0
    for child in line.children:
        child.translate(dy=-top)


def _place(
    paragraph: _Paragraph, line: Any, indent: float, position_y: float, *, last: bool
) -> None:
    """Give a line its place, as its style aligns it."""
    slack = paragraph.around.width - indent - line.width
    x = paragraph.around.content_box_x() + indent + _offset(line.style, slack, last=last)
    line.translate(x, position_y)
    if paragraph.flow.leader is not None:
        from weasyprint.layout.leader import handle_leader

        handle_leader(paragraph.context, line, paragraph.around)


def _is_text(box: Any) -> bool:
    """Return whether a box on a line is a text, which is as high as its style says."""
    return isinstance(getattr(box, "pango_layout", None), Composed)


def _offset(style: Any, slack: float, *, last: bool) -> float:
    """Return how far a line that does not fill its measure stands from the left."""
    align = style["text_align_all"]
    if last and style["text_align_last"] != "auto":
        align = style["text_align_last"]
    if slack <= 0 or align in ("start", "left", "justify"):
        return 0.0
    return slack / 2 if align == "center" else slack


@dataclass(frozen=True, slots=True)
class _Boxed:
    """Copies the boxes of a paragraph for one of its lines."""

    part: Part
    around: Any

    def children(self, box: Any, x: float) -> list[Any]:
        """Return the copies of a box's children on this line, from ``x`` on."""
        from weasyprint.formatting_structure import boxes

        found = []
        spans, low = self.part.flow.spans, self.part.low
        for child in box.children[_first_after(box.children, spans, low) :]:
            start, end = spans[child]
            if start >= self.part.resume:
                break
            if start < end == low:
                continue
            is_text = isinstance(child, boxes.TextBox)
            made = self._text(child, x) if is_text else self._inline(child, x)
            if made is not None:
                x += made.width
                found.append(made)
        return _joined(found)

    def _inline(self, box: Any, x: float) -> Any:
        from weasyprint.layout.inline import _adjust_line_height
        from weasyprint.layout.percent import resolve_percentages

        resolve_percentages(box, self.around)
        made = box.copy_with_children(self.children(box, x))
        made.position_x, made.position_y = x, 0
        made.width = sum(child.width for child in made.children)
        _adjust_line_height(made)
        return made

    def _text(self, box: Any, x: float) -> Any:
        from weasyprint.text.line_break import strut

        cut = self.part.cut(self.part.flow.leaf_of[box])
        if cut is None:
            return None
        made = box.copy_with_text(cut.text)
        line_height, made.baseline = strut(box.style)
        made.position_x, made.position_y = x, 0
        made.width, made.height = cut.width, box.style["font_size"]
        made.margin_top = made.margin_bottom = (line_height - made.height) / 2
        vars(made).update(_WITHOUT_ROOM)
        made.pango_layout = cut.composed
        return made


_WITHOUT_ROOM = dict.fromkeys(
    (
        *("margin_left", "margin_right"),
        *(f"padding_{side}" for side in ("top", "right", "bottom", "left")),
        *(f"border_{side}_width" for side in ("top", "right", "bottom", "left")),
    ),
    0,
)
"""The lengths that an element would have, of a text box: none."""


def _joined(children: list[Any]) -> list[Any]:
    """Join texts of one element that only empty elements part: a line is best read as one stretch.

    The empty elements, which links lead to, stay where they are on the page.
    """
    found: list[Any] = []
    text: Any = None
    for child in children:
        if _is_text(child):
            if text is not None and text.element is child.element:
                one, other = text.pango_layout, child.pango_layout
                text.text += child.text
                text.width += child.width
                text.pango_layout = replace(
                    one,
                    text=one.text + other.text,
                    clusters=[*one.clusters, *other.clusters],
                    spaces=[*one.spaces, *other.spaces],
                    hyphen=other.hyphen,
                )
                continue
            text = child
        elif child.children:
            text = None
        found.append(child)
    return found


def _first_after(children: Sequence[Any], spans: dict[Any, tuple[int, int]], start: int) -> int:
    """Return the first child that ends at or after a cluster."""
    return bisect_left(children, start, key=lambda child: spans[child][1])
