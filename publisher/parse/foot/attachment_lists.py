"""Labels of annexes that begin a list of attachments, or are lines of one, and no annex.

Input: the entries of a source and its lines with a label. Output: the lines of lists. Another label, a signature, or nothing
follows them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.parse.entries import Entry, Line
from publisher.parse.foot.line_forms import foot_role
from publisher.parse.foot.named_texts import is_list_item
from publisher.parse.foot.signature import signs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from publisher.parse.foot.labels import AnnexLabel

_BELOW = ("copies-to", "printed-by", "remark", "contact")


def listed_labels(entries: Sequence[Entry], labels: Mapping[int, AnnexLabel]) -> set[int]:
    """Return the lines with a label that are lines of a list of attachments."""
    listed: set[int] = set()
    for index in sorted(labels, reverse=True):
        label = labels[index]
        below = index + 1
        if (not label.is_alone or label.has_colon) and not label.is_appendix:
            below = _items_end(entries, below)
        if label.is_listed or _is_end_of_list(entries, index, below, labels, listed):
            listed.add(index)
    for index in sorted(labels):
        if index - 1 in listed and not labels[index].is_alone:
            listed.add(index)  # the last line of a list with a text below it
    return listed


def _items_end(entries: Sequence[Entry], start: int) -> int:
    """Return one past the numbered lines that begin at ``start``."""
    while start < len(entries) and is_list_item(entries[start]):
        start += 1
    return start


def _is_end_of_list(
    entries: Sequence[Entry],
    index: int,
    below: int,
    labels: Mapping[int, AnnexLabel],
    listed: set[int],
) -> bool:
    """Return whether a list that begins at ``index`` may end before ``below``."""
    following = entries[below] if below < len(entries) else None
    if following is None:
        return True
    if not isinstance(following, Line):
        return False
    has_title = not labels[index].is_alone or below > index + 1
    if below in labels:
        return has_title or below in listed
    is_end = signs(following) or foot_role(following.string) in _BELOW
    return has_title and is_end
