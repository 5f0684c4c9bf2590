"""The lines of a source that are centred or set flush right, by the markup of its format.

In: the spans of lines with their alignment, and the text that was read. Out: those that the page keeps. Editors of web pages
also centre running text; a line longer than a few lines of a page is running text, which is justified. If most of it is
aligned, the markup is that of the page, and only the cells of tables keep theirs.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from publisher.model import AlignedSpan, Locator, Passage, SourceTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from publisher.model import Alignment, Segment, Text

MAX_ALIGNED = 80
"""Characters of the longest line that keeps its alignment: three lines of a page."""
ALIGNMENTS: Final[dict[str, Alignment]] = {"center": "center", "right": "right", "end": "right"}
"""The alignment that each value of a format is; others are flush left or justified."""


def aligned_spans(
    spans: Iterable[tuple[int, int, str]], segments: Sequence[Segment]
) -> tuple[AlignedSpan, ...]:
    """Return the spans whose alignment the page keeps, in order.

    Args:
        spans: The start and the end of each line in the source with its alignment, one of the values of ``ALIGNMENTS`` or
            another one; none is inside another.
        segments: What was read.
    """
    aligned = sorted(
        (start, end, ALIGNMENTS[value]) for start, end, value in spans if value in ALIGNMENTS
    )
    if not aligned:
        return ()
    long = [
        segment.text
        for segment in segments
        if isinstance(segment, Passage) and len(segment.text) > MAX_ALIGNED
    ]
    removed = _spans_of(long, aligned)
    if 2 * len(removed) > len(long):
        cells = _spans_of(
            [
                cell.text
                for segment in segments
                if isinstance(segment, SourceTable)
                for row in segment.rows
                for cell in row
            ],
            aligned,
        )
        removed = set(range(len(aligned))) - cells
    return tuple(
        AlignedSpan(alignment=alignment, locator=Locator(offset=start, length=end - start))
        for index, (start, end, alignment) in enumerate(aligned)
        if index not in removed and end > start
    )


def _spans_of(texts: Iterable[Text], aligned: Sequence[tuple[int, int, Alignment]]) -> set[int]:
    """Return the numbers of the spans that characters of the texts are in."""
    starts = [start for start, _, _ in aligned]
    numbers: set[int] = set()
    for text in texts:
        if not text.string:
            continue
        first = max(bisect_left(starts, text.starts[0] + 1) - 1, 0)
        for index in range(first, bisect_left(starts, text.ends[-1])):
            if aligned[index][1] > text.starts[0]:
                numbers.add(index)
    return numbers
