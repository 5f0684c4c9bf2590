"""What a line end shows of itself: whether a phrase goes on in the next line, as it does in wrapped text.

Input: two lines, or what several line ends show. Output: whether a phrase goes on, and whether the lines of a text are wrapped. A program
that wraps lines breaks more than half of them inside a word, a figure or a bracket. Paragraphs that happen to be equally long hardly ever end so.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from publisher.normalise.divided_figures import line_end_proof
from publisher.normalise.grouped_figures import UNIT
from publisher.reference.units import MAGNITUDES
from publisher.text.broken_words import Proof, broken_word
from publisher.text.characters import HAN, is_han
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterable

_WEIGHTS: dict[Proof, float] = {"certain": 4.0, "likely": 1.5, "none": -0.9}
"""How much more often a line end shows this in wrapped text than between paragraphs without a mark at their end (natural logarithm).

Of 5,811 wrapped lines of the texts in tests/gold/text 0.55 are certain, 0.09 likely; of 734 pairs of paragraphs 0.004 and 0.02.
"""
FIT_WEIGHT = 0.8
"""The same for a line that is exactly as wide as the commonest one, and against it for one that is not."""
LEAST_SUPPORT = 3.0
"""The sum of weights from which the lines of a text are wrapped."""
LEAST_DOUBT = -3.0
"""The sum of weights below which the lines of a text are paragraphs."""
LONGEST_PART = 48
"""Characters on each side of a line end that are read."""
_WORD_OPEN = re.compile(
    "(?:(?<![不相共一会])同|(?<![各亲独])自|仅|[^之总约]和|[^以可]及|[与或将把被向由按经对从为以使因其该各每于至第并且即是]|[^存现正所何潜内外]在)$"
)
"""A word behind which a phrase goes on."""
_WORD_CLOSING = re.compile(
    "的|了(?!解|结|望)|等(?![级待候额])|和(?![平谐睦解])|与(?![会此])|或(?!许|者)|及(?![时早格])|们|而(?![是今且])|并(?![购非])|之(?![前后间])"
)
"""A word with which no sentence begins."""
_FIGURE_OPEN = re.compile(f"(?:(?![第表图注件])[{HAN}]|[，、（])\\d+(?:[.,]\\d+)*$")
_UNIT_BELOW = re.compile(f"(?:{'|'.join(MAGNITUDES)})?(?:{UNIT})|[万亿]|[%％‰]")
_YEAR_OPEN = re.compile("(?<![\\d.])(?:19|20)\\d\\d$")
_DATES = (
    (re.compile("\\d年$"), re.compile("\\d{1,2}月")),
    (re.compile("\\d月$"), re.compile("\\d{1,2}日")),
    (re.compile("[条款]$"), re.compile("第[（(一二三四五六七八九十\\d]{1,5}[）)]?[款项目]")),
)
"""The parts of dates and of articles."""
_MONTH_OPEN = re.compile("(?:年|(?<!\\d))(?:1[0-2]|0?[1-9])$")
_DAY_OPEN = re.compile("月(?:[12]\\d|3[01]|0?[1-9])$")
_NUMERAL_OPEN = re.compile("[一二三四五六七八九十百千]$")
_NUMERAL_BELOW = re.compile(
    f"[十百千][一二三四五六七八九余多{HAN}]|[万亿余]|[一二三四五六七八九]?[十百千万]"
)
_BEGUN_SENTENCE = re.compile(f"(?:[。！？；][{HAN}]{{1,3}}|[，、][{HAN}])$")
"""A sentence or a clause of which only the first characters are above the line end."""
_BEGUN_CLAUSE = re.compile(f"[，、][{HAN}]{{2}}$")
_QUANTITY_BELOW = re.compile(f"\\d+(?:[,.]\\d+)*(?:{'|'.join(MAGNITUDES)})?(?:{UNIT}|[万亿%％‰])")
_SHORT_REST = re.compile(f"[{HAN}]{{1,3}}[。；]$")
"""What is too short to be a paragraph."""
_CLOSING_MARK = re.compile("[，。、；：！？）》”』」〕】]|[,.;:)](?!\\d)")
_PAIRS = tuple(map(tuple, ("（）", "《》", "“”", "「」", "『』", "〔〕", "【】")))
_LATIN_OPEN = re.compile("[A-Za-z]$")
_LATIN_BELOW = re.compile("[A-Za-z]")
_ADDRESS_END = re.compile(r"(?:https?://|www\.|[\w.+-]@)[!#-;=?-_a-z~]*$", re.ASCII | re.IGNORECASE)


def phrase_goes_on(left: str, right: str) -> Proof:
    """Return whether a phrase goes on from one line to the next.

    It is certain inside a word of the dictionary, a figure with its unit, a date or brackets, beside a word that no phrase begins or ends
    with, and before a closing mark.

    Example:
        >>> phrase_goes_on("　　各单位要充分认识供水保障工", "作的重要性。")
        'certain'
        >>> phrase_goes_on("在第三次会议上", "各位代表：")
        'none'

    """
    left, right = left.rstrip()[-LONGEST_PART:], right.lstrip()[:LONGEST_PART]
    return _phrase_goes_on(left, right) if left and right else "none"


@lru_cache(4096)
def _phrase_goes_on(left: str, right: str) -> Proof:
    left, right = to_simplified(left), to_simplified(right)
    if _ADDRESS_END.search(left) and not _CLOSING_MARK.match(right):
        return "none"
    if (
        _CLOSING_MARK.match(right)
        or _WORD_OPEN.search(left)
        or _WORD_CLOSING.match(right)
        or _SHORT_REST.match(right)
        or _BEGUN_SENTENCE.search(left)
        or _is_in_figure(left, right)
        or any(_is_between(left, right, *pair) for pair in _PAIRS)
    ):
        return "certain"
    word = broken_word(left, right)
    if word != "none":
        return word
    if (
        left[-1] in "，、的"
        or _BEGUN_CLAUSE.search(left)
        or (is_han(left[-1]) and _QUANTITY_BELOW.match(right))
    ):
        return "likely"
    if _LATIN_OPEN.search(left) and _LATIN_BELOW.match(right):
        return "likely"
    return "none"


def support(proofs: Iterable[Proof], fits: int = 0, misfits: int = 0) -> float:
    """Return how much the line ends of a text show that its lines are wrapped; nothing does if none is certain.

    Args:
        proofs: What each line end shows of itself.
        fits: How many of the lines are exactly as wide as a program makes them.
        misfits: How many are not.

    Example:
        >>> support(["certain", "none"]) > LEAST_SUPPORT > support(["likely", "none"])
        True

    """
    shown = list(proofs)
    total = sum(_WEIGHTS[proof] for proof in shown)
    if "certain" not in shown and shown.count("likely") < 2:
        return min(total, 0.0)
    return total + FIT_WEIGHT * (max(fits - 1, 0) - misfits)


def _is_in_figure(left: str, right: str) -> bool:
    """Return whether a line end is inside a figure, or between it and its unit."""
    return bool(
        line_end_proof(left, right) == "certain"
        or (_FIGURE_OPEN.search(left) and _UNIT_BELOW.match(right))
        or (_NUMERAL_OPEN.search(left) and _NUMERAL_BELOW.match(right))
        or any(above.search(left) and below.match(right) for above, below in _DATES)
        or (_YEAR_OPEN.search(left) and right[0] == "年")
        or (_MONTH_OPEN.search(left) and right[0] == "月")
        or (_DAY_OPEN.search(left) and right[0] in "日号")
    )


def _is_between(left: str, right: str, opening: str, closing: str) -> bool:
    """Return whether a bracket that is opened above is closed below."""
    if left.rfind(opening) <= left.rfind(closing):
        return False
    end = right.find(closing)
    return end >= 0 and opening not in right[:end]
