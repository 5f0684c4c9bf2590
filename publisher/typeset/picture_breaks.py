"""Pictures at page breaks: where a picture does not fit on its page, the page is filled all the same.

In: the boxes of a document, while its pages are laid out. Out: the same boxes; a picture that nearly fits is reduced; one
that does not is set after paragraphs that follow it, as far as they are on the page. This needs a caption, by which the
text refers to the picture, and no sentence that leads to it (如下图：). The tags keep the order of the source: the tagger reads
it from the elements, not from the boxes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SMALLEST_SCALE = 0.7
"""A picture is reduced to this part of its width at most."""
LEAST_ROOM = 3
"""The room at the foot of a page that text fills, in lines."""
ROUNDING = 1e-3
"""How much smaller a reduced picture is than the room for it."""
MOST_PARAGRAPHS = 20
"""A picture is set after so many paragraphs at most."""
_LEADS_ON = ("：", ":")


def mark_pictures(root: Any) -> None:
    """Give each box with a picture and each of its parents the attributes that ``lay_out_pictures`` reads.

    ``picture`` is the image of a box that is not broken, with its style; ``has_captioned_pictures`` is set at the parent of
    one with a caption. Layout adds ``read_before``, the element of the first paragraph that a picture is set after.
    """
    for child in root.children:
        image = _image(child)
        if image is None:
            mark_pictures(child)
        else:
            child.picture = image, image.style
            if any("caption" in _classes(line) for line in child.children):
                child.has_caption = root.has_captioned_pictures = True


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


def has_pictures(box: Any) -> bool:
    """Return whether a box is a picture, or has pictures with captions."""
    return hasattr(box, "picture") or hasattr(box, "has_captioned_pictures")


def lay_out_pictures(original: Any, context: Any, box: Any, *arguments: Any) -> Any:
    """Lay out a block: a picture, or one with pictures that have captions.

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
    """Lay out a block; a picture that would leave the foot of the page blank is set after the next paragraphs."""
    result = layout.run()
    for _ in range(MOST_PARAGRAPHS):
        index = _moving_picture(layout, result)
        if index is None:
            break
        picture, paragraph = layout.box.children[index : index + 2]
        first = vars(picture).get("read_before")
        layout.forget(result)
        _exchange(layout.box, index)
        picture.read_before = first if first is not None else paragraph.element
        result = layout.run()
        if result[0] is None or result[1] == {index: None}:  # no line of the paragraph fits either
            layout.forget(result)
            _exchange(layout.box, index)
            picture.read_before = first
            return layout.run()
    return result


def _moving_picture(layout: _Layout, result: Any) -> int | None:
    """Return the index of the picture before which a page ends with room for the paragraph that follows it."""
    box, (placed, resume_at) = layout.box, result[:2]
    if placed is None or not placed.children or not resume_at or len(resume_at) > 1:
        return None
    ((index, inside),) = resume_at.items()
    if inside is not None or not 0 < index < len(box.children) - 1:
        return None
    picture, before, after = (box.children[index + step] for step in (0, -1, 1))
    if not hasattr(picture, "has_caption") or not _is_paragraph(after):
        return None
    if _text(before).rstrip().endswith(_LEADS_ON):
        return None
    last = placed.children[-1]
    room = layout.bottom - last.border_box_y() - last.border_height()
    return index if room >= LEAST_ROOM * _line_height(after) else None


def _exchange(box: Any, index: int) -> None:
    """Exchange two neighbouring children of a box."""
    children = list(box.children)
    children[index : index + 2] = children[index + 1], children[index]
    box.children = type(box.children)(children)


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
