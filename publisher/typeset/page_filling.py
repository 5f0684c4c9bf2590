"""Pictures and wide tables for which a page has no room: the page is filled all the same.

In: the boxes of a document, while its pages are laid out. Out: the same boxes. A picture that nearly fits is reduced. A
picture that does not fit, and a table on landscape pages, are set after paragraphs that follow them, as far as these are on
the page; headings above the table stay with these paragraphs. This needs a caption, by which the text refers to them, and no
sentence that leads to them (如下图：) or back to them (上表). The tags keep the order of the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SMALLEST_SCALE = 0.7
"""A picture is reduced to this part of its width at most."""
LEAST_ROOM = 3
"""The room at the foot of a page that text fills, in lines."""
ROUNDING = 1e-3
"""How much smaller a reduced picture is than the room for it."""
MOST_PARAGRAPHS = 20
"""A picture is set after so many paragraphs at most."""
WIDE_PAGES = ("landscape", "fold-out")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LEADS_ON = ("：", ":")
_LEADS_BACK = re.compile("[上前][表图圖述]|以上|如上")
_FIRST_WORDS = 30
"""Characters of a paragraph in which ``_LEADS_BACK`` is looked for."""
_NUMBERED = re.compile("\\s*附?表\\s*[0-9０-９一二三四五六七八九十]")


def mark_document(element: Element, root: Any) -> None:
    """Mark the boxes of a document that has pictures or wide tables."""
    tables = (table.get("class", "").split() for table in element.iter("table"))
    if next(element.iter("img"), None) is not None or any(
        page in classes or f"opening-{page}" in classes for classes in tables for page in WIDE_PAGES
    ):
        _mark_boxes(root)


def _mark_boxes(root: Any) -> bool:
    """Give boxes the attributes that ``lay_out`` reads; return whether there is one below.

    ``picture`` is the image of a box that is not broken, with its style; ``may_be_filled`` is set at each box around a picture with
    a caption or a table on wide pages. Layout adds ``read_before``, the element of the first paragraph that a box is set after.
    """
    has_marks = False
    for child in root.children:
        image = _image(child)
        if image is not None:
            child.picture = image, image.style
            child_is_marked = any("caption" in _classes(line) for line in child.children)
            if child_is_marked:
                child.has_caption = True
        elif child.is_table_wrapper:
            child_is_marked = _is_wide(child)
        else:
            child_is_marked = _mark_boxes(child)
        has_marks = has_marks or child_is_marked
    if has_marks:
        root.may_be_filled = True
    return has_marks


def _image(box: Any) -> Any:
    """Return the image of a group of a picture and its lines, or of a picture alone; ``None`` for other boxes."""
    classes = _classes(box)
    if "figure-group" in classes:
        return next((image for child in box.children if (image := _image(child))), None)
    if "picture" in classes and len(box.children) == 1 and box.children[0].element_tag == "img":
        return box.children[0]
    return None


def _classes(box: Any) -> list[str]:
    """Return the classes of the element of a box; none for an anonymous box."""
    if box.element is None or box.element_tag != box.element.tag:
        return []
    return str(box.element.get("class", "")).split()


def is_marked(box: Any) -> bool:
    """Return whether a box is a picture, or has pictures with captions or wide tables."""
    return hasattr(box, "picture") or hasattr(box, "may_be_filled")


def lay_out(original: Any, context: Any, box: Any, *arguments: Any) -> Any:
    """Lay out a block that is marked.

    Args:
        original: WeasyPrint's ``block_container_layout``.
        context: Its layout context.
        box: The block.
        arguments: The other arguments of ``original``.

    """
    layout = _Layout(original, context, box, box.position_y, arguments)
    return _lay_out_picture(layout) if hasattr(box, "picture") else _lay_out_text(layout)


@dataclass(frozen=True, slots=True)
class _Layout:
    """The layout of a block on what is left of a page, which can be tried more than once."""

    original: Any
    """WeasyPrint's ``block_container_layout``."""
    context: Any
    box: Any
    top: float
    """Where the block begins; each layout moves it."""
    arguments: tuple[Any, ...]
    """Those of ``original`` after the box."""

    @property
    def bottom(self) -> float:
        """Where the page ends for the block."""
        return float(self.context.page_bottom - self.arguments[0])

    @property
    def page_is_empty(self) -> bool:
        """Whether nothing is on the page yet."""
        return bool(self.arguments[2])

    def run(self) -> Any:
        """Return the result of ``original``."""
        self.box.position_y = self.top
        *before, margins = self.arguments[:6]
        return self.original(
            self.context, self.box, *before, list(margins or ()), *self.arguments[6:]
        )

    def forget(self, result: Any) -> None:
        """Take back what a layout has left in the context, such as notes at the foot of the page."""
        from publisher._weasyprint.layout.block import remove_placeholders

        if result[0] is not None:
            remove_placeholders(self.context, result[0].children, *self.arguments[3:5])


def _lay_out_picture(layout: _Layout) -> Any:
    """Lay out a picture with its lines; one that does not fit is reduced, if it then fits."""
    image, style = layout.box.picture
    image.style = style
    result = layout.run()
    if result[0] is not None or layout.page_is_empty or style["width"] == "auto":
        return result
    width = min(style["width"].value, layout.box.width)

    def run_reduced(scale: float) -> Any:
        image.style = style.copy()
        image.style["width"] = type(style["width"])(width * scale, "px")
        return layout.run()

    result = run_reduced(SMALLEST_SCALE)
    if result[0] is None:
        return result
    group = result[0]
    height = next(child.height for child in group.descendants() if child.element is image.element)
    room = layout.bottom - group.border_box_y() - group.border_height()
    scale = SMALLEST_SCALE * (1 + room / height) - ROUNDING
    if scale <= SMALLEST_SCALE:
        return result
    layout.forget(result)
    result = run_reduced(min(1.0, scale))
    return result if result[0] is not None else run_reduced(SMALLEST_SCALE)


def _lay_out_text(layout: _Layout) -> Any:
    """Lay out a block; what would leave the foot of the page blank is set after the next paragraphs."""
    result = layout.run()
    for _ in range(MOST_PARAGRAPHS):
        move = _next_move(layout, result)
        if move is None:
            break
        layout.forget(result)
        move.make()
        result = layout.run()
        if not move.has_filled(layout.box, result):
            layout.forget(result)
            move.take_back()
            return layout.run()
    return result


@dataclass(slots=True)
class _Move:
    """What is set after the paragraph that follows it, and the headings above it that stay before this paragraph."""

    container: Any
    start: int
    """The index of the first of its boxes in the container."""
    end: int
    """The index of the paragraph."""
    headings: tuple[Any, ...] = ()
    """Headings on the pages of a wide table."""
    is_table: bool = False
    moved: list[Any] = field(default_factory=list)
    """The boxes, and what ``take_back`` restores: the children of the container, and the ``read_before`` of each box."""
    children: Any = ()
    read_before: list[Any] = field(default_factory=list)

    def make(self) -> None:
        """Change the order of the boxes."""
        self.children = self.container.children
        self.moved = list(self.children[self.start : self.end])
        self.read_before = [vars(box).get("read_before") for box in self.moved]
        paragraph = self.children[self.end]
        for box, element in zip(self.moved, self.read_before, strict=True):
            box.read_before = paragraph.element if element is None else element
        page_values = paragraph.page_values()
        for heading in self.headings:
            heading.page_values = lambda: page_values
        before, behind = self.children[: self.start], self.children[self.end + 1 :]
        self.container.children = [*before, paragraph, *self.moved, *behind]

    def take_back(self) -> None:
        """Restore the order of the boxes."""
        self.container.children = self.children
        for box, element in zip(self.moved, self.read_before, strict=True):
            box.read_before = element
        for heading in self.headings:
            del heading.page_values

    def has_filled(self, box: Any, result: Any) -> bool:
        """Return whether the layout of a box has the paragraph on the page: some of its lines, before a table all of them."""
        placed, resume_at = result[:2]
        while placed is not None and resume_at:
            ((index, resume_at),) = resume_at.items()
            if box is self.container and self.is_table:
                return resume_at is None and box.children[index] is self.moved[0]
            if box is self.container:
                return resume_at is not None or index != self.start
            box = box.children[index]
        return placed is not None and not self.is_table


def _next_move(layout: _Layout, result: Any) -> _Move | None:
    """Return what the page ends before, if it has room for the paragraph that follows it."""
    placed, resume_at = result[:2]
    if placed is None or not placed.children or not resume_at:
        return None
    ((index, inside),) = resume_at.items()
    children = layout.box.children
    if inside is not None or not index > 0:
        return None
    if hasattr(children[index], "has_caption"):
        move: _Move | None = _Move(layout.box, index, index + 1)
    else:
        move = _wide_table(layout.box, index)
    if move is None or not _may_move(move):
        return None
    last = placed.children[-1]
    room = layout.bottom - last.border_box_y() - last.border_height()
    paragraph = move.container.children[move.end]
    return move if room >= LEAST_ROOM * _line_height(paragraph) else None


def _may_move(move: _Move) -> bool:
    """Return whether a paragraph follows, and no sentence beside what is moved points to it by its place."""
    children = move.container.children
    if move.end >= len(children) or not _is_paragraph(children[move.end]):
        return False
    before = children[move.start - 1] if move.start and not move.headings else None
    if before is not None and _text(before).rstrip().endswith(_LEADS_ON):
        return False
    return not _LEADS_BACK.search(_text(children[move.end])[:_FIRST_WORDS])


def _wide_table(box: Any, index: int) -> _Move | None:
    """Return the move of a table with a caption that begins a wide page at a child of a box, itself or below headings."""
    headings: list[Any] = []
    while index < len(box.children):
        child = box.children[index]
        if child.element_tag == "section":
            box, index = child, 0
        elif child.element_tag in HEADINGS and _is_wide(child):
            headings.append(child)
            index += 1
        elif child.is_table_wrapper and _is_wide(child) and _is_numbered(child):
            end = index + 1
            while end < len(box.children) and _is_wide(box.children[end]):
                end += 1
            return _Move(box, index, end, tuple(headings), is_table=True)
        else:
            break
    return None


def _is_wide(box: Any) -> bool:
    """Return whether a box begins on a landscape page or one that folds out."""
    return box.page_values()[0] in WIDE_PAGES


def _is_numbered(table: Any) -> bool:
    """Return whether the caption of a table has a number."""
    caption = table.element.find("caption")
    return caption is not None and bool(_NUMBERED.match("".join(caption.itertext())))


def _is_paragraph(box: Any) -> bool:
    """Return whether a box is a paragraph of running text."""
    return box.element_tag == "p" and box.is_in_normal_flow() and set(_classes(box)) <= {"numbered"}


def _text(box: Any) -> str:
    """Return the text of a block that has not been laid out."""
    return "".join(getattr(child, "text", "") for child in box.descendants())


def _line_height(box: Any) -> float:
    """Return the distance of the lines of a paragraph, px."""
    from publisher._weasyprint.text.line_break import strut

    return float(strut(box.style)[0])
