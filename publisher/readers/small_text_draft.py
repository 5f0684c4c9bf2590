"""A text whose small parts are being published: superscripts, subscripts and struck-out figures.

Input: a string, and the changes that a reader makes to it. Output: further changes (``text.small_text``). What is published
around a small text decides how it is read, so the changes are kept in order.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from operator import attrgetter
from typing import TYPE_CHECKING, Generic, Literal, Protocol, TypeVar

from publisher.text.small_text import CONTEXT_LENGTH, SEPARATOR, joins_figures, publish_small_text

if TYPE_CHECKING:
    from collections.abc import Callable

STRUCK_OUT_REASON = "a struck-out figure and the one beside it"
_WINDOW = 8 * CONTEXT_LENGTH
"""Characters of the string in which the published context of a small text is looked for."""
_START = attrgetter("start")
ChangeKind = Literal["superscript", "note-mark", "struck-out"]


class Change(Protocol):
    """A span of the string, and what is published instead of it."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """One past its last character."""

    @property
    def after(self) -> str:
        """The text that replaces it."""


ChangeType = TypeVar("ChangeType", bound=Change)


class SmallTextDraft(Generic[ChangeType]):
    """A part of a string with its changes, to which those of small texts are added."""

    def __init__(
        self,
        string: str,
        start: int,
        end: int,
        changes: list[ChangeType],
        make_change: Callable[[int, int, str, ChangeKind, str], ChangeType],
    ) -> None:
        """Sort the changes, which do not overlap, and add to them.

        Args:
            string: The whole string.
            start: Where the part begins.
            end: One past the part.
            changes: The changes of the part; new ones are inserted.
            make_change: Makes a change from start, end, new text, kind and reason.

        """
        changes.sort(key=_START)
        self._changes = changes
        self._string = string
        self._start, self._end = start, end
        self._make_change = make_change

    def publish(self, start: int, end: int, position: Literal["superscript", "subscript"]) -> bool:
        """Add the change of a superscript or a subscript; return whether the page sets it small."""
        content = self._string[start:end]
        start += len(content) - len(content.lstrip())
        end = start + len(content.strip())
        if start >= end:
            return False
        if self._is_changed(start, end):
            return True
        published = publish_small_text(
            self._string[start:end],
            *self.context(start, end),
            position=position,
        )
        if published.reason:
            kind: ChangeKind = "note-mark" if published.note_mark else "superscript"
            self._insert(start, end, published.text, kind, published.reason)
        return published.raised_by_page

    def context(self, start: int, end: int) -> tuple[str, str]:
        """Return what is published before and behind a span in its line, at most ``CONTEXT_LENGTH`` characters each."""
        before = self._before(start).rpartition("\n")[2].rstrip()[-CONTEXT_LENGTH:]
        return before, self._after(end).partition("\n")[0][:CONTEXT_LENGTH]

    def separate_figures(self, start: int, end: int) -> None:
        """Separate a struck-out figure from the figures before and after it."""
        for border in (start, end):
            if not joins_figures(self._before(border), self._after(border)):
                continue
            is_next = self._string[border : border + 1].isdecimal()
            position = border if is_next else border - 1
            if not self._is_changed(position, position + 1):
                character = self._string[position]
                after = f"{SEPARATOR}{character}" if is_next else f"{character}{SEPARATOR}"
                self._insert(position, position + 1, after, "struck-out", STRUCK_OUT_REASON)

    def _insert(self, start: int, end: int, after: str, kind: ChangeKind, reason: str) -> None:
        change = self._make_change(start, end, after, kind, reason)
        insort(self._changes, change, key=_START)

    def _is_changed(self, start: int, end: int) -> bool:
        index = bisect_left(self._changes, end, key=_START)
        return bool(index) and self._changes[index - 1].end > start

    def _before(self, end: int) -> str:
        return self._published(max(self._start, end - _WINDOW), end)

    def _after(self, start: int) -> str:
        return self._published(start, min(self._end, start + _WINDOW))

    def _published(self, start: int, end: int) -> str:
        """Return what is published of a span of the string."""
        pieces, position = [], start
        first = max(0, bisect_left(self._changes, start, key=_START) - 1)
        for change in self._changes[first : bisect_left(self._changes, end, key=_START)]:
            if change.end > start:
                pieces += [self._string[position : max(position, change.start)], change.after]
                position = max(position, change.end)
        return "".join([*pieces, self._string[position:end]])
