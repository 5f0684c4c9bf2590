"""The entries of a source: its lines, preformatted text, tables and pictures in order, whatever format it had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from publisher.model import (
    PREFORMATTED_ROLES,
    Passage,
    PreformattedText,
    SourcePicture,
    SourceTable,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import LineRole, SourceText


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text, with what the markup of the source says about it."""

    text: Text
    role: str = "lines"
    """One of ``publisher.model.Role``."""
    level: int = 0
    """The level of a heading or a list item in the markup, from 1; else 0."""
    decided: LineRole | Literal[""] = ""
    """The role that a person decided; empty if nobody did."""

    @property
    def string(self) -> str:
        """Return the characters without their places."""
        return self.text.string


Entry = Line | PreformattedText | SourceTable | SourcePicture


def source_entries(source: SourceText) -> tuple[Entry, ...]:
    """Return the entries in the order of the source, without blank lines except those inside preformatted text."""
    entries: list[Entry] = []
    for segment in source.segments:
        if not isinstance(segment, Passage):
            entries.append(segment)
        elif segment.role in PREFORMATTED_ROLES:
            entries.extend(_preformatted(segment.text))
        else:
            entries.extend(
                Line(text=text, role=segment.role, level=segment.level)
                for text in segment.text.lines()
                if text.string.strip()
            )
    return tuple(entries)


def _preformatted(text: Text) -> Iterator[PreformattedText]:
    """Yield the lines of a text as one block, without blank lines before and after them; nothing if all are blank."""
    string = text.string
    words = string.strip()
    if words:
        first = string.index(words[0])
        start = string.rfind("\n", 0, first) + 1
        yield PreformattedText(text=text.slice(start, len(string.rstrip())))
