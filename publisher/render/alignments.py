"""The alignment of the lines of a page: those that the source centres or sets flush right.

In: the aligned spans of a report, and a text. Out: its alignment, and its lines in runs of one alignment.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import AlignedSpan, Text


class AlignedLines(NamedTuple):
    """Lines of a text with one alignment, from a character to one past the last."""

    start: int
    end: int
    alignment: str
    """``center``, ``right``, or empty for the alignment of the style."""


class AlignmentIndex:
    """The aligned spans of a report, searchable by its texts."""

    def __init__(self, spans: Sequence[AlignedSpan] = ()) -> None:
        """Take spans in order, of which none is inside another."""
        self._spans = spans
        self._starts = [span.locator.offset for span in spans]

    def alignment(self, text: Text) -> str:
        """Return the alignment of all lines of a text; empty if they differ or none is given."""
        if not self._spans or not text.string:
            return ""
        runs = list(self.runs(text))
        return runs[0].alignment if len(runs) == 1 else ""

    def runs(self, text: Text) -> Iterator[AlignedLines]:
        """Yield the lines of a text in runs of one alignment; the line feeds between two runs are in none."""
        lines: list[AlignedLines] = []
        start = 0
        for line in text.string.split("\n"):
            end = start + len(line)
            blank = len(line) - len(line.lstrip())
            first = text.starts[start + blank] if line.strip() else -1
            lines.append(AlignedLines(start, end, self._at(first)))
            start = end + 1
        for alignment, group in groupby(lines, key=lambda line: line.alignment):
            members = list(group)
            yield AlignedLines(members[0].start, members[-1].end, alignment)

    def _at(self, offset: int) -> str:
        """Return the alignment at an offset of the source."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return ""
        span = self._spans[index]
        inside = offset < span.locator.offset + span.locator.length
        return span.alignment if inside else ""
