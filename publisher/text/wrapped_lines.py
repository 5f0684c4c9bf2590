"""Lines that were wrapped by hand, or broken inside a sentence.

Input: a string. Output: replacements that join such a line to the next.
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
_CLOSING_MARKS = tuple("。！？：；!?;:”》")
_TITLE = re.compile("[^。，；：]{6,120}(?:报告|年报|总结|公报|報告|年報|總結|公報)")
TITLE_LINES = 10
"""Only this many lines at the top of a text can be its title."""
_TWO_COLUMNS = re.compile(f"[{HAN}{CJK_PUNCTUATION}\u3000]+")
"""Characters that are two columns wide in a text editor."""
_COUNTERS = "件条條项項次份篇户戶家场場期人名个個万萬亿億元%％‰"
_SENTENCE_BREAK = re.compile(
    f"(?<=[，、（《“])[{SPACES}]*\n[{SPACES}]*(?=[^{SPACES}\n])|[{SPACES}]*\n[{SPACES}]*(?=[，。、；！？）》”])"
    f"|(?<=\\d)[{SPACES}]*\n[{SPACES}]*(?=[{_COUNTERS}][，。、；（])"
)
"""A line end inside a sentence."""
SHORTEST_BROKEN = 8
"""Characters that a line has at least if it is the first part of a broken sentence."""
_CELL_SEPARATOR = re.compile("[\t|｜]")
WIDEST_WRAP = 120
"""Nobody wraps lines by hand at more columns than this (a Chinese character has two)."""
NARROWEST_WRAP = 40
"""Nobody wraps lines by hand at fewer columns than this."""
NARROWEST_WRAP_CHARACTERS = 20
"""The same limit where the width is counted in characters."""
SLACK = 6
"""A wrapped line may be this much shorter than the widest, which keeps a figure or a mark whole."""


def join_hard_wrapped(string: str) -> Iterator[Replacement]:
    """Join the lines of a paragraph that was wrapped at a fixed width.

    A line is joined to the next if it is as wide as the lines of the text are and the next line
    begins nothing: it has no indent where paragraphs have one, no number, and is no table row.
    """
    lines = string.split("\n")
    wrap = _measure(lines)
    if wrap is None:
        return
    widths, measure = wrap
    indented = [bool(re.match("[ \t\u3000\xa0]{2,}|\u3000", line)) for line in lines]
    uses_indents = sum(indented) >= 2
    offset = 0
    for index, (line, following) in enumerate(pairwise(lines)):
        end = offset + len(line)
        stripped = line.rstrip()
        begins_something = (
            not following.strip()
            or TABLE_PLACEHOLDER in (line, following)
            or indented[index + 1]
            or bool(_NUMBERED.match(following))
            or bool(_CELL_SEPARATOR.search(following) or _CELL_SEPARATOR.search(line))
        )
        is_title = index < TITLE_LINES and bool(_TITLE.fullmatch(stripped))
        open_ended = not is_title and (not stripped.endswith(_CLOSING_MARKS) or uses_indents)
        if widths[index] >= measure - SLACK and open_ended and not begins_something:
            left, right = stripped[-1:], following[:1]
            latin = not is_cjk(left) and not is_cjk(right) and left.isascii() and right.isascii()
            yield Replacement(
                start=offset + len(stripped),
                end=end + 1,
                after=" " if latin and left.isalpha() and right.isalpha() else "",
                reason="the line was wrapped by hand",
            )
        offset = end + 1


def join_broken_lines(string: str) -> Iterator[Replacement]:
    """Join a line to the next where no sentence can end: around a comma, or inside a figure."""
    for match in _SENTENCE_BREAK.finditer(string):
        first = string[string.rfind("\n", 0, match.start()) + 1 : match.start()]
        end = string.find("\n", match.end())
        if (
            len(first) < SHORTEST_BROKEN
            or _CELL_SEPARATOR.search(first)
            or TABLE_PLACEHOLDER in first
        ):
            continue
        if (
            not has_han(first)
            or _NUMBERED.match(string, match.end())
            or _CELL_SEPARATOR.search(string, match.end(), end if end >= 0 else len(string))
        ):
            continue
        yield Replacement(
            start=match.start(),
            end=match.end(),
            after="",
            reason="the sentence continues in the next line",
        )


def _measure(lines: list[str]) -> tuple[list[int], int] | None:
    """Return the width of each line and the width of the wrap; ``None`` if lines are not wrapped.

    Widths are counted in columns or in characters, whichever makes more lines equally wide.
    """
    best: tuple[int, list[int], int] | None = None
    for width_of, narrowest in ((_columns, NARROWEST_WRAP), (len, NARROWEST_WRAP_CHARACTERS)):
        widths = [width_of(line.rstrip()) for line in lines]
        wide = [width for width in widths if width >= narrowest]
        widest = max(wide, default=0)
        near_widest = sum(width >= widest - SLACK for width in wide)
        wrapped = len(wide) >= 3 and widest <= WIDEST_WRAP and near_widest * 2 >= len(wide)
        if wrapped and (best is None or near_widest > best[0]):
            best = (near_widest, widths, widest)
    return best[1:] if best else None


def _columns(line: str) -> int:
    """Return the width of a line in columns."""
    return 2 * len(line) - len(_TWO_COLUMNS.sub("", line))
