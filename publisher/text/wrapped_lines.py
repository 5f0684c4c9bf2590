"""Lines that were wrapped by hand, or broken off inside a sentence.

Enters: a string. Leaves: replacements that join such a line to the next.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.text.characters import (
    CJK_PUNCTUATION,
    HAN,
    HAN_NUMERALS,
    SPACES,
    TABLE_PLACEHOLDER,
    has_han,
    is_cjk,
)
from publisher.text.edits import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBERED = re.compile(
    f"[{SPACES}]*(?:[{HAN_NUMERALS}]{{1,3}}[、．.]|第[{HAN_NUMERALS}]{{1,3}}[、，,部章节条]"
    f"|[(（][{HAN_NUMERALS}]{{1,3}}[)）]|\\d{{1,2}}[.．、)）](?!\\d)|[(（]\\d{{1,2}}[)）]|[①-⑳]"
    "|附件|附表|注[：:]|备注[：:])"
)
_CLOSED = tuple("。！？：；!?;:”》")
_TITLED = re.compile("[^。，；：]{6,120}(?:报告|年报|总结|公报|報告|年報|總結|公報)")
MOST_ABOVE = 10
"""A title is among so many lines."""
_WIDE = re.compile(f"[{HAN}{CJK_PUNCTUATION}\u3000]+")
"""What takes two columns a character."""
_COUNTED = "件条條项項次份篇户戶家场場期人名个個万萬亿億元%％‰"
_INSIDE = re.compile(
    f"(?<=[，、（《“])[{SPACES}]*\n[{SPACES}]*(?=[^{SPACES}\n])|[{SPACES}]*\n[{SPACES}]*(?=[，。、；！？）》”])"
    f"|(?<=\\d)[{SPACES}]*\n[{SPACES}]*(?=[{_COUNTED}][，。、；（])"
)
"""Line ends at which no sentence ends."""
SHORTEST_BROKEN = 8
"""Characters of a line that can be the first part of a sentence."""
_CELLS = re.compile("[\t|｜]")
WIDEST_WRAP = 120
"""No one wraps lines by hand wider than this (columns; a Chinese character takes two)."""
NARROWEST_WRAP = 40
SLACK = 6
"""How much shorter than the widest a wrapped line may be, to keep a figure or a mark whole."""


def join_hard_wrapped(string: str) -> Iterator[Replacement]:
    """Join the lines of a paragraph that was wrapped at a fixed width.

    A line is joined to the next where it is as wide as the text's lines are and the next one
    does not begin something: no indent where paragraphs have one, no number, no table row.
    """
    lines = string.split("\n")
    wrap = _measure(lines)
    if wrap is None:
        return
    widths, measure = wrap
    indented = [bool(re.match("[ \t\u3000\xa0]{2,}|\u3000", line)) for line in lines]
    uses_indents = sum(indented) >= 2
    place = 0
    for index, (line, following) in enumerate(pairwise(lines)):
        end = place + len(line)
        stripped = line.rstrip()
        begins = (
            not following.strip()
            or TABLE_PLACEHOLDER in (line, following)
            or indented[index + 1]
            or bool(_NUMBERED.match(following))
            or bool(_CELLS.search(following) or _CELLS.search(line))
        )
        is_title = index < MOST_ABOVE and bool(_TITLED.fullmatch(stripped))
        open_ended = not is_title and (not stripped.endswith(_CLOSED) or uses_indents)
        if widths[index] >= measure - SLACK and open_ended and not begins:
            left, right = stripped[-1:], following[:1]
            latin = not is_cjk(left) and not is_cjk(right) and left.isascii() and right.isascii()
            yield Replacement(
                start=place + len(stripped),
                end=end + 1,
                after=" " if latin and left.isalpha() and right.isalpha() else "",
                reason="the line was wrapped by hand",
            )
        place = end + 1


def join_broken_lines(string: str) -> Iterator[Replacement]:
    """Join a line to the next where a sentence cannot end: behind a comma, before one, inside a figure."""
    for match in _INSIDE.finditer(string):
        first = string[string.rfind("\n", 0, match.start()) + 1 : match.start()]
        end = string.find("\n", match.end())
        if len(first) < SHORTEST_BROKEN or _CELLS.search(first) or TABLE_PLACEHOLDER in first:
            continue
        if (
            not has_han(first)
            or _NUMBERED.match(string, match.end())
            or _CELLS.search(string, match.end(), end if end >= 0 else len(string))
        ):
            continue
        yield Replacement(
            start=match.start(),
            end=match.end(),
            after="",
            reason="a sentence goes on in the next line",
        )


def _measure(lines: list[str]) -> tuple[list[int], int] | None:
    """Return each line's width and the width at which they were wrapped, if they were.

    Widths are counted in columns or in characters, whichever makes more lines equally wide.
    """
    best: tuple[int, list[int], int] | None = None
    for width in (_columns, len):
        widths = [width(line.rstrip()) for line in lines]
        wide = [one for one in widths if one >= (NARROWEST_WRAP if width is _columns else 20)]
        widest = max(wide, default=0)
        near = sum(one >= widest - SLACK for one in wide)
        wrapped = len(wide) >= 3 and widest <= WIDEST_WRAP and near * 2 >= len(wide)
        if wrapped and (best is None or near > best[0]):
            best = (near, widths, widest)
    return best[1:] if best else None


def _columns(line: str) -> int:
    return 2 * len(line) - len(_WIDE.sub("", line))
