"""The first stage: a file in, its text, tables and pictures out.

A reader is one module of this package with one function, ``read_data``, from bytes to a
``Reading``; ``formats`` says which one reads a file. Whatever a file says, reading it opens
nothing else: ``publisher.system.sandbox`` stands behind every reader.
"""

from __future__ import annotations

import os
import stat
from importlib import import_module
from typing import TYPE_CHECKING

from publisher.errors import (
    SourceEmptyError,
    SourceError,
    SourceNotFoundError,
    SourceUnreadableError,
)
from publisher.model import SourceText
from publisher.readers.formats import FOREIGN, READERS, format_of
from publisher.readers.limits import require
from publisher.system.sandbox import isolated

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from publisher.model import Edit
    from publisher.readers.result import Reading


def read(path: Path, *, encoding: str = "") -> tuple[SourceText, tuple[Edit, ...]]:
    """Read one file, the bytes it had at one moment.

    Raises the ``SourceError`` that fits: not found, unreadable, empty, not decodable, of a format
    that no reader takes, past a limit, damaged, or unsafe.
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
    require("bytes", len(data), where=where)
    kind, findings = format_of(name, data, where)
    content = data
    if kind.converted:
        from publisher.readers.libreoffice import as_docx

        content = as_docx(data, kind.suffixes[0], where=where)
    reader: Callable[..., Reading] = import_module(f"publisher.readers.{kind.module}").read_data
    with isolated(where):
        try:
            reading = reader(content, encoding=encoding, where=where)
        except RecursionError as error:
            raise SourceError(
                "is nested too deeply to be read", where=where, hint="leave out what nests there"
            ) from error
    require("characters", len(reading.decoded), where=where)
    source = SourceText(
        name=name,
        data=data,
        decoded=reading.decoded,
        encoding=reading.encoding,
        encoding_confidence=round(reading.confidence, 3),
        media_type=kind.media_type,
        segments=reading.segments,
        source_metadata=reading.facts,
        findings=(*findings, *reading.findings),
    )
    if not source.plain_text().strip(_BLANK):
        raise SourceEmptyError(
            "has no text",
            where=where,
            hint="check that it was saved, and that no script or picture is all it has",
        )
    return source, reading.edits


_BLANK = "\x00\ufeff \t\r\n\u3000\xa0"


def load(path: Path, *, report: bool = True) -> bytes:
    """Return the bytes that a file has at this moment; raise the ``SourceError`` that fits.

    What is no ``report`` may be larger than one.
    """
    try:
        _require_ordinary(path, report=report)
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


def _require_ordinary(path: Path, *, report: bool) -> None:
    """Refuse what would never end or never fit: pipes, devices, and files beyond any report."""
    state = path.stat()
    if not (stat.S_ISREG(state.st_mode) or stat.S_ISDIR(state.st_mode)):
        raise SourceUnreadableError(
            "is not an ordinary file", where=str(path), hint="copy what it gives into a file"
        )
    if report and stat.S_ISREG(state.st_mode):
        require("bytes", state.st_size, where=str(path))


__all__ = ["FOREIGN", "READERS", "load", "printable_name", "read", "read_bytes"]
