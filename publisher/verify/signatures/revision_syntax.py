"""Strict reading of the bytes of an update (ISO 32000-1, 7.5.4 to 7.5.8).

Input: the bytes of a file, and its revisions from pyHanko. Raises ``DisallowedModificationError`` if an update
is not written as signing writes it. Programs read unusual syntax in different ways, so one may show what
another does not see; therefore an update must consist of its objects one after the other, each once, its
cross-references and its end of file, and nothing else but a comment before the end. Its objects may be in object
streams (7.5.7) of its own.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pyhanko.pdf_utils.generic import StreamObject

from publisher.pdf.raw_objects import (
    DisallowedModificationError,
    decode_added_stream,
    serialise_entry,
)
from publisher.verify.signatures.cross_references import (
    BLANK,
    COMPRESSED,
    FREE,
    IN_USE,
    XREF_TABLE,
    add_hidden_entries,
    irregular_xref,
    read_xref_stream,
    read_xref_table,
    retained_keys,
    verify_size,
)
from publisher.verify.signatures.object_syntax import (
    PLAIN_OBJECT,
    SPACE,
    read_indirect_object,
    require_single_keys,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pyhanko.pdf_utils.reader import PdfFileReader

    from publisher.verify.signatures.cross_references import Entry
    from publisher.verify.signatures.revision_references import References

_COMMENT = re.compile(rb"(?:%(?!%EOF)(?:(?!obj|stream|xref|trailer)[ -~]){0,200}(?:\r\n|\r|\n))*\Z")
"""The names that programs leave before the end of a file, as a comment; nothing that a lenient program could read."""
_END_OF_FILE = re.compile(rb"startxref" + SPACE + rb"+(\d+)" + SPACE + rb"+%%EOF(?:\r\n|\r|\n)?")
OBJECT_STREAM_KEYS = frozenset({"/Type", "/N", "/First", "/Filter", "/DecodeParms", "/Length"})
"""The entries of an object stream that extends no other."""


def verify_update_syntax(
    reader: PdfFileReader, data: bytes, revision: int, earlier_references: References
) -> None:
    """Raise if an update is not written as signing writes it.

    Args:
        reader: The file, from pyHanko.
        data: Its bytes.
        revision: The number of the update.
        earlier_references: The references in the revisions before.

    """
    xref_offset = reader.xrefs.get_startxref_for_revision(revision)
    previous_offset = reader.xrefs.get_startxref_for_revision(revision - 1)
    start = end_of_revision(data, previous_offset)
    end = data.rindex(b"startxref", 0, end_of_revision(data, xref_offset))
    end = _start_of_comment(data, xref_offset, end)
    table = XREF_TABLE.match(data, xref_offset, end)
    xref_stream_name = None
    retained = retained_keys(reader, revision)
    if table:
        trailer, entries = read_xref_table(reader, data[table.end() : end], table[1], retained)
        _require_unused(entries, earlier_references)
        update = data[start:xref_offset], start
        entries = add_hidden_entries(reader, revision, update, trailer, entries)
    else:
        xref_stream_name, trailer, entries = read_xref_stream(
            reader, data[xref_offset:end], retained
        )
    verify_size(reader, revision, trailer, entries)
    _require_unused(entries, earlier_references)
    used = [item for item in entries if item.kind == IN_USE]
    names = {item.offset: (item.number, item.generation) for item in used}
    has_duplicates = len(names) < len(used)
    listed_name = names.pop(xref_offset, xref_stream_name)
    offsets = sorted({*names, xref_offset})
    if listed_name != xref_stream_name or xref_stream_name in names.values() or has_duplicates:
        raise irregular_xref()
    if offsets[0] < start or offsets[-1] != xref_offset:
        raise irregular_xref()
    if data[start : offsets[0]].strip(BLANK):
        raise DisallowedModificationError("there are bytes before the first object of an update")
    streams: dict[int, Any] = {}
    for object_start, object_end in pairwise(offsets):
        name, stream = read_indirect_object(reader, data[object_start:object_end])
        if name != names[object_start]:
            raise irregular_xref()
        streams[name[0]] = stream
    _verify_object_streams(streams, [item for item in entries if item.kind == COMPRESSED])


def _require_unused(entries: Iterable[Entry], earlier_references: References) -> None:
    """Raise if an update frees an object that the file has; programs free numbers of their own that have none."""
    if any(item.kind == FREE and earlier_references.defines(item.number) for item in entries):
        raise DisallowedModificationError("an object was deleted")


def _start_of_comment(data: bytes, start: int, end: int) -> int:
    """Return where the comment begins that the bytes before an offset end with; the offset if they have none."""
    lines = data.rfind(b"%", start, end)
    while lines > start and data[lines - 1 : lines] in (b"\r", b"\n"):
        if not _COMMENT.match(data, lines, end):
            break
        end = lines
        lines = data.rfind(b"%", start, end)
    return end


def _verify_object_streams(streams: Mapping[int, Any], compressed: Sequence[Entry]) -> None:
    """Raise unless the compressed objects of an update are what its own object streams hold, and are written plainly."""
    for number in {item.offset for item in compressed}:
        stream = streams.get(number)
        listed = [(item.generation, item.number) for item in compressed if item.offset == number]
        if not isinstance(stream, StreamObject) or not stream.keys() <= OBJECT_STREAM_KEYS:
            raise irregular_xref()
        if serialise_entry(stream, "/Type") != b"/ObjStm":
            raise irregular_xref()
        try:
            first, count = int(stream["/First"]), int(stream["/N"])
            data = decode_added_stream(stream)
            header = [int(word) for word in data[:first].split()]
        except (KeyError, TypeError, ValueError) as error:
            raise irregular_xref() from error
        numbers, offsets = header[::2], header[1::2]
        if len(header) != 2 * count or sorted(listed) != list(enumerate(numbers)):
            raise irregular_xref()
        ends = [*offsets[1:], len(data) - first]
        for offset, end in zip(offsets, ends, strict=True):
            is_plain = offset < end and PLAIN_OBJECT.fullmatch(data, first + offset, first + end)
            if offset < 0 or not is_plain:
                raise irregular_xref()
            require_single_keys(data[first + offset : first + end])


def has_irregular_end(data: bytes, xref_offset: int) -> bool:
    """Return whether a file does not end with the end-of-file mark of its last cross-references."""
    try:
        return end_of_revision(data, xref_offset) != len(data)
    except DisallowedModificationError:
        return True


def end_of_revision(data: bytes, xref_offset: int) -> int:
    """Return where the revision ends whose cross-references are at an offset."""
    for match in _END_OF_FILE.finditer(data, xref_offset):
        if int(match[1]) == xref_offset:
            return match.end()
    raise irregular_xref()
