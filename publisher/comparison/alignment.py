"""Pair the entries of two lists of texts that belong together, in order.

Input: two lists. Output: pairs of indices. Equal entries are paired first (the longest common blocks); between
them, entries are paired so that the sum of their similarities is greatest. The similarity of two texts is
Dice's coefficient of their pairs of characters (L. R. Dice, 1945), with all numbers alike, so that the same
sentence with another figure is the same sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MIN_SIMILARITY: Final = 0.5
"""Less similar texts are different texts."""
MAX_PAIRS: Final = 1_000_000
"""Pairs of entries that are compared between two equal entries; longer runs are replaced as a whole."""
_NUMBER = re.compile("[0-9０-９]+(?:[.．,，][0-9０-９]+)*|[〇一二三四五六七八九十百千]+")

Pair = tuple[int | None, int | None]
"""The index in the first and in the second list; ``None`` if only one has the entry."""


def align(before: Sequence[str], after: Sequence[str]) -> Iterator[Pair]:
    """Yield the pairs of two lists in their order; each index occurs once.

    Example:
        >>> list(align(["总则", "附则"], ["总则", "罚则", "附则"]))
        [(0, 0), (None, 1), (1, 2)]

    """
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(range(first, last), range(start, end), strict=True)
        else:
            for left, right in _pair_similar(before[first:last], after[start:end]):
                yield (
                    None if left is None else first + left,
                    None if right is None else start + right,
                )


def _pair_similar(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    """Return the pairs with the greatest sum of similarities; removed entries come before added ones."""
    rows, columns = len(before), len(after)
    if not rows or not columns or rows * columns > MAX_PAIRS:
        return [
            *((row, None) for row in range(rows)),
            *((None, column) for column in range(columns)),
        ]
    left, right = (
        [_character_pairs(text) for text in before],
        [_character_pairs(text) for text in after],
    )
    similarities = [
        [_similarity(row_pairs, column_pairs) for column_pairs in right] for row_pairs in left
    ]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in reversed(range(rows)):
        for column in reversed(range(columns)):
            similarity = similarities[row][column]
            paired = similarity + best[row + 1][column + 1] if similarity >= MIN_SIMILARITY else 0
            best[row][column] = max(paired, best[row + 1][column], best[row][column + 1])
    pairs: list[Pair] = []
    row = column = 0
    while row < rows and column < columns:
        similarity = similarities[row][column]
        if best[row][column] == best[row + 1][column]:
            pairs.append((row, None))
            row += 1
        elif best[row][column] == best[row][column + 1]:
            pairs.append((None, column))
            column += 1
        else:
            pairs.append((row, column))
            row, column = row + 1, column + 1
    pairs += [(number, None) for number in range(row, rows)]
    pairs += [(None, number) for number in range(column, columns)]
    return pairs


def _character_pairs(text: str) -> Counter[str]:
    """Return how often each pair of adjacent characters occurs, with every number written as 0."""
    text = f"\n{_NUMBER.sub('0', text)}\n"
    return Counter(map("".join, pairwise(text)))


def _similarity(left: Counter[str], right: Counter[str]) -> float:
    """Return Dice's coefficient of two bags: 0 if they share nothing, 1 if they are equal."""
    smaller, larger = (left, right) if len(left) <= len(right) else (right, left)
    common = sum(min(count, larger[key]) for key, count in smaller.items() if key in larger)
    return 2 * common / (left.total() + right.total())
