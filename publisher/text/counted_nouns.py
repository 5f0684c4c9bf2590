"""Counts with their nouns, for messages: 1 page, 2 pages."""

from __future__ import annotations

from publisher.messages import translatable


def count_noun(count: int, noun: str) -> str:
    """Return a count with its noun, in the plural unless the count is 1."""
    plural = noun if count == 1 else f"{noun}s"
    return translatable(f"{{count}} {plural}", count=count)
