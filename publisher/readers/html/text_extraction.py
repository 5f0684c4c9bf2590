"""Extracts the text of a page: each span of markup becomes an edit, each character keeps its offset.

Input is the source, the lines that are kept and the spans that are left out. Output is one ``Text``,
the edits that make it from the source, and the span of each line in it. White space is collapsed as
in HTML, but a line break between two Chinese characters does not become a space.
"""

from __future__ import annotations

import html
import re
from array import array
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.model import Edit, Locator, Text
from publisher.readers.html.tokens import REFERENCE
from publisher.text.characters import is_cjk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from publisher.readers.html.flow_items import Line, OmittedSpan

MARKUP_REASON = "markup, not text"
_SPACE_OR_REFERENCE = re.compile(rf"[ \t\r\n\f]+|{REFERENCE.pattern}")


class TextWriter:
    """Builds a text line by line; call ``finish`` after the last line."""

    def __init__(self, source: str, omitted: Sequence[OmittedSpan]) -> None:
        """Start at the beginning of ``source``; ``omitted`` is sorted, without nested spans."""
        self.source = source
        self.edits: list[Edit] = []
        self._omitted = omitted
        self._next_omitted = 0
        self._source_position = 0
        """Everything in the source before this offset is in the text or in an edit."""
        self._parts: list[str] = []
        self._length = 0
        self._starts, self._ends = array("l"), array("l")
        self._pending_space = ""
        """White space before the next character: a space, LF for a new line, CR for a line break
        of the source, or empty."""
        self._last_character = ""

    def write_line(self, line: Line) -> tuple[int, int]:
        """Write a line; return the indexes of its start and its end in the text."""
        self._pending_space = "\n"
        first = -1
        for piece in line.pieces:
            if piece.after is None:
                index = self._copy_text(
                    piece.start,
                    piece.end,
                    preformatted=line.preformatted,
                    begins_line=first < 0,
                )
            elif piece.after == "\n":
                self._pending_space, index = "\n", -1
            else:
                index = self._substitute(
                    piece.start, piece.end, piece.after, piece.rule, piece.reason
                )
            first = index if first < 0 else first
        return max(first, 0), self._length

    def finish(self) -> Text:
        """Add edits for the rest of the source, and return the text."""
        self._pending_space = ""
        self._skip_to(len(self.source))
        return Text(string="".join(self._parts), starts=self._starts, ends=self._ends)

    def _copy_text(self, start: int, end: int, *, preformatted: bool, begins_line: bool) -> int:
        """Write text of the source; return its index in the text, or -1 if it is white space.

        Of the white space that begins preformatted text, the blank lines are left out.
        """
        first, position = -1, start
        for match in _SPACE_OR_REFERENCE.finditer(self.source, start, end):
            if match.start() > position:
                index = self._copy(position, match.start())
                first = index if first < 0 else first
            position = match.end()
            run = match[0]
            if run[0] == "&":
                resolved = html.unescape(run)
                if resolved == run:
                    index = self._copy(*match.span())
                else:
                    reason = "a character reference"
                    index = self._substitute(*match.span(), resolved, "html-reference", reason)
                first = index if first < 0 else first
            elif preformatted:
                is_first = begins_line and first < 0
                start_of_run = match.start() + (run.rfind("\n") + 1) * is_first
                if start_of_run < position:
                    index = self._copy(start_of_run, position)
                    first = index if first < 0 else first
            else:
                self._note_space(run)
        if position < end:
            index = self._copy(position, end)
            first = index if first < 0 else first
        return first

    def _note_space(self, run: str) -> None:
        if not self._pending_space:
            self._pending_space = "\r" if "\n" in run else " "

    def _copy(self, start: int, end: int) -> int:
        self._skip_to(start, self.source[start])
        index = self._length
        self._add(self.source[start:end], range(start, end), range(start + 1, end + 1))
        self._source_position = end
        return index

    def _substitute(self, start: int, end: int, after: str, rule: str, reason: str) -> int:
        if start < self._source_position:
            return self._append_to_last_edit(after, rule, reason)
        self._skip_to(start, after[:1])
        index = self._length
        self._add(after, [start] * len(after), [end] * len(after))
        self._add_edit(start, end, after, rule, reason)
        self._source_position = end
        return index

    def _append_to_last_edit(self, after: str, rule: str, reason: str) -> int:
        """Write text whose span of the source is behind: as a part of what replaces the span before it."""
        space = (
            "\n"
            if self._pending_space == "\n" and self._parts
            else self._pending_space.strip("\r\n")
        )
        self._pending_space = ""
        last = self.edits[-1] if self.edits else None
        end = self._source_position
        if last and last.locator.offset + last.locator.length == end:
            start = last.locator.offset
            self.edits[-1] = replace(last, after=f"{last.after}{space}{after}")
        else:
            start = end - 1
            self._add_edit(start, end, f"{self.source[start]}{space}{after}", rule, reason)
        self._add(space, [start] * len(space), [end] * len(space))
        index = self._length
        self._add(after, [start] * len(after), [end] * len(after))
        return index

    def _add(self, string: str, starts: Iterable[int], ends: Iterable[int]) -> None:
        self._parts.append(string)
        self._length += len(string)
        self._starts.extend(starts)
        self._ends.extend(ends)
        self._last_character = string[-1:] or self._last_character

    def _skip_to(self, position: int, next_character: str = "") -> None:
        """Add edits for the source up to ``position``, and the white space that replaces it."""
        space = "\n" if self._pending_space == "\n" and self._parts else ""
        if self._pending_space == " " or (
            self._pending_space == "\r"
            and not (
                next_character and is_cjk(self._last_character or " ") and is_cjk(next_character)
            )
        ):
            space = " "
        self._pending_space = ""
        start = self._source_position
        if start >= position:
            return
        if self.source[start:position] == space:
            self._add(space, [start], [position])
            return
        for span_start, end, rule, reason in self._split_skipped(start, position):
            self._add(space, [span_start] * len(space), [end] * len(space))
            self._add_edit(span_start, end, space, rule, reason)
            space = ""
        self._source_position = position

    def _split_skipped(self, start: int, end: int) -> Iterable[tuple[int, int, str, str]]:
        """Split a span without text into omitted spans and markup.

        Yields:
            Start, end, rule and reason of each.

        """
        position = start
        while self._next_omitted < len(self._omitted):
            omitted = self._omitted[self._next_omitted]
            if omitted.start >= end:
                break
            span_start, span_end = max(omitted.start, position), min(omitted.end, end)
            if span_start > position:
                yield position, span_start, "html-markup", MARKUP_REASON
            if span_end > span_start:
                yield span_start, span_end, omitted.rule, omitted.reason
                position = span_end
            if omitted.end > end:
                break
            self._next_omitted += 1
        if position < end:
            yield position, end, "html-markup", MARKUP_REASON

    def _add_edit(self, start: int, end: int, after: str, rule: str, reason: str) -> None:
        self.edits.append(
            Edit(
                stage="read",
                rule=rule,
                locator=Locator(offset=start, length=end - start),
                before=self.source[start:end],
                after=after,
                reason=reason,
            )
        )


def order_by_rule(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits rule by rule, each rule's in the order of the source.

    The edits do not overlap, so the text does not depend on their order; ``replay_edits`` applies them one
    rule at a time.
    """
    return tuple(sorted(edits, key=lambda edit: (edit.rule, edit.locator.offset)))


def index_of_offset(text: Text, position: int) -> int:
    """Return the index of the first character that comes from ``position`` or a later offset."""
    return bisect_left(text.starts, position)
