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
KEPT_TOGETHER = 4 * COSTLY
"""The penalty inside a unit: only a line that would be very loose ends there."""
RANGE_PENALTY = 900.0
"""The penalty after the dash of a long range, such as 2022—2024: only a line that could not be filled ends there."""
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
_UNIT_NAME = (
    # compound units
    "(?:[个個][百千]分[点點]|[个個]?工作日|[个個]月|人民[币幣]|[美欧歐日港]元|英[镑鎊]|小[时時]|分[钟鐘]|周[年岁歲]"
    "|[人件条條户戶家场場车車班]·?次|吨标准?煤|噸標準?煤|[标標][准準]?(?:箱|立方米)|毫米汞柱|[摄攝]氏度"
    # a prefix and a unit: 平方公里, 千瓦时, 毫克
    "|(?:平方|立方)?[公千百分厘毫微纳奈兆吉]?"
    "(?:米|尺|里|顷|頃|克|斤|吨|噸|升|瓦[时時]?|伏安?|安时?|帕|赫[兹茲]?|焦耳?|摩尔?|[贝貝]|卡)"
    "|[元人件户戶亩畝台臺套辆輛头頭株年月日天秒时時分度])"
)
_UNIT = re.compile(
    f"[0-9０-９][多余餘]?[十百千万萬亿億]{{0,2}}[多余餘]?{_UNIT_NAME}(?:[/／每]{_UNIT_NAME})*"
)
"""A figure with its magnitude and its unit, which may be the ratio of two: 35微克/立方米."""
_STANDARD = re.compile("(?<![A-Za-z])[A-Z]{2,5}(?:[0-9]{2})?(?:[/／][A-Z]{1,3}){0,9} [0-9]")
"""The code of a standard and the beginning of its number: GB/T 15776—2016, ISO/IEC 17025."""
_LATIN_UNIT_NAME = "(?:[kcmμµn]?m|[kmμµn]?g|[mμµ]?L|hm|ha|t|h|min|s|[kMG]?(?:W|Wh|Hz|Pa|J|V|B)|kVA|dB|lx|mol|℃|°C|pt)"
_LATIN_UNIT = re.compile(
    f"[0-9⁰-⁹²³¹] {_LATIN_UNIT_NAME}[²³23]?(?:[/·]{_LATIN_UNIT_NAME}[²³23]?)*(?![A-Za-z])"
)
"""A figure, a space and the sign of its unit: 35 mg/L."""
_DATE = re.compile(
    "[0-9](?:(?<![0-9]{2})(?:[0-9]{3}年[0-9]{1,2}|[0-9]?)月(?:[0-9]{1,2}[日号號])?(?=[^0-9]|$)"
    "|[0-9]{3}年度?)"
)
_FIGURE = re.compile(
    "[0-9]+(?:[.,:/~～〜—–－·‧∶／＋×-]+[0-9]+)*[%‰‱℃℉％]?(?:[—–~～〜－-]+[0-9]+(?:[.,][0-9]+)*[%‰‱℃℉％]?)*"
)
"""Figures, ranges of figures and percentages."""
AFTER_RANGE_DASH = re.compile("(?<=[0-9.,]{4}[—～〜])(?=[0-9][0-9.,]{3})")
"""The position after the dash between two years, or two figures as long."""
_WORD_PART = r"[^\s\u2E80-\ua4cf\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…·]+"
LATIN_WORD = re.compile(f"{_WORD_PART}(?:(?<=[A-Za-zÀ-ɏ])’(?=[A-Za-zÀ-ɏ]){_WORD_PART})*")
"""A word in Latin letters, with the apostrophes inside it, or a figure."""
AFTER_TSHEG = re.compile("(?<=[\u0f0b\u0f0d-\u0f11\u0f14])(?=[\u0f40-\u0f6c])")
"""The end of a Tibetan syllable or sentence, after which a line may end (UAX #14: BA, EX)."""
TSHEG = "\u0f0b"
ADDRESS_LENGTH = 20
"""A Latin word of more characters than this is taken for an address, which may be broken after its marks."""
AFTER_ADDRESS_MARK = re.compile(r"(?<=[/.\-_?&=@:])(?![/.\-_?&=@:,;)])")
AFTER_HYPHEN = re.compile(r"(?<=[^\W\d_]{2}[-‐/])(?=[^\W\d_]{2})")
WORD_CLASSES = frozenset(
    {
        CharacterClass.LETTER,
        CharacterClass.DIGIT,
        CharacterClass.INFIX,
        CharacterClass.SOLIDUS,
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
UNIT = BreakRule("unit", _UNIT, KEPT_TOGETHER)
STANDARD = BreakRule("code of a standard", _STANDARD, KEPT_TOGETHER)
LATIN_UNIT = BreakRule("unit", _LATIN_UNIT, KEPT_TOGETHER)
NUMBER_GROUP = BreakRule("number with its unit or brackets", _NUMBER_GROUP, FORBIDDEN)
RULES = (FIGURE, DATE, UNIT, STANDARD, LATIN_UNIT, NUMBER_GROUP)
"""The rules for numbers. The larger penalty applies where matches overlap."""
CELL_RULES = (
    BreakRule("date", DATE.pattern, FORBIDDEN),
    BreakRule("unit", UNIT.pattern, FORBIDDEN),
    BreakRule("code of a standard", STANDARD.pattern, FORBIDDEN),
    BreakRule("unit", LATIN_UNIT.pattern, FORBIDDEN),
    BreakRule("word in brackets", re.compile("[（(][^（()）]{1,6}[)）]"), FORBIDDEN),
)
"""Further rules for the cells of tables."""


def penalties(text: str, *, in_cell: bool = False) -> list[float]:
    """Return the penalty of a line end before each character; before the first it is forbidden.

    In the cell of a table dates, long units and short words in brackets, such as the unit in a head, are not broken either.

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
        if not in_cell:
            for dash in AFTER_RANGE_DASH.finditer(text):
                penalty_before[dash.start()] = RANGE_PENALTY
        _apply(DATE, text, penalty_before)
        _apply(UNIT, text, penalty_before)
        if " " in text:
            _apply(STANDARD, text, penalty_before)
            _apply(LATIN_UNIT, text, penalty_before)
    if CharacterClass.DIGIT in present or "（" in text or "第" in text:
        _apply(NUMBER_GROUP, text, penalty_before)
    if in_cell and len(text) > 1:
        for rule in CELL_RULES:
            _apply(rule, text, penalty_before)
        penalty_before[1] = penalty_before[-1] = FORBIDDEN  # no single character on a line
    return penalty_before


def _apply(rule: BreakRule, text: str, penalty_before: list[float]) -> None:
    """Raise the penalties inside the matches of a rule to at least its own."""
    penalty = rule.penalty
    for match in rule.pattern.finditer(text):
        for position in range(match.start() + 1, match.end()):
            penalty_before[position] = max(penalty_before[position], penalty)


def _penalise_words(text: str, penalty_before: list[float]) -> None:
    """Forbid breaks inside Latin words and figures, but after the marks of an address and the hyphen of a compound."""
    for match in LATIN_WORD.finditer(text):
        start, end = match.span()
        penalty_before[start + 1 : end] = [FORBIDDEN] * (end - start - 1)
        for position, penalty in word_breaks(text, start, end):
            penalty_before[position] = penalty
    if TSHEG in text:
        for opportunity in AFTER_TSHEG.finditer(text):
            penalty_before[opportunity.start()] = 0.0


def word_breaks(text: str, start: int, end: int) -> list[tuple[int, float]]:
    """Return the positions inside a Latin word at which a line may end, with their penalties; a figure has none."""
    pattern, penalty = AFTER_HYPHEN, COMPOUND_PENALTY
    if is_address(start, end):
        pattern, penalty = AFTER_ADDRESS_MARK, COSTLY
    elif text[start].isdigit():
        return []
    return [
        (opportunity.start(), penalty)
        for opportunity in pattern.finditer(text, start + 1, end)
        if start < opportunity.start() < end
    ]


def is_address(start: int, end: int) -> bool:
    """Return whether a Latin word is taken for an address, by its length."""
    return end - start > ADDRESS_LENGTH


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
