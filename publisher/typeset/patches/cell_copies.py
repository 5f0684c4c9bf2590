"""Cells of plain text whose boxes are copies of those of an earlier cell.

A long table has thousands of cells that differ in their text alone. WeasyPrint makes three boxes for each of them from its element, and
goes through them five times: for white space, for letters to be changed, for missing parts of tables, for lines in blocks and for
blocks in lines. Here this is done once for all cells with one style and one span. The boxes of later cells are copies of those
of the first one with other texts; ``table_boxes`` applies this.

Only a cell is copied that holds nothing but text whose white space is single blanks, and whose style counts nothing, names no target, and
neither adds nor changes text.

In: the element of a cell, and the styles of its document. Out: its box.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree.ElementTree import Element

_Signature = tuple[int, str, str | None, bool]
"""What the boxes of a cell depend on besides its text: its style, the names of its element, its span, and whether there is any text."""
_EMPTIED: ContextVar[list[Any] | None] = ContextVar("copied cells without lines", default=None)


class CellCopies:
    """The cells of one document that others are copies of."""

    def __init__(self) -> None:
        """Begin without models."""
        self._first: dict[_Signature, Any] = {}
        """The first cell with each signature, as it is made from its element; ``None`` if cells like it are not copied."""
        self._models: dict[_Signature, Any] = {}
        """The same cells, with their lines."""

    def boxes(self, element: Element, style_for: Any, make: Callable[[], list[Any]]) -> list[Any]:
        """Return the boxes of a ``td`` or a ``th`` element: a copy, or those that ``make`` returns."""
        text = element.text
        if len(element) or "rowspan" in element.attrib or not _is_plain(text):
            return make()
        signature = id(style_for(element)), element.tag, element.get("colspan"), bool(text)
        if signature not in self._first:
            result = make()
            self._first[signature] = result[0] if _is_model(result, text) else None
            return result
        if self._first[signature] is None:
            return make()
        if signature not in self._models:
            self._models[signature] = _complete(self._first[signature])
        return [_copy_cell(self._models[signature], element)]


def _is_plain(text: str | None) -> bool:
    """Return whether a text is on one line as it is, whatever its style says about white space."""
    return not text or (" ".join(text.split()) == text and "\xad" not in text)


def _is_model(result: list[Any], text: str | None) -> bool:
    """Return whether the boxes of a cell are its own and that of its text, and leave nothing else behind."""
    from publisher._weasyprint.formatting_structure import boxes

    if [type(box) for box in result] != [boxes.TableCellBox]:
        return False
    (cell,) = result
    style = cell.style
    return (
        [getattr(child, "text", None) for child in cell.children] == ([text] if text else [])
        and not (style["counter_reset"] or style["counter_set"] or style["anchor"])
        and style["counter_increment"] in ("auto", [], ())
        and style["string_set"] == style["bookmark_level"] == style["float"] == "none"
        and style["position"] in ("static", "relative")
        and style["text_transform"] == "none"
        and cell.first_letter_style is None
        and cell.first_line_style is None
    )


def _complete(cell: Any) -> Any:
    """Return a copy of the boxes of a cell, with the line that its text is in."""
    from publisher._weasyprint.formatting_structure import build

    model = cell.deepcopy()
    model.process_whitespace()
    model.process_text_transform()
    return build.block_in_inline(build.inline_in_block(model))


def _copy_cell(model: Any, element: Element) -> Any:
    """Return a copy of a cell, with a text instead of lines."""
    cell = _copy(model, element)
    cell.model = model
    cell.process_whitespace = cell.process_text_transform = _skip
    cell.children = []
    for line in model.children:
        (model_text,) = line.children
        text = _copy(model_text, element)
        text.text = element.text
        cell.children.append(text)
    return cell


def _skip(*_: Any) -> bool:
    """Change no text, as there are no blanks to be removed."""
    return False


def _copy(box: Any, element: Element) -> Any:
    """Return a copy of a box for another element."""
    duplicate = box.copy()
    duplicate.element = element
    duplicate.remove_decoration_sides = set()
    return duplicate


def is_without_lines(box: Any) -> bool:
    """Return whether a box is a copied cell whose text is in no line yet."""
    return "model" in vars(box)


def take_text(cell: Any) -> None:
    """Take the text out of a copied cell until all other boxes are complete."""
    emptied = _EMPTIED.get()
    if emptied is None:
        raise LookupError("the text of a cell would not be put back")
    cell.texts, cell.children = cell.children, []
    emptied.append(cell)


@contextmanager
def texts_put_back() -> Iterator[None]:
    """At the end put the texts that were taken out of cells into lines like those of their models."""
    emptied: list[Any] = []
    token = _EMPTIED.set(emptied)
    try:
        yield
    finally:
        _EMPTIED.reset(token)
    for cell in emptied:
        cell.children = [_copy(line, cell.element) for line in cell.model.children]
        for line in cell.children:
            line.children = cell.texts
        del cell.model, cell.texts, cell.process_whitespace, cell.process_text_transform
