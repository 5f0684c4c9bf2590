r"""Charts that lines draw between words in plain text: organisations, flows, trees.

Input: lines. Output: the first and the last line of each chart. A chart has lines that only connect (│, ┌──┴──┐, |, / \, ↓), and the words directly above and
below these lines. Its sense is in the positions of its characters, so it is no table and no paragraph.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from publisher.readers.drawn_grids import is_box_character, sides
from publisher.readers.table_runs import CAPTION

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_LABEL = 120
"""Characters of the longest line of words above or below a connecting line."""
_CONNECTOR = re.compile("[\\s\u2500-\u257f|｜+/\\\\_=—–\u2190-\u2193▲▼△▽-]+")
_VERTICAL = "|｜/\\↑↓▲▼"
_TREE = re.compile("\\s*[│┃║├┣╠└┗╚|｜](?:\\s*[│┃║├┣╠└┗╚─━═|｜-]+)*\\s*\\S")
_POSITION = re.compile("^(?:\\s{2,}|\u3000)\\S|\\S(?:[ \u3000]{2,}|\u3000)\\S")
_SENTENCE = re.compile("[。；！？]|[，：:]$")


def find_charts(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return the first and the last line of each chart.

    Example:
        >>> find_charts(["如下。", "    局长", "      |", "  +---+---+", "  |       |", "办公室  财务科", "以上。"])
        [(1, 5)]

    """
    charts: list[tuple[int, int]] = []
    for is_chart, group in groupby(
        range(len(lines)), lambda number: _may_be_in_chart(lines[number])
    ):
        if is_chart:
            numbers = list(group)
            chart = _chart(lines, numbers[0], numbers[-1])
            if chart:
                charts.append(chart)
    return charts


def _may_be_in_chart(line: str) -> bool:
    """Return whether a line connects, or has words that a chart may have: no sentence and no caption."""
    stripped = line.strip()
    return bool(stripped) and (
        _CONNECTOR.fullmatch(line) is not None
        or not (
            len(stripped) > LONGEST_LABEL or _SENTENCE.search(stripped) or CAPTION.match(stripped)
        )
    )


def _chart(lines: Sequence[str], first: int, last: int) -> tuple[int, int] | None:
    """Return the chart among lines one after another; ``None`` if they have none."""
    connecting = [number for number in range(first, last + 1) if _connects(lines[number])]
    if not connecting:
        return None
    start, end = connecting[0], connecting[-1]
    words_between = end + 1 - start - len(connecting)
    if words_between > len(connecting):
        return None
    has_label_above = start > first and _draws_to(lines[start], "up")
    has_label_below = end < last and _draws_to(lines[end], "down")
    start, end = start - has_label_above, end + has_label_below
    is_whole = len(connecting) > 1 or (has_label_above and has_label_below)
    has_words = has_label_above or has_label_below or words_between
    has_positions = any(_POSITION.search(lines[number]) for number in connecting)
    return (start, end) if is_whole and has_words and has_positions else None


def _connects(line: str) -> bool:
    """Return whether a line only draws, and something in it goes up or down, or it is a branch of a tree."""
    if _CONNECTOR.fullmatch(line):
        return _draws_to(line, "up") or _draws_to(line, "down")
    return any(map(is_box_character, line)) and _TREE.match(line) is not None


def _draws_to(line: str, direction: str) -> bool:
    """Return whether a character of a line draws up or down; a plus sign may be the corner of a frame."""
    return any(
        character in _VERTICAL or (character != "+" and direction in sides(character))
        for character in line
    )
