"""Plain text: its lines for the parser to judge, and the tables that it draws."""

from __future__ import annotations

from publisher.readers.encoding import decode
from publisher.readers.result import Reading
from publisher.readers.text_tables import split_tables
from publisher.text.edits import locate


def read_data(data: bytes, *, encoding: str, where: str) -> Reading:
    """Return the whole text as it stands; raise ``SourceEncodingError`` where it is none."""
    decoded = decode(data, encoding=encoding, where=where)
    segments, edits = split_tables(locate(decoded.text))
    return Reading(
        decoded=decoded.text,
        encoding=decoded.encoding,
        confidence=decoded.confidence,
        segments=segments,
        edits=edits,
        findings=decoded.findings,
    )
