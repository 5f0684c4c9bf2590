"""Page numbers in messages: consecutive pages are written as ranges.

Input: page numbers in ascending order. Output: text such as ``pages 3, 7–9``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.messages import translatable

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_RANGES = 8
"""Number of ranges that are written out; the pages of further ranges are counted."""


def format_page_ranges(pages: Sequence[int]) -> str:
    """Return the pages as text; ``[3, 7, 8, 9]`` gives ``pages 3, 7–9``."""
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1][1] = page
        else:
            ranges.append([page, page])
    texts = [
        f"{first}" if first == last else f"{first}–{last}" for first, last in ranges[:MAX_RANGES]
    ]
    more = sum(last - first + 1 for first, last in ranges[MAX_RANGES:])
    suffix = translatable(" and {more} more", more=more) if more else ""
    return f"page{'s' if len(pages) > 1 else ''} {', '.join(texts)}{suffix}"
