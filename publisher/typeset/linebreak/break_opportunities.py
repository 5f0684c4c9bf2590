"""What stays together on a line: figures with their units, dates, money, document numbers, Latin words.

Enters: a paragraph's text. Leaves: for each place between two characters how much a line's end there
would cost: nothing, something, or that it is forbidden (CLREQ 3.1.7 and 3.2.3, GB/T 15835-2011).
"""

from __future__ import annotations

import re
from itertools import pairwise
from math import inf

from publisher.typeset.linebreak.character_classes import (
    NO_END,
    NO_START,
    Kind,
    kind_of,
)

FORBIDDEN = inf
DEAR = 15.0
"""Between a date's parts, and at the marks of an address: as bad as a loose line."""
_KEPT = re.compile(
    "[〔［\\[(（第0-9０-９]"  # first what any of them begins with: a search passes over all else
    # 〔2017〕63号, （十一）, 第12条
    "(?:(?<=[〔［\\[(（])[0-9]{4}[〕］\\])）](?:第?[0-9]+[号號])?"
    "|(?<=[（(])[0-9一二三四五六七八九十]{1,3}[）)]"
    "|(?<=第)[0-9一二三四五六七八九十百]{1,4}[条條款项項章节節届屆次号號]"
    # a figure with its magnitude and its unit
    "|(?<=[0-9０-９])[0-9０-９,.．]*[多余餘]?[十百千万萬亿億]{0,2}[多余餘]?"
    "(?:[公千厘毫][里米顷頃]|美元|小时|小時|分钟|分鐘|[个個]月|周年|[人件条條户戶]次|[\u3400-\u9fff])?)"
)
_UNIT = re.compile(
    "[0-9.][十百千万萬亿億]{0,2}"
    "(?:个百分点|個百分點|平方公里|平方千米|平方米|立方米|人民币|人民幣|个工作日|個工作日)"
)
"""Long units: their own characters part, like those of any word, at a price."""
_DATE = re.compile(
    "[0-9](?:(?<![0-9]{2})(?:[0-9]{3}年[0-9]{1,2}|[0-9]?)月(?:[0-9]{1,2}[日号號])?(?=[^0-9]|$)"
    "|[0-9]{3}年度?)"
)
_FIGURES = re.compile(
    "[0-9]+(?:[.,:/~～—–-]+[0-9]+)*[%‰℃％]?(?:[—–~～-]+[0-9]+(?:[.,][0-9]+)*[%‰℃％]?)*"
)
_WORD = re.compile(r"[^\s\u2E80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…·]+")
_LONG_WORD = 20
"""A Latin word of more characters than this is an address, and may part at its marks."""
_AFTER = re.compile(r"(?<=[/.\-_?&=@:])(?![/.\-_?&=@:,;)])")
_COMPOUND = re.compile(r"(?<=[^\W\d_][-‐/])(?=[^\W\d_])")
_LOOSE = frozenset({Kind.LETTER, Kind.DIGIT, Kind.JOINER, Kind.NARROW_OPEN, Kind.NARROW_CLOSE})


def penalties(text: str) -> list[float]:
    """Return the cost of a line's end before each character; before the first it is forbidden."""
    kinds = list(map(kind_of, text))
    costs = [FORBIDDEN, *map(_BETWEEN.__getitem__, pairwise(kinds))]
    present = set(kinds)
    if not present.isdisjoint(_LOOSE):
        _keep_words(text, costs)
    if Kind.DIGIT in present:
        _keep(_FIGURES, text, costs, FORBIDDEN)
        _keep(_DATE, text, costs, DEAR)
        _keep(_UNIT, text, costs, DEAR)
    if Kind.DIGIT in present or "（" in text or "第" in text:
        _keep(_KEPT, text, costs, FORBIDDEN)
    return costs


def _keep(pattern: re.Pattern[str], text: str, costs: list[float], cost: float) -> None:
    for match in pattern.finditer(text):
        for place in range(match.start() + 1, match.end()):
            costs[place] = max(costs[place], cost)


def _keep_words(text: str, costs: list[float]) -> None:
    """Keep Latin words whole; an address may part after its marks, a compound after its hyphen."""
    for match in _WORD.finditer(text):
        start, end = match.span()
        costs[start + 1 : end] = [FORBIDDEN] * (end - start - 1)
        inside, cost = (_AFTER, DEAR) if end - start > _LONG_WORD else (_COMPOUND, DEAR / 3)
        for place in inside.finditer(text, start + 1, end):
            if start < place.start() < end:
                costs[place.start()] = cost


def _between(before: Kind, after: Kind) -> float:
    """Return the cost of a line's end between characters of two kinds."""
    if after in NO_START or before in NO_END or after is Kind.SPACE:
        return FORBIDDEN
    if before is Kind.JOINER and after in _LOOSE:
        return FORBIDDEN
    return FORBIDDEN if after is Kind.JOINER and before is not Kind.SPACE else 0.0


_BETWEEN = {(before, after): _between(before, after) for before in Kind for after in Kind}
