"""Counts with their nouns, for messages: 1 page, 2 pages."""

from __future__ import annotations


def count_noun(count: int, noun: str) -> str:
    """Return a count with its noun, in the plural unless the count is 1."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
