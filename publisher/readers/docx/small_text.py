"""Superscripts, subscripts and struck-out figures of a paragraph: the changes that publish them.

Input: a paragraph whose runs were read, and the marks of its runs. Output: changes of the paragraph, and the marks that
remain: runs that Word divided are one text, and Unicode's superscripts are not raised again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from publisher.model import Locator, Mark
from publisher.readers.docx.text_builder import Change, EditRule
from publisher.readers.small_text_draft import SmallTextDraft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.model import MarkKind
    from publisher.readers.docx.text_builder import Paragraph
    from publisher.readers.small_text_draft import ChangeKind


def publish_small_texts(paragraph: Paragraph, string: str, marks: Sequence[Mark]) -> list[Mark]:
    """Add the changes of a paragraph's small texts; return its marks, joined where they are adjacent.

    Args:
        paragraph: The paragraph.
        string: The whole text of the file.
        marks: The marks that begin in the paragraph, in order.

    """
    draft = SmallTextDraft(string, paragraph.start, paragraph.end, paragraph.changes, _make_change)
    resulting = []
    for mark in _join_adjacent(marks):
        start, end = mark.locator.offset, mark.locator.offset + mark.locator.length
        if mark.kind == "strikethrough":
            draft.separate_figures(start, end)
        is_small = mark.kind in ("superscript", "subscript")
        position: Literal["superscript", "subscript"] = (
            "superscript" if mark.kind == "superscript" else "subscript"
        )
        if not is_small or draft.publish(start, end, position):
            resulting.append(mark)
    return resulting


def _join_adjacent(marks: Sequence[Mark]) -> list[Mark]:
    """Return marks with those of one kind joined where one ends as the next begins, except links, ruby and formulas."""
    joined: list[Mark] = []
    last_of_kind: dict[MarkKind, int] = {}
    for mark in marks:
        index = last_of_kind.get(mark.kind, -1)
        previous = joined[index].locator if index >= 0 else None
        if (
            previous
            and mark.kind not in ("link", "ruby", "formula")
            and mark.locator.offset <= previous.offset + previous.length
        ):
            end = max(previous.offset + previous.length, mark.locator.offset + mark.locator.length)
            locator = Locator(offset=previous.offset, length=end - previous.offset)
            joined[index] = Mark(kind=mark.kind, locator=locator)
        else:
            last_of_kind[mark.kind] = len(joined)
            joined.append(mark)
    return joined


def _make_change(start: int, end: int, after: str, kind: ChangeKind, reason: str) -> Change:
    return Change(start, end, after, EditRule(kind, reason))
