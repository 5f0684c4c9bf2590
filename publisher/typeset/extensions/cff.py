"""A subset of a CFF font whose glyphs keep the numbers that they had in the whole font.

Enters: a CID-keyed CFF table of some glyphs, numbered anew. Leaves: the same table with each glyph's old
number as its CID, so that a page's text needs no other numbers (Adobe Technical Note 5176, "The Compact
Font Format Specification"; ISO 32000-1, 9.7.4.2: the CIDs of a CIDFont of type 0 are those of its font
program). Its collection is Adobe-Identity-0, as that of the CIDFont.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from struct import error as struct_error
from struct import pack, unpack_from
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_CHARSET, _CHAR_STRINGS, _PRIVATE = 15, 17, 18
_ROS, _FD_ARRAY, _FD_SELECT = (12, 30), (12, 36), (12, 37)
_STANDARD_STRINGS = 391
_LONG, _SHORT = 29, 28
"""The first byte of a number of four bytes, and of one of two."""
_DAMAGED = (IndexError, KeyError, ValueError, OverflowError, struct_error)
"""What reading a table comes to that is not as it should be."""
_ZERO = 139
"""The byte that is the number nought."""


def with_old_numbers(table: bytes, glyphs: Sequence[int]) -> bytes | None:
    """Return a table whose glyphs after the first have these CIDs; None if it has another shape."""
    try:
        names = _index(table, table[2])
        top = _index(table, names.end)
        strings = _index(table, top.end)
        operators = _operators(table, *top.spans[0])
        if _ROS not in operators:
            return None
        longer = _index_of([*(table[a:b] for a, b in strings.spans), b"Identity"])
        shift = len(longer) - (strings.end - strings.start)
        made = bytearray(table)
        collection = operators[_ROS]
        _put_short(made, collection[1], _STANDARD_STRINGS + len(strings.spans))
        made[collection[2]] = _ZERO
        for operator in (_CHAR_STRINGS, _FD_ARRAY, _FD_SELECT):
            _move(made, operators[operator][0], shift)
        _put(made, operators[_CHARSET][0], len(table) + shift)
        for start, end in _index(table, _number(table, operators[_FD_ARRAY][0])).spans:
            _move(made, _operators(table, start, end)[_PRIVATE][1], shift)
        if _count(table, operators[_CHAR_STRINGS][0]) != len(glyphs) + 1:
            return None
    except _DAMAGED:
        return None
    charset = pack(f">B{len(glyphs)}H", 0, *glyphs)
    return bytes(made[: strings.start]) + longer + bytes(made[strings.end :]) + charset


def identifiers(table: bytes) -> set[int]:
    """Return the CIDs that a table's charset has; nothing where it has another shape."""
    try:
        top = _index(table, _index(table, table[2]).end)
        operators = _operators(table, *top.spans[0])
        left = _count(table, operators[_CHAR_STRINGS][0]) - 1
        place = _number(table, operators[_CHARSET][0])
        form, place = table[place], place + 1
        found: list[int] = []
        while len(found) < left:
            (first,), place = unpack_from(">H", table, place), place + 2
            more = table[place] if form == 1 else unpack_from(">H", table, place)[0] if form else 0
            place += form
            found += range(first, first + more + 1)
    except _DAMAGED:
        return set()
    return set(found)


@dataclass(frozen=True, slots=True)
class _Index:
    """An INDEX: where it is, and where each of its entries is."""

    start: int
    end: int
    spans: tuple[tuple[int, int], ...]


def _index(table: bytes, start: int) -> _Index:
    (count,) = unpack_from(">H", table, start)
    if not count:
        return _Index(start, start + 2, ())
    size = table[start + 2]
    first = start + 3
    offsets = [
        int.from_bytes(table[first + n * size : first + (n + 1) * size], "big")
        for n in range(count + 1)
    ]
    base = first + (count + 1) * size - 1
    spans = tuple((base + a, base + b) for a, b in pairwise(offsets))
    return _Index(start, base + offsets[-1], spans)


def _index_of(entries: Sequence[bytes]) -> bytes:
    """Return an INDEX with these entries."""
    offsets, place = [1], 1
    for entry in entries:
        place += len(entry)
        offsets.append(place)
    return b"".join((pack(">HB", len(entries), 4), *(pack(">I", one) for one in offsets), *entries))


def _operators(table: bytes, start: int, end: int) -> dict[object, list[int]]:
    """Return where the operands of each operator of a DICT begin."""
    found: dict[object, list[int]] = {}
    operands: list[int] = []
    place = start
    while place < end:
        first = table[place]
        if first == 12:
            found[12, table[place + 1]] = operands
            operands, place = [], place + 2
        elif first < 22:
            found[first] = operands
            operands, place = [], place + 1
        else:
            operands.append(place)
            place += _size(table, place)
    return found


def _size(table: bytes, place: int) -> int:
    """Return how many bytes an operand has."""
    first = table[place]
    if first in (_SHORT, _LONG):
        return 3 if first == _SHORT else 5
    if first == 30:
        end = place + 1
        while table[end] & 15 != 15 and table[end] >> 4 != 15:
            end += 1
        return end + 1 - place
    return 1 if first < 247 else 2


def _number(table: bytes | bytearray, place: int) -> int:
    """Return an offset, which must have four bytes, so that another one fits."""
    if table[place] != _LONG:
        raise ValueError(place)
    number: int = unpack_from(">i", table, place + 1)[0]
    return number


def _put(table: bytearray, place: int, number: int) -> None:
    _number(table, place)
    table[place + 1 : place + 5] = pack(">i", number)


def _move(table: bytearray, place: int, shift: int) -> None:
    _put(table, place, _number(table, place) + shift)


def _put_short(table: bytearray, place: int, number: int) -> None:
    if table[place] != _SHORT:
        raise ValueError(place)
    table[place + 1 : place + 3] = pack(">h", number)


def _count(table: bytes, place: int) -> int:
    """Return how many entries the INDEX has whose offset stands at a place."""
    count: int = unpack_from(">H", table, _number(table, place))[0]
    return count
