"""The classes of characters that composition knows, and what a convention allows of each.

Requirements for Chinese Text Layout (CLREQ), 3.1; GB/T 15834-2011, 5.1 (Simplified); for Traditional
the conventions of Taiwan and Hong Kong, whose stops stand in the middle of their em and keep it.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import category, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kind(IntEnum):
    """What a character is to the line that it stands in."""

    IDEOGRAPH = 0
    """A character that a line may end before and after."""
    OPEN = 1
    CLOSE = 2
    PAUSE = 3
    """A stop or a comma."""
    MIDDLE = 4
    """间隔号 and other short marks that join."""
    DASH = 5
    ELLIPSIS = 6
    LETTER = 7
    DIGIT = 8
    SPACE = 9
    NARROW_OPEN = 10
    NARROW_CLOSE = 11
    PREFIX = 12
    """What a figure follows: ￥, §, 第."""
    SUFFIX = 13
    """What follows a figure: %, ℃."""
    JOINER = 14
    """What stands inside a figure or a word: . / - :"""
    GLUE = 15
    """A space that no line ends at, and format characters that join."""
    BREAK = 16
    """Nothing to see, but a line may end: a zero-width space."""


_TABLE: Mapping[Kind, str] = {
    Kind.OPEN: "（《〈「『【〖〔［｛“‘〝｟",
    Kind.CLOSE: "）》〉」』】〗〕］｝”’〞〟｠",
    Kind.PAUSE: "，、；：。．！？﹐﹑﹔﹕﹒﹗﹖｡､",
    Kind.MIDDLE: "·‧・•～〜々ー",
    Kind.DASH: "—―─⸺–",
    Kind.ELLIPSIS: "…⋯",
    Kind.NARROW_OPEN: "([{¿¡",
    Kind.NARROW_CLOSE: ")]},;!?»",
    Kind.PREFIX: "￥¥$€£＄§№#＃±+−＋－×÷=＝<>≤≥≈«",
    Kind.SUFFIX: "%‰℃°％′″㎡㎢㎞㎏",
    Kind.JOINER: ".:/-_@&~\\|*'\"‐‑",
    Kind.SPACE: " \t",
    Kind.GLUE: "\u00a0\u202f\u2060\ufeff\u200d",
    Kind.BREAK: "\u200b",
}
_KINDS: Mapping[str, Kind] = {
    character: kind for kind, characters in _TABLE.items() for character in characters
}
MARKS = frozenset({Kind.OPEN, Kind.CLOSE, Kind.PAUSE})
"""Full-width marks with blank of their own beside the ink."""
NO_START = frozenset(
    {
        Kind.CLOSE,
        Kind.PAUSE,
        Kind.MIDDLE,
        Kind.DASH,
        Kind.ELLIPSIS,
        Kind.NARROW_CLOSE,
        Kind.SUFFIX,
        Kind.GLUE,
    }
)
"""What never begins a line (CLREQ 3.1.7)."""
NO_END = frozenset({Kind.OPEN, Kind.NARROW_OPEN, Kind.PREFIX, Kind.GLUE})
"""What never ends a line."""
WESTERN = frozenset({Kind.LETTER, Kind.DIGIT})
"""What stands a gap away from an ideograph."""


_GROUPS: Mapping[str, Kind] = {
    "Ps": Kind.NARROW_OPEN,
    "Pe": Kind.NARROW_CLOSE,
    "Nd": Kind.DIGIT,
    "So": Kind.IDEOGRAPH,
    "No": Kind.IDEOGRAPH,
    **dict.fromkeys(("Zs", "Zl", "Zp"), Kind.SPACE),
    **dict.fromkeys(("Cf", "Mn", "Mc", "Me"), Kind.GLUE),
}
_WIDE_GROUPS: Mapping[str, Kind] = {
    "Ps": Kind.OPEN,
    "Pi": Kind.OPEN,
    "Pe": Kind.CLOSE,
    "Pf": Kind.CLOSE,
}


@cache
def kind_of(character: str) -> Kind:
    """Return the class of a character: the table's, else that of its kind in Unicode."""
    known = _KINDS.get(character)
    if known is not None:
        return known
    group = category(character)
    if east_asian_width(character) in "WF":
        return _WIDE_GROUPS.get(group, Kind.IDEOGRAPH)
    return _GROUPS.get(group, Kind.LETTER)


def is_traditional(language: str) -> bool:
    """Return whether stops stand in the middle of their em (Taiwan, Hong Kong)."""
    return "Hant" in language or language in ("zh-TW", "zh-HK", "zh-MO")
