"""Inline marks and the characters of a text that they apply to."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import Mark, Text


def sort_marks(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return marks in the order of their offsets; of marks with one offset the longer one is first."""
    return tuple(sorted(marks, key=lambda mark: (mark.locator.offset, -mark.locator.length)))


class MarkIndex:
    """The inline marks of a source, searchable by the texts that they apply to."""

    def __init__(self, marks: tuple[Mark, ...]) -> None:
        """Take marks in the order of their offsets."""
        self._marks = marks
        self._starts = [mark.locator.offset for mark in marks]
        ends = (mark.locator.offset + mark.locator.length for mark in marks)
        self._latest_ends = list(accumulate(ends, max))
        """The latest end of each mark and all before it."""

    def spans(self, text: Text) -> Iterator[tuple[int, int, Mark]]:
        """Yield the first character of a text that each mark applies to, one past the last, and the mark.

        A mark applies to the characters whose source begins inside it.
        """
        if not self._marks or not text.string:
            return
        starts = text.starts
        first = bisect_left(self._latest_ends, starts[0] + 1)
        for index in range(first, bisect_left(self._starts, starts[-1] + 1)):
            mark = self._marks[index]
            begin = bisect_left(starts, mark.locator.offset)
            end = bisect_left(starts, mark.locator.offset + mark.locator.length)
            if begin < end:
                yield begin, end, mark


def marks_of_texts(marks: Iterable[Mark], texts: Iterable[Text]) -> tuple[Mark, ...]:
    """Return the marks that apply to any character of some texts, sorted."""
    index = MarkIndex(sort_marks(marks))
    used = {id(mark): mark for text in texts for _, _, mark in index.spans(text)}
    return sort_marks(used.values())
