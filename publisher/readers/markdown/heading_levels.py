"""The levels of headings, from their numbers and the depth of their ``#`` marks.

A numbered heading has the level of its number. Offices begin at any depth and mix numbered and
unnumbered headings, so an unnumbered heading has the level of the numbered ones of the same depth.
If there are none, its depth is compared with the other headings.
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
MAX_LEVEL = 6


def heading_levels(
    headings: Sequence[tuple[int, str]], *, starts_text: bool, metadata_title: str
) -> tuple[int, ...]:
    """Return the level of each heading: 1 for the title, 2 for a chapter, and so on.

    Args:
        headings: For each heading the number of ``#`` marks and its text.
        starts_text: Whether the first heading is the start of the text.
        metadata_title: The title in the front matter; empty for none.

    """
    from publisher.text.numbering import read_number

    numbers = [read_number(string) for _, string in headings]
    title_index = -1
    if _has_title(headings, [bool(number) for number in numbers], starts_text=starts_text):
        depth, string = headings[0]
        if not metadata_title or depth == 1 or string == metadata_title:
            title_index = 0
    votes_by_depth: dict[int, Counter[int]] = {}
    for (depth, _), number in zip(headings, numbers, strict=True):
        if number:
            votes_by_depth.setdefault(depth, Counter())[number.level] += 1
    levels_by_depth = {depth: count.most_common(1)[0][0] for depth, count in votes_by_depth.items()}
    min_depth = min(
        (depth for index, (depth, _) in enumerate(headings) if index != title_index), default=1
    )
    levels = []
    for index, ((depth, _), number) in enumerate(zip(headings, numbers, strict=True)):
        level = number.level if number else _level_of_unnumbered(depth, levels_by_depth, min_depth)
        levels.append(1 if index == title_index else min(level + 1, MAX_LEVEL))
    return tuple(levels)


def _has_title(
    headings: Sequence[tuple[int, str]], numbered: list[bool], *, starts_text: bool
) -> bool:
    """Return whether the first heading is the title.

    It is unnumbered and of the smallest depth. If other unnumbered headings have the same depth, it
    also starts the text and reads like a title.
    """
    if not headings or numbered[0]:
        return False
    first_depth, string = headings[0]
    if first_depth > min(depth for depth, _ in headings):
        return False
    candidates = sum(
        depth == first_depth and not is_numbered
        for (depth, _), is_numbered in zip(headings, numbered, strict=True)
    )
    return candidates == 1 or (starts_text and bool(_TITLE_END.search(string)))


def _level_of_unnumbered(depth: int, levels_by_depth: dict[int, int], min_depth: int) -> int:
    """Return the level of an unnumbered heading from the levels of numbered ones by depth."""
    if depth in levels_by_depth:
        return levels_by_depth[depth]
    parent_depth = max((known for known in levels_by_depth if known < depth), default=0)
    if parent_depth:
        return levels_by_depth[parent_depth] + depth - parent_depth
    return depth - min_depth + 1
