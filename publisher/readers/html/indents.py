"""The indent of a table cell's first line, by the styles of the elements around it (CSS 2.2, 8.3, 8.4, 16.1)."""

from __future__ import annotations

import re
from math import fsum
from typing import TYPE_CHECKING

from publisher.readers.alignments import ALIGNMENTS
from publisher.readers.html.alignments import element_alignment
from publisher.readers.html.inline_marks import DECLARATION
from publisher.text.indents import leading_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.readers.html.flow_items import CellLines
    from publisher.readers.html.tree import Element

_LENGTH = re.compile(r"(-?\d{0,5}\.?\d{1,4})(px|pt|em|rem|cm|mm|in|)")
_EMS = {
    "em": 1.0,
    "rem": 1.0,
    "px": 1 / 16,
    "pt": 1 / 12,
    "cm": 2.36,
    "mm": 0.236,
    "in": 6.0,
    "": 1 / 16,
}
"""How many ems a unit has at the usual size of 16 pixels."""
POINTS_PER_EM = 12.0
_LEFT = ("padding-left", "margin-left", "padding", "margin")
"""The properties that move the left edge."""
_LEFT_VALUE = {1: 0, 2: 1, 3: 1, 4: 3}
"""Which of so many values of a shorthand is that of the left side."""


def cell_indent(cell: CellLines, text: str) -> float:
    """Return how far the first line of a cell is from its left edge, in em; 0 if it is centred or set flush right.

    Args:
        cell: The cell.
        text: Its text, white space at its start included.
    """
    indent = leading_width(text)
    has_text_indent = False
    if not cell.lines or element_alignment(cell.lines[0].element) in ALIGNMENTS:
        return 0.0
    for element in _elements_around(cell):
        declarations = dict(DECLARATION.findall(element.attributes.get("style", "").lower()))
        if "text-indent" in declarations and not has_text_indent:
            has_text_indent = True  # inherited: the innermost one applies
            indent += length_in_ems(declarations["text-indent"])
        indent += fsum(length_in_ems(declarations[name]) for name in _LEFT if name in declarations)
    return indent


def _elements_around(cell: CellLines) -> Iterator[Element]:
    """Yield the elements from the first line up to the cell."""
    element: Element | None = cell.lines[0].element
    while element is not None and element is not cell.element:
        yield element
        element = element.parent
    yield cell.element


def length_in_ems(value: str) -> float:
    """Return a length in em; of the values of a shorthand, that of the left side (CSS 2.2, 8.3)."""
    values = value.split()
    match = (
        _LENGTH.fullmatch(values[_LEFT_VALUE[len(values)]]) if len(values) in _LEFT_VALUE else None
    )
    return float(match[1]) * _EMS[match[2]] if match else 0.0
