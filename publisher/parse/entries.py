"""The lines of a source, whatever format it had, as the parser looks at them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.model import Passage, SourcePicture, SourceTable, Text

if TYPE_CHECKING:
    from publisher.model import SourceText


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text, with what the source's markup says of it."""

    text: Text
    role: str = "lines"
    level: int = 0

    @property
    def string(self) -> str:
        """Return the characters alone."""
        return self.text.string


Entry = Line | SourceTable | SourcePicture


def entries(source: SourceText) -> tuple[Entry, ...]:
    """Return lines, tables and pictures in the order of the source, without empty lines."""
    found: list[Entry] = []
    for segment in source.segments:
        if not isinstance(segment, Passage):
            found.append(segment)
        else:
            found.extend(
                Line(text=text, role=segment.role, level=segment.level)
                for text in segment.text.lines()
                if text.string
            )
    return tuple(found)
