"""The entries of a source: its lines, tables and pictures in order, whatever format it had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from publisher.model import Passage, SourcePicture, SourceTable, Text

if TYPE_CHECKING:
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


Entry = Line | SourceTable | SourcePicture


def source_entries(source: SourceText) -> tuple[Entry, ...]:
    """Return lines, tables and pictures in the order of the source, without blank lines."""
    entries: list[Entry] = []
    for segment in source.segments:
        if not isinstance(segment, Passage):
            entries.append(segment)
        else:
            entries.extend(
                Line(text=text, role=segment.role, level=segment.level)
                for text in segment.text.lines()
                if text.string.strip()
            )
    return tuple(entries)
