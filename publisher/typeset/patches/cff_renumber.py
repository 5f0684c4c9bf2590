"""A subset of a CFF font whose glyphs keep the numbers that they had in the whole font.

Enters: a CID-keyed CFF table of some glyphs, numbered anew. Leaves: the same table with each glyph's old
number as its CID, so that a page's text needs no other numbers (ISO 32000-1, 9.7.4.2: the CIDs of a CIDFont of
type 0 are those of its font program). Its collection is Adobe-Identity-0, as that of the CIDFont. Its glyphs come
before its Private DICTs, as HarfBuzz 6 orders them: later versions order them the other way round, and the
same report is to have the same bytes with each of them.
"""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

from publisher.pdf.cff import (
    CHAR_STRINGS,
    CHARSET,
    DAMAGED,
    FD_ARRAY,
    FD_SELECT,
    PRIVATE,
    ROS,
    SHORT,
    read_charset,
    read_dict,
    read_index,
    read_index_count,
    read_offset,
    read_top_dict,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_STANDARD_STRINGS = 391
_ZERO = 139
"""The byte that is the number nought."""


def with_old_numbers(table: bytes, glyphs: Sequence[int]) -> bytes | None:
    """Return a table whose glyphs after the first have these CIDs; None if it has another shape."""
    try:
        _, strings, found = read_top_dict(table)
        if ROS not in found:
            return None
        longer = _index_of([*(table[a:b] for a, b in strings.spans), b"Identity"])
        shift = len(longer) - (strings.end - strings.start)
        made = bytearray(table)
        collection = found[ROS]
        _put_short(made, collection[1], _STANDARD_STRINGS + len(strings.spans))
        made[collection[2]] = _ZERO
        privates = [
            read_dict(table, start, end)[PRIVATE][1]
            for start, end in read_index(table, read_offset(table, found[FD_ARRAY][0])).spans
        ]
        shapes = read_index(table, read_offset(table, found[CHAR_STRINGS][0]))
        first = min(shapes.start, *(read_offset(table, place) for place in privates))
        behind, ahead = (
            shapes.end - shapes.start,
            shapes.start - first,
        )  # both move by the other's size
        directories = [found[operator][0] for operator in (FD_ARRAY, FD_SELECT)]
        if ahead and (shapes.end != len(table) or read_offset(table, directories[0]) > first):
            return None
        for place in directories:
            _move(made, place, shift)
        _move(made, found[CHAR_STRINGS][0], shift - ahead)
        for place in privates:
            _move(made, place, shift + (behind if ahead else 0))
        made[first:] = made[shapes.start :] + made[first : shapes.start]
        _put(made, found[CHARSET][0], len(table) + shift)
        if read_index_count(table, found[CHAR_STRINGS][0]) != len(glyphs) + 1:
            return None
    except DAMAGED:
        return None
    cids = pack(f">B{len(glyphs)}H", 0, *glyphs)
    return bytes(made[: strings.start]) + longer + bytes(made[strings.end :]) + cids


def identifiers(table: bytes) -> set[int]:
    """Return the CIDs that a table's charset has; nothing where it has another shape."""
    try:
        return set(read_charset(table))
    except DAMAGED:
        return set()


def _index_of(entries: Sequence[bytes]) -> bytes:
    """Return an INDEX with these entries."""
    offsets, place = [1], 1
    for entry in entries:
        place += len(entry)
        offsets.append(place)
    return b"".join((pack(">HB", len(entries), 4), *(pack(">I", one) for one in offsets), *entries))


def _put(table: bytearray, place: int, number: int) -> None:
    read_offset(table, place)
    table[place + 1 : place + 5] = pack(">i", number)


def _move(table: bytearray, place: int, shift: int) -> None:
    _put(table, place, read_offset(table, place) + shift)


def _put_short(table: bytearray, place: int, number: int) -> None:
    if table[place] != SHORT:
        raise ValueError(place)
    table[place + 1 : place + 3] = pack(">h", number)
