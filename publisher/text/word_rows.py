"""Rows of short words between gaps, such as the names of a list in columns.

Input: two lines. Output: whether they are rows. The end of a row parts two words as its gaps do, so it is no accident of layout.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.text.characters import HAN, SPACES

if TYPE_CHECKING:
    from collections.abc import Iterator

_GAP = re.compile(f"[{SPACES}]+")
_WIDE_GAP = re.compile("[ \xa0]{2}|\u3000")
_MARK = re.compile("[，。；：、！？,;:!?]")
_WORD_WITH_HAN = re.compile(f"[{HAN}]")
SHORTEST_ROW = 3
"""Words of the first row at least."""
LONGEST_WORD = 10
"""Characters of the longest word."""


def are_word_rows(line: str, following: str) -> bool:
    """Return whether a line and the next one are rows of short words.

    Example:
        >>> are_word_rows("张小明 李小红 王小刚", "赵小亮 钱小多")
        True
        >>> are_word_rows("张小明 李小红 王小刚", "等三人参加了会议。")
        False

    """
    words = list(_words(line))
    return (
        len(words) >= SHORTEST_ROW
        and _are_row(line, words)
        and _are_row(following, list(_words(following)))
    )


def _are_row(line: str, words: list[str]) -> bool:
    return (
        not _MARK.search(line)
        and all(len(word) <= LONGEST_WORD for word in words)
        and (any(len(word) > 1 for word in words) or bool(_WIDE_GAP.search(line.strip())))
        and bool(_WORD_WITH_HAN.search(line))
    )


def _words(line: str) -> Iterator[str]:
    return (word for word in _GAP.split(line) if word)
