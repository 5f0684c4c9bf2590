"""Opening of finished PDFs of any maker: the header, the end, the encryption, and NUL as white space.

Input: the bytes of a file. Output: a ``PdfReader``. Serves ISO 32000-1, 7.2.2 (white space), 7.5.2 with annex H
(the header may follow up to 1024 other bytes) and 7.6 (encryption). Every command that reads the files of others
opens them here, so that all of them refuse the same files in the same words.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError
from pypdf.generic import StreamObject

from publisher.errors import (
    SourceUnreadableError,
    UnsupportedFormatError,
    VerificationError,
)
from publisher.messages import translatable
from publisher.pdf.file_end import with_end_marker
from publisher.pdf.syntax import ContentError, end_of_literal
from publisher.system.named_files import folder_as_file, missing_file
from publisher.system.ordinary_file import PUBLICATION_LIMIT, read_ordinary_file

if TYPE_CHECKING:
    from pathlib import Path

    from pypdf.generic import IndirectObject

HEADER_RANGE: Final = 1024
"""Bytes at the beginning of a file in which the header may be (annex H, implementation note 13)."""
_HEADER: Final = re.compile(rb"%PDF-(\d\.\d)?")
_LAST_STARTXREF: Final = re.compile(rb"startxref[\0\t\n\f\r ]+(\d{1,12})")
_XREF_START: Final = re.compile(rb"(?:xref|\d+[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+obj)")
_ENCRYPT_ENTRY: Final = re.compile(
    rb"/Encrypt[\0\t\n\f\r ]*(?:\d+[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+R|<<)"
)
_NUL_AFTER_NAME: Final = re.compile(rb"/[^\0\t\n\f\r ()<>\[\]{}/%]*\0")
_PROBED_OBJECTS: Final = 8
"""Objects that are read to see whether the cipher is available."""
_REGION: Final = re.compile(
    rb"\(|%[^\r\n]*+|(?<!end)stream\r?\n|(/[^\0\t\n\f\r ()<>\[\]{}/%]*+)(\0++)"
)
"""A literal string, a comment, a stream, or a name with NUL after it."""


class ToleratingReader(PdfReader):
    """A reader that takes NUL after a name for white space, inside object streams too (7.2.2)."""

    def _get_object_from_stream(self, indirect_reference: IndirectObject) -> Any:
        number, _ = self.xref_objStm[indirect_reference.idnum]
        stream: Any = None if number in self.xref_objStm else self.get_object(number)
        if isinstance(stream, StreamObject):
            data = stream.get_data()
            if _NUL_AFTER_NAME.search(data):
                # pypdf keeps the decoded bytes beside the encoded ones and reads them from there
                decoded: Any = getattr(stream, "decoded_self", None) or stream
                decoded._data = blank_nul_after_names(bytes(data))  # noqa: SLF001
        return super()._get_object_from_stream(indirect_reference)


def read_pdf_file(path: Path) -> bytes:
    """Return the content of the file of a finished PDF, whatever it is.

    Raises:
        SourceNotFoundError: There is no such file.
        SourceUnreadableError: It is a folder.
        VerificationError: It cannot be read.

    """
    try:
        return read_ordinary_file(path, PUBLICATION_LIMIT)
    except FileNotFoundError as error:
        raise missing_file(path) from error
    except IsADirectoryError as error:
        raise folder_as_file(path, ".pdf") from error
    except OSError as error:
        raise VerificationError(
            translatable("cannot be read: {strerror}", strerror=error.strerror),
            where=str(path),
            hint="check the name",
        ) from error


def header_version(data: bytes) -> str:
    """Return the version in the header of a file: ``1.7``; empty without a header."""
    match = _HEADER.search(data[:HEADER_RANGE])
    return (match[1] or b"").decode() if match else ""


def is_pdf(data: bytes) -> bool:
    """Return whether a file has the header of a PDF where viewers look for it."""
    return _HEADER.search(data[:HEADER_RANGE]) is not None


def without_leading_bytes(data: bytes) -> bytes:
    """Return the file from its header on, unless its offsets count the bytes before the header."""
    match = _HEADER.search(data[:HEADER_RANGE])
    offsets = _LAST_STARTXREF.findall(data[-HEADER_RANGE:])
    if not match or not match.start() or not offsets:
        return data
    offset = int(offsets[-1])
    from_header = data[match.start() :]
    return from_header if _XREF_START.match(from_header, offset) else data


def open_file(data: bytes, *, strict: bool) -> PdfReader:
    """Open a file; one that is encrypted with an empty user password is read as viewers read it.

    Args:
        data: The file.
        strict: pypdf's option: if false, pypdf repairs violations of the standard where it can.

    Raises:
        UnsupportedFormatError: The file has no header of a PDF.
        SourceUnreadableError: It is encrypted and cannot be opened without a password.

    """
    if not is_pdf(data):
        raise UnsupportedFormatError(
            translatable(
                "is not a PDF: %PDF- is not in its first {header_range} bytes",
                header_range=HEADER_RANGE,
            ),
            hint="publisher build makes PDFs from reports",
        )
    data = without_leading_bytes(with_end_marker(data))
    try:
        reader = ToleratingReader(BytesIO(blank_nul_after_names(data)), strict=strict)
        if reader.is_encrypted:
            _try_key(reader)
    except Exception as error:
        if _is_encryption_error(error) or _names_encryption(data):
            raise encrypted_error() from error
        raise
    return reader


def is_encrypted(data: bytes) -> bool:
    """Return whether a file is encrypted, with a password or with an empty one."""
    if not is_pdf(data) or not _names_encryption(data):
        return False
    try:
        return open_file(data, strict=False).is_encrypted
    except SourceUnreadableError:
        return True
    except Exception:  # noqa: BLE001 - pypdf raises anything for a damaged file
        return False


def require_no_password(data: bytes, *, where: str) -> None:
    """Raise ``SourceUnreadableError`` for a file that needs a password; say nothing of any other file."""
    if is_pdf(data) and _names_encryption(data):
        try:
            open_file(data, strict=False)
        except SourceUnreadableError as error:
            raise encrypted_error(where) from error


def _try_key(reader: PdfReader) -> None:
    """Read some objects, for which the password and the cipher are needed."""
    encryption = reader._encryption  # noqa: SLF001 - pypdf tells nowhere else whether it has the key
    if encryption is not None and not encryption.is_decrypted():
        raise FileNotDecryptedError("a password is needed")
    numbers = sorted({number for entries in reader.xref.values() for number in entries})
    for number in numbers[:_PROBED_OBJECTS]:
        try:
            reader.get_object(number)
        except Exception as error:  # other errors are those of whoever needs the object
            if _is_encryption_error(error):
                raise


def encrypted_error(where: str = "") -> SourceUnreadableError:
    """Return the error for a file that needs a password, or a cipher or handler that is not here."""
    return SourceUnreadableError(
        "is encrypted", hint="save it without a password and without restrictions", where=where
    )


def _is_encryption_error(error: Exception) -> bool:
    return isinstance(error, FileNotDecryptedError) or type(error).__name__ == "DependencyError"


def _names_encryption(data: bytes) -> bool:
    """Return whether a trailer, or the dictionary of a cross-reference stream, names an encryption."""
    return _ENCRYPT_ENTRY.search(data) is not None


def blank_nul_after_names(data: bytes) -> bytes:
    """Return the bytes with each NUL after a name replaced by a space; all offsets stay the same.

    Strings, comments and the data of streams are left alone. pypdf takes NUL for a part of the name.
    """
    if not _NUL_AFTER_NAME.search(data):
        return data
    parts: list[bytes] = []
    copied = position = 0
    while match := _REGION.search(data, position):
        position = match.end()
        if match[1] is not None:
            parts += [data[copied : match.end(1)], b" " * len(match[2])]
            copied = position
        elif match[0] == b"(":
            try:
                position = end_of_literal(data, match.start())
            except ContentError:  # the string has no end, so there are no names after it
                break
        elif match[0].startswith(b"stream"):
            end = data.find(b"endstream", position)
            position = len(data) if end < 0 else end
    return b"".join([*parts, data[copied:]])
