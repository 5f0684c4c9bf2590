"""Pages in words: which they are, in few characters.

Enters: numbers of pages in their order. Leaves: ``pages 3, 7–9``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 8
"""Stretches that are named before the rest is only counted."""


def numbered(pages: Sequence[int]) -> str:
    """Name pages, those in a row by the first and the last of them."""
    stretches: list[list[int]] = []
    for page in pages:
        if stretches and page == stretches[-1][1] + 1:
            stretches[-1][1] = page
        else:
            stretches.append([page, page])
    named = [f"{a}" if a == b else f"{a}–{b}" for a, b in stretches[:MOST]]
    more = sum(b - a + 1 for a, b in stretches[MOST:])
    tail = f" and {more} more" if more else ""
    return f"page{'s' if len(pages) > 1 else ''} {', '.join(named)}{tail}"
