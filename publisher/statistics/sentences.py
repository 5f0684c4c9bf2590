"""Sentences, as long as a figure's words can reach.

Enters: a stretch of running text. Leaves: its sentences, each with its place. One that goes on and
on is cut at a comma, so that the time to read it stays in proportion to its length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 1200
"""No sentence whose figures belong together is longer (the model report's longest has 330)."""


CLOSING = "。！？\n"
LONGEST_WORD = 100


def sentences(string: str, ends: str = CLOSING) -> Iterator[tuple[int, str]]:
    """Yield the place and the text of each sentence, its closing mark included."""
    start = 0
    length = len(string)
    while start < length:
        limit = min(start + LONGEST, length)
        stops = [place for mark in ends if (place := string.find(mark, start, limit)) >= 0]
        if stops:
            stop = min(stops) + 1
        elif limit == length:
            stop = length
        else:
            comma = max(string.rfind(mark, start, limit) for mark in "，；、")
            stop = comma + 1 if comma > start else _between_words(string, start, limit)
        yield start, string[start:stop]
        start = stop


def _between_words(string: str, start: int, limit: int) -> int:
    """Return the last place before ``limit`` that is in no figure and no Latin word."""
    for place in range(limit, max(start, limit - LONGEST_WORD), -1):
        if not (string[place - 1].isascii() and string[place].isascii()):
            return place
    return limit
