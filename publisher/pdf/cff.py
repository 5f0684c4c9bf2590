"""Reading of CID-keyed CFF font tables: their structure, their CIDs and their glyph widths.

Input: the bytes of a table. Output: byte offsets and numbers. Serves Adobe Technical Notes 5176, "The Compact
Font Format Specification", and 5177, "The Type 2 Charstring Format". A damaged table raises one of
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
"""Operators of DICTs (5176, tables 9, 10 and 23); operators of two bytes are pairs."""
LONG, SHORT = 29, 28
"""The first byte of a DICT integer of four bytes, and of one of two bytes."""
DAMAGED = (IndexError, KeyError, ValueError, OverflowError, struct_error)
"""The exceptions that reading a damaged table raises."""
_OPERAND_COUNTS = {1: 0, 3: 0, 18: 0, 23: 0, 19: 0, 20: 0, 21: 2, 22: 1, 4: 1, 14: 0}
"""Operand counts of the operators that a charstring may begin with; 0 stands for any even number."""
_OPERAND_SIZES = bytes([*[0] * SHORT, 3, 0, 0, 0, *[1] * 215, *[2] * 8, 5])
"""Bytes of a charstring operand by its first byte; 0 for an operator."""
_REAL_NIBBLES = {"a": ".", "b": "E", "c": "E-", "e": "-"}
"""The nibbles of a DICT real number that are not digits."""


@dataclass(frozen=True, slots=True)
class Index:
    """The position of an INDEX and of its entries, as byte offsets."""

    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    """Start and end of each entry."""


def read_index(table: Table, start: int) -> Index:
    """Return the position of the INDEX that begins at an offset."""
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
    """Return the offsets of the operands of each operator in a DICT."""
    operands_by_operator: dict[object, list[int]] = {}
    operands: list[int] = []
    offset = start
    while offset < end:
        first = table[offset]
        if first == 12:
            operands_by_operator[12, table[offset + 1]] = operands
            operands, offset = [], offset + 2
        elif first < 22:
            operands_by_operator[first] = operands
            operands, offset = [], offset + 1
        else:
            operands.append(offset)
            offset += _operand_size(table, offset)
    return operands_by_operator


def _operand_size(table: Table, offset: int) -> int:
    """Return the number of bytes of a DICT operand."""
    first = table[offset]
    if first in (SHORT, LONG):
        return 3 if first == SHORT else 5
    if first == 30:
        end = offset + 1
        while table[end] & 15 != 15 and table[end] >> 4 != 15:
            end += 1
        return end + 1 - offset
    return 1 if first < 247 else 2


def read_offset(table: Table | bytearray, operand: int) -> int:
    """Return the value of an offset operand; it must have four bytes, so that it can be replaced."""
    if table[operand] != LONG:
        raise ValueError(operand)
    number: int = unpack_from(">i", table, operand + 1)[0]
    return number


def read_index_count(table: Table, operand: int) -> int:
    """Return the number of entries of the INDEX to which an offset operand points."""
    count: int = unpack_from(">H", table, int(_read_number(table, operand)))[0]
    return count


def read_top_dict(table: Table) -> tuple[Index, Index, dict[object, list[int]]]:
    """Return the INDEXes of the Top DICT and of the strings, and the operands of the Top DICT."""
    top = read_index(table, read_index(table, table[2]).end)
    return top, read_index(table, top.end), read_dict(table, *top.spans[0])


def read_charset(table: Table) -> list[int]:
    """Return the CIDs of the glyphs after the first (.notdef), in glyph order."""
    _, _, operands = read_top_dict(table)
    glyph_count = read_index_count(table, operands[CHAR_STRINGS][0]) - 1
    offset = int(_read_number(table, operands[CHARSET][0]))
    charset_format, offset = table[offset], offset + 1
    cids: list[int] = []
    while len(cids) < glyph_count:
        (first,), offset = unpack_from(">H", table, offset), offset + 2
        if charset_format == 1:
            left = table[offset]
        else:
            left = unpack_from(">H", table, offset)[0] if charset_format else 0
        offset += charset_format  # the bytes of nLeft: 0, 1 or 2
        cids += range(first, first + left + 1)
    return cids


def read_widths(table: Table) -> dict[int, float]:
    """Return the width of each glyph by its CID, in thousandths of an em."""
    _, _, operands = read_top_dict(table)
    charstrings = read_index(table, int(_read_number(table, operands[CHAR_STRINGS][0]))).spans
    font_dicts = [
        _font_widths(table, start, end, operands)
        for start, end in read_index(table, int(_read_number(table, operands[FD_ARRAY][0]))).spans
    ]
    fd_select = int(_read_number(table, operands[FD_SELECT][0]))
    font_indexes = _read_fd_select(table, fd_select, len(charstrings))
    widths: dict[int, float] = {}
    for cid, (start, end), font_index in zip(
        [0, *read_charset(table)], charstrings, font_indexes, strict=True
    ):
        if cid in widths:
            raise ValueError(cid)
        default, nominal, scale = font_dicts[font_index]
        difference = _width_operand(table, start, end)
        widths[cid] = (default if difference is None else nominal + difference) * scale
    return widths


def _font_widths(
    table: Table, start: int, end: int, top_dict: dict[object, list[int]]
) -> tuple[float, float, float]:
    """Return defaultWidthX and nominalWidthX of a Font DICT, and the factor to thousandths of an em."""
    font_dict = read_dict(table, start, end)
    scale = 1000.0
    matrices = [
        operands[FONT_MATRIX][0] for operands in (top_dict, font_dict) if FONT_MATRIX in operands
    ]
    for matrix in matrices:
        scale *= _read_number(table, matrix)
    size, private_start = (int(_read_number(table, operand)) for operand in font_dict[PRIVATE])
    private = read_dict(table, private_start, private_start + size)
    default, nominal = (
        _read_number(table, private[operator][0]) if operator in private else 0.0
        for operator in (DEFAULT_WIDTH, NOMINAL_WIDTH)
    )
    return default, nominal, scale if matrices else 1.0


def _read_fd_select(table: Table, offset: int, glyph_count: int) -> Sequence[int]:
    """Return the index into FDArray of each glyph (5176, section 19)."""
    if table[offset] == 0:
        return table[offset + 1 : offset + 1 + glyph_count]
    if table[offset] != 3:
        raise ValueError(table[offset])
    (range_count,) = unpack_from(">H", table, offset + 1)
    ranges = [unpack_from(">HB", table, offset + 3 + 3 * n) for n in range(range_count)]
    firsts = [first for first, _ in ranges]
    if firsts[0] != 0 or firsts != sorted(set(firsts)):
        raise ValueError(firsts[0])
    return [ranges[bisect_right(firsts, glyph) - 1][1] for glyph in range(glyph_count)]


def _width_operand(table: Table, start: int, end: int) -> float | None:
    """Return the width in a charstring as the difference to nominalWidthX; None if it has the default.

    The width is an extra operand before those of the first operator (5177, section 3.1).
    """
    count, offset = 0, start
    while offset < end:
        first = table[offset]
        if size := _OPERAND_SIZES[first]:
            count += 1
            offset += size
            continue
        expected = _OPERAND_COUNTS[first]
        if first == 14:  # endchar has no operands, or four
            has_width = count in (1, 5)
        else:
            has_width = count > expected if expected else count % 2 == 1
        return _read_number(table, start, in_charstring=True) if has_width else None
    raise ValueError(start)


def _read_number(table: Table, offset: int, *, in_charstring: bool = False) -> float:
    """Return the operand at an offset; 255 begins a fixed-point number in a charstring, 30 a DICT real."""
    first = table[offset]
    if first == SHORT:
        return float(unpack_from(">h", table, offset + 1)[0])
    if first == LONG:
        return float(unpack_from(">i", table, offset + 1)[0])
    if first == 255 and in_charstring:
        return float(unpack_from(">i", table, offset + 1)[0]) / 65536
    if first == 30:
        digits = "".join(f"{byte:02x}" for byte in table[offset + 1 : offset + 20])
        return float("".join(_REAL_NIBBLES.get(digit, digit) for digit in digits.partition("f")[0]))
    if first < 247:
        return float(first - 139)
    sign, base = (1, 247) if first < 251 else (-1, 251)
    return float(sign * ((first - base) * 256 + table[offset + 1] + 108))
