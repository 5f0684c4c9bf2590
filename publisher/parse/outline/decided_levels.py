"""The levels of headings that a person decided, which nothing else in the outline changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.parse.entries import Line

if TYPE_CHECKING:
    from publisher.parse.entries import Entry


def decided_level(entry: Entry) -> int:
    """Return the decided level of a heading, from 1; 0 if nobody decided it."""
    if isinstance(entry, Line) and entry.decided == "heading" and entry.level:
        return max(entry.level - 1, 1)
    return 0
