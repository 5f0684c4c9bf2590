"""The blank lines of a table cell, as a browser shows them: the lines of ``br`` and of blocks with a no-break space only.

In: a cell. Out: its ``BlankLines`` by their offsets. A block without anything in it has no line (CSS 2.2, 9.4.2).
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from publisher.readers.blank_lines import blank_lines
from publisher.readers.html.layout_tables import cell_nodes
from publisher.readers.html.tree import Element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import BlankLines

_COLLAPSED = " \t\r\n\f"
"""White space that makes no line (CSS Text Module Level 3, 4.1.1)."""


def cell_blank_lines(cell: Element, source: str) -> tuple[BlankLines, ...]:
    """Return the blank lines of a cell, those in a row together."""
    return blank_lines(_lines(cell, source))


def _lines(cell: Element, source: str) -> Iterator[tuple[int, bool]]:
    """Yield the offset of each line and whether it is blank."""
    start, text = -1, ""
    for node, _, is_end in cell_nodes(cell):
        if not isinstance(node, Element):
            characters = html.unescape(source[node.start : node.end]).strip(_COLLAPSED)
            start = node.start if characters and not text else start
            text += characters
        elif node.name == "br" and not is_end:
            yield (start, False) if text.strip() else (node.start, True)
            text = ""
        elif node.name == "img" and not is_end:
            start, text = node.start, "\ufffc"
        elif node.is_block and text:
            yield start, not text.strip()
            text = ""
    if text:
        yield start, not text.strip()
