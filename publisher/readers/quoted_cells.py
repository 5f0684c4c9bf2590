"""Cells with a line end in text that was copied from a spreadsheet, which puts such a cell in quotation marks.

Input: a text. Output: the text with each of these cells on one line and without its quotation marks, and the edits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.text.characters import is_cjk
from publisher.text.edits import Replacement, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Edit, Text

RULE = "table-quotes"
"""The rule of the edits that take the quotation marks and line ends out."""
_CELL = re.compile(
    '(?:(?<=\\t)|(?<![^\\r\\n]))"(?P<words>(?:[^"\\t]|""){1,400}+)"(?=[\\t\\r\\n]|$)'
)
"""What is between two quotation marks from the beginning of a cell to its end."""
_PART = re.compile('""|[ \u3000]*(?:\\r\\n|[\\r\\n])\\s*')
_REASON = "the spreadsheet puts a cell with a line end in quotation marks"


def join_quoted_cells(text: Text) -> tuple[Text, tuple[Edit, ...]]:
    """Return a text whose quoted cells with line ends are on one line, and the edits."""
    if '"' not in text.string or "\t" not in text.string:
        return text, ()
    return apply_edits(text, _replacements(text.string), stage="read", rule=RULE)


def _replacements(string: str) -> Iterator[Replacement]:
    for match in _CELL.finditer(string):
        start, end = match.span()
        is_cell = string[start - 1 : start] == "\t" or string[end : end + 1] == "\t"
        if not is_cell or not re.search("[\\r\\n]", match["words"].strip()):
            continue
        yield Replacement(start=start, end=start + 1, after="", reason=_REASON)
        for part in _PART.finditer(string, start + 1, end - 1):
            before, behind = string[part.start() - 1], string[part.end()]
            after = "" if is_cjk(before) or is_cjk(behind) else " "
            if part[0] == '""':
                after = '"'
            yield Replacement(start=part.start(), end=part.end(), after=after, reason=_REASON)
        yield Replacement(start=end - 1, end=end, after="", reason=_REASON)
