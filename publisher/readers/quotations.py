"""The block quotations of a source, by the markup of its format.

In: the spans of the source that are marked as quotations, and the text that was read. Out: the outermost ones that hold
text of the report. Editors of web pages and mail programs also use this markup to indent everything: if most of the text is
marked, nothing is a quotation.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

from publisher.model import Locator
from publisher.readers.result import segment_texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.model import Segment

LARGEST_SHARE = 0.5
"""The largest share of the characters of a text that is quoted."""


def block_quotations(
    spans: Iterable[tuple[int, int]], segments: Iterable[Segment]
) -> tuple[Locator, ...]:
    """Return the outermost of the spans that hold text; none if they hold most of it.

    Args:
        spans: The start and the end of each quotation in the source, an outer one before those inside it.
        segments: What was read, in the order of the source.

    """
    texts = [text for text in segment_texts(segments) if text.string]
    starts = [text.starts[0] for text in texts]
    sums = list(accumulate(map(len, texts), initial=0))
    quotations: list[Locator] = []
    quoted = last = 0
    for start, end in spans:
        first, after = bisect_left(starts, start), bisect_left(starts, end)
        if start < last or first >= after:
            continue
        last = end
        quoted += sums[after] - sums[first]
        quotations.append(Locator(offset=start, length=end - start))
    return tuple(quotations) if quoted <= LARGEST_SHARE * sums[-1] else ()
