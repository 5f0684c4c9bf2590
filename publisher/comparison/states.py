"""What became of a line, a table, a cell or a figure between two reports."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """What became of a part of a report."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


def state_of(before: object | None, after: object | None) -> State:
    """Return what became of a part; ``None`` is the side that lacks it."""
    if before is None:
        return State.ADDED
    if after is None:
        return State.REMOVED
    return State.SAME if before == after else State.CHANGED
