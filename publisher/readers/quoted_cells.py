"""Cells with a line end in text that a spreadsheet wrote, which puts such a cell in quotation marks.

Input: a text. Output: the text with each of these cells on one line, and the edits. Between tabs the quotation marks are taken out too;
between commas the lines must be a table then, and ``comma_rows`` takes the marks out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.readers.comma_rows import find_comma_rows
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
_COMMA_FIELD = re.compile(
    '(?:(?<=,)|(?<![^\\r\\n]))"(?P<words>(?:[^"]|""){1,400}+)"(?=[,\\r\\n]|$)'
)
"""The same between commas."""
_DOUBLED = re.compile('""')
_LINE_END = re.compile("\\r\\n|[\\r\\n]")
_JOINT = re.compile("[ \u3000]*(?:\\r\\n|[\\r\\n])\\s*")
_REASON = "the spreadsheet puts a cell with a line end in quotation marks"


def join_quoted_cells(text: Text) -> tuple[Text, tuple[Edit, ...]]:
    """Return a text whose quoted cells with line ends are on one line, and the edits."""
    if '"' not in text.string or not ("\t" in text.string or "," in text.string):
        return text, ()
    replacements = [*_replacements(text.string)] or [*_between_commas(text.string)]
    return apply_edits(text, replacements, stage="read", rule=RULE)


def _between_commas(string: str) -> Iterator[Replacement]:
    """Yield a replacement for each line end in a quoted field of lines that are a table without it."""
    fields = [
        match for match in _COMMA_FIELD.finditer(string) if _LINE_END.search(match["words"].strip())
    ]
    if not fields:
        return
    parts, position, numbers, lines = [], 0, [], 0
    for field in fields:
        before = string[position : field.start()]
        lines += len(_LINE_END.findall(before))
        numbers.append(lines)
        parts += [before, _LINE_END.sub(" ", field[0])]
        position = field.end()
    joined = _LINE_END.sub("\n", "".join(parts) + string[position:])
    tables, _ = find_comma_rows(joined.split("\n"))
    rows = {number for first, last in tables for number in range(first, last + 1)}
    for field, number in zip(fields, numbers, strict=True):
        if number in rows:
            yield from _joints(string, *field.span())


def _replacements(string: str) -> Iterator[Replacement]:
    for match in _CELL.finditer(string):
        start, end = match.span()
        is_cell = string[start - 1 : start] == "\t" or string[end : end + 1] == "\t"
        if not is_cell or not re.search("[\\r\\n]", match["words"].strip()):
            continue
        yield Replacement(start=start, end=start + 1, after="", reason=_REASON)
        marks = (
            Replacement(start=mark.start(), end=mark.end(), after='"', reason=_REASON)
            for mark in _DOUBLED.finditer(string, start + 1, end - 1)
        )
        yield from sorted((*_joints(string, start, end), *marks), key=lambda part: part.start)
        yield Replacement(start=end - 1, end=end, after="", reason=_REASON)


def _joints(string: str, start: int, end: int) -> Iterator[Replacement]:
    """Yield a replacement for each line end of a quoted cell: nothing beside Chinese, else a space."""
    for part in _JOINT.finditer(string, start + 1, end - 1):
        before, behind = string[part.start() - 1], string[part.end()]
        after = "" if is_cjk(before) or is_cjk(behind) else " "
        yield Replacement(start=part.start(), end=part.end(), after=after, reason=_REASON)
