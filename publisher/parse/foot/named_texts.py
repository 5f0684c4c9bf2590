"""The texts that a document names before they come: in 《》, behind 印发, in its list of attachments.

Input: the entries of a source. Output: each name in a form that can be compared, with the line where it is first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.parse.entries import Entry, Line
from publisher.parse.foot.line_forms import comparable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MOST_HEAD_LINES = 12
"""The lines of a head in which 关于印发…的通知 may go over several lines."""
MOST_NAMES = 500
SHORTEST_PART = 6
"""Characters of the shortest name that shows a title which is longer or shorter than it."""
_QUOTED = re.compile("《([^《》]{3,60})》|「([^「」]{4,60})」")
_CARRIED_BY = re.compile(
    "(?:印发|转发|发布|公布|批转|实施|修订|印發|發布)(?:了)?《?([^《》，。；]{4,60}?)》?的?(?:通知|函|公告|通告|决定|命令|令|意见)"
)
_LISTED = re.compile(
    "(?:附件?[\\d一二三四五六七八九十]{0,2}[：:])?(?:[\\d０-９]{1,2}[.．、])?(.{2,60})"
)
LIST_ITEM = re.compile("[\\d０-９]{1,2}[.．、]")
LONGEST_LIST_ITEM = 80
_LABEL = re.compile("附[件表录錄]\\s*[\\d一二三四五六七八九十]{0,2}")
_BRACKET_AT_END = re.compile("[（(][^（()）]*[）)]$|[《》〈〉。；，]")


def plain_name(string: str) -> str:
    """Return a title as it is compared: without white space, 《》, and brackets at its end."""
    return _BRACKET_AT_END.sub("", comparable(string))


def is_list_item(entry: Entry) -> bool:
    """Return whether an entry is a numbered line of a list of attachments by its form."""
    return (
        isinstance(entry, Line)
        and len(entry.string) <= LONGEST_LIST_ITEM
        and bool(LIST_ITEM.match(entry.string.strip()))
    )


class NamedTexts:
    """The names of texts and labels in a source, with the line where each is first."""

    def __init__(
        self, entries: Sequence[Entry], listed: set[int], labels: Mapping[int, object]
    ) -> None:
        """Read the names.

        Args:
            entries: The entries of a source.
            listed: The lines that begin a list of attachments.
            labels: The lines that are labels of annexes, which do not name themselves.

        """
        self._names: dict[str, int] = {}
        self._mentions: dict[str, int] = {}
        for index, name in _names(entries, listed):
            self._names.setdefault(plain_name(name), index)
        for index, entry in enumerate(entries):
            if isinstance(entry, Line) and index not in labels and "附" in entry.string:
                for match in _LABEL.finditer(entry.string):
                    self._mentions.setdefault(comparable(match[0]), index)
        self._long = [name for name in self._names if len(name) >= SHORTEST_PART][:MOST_NAMES]

    def names(self, title: str, index: int) -> bool:
        """Return whether a line before ``index`` names a text with this title."""
        return self._names.get(plain_name(title), index) < index

    def names_part(self, title: str, index: int) -> bool:
        """Return whether a line before ``index`` names a text with a part of this title, or more than it."""
        plain = plain_name(title)
        return len(plain) >= SHORTEST_PART and any(
            (name in plain or plain in name) and self._names[name] < index for name in self._long
        )

    def mentions(self, label: str, index: int) -> bool:
        """Return whether a line before ``index`` mentions a label: 见附件1."""
        return self._mentions.get(comparable(label).rstrip("：:"), index) < index


def _names(entries: Sequence[Entry], listed: set[int]) -> Iterator[tuple[int, str]]:
    head: list[str] = []
    is_in_list = False
    for index, entry in enumerate(entries):
        if not isinstance(entry, Line):
            continue
        string = entry.string
        for match in _QUOTED.finditer(string):
            yield index, match[1] or match[2]
        for match in _CARRIED_BY.finditer(string):
            yield index, match[1]
        is_in_list = index in listed or (is_in_list and is_list_item(entry))
        item = _LISTED.match(string.strip()) if is_in_list else None
        if item:
            yield index, item[1]
        if len(head) < MOST_HEAD_LINES:
            head.append(string.strip())
            for match in _CARRIED_BY.finditer("".join(head[-3:])):
                yield index, match[1]
