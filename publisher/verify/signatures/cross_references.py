"""Strict reading of the cross-references of an update (ISO 32000-1, 7.5.4 to 7.5.8).

Input: bytes, and a file from pyHanko. Output: the trailer and the entries. Raises ``DisallowedModificationError`` if they
are not written as signing writes them.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from pyhanko.pdf_utils.generic import (
    DictionaryObject,
    NumberObject,
    TrailerReference,
    read_object,
)

from publisher.pdf.raw_objects import (
    DisallowedModificationError,
    decode_added_stream,
    serialise_entry,
)
from publisher.verify.signatures.object_syntax import (
    SPACE,
    TOKENS,
    read_indirect_object,
    require_single_keys,
)

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader

BLANK = b"\0\t\n\f\r "
XREF_TABLE = re.compile(
    rb"[\r\n]{0,2}xref *(?:\r\n|\r|\n)((?:\d+ \d+ *(?:\r\n|\r|\n)|\d{10} \d{5} [nf](?: \n| \r|\r\n))*)"
)
_XREF_LINE = re.compile(rb"(\d{10}) (\d{5}) ([nf])(?: \n| \r|\r\n)|(\d+) (\d+) *(?:\r\n|\r|\n)")
_TRAILER = re.compile(SPACE + rb"*+trailer(" + TOKENS + rb")", re.DOTALL)
TRAILER_KEYS = frozenset({"/Size", "/Prev", "/Root", "/Info", "/ID", "/Encrypt"})
XREF_STREAM_KEYS = TRAILER_KEYS | {"/Type", "/W", "/Index", "/Filter", "/DecodeParms", "/Length"}
FREE, IN_USE, COMPRESSED = 0, 1, 2
"""The types of objects (7.5.8.3)."""


class Entry(NamedTuple):
    """An entry of cross-references."""

    number: int
    kind: int
    generation: int
    """For a compressed object, its index in the object stream."""
    offset: int
    """Of its first byte; for a compressed object, the number of the object stream."""


def read_xref_table(
    reader: PdfFileReader, after: bytes, lines: bytes, retained: frozenset[str]
) -> tuple[Any, list[Entry]]:
    """Read a cross-reference table (7.5.4) and the trailer after it."""
    match = _TRAILER.fullmatch(after)
    if not match:
        raise irregular_xref()
    require_single_keys(match[1].strip(BLANK))
    trailer = read_object(BytesIO(match[1].strip(BLANK)), TrailerReference(reader))
    allowed = TRAILER_KEYS | {"/XRefStm"} | retained
    if not isinstance(trailer, DictionaryObject) or not trailer.keys() <= allowed:
        raise irregular_xref()
    entries: list[Entry] = []
    number, remaining = 0, 0
    for offset, generation, kind, first, count in _XREF_LINE.findall(lines):
        if bool(kind) != bool(remaining):
            raise irregular_xref()
        if not kind:
            number, remaining = int(first), int(count)
            continue
        kind_number = IN_USE if kind == b"n" else FREE
        entries.append(Entry(number, kind_number, int(generation), int(offset)))
        number, remaining = number + 1, remaining - 1
    if remaining:
        raise irregular_xref()
    return trailer, _listed_once(entries)


def read_xref_stream(
    reader: PdfFileReader, data: bytes, retained: frozenset[str]
) -> tuple[tuple[int, int], Any, list[Entry]]:
    """Read a cross-reference stream (7.5.8).

    Returns:
        Its number and generation, the stream, and its entries.

    """
    name, stream = read_indirect_object(reader, data)
    if stream is None or not stream.keys() <= XREF_STREAM_KEYS | retained:
        raise irregular_xref()
    rows = decode_added_stream(stream)
    widths = [int(width) for width in stream["/W"]]
    if "/Index" in stream:
        index = [int(number) for number in stream["/Index"]]
    else:
        index = [0, int(stream["/Size"])]
    sections = list(zip(index[::2], index[1::2], strict=True))
    if len(widths) != 3 or min(*widths, *index) < 0 or not widths[0]:
        raise irregular_xref()
    if len(rows) != sum(widths) * sum(count for _, count in sections):
        raise irregular_xref()
    numbers = [number for first, count in sections for number in range(first, first + count)]
    entries, source = [], BytesIO(rows)
    for number in numbers:
        kind, offset, generation = (int.from_bytes(source.read(width)) for width in widths)
        if kind > COMPRESSED:
            raise irregular_xref()
        entries.append(Entry(number, kind, generation, offset))
    return name, stream, _listed_once(entries)


def add_hidden_entries(
    reader: PdfFileReader,
    revision: int,
    update: tuple[bytes, int],
    trailer: Any,
    entries: list[Entry],
) -> list[Entry]:
    """Return the entries of a table with those of the stream that its trailer names (XRefStm, 7.5.8.4).

    Some programs read that stream, and others do not. The stream of an earlier revision names no object of this one;
    what it names is compared with what was there before, as are the objects that an update has.

    Args:
        reader: The file, from pyHanko.
        revision: The number of the update.
        update: The bytes of the update up to its table, and their offset in the file.
        trailer: The trailer after the table.
        entries: The entries of the table.

    """
    if "/XRefStm" not in trailer:
        return entries
    (data, start), offset = update, trailer.raw_get("/XRefStm")
    if not isinstance(offset, NumberObject):
        raise irregular_xref()
    if int(offset) < start:
        earlier = reader.get_historical_resolver(revision - 1).trailer_view
        if serialise_entry(earlier, "/XRefStm") != serialise_entry(trailer, "/XRefStm"):
            raise irregular_xref()
        return entries
    following = [item.offset for item in entries if item.kind == IN_USE and item.offset > offset]
    end = min(following, default=start + len(data))
    name, stream, hidden = read_xref_stream(
        reader, data[int(offset) - start : end - start], frozenset()
    )
    if any(
        serialise_entry(stream, key) != serialise_entry(trailer, key)
        for key in ("/Root", "/Info", "/Encrypt")
    ):
        raise irregular_xref()
    own = Entry(name[0], IN_USE, name[1], int(offset))
    listed = {item.number: item for item in (*hidden, own)}
    for item in entries:
        if item.kind == FREE and item.number in listed:
            continue  # programs that read tables only do not see the object
        if listed.setdefault(item.number, item) != item:
            raise irregular_xref()
    return sorted(listed.values())


def _listed_once(entries: list[Entry]) -> list[Entry]:
    """Return the entries but that of object 0; raise if an object is listed twice, or object 0 is in use."""
    if len({item.number for item in entries}) < len(entries):
        raise irregular_xref()
    if any(item.number == 0 and item.kind != FREE for item in entries):
        raise irregular_xref()
    return [item for item in entries if item.number]


def verify_size(reader: PdfFileReader, revision: int, trailer: Any, entries: list[Entry]) -> None:
    """Raise if Size is too small: some programs then do not read the objects beyond it.

    They take the size of the last update, so that one before, which adds nothing, may have a smaller one.
    """
    previous_size = reader.xrefs.get_xref_container_info(revision - 1).size
    size = trailer.raw_get("/Size")
    used = [item for item in entries if item.kind != FREE]
    highest = max((item.number for item in used), default=0)
    if not isinstance(size, NumberObject) or int(size) <= highest:
        raise irregular_xref()
    is_last = revision + 1 == reader.xrefs.total_revisions
    if int(size) < previous_size and (used or is_last):
        raise irregular_xref()


def retained_keys(reader: PdfFileReader, revision: int) -> frozenset[str]:
    """Return the keys of programs' own in the trailer before an update; an update may repeat them."""
    earlier = reader.get_historical_resolver(revision - 1).trailer_view
    return frozenset(earlier) - XREF_STREAM_KEYS - {"/XRefStm"}


def irregular_xref() -> DisallowedModificationError:
    """Return the error of cross-references that no signing program writes."""
    return DisallowedModificationError(
        "the cross-references are not written as signing writes them"
    )
