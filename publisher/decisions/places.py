"""Places in a source: by offset, and by the text with what is before and after it.

The text is what a reader of the source sees, as its reader returned it: without markup, before any edit.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from typing import TYPE_CHECKING

from publisher.decisions.entries import LineEntry, TableEntry
from publisher.model import Locator, SourceTable, Text
from publisher.text.edits import concatenate, locate, span_in_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from publisher.decisions.entries import EditEntry
    from publisher.model import SourceText

CONTEXT = 12
"""Characters of the source on each side of a place that are written with it."""


def source_digest(source: SourceText) -> str:
    """Return the digest (SHA-256, hexadecimal) of a source's bytes."""
    return hashlib.sha256(source.data).hexdigest()


class PlaceFinder:
    """Finds places in the text of a source as its reader returned it, without markup."""

    def __init__(self, source: SourceText) -> None:
        """Put the texts of the source together, a line feed between two."""
        parts: list[Text] = []
        for text in source.texts():
            if not text.string:
                continue
            if parts:
                separator = locate("\n", parts[-1].ends[-1])
                parts.append(Text(string="\n", starts=separator.starts, ends=separator.starts))
            parts.append(text)
        self._text = concatenate(parts) if parts else locate("")
        self._tables = [
            segment.locator for segment in source.segments if isinstance(segment, SourceTable)
        ]

    def locate(self, start: int, length: int) -> Locator:
        """Return the span of the source of a part of the text that is not empty."""
        return span_in_source(self._text, start, start + length)

    def locate_in(self, locator: Locator, skipped: int) -> Locator:
        """Return the rest of a span of the source without its first characters."""
        index = bisect_left(self._text.starts, locator.offset) + skipped
        offset = self._text.starts[index]
        return Locator(offset=offset, length=locator.offset + locator.length - offset)

    def find(
        self, entry: EditEntry | LineEntry | TableEntry, string: str, *, use_offset: bool
    ) -> Locator | None:
        """Return the place of an entry; ``None`` if it is nowhere or may be in several places.

        Args:
            entry: The entry.
            string: The text at its place.
            use_offset: Whether its offset is one of this source.

        """
        if use_offset and entry.offset is not None:
            locator = self.at_offset(entry.offset, string)
            if locator is not None:
                return locator
        surroundings = (entry.preceding, entry.following)
        if isinstance(entry, LineEntry):
            return self.search(string, *surroundings, self._begins_line)
        if isinstance(entry, TableEntry):
            whole = f"{entry.preceding}{string}{entry.following}"
            starts = {
                table: start
                for start in reversed(list(self._occurrences(whole, len(entry.preceding))))
                if (table := self._table_at(start))
            }
            if starts:
                start = next(iter(starts.values()))
                return self.locate(start, len(string)) if len(starts) == 1 else None
        return self.search(string, *surroundings)

    def at_offset(self, offset: int, string: str) -> Locator | None:
        """Return the span of ``string`` if the text has it at an offset of the source."""
        index = bisect_left(self._text.starts, offset)
        while index < len(self._text) and self._text.starts[index] == offset:
            if self._text.string.startswith(string, index):
                return self.locate(index, len(string))
            index += 1
        return None

    def search(
        self,
        string: str,
        preceding: str,
        following: str,
        is_possible: Callable[[int], bool] = lambda _: True,
    ) -> Locator | None:
        """Return the span of ``string`` between two texts; ``None`` unless there is exactly one.

        If the lines above or below have changed, the texts in its own line suffice.

        Args:
            string: The text at the place.
            preceding: The text before it.
            following: The text after it.
            is_possible: Whether the place may begin at an index of the text.

        """
        own_line = preceding.rpartition("\n")[2], following.partition("\n")[0]
        for left, right in dict.fromkeys(((preceding, following), own_line)):
            starts = [
                start
                for start in self._occurrences(f"{left}{string}{right}", len(left))
                if is_possible(start)
            ]
            if starts:
                return self.locate(starts[0], len(string)) if len(starts) == 1 else None
        return None

    def _occurrences(self, whole: str, skipped: int) -> Iterator[int]:
        """Yield where a text occurs, each index moved by the number of its characters to skip."""
        start = self._text.string.find(whole)
        while start >= 0:
            yield start + skipped
            start = self._text.string.find(whole, start + 1)

    def _begins_line(self, index: int) -> bool:
        """Return whether nothing but white space is before an index in its line."""
        return not self._text.string[:index].rpartition("\n")[2].strip()

    def _table_at(self, index: int) -> Locator | None:
        """Return the span of the table of the source that has the character at an index."""
        offset = self._text.starts[index]
        return next(
            (span for span in self._tables if span.offset <= offset < span.offset + span.length),
            None,
        )

    def surroundings(self, locator: Locator) -> tuple[str, str, str]:
        """Return the text of a span of the source, and the text before and after it."""
        start = bisect_left(self._text.starts, locator.offset)
        end = max(bisect_left(self._text.starts, locator.offset + locator.length), start)
        string = self._text.string
        return (
            string[start:end],
            string[max(start - CONTEXT, 0) : start],
            string[end : end + CONTEXT],
        )
