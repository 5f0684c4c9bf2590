"""Nesting of the elements inside a line: spans of characters that may overlap become elements that do not.

Input: the elements of a text. Output: elements that nest properly, in the order of their start tags; an element that may be
split is cut where another one begins or ends.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class InlineElement:
    """An element inside a line: its first character, one past its last, and its tags."""

    start: int
    end: int
    start_tag: Markup
    end_tag: Markup
    rank: int = 0
    """Of elements with the same characters, the one with the lowest rank is the outermost."""
    whole: bool = True
    """Whether it cannot be split, because it has an identity or a text of its own."""

    def overlaps(self, other: InlineElement) -> bool:
        """Return whether it has a character in common with another element."""
        return self.start < other.end and other.start < self.end


def nest_elements(elements: Iterable[InlineElement]) -> list[InlineElement]:
    """Return elements that nest properly, outer ones first; elements that are whole must not overlap each other."""
    elements = list(elements)
    wholes = sorted((e for e in elements if e.whole), key=lambda element: element.start)
    pending: list[tuple[int, int, int, int, InlineElement]] = []
    for element in elements:
        for part in (element,) if element.whole else _split_at(element, wholes):
            _push(pending, part)
    nested: list[InlineElement] = []
    open_ends: list[int] = []
    while pending:
        element = heapq.heappop(pending)[-1]
        while open_ends and open_ends[-1] <= element.start:
            open_ends.pop()
        if open_ends and element.end > open_ends[-1]:
            _push(pending, replace(element, start=open_ends[-1]))
            element = replace(element, end=open_ends[-1])
        nested.append(element)
        open_ends.append(element.end)
    return nested


def _push(pending: list[tuple[int, int, int, int, InlineElement]], element: InlineElement) -> None:
    """Add an element to a heap, by its start, its length and its rank."""
    heapq.heappush(pending, (element.start, -element.end, element.rank, len(pending), element))


def _split_at(element: InlineElement, wholes: Sequence[InlineElement]) -> list[InlineElement]:
    """Cut an element at the border of each whole element that it overlaps and does not contain."""
    cuts = [element.start, element.end]
    for whole in wholes:
        if whole.start < element.start < whole.end < element.end:
            cuts.append(whole.end)
        elif element.start < whole.start < element.end < whole.end:
            cuts.append(whole.start)
    cuts = sorted(set(cuts))
    return [replace(element, start=first, end=last) for first, last in pairwise(cuts)]
