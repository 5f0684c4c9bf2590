"""A comparison as an HTML page: the figures first, then the text and tables with what was put in and taken out.

Input: a ``Comparison``. Output: the page; it needs no other file and loads nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from publisher.comparison.comparison_data import count_states
from publisher.comparison.states import State
from publisher.comparison.text_changes import LineChange
from publisher.messages.catalogue import ENGLISH
from publisher.render.page_environment import page_environment

if TYPE_CHECKING:
    from publisher.comparison import Comparison
    from publisher.comparison.table_changes import TableChange

TEMPLATE = "comparison.html.j2"
MAX_SHOWN = 2
"""Unchanged lines that are shown before and after a change; the others are folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _PagePart:
    """Lines and tables that follow one another on the page."""

    is_folded: bool
    items: tuple[LineChange | TableChange, ...]


def comparison_page(comparison: Comparison, language: str = ENGLISH) -> str:
    """Return the page in a language of messages."""
    environment = page_environment("comparison", language, trim_blocks=True)
    environment.tests["line"] = lambda item: isinstance(item, LineChange)
    return environment.get_template(TEMPLATE).render(
        names=comparison.names,
        metadata=comparison.metadata,
        counts=count_states(comparison),
        figures=[change for change in comparison.figures if change.state is not State.SAME],
        parts=_page_parts(comparison.items),
    )


def _page_parts(items: tuple[LineChange | TableChange, ...]) -> list[_PagePart]:
    """Return the items in runs; those far from any change are folded."""
    changed = [number for number, item in enumerate(items) if item.state is not State.SAME]
    near = {number + step for number in changed for step in range(-MAX_SHOWN, MAX_SHOWN + 1)}
    return [
        _PagePart(is_folded=is_folded, items=tuple(items[number] for number in numbers))
        for is_folded, numbers in groupby(range(len(items)), key=lambda number: number not in near)
    ]
