"""Breaking a title: whole words, balanced lines, never a stray character (GB/T 9704-2012, 7.3.1).

Enters: a title and how many characters a line holds. Leaves: its lines, as few as hold it; among
the ways to break it between words the one whose lines differ least, with the office's name kept
on a line of its own where that costs little.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.text.characters import HAN_NUMERALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_OFFICE = re.compile("(?:人民政府|政府|委员会|委員會|办公室|辦公室|[局厅廳委部院处處署])$")
_AFTER_OFFICE = re.compile("[0-9二关關]")
_NO_START = "、，。；：）》”」』〕"
_NO_END = "（《“「『〔"
_FOLLOWS = frozenset("的和与與及省市县縣区區旗州盟镇鎮乡鄉局厅廳委")
"""Words that do not begin a line, the ends of names among them; 和谐 and 与会 do."""
_COUNTED = "年月日号號届屆次期个個项項件条條"
"""What stays with a figure before it; 公开 and 年度 may part."""
_OFFICE_BONUS = 3.0
"""A break after the office's name is worth this much unevenness (square em)."""
_USUAL = re.compile(
    "(?P<name>[^0-9二关關的和与與及]{2,})(?P<year>(?:19|20)[0-9]{2}|二[〇○零][〇○零一二三四五六七八九]{2})"
    "(?P<rest>(?:年|年度|政府|政务|政務|信息|公开|公開|工作|情况|情況|年度报告|年报|年報|报告|報告|总结|總結|的)+)"
)
"""A title of the usual make: an office, a year, and words that every such title is made of."""
_USUAL_WORD = re.compile("年度报告|政务信息|政務信息|年度|年报|年報|年|的|..")
_ROUNDING = 1e-6
"""Sums of widths differ by less, whatever the order in which they are added (em)."""


def break_title(title: str, measure: float) -> tuple[str, ...]:
    """Return the lines of a title; one line where it fits (widths in em)."""
    if not title:
        return ()
    if _ems(title) < measure - _ROUNDING:
        return (title,)
    usual = _usual_words(title)
    if usual and _ems(title) > measure + _ROUNDING:
        best = _best(_joined(usual), 2, measure)
        if best is not None:
            return best
    words = _joined(_known_words(title))
    width = sum(_ems(word) for word in words)
    if width <= measure:
        return (title,)
    for lines in range(int(-(-width // measure)), len(words) + 1):
        best = _best(words, lines, measure)
        if best is not None:
            return best
    return (title,)


def _best(words: Sequence[str], lines: int, measure: float) -> tuple[str, ...] | None:
    widths = [_ems(word) for word in words]
    ideal = sum(widths) / lines

    @cache
    def cost(start: int, left: int) -> tuple[float, tuple[int, ...]] | None:
        if left == 1:
            width = sum(widths[start:])
            return ((width - ideal) ** 2, (len(words),)) if 0 < width <= measure else None
        found: tuple[float, tuple[int, ...]] | None = None
        width = 0.0
        for end in range(start + 1, len(words)):
            width += widths[end - 1]
            if width > measure:
                break
            rest = cost(end, left - 1)
            if rest is None:
                continue
            names_office = (
                start == 0 and _OFFICE.search(words[end - 1]) and _AFTER_OFFICE.match(words[end])
            )
            bonus = _OFFICE_BONUS * ideal if names_office else 0.0
            total = (width - ideal) ** 2 - bonus + rest[0]
            if found is None or total < found[0]:
                found = (total, (end, *rest[1]))
        return found

    solution = cost(0, lines)
    if solution is None:
        return None
    bounds = (0, *solution[1])
    return tuple("".join(words[a:b]) for a, b in pairwise(bounds))


def _joined(parts: Iterable[str]) -> list[str]:
    """Join words that no line parts: figures stay with what they count."""
    words: list[str] = []
    for word in parts:
        if words and _belongs(words[-1], word):
            words[-1] += word
        else:
            words.append(word)
    return words


def _usual_words(title: str) -> Sequence[str]:
    """Return the words of a usual title; none where the office's name may itself have to be broken.

    A name that is shorter than half of the title is one word here: where two lines are as even as they
    can be, it stands on the first.
    """
    usual = _USUAL.fullmatch(title)
    if usual is None or 2 * _ems(usual["name"]) > _ems(title):
        return ()
    return usual["name"], usual["year"], *_USUAL_WORD.findall(usual["rest"])


def _known_words(title: str) -> Iterable[str]:
    """Return the words of any title, by a dictionary that takes a tenth of a second to load."""
    import rjieba

    return rjieba.cut(title)


def _belongs(before: str, word: str) -> bool:
    """Tell whether no line may end between two neighbouring words."""
    last, first = before[-1], word[0]
    figure = last.isdigit() or last in HAN_NUMERALS
    return (
        first in _NO_START
        or last in _NO_END
        or word in _FOLLOWS
        or before == "第"
        or (figure and (first.isdigit() or first in HAN_NUMERALS or first in _COUNTED))
    )


def _ems(word: str) -> float:
    """Return a word's width in em; bold figures and letters are a little wider than half of one."""
    return sum(0.6 if character.isascii() else 1.0 for character in word)
