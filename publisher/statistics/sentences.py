"""Split running text into sentences.

Input: a string. Output: its sentences, each with its position. A sentence of more than ``LONGEST``
characters is cut at a comma, so that the time to read a text stays proportional to its length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 1200
"""Characters. Figures of one statement are closer together; the longest sentence of the model report has 330."""

CLOSING = "。！？\n"
LONGEST_WORD = 100
"""Characters of a number or a Latin word that is not cut."""


def split_sentences(string: str, ends: str = CLOSING) -> Iterator[tuple[int, str]]:
    """Yield the position and the text of each sentence, including its closing mark."""
    start = 0
    length = len(string)
    while start < length:
        limit = min(start + LONGEST, length)
        stops = [position for mark in ends if (position := string.find(mark, start, limit)) >= 0]
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
    """Return the last position before ``limit`` that is not inside a number or a Latin word."""
    for position in range(limit, max(start, limit - LONGEST_WORD), -1):
        if not (string[position - 1].isascii() and string[position].isascii()):
            return position
    return limit
