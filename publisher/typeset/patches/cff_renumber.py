"""The CIDs of a subset of a CFF font, set to the glyph numbers of the whole font.

In: a CID-keyed CFF table of some glyphs, numbered from 1. Out: the same table with each glyph's number in the whole
font as its CID, so that the text of a page needs no other numbers (ISO 32000-1, 9.7.4.2: the CIDs of a CIDFont of type
0 are those of its font program). Its character collection is Adobe-Identity-0, as that of the CIDFont. Its glyphs
come before its Private DICTs, as HarfBuzz 6 orders them; later versions order them the other way round, and the same
report must have the same bytes with each version.
"""

from __future__ import annotations

from itertools import accumulate
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
"""The byte that encodes the number 0."""


def with_cids(table: bytes, glyphs: Sequence[int]) -> bytes | None:
    """Return a table whose glyphs after the first have these CIDs; None for a table of another form."""
    try:
        _, strings, operands = read_top_dict(table)
        if ROS not in operands:
            return None
        new_strings = _index_of([*(table[a:b] for a, b in strings.spans), b"Identity"])
        shift = len(new_strings) - (strings.end - strings.start)
        result = bytearray(table)
        collection = operands[ROS]
        _write_short(result, collection[1], _STANDARD_STRINGS + len(strings.spans))
        result[collection[2]] = _ZERO
        privates = [
            read_dict(table, start, end)[PRIVATE][1]
            for start, end in read_index(table, read_offset(table, operands[FD_ARRAY][0])).spans
        ]
        char_strings = read_index(table, read_offset(table, operands[CHAR_STRINGS][0]))
        first = min([char_strings.start, *(read_offset(table, position) for position in privates)])
        # Glyphs and Private DICTs change places: each moves by the size of the other.
        glyphs_size = char_strings.end - char_strings.start
        privates_size = char_strings.start - first
        directories = [operands[operator][0] for operator in (FD_ARRAY, FD_SELECT)]
        if privates_size and (
            char_strings.end != len(table) or read_offset(table, directories[0]) > first
        ):
            return None
        for position in directories:
            _shift_offset(result, position, shift)
        _shift_offset(result, operands[CHAR_STRINGS][0], shift - privates_size)
        for position in privates:
            _shift_offset(result, position, shift + (glyphs_size if privates_size else 0))
        result[first:] = result[char_strings.start :] + result[first : char_strings.start]
        _write_offset(result, operands[CHARSET][0], len(table) + shift)
        if read_index_count(table, operands[CHAR_STRINGS][0]) != len(glyphs) + 1:
            return None
    except DAMAGED:
        return None
    new_charset = pack(f">B{len(glyphs)}H", 0, *glyphs)
    return bytes(result[: strings.start]) + new_strings + bytes(result[strings.end :]) + new_charset


def cids(table: bytes) -> set[int]:
    """Return the CIDs in a table's charset; an empty set for a table of another form."""
    try:
        return set(read_charset(table))
    except DAMAGED:
        return set()


def _index_of(entries: Sequence[bytes]) -> bytes:
    """Return a CFF INDEX with these entries."""
    offsets = list(accumulate(map(len, entries), initial=1))
    head = pack(f">HB{len(offsets)}I", len(entries), 4, *offsets)
    return b"".join((head, *entries))


def _write_offset(table: bytearray, position: int, offset: int) -> None:
    """Write an operand of five bytes; raises as ``read_offset`` does if there is none."""
    read_offset(table, position)
    table[position + 1 : position + 5] = pack(">i", offset)


def _shift_offset(table: bytearray, position: int, shift: int) -> None:
    _write_offset(table, position, read_offset(table, position) + shift)


def _write_short(table: bytearray, position: int, number: int) -> None:
    """Write an operand of three bytes; raises ValueError if there is none."""
    if table[position] != SHORT:
        raise ValueError(position)
    table[position + 1 : position + 3] = pack(">h", number)
