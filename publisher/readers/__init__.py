"""The first stage: reads a file into text, tables and pictures.

A reader is a function ``read_data``, from bytes to a ``ReaderResult``, in a module of this package or of an extension.
``formats`` selects the reader for a file. A reader never opens another file or address, whatever the
file refers to; ``publisher.system.sandbox`` enforces this.
"""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING

from publisher.errors import (
    SourceEmptyError,
    SourceError,
    SourceNotFoundError,
    SourceUnreadableError,
)
from publisher.messages import translatable
from publisher.model import SourceText
from publisher.readers.formats import FORMATS, REPORT_SUFFIXES, detect_format
from publisher.readers.limits import require
from publisher.system.named_files import folder_as_file, missing_file
from publisher.system.sandbox import sandboxed

if TYPE_CHECKING:
    from pathlib import Path

    from publisher.model import Edit
    from publisher.readers.formats import Format


def read(
    path: Path, *, encoding: str = "", formats: tuple[Format, ...] = FORMATS
) -> tuple[SourceText, tuple[Edit, ...]]:
    """Read a file.

    Args:
        path: The file.
        encoding: Its encoding; empty to detect it.
        formats: The formats that can be read.

    Returns:
        The source, and the edits that make its text from ``SourceText.decoded``.

    Raises:
        SourceError: The file is not found, unreadable, empty, not decodable, damaged, unsafe, beyond
            a limit, or of a format without a reader; each has a class of its own.

    """
    name = printable_name(path)
    return read_bytes(load(path), name=name, where=str(path), encoding=encoding, formats=formats)


def printable_name(path: Path) -> str:
    """Return the name of a file as text; bytes that are not UTF-8 become U+FFFD."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def read_bytes(
    data: bytes,
    *,
    name: str,
    where: str = "",
    encoding: str = "",
    formats: tuple[Format, ...] = FORMATS,
) -> tuple[SourceText, tuple[Edit, ...]]:
    """Read the bytes of a file.

    Args:
        data: The bytes.
        name: The name of the file, whose suffix is a hint of the format.
        where: The name in error messages; empty for ``name``.
        encoding: The encoding; empty to detect it.
        formats: The formats that can be read.

    Returns:
        The same as ``read``.

    Raises:
        SourceError: As in ``read``.

    """
    where = where or name
    require("bytes", len(data), where=where)
    file_format, findings = detect_format(name, data, where, formats)
    content = data
    if file_format.needs_conversion:
        from publisher.readers.converted_formulas import find_lost_formulas
        from publisher.readers.libreoffice import convert_to_docx

        content = convert_to_docx(data, file_format.suffixes[0], where=where)
        findings = (*findings, *find_lost_formulas(data, content, where=where))
    with sandboxed(where):
        try:
            result = file_format.read(content, encoding=encoding, where=where)
        except RecursionError as error:
            raise SourceError(
                "is nested too deeply to be read", where=where, hint="remove the nested parts"
            ) from error
    require("characters", len(result.decoded), where=where)
    source = SourceText(
        name=name,
        data=data,
        decoded=result.decoded,
        encoding=result.encoding,
        encoding_confidence=round(result.confidence, 3),
        media_type=file_format.media_type,
        markup=file_format.markup,
        segments=result.segments,
        source_metadata=result.source_metadata,
        findings=(*findings, *result.findings),
        marks=result.marks,
        quotations=result.quotations,
        alignments=result.alignments,
    )
    if not source.plain_text().strip(_BLANK_CHARACTERS):
        raise SourceEmptyError(
            "has no text",
            where=where,
            hint="check that it was saved, and that it is not only a script or a picture",
        )
    return source, result.edits


_ADDRESS = re.compile("(?:https?|ftp):/", re.IGNORECASE)
_BLANK_CHARACTERS = "\x00\ufeff \t\r\n\u3000\xa0"


def load(path: Path, *, check_size: bool = True) -> bytes:
    """Return the bytes of a file.

    Args:
        path: The file.
        check_size: Whether the limit ``bytes`` applies, as for every report; not to a PDF.

    Raises:
        SourceError: The file is not found, unreadable or too large.

    """
    try:
        _require_ordinary_file(path, check_size=check_size)
        return path.read_bytes()
    except FileNotFoundError as error:
        if _ADDRESS.match(str(path)):
            raise SourceNotFoundError(
                "is an address, and addresses are not fetched",
                where=str(path),
                hint="save the page in the browser, and name the file",
            ) from error
        raise missing_file(path) from error
    except IsADirectoryError as error:
        raise folder_as_file(path, ".txt" if check_size else ".pdf") from error
    except OSError as error:
        raise SourceUnreadableError(
            translatable("cannot be read: {strerror}", strerror=error.strerror),
            where=str(path),
            hint="check its permissions",
        ) from error
    except ValueError as error:
        raise SourceNotFoundError(
            translatable("is not a file name: {error}", error=error), where=repr(path)
        ) from error


def _require_ordinary_file(path: Path, *, check_size: bool) -> None:
    """Refuse pipes and devices, which may never end, and files that are too large."""
    status = path.stat()
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        raise SourceUnreadableError(
            "is not an ordinary file", where=str(path), hint="copy its content into a file"
        )
    if check_size and stat.S_ISREG(status.st_mode):
        require("bytes", status.st_size, where=str(path))


__all__ = ["REPORT_SUFFIXES", "load", "printable_name", "read", "read_bytes"]
