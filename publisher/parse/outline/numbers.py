"""The numbers with which the lines of a text may begin.

Input: entries. Output: for each, the numbers that it may have; mostly none or one, several where the form is ambiguous
(I. is a Roman numeral and a letter). Decimal numbers (1, 1.1, 1.1.1) are read only where they count on from each other, since
prose begins with decimals, too (3.14, 1.5小时).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.parse.entries import Line
from publisher.parse.outline.decided_levels import decided_level
from publisher.text.characters import TO_HALFWIDTH, has_han
from publisher.text.numbering import (
    DECIMAL,
    DECIMAL_STYLES,
    FIRST_LEVEL,
    NUMBERING_STYLES,
    ORDINAL_STYLE,
    LineNumber,
    line_number,
    read_number,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.parse.entries import Entry

_POINT = next(style for style in NUMBERING_STYLES if style.name == "point")
_NUMBER_AND_COUNT = re.compile(
    "(?P<number>[1-9][0-9]?)[.．](?=[1-9][0-9]{0,3}[个個处處家项項件起名户戶座条條宗笔筆所辆輛台份批](?!百分点|百分點|点))"
)
"""The number of a line and the count of things behind it."""
_UNNUMBERED_ROLES = ("paragraph", "list-item", "caption")
SHORTEST_CHAIN = 3
"""Decimal numbers that count on from each other, of which one at least has two parts, make a numbering."""
LONGEST_TITLE = 20
"""Characters of the longest line that is a heading by its form if its number has no second part."""
LONGEST_DECIMAL_HEADING = 60
"""Characters of the longest line whose decimal number may belong to a numbering."""


def read_numbers(entries: Sequence[Entry]) -> list[tuple[LineNumber, ...]]:
    """Return the numbers that each entry may have."""
    strings = [
        entry.string
        if isinstance(entry, Line)
        and entry.role not in _UNNUMBERED_ROLES
        and not decided_level(entry)
        else ""
        for entry in entries
    ]
    numbers = [_possible_numbers(string) for string in strings]
    for index in range(1, len(numbers)):
        if _is_translation(strings[index - 1], numbers[index - 1], strings[index], numbers[index]):
            numbers[index] = ()
    if not any(number.style.name in FIRST_LEVEL for group in numbers for number in group):
        for index, string in enumerate(strings):
            number = read_number(string, (ORDINAL_STYLE,))
            if number and not numbers[index]:
                numbers[index] = (number,)
    for index, number in _numbers_before_counts(strings, numbers):
        numbers[index] = (number,)
    for index, parts, match in _decimal_chain(strings):
        style = DECIMAL_STYLES[len(parts) - 1]
        numbers[index] = (line_number(strings[index], style, match["number"], match.end()),)
    return numbers


def _is_translation(
    above: str, above_numbers: Sequence[LineNumber], line: str, numbers: Sequence[LineNumber]
) -> bool:
    """Return whether a line without Chinese characters repeats the number of the Chinese line above it."""
    if not above_numbers or not numbers or not has_han(above) or has_han(line):
        return False
    return numbers[0].style != above_numbers[0].style and any(
        number.value == above_numbers[0].value for number in numbers
    )


def _possible_numbers(string: str) -> tuple[LineNumber, ...]:
    """Return the numbers of a line, one for each style whose form it has."""
    if not string:
        return ()
    numbers = []
    for style in NUMBERING_STYLES:
        number = read_number(string, (style,))
        if number:
            numbers.append(number)
    return tuple(numbers)


def _numbers_before_counts(
    strings: Sequence[str], numbers: Sequence[tuple[LineNumber, ...]]
) -> Iterator[tuple[int, LineNumber]]:
    """Yield the numbers of lines that begin with a count of things, which is never a decimal: 1.3个项目, 2.2处水厂.

    The lines follow one another, with others that begin with 1. in the usual way, and count from 1 on.
    """
    run: list[tuple[int, re.Match[str] | None]] = []
    for index, string in enumerate((*strings, "")):
        match = _NUMBER_AND_COUNT.match(string)
        usual = next((n for n in numbers[index] if n.style is _POINT), None) if string else None
        value = int(match["number"]) if match else usual.value if usual else 0
        if value != len(run) + 1 or not (match or usual):
            if len(run) > 1:
                yield from _glued(strings, run)
            run = []
        if value == len(run) + 1:
            run.append((index, match))


def _glued(
    strings: Sequence[str], run: Sequence[tuple[int, re.Match[str] | None]]
) -> Iterator[tuple[int, LineNumber]]:
    for index, match in run:
        if match:
            yield index, line_number(strings[index], _POINT, match["number"], match.end())


def _decimal_chain(
    strings: Sequence[str],
) -> list[tuple[int, tuple[int, ...], re.Match[str]]]:
    """Return index, parts and match of the longest run of decimal numbers that count on; empty if there is none.

    After 1.2 come 1.2.1, 1.3 and 2; the first is 1 or 1.1. If no number has two parts, the lines have to be headings by
    their form: short, without a full stop.
    """
    best: dict[tuple[int, ...], tuple[int, int]] = {}  # last number up to a depth: length and index
    exact: dict[tuple[int, ...], tuple[int, int]] = {}
    before: dict[int, int] = {}
    read: dict[int, tuple[tuple[int, ...], re.Match[str]]] = {}
    for index, string in enumerate(strings):
        match = DECIMAL.match(string) if len(string) <= LONGEST_DECIMAL_HEADING else None
        if not match:
            continue
        parts = tuple(
            int(part) for part in re.split("[.．]", match["number"].translate(TO_HALFWIDTH))
        )
        *outer, last = parts
        if last > 1:
            length, previous = best.get((*outer, last - 1), (0, -1))
        else:
            length, previous = exact.get(tuple(outer), (0, -1)) if outer else (0, -1)
        if not length and parts not in {(1,), (1, 1)}:
            continue
        read[index] = (parts, match)
        before[index] = previous
        exact[parts] = (length + 1, index)
        for depth in range(1, len(parts) + 1):
            if length + 1 >= best.get(parts[:depth], (0, -1))[0]:
                best[parts[:depth]] = (length + 1, index)
    if not best:
        return []
    length, index = max(best.values())
    chain = []
    while index >= 0:
        chain.append((index, *read[index]))
        index = before[index]
    chain.reverse()
    has_parts = sum(len(parts) > 1 for _, parts, _ in chain) >= 2
    are_titles = all(
        len(strings[index]) <= LONGEST_TITLE
        and not re.search("[。；，：]", strings[index])
        and strings[index][match.end("number")] not in ".．、"
        for index, _, match in chain
    )
    return chain if (has_parts and length >= SHORTEST_CHAIN) or (length >= 2 and are_titles) else []
