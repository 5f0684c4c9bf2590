"""The blank lines of a table cell, as a browser shows them: the lines of ``br`` and of blocks with a no-break space only.

In: a cell. Out: its ``BlankLines`` by their offsets; a row with a height has more below its text. A block without anything in it has no line (CSS 2.2, 9.4.2).
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from publisher.readers.blank_lines import blank_lines, lines_of_height
from publisher.readers.html.indents import POINTS_PER_EM, length_in_ems
from publisher.readers.html.inline_marks import DECLARATION
from publisher.readers.html.layout_tables import cell_nodes
from publisher.readers.html.tree import Element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import BlankLines

_COLLAPSED = " \t\r\n\f"
"""White space that makes no line (CSS Text Module Level 3, 4.1.1)."""


def cell_blank_lines(
    cell: Element, source: str, *, is_last: bool = False
) -> tuple[BlankLines, ...]:
    """Return the blank lines of a cell, those in a row together.

    Args:
        cell: The cell.
        source: The page.
        is_last: Whether it is the last cell of its row, which has the lines that the height of the row adds.
    """
    lines = list(_lines(cell, source))
    further = lines_of_height(_row_height(cell)) - max(len(lines), 1) if is_last else 0
    return blank_lines([*lines, *[(cell.end, True)] * (further + (not lines and further > 0))])


def _row_height(cell: Element) -> float:
    """Return the height that a page gives the row of a cell, in points; 0 for none."""
    row = cell.parent
    cells = [] if row is None else list(row.child_elements())
    single = [child for child in cells if child.attributes.get("rowspan", "1").strip() in ("", "1")]
    return max((_height(element) for element in [*([row] if row else []), *single]), default=0.0)


def _height(element: Element) -> float:
    styles = dict(DECLARATION.findall(element.attributes.get("style", "").lower()))
    value = styles.get("height", "") or element.attributes.get("height", "")
    return POINTS_PER_EM * length_in_ems(value.replace("!important", ""))


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
