"""The mark of the office at the head of a document (发文机关标志; GB/T 9704-2012, 7.2.4 and 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publisher.model import Metadata


def office_mark(metadata: Metadata, *, is_letter: bool) -> str:
    """Return the words of the mark that a style prints, that of a letter without 文件; empty if no office is known.

    A letter of several offices has the mark of the first (10.1).
    """
    if is_letter:
        return metadata.publishers[0] if metadata.publishers else ""
    if not metadata.publisher or metadata.publisher.isascii():
        return metadata.publisher
    return f"{metadata.publisher}文件"
