"""Reading the tables of CFF fonts that are keyed by CIDs: their parts, their CIDs and their widths.

Enters: a table. Leaves: where its parts are, and numbers. After Adobe Technical Notes 5176, "The Compact Font
Format Specification", and 5177, "The Type 2 Charstring Format". What is not as it should be raises one of
``DAMAGED``.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from struct import error as struct_error
from struct import unpack_from
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Table = bytes | memoryview
CHARSET, CHAR_STRINGS, PRIVATE = 15, 17, 18
ROS, FD_ARRAY, FD_SELECT, FONT_MATRIX = (12, 30), (12, 36), (12, 37), (12, 7)
DEFAULT_WIDTH, NOMINAL_WIDTH = 20, 21
"""Operators of DICTs; those of two bytes are pairs."""
LONG, SHORT = 29, 28
"""The first byte of a number of four bytes, and of one of two."""
DAMAGED = (IndexError, KeyError, ValueError, OverflowError, struct_error)
"""What reading a table comes to that is not as it should be."""
_ARITIES = {1: 0, 3: 0, 18: 0, 23: 0, 19: 0, 20: 0, 21: 2, 22: 1, 4: 1, 14: 0}
"""How many operands the operators have that a glyph may begin with; 0: an even number."""
_GLYPH_SIZES = bytes([*[0] * SHORT, 3, 0, 0, 0, *[1] * 215, *[2] * 8, 5])
"""How many bytes an operand of a glyph has by the first of them; 0: an operator."""
_DECIMAL = {"a": ".", "b": "E", "c": "E-", "e": "-"}
"""What stands in a decimal beside its digits."""


@dataclass(frozen=True, slots=True)
class Index:
    """An INDEX: where it is, and where each of its entries is."""

    start: int
    end: int
    spans: tuple[tuple[int, int], ...]


def read_index(table: Table, start: int) -> Index:
    """Return the INDEX that begins at a place."""
    (count,) = unpack_from(">H", table, start)
    if not count:
        return Index(start, start + 2, ())
    size = table[start + 2]
    first = start + 3
    offsets = [
        int.from_bytes(table[first + n * size : first + (n + 1) * size], "big")
        for n in range(count + 1)
    ]
    base = first + (count + 1) * size - 1
    spans = tuple((base + a, base + b) for a, b in pairwise(offsets))
    return Index(start, base + offsets[-1], spans)


def read_dict(table: Table, start: int, end: int) -> dict[object, list[int]]:
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


def _size(table: Table, place: int) -> int:
    """Return how many bytes an operand has."""
    first = table[place]
    if first in (SHORT, LONG):
        return 3 if first == SHORT else 5
    if first == 30:
        end = place + 1
        while table[end] & 15 != 15 and table[end] >> 4 != 15:
            end += 1
        return end + 1 - place
    return 1 if first < 247 else 2


def read_offset(table: Table | bytearray, place: int) -> int:
    """Return an offset, which must have four bytes, so that another one fits."""
    if table[place] != LONG:
        raise ValueError(place)
    number: int = unpack_from(">i", table, place + 1)[0]
    return number


def read_index_count(table: Table, place: int) -> int:
    """Return how many entries the INDEX has whose offset stands at a place."""
    count: int = unpack_from(">H", table, int(_number(table, place)))[0]
    return count


def read_top_dict(table: Table) -> tuple[Index, Index, dict[object, list[int]]]:
    """Return the INDEXes of the Top DICT and of the strings, and where the operators' operands are."""
    top = read_index(table, read_index(table, table[2]).end)
    return top, read_index(table, top.end), read_dict(table, *top.spans[0])


def read_charset(table: Table) -> list[int]:
    """Return the CIDs of a table's glyphs after the first, in their order."""
    _, _, found = read_top_dict(table)
    left = read_index_count(table, found[CHAR_STRINGS][0]) - 1
    place = int(_number(table, found[CHARSET][0]))
    form, place = table[place], place + 1
    cids: list[int] = []
    while len(cids) < left:
        (first,), place = unpack_from(">H", table, place), place + 2
        more = table[place] if form == 1 else unpack_from(">H", table, place)[0] if form else 0
        place += form
        cids += range(first, first + more + 1)
    return cids


def read_widths(table: Table) -> dict[int, float]:
    """Return the width of each glyph by its CID, in thousandths of an em."""
    _, _, found = read_top_dict(table)
    spans = read_index(table, int(_number(table, found[CHAR_STRINGS][0]))).spans
    fonts = [
        _said_by(table, start, end, found)
        for start, end in read_index(table, int(_number(table, found[FD_ARRAY][0]))).spans
    ]
    which = _font_of(table, int(_number(table, found[FD_SELECT][0])), len(spans))
    made: dict[int, float] = {}
    for cid, (start, end), font in zip([0, *read_charset(table)], spans, which, strict=True):
        if cid in made:
            raise ValueError(cid)
        default, nominal, scale = fonts[font]
        own = _own_width(table, start, end)
        made[cid] = (default if own is None else nominal + own) * scale
    return made


def _said_by(
    table: Table, start: int, end: int, top: dict[object, list[int]]
) -> tuple[float, float, float]:
    """Return what a font's Private DICT says of widths, and what they are multiplied with."""
    font = read_dict(table, start, end)
    scale = 1000.0
    matrices = [one[FONT_MATRIX][0] for one in (top, font) if FONT_MATRIX in one]
    for place in matrices:
        scale *= _number(table, place)
    size, start = (int(_number(table, one)) for one in font[PRIVATE])
    private = read_dict(table, start, start + size)
    default, nominal = (
        _number(table, private[name][0]) if name in private else 0.0
        for name in (DEFAULT_WIDTH, NOMINAL_WIDTH)
    )
    return default, nominal, scale if matrices else 1.0


def _font_of(table: Table, place: int, count: int) -> Sequence[int]:
    """Return which font of the FDArray each glyph belongs to."""
    if table[place] == 0:
        return table[place + 1 : place + 1 + count]
    if table[place] != 3:
        raise ValueError(table[place])
    (ranges,) = unpack_from(">H", table, place + 1)
    starts = [unpack_from(">HB", table, place + 3 + 3 * n) for n in range(ranges)]
    firsts = [first for first, _ in starts]
    if firsts[0] != 0 or firsts != sorted(set(firsts)):
        raise ValueError(firsts[0])
    return [starts[bisect_right(firsts, glyph) - 1][1] for glyph in range(count)]


def _own_width(table: Table, start: int, end: int) -> float | None:
    """Return what a glyph says of its width, beyond what is usual in its font; None where nothing.

    It is the operand too many of the first operator.
    """
    count, place = 0, start
    while place < end:
        first = table[place]
        if size := _GLYPH_SIZES[first]:
            count += 1
            place += size
            continue
        arity = _ARITIES[first]
        other = count > arity if arity else count % 2 == 1
        more = count in (1, 5) if first == 14 else other
        return _number(table, start, glyph=True) if more else None
    raise ValueError(start)


def _number(table: Table, place: int, *, glyph: bool = False) -> float:
    """Return an operand; 255 begins a fraction in a glyph, 30 a decimal in a DICT."""
    first = table[place]
    if first == SHORT:
        return float(unpack_from(">h", table, place + 1)[0])
    if first == LONG:
        return float(unpack_from(">i", table, place + 1)[0])
    if first == 255 and glyph:
        return float(unpack_from(">i", table, place + 1)[0]) / 65536
    if first == 30:
        nibbles = "".join(f"{one:02x}" for one in table[place + 1 : place + 20])
        return float("".join(_DECIMAL.get(one, one) for one in nibbles.partition("f")[0]))
    if first < 247:
        return float(first - 139)
    sign, base = (1, 247) if first < 251 else (-1, 251)
    return float(sign * ((first - base) * 256 + table[place + 1] + 108))
