"""The role of each entry, from the roles of the series.

Input: series with their roles. Output: for each entry whether it is a heading, an item, a numbered paragraph or something else.
In a series of headings, a line that only reads like a sentence stays an item.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from publisher.parse.outline.forms import Form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from publisher.parse.entries import Entry
    from publisher.parse.outline.forms import LineForm
    from publisher.parse.outline.series import Series
    from publisher.text.numbering import LineNumber

NEVER_HEADINGS = frozenset({Form.SENTENCE, Form.LIST_PART, Form.DEFINITION})


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineRole:
    """What an entry is in the outline."""

    kind: Literal["heading", "item", "numbered", "other"] = "other"
    number: LineNumber | None = None
    depth: int = 0
    """Of a heading: how many headings it is inside, and one more. Of an item: the same for items."""
    level: int = 0
    """The level of a heading as offices count it (GB/T 9704-2012, 7.3.3)."""
    end: int = 0
    """The length of a heading without a number; the rest of its line runs in."""


def outline_roles(
    entries: Sequence[Entry], all_series: Sequence[Series], forms: Mapping[int, LineForm]
) -> list[OutlineRole]:
    """Return the role of each entry; levels are still missing."""
    roles = [OutlineRole()] * len(entries)
    for series in all_series:
        headings, items = _depths(series)
        for member in series.members:
            form = forms[member.index]
            kind = series.role
            if kind == "heading" and form.form in NEVER_HEADINGS and not form.is_certain:
                kind = "item"
            if form.is_item:
                kind = "item"
            roles[member.index] = OutlineRole(
                kind=kind,
                number=member.number,
                depth=headings if kind == "heading" else items,
                end=member.end,
            )
    return roles


def _depths(series: Series) -> tuple[int, int]:
    """Return in how many headings and in how many items the lines of a series are, counting themselves."""
    headings, items = 1, 1
    parent = series.parent
    while parent:
        if parent.role == "heading":
            headings += 1
        elif parent.role == "item":
            items += 1
        parent = parent.parent
    return headings, items
