"""Punctuation of Chinese where Chinese stands around it (GB/T 15834), and document numbers.

Enters: a string. Leaves: replacements. A mark between two figures, in Latin text, in an address
or in code is none of Chinese's business and stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.normalise.context import neighbour
from publisher.text.characters import (
    HAN,
    HAN_NUMERALS,
    SPACES,
    has_han,
    is_cjk,
    is_han,
)
from publisher.text.edits import Replacement
from publisher.text.protected_spans import find_protected_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
"""The Chinese mark for each that crawling made narrow."""

NARROW_FORMS = {"｡": "。", "｢": "「", "｣": "」", "､": "、", "･": "·"}
"""Half-width forms (Unicode FF61–FF65) and the marks that they are."""

_CANDIDATE = re.compile(f"[{re.escape(''.join(WIDE) + ''.join(NARROW_FORMS))}]")
_NUMBERING = re.compile(f"[{SPACES}]*(?:[（(]?[{HAN_NUMERALS}]+[)）]?|[A-Za-z]|\\d+)[{SPACES}]*$")
_DOCUMENT_NUMBER = re.compile(
    f"(?<=[{HAN}])[{SPACES}]*[\\[（(【﹝［〔][{SPACES}]*((?:19|20)\\d\\d)[{SPACES}]*[\\]）)】﹞］〕]"
    f"[{SPACES}]*(?=(?:第[{SPACES}]*)?\\d+[{SPACES}]*号)"
)
_YEAR = re.compile(f"[{SPACES}]*(?:19|20)\\d\\d年")
"""What a sentence begins with behind a stop, and no decimal does."""
_DASHES = re.compile("[-－–—―─━][-－–—―─━]+")
_DOTS = re.compile(r"\.\.\.+|。。。+|……*|⋯⋯*")
_HIGH_DOTS = re.compile("[·•‧・][·•‧・]{2,}")
"""A pattern that begins with a mark, or a class of them, is looked for many times as fast as one
that begins with a repetition."""
_MIDDLE_DOT = re.compile(f"[•‧・･∙⋅](?<=[{HAN}].)(?=[{HAN}])")


def punctuation(string: str) -> Iterator[Replacement]:
    """Widen the marks that Chinese stands around."""
    spans = find_protected_spans(string)
    for match in _CANDIDATE.finditer(string):
        mark, place = match[0], match.start()
        if spans.covers(place):
            continue
        if mark in NARROW_FORMS:
            after = NARROW_FORMS[mark]
        elif _is_chinese(string, place):
            after = WIDE[mark]
        else:
            continue
        yield Replacement(
            start=place, end=place + 1, after=after, reason="a mark of Chinese text is full width"
        )


def _is_chinese(string: str, place: int) -> bool:
    mark = string[place]
    left, right = neighbour(string, place, -1), neighbour(string, place, 1)
    if mark == ".":
        return _is_stop(string, place, left, right)
    if is_cjk(left):
        return True
    if is_cjk(right):
        return True
    if left in "%‰℃)" and left:
        return _has_han(string, place) and not right.isalpha()
    return left.isdigit() and not right and _has_han(string, place)


def _is_stop(string: str, place: int, left: str, right: str) -> bool:
    """Tell a full stop from the point of a figure, a number or a word."""
    if "." in (string[place - 1 : place], right) or not left:
        return False
    if left in "%‰℃":
        return (not right or is_han(right)) and _has_han(string, place)
    ended = not right.isalnum() or is_han(right) or bool(_YEAR.match(string, place + 1))
    return is_cjk(left) and ended and not _begins_line(string, place)


def _begins_line(string: str, place: int) -> bool:
    """Tell whether the mark closes a line's number: 一. or （一）."""
    start = string.rfind("\n", max(0, place - 16), place) + 1
    return (start > 0 or place <= 16) and bool(_NUMBERING.match(string[start:place]))


def _has_han(string: str, place: int) -> bool:
    start = max(string.rfind("\n", max(0, place - 40), place) + 1, place - 40, 0)
    return has_han(string[start:place])


def document_number(string: str) -> Iterator[Replacement]:
    """Set the year of a document number in hexagonal brackets (GB/T 9704-2012, 7.2.5)."""
    for match in _DOCUMENT_NUMBER.finditer(string):
        yield Replacement(
            start=match.start(),
            end=match.end(),
            after=f"〔{match[1]}〕",
            reason="the year of a document number stands in hexagonal brackets",
        )


def dashes_and_dots(string: str) -> Iterator[Replacement]:
    """Make dashes and ellipses two em wide, and one character of each middle dot."""
    spans = find_protected_spans(string)
    found = [(match, "——", "a dash is two em wide") for match in _DASHES.finditer(string)] + [
        (match, "……", "an ellipsis is two em wide")
        for dots in (_DOTS, _HIGH_DOTS)
        for match in dots.finditer(string)
    ]
    found += [(match, "·", "the middle dot") for match in _MIDDLE_DOT.finditer(string)]
    for match, after, reason in sorted(found, key=lambda item: item[0].start()):
        near = neighbour(string, match.start(), -1) + neighbour(string, match.end() - 1, 1)
        if any(map(is_cjk, near)) and not spans.covers(match.start()):
            yield Replacement(start=match.start(), end=match.end(), after=after, reason=reason)
