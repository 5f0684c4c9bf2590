"""What the numbers at the beginning of lines say about where a document ends: they begin anew, or they go on.

Input: entries. Output: for a place, how much its numbers speak for a boundary there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from publisher.parse.entries import Entry, Line
from publisher.text.characters import HAN
from publisher.text.numbering import number_value
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMERAL = "[一二三四五六七八九十百]{1,5}"
_STYLES = (
    ("article", re.compile(f"第[ \u3000]*({_NUMERAL}|\\d{{1,3}})[ \u3000]*条")),
    ("chapter", re.compile(f"第[ \u3000]*({_NUMERAL}|\\d{{1,2}})[ \u3000]*(?:章|编|部分)")),
    ("comma", re.compile("([一二三四五六七八九十]{1,3})[、．.]")),
    ("capital", re.compile("([壹贰叁肆伍陆柒捌玖拾]{1,2})[、．.]")),
    ("roman", re.compile("([IVX]{1,4})[.．、]")),
    ("bracket", re.compile("[（(]([一二三四五六七八九十]{1,3})[）)]")),
    (
        "point",
        re.compile(
            f"(\\d{{1,2}})(?:[.．、](?!\\d)|[ \u3000]+(?=[{HAN}])|(?=[{HAN}]{{2,12}}$)(?![年月日个项件人次条份万亿元岁时分]))"
        ),
    ),
)
"""The styles of numbers, the outer ones first."""
_OUTER = ("article", "chapter", "comma", "capital", "roman")
NEAR = 8
"""The first number of a document is within so many entries of its title."""
RESTART = {True: 2, False: 1}
"""How much it speaks for a boundary that numbers begin anew, for outer and for inner styles."""
BEGIN = 1
"""The same, for the first number of a style."""
CONTINUED = -5
"""The same, if the numbers go on."""


class NumberSeries:
    """The numbers at the beginning of the lines of a source, by style."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Read the numbers of all lines."""
        self._numbers: list[tuple[str, int] | None] = [
            _number(entry.string) if isinstance(entry, Line) else None for entry in entries
        ]
        self._indexes: dict[str, list[int]] = {}
        for index, number in enumerate(self._numbers):
            if number:
                self._indexes.setdefault(number[0], []).append(index)

    def at(self, index: int) -> tuple[str, int] | None:
        """Return style and value of the number of a line; ``None`` if it has none."""
        return self._numbers[index]

    def begins_with_article(self, index: int) -> bool:
        """Return whether 第一条 or 第一章 is the first number from ``index`` on."""
        return self._first(index) in (("article", 1), ("chapter", 1))

    def evidence(self, begin: int, index: int) -> int:
        """Return how much the numbers speak for a boundary at ``index`` in the document that begins at ``begin``."""
        first = self._first(index)
        if first is None:
            return 0
        style, value = first
        last = self._last(style, begin, index)
        if value == 1:
            return RESTART[style in _OUTER] if last else BEGIN
        return CONTINUED if last and value == last + 1 and style in _OUTER else 0

    def _first(self, index: int) -> tuple[str, int] | None:
        return next((number for number in self._numbers[index : index + NEAR] if number), None)

    def _last(self, style: str, begin: int, index: int) -> int:
        """Return the value of the last number of a style between two lines; 0 if there is none."""
        indexes = self._indexes.get(style, [])
        last = bisect_left(indexes, index) - 1
        if last < 0 or indexes[last] < begin:
            return 0
        number = self._numbers[indexes[last]]
        return number[1] if number else 0


def _number(string: str) -> tuple[str, int] | None:
    text = to_simplified(string.strip()[:24])
    for style, pattern in _STYLES:
        match = pattern.match(text)
        if match:
            return style, number_value(match[1])
    return None
