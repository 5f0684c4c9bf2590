"""Lines of a plain text whose fields are parted by commas, as a spreadsheet writes them (RFC 4180).

Input: lines. Output: those that are a table, and those that look like fields without being one. A table is proved by as many fields in
each line, a head of words, and a column of figures or fields in quotation marks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.readers.cell_forms import is_figure
from publisher.text.edits import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FEWEST_ROWS = 3
FEWEST_FIELDS = 3
LONGEST_FIELD = 40
"""Characters of a field that is not in quotation marks."""
LONGEST_ROW = 1000
_FIELD = re.compile(
    '(?:^|(?<=,))(?:[ \u3000]*"(?P<quoted>(?:[^"]|"")*)"[ \u3000\r]*|(?P<plain>[^",]*))(?=,|$)'
)
_QUOTED = re.compile('"[^"]*"')
_SENTENCE = re.compile("[。；？！，]|, |[；;.]$")
_GROUPED = re.compile("[-+]?[0-9]{1,3}(?:,[0-9]{3})+")
_REASON = "the commas and quotation marks draw a table"


def find_comma_rows(
    lines: Sequence[str],
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the first and the last line of each table, and of lines that look like fields but are not a certain table.

    Example:
        >>> find_comma_rows(["名称,数量,金额", "桌子,2,300", '"柜子,大",1,900'])
        ([(0, 2)], [])

    """
    tables: list[tuple[int, int]] = []
    doubtful: list[tuple[int, int]] = []
    for first, rows in _runs(lines):
        span = first, first + len(rows) - 1
        if _is_table(rows, lines[first : span[1] + 1]):
            tables.append(span)
        elif _looks_like_fields(rows):
            doubtful.append(span)
    return tables, doubtful


def comma_replacements(string: str) -> Iterator[Replacement]:
    """Yield a replacement for each comma between fields, a tab, and for each quotation mark around or inside a field."""
    offset = 0
    for line in string.split("\n"):
        for match in _FIELD.finditer(line):
            if match.start():
                comma = offset + match.start() - 1
                yield Replacement(start=comma, end=comma + 1, after="\t", reason=_REASON)
            if match["quoted"] is None:
                continue
            first, last = match.span("quoted")
            marks = [
                (first - 1, ""),
                *((m.start(), '"') for m in re.finditer('""', line[first:last])),
            ]
            for index, (position, after) in enumerate(marks):
                start = offset + position + (first if index else 0)
                yield Replacement(
                    start=start, end=start + 1 + bool(after), after=after, reason=_REASON
                )
            yield Replacement(start=offset + last, end=offset + last + 1, after="", reason=_REASON)
        offset += len(line) + 1


def _fields(line: str) -> list[str]:
    """Return the fields of a line; none if its quotation marks are not those of fields."""
    fields, position = [], 0
    for match in _FIELD.finditer(line):
        if match.start() != position:
            return []
        quoted = match["quoted"]
        fields.append(match["plain"].strip() if quoted is None else quoted.replace('""', '"'))
        position = match.end() + 1
    return fields if position == len(line) + 1 else []


def _row(line: str) -> list[str]:
    """Return the fields of a line that may be a row; none for a sentence, and for a single figure in groups."""
    if len(line) > LONGEST_ROW or "," not in line or _GROUPED.fullmatch(line.strip()):
        return []
    plain = _QUOTED.sub("", line)
    if _SENTENCE.search(plain.strip()) or any(len(f) > LONGEST_FIELD for f in plain.split(",")):
        return []
    fields = _fields(line)
    return fields if len(fields) > 1 else []


def _runs(lines: Sequence[str]) -> Iterator[tuple[int, list[list[str]]]]:
    """Yield the number of a line, and the fields of it and of those below it that may be rows; the first has enough fields."""
    rows: list[list[str]] = []
    for number, line in enumerate([*lines, ""]):
        row = _row(line)
        if row and (rows or len(row) >= FEWEST_FIELDS):
            rows.append(row)
        elif rows:
            if len(rows) >= FEWEST_ROWS:
                yield number - len(rows), rows
            rows = []


def _is_table(rows: Sequence[Sequence[str]], lines: Sequence[str]) -> bool:
    head, *body = rows
    if len({len(row) for row in rows}) > 1 or not all(head) or len(set(head)) < len(head):
        return False
    if any(map(is_figure, head)):
        return False
    columns = [[field for field in column if field] for column in zip(*body, strict=True)]
    has_figures = any(len(column) > 1 and all(map(is_figure, column)) for column in columns)
    return has_figures or any('"' in line for line in lines[1:])


def _looks_like_fields(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether half of the lines below the first have a field that is a figure."""
    body = rows[1:]
    return 2 * sum(any(map(is_figure, row)) for row in body) >= len(body)
