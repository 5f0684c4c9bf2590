"""Which level a heading has where ``#`` and numbers both say something.

The parser takes a numbered heading's level from its number, and one less than the depth for the
others, ``#`` being the title. Offices begin at any depth and mix both; so the depths of unnumbered
headings are told from the numbered ones that share them, and else from one another.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_TITLE_END = re.compile(
    "(?:报告|年报|总结|情况|公报|通报|公告|通知|意见|办法|报告书|報告|年報|總結|情況|公報)"
    "(?:[（(][^（）()]{1,20}[）)])?$"
)
DEEPEST = 6


def heading_levels(
    headings: Sequence[tuple[int, str]], *, opens: bool, named: str
) -> tuple[int, ...]:
    """Return for each heading, given with its depth and words, the level that a passage has.

    1 is the title's; a chapter has 2. ``opens`` tells whether the first one opens the text,
    ``named`` is the title that the file's facts give.
    """
    from publisher.text.numbering import read_number

    numbers = [read_number(words) for _, words in headings]
    title = 0 if _has_title(headings, [bool(one) for one in numbers], opens=opens) else -1
    if title == 0 and named and headings[0][0] > 1 and headings[0][1] != named:
        title = -1
    votes: dict[int, Counter[int]] = {}
    for (depth, _), numbered in zip(headings, numbers, strict=True):
        if numbered:
            votes.setdefault(depth, Counter())[numbered.level] += 1
    known = {depth: count.most_common(1)[0][0] for depth, count in votes.items()}
    top = min((d for i, (d, _) in enumerate(headings) if i != title), default=1)
    levels = []
    for index, ((depth, _), numbered) in enumerate(zip(headings, numbers, strict=True)):
        level = numbered.level if numbered else _level(depth, known, top)
        levels.append(1 if index == title else min(level + 1, DEEPEST))
    return tuple(levels)


def _has_title(headings: Sequence[tuple[int, str]], numbered: list[bool], *, opens: bool) -> bool:
    """Tell whether the first heading is the title: of the least depth, unnumbered and alone.

    Among equals it is the title where it opens the text and reads like one.
    """
    if not headings or numbered[0]:
        return False
    depth, words = headings[0]
    if depth > min(one for one, _ in headings):
        return False
    equals = sum(d == depth and not n for (d, _), n in zip(headings, numbered, strict=True))
    return equals == 1 or (opens and bool(_TITLE_END.search(words)))


def _level(depth: int, known: dict[int, int], top: int) -> int:
    """Return an unnumbered heading's level: that of its depth, or of its place between known ones."""
    if depth in known:
        return known[depth]
    above = max((one for one in known if one < depth), default=0)
    if above:
        return known[above] + depth - above
    return depth - top + 1
