"""The mark of the office at the head of a document (发文机关标志; GB/T 9704-2012, 7.2.4 and 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publisher.model import Metadata

WITHOUT_MARK = frozenset({"decree", "minutes"})
"""Kinds whose own title is the mark: XX市人民政府令, XX会议纪要."""
NAME_ONLY = frozenset({"letter"})
"""Kinds whose mark is the name of the office without 文件 (10.1)."""


def office_mark(metadata: Metadata) -> str:
    """Return the words of the mark that a style prints; empty if the document has none."""
    if metadata.kind in WITHOUT_MARK or not metadata.publisher:
        return ""
    if metadata.kind in NAME_ONLY or metadata.publisher.isascii():
        return metadata.publisher
    return f"{metadata.publisher}文件"
