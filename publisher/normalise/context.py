"""What stands beside a place, and where the lines are: what several rules ask of a string."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def neighbour(string: str, place: int, step: int) -> str:
    """Return the nearest character of the line that is not a space; empty at the line's end.

    ``step`` is 1 to look after ``place``, -1 to look before it.
    """
    place += step
    while 0 <= place < len(string) and string[place] != "\n":
        if not string[place].isspace():
            return string[place]
        place += step
    return ""


def line_spans(string: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each line starts and ends, and its text; the line feed belongs to none."""
    start = 0
    for line in string.split("\n"):
        yield start, start + len(line), line
        start += len(line) + 1
