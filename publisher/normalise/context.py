"""The surroundings of a character: its neighbours in the line, and where lines begin and end."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def neighbour(string: str, offset: int, step: int) -> str:
    """Return the nearest character of the line that is not a space; empty at the line's end.

    Args:
        string: The whole text.
        offset: The character whose neighbour is wanted.
        step: 1 for the character after it, -1 for the one before it.

    """
    offset += step
    while 0 <= offset < len(string) and string[offset] != "\n":
        if not string[offset].isspace():
            return string[offset]
        offset += step
    return ""


def line_spans(string: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and text of each line, without its line feed."""
    start = 0
    for line in string.split("\n"):
        yield start, start + len(line), line
        start += len(line) + 1
