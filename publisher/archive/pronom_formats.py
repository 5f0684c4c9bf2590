"""Which format a file of a bag has, as the format registry PRONOM knows it.

Enters: a path, and what the file declares. Leaves: the format's name and its key in PRONOM.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    """A format, as a registry knows it."""

    name: str
    key: str = ""
    """In PRONOM; empty where the file alone does not say which version it is."""


FORMATS: Mapping[str, FileFormat] = MappingProxyType(
    {
        ".txt": FileFormat(name="Plain text", key="x-fmt/111"),
        ".csv": FileFormat(name="Comma Separated Values", key="x-fmt/18"),
        ".tsv": FileFormat(name="Tab-separated values", key="x-fmt/13"),
        ".json": FileFormat(name="JSON Data Interchange Format", key="fmt/817"),
        ".html": FileFormat(name="Hypertext Markup Language", key="fmt/96"),
        ".htm": FileFormat(name="Hypertext Markup Language", key="fmt/96"),
        ".xlsx": FileFormat(name="Microsoft Excel for Windows, 2007 onwards", key="fmt/214"),
        ".docx": FileFormat(name="Microsoft Word for Windows, 2007 onwards", key="fmt/412"),
        ".css": FileFormat(name="Cascading Style Sheet", key="x-fmt/224"),
        ".md": FileFormat(name="Markdown", key="fmt/1149"),
        ".pdf": FileFormat(name="Portable Document Format"),
    }
)
"""By suffix."""
PDF_KEYS = MappingProxyType({"PDF/A-3a": "fmt/479", "PDF/A-4f": "fmt/1912"})


def format_of(path: str, declares: Iterable[str] = ()) -> FileFormat:
    """Return a file's format; ``declares`` are the standards that it says it keeps."""
    for standard in declares:
        if standard in PDF_KEYS:
            return FileFormat(name=standard, key=PDF_KEYS[standard])
    suffix = PurePosixPath(path).suffix.lower()
    return FORMATS.get(suffix, FileFormat(name=suffix.removeprefix(".") or "unknown"))
