"""The bytes of an update, read strictly (ISO 32000-1, 7.5.4 to 7.5.8).

Enters: the bytes of a file, and its revisions as pyHanko finds them. Leaves: nothing, or an error where
an update is not written as signing writes it. Programs read a file that is written oddly in
different ways, so that one shows what another does not see; therefore an update is its objects one after
the other, none of them twice, its cross-references, its end, and nothing else.
"""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pyhanko.pdf_utils.generic import (
    DictionaryObject,
    NumberObject,
    Reference,
    StreamObject,
    TrailerReference,
    read_object,
)

from publisher.pdf.raw_objects import DisallowedModificationError, content

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader

_BLANK = b"\0\t\n\f\r "
_SPACE = rb"[\0\t\n\f\r ]"
_TOKENS = (
    rb"(?:" + _SPACE + rb"++|<<|>>|\[|\]"
    rb"|/[^\0\t\n\f\r ()<>\[\]{}/%]++"
    rb"|<[0-9A-Fa-f\0\t\n\f\r ]*+>"
    rb"|\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*\))*\)"
    rb"|[+-]?[0-9.]++|(?:true|false|null|R)(?![A-Za-z0-9]))*"
)
"""What objects are made of; no comments."""
_OBJECT = re.compile(
    rb"(\d+) (\d+) obj"
    + _SPACE
    + rb"*+("
    + _TOKENS
    + rb")(?:(?P<end>endobj)"
    + _SPACE
    + rb"*+\Z|stream\r?\n)",
    re.DOTALL,
)
_STREAM_END = re.compile(rb"(?:\r\n|\r|\n)?endstream" + _SPACE + rb"++endobj" + _SPACE + rb"*+\Z")
_TABLE = re.compile(
    rb"xref *(?:\r\n|\r|\n)((?:\d+ \d+ *(?:\r\n|\r|\n)|\d{10} \d{5} [nf](?: \n| \r|\r\n))*)"
)
_LINE = re.compile(rb"(\d{10}) (\d{5}) ([nf])(?: \n| \r|\r\n)|(\d+) (\d+) *(?:\r\n|\r|\n)")
_TRAILER = re.compile(rb"trailer(" + _TOKENS + rb")", re.DOTALL)
_END = re.compile(rb"startxref" + _SPACE + rb"+(\d+)" + _SPACE + rb"+%%EOF(?:\r\n|\r|\n)?")
OF_TRAILER = frozenset({"/Size", "/Prev", "/Root", "/Info", "/ID", "/Encrypt"})
OF_XREF_STREAM = OF_TRAILER | {"/Type", "/W", "/Index", "/Filter", "/DecodeParms", "/Length"}
_USED = 1
"""The type of an object that is in use and not compressed (7.5.8.3)."""
_Entry = tuple[int, int, int]
"""The number of an object, its generation, its place."""


def check_bytes(reader: PdfFileReader, data: bytes, revision: int) -> None:
    """Raise ``DisallowedModificationError`` where an update is not written as signing writes it."""
    place = reader.xrefs.get_startxref_for_revision(revision)
    begin = _end(data, reader.xrefs.get_startxref_for_revision(revision - 1))
    end = data.rindex(b"startxref", 0, _end(data, place))
    table = _TABLE.match(data, place, end)
    own = None
    if table:
        trailer, entries = _read_table(reader, data[table.end() : end], table[1])
    else:
        own, trailer, entries = _read_stream(reader, data[place:end])
    _check_size(reader, revision, trailer, entries)
    named = {offset: (number, generation) for number, generation, offset in entries}
    listed = named.pop(place, own)
    at = sorted({*named, place})
    if listed != own or own in named.values() or len({one[2] for one in entries}) < len(entries):
        raise _unlike()
    if at[0] < begin or at[-1] != place:
        raise _unlike()
    if data[begin : at[0]].strip(_BLANK):
        raise DisallowedModificationError("something stands between the parts of the file")
    for start, stop in pairwise(at):
        if _read_object(reader, data[start:stop])[0] != named[start]:
            raise _unlike()


def loose_end(data: bytes, place: int) -> bool:
    """Return whether a file ends otherwise than by naming its last cross-references."""
    try:
        return _end(data, place) != len(data)
    except DisallowedModificationError:
        return True


def _unlike() -> DisallowedModificationError:
    return DisallowedModificationError("the list of objects is not of the form that signing writes")


def _end(data: bytes, place: int) -> int:
    """Return where the revision ends whose cross-references are at a place."""
    for found in _END.finditer(data, place):
        if int(found[1]) == place:
            return found.end()
    raise _unlike()


def _read_object(reader: PdfFileReader, data: bytes) -> tuple[tuple[int, int], Any]:
    """Read an object with what follows it up to the next; return its name, and it where it is a stream."""
    found = _OBJECT.match(data)
    if not found:
        raise DisallowedModificationError("something stands among its objects that is none")
    name = int(found[1]), int(found[2])
    if found["end"]:
        return name, None
    stream = read_object(BytesIO(data[found.start(3) :]), Reference(*name, reader))
    length = stream.raw_get("/Length") if isinstance(stream, StreamObject) else None
    if not isinstance(length, NumberObject) or not _STREAM_END.match(
        data, found.end() + int(length)
    ):
        raise DisallowedModificationError(f"object {name[0]} is not as long as it says")
    return name, stream


def _read_table(reader: PdfFileReader, rest: bytes, lines: bytes) -> tuple[Any, list[_Entry]]:
    """Read a cross-reference table (7.5.4) and the trailer after it."""
    trailer = _TRAILER.fullmatch(rest)
    if not trailer:
        raise _unlike()
    value = read_object(BytesIO(trailer[1].strip(_BLANK)), TrailerReference(reader))
    if not isinstance(value, DictionaryObject) or not value.keys() <= OF_TRAILER:
        raise _unlike()
    entries, number, left = [], 0, 0
    for offset, generation, kind, first, count in _LINE.findall(lines):
        if bool(kind) != bool(left):
            raise _unlike()
        if not kind:
            number, left = int(first), int(count)
            continue
        entries.append((number, kind == b"n", int(generation), int(offset)))
        number, left = number + 1, left - 1
    if left:
        raise _unlike()
    return value, _in_order(entries)


def _read_stream(reader: PdfFileReader, data: bytes) -> tuple[tuple[int, int], Any, list[_Entry]]:
    """Read a cross-reference stream (7.5.8): its name, itself, what it lists."""
    name, stream = _read_object(reader, data)
    if stream is None or not stream.keys() <= OF_XREF_STREAM:
        raise _unlike()
    data = content(stream)
    widths = [int(one) for one in stream["/W"]]
    index = (
        [int(one) for one in stream["/Index"]] if "/Index" in stream else [0, int(stream["/Size"])]
    )
    sections = list(zip(index[::2], index[1::2], strict=True))
    if len(widths) != 3 or min(*widths, *index) < 0 or not widths[0]:
        raise _unlike()
    if len(data) != sum(widths) * sum(count for _, count in sections):
        raise _unlike()
    numbers = [number for first, count in sections for number in range(first, first + count)]
    entries, source = [], BytesIO(data)
    for number in numbers:
        kind, offset, generation = (int.from_bytes(source.read(width)) for width in widths)
        if kind > _USED:
            raise _unlike()
        entries.append((number, kind == _USED, generation, offset))
    return name, stream, _in_order(entries)


def _in_order(entries: list[tuple[int, bool, int, int]]) -> list[_Entry]:
    """Return the objects in use; raise where one is there twice, out of order, or free."""
    if any(one[0] >= other[0] for one, other in pairwise(entries)):
        raise _unlike()
    if any(used == (number == 0) for number, used, _, _ in entries):
        raise _unlike()
    return [(number, generation, offset) for number, used, generation, offset in entries if used]


def _check_size(reader: PdfFileReader, revision: int, trailer: Any, entries: list[_Entry]) -> None:
    """Raise where a trailer leaves out objects, which some programs then do not read."""
    before = reader.xrefs.get_xref_container_info(revision - 1).size
    size = trailer.raw_get("/Size")
    highest = max((number for number, _, _ in entries), default=0)
    if not isinstance(size, NumberObject) or int(size) < before or int(size) <= highest:
        raise _unlike()
