"""The text of a report as it is printed, with the edits that a person can decide about marked in it.

Input: the source as its reader returned it, the text after all stages, and the edits. Output: lines, tables and pictures
whose texts are divided into spans. Edits at overlapping places are marked as one span.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING

from publisher.model import Passage, SourceTable
from publisher.serve.desk.line_roles import NOT_PRINTED, line_roles
from publisher.serve.desk.report_view import (
    PictureBlock,
    Span,
    TableBlock,
    TableCellText,
    TextBlock,
    TextLine,
)
from publisher.text.visible_whitespace import show_whitespace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.model import LineDecision, Locator, Report, SourceText, Text
    from publisher.serve.desk.report_view import EditItem, EditState


@dataclass(slots=True)
class _Change:
    """Edits whose places overlap."""

    start: int
    end: int
    items: list[EditItem] = field(default_factory=list)

    @property
    def state(self) -> EditState:
        """The state of the edit that most needs a look."""
        states = {item.state for item in self.items}
        order: tuple[EditState, ...] = ("proposed", "rejected", "accepted", "made")
        return next(state for state in order if state in states)


class TextMarker:
    """Divides texts into spans, and shows what edits at their places replace."""

    def __init__(
        self, source: SourceText, locators: Sequence[Locator], items: Sequence[EditItem]
    ) -> None:
        """Arrange the edits by their places.

        Args:
            source: The source as its reader returned it.
            locators: The place of each edit.
            items: The edits.

        """
        self._before = _characters_by_offset(source)
        self.end = len(source.decoded) + 1
        """One past the last offset of an edit."""
        self._changes: list[_Change] = []
        ordered = sorted(
            zip(locators, items, strict=True), key=lambda pair: (pair[0].offset, -pair[0].length)
        )
        for locator, item in ordered:
            end = locator.offset + max(locator.length, 1)
            if self._changes and locator.offset < self._changes[-1].end:
                last = self._changes[-1]
                last.end = max(last.end, end)
                last.items.append(item)
            else:
                self._changes.append(_Change(locator.offset, end, [item]))
        self._starts = [change.start for change in self._changes]

    def spans(self, text: Text, start: int, end: int) -> tuple[Span, ...]:
        """Return the spans of a text; removals between two offsets of the source belong to it."""
        return tuple(self._spans(text, start, end))

    def _spans(self, text: Text, start: int, end: int) -> Iterator[Span]:
        if not text.string:
            return
        starts = text.starts
        position, length = 0, len(text)
        for change in self._changes_between(start, end):
            first = position
            while first < length and starts[first] < change.start:
                first += 1
            last = first
            while last < length and starts[last] < change.end:
                last += 1
            if first > position:
                yield Span(text=text.string[position:first], offset=starts[position])
            yield self._changed(text.string[first:last], change)
            position = last
        if position < length:
            yield Span(text=text.string[position:], offset=starts[position])

    def _changed(self, string: str, change: _Change) -> Span:
        before = "".join(self._before.get(i, "") for i in range(change.start, change.end))
        is_made = any(item.is_made for item in change.items)
        other = before if is_made else "".join(item.after for item in change.items[:1])
        return Span(
            text=string,
            offset=change.start,
            edits=tuple(item.identifier for item in change.items),
            state=change.state,
            other=show_whitespace(other),
        )

    def _changes_between(self, start: int, end: int) -> Iterator[_Change]:
        first = max(bisect_right(self._starts, start) - 1, 0)
        for index in range(first, len(self._changes)):
            change = self._changes[index]
            if change.start >= end:
                return
            if change.end > start:
                yield change


def mark_text(
    converted: SourceText,
    report: Report,
    marker: TextMarker,
    decided: Iterable[LineDecision] = (),
) -> tuple[TextBlock, ...]:
    """Return the lines, tables and pictures of a report in order.

    Args:
        converted: The text after the last stage that changes it.
        report: The report that was parsed from it.
        marker: Divides texts into spans.
        decided: The roles of lines that a person decided.

    """
    roles = line_roles(report)
    decisions = [line.locator for line in decided]
    blocks: list[TextBlock] = []
    starts = sorted(_block_starts(converted))
    for segment in converted.segments:
        if isinstance(segment, Passage):
            for line in segment.text.lines():
                stripped = line.strip()
                if stripped.string:
                    blocks.append(_line(stripped, roles, marker, decisions, starts))
        elif isinstance(segment, SourceTable):
            blocks.append(_table(segment, marker))
        else:
            blocks.append(PictureBlock(offset=segment.locator.offset, alt=segment.alt))
    return tuple(blocks)


def _block_starts(converted: SourceText) -> Iterator[int]:
    for segment in converted.segments:
        if isinstance(segment, Passage):
            for line in segment.text.lines():
                stripped = line.strip()
                if stripped.string:
                    yield stripped.starts[0]
        else:
            yield segment.locator.offset


def _line(
    text: Text,
    roles: dict[int, tuple[str, int]],
    marker: TextMarker,
    decided: Sequence[Locator],
    starts: Sequence[int],
) -> TextLine:
    start, end = text.starts[0], text.ends[-1]
    index = bisect_right(starts, start)
    following = starts[index] if index < len(starts) else marker.end
    role, level = roles.get(start) or next(
        (roles[offset] for offset in text.starts if offset in roles), (NOT_PRINTED, 0)
    )
    return TextLine(
        offset=start,
        length=end - start,
        role=role,
        level=level,
        is_decided=any(
            locator.offset < end and start < locator.offset + locator.length for locator in decided
        ),
        spans=marker.spans(text, start if index > 1 else 0, max(following, end)),
    )


def _table(table: SourceTable, marker: TextMarker) -> TableBlock:
    return TableBlock(
        offset=table.locator.offset,
        rows=tuple(
            tuple(
                TableCellText(
                    spans=_cell_spans(cell.text, marker),
                    row_span=cell.row_span,
                    col_span=cell.col_span,
                )
                for cell in row
            )
            for row in table.rows
        ),
    )


def _cell_spans(text: Text, marker: TextMarker) -> tuple[Span, ...]:
    return marker.spans(text, text.starts[0], text.ends[-1]) if text.string else ()


def _characters_by_offset(source: SourceText) -> dict[int, str]:
    """Return the characters of a source that start at each offset, as its reader returned them."""
    characters: dict[int, str] = {}
    for text in sorted(source.texts(), key=attrgetter("locator.offset")):
        for character, start in zip(text.string, text.starts, strict=True):
            characters[start] = characters.get(start, "") + character
    return characters
