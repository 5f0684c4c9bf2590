"""Reader for plain text: the parser decides the role of its lines; tables in it are detected."""

from __future__ import annotations

from publisher.readers.encoding import decode
from publisher.readers.result import ReaderResult
from publisher.readers.text_tables import report_uncertain_lines, split_tables
from publisher.text.edits import locate


def read_data(data: bytes, *, encoding: str, where: str) -> ReaderResult:
    """Read a plain text.

    Args:
        data: The bytes of the file.
        encoding: The encoding that the user gives; empty to detect it.
        where: The name of the file in error messages.

    Raises:
        SourceEncodingError: The bytes cannot be decoded.

    """
    decoded = decode(data, encoding=encoding, where=where)
    segments, edits, locators = split_tables(locate(decoded.text))
    return ReaderResult(
        decoded=decoded.text,
        encoding=decoded.encoding,
        confidence=decoded.confidence,
        segments=segments,
        edits=edits,
        findings=(*decoded.findings, *report_uncertain_lines(decoded.text, locators)),
    )
