"""The first stage: a file in, its text and tables out.

``READERS`` is the table of formats; a reader is one module with one function from the decoded
text to segments. What a file's name says is believed only where its first bytes agree.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from publisher.errors import (
    SourceEmptyError,
    SourceNotFoundError,
    SourceUnreadableError,
    UnsupportedFormatError,
)
from publisher.model import SourceText
from publisher.readers.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from publisher.model import Edit, Passage, SourceTable

    Reader = Callable[[str], tuple[tuple[Passage | SourceTable, ...], tuple[Edit, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A kind of file, and the module that reads it."""

    media_type: str
    suffixes: tuple[str, ...]
    module: str


READERS = (
    Format(media_type="text/plain", suffixes=(".txt", ".text", ""), module="text"),
    Format(media_type="text/markdown", suffixes=(".md", ".markdown"), module="markdown"),
)

FOREIGN = (
    (b"%PDF-", "a PDF", "publish from the text that it was made from"),
    (b"PK\x03\x04", "a Word or other Office file", "save it as plain text (UTF-8) first"),
    (b"\xd0\xcf\x11\xe0", "an old Word file", "save it as plain text (UTF-8) first"),
    (b"{\\rtf", "an RTF file", "save it as plain text (UTF-8) first"),
    (b"\x89PNG", "a picture", "a report's text is wanted"),
    (b"\xff\xd8\xff", "a picture", "a report's text is wanted"),
    (b"GIF8", "a picture", "a report's text is wanted"),
    (b"\x1f\x8b", "a compressed file", "unpack it first"),
)
"""First bytes that no reader takes, what they are, and the way round."""


MOST_BYTES = 32 << 20
"""A report of this many bytes has thousands of pages."""


def read(path: Path, *, encoding: str = "") -> tuple[SourceText, tuple[Edit, ...]]:
    """Read one file, the bytes it had at one moment.

    Raises the ``SourceError`` that fits: not found, unreadable, empty, not decodable, or of a
    format that no reader takes.
    """
    return read_bytes(load(path), name=printable_name(path), where=str(path), encoding=encoding)


def printable_name(path: Path) -> str:
    """Return a file's name as text, whatever its bytes."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def read_bytes(
    data: bytes, *, name: str, where: str = "", encoding: str = ""
) -> tuple[SourceText, tuple[Edit, ...]]:
    """Read what a file named ``name`` holds; raises as ``read`` does."""
    where = where or name
    kind = _format(name, data, where)
    decoded = decode(data, encoding=encoding, where=where)
    if not decoded.text.strip("\x00\ufeff \t\r\n\u3000\xa0"):
        raise SourceEmptyError("has no text", where=where, hint="check that it was saved")
    reader: Reader = import_module(f"publisher.readers.{kind.module}").read_text
    segments, edits = reader(decoded.text)
    source = SourceText(
        name=name,
        data=data,
        decoded=decoded.text,
        encoding=decoded.encoding,
        encoding_confidence=round(decoded.confidence, 3),
        media_type=kind.media_type,
        segments=segments,
    )
    return source, edits


def load(path: Path) -> bytes:
    """Return the bytes that a file has at this moment; raise the ``SourceError`` that fits."""
    try:
        _require_ordinary(path)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise SourceNotFoundError(
            "there is no such file", where=str(path), hint="check the name and the folder"
        ) from error
    except IsADirectoryError as error:
        raise SourceUnreadableError(
            "is a folder, not a file", where=str(path), hint="name the files in it"
        ) from error
    except OSError as error:
        raise SourceUnreadableError(
            f"cannot be read: {error.strerror}", where=str(path), hint="check its permissions"
        ) from error
    except ValueError as error:
        raise SourceNotFoundError(f"is not a file name: {error}", where=repr(path)) from error


def _require_ordinary(path: Path) -> None:
    """Refuse what would never end or never fit: pipes, devices, and files beyond any report."""
    state = path.stat()
    if not (stat.S_ISREG(state.st_mode) or stat.S_ISDIR(state.st_mode)):
        raise SourceUnreadableError(
            "is not an ordinary file", where=str(path), hint="copy what it gives into a file"
        )
    if state.st_size > MOST_BYTES:
        raise SourceUnreadableError(
            f"has {state.st_size} bytes, more than {MOST_BYTES}",
            where=str(path),
            hint="a report's text is wanted; split what is larger",
        )


def _format(name: str, data: bytes, where: str) -> Format:
    for start, what, advice in FOREIGN:
        if data.startswith(start):
            raise UnsupportedFormatError(f"is {what}", where=where, hint=advice)
    stem, dot, suffix = name.rpartition(".")
    suffix = f".{suffix.lower()}" if dot and stem else ""
    for kind in READERS:
        if suffix in kind.suffixes:
            return kind
    known = " ".join(one for kind in READERS for one in kind.suffixes if one)
    raise UnsupportedFormatError(
        f"no reader takes {suffix} files", where=where, hint=f"readers exist for: {known}"
    )
