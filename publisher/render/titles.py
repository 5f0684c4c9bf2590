"""Break a title into balanced lines of whole words (GB/T 9704-2012, 7.3.1).

Input: a title and the characters per line. Output: as few lines as possible. Among the breaks between words the
one with the most even lines is chosen; a break after the name of the office is preferred.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations, pairwise
from math import comb, fsum
from typing import TYPE_CHECKING

from publisher.render.text_width import bold_ems
from publisher.text.characters import HAN_NUMERALS
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_OFFICE = re.compile("(?:人民政府|政府|委员会|委員會|办公室|辦公室|[局厅廳委部院处處署])$")
_AFTER_OFFICE = re.compile("[0-9二关關]")
_NO_START = "、，。；：）》”」』〕"
_NO_END = "（《“「『〔"
_RANGE_MARKS = "—–-～〜~至"
"""Marks between the first and the last figure of a range."""
_NOT_FIRST = frozenset("的和与與及省市县縣区區旗州盟镇鎮乡鄉局厅廳委")
"""Words that do not begin a line, such as the ends of names; 和谐 and 与会 may."""
_ADJACENT_BRACKETS = re.compile("[）》」』〕](?=[）》」』〕（《「『〔])")
"""Brackets that are half an em narrower together than apart."""
_COUNTERS = "年月日号號届屆次期个個项項件条條"
"""Characters that stay with a number before them."""
_OFFICE_BONUS = 3.0
"""Times the mean width of a line: the unevenness (em²) that a break after the office may cost."""
_COMMON_TITLE = re.compile(
    "(?P<name>[^0-9二关關的和与與及]{2,})(?P<year>(?:19|20)[0-9]{2}|二[〇○零][〇○零一二三四五六七八九]{2})"
    "(?P<words>(?:年|年度|政府|政务|政務|信息|公开|公開|工作|情况|情況|年度报告|年报|年報|报告|報告|总结|總結|的)+)"
)
"""A title of an office, a year and the words of most titles."""
_COMMON_WORD = re.compile("年度报告|政务信息|政務信息|年度|年(?=报告|報告)|年报|年報|年|的|..?")
_NAME_BREAK = 4.0
"""Times the mean width of a line: the unevenness (em²) that a break inside 《》 is worth avoiding."""
_ABOUT_BREAK = 2.0
"""The same for a break behind 关于, which belongs to what follows."""
_HEAD_NOUN = re.compile(
    "方案|[预預]案|[办辦]法|[细細][则則]|[条條]例|[规規]定|[规規][划劃]|[计計][划畫劃]|意[见見]|公[报報]|公告|通告|[报報]告|[总總][结結]|"
    "[说說]明|[清名][单單]|指南|指[标標]|[决決]算|草案|[执執]行|情[况況]|要[点點]|措施"
)
"""Nouns that the word before them describes: 应急预案, 执行情况."""
_HEAD_NOUN_BREAK = 1.5
"""The same for a break before one of them, or before the end of an office's name."""
_BRACKET_BONUS = 1.0
"""The unevenness that a break before a bracket may cost: what it holds is a phrase of its own."""
_HOLLOW = 6.0
"""The same for a line that is shorter than both its neighbours: a title is a 梯形 or a 菱形 (7.3.1)."""
_MOST_BREAKS = 3000
"""The most sets of breaks that are compared for their shape."""
_ROUNDING = 1e-6
"""Em. Sums of widths differ by less through rounding."""


def break_title(title: str, measure: float) -> tuple[str, ...]:
    """Return the lines of a title; ``measure`` is the width of a line in em."""
    if not title:
        return ()
    if bold_ems(title) < measure - _ROUNDING:
        return (title,)
    common = _common_words(title)
    if common and bold_ems(title) > measure + _ROUNDING:
        best = _best_break(_join_words(common), 2, measure)
        if best is not None:
            return best
    words = _join_words(_segment(title))
    width = fsum(_ems(word) for word in words)
    if width <= measure:
        return (title,)
    fewest = int(-(-width // measure))
    breaks = (_best_break(words, lines, measure) for lines in range(fewest, len(words) + 1))
    first: tuple[str, ...] | None = None
    for lines in breaks:
        if lines and min(map(len, lines)) > 1:
            return lines
        first = first or lines  # more lines are better than a line of one character
    return first or (title,)


def _best_break(words: Sequence[str], lines: int, measure: float) -> tuple[str, ...] | None:
    """Return the most even break into a number of lines; ``None`` if the words do not fit.

    Three lines or more also have the shape of a 梯形 or a 菱形 if the words allow it.
    """
    bounds = None
    if lines > 2 and comb(len(words) - 1, lines - 1) <= _MOST_BREAKS:
        bounds = _best_shape(words, lines, measure)
    bounds = bounds or _most_even(words, lines, measure)
    if bounds is None:
        return None
    return tuple("".join(words[a:b]) for a, b in pairwise(bounds))


def _best_shape(words: Sequence[str], lines: int, measure: float) -> tuple[int, ...] | None:
    """Return where the lines begin and end whose widths and breaks cost least, their shape included."""
    ideal = fsum(map(bold_ems, words)) / lines
    costs = _break_costs(words, ideal)

    @cache
    def line_width(start: int, end: int) -> float:
        return _ems("".join(words[start:end]).strip())

    best: tuple[float, tuple[int, ...]] | None = None
    for breaks in combinations(range(1, len(words)), lines - 1):
        bounds = (0, *breaks, len(words))
        widths = [line_width(a, b) for a, b in pairwise(bounds)]
        if max(widths) > measure:
            continue
        total = fsum((width - ideal) ** 2 for width in widths)
        total += fsum(costs[end] for end in breaks)
        hollow = (
            widths[i] + _ROUNDING < min(widths[i - 1], widths[i + 1]) for i in range(1, lines - 1)
        )
        total += _HOLLOW * ideal * sum(hollow)
        if best is None or total < best[0]:
            best = (total, bounds)
    return best[1] if best else None


def _most_even(words: Sequence[str], lines: int, measure: float) -> tuple[int, ...] | None:
    """Return where the lines begin and end whose widths and breaks cost least."""
    widths = [_ems(word) for word in words]
    ideal = fsum(widths) / lines
    costs = _break_costs(words, ideal)

    @cache
    def cost(start: int, lines_left: int) -> tuple[float, tuple[int, ...]] | None:
        if lines_left == 1:
            width = fsum(widths[start:])
            return ((width - ideal) ** 2, (len(words),)) if 0 < width <= measure else None
        best: tuple[float, tuple[int, ...]] | None = None
        width = 0.0
        for end in range(start + 1, len(words)):
            width += widths[end - 1]
            if width > measure:
                break
            following = cost(end, lines_left - 1)
            if following is None:
                continue
            total = (width - ideal) ** 2 + costs[end] + following[0]
            if best is None or total < best[0]:
                best = (total, (end, *following[1]))
        return best

    solution = cost(0, lines)
    return (0, *solution[1]) if solution else None


def _ems(words: str) -> float:
    """Return the width of words of a title in em."""
    return bold_ems(words) - 0.5 * len(_ADJACENT_BRACKETS.findall(words))


def _break_costs(words: Sequence[str], ideal: float) -> Sequence[float]:
    """Return what a break before each word costs; there is none before the first."""
    return [0.0, *(_break_cost(words, end, ideal) for end in range(1, len(words)))]


def _break_cost(words: Sequence[str], end: int, ideal: float) -> float:
    """Return what a break before a word costs, by its sense (词意完整), in em²; a good one has a negative cost."""
    before = "".join(words[:end])
    cost = 0.0
    if _OFFICE.search(words[end - 1]) and _AFTER_OFFICE.match(words[end]) and "《" not in before:
        cost -= _OFFICE_BONUS * ideal
    if before.count("《") > before.count("》"):
        cost += _NAME_BREAK * ideal
    if before.endswith(("关于", "關於")):
        cost += _ABOUT_BREAK * ideal
    word = words[end]
    ends_office = _OFFICE.search(word) and word != "政府"  # 政府信息公开
    if ends_office or (_HEAD_NOUN.match(word) and not before.endswith("的")):
        cost += _HEAD_NOUN_BREAK * ideal
    if word.startswith("（"):
        cost -= _BRACKET_BONUS * ideal
    return cost


def _join_words(parts: Iterable[str]) -> list[str]:
    """Join words between which no line may end."""
    words: list[str] = []
    for word in parts:
        if words and _is_inseparable(words[-1], word):
            words[-1] += word
        else:
            words.append(word)
    return words


def _common_words(title: str) -> Sequence[str]:
    """Return the words of a common title; none if the name of the office may have to be broken.

    A name of at most half the width of the title is one word: it is on the first of two even lines.
    """
    match = _COMMON_TITLE.fullmatch(title)
    if match is None or 2 * bold_ems(match["name"]) > bold_ems(title):
        return ()
    return match["name"], match["year"], *_COMMON_WORD.findall(match["words"])


def _segment(title: str) -> Iterable[str]:
    """Yield the words of any title, by the Simplified dictionary of jieba, which takes 0.1 s to load."""
    import rjieba

    start = 0
    for word in rjieba.cut(to_simplified(title)):
        yield title[start : start + len(word)]
        start += len(word)


def _is_inseparable(before: str, word: str) -> bool:
    """Return whether no line may end between two adjacent words."""
    last, first = before[-1], word[0]
    in_range = (last.isdigit() and first in _RANGE_MARKS) or (
        last in _RANGE_MARKS and first.isdigit()
    )
    after_digit = last.isdigit() or last in HAN_NUMERALS
    return (
        first in _NO_START
        or last in _NO_END
        or in_range
        or word in _NOT_FIRST
        or before == "第"
        or (after_digit and (first.isdigit() or first in HAN_NUMERALS or first in _COUNTERS))
    )
