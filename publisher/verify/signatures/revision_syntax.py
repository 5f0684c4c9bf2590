"""Strict reading of the bytes of an update (ISO 32000-1, 7.5.4 to 7.5.8).

Input: the bytes of a file, and its revisions from pyHanko. Raises ``DisallowedModificationError`` if an update
is not written as signing writes it. Programs read unusual syntax in different ways, so one may show what
another does not see; therefore an update must consist of its objects one after the other, each once, its
cross-references and its end of file, and nothing else but a comment before the end. Its objects may be in object
streams (7.5.7) of its own.
"""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from pyhanko.pdf_utils.generic import (
    DictionaryObject,
    IndirectObject,
    NumberObject,
    Reference,
    StreamObject,
    TrailerReference,
    read_object,
)

from publisher.pdf.raw_objects import (
    DisallowedModificationError,
    decode_added_stream,
    serialise_entry,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
"""The tokens of objects; comments are not allowed."""
_PLAIN_OBJECT = re.compile(_TOKENS, re.DOTALL)
_OBJECT = re.compile(
    rb"[\r\n]{0,2}(\d+) (\d+) obj"
    + _SPACE
    + rb"*+("
    + _TOKENS
    + rb")(?:(?P<end>endobj)"
    + _SPACE
    + rb"*+\Z|stream\r?\n)",
    re.DOTALL,
)
_STREAM_END = re.compile(rb"(?:\r\n|\r|\n)?endstream" + _SPACE + rb"++endobj" + _SPACE + rb"*+\Z")
_COMMENT = re.compile(rb"(?:%(?!%EOF)(?:(?!obj|stream|xref|trailer)[ -~]){0,200}(?:\r\n|\r|\n))*\Z")
"""The names that programs leave before the end of a file, as a comment; nothing that a lenient program could read."""
_XREF_TABLE = re.compile(
    rb"[\r\n]{0,2}xref *(?:\r\n|\r|\n)((?:\d+ \d+ *(?:\r\n|\r|\n)|\d{10} \d{5} [nf](?: \n| \r|\r\n))*)"
)
_XREF_LINE = re.compile(rb"(\d{10}) (\d{5}) ([nf])(?: \n| \r|\r\n)|(\d+) (\d+) *(?:\r\n|\r|\n)")
_TRAILER = re.compile(rb"trailer(" + _TOKENS + rb")", re.DOTALL)
_END_OF_FILE = re.compile(rb"startxref" + _SPACE + rb"+(\d+)" + _SPACE + rb"+%%EOF(?:\r\n|\r|\n)?")
TRAILER_KEYS = frozenset({"/Size", "/Prev", "/Root", "/Info", "/ID", "/Encrypt"})
XREF_STREAM_KEYS = TRAILER_KEYS | {"/Type", "/W", "/Index", "/Filter", "/DecodeParms", "/Length"}
OBJECT_STREAM_KEYS = frozenset({"/Type", "/N", "/First", "/Filter", "/DecodeParms", "/Length"})
"""The entries of an object stream that extends no other."""
_FREE, _IN_USE, _COMPRESSED = 0, 1, 2
"""The types of objects (7.5.8.3)."""


class _Entry(NamedTuple):
    """An entry of cross-references."""

    number: int
    kind: int
    generation: int
    """For a compressed object, its index in the object stream."""
    offset: int
    """Of its first byte; for a compressed object, the number of the object stream."""


def verify_update_syntax(reader: PdfFileReader, data: bytes, revision: int) -> None:
    """Raise if an update is not written as signing writes it."""
    xref_offset = reader.xrefs.get_startxref_for_revision(revision)
    previous_offset = reader.xrefs.get_startxref_for_revision(revision - 1)
    start = end_of_revision(data, previous_offset)
    end = data.rindex(b"startxref", 0, end_of_revision(data, xref_offset))
    end = _start_of_comment(data, xref_offset, end)
    table = _XREF_TABLE.match(data, xref_offset, end)
    xref_stream_name = None
    retained = _retained_keys(reader, revision)
    if table:
        trailer, entries = _read_xref_table(reader, data[table.end() : end], table[1], retained)
    else:
        xref_stream_name, trailer, entries = _read_xref_stream(
            reader, data[xref_offset:end], retained
        )
    _verify_size(reader, revision, trailer, entries)
    used = [item for item in entries if item.kind == _IN_USE]
    names = {item.offset: (item.number, item.generation) for item in used}
    has_duplicates = len(names) < len(used)
    listed_name = names.pop(xref_offset, xref_stream_name)
    offsets = sorted({*names, xref_offset})
    if listed_name != xref_stream_name or xref_stream_name in names.values() or has_duplicates:
        raise _irregular_xref()
    if offsets[0] < start or offsets[-1] != xref_offset:
        raise _irregular_xref()
    if data[start : offsets[0]].strip(_BLANK):
        raise DisallowedModificationError("there are bytes before the first object of an update")
    streams: dict[int, Any] = {}
    for object_start, object_end in pairwise(offsets):
        name, stream = _read_object(reader, data[object_start:object_end])
        if name != names[object_start]:
            raise _irregular_xref()
        streams[name[0]] = stream
    _verify_object_streams(streams, [item for item in entries if item.kind == _COMPRESSED])


def _start_of_comment(data: bytes, start: int, end: int) -> int:
    """Return where the comment begins that the bytes before an offset end with; the offset if they have none."""
    lines = data.rfind(b"%", start, end)
    while lines > start and data[lines - 1 : lines] in (b"\r", b"\n"):
        if not _COMMENT.match(data, lines, end):
            break
        end = lines
        lines = data.rfind(b"%", start, end)
    return end


def _verify_object_streams(streams: Mapping[int, Any], compressed: Sequence[_Entry]) -> None:
    """Raise unless the compressed objects of an update are what its own object streams hold, and are written plainly."""
    for number in {item.offset for item in compressed}:
        stream = streams.get(number)
        listed = [(item.generation, item.number) for item in compressed if item.offset == number]
        if not isinstance(stream, StreamObject) or not stream.keys() <= OBJECT_STREAM_KEYS:
            raise _irregular_xref()
        if serialise_entry(stream, "/Type") != b"/ObjStm":
            raise _irregular_xref()
        try:
            first, count = int(stream["/First"]), int(stream["/N"])
            data = decode_added_stream(stream)
            header = [int(word) for word in data[:first].split()]
        except (KeyError, TypeError, ValueError) as error:
            raise _irregular_xref() from error
        numbers, offsets = header[::2], header[1::2]
        if len(header) != 2 * count or sorted(listed) != list(enumerate(numbers)):
            raise _irregular_xref()
        ends = [*offsets[1:], len(data) - first]
        for offset, end in zip(offsets, ends, strict=True):
            is_plain = offset < end and _PLAIN_OBJECT.fullmatch(data, first + offset, first + end)
            if offset < 0 or not is_plain:
                raise _irregular_xref()


def _retained_keys(reader: PdfFileReader, revision: int) -> frozenset[str]:
    """Return the keys of programs' own in the trailer before an update; an update may repeat them.

    XRefStm is none of them, because some programs read it and others do not (7.5.8.4).
    """
    earlier = reader.get_historical_resolver(revision - 1).trailer_view
    return frozenset(earlier) - XREF_STREAM_KEYS - {"/XRefStm"}


def has_irregular_end(data: bytes, xref_offset: int) -> bool:
    """Return whether a file does not end with the end-of-file mark of its last cross-references."""
    try:
        return end_of_revision(data, xref_offset) != len(data)
    except DisallowedModificationError:
        return True


def _irregular_xref() -> DisallowedModificationError:
    return DisallowedModificationError(
        "the cross-references are not written as signing writes them"
    )


def end_of_revision(data: bytes, xref_offset: int) -> int:
    """Return where the revision ends whose cross-references are at an offset."""
    for match in _END_OF_FILE.finditer(data, xref_offset):
        if int(match[1]) == xref_offset:
            return match.end()
    raise _irregular_xref()


def _read_object(reader: PdfFileReader, data: bytes) -> tuple[tuple[int, int], Any]:
    """Read an indirect object that takes up all of the data.

    Returns:
        Its number and generation, and the object if it is a stream.

    """
    match = _OBJECT.match(data)
    if not match:
        raise DisallowedModificationError("there are bytes between the objects of an update")
    name = int(match[1]), int(match[2])
    if match["end"]:
        return name, None
    stream = read_object(BytesIO(data[match.start(3) :]), Reference(*name, reader))
    length = stream.raw_get("/Length") if isinstance(stream, StreamObject) else None
    if isinstance(length, IndirectObject):
        length = reader.get_object(length.reference)
    if not isinstance(length, NumberObject) or not _STREAM_END.match(
        data, match.end() + int(length)
    ):
        raise DisallowedModificationError(f"the Length of object {name[0]} is wrong")
    return name, stream


def _read_xref_table(
    reader: PdfFileReader, after: bytes, lines: bytes, retained: frozenset[str]
) -> tuple[Any, list[_Entry]]:
    """Read a cross-reference table (7.5.4) and the trailer after it."""
    match = _TRAILER.fullmatch(after)
    if not match:
        raise _irregular_xref()
    trailer = read_object(BytesIO(match[1].strip(_BLANK)), TrailerReference(reader))
    if not isinstance(trailer, DictionaryObject) or not (trailer.keys() <= TRAILER_KEYS | retained):
        raise _irregular_xref()
    entries: list[_Entry] = []
    number, remaining = 0, 0
    for offset, generation, kind, first, count in _XREF_LINE.findall(lines):
        if bool(kind) != bool(remaining):
            raise _irregular_xref()
        if not kind:
            number, remaining = int(first), int(count)
            continue
        kind_number = _IN_USE if kind == b"n" else _FREE
        entries.append(_Entry(number, kind_number, int(generation), int(offset)))
        number, remaining = number + 1, remaining - 1
    if remaining:
        raise _irregular_xref()
    return trailer, _entries_in_use(entries)


def _read_xref_stream(
    reader: PdfFileReader, data: bytes, retained: frozenset[str]
) -> tuple[tuple[int, int], Any, list[_Entry]]:
    """Read a cross-reference stream (7.5.8).

    Returns:
        Its number and generation, the stream, and its entries.

    """
    name, stream = _read_object(reader, data)
    if stream is None or not stream.keys() <= XREF_STREAM_KEYS | retained:
        raise _irregular_xref()
    rows = decode_added_stream(stream)
    widths = [int(width) for width in stream["/W"]]
    if "/Index" in stream:
        index = [int(number) for number in stream["/Index"]]
    else:
        index = [0, int(stream["/Size"])]
    sections = list(zip(index[::2], index[1::2], strict=True))
    if len(widths) != 3 or min(*widths, *index) < 0 or not widths[0]:
        raise _irregular_xref()
    if len(rows) != sum(widths) * sum(count for _, count in sections):
        raise _irregular_xref()
    numbers = [number for first, count in sections for number in range(first, first + count)]
    entries, source = [], BytesIO(rows)
    for number in numbers:
        kind, offset, generation = (int.from_bytes(source.read(width)) for width in widths)
        if kind > _COMPRESSED:
            raise _irregular_xref()
        entries.append(_Entry(number, kind, generation, offset))
    return name, stream, _entries_in_use(entries)


def _entries_in_use(entries: list[_Entry]) -> list[_Entry]:
    """Return the entries; raise if one is listed twice, out of order, or free (but for object 0)."""
    if any(item.number >= following.number for item, following in pairwise(entries)):
        raise _irregular_xref()
    if any((item.kind == _FREE) != (item.number == 0) for item in entries):
        raise _irregular_xref()
    return [item for item in entries if item.kind != _FREE]


def _verify_size(reader: PdfFileReader, revision: int, trailer: Any, entries: list[_Entry]) -> None:
    """Raise if Size is too small: some programs then do not read the objects beyond it."""
    previous_size = reader.xrefs.get_xref_container_info(revision - 1).size
    size = trailer.raw_get("/Size")
    highest = max((item.number for item in entries), default=0)
    if not isinstance(size, NumberObject) or int(size) < previous_size or int(size) <= highest:
        raise _irregular_xref()
