"""The words of a Simplified text, and how likely another reading of a span is.

Input: a text. Output: its words, by the dictionary and the word frequencies of ``rjieba`` without its
model for unknown words, so that a character that no word contains is a word of its own; or the cost of a
span, which is less the more frequent its words are.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_TOTAL = math.log(60_101_967)
"""The natural logarithm of the number of words that the frequencies of ``rjieba`` were counted in."""
MOST_CACHED_COSTS = 20_000
"""Costs that stay in memory."""


def split_words(text: str) -> list[str]:
    """Return the words of a text in order; together they are the whole text.

    >>> split_words("粮食面积")
    ['粮食', '面积']
    """
    import rjieba

    return rjieba.cut(text, False)  # noqa: FBT003 - a positional parameter of the library


def fits_words(start: int, end: int, borders: AbstractSet[int]) -> bool:
    """Return whether a span is made of whole words, or is inside one word.

    Args:
        start: The first offset of the span.
        end: One past its last offset.
        borders: The offsets where words begin or end.

    """
    return (start in borders and end in borders) or borders.isdisjoint(range(start + 1, end))


def is_word(text: str) -> bool:
    """Return whether the word list contains a text."""
    import rjieba

    return rjieba.has_word(text)


@lru_cache(MOST_CACHED_COSTS)
def word_cost(word: str) -> float:
    """Return the cost of a word: minus the natural logarithm of its share of all words."""
    import rjieba

    return _TOTAL - (math.log(rjieba.suggest_freq(word)) if rjieba.has_word(word) else 0.0)


@lru_cache(MOST_CACHED_COSTS)
def text_cost(text: str) -> float:
    """Return the cost of the words of a text together; 0 for an empty text."""
    return math.fsum(map(word_cost, split_words(text)))


def extra_cost(text: str, start: int, end: int) -> float:
    """Return how much dearer a text is if its span from ``start`` to ``end`` is one word.

    A small cost is a doubt about the borders of words; a large one is none.
    """
    with_span = text_cost(text[:start]) + word_cost(text[start:end]) + text_cost(text[end:])
    return with_span - text_cost(text)
