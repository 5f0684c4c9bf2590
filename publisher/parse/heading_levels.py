"""Which way of numbering stands inside which, where a report does not keep to the usual order.

Enters: the numbered lines of a report. Leaves: the same with the levels that the report gives them: one
that writes 1、 over （一） means 1、 as its first level; 一、 under 第一章 is its second.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.text.numbering import LineNumber, NumberingStyle


def by_nesting(numbers: Sequence[LineNumber | None]) -> list[LineNumber | None]:
    """Return the numbers with their levels as the report nests them."""
    told = [one for one in numbers if one is not None]
    styles = {one.style.name: one.style for one in told}
    order = sorted(styles, key=lambda name: styles[name].level)
    for place in range(1, len(order)):
        name = order[place]
        outer = next((i for i in range(place) if _is_within(told, order[i], name)), place)
        order.insert(outer, order.pop(place))
    if all(_is_usual(told, styles[a], styles[b]) for a, b in pairwise(order)):
        return list(numbers)
    ranked = {name: replace(styles[name], level=rank) for rank, name in enumerate(order, 1)}
    return [one and replace(one, style=ranked[one.style.name]) for one in numbers]


def _is_usual(told: Sequence[LineNumber], outer: NumberingStyle, inner: NumberingStyle) -> bool:
    """Whether the levels that two ways of numbering stand for are those that they have here."""
    beside = outer.level == inner.level and not _encloses(told, outer.name, inner.name)
    return outer.level < inner.level or beside


def _is_within(told: Sequence[LineNumber], inner: str, outer: str) -> bool:
    """Tell a style that begins anew between two neighbours of another, and not the other way round."""
    return _encloses(told, outer, inner) and not _encloses(told, inner, outer)


def _encloses(told: Sequence[LineNumber], outer: str, inner: str) -> bool:
    last, begun = 0, False
    for one in told:
        if one.style.name == inner and one.value == 1:
            begun = True
        elif one.style.name == outer:
            if begun and last and one.value == last + 1:
                return True
            last, begun = one.value, False
    return False
