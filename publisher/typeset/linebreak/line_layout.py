"""The lines of paragraphs, broken by the rules for Chinese text, in place of WeasyPrint's own.

It replaces ``weasyprint.layout.block.iter_line_boxes``. In: a line box that holds a whole paragraph. Out: its lines one
after another, each with the position where the next begins. A paragraph with a float, an inline block, a picture or
anything else that is not text is left to WeasyPrint and counted.

A paragraph is shaped once and its breaks are chosen together; both are kept with its box, so that a paragraph that
continues on another page is not broken again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from publisher.typeset.linebreak.box_copier import BoxCopier
from publisher.typeset.linebreak.code_boxes import CodeBoxes
from publisher.typeset.linebreak.inline_content import InlineContent, Segment
from publisher.typeset.linebreak.leader_dots import join_leader_dots
from publisher.typeset.linebreak.line_slice import LineSlice
from publisher.typeset.linebreak.optimum_fit import Line, Measure
from publisher.typeset.linebreak.paragraph import (
    NO_WRAP,
    read_inline_content,
    unsupported_reason,
)
from publisher.typeset.linebreak.plain_lines import make_text_only_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.typeset.linebreak.shaping import Shaper

SHORT_TEXT = 40
"""Characters of the longest text that is shared between paragraphs, such as table cells with equal text."""


class LineLayout:
    """Lays out the lines of one document."""

    def __init__(self, shaper: Shaper, stock: Any, *, traced: bool = False) -> None:
        """Use the glyphs of ``shaper``; ``stock`` has WeasyPrint's own functions.

        With ``traced`` each line box has an attribute ``traced_line``, from which ``break_trace`` explains its end.
        """
        self._shaper = shaper
        self._stock = stock
        self._codes = CodeBoxes(shaper)
        self._traced = traced
        self._contents: dict[Any, InlineContent | str | None] = {}
        """By line box, its content, or why it is left to WeasyPrint, or None if it is empty."""
        self._short_contents: dict[tuple[str, int, int], InlineContent] = {}
        """The contents of paragraphs with one short text box, by text and styles."""
        self.unsupported: Counter[str] = Counter()
        """How many paragraphs were left to WeasyPrint, by reason."""
        self.unset_formulas = 0
        """How many formulas are set as text, because their paragraphs were left to WeasyPrint."""
        self.reduced_formulas = 0
        """How many times formulas were reduced to the width of their lines."""

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
        """Yield the lines of a paragraph from ``skip_stack`` on, each with the skip stack of the next.

        The last two of ``others`` are the styles of a first letter and of a first line.
        """
        content = self.content_of(box)
        if context.excluded_shapes:
            content = "it is beside a float"
        elif any(others[-2:]):
            content = "its first letter or first line has its own style"
        elif isinstance(content, InlineContent) and content.formula_width:
            content = self._fit_formulas(box, content, containing_block.width)
        if isinstance(content, InlineContent):
            paragraph = _Paragraph(context, box, content, containing_block, self._traced)
            yield from _iter_lines(paragraph, position_y, skip_stack)
            return
        if content and _has_text(box):
            self.unsupported[content] += 1
            self.unset_formulas += sum(hasattr(child, "formula") for child in box.descendants())
        self._codes.separate(box)
        _forbid_hyphens(box)
        yield from self._stock.iter_line_boxes(
            context, box, position_y, bottom_space, skip_stack, containing_block, *others
        )

    def lines_of_cell(
        self, context: Any, box: Any, content: InlineContent, cell: Any, bottom_space: float
    ) -> Iterator[tuple[Any, Any]]:
        """Yield the lines of a paragraph of plain text that is all that a table cell holds, as ``iter_line_boxes`` does."""
        style, width = cell_style(box.style), cell.width
        if self._traced or style is None or len(content.segments) != 1 or not _is_simple(content):
            others: tuple[Any, ...] = ([], [], None, None)
            position_y = cell.content_box_y()
            yield from self.iter_line_boxes(
                context, box, position_y, bottom_space, None, cell, *others
            )
            return
        (segment,) = content.segments
        position_x, position_y = cell.content_box_x(), cell.content_box_y()
        justified, break_anywhere = style
        measure = Measure(
            first_width=width, width=width, justified=justified, break_anywhere=break_anywhere
        )
        for line in segment.break_lines(measure, 0):
            ends = line.next_start >= segment.size
            line_box = make_text_only_line(box, LineSlice(content, 0, line), content.extents or {})
            slack = width - line_box.width
            line_box.position_x = position_x + _alignment_offset(box.style, slack, is_last=ends)
            line_box.position_y = position_y
            position_y += line_box.height
            yield line_box, None if ends else content.encode_skip_stack(line.next_start)

    def content_of(self, box: Any) -> InlineContent | str | None:
        """Return the content of a paragraph, or why it is left to WeasyPrint; None if it is empty."""
        content = self._contents.get(box, "")
        if content == "" or (isinstance(content, InlineContent) and not content.is_valid()):
            content = self._contents[box] = self._clone_equal(box) or self._read(box)
        return content

    def min_content_width(
        self,
        context: Any,
        box: Any,
        outer: bool = True,  # noqa: FBT001, FBT002 - WeasyPrint's signature
        **options: Any,
    ) -> float:
        """Return the min-content width of a paragraph (CSS Sizing 3): its widest unbreakable group."""
        return self._content_width(context, box, options, outer=outer, minimum=True)

    def max_content_width(
        self,
        context: Any,
        box: Any,
        outer: bool = True,  # noqa: FBT001, FBT002 - WeasyPrint's signature
        **options: Any,
    ) -> float:
        """Return the max-content width of a paragraph: with line ends only at forced breaks."""
        return self._content_width(context, box, options, outer=outer, minimum=False)

    def _content_width(
        self, context: Any, box: Any, options: dict[str, Any], *, outer: bool, minimum: bool
    ) -> float:
        content = self.content_of(box) if self._is_whole(box, options) else None
        if not isinstance(content, InlineContent):
            self._codes.separate(box)
            stock = self._stock
            measure = stock.inline_min_content_width if minimum else stock.inline_max_content_width
            width = float(measure(context, box, outer, **options))
            return self._codes.added_width(box, width, minimum=minimum)
        breakers = [segment.breaker for segment in content.segments]
        if minimum:
            anywhere = box.style["overflow_wrap"] == "anywhere"
            widths = [breaker.min_content_width(break_anywhere=anywhere) for breaker in breakers]
        else:
            widths = [breaker.max_content_width() for breaker in breakers]
        return _outer_width(box, outer, widths)

    @staticmethod
    def _is_whole(box: Any, options: dict[str, Any]) -> bool:
        from publisher._weasyprint.formatting_structure import boxes

        return isinstance(box, boxes.LineBox) and not options.get("skip_stack")

    def _fit_formulas(
        self, box: Any, content: InlineContent, width: float
    ) -> InlineContent | str | None:
        """Return the content of a paragraph with the formulas that are wider than its lines reduced."""
        indent = getattr(box.style["text_indent"], "value", 0.0)
        room = width - max(0.0, indent)
        if content.formula_width <= room + 1e-6 or room <= 0:
            return content
        self.reduced_formulas += 1
        fitted = read_inline_content(box, self._shaper, room)
        self._contents[box] = fitted
        return fitted

    def _clone_equal(self, box: Any) -> InlineContent | None:
        """Return the content of a paragraph with equal short text in the same styles, if there is one."""
        known = self._short_contents.get(_short_text_key(box)) if _is_short_text(box) else None
        return known and known.clone_for(box)

    def _read(self, box: Any) -> InlineContent | str | None:
        content = unsupported_reason(box) or read_inline_content(box, self._shaper)
        if isinstance(content, InlineContent) and _is_short_text(box):
            self._short_contents[_short_text_key(box)] = content
        return content


def _is_simple(content: InlineContent) -> bool:
    """Return whether the lines of a paragraph are text from left to right, without formulas and leaders."""
    return not (content.formula_width or content.right_to_left) and content.leader is None


def cell_style(style: Any) -> tuple[bool, bool] | None:
    """Return whether the lines of a style are justified, and whether they may end anywhere; ``None`` if the first is indented."""
    cached = vars(style)
    if "cell_style" not in cached:
        break_anywhere = style["overflow_wrap"] in ("anywhere", "break-word")
        wraps = style["white_space"] not in NO_WRAP
        values = style["text_align_all"] == "justify", break_anywhere and wraps
        cached["cell_style"] = None if style["text_indent"].value else values
    value: tuple[bool, bool] | None = cached["cell_style"]
    return value


def _is_short_text(box: Any) -> bool:
    """Return whether a line box holds one short text and nothing else."""
    children = box.children
    return (
        len(children) == 1
        and 0 < len(getattr(children[0], "text", "")) <= SHORT_TEXT
        and not hasattr(children[0], "formula")
    )


def _short_text_key(box: Any) -> tuple[str, int, int]:
    (text,) = box.children
    return text.text, id(text.style), id(box.style)


def _has_text(box: Any) -> bool:
    """Return whether a line box holds any text, and not only pictures."""
    return any(str(getattr(child, "text", "")).strip() for child in box.descendants())


def _outer_width(box: Any, outer: bool, widths: list[float]) -> float:  # noqa: FBT001 - WeasyPrint's
    """Return the widest line, the first with its indent, adjusted as WeasyPrint adjusts a box's width."""
    from publisher._weasyprint.layout.preferred import adjust

    indent = box.style["text_indent"]
    if getattr(indent, "unit", "%") != "%":
        widths = [widths[0] + indent.value, *widths[1:]]
    return float(adjust(box, outer, max(widths)))


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph in its containing block."""

    context: Any
    """WeasyPrint's layout context."""
    box: Any
    content: InlineContent
    containing_block: Any
    traced: bool
    """Whether line boxes keep what ``break_trace`` needs."""


class TracedLine(NamedTuple):
    """Why a line ends where it does can be computed from this."""

    content: InlineContent
    segment: Segment
    line: Line
    measure: Measure


def _iter_lines(
    paragraph: _Paragraph, position_y: float, skip_stack: Any
) -> Iterator[tuple[Any, Any]]:
    """Yield the positioned lines of a paragraph, each with the skip stack of the next."""
    from publisher._weasyprint.layout.percent import resolve_one_percentage, resolve_percentages

    box, content = paragraph.box, paragraph.content
    containing_block = paragraph.containing_block
    resolve_percentages(box, containing_block)
    if skip_stack is None:
        resolve_one_percentage(box, "text_indent", containing_block.width)
    else:
        box.text_indent = 0
    first_cluster = content.decode_skip_stack(skip_stack)
    first_segment = content.segment_at(first_cluster)
    for index, segment in enumerate(content.segments[first_segment:], first_segment):
        begin = max(0, first_cluster - segment.start) if index == first_segment else 0
        is_first_line = skip_stack is None and index == 0
        indent = box.text_indent if is_first_line else 0.0
        measure = Measure(
            first_width=containing_block.width - indent,
            width=containing_block.width,
            justified=box.style["text_align_all"] == "justify",
            break_anywhere=box.style["overflow_wrap"] in ("anywhere", "break-word")
            and box.style["white_space"] not in NO_WRAP,
        )
        for line in segment.break_lines(measure, begin):
            ends_segment = line.next_start >= segment.size
            line_slice = LineSlice(content, index, line)
            if content.extents is not None:
                line_box = make_text_only_line(box, line_slice, content.extents)
            else:
                line_box = _make_line(paragraph, line_slice)
                _align_vertically(line_box)
            if paragraph.traced:
                line_box.traced_line = TracedLine(content, segment, line, measure)
            line_indent = indent if line.start == 0 else 0.0
            _position(paragraph, line_box, line_indent, position_y, is_last=ends_segment)
            position_y = line_box.position_y + line_box.height
            box.text_indent = 0
            if not ends_segment:
                yield line_box, content.encode_skip_stack(segment.start + line.next_start)
            elif index + 1 < len(content.segments):
                yield line_box, content.encode_skip_stack(content.segments[index + 1].start)
            else:
                yield line_box, None


def _make_line(paragraph: _Paragraph, line_slice: LineSlice) -> Any:
    """Return a line box with copies of the paragraph's boxes, not yet positioned."""
    copier = BoxCopier(line_slice, paragraph.containing_block)
    children = copier.copy_children(paragraph.box, -line_slice.line.trim_start)
    line_box = paragraph.box.copy_with_children(children)
    line_box.width = line_slice.line.width
    return line_box


def _align_vertically(line_box: Any) -> None:
    """Set the height of a line, and position its children below its top."""
    from publisher._weasyprint.layout.inline import _adjust_line_height, line_box_verticality

    line_box.position_x = line_box.position_y = 0
    _adjust_line_height(line_box)
    bottom, top = line_box_verticality(line_box)
    line_box.baseline, line_box.height = -top, bottom - top
    line_box.margin_top = line_box.margin_bottom = 0
    for child in line_box.children:
        child.translate(dy=-top)


def _position(
    paragraph: _Paragraph, line_box: Any, indent: float, position_y: float, *, is_last: bool
) -> None:
    """Move a line to its position, by its indent and its alignment."""
    containing_block = paragraph.containing_block
    slack = containing_block.width - indent - line_box.width
    offset = _alignment_offset(line_box.style, slack, is_last=is_last)
    if paragraph.content.right_to_left and line_box.style["text_align_all"] != "center":
        offset, indent = max(0.0, slack) - offset, 0.0
    line_box.translate(containing_block.content_box_x() + indent + offset, position_y)
    if paragraph.content.leader is not None:
        from publisher._weasyprint.layout.leader import handle_leader

        handle_leader(paragraph.context, line_box, containing_block)
        join_leader_dots(line_box)


def _alignment_offset(style: Any, slack: float, *, is_last: bool) -> float:
    """Return how far to the right the alignment moves a line that is ``slack`` narrower than its block."""
    alignment = style["text_align_all"]
    if is_last and style["text_align_last"] != "auto":
        alignment = style["text_align_last"]
    if slack <= 0 or alignment in ("start", "left", "justify"):
        return 0.0
    return slack / 2 if alignment == "center" else slack


def _forbid_hyphens(box: Any) -> None:
    """Let WeasyPrint add no hyphens to the lines of a paragraph: they would be read as characters of its text."""
    for descendant in box.descendants():
        if descendant.style["hyphens"] == "auto":
            descendant.style = descendant.style.copy()
            descendant.style["hyphens"] = "manual"
