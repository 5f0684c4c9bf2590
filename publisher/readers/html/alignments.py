"""The alignment of a page's lines, by the attributes and styles of the elements around them (CSS Text Module Level 3, 6.1).

The innermost element that gives an alignment decides. What is around a table places the table, not the lines in its cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.readers.html.inline_marks import DECLARATION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.readers.html.flow_items import Line
    from publisher.readers.html.tree import Element


def line_alignments(lines: Iterable[Line]) -> Iterator[tuple[int, int, str]]:
    """Yield the start and the end of each line with its alignment, if elements give it one."""
    known: dict[Element, str] = {}
    for line in lines:
        element = line.element
        if element not in known:
            known[element] = element_alignment(element)
        if known[element] and line.pieces:
            yield line.start, line.end, known[element]


def element_alignment(element: Element | None) -> str:
    """Return the alignment of the lines in an element; empty if none is given."""
    while element is not None:
        declarations: dict[str, str] = dict(
            DECLARATION.findall(element.attributes.get("style", "").lower())
        )
        value = declarations.get("text-align", "").replace("!important", "").strip()
        if not value and element.is_block and element.name != "table":
            value = element.attributes.get("align", "").strip().lower()
        if not value and element.name == "center":
            value = "center"
        if value not in ("", "inherit", "unset"):
            return value.removeprefix("-webkit-").removeprefix("-moz-")
        element = element.parent if element.name != "table" else None
    return ""
