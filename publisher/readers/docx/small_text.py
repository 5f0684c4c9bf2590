"""Superscripts, subscripts and struck-out figures of a paragraph: the changes that publish them.

Input: a paragraph whose runs were read, and the marks of its runs. Output: changes of the paragraph, and the marks that
remain: runs that Word divided are one text, and Unicode's superscripts are not raised again.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from operator import attrgetter
from typing import TYPE_CHECKING

from publisher.model import Locator, Mark
from publisher.readers.docx.text_builder import Change, EditRule
from publisher.text.small_text import CONTEXT_LENGTH, SEPARATOR, joins_figures, publish_small_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.model import MarkKind
    from publisher.readers.docx.text_builder import Paragraph

_STRUCK_OUT = EditRule("struck-out", "a struck-out figure and the one beside it")
_START = attrgetter("start")
_WINDOW = 8 * CONTEXT_LENGTH
"""Characters of the file in which the published context of a small text is looked for."""


def publish_small_texts(paragraph: Paragraph, string: str, marks: Sequence[Mark]) -> list[Mark]:
    """Add the changes of a paragraph's small texts; return its marks, joined where they are adjacent.

    Args:
        paragraph: The paragraph.
        string: The whole text of the file.
        marks: The marks that begin in the paragraph, in order.

    """
    draft = _ParagraphDraft(paragraph, string)
    resulting = []
    for mark in _join_adjacent(marks):
        if mark.kind == "strikethrough":
            draft.separate_figures(mark.locator)
        if mark.kind not in ("superscript", "subscript") or draft.publish(mark):
            resulting.append(mark)
    return resulting


def _join_adjacent(marks: Sequence[Mark]) -> list[Mark]:
    """Return marks with those of one kind joined where one ends as the next begins, except links and ruby."""
    joined: list[Mark] = []
    last_of_kind: dict[MarkKind, int] = {}
    for mark in marks:
        index = last_of_kind.get(mark.kind, -1)
        previous = joined[index].locator if index >= 0 else None
        if (
            previous
            and mark.kind not in ("link", "ruby")
            and mark.locator.offset <= previous.offset + previous.length
        ):
            end = max(previous.offset + previous.length, mark.locator.offset + mark.locator.length)
            locator = Locator(offset=previous.offset, length=end - previous.offset)
            joined[index] = Mark(kind=mark.kind, locator=locator)
        else:
            last_of_kind[mark.kind] = len(joined)
            joined.append(mark)
    return joined


class _ParagraphDraft:
    """A paragraph with its changes in order, so that what is published of a span can be found."""

    def __init__(self, paragraph: Paragraph, string: str) -> None:
        paragraph.changes.sort(key=_START)
        self._changes = paragraph.changes
        self._string = string
        self._start, self._end = paragraph.start, paragraph.end

    def publish(self, mark: Mark) -> bool:
        """Add the change of a superscript or a subscript; return whether the page sets it small."""
        start = mark.locator.offset
        content = self._string[start : start + mark.locator.length]
        start += len(content) - len(content.lstrip())
        end = start + len(content.strip())
        if start == end:
            return False
        if self._is_changed(start, end):
            return True
        published = publish_small_text(
            self._string[start:end],
            self._before(start).rpartition("\n")[2].rstrip()[-CONTEXT_LENGTH:],
            self._after(end).partition("\n")[0][:CONTEXT_LENGTH],
            position="superscript" if mark.kind == "superscript" else "subscript",
        )
        if published.reason:
            rule = EditRule("note-mark" if published.note_mark else "superscript", published.reason)
            insort(self._changes, Change(start, end, published.text, rule), key=_START)
        return published.raised_by_page

    def separate_figures(self, locator: Locator) -> None:
        """Separate a struck-out figure from the figures before and after it."""
        for border in (locator.offset, locator.offset + locator.length):
            if not joins_figures(self._before(border), self._after(border)):
                continue
            is_next = self._string[border : border + 1].isdecimal()
            position = border if is_next else border - 1
            if not self._is_changed(position, position + 1):
                character = self._string[position]
                after = f"{SEPARATOR}{character}" if is_next else f"{character}{SEPARATOR}"
                change = Change(position, position + 1, after, _STRUCK_OUT)
                insort(self._changes, change, key=_START)

    def _is_changed(self, start: int, end: int) -> bool:
        index = bisect_left(self._changes, end, key=_START)
        return bool(index) and self._changes[index - 1].end > start

    def _before(self, end: int) -> str:
        return self._published(max(self._start, end - _WINDOW), end)

    def _after(self, start: int) -> str:
        return self._published(start, min(self._end, start + _WINDOW))

    def _published(self, start: int, end: int) -> str:
        """Return what is published of a span of the file."""
        pieces, position = [], start
        first = max(0, bisect_left(self._changes, start, key=_START) - 1)
        for change in self._changes[first : bisect_left(self._changes, end, key=_START)]:
            if change.end > start:
                pieces += [self._string[position : max(position, change.start)], change.after]
                position = max(position, change.end)
        return "".join([*pieces, self._string[position:end]])
