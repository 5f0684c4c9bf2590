"""The levels of numbering styles in a report that does not use the usual order.

Input: the numbers of a report's lines. Output: the same with the levels that the report gives them. A
report that writes 1、 above （一） means 1、 as its first level; 一、 below 第一章 is its second.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.text.numbering import LineNumber, NumberingStyle


def assign_levels(numbers: Sequence[LineNumber | None]) -> list[LineNumber | None]:
    """Return the numbers with their levels as the report nests them."""
    numbered = [number for number in numbers if number is not None]
    styles = {number.style.name: number.style for number in numbered}
    order = sorted(styles, key=lambda name: styles[name].level)
    for index in range(1, len(order)):
        name = order[index]
        outer = next((i for i in range(index) if _is_within(numbered, order[i], name)), index)
        order.insert(outer, order.pop(index))
    if all(_is_usual(numbered, styles[a], styles[b]) for a, b in pairwise(order)):
        return list(numbers)
    ranked = {name: replace(styles[name], level=rank) for rank, name in enumerate(order, 1)}
    return [number and replace(number, style=ranked[number.style.name]) for number in numbers]


def _is_usual(numbered: Sequence[LineNumber], outer: NumberingStyle, inner: NumberingStyle) -> bool:
    """Return whether two styles have the levels here that they usually have."""
    are_siblings = outer.level == inner.level and not _encloses(numbered, outer.name, inner.name)
    return outer.level < inner.level or are_siblings


def _is_within(numbered: Sequence[LineNumber], inner: str, outer: str) -> bool:
    """Return whether ``inner`` restarts between two numbers of ``outer``, and not the reverse."""
    return _encloses(numbered, outer, inner) and not _encloses(numbered, inner, outer)


def _encloses(numbered: Sequence[LineNumber], outer: str, inner: str) -> bool:
    """Return whether ``inner`` begins with 1 between two consecutive numbers of ``outer``."""
    last_value, inner_began = 0, False
    for number in numbered:
        if number.style.name == inner and number.value == 1:
            inner_began = True
        elif number.style.name == outer:
            if inner_began and last_value and number.value == last_value + 1:
                return True
            last_value, inner_began = number.value, False
    return False
