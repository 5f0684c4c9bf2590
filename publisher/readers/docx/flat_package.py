"""Word files whose package is one XML file (Flat OPC): turns the file into the zip archive that it stands for.

Word saves such files as "Word XML Document"; systems that fill in templates write them as ``.doc``.
"""

from __future__ import annotations

import binascii
import io
import posixpath
import zipfile
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMESPACE = "http://schemas.microsoft.com/office/2006/xmlPackage"
_START = _NAMESPACE.encode()
_START_LENGTH = 4096
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>'


def is_flat_package(data: bytes) -> bool:
    """Return whether a file is a package in one XML file."""
    return _START in data[:_START_LENGTH]


def unflatten(data: bytes) -> bytes:
    """Return the zip archive with the parts of a package that is one XML file.

    Raises:
        ValueError: A part has no name or no base64, or the file declares a document type.
        expat.ExpatError: The file is not well-formed.

    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in _parts(data):
            archive.writestr(zipfile.ZipInfo(posixpath.normpath(name).lstrip("/")), content)
    return buffer.getvalue()


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each part."""
    parser = expat.ParserCreate("UTF-8")
    parts: list[tuple[str, bytes]] = []
    name = ""
    start = 0

    def begin(element: str, attributes: dict[str, str]) -> None:
        nonlocal name, start
        match element:
            case "pkg:part":
                name = attributes.get("pkg:name", "")
            case "pkg:xmlData" | "pkg:binaryData":
                start = data.index(b">", parser.CurrentByteIndex) + 1

    def end(element: str) -> None:
        content = data[start : parser.CurrentByteIndex]
        match element:
            case "pkg:xmlData":
                parts.append((name, _DECLARATION + content))
            case "pkg:binaryData":
                parts.append((name, binascii.a2b_base64(content)))

    def refuse(*_: object) -> None:
        raise ValueError

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.Parse(data, True)  # noqa: FBT003
    if not all(part_name for part_name, _ in parts):
        raise ValueError
    yield from parts
