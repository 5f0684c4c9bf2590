"""Brackets and quotation marks: both of a pair alike, and the way round that they should be.

Enters: a string. Leaves: replacements. GB/T 15834, 4.8 and 4.9.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.normalise.context import line_spans, neighbour
from publisher.text.characters import has_han, is_cjk, is_han
from publisher.text.edits import Replacement
from publisher.text.protected_spans import find_protected_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

NEAR = 400
"""How far into a bracket Chinese is looked for."""
_BRACKET = re.compile("[()（）]")
_STRAIGHT = re.compile('["＂〝〞]')
_TITLE_MARKS = re.compile(r"<<([^<>\n]{1,60})>>")
_CURLY = re.compile("[“”]")


def brackets(string: str) -> Iterator[Replacement]:
    """Widen round brackets, both of a pair, where Chinese is in them or beside them."""
    spans = find_protected_spans(string)
    found: list[tuple[int, str]] = []
    for start, end, _ in line_spans(string):
        waiting: list[int] = []
        for match in _BRACKET.finditer(string, start, end):
            place = match.start()
            if spans.covers(place):
                continue
            if match[0] in "(（":
                waiting.append(place)
            elif waiting:
                found.extend(_pair(string, waiting.pop(), place))
            elif match[0] == ")" and is_han(string[place - 1 : place]):
                found.append((place, "）"))
        found.extend(
            (place, "（")
            for place in waiting
            if string[place] == "("
            and (is_cjk(string[place + 1 : place + 2]) or is_han(string[place - 1 : place]))
        )
        found.extend(_title_marks(string, start, end))
    for place, after in sorted(found):
        width = 2 if after in "《》" else 1
        yield Replacement(
            start=place,
            end=place + width,
            after=after,
            reason="brackets of Chinese text are full width",
        )


def _pair(string: str, opening: int, closing: int) -> Iterator[tuple[int, str]]:
    inside = string[opening + 1 : min(closing, opening + 1 + NEAR)]
    around = neighbour(string, opening, -1) + neighbour(string, closing, 1)
    if has_han(inside) or any(map(is_cjk, around)):
        if string[opening] == "(":
            yield opening, "（"
        if string[closing] == ")":
            yield closing, "）"


def _title_marks(string: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for match in _TITLE_MARKS.finditer(string, start, end):
        if has_han(match[1]):
            yield match.start(), "《"
            yield match.end() - 2, "》"


def quotation_marks(string: str) -> Iterator[Replacement]:
    """Turn straight double marks into pairs, and pairs the right way round.

    A paragraph with an odd number of marks is left as it is: which one is missing cannot be
    known.
    """
    spans = find_protected_spans(string)
    for start, end, line in line_spans(string):
        straight = [
            match.start()
            for match in _STRAIGHT.finditer(string, start, end)
            if not spans.covers(match.start())
        ]
        curly = [match.start() for match in _CURLY.finditer(string, start, end)]
        if straight and has_han(line) and not (len(straight) + len(curly)) % 2:
            yield from _alternate(sorted(straight + curly))
        elif curly and not straight and not len(curly) % 2 and not _nests(line):
            yield from _alternate(curly)


def _alternate(places: list[int]) -> Iterator[Replacement]:
    for index, place in enumerate(places):
        yield Replacement(
            start=place,
            end=place + 1,
            after="“”"[index % 2],
            reason="quotation marks come in pairs",
        )


def _nests(line: str) -> bool:
    depth = 0
    for mark in _CURLY.findall(line):
        depth += 1 if mark == "“" else -1
        if depth < 0:
            return False
    return depth == 0
