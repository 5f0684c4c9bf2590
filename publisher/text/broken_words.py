"""Words that are broken over two lines, by the dictionary of ``rjieba``.

Input: two lines. Output: whether a word of the dictionary begins at the end of the first and ends at the beginning of the second.
"""

from __future__ import annotations

from typing import Literal

from publisher.text.characters import is_han
from publisher.text.words import split_words, word_cost

Proof = Literal["certain", "likely", "none"]
LONGEST_END = 16
"""Characters of each line that are read."""
LEAST_ASSOCIATION = 4.5
"""How much more frequent a word is than its two parts side by side (natural logarithm), at least, to prove a break."""


def broken_word(left: str, right: str) -> Proof:
    """Return whether a word goes on from one line to the next.

    It is certain if one of the two parts is a single character and the word is far more frequent than its parts side by side: 公
    and 开. Two words of two characters, such as 人民 and 法院, may also be the last and the first of two lines.

    Example:
        >>> broken_word("青川县人民政府办公", "室（含机要局）"), broken_word("青川县中级人民", "法院")
        ('certain', 'likely')
        >>> broken_word("青川县财政局", "青川县审计局"), broken_word("在会议上", "代市长")
        ('none', 'likely')

    """
    left, right = left[-LONGEST_END:], right[:LONGEST_END]
    if not (is_han(left[-1:]) and is_han(right[:1])):
        return "none"
    offset = 0
    for word in split_words(left + right):
        following = offset + len(word)
        if offset < len(left) < following:
            first, second = word[: len(left) - offset], word[len(left) - offset :]
            association = word_cost(first) + word_cost(second) - word_cost(word)
            is_certain = min(len(first), len(second)) == 1 and association >= LEAST_ASSOCIATION
            return "certain" if is_certain else "likely"
        offset = following
    return "none"
