"""Places in a source: by offset, and by the text with what is before and after it.

The text is what a reader of the source sees, as its reader returned it: without markup, before any edit.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from typing import TYPE_CHECKING

from publisher.model import Text
from publisher.text.edits import concatenate, locate

if TYPE_CHECKING:
    from publisher.decisions.entries import EditEntry, LineEntry, TableEntry
    from publisher.model import Locator, SourceText

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

    def locate(self, start: int, length: int) -> Locator:
        """Return the span of the source of a part of the text."""
        return self._text.slice(start, start + length).locator

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
        return self.search(string, entry.preceding, entry.following)

    def at_offset(self, offset: int, string: str) -> Locator | None:
        """Return the span of ``string`` if the text has it at an offset of the source."""
        index = bisect_left(self._text.starts, offset)
        while index < len(self._text) and self._text.starts[index] == offset:
            if self._text.string.startswith(string, index):
                return self.locate(index, len(string))
            index += 1
        return None

    def search(self, string: str, preceding: str, following: str) -> Locator | None:
        """Return the span of ``string`` between two texts; ``None`` unless there is exactly one.

        If the lines above or below have changed, the texts in its own line suffice.
        """
        own_line = preceding.rpartition("\n")[2], following.partition("\n")[0]
        for left, right in dict.fromkeys(((preceding, following), own_line)):
            whole = f"{left}{string}{right}"
            first = self._text.string.find(whole)
            if first >= 0:
                is_unique = self._text.string.find(whole, first + 1) < 0
                return self.locate(first + len(left), len(string)) if is_unique else None
        return None

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
