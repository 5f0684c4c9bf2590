"""The end of a PDF: whether the file is whole, and its end-of-file marker if only this is missing.

Input: the bytes of a file. Viewers read a file without the marker if its last cross-reference section is there;
pypdf does not. Serves ISO 32000-1, 7.5.4 to 7.5.8.
"""

from __future__ import annotations

import re
from typing import Final

_MARKER: Final = b"%%EOF"
_OBJECT: Final = re.compile(rb"\d[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+obj\b")
_TABLE: Final = re.compile(rb"(?<!start)xref[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+\d+")
_START: Final = re.compile(rb"startxref[\0\t\n\f\r ]+(\d{1,12})")
_STREAM_TYPE: Final = re.compile(rb"/Type[\0\t\n\f\r ]*/XRef\b")


def has_end_marker(data: bytes) -> bool:
    """Return whether the end-of-file marker is there, with no object after it."""
    _, marker, tail = data.rpartition(_MARKER)
    return bool(marker) and not _OBJECT.search(tail)


def is_cut_off(data: bytes) -> bool:
    """Return whether objects may be missing at the end: it has neither a marker nor cross-references there."""
    return not has_end_marker(data) and _last_section(data) is None


def with_end_marker(data: bytes) -> bytes:
    """Return a file with its end-of-file marker; one that is cut off, or has the marker, is returned as it is."""
    if has_end_marker(data):
        return data
    section = _last_section(data)
    if section is None:
        return data
    written = _START.search(data, section)
    digits = written[1] if written else b""
    offset = section if str(section).encode().startswith(digits) else int(digits)
    return b"%b\nstartxref\n%d\n%b\n" % (data, offset, _MARKER)


def _last_section(data: bytes) -> int | None:
    """Return the offset of the last cross-reference section if it is complete and no object follows it."""
    table = _last_table(data)
    if table is not None and not _OBJECT.search(data, table):
        _, trailer, entries = data[table:].partition(b"trailer")
        opened = entries.count(b"<<")
        return table if trailer and opened and opened == entries.count(b">>") else None
    end = data.rfind(b"endstream")
    if end < 0 or _OBJECT.search(data, end):
        return None
    stream = data.rfind(b" obj", 0, end)
    start = data.rfind(b"stream", stream, end) if stream >= 0 else -1
    if start < 0 or not _STREAM_TYPE.search(data, stream, start):
        return None
    head = re.compile(rb"\d+[\0\t\n\f\r ]+\d+$").search(data, max(0, stream - 24), stream)
    return head.start() if head else None


def _last_table(data: bytes) -> int | None:
    """Return the offset of the last cross-reference table."""
    end = len(data)
    while (end := data.rfind(b"xref", 0, end)) >= 0:
        if _TABLE.match(data, end):
            return end
    return None
