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
MIN_MOVED_SIMILARITY: Final = 0.8
"""An entry that stands elsewhere has no neighbours to prove what it was, so that more of its words must be the same."""
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


def pair_moved(removed: Sequence[str], added: Sequence[str]) -> dict[int, int]:
    """Return for the index of an added entry that of the removed one that it was; the most similar are paired first.

    Example:
        >>> pair_moved(["三、收费情况", "培训6期。"], ["培训7期。", "二、收费情况", "新设窗口。"])
        {0: 1, 1: 0}

    """
    origins: dict[int, int] = {}
    used: set[int] = set()
    for _, row, column in sorted(_moved_candidates(removed, added)):
        if column not in origins and row not in used:
            origins[column] = row
            used.add(row)
    return dict(sorted(origins.items()))


def _moved_candidates(
    removed: Sequence[str], added: Sequence[str]
) -> Iterator[tuple[float, int, int]]:
    """Yield difference, index of the removed and index of the added entry, of those that may be the same."""
    if len(removed) * len(added) > MAX_PAIRS:
        rows: dict[str, int] = {}
        for row, text in enumerate(removed):
            rows.setdefault(text, row)
        yield from ((0.0, rows[text], column) for column, text in enumerate(added) if text in rows)
        return
    left, right = ([_character_pairs(text) for text in texts] for texts in (removed, added))
    for row, row_pairs in enumerate(left):
        for column, column_pairs in enumerate(right):
            similarity = _similarity(row_pairs, column_pairs)
            if similarity >= MIN_MOVED_SIMILARITY:
                is_equal = removed[row] == added[column]
                yield (-1.0 if is_equal else 1 - similarity, row, column)


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
