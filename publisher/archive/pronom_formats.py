"""The formats of the files in a bag, by the format registry PRONOM.

Input: a path, and the standards that the file declares. Output: the format's name and its PRONOM identifier.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING

from publisher.profiles import STANDARDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    """A file format in the registry."""

    name: str
    puid: str = ""
    """The PRONOM Unique Identifier; empty if the version of the format is not known."""


FORMATS: Mapping[str, FileFormat] = MappingProxyType(
    {
        ".txt": FileFormat(name="Plain text", puid="x-fmt/111"),
        ".csv": FileFormat(name="Comma Separated Values", puid="x-fmt/18"),
        ".tsv": FileFormat(name="Tab-separated values", puid="x-fmt/13"),
        ".json": FileFormat(name="JSON Data Interchange Format", puid="fmt/817"),
        ".html": FileFormat(name="Hypertext Markup Language", puid="fmt/96"),
        ".htm": FileFormat(name="Hypertext Markup Language", puid="fmt/96"),
        ".xlsx": FileFormat(name="Microsoft Excel for Windows, 2007 onwards", puid="fmt/214"),
        ".docx": FileFormat(name="Microsoft Word for Windows, 2007 onwards", puid="fmt/412"),
        ".css": FileFormat(name="Cascading Style Sheet", puid="x-fmt/224"),
        ".md": FileFormat(name="Markdown", puid="fmt/1149"),
        ".pdf": FileFormat(name="Portable Document Format"),
    }
)
"""The formats by suffix."""
PDF_PUIDS: Mapping[str, str] = MappingProxyType(
    {name: standard.pronom for name, standard in STANDARDS.items() if standard.pronom}
)
"""The PRONOM identifier of each standard that has one."""


def identify_format(path: str, declares: Iterable[str] = ()) -> FileFormat:
    """Return a file's format; ``declares`` are the standards that the file declares."""
    for standard in declares:
        if standard in PDF_PUIDS:
            return FileFormat(name=standard, puid=PDF_PUIDS[standard])
    suffix = PurePosixPath(path).suffix.lower()
    return FORMATS.get(suffix, FileFormat(name=suffix.removeprefix(".") or "unknown"))
