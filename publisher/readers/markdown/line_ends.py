"""Line ends inside the blocks of Markdown, and the numbers of its notes.

A line end inside a paragraph is a soft break (CommonMark 0.31, 6.8): nothing beside a Chinese character, a space
elsewhere. A hard break is kept, and so is a line end before a numbered line, between two fields, such as 时间：
and 地点：, between rows of short words, such as names, or beside a date that is a line of its own; each of them is a line of the report.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.readers.gap_tables import find_gap_tables
from publisher.readers.text_tables import with_line_feeds
from publisher.text.characters import HAN, is_cjk
from publisher.text.dates import is_date
from publisher.text.edits import Replacement
from publisher.text.line_starts import timed_entries
from publisher.text.word_rows import are_word_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import Text

_NOTE_LABEL = re.compile(r"\[\^([^\[\]\s^]{1,40})\]")
NOTE_START = re.compile(rf"[ \t>]*{_NOTE_LABEL.pattern}:")
"""The beginning of a note."""
_MAX_NUMBER_LENGTH = 3
_LINE_BREAK = re.compile("(?:(?<![ \t])[ \t]+)?\n[ \t\u3000]*")
_GAP = re.compile("\\S(?:[ \xa0]{2}|\u3000)[ \xa0\u3000]*\\S")
_FIELD = re.compile(f"[ \t\u3000*]*[{HAN}]{{2,8}}[*]*[：:](?=.{{1,100}}$)(?!.*[。！？]$)")
"""A line that is a field of a form or a notice."""
_JOIN_REASON = "a line end inside a paragraph of Markdown"


def note_numbers(text: str, lines: list[tuple[int, int, int]]) -> dict[str, str]:
    """Return the number of each note by its label; labels that are words get unused numbers."""
    labels = dict.fromkeys(match[1] for match in _NOTE_LABEL.finditer(text))
    numbers = {
        label: label
        for label in labels
        if label.isascii() and label.isdigit() and len(label) <= _MAX_NUMBER_LENGTH
    }
    defined = {match[1] for start, end, _ in lines if (match := NOTE_START.match(text, start, end))}
    used = set(numbers)
    unused_numbers = (str(number) for number in range(1, 1000) if str(number) not in used)
    named_labels = (label for label in labels if label in defined and label not in used)
    return numbers | dict(zip(named_labels, unused_numbers, strict=False))


def soft_breaks(text: Text, source: str) -> list[int]:
    """Return the indexes of the soft breaks of a paragraph.

    A numbered line, or a field below a field, begins a line; a date alone on its line is that of a signature.
    A hard break (``<br>``, or a backslash before the line end) is not written as a line end in the source.
    """
    from publisher.text.numbering import read_number

    string = with_line_feeds(text.string)
    rows = rows_of_gaps(string)
    entries = timed_entries(string.split("\n"))
    line_ends = []
    number = 0
    end = string.find("\n")
    while end >= 0:
        following = string[end + 1 : end + 80].lstrip()
        line = string[string.rfind("\n", 0, end) + 1 : end]
        next_line = following.partition("\n")[0]
        has_cells = any(mark in part for mark in "|\t" for part in (line, next_line))
        is_row = has_cells or are_word_rows(line, next_line)
        offset = text.starts[end]
        is_hard = source[offset] not in "\r\n" or source[max(0, offset - 2) : offset].removesuffix(
            "\r"
        ).endswith("\\")
        is_dated = is_date(line) or is_date(next_line)
        is_field = _FIELD.match(line) and _FIELD.match(next_line)
        is_row = is_row or not rows.isdisjoint((number, number + 1))
        is_entry = number + 1 in entries
        number += 1
        if not (is_row or is_entry or is_hard or is_field or is_dated or read_number(following)):
            line_ends.append(end)
        end = string.find("\n", end + 1)
    return line_ends


def has_gap_rows(string: str) -> bool:
    """Return whether a text has several lines, one of which has a gap between two words."""
    return "\n" in string.strip() and _GAP.search(string) is not None


def rows_of_gaps(string: str) -> frozenset[int]:
    """Return the numbers of the lines that are rows of a table whose columns are held by blanks, or may be, from 0."""
    if not has_gap_rows(string):
        return frozenset()
    tables, doubtful = find_gap_tables(string.split("\n"))
    spans = [*((table.first, max(table.last, table.doubtful_row)) for table in tables), *doubtful]
    return frozenset(number for first, last in spans for number in range(first, last + 1))


def join_lines(text: Text, line_ends: Iterable[int]) -> Iterator[Replacement]:
    """Yield a replacement for each line end at one of some indexes.

    Next to a CJK character a line end is removed; elsewhere it becomes a space. Hard line breaks,
    with two spaces before the line end, are kept.
    """
    selected = line_ends if isinstance(line_ends, range) else frozenset(line_ends)
    string = with_line_feeds(text.string)
    for match in _LINE_BREAK.finditer(string):
        if not match.start() or match.end() == len(string) or match[0].startswith("  "):
            continue
        if any(index in selected for index in range(*match.span())):
            neighbours = string[match.start() - 1], string[match.end()]
            yield Replacement(
                start=match.start(),
                end=match.end(),
                after="" if any(map(is_cjk, neighbours)) else " ",
                reason=_JOIN_REASON,
            )
