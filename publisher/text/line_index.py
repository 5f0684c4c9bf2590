"""Line and character of an offset, as an editor shows them and as messages name a place."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING

from publisher.messages import translatable

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE_END = re.compile("\r\n|[\n\r]")


class LineIndex:
    """Where the lines of a decoded source begin."""

    def __init__(self, decoded: str) -> None:
        """Find the lines of a text; a line ends with LF, CR or both."""
        self._starts: Sequence[int] = array(
            "l", (0, *(match.end() for match in _LINE_END.finditer(decoded)))
        )

    def line(self, offset: int) -> int:
        """Return the line that holds the character at an offset, from 1."""
        return bisect_right(self._starts, offset)

    def character(self, offset: int) -> int:
        """Return the number of the character at an offset in its line, from 1 (code points)."""
        return offset - self._starts[self.line(offset) - 1] + 1

    def location(self, where: str, offset: int) -> str:
        """Return a place as messages name it: ``report.txt:3, character 7``."""
        return translatable(
            "{where}:{line}, character {character}",
            where=where,
            line=self.line(offset),
            character=self.character(offset),
        )
