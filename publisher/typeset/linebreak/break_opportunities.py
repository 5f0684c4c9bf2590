"""Break opportunities in a paragraph: where a line may end, and at what penalty.

In: the text of a paragraph. Out: one penalty for each position between two characters: 0, a positive number, or
infinity where a line must not end. The rules keep figures with their units, dates, sums of money, document numbers
and Latin words together (CLREQ 3.1.7 and 3.2.3, GB/T 15835-2011).
"""

from __future__ import annotations

import re
from itertools import pairwise
from math import inf
from typing import NamedTuple

from publisher.typeset.linebreak.character_classes import (
    NO_LINE_END,
    NO_LINE_START,
    CharacterClass,
    classify,
)

FORBIDDEN = inf
"""The penalty of a position at which a line must not end."""
COSTLY = 15.0
"""The penalty between the parts of a date and after the marks of an address: as bad as a loose line."""
COMPOUND_PENALTY = COSTLY / 3
"""The penalty after the hyphen of a compound."""
_NUMBER_GROUP = re.compile(
    "[〔［\\[(（第0-9０-９]"  # the first characters of all alternatives: the search skips the rest quickly
    # 〔2017〕63号, （十一）, 第12条
    "(?:(?<=[〔［\\[(（])[0-9]{4}[〕］\\])）](?:第?[0-9]+[号號])?"
    "|(?<=[（(])[0-9一二三四五六七八九十]{1,3}[）)]"
    "|(?<=第)[0-9一二三四五六七八九十百]{1,4}[条條款项項章节節届屆次号號]"
    # a figure with its magnitude and its unit
    "|(?<=[0-9０-９])[0-9０-９,.．]*[多余餘]?[十百千万萬亿億]{0,2}[多余餘]?"
    "(?:[公千厘毫][里米顷頃]|美元|小时|小時|分钟|分鐘|[个個]月|周年|[人件条條户戶]次|[\u3400-\u9fff])?)"
)
"""Numbers in brackets, ordinals, and figures with their magnitude and a short unit."""
_LONG_UNIT = re.compile(
    "[0-9.][十百千万萬亿億]{0,2}"
    "(?:个百分点|個百分點|平方公里|平方千米|平方米|立方米|人民币|人民幣|个工作日|個工作日)"
)
"""Units of three characters or more: they may be broken inside, at a penalty."""
_DATE = re.compile(
    "[0-9](?:(?<![0-9]{2})(?:[0-9]{3}年[0-9]{1,2}|[0-9]?)月(?:[0-9]{1,2}[日号號])?(?=[^0-9]|$)"
    "|[0-9]{3}年度?)"
)
_FIGURE = re.compile(
    "[0-9]+(?:[.,:/~～—–-]+[0-9]+)*[%‰℃％]?(?:[—–~～-]+[0-9]+(?:[.,][0-9]+)*[%‰℃％]?)*"
)
"""Figures, ranges of figures and percentages."""
LATIN_WORD = re.compile(r"[^\s\u2E80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…·]+")
ADDRESS_LENGTH = 20
"""A Latin word of more characters than this is taken for an address, which may be broken after its marks."""
AFTER_ADDRESS_MARK = re.compile(r"(?<=[/.\-_?&=@:])(?![/.\-_?&=@:,;)])")
AFTER_HYPHEN = re.compile(r"(?<=[^\W\d_][-‐/])(?=[^\W\d_])")
WORD_CLASSES = frozenset(
    {
        CharacterClass.LETTER,
        CharacterClass.DIGIT,
        CharacterClass.INFIX,
        CharacterClass.NARROW_OPENING,
        CharacterClass.NARROW_CLOSING,
    }
)


class BreakRule(NamedTuple):
    """A rule that keeps the characters of a match together."""

    name: str
    """What the pattern matches, for explanations."""
    pattern: re.Pattern[str]
    penalty: float
    """The least penalty of a line end inside a match."""


FIGURE = BreakRule("figure", _FIGURE, FORBIDDEN)
DATE = BreakRule("date", _DATE, COSTLY)
LONG_UNIT = BreakRule("unit", _LONG_UNIT, COSTLY)
NUMBER_GROUP = BreakRule("number with its unit or brackets", _NUMBER_GROUP, FORBIDDEN)
RULES = (FIGURE, DATE, LONG_UNIT, NUMBER_GROUP)
"""The rules for numbers. The larger penalty applies where matches overlap."""


def penalties(text: str) -> list[float]:
    """Return the penalty of a line end before each character; before the first it is forbidden.

    >>> penalties("共12条")
    [inf, 0.0, inf, inf]
    """
    classes = list(map(classify, text))
    penalty_before = [FORBIDDEN, *map(_PAIR_PENALTIES.__getitem__, pairwise(classes))]
    present = set(classes)
    if not present.isdisjoint(WORD_CLASSES):
        _penalise_words(text, penalty_before)
    if CharacterClass.DIGIT in present:
        _apply(FIGURE, text, penalty_before)
        _apply(DATE, text, penalty_before)
        _apply(LONG_UNIT, text, penalty_before)
    if CharacterClass.DIGIT in present or "（" in text or "第" in text:
        _apply(NUMBER_GROUP, text, penalty_before)
    return penalty_before


def _apply(rule: BreakRule, text: str, penalty_before: list[float]) -> None:
    """Raise the penalties inside the matches of a rule to at least its own."""
    penalty = rule.penalty
    for match in rule.pattern.finditer(text):
        for position in range(match.start() + 1, match.end()):
            penalty_before[position] = max(penalty_before[position], penalty)


def _penalise_words(text: str, penalty_before: list[float]) -> None:
    """Forbid breaks inside Latin words, but after the marks of an address and the hyphen of a compound."""
    for match in LATIN_WORD.finditer(text):
        start, end = match.span()
        penalty_before[start + 1 : end] = [FORBIDDEN] * (end - start - 1)
        is_address = end - start > ADDRESS_LENGTH
        pattern, penalty = (
            (AFTER_ADDRESS_MARK, COSTLY) if is_address else (AFTER_HYPHEN, COMPOUND_PENALTY)
        )
        for opportunity in pattern.finditer(text, start + 1, end):
            if start < opportunity.start() < end:
                penalty_before[opportunity.start()] = penalty


def _pair_penalty(before: CharacterClass, after: CharacterClass) -> float:
    """Return the penalty of a line end between characters of two classes."""
    if after in NO_LINE_START or before in NO_LINE_END or after is CharacterClass.SPACE:
        return FORBIDDEN
    if before is CharacterClass.INFIX and after in WORD_CLASSES:
        return FORBIDDEN
    if after is CharacterClass.INFIX and before is not CharacterClass.SPACE:
        return FORBIDDEN
    return 0.0


_PAIR_PENALTIES = {
    (before, after): _pair_penalty(before, after)
    for before in CharacterClass
    for after in CharacterClass
}
