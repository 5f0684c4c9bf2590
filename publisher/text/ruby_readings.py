"""Readings of ruby: which are set above their base, and how the others are written."""

from __future__ import annotations

MAX_BASE = 12
"""Characters of the longest base with one reading: no line ends inside it."""
MAX_READING = 48
"""Characters of the longest reading that is set above its base."""
IN_BRACKETS_REASON = "a reading that cannot be set above its base"


def is_set_above(base: str, reading: str) -> bool:
    """Return whether a reading is set above its base; if not, it follows the base in brackets."""
    return 0 < len(base.strip()) <= MAX_BASE and 0 < len(reading) <= MAX_READING


def in_brackets(reading: str) -> str:
    """Return a reading as it follows its base; empty for an empty reading."""
    return f"（{reading}）" if reading else ""
