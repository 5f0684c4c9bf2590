"""The formats that can be read, and how the format of a file is detected.

The content decides; the name is used only where the content leaves it open. To add a format, write
a module with ``read_data`` and add a line to ``FORMATS`` (see docs/inputs.md). An extension adds formats
for the reports that name it.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from publisher.errors import SourceDamagedError, UnsupportedFormatError
from publisher.messages import translatable
from publisher.readers.finding_rules import OTHER_SUFFIX

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.model import Finding, Markup
    from publisher.readers.result import ReaderResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A file format: the module that reads it, and what it is detected by."""

    media_type: str
    suffixes: tuple[str, ...]
    """In lower case with the dot, the usual one first; empty for a name without a suffix."""
    markup: Markup
    """What divides the text; it decides whether the rules for lines and for web pages apply."""
    module: str = ""
    """The module in ``publisher.readers`` with ``read_data``; it is imported for the first file of the format."""
    read_data: Callable[..., ReaderResult] | None = None
    """Of an extension: the function itself, ``read_data(data, *, encoding, where)``."""
    is_text: bool = False
    """Whether it is text without a signature, so that only the suffix distinguishes it."""
    signature: bytes = b""
    """The first bytes of every file, if they are always the same."""
    zip_folder: str = ""
    """For a zip archive: a folder that is in every file."""
    zip_media_type: bytes = b""
    """For a zip archive: how the content of its part ``mimetype`` begins."""
    xml_names: tuple[bytes, ...] = ()
    """For XML: a namespace or media type that only the root element of its files has."""
    needs_conversion: bool = False
    """Whether LibreOffice first converts it to a Word file."""

    def read(self, data: bytes, *, encoding: str, where: str) -> ReaderResult:
        """Read the bytes of a file; raise ``SourceError`` if they cannot be read."""
        read_data: Any = (
            self.read_data or import_module(f"publisher.readers.{self.module}").read_data
        )
        result: ReaderResult = read_data(data, encoding=encoding, where=where)
        return result


TEXT = Format(
    media_type="text/plain",
    suffixes=(".txt", ".text", ""),
    module="plain_text",
    markup="none",
    is_text=True,
)
HTML = Format(
    media_type="text/html",
    suffixes=(".html", ".htm", ".shtml", ".xhtml"),
    module="html",
    markup="web-page",
)
DOC = Format(
    media_type="application/msword",
    suffixes=(".doc", ".wps"),
    module="docx",
    markup="document",
    xml_names=(b"http://schemas.microsoft.com/office/word/2003/wordml",),
    needs_conversion=True,
)
FORMATS = (
    TEXT,
    Format(
        media_type="text/markdown",
        suffixes=(".md", ".markdown"),
        module="markdown",
        markup="document",
        is_text=True,
    ),
    HTML,
    Format(
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        suffixes=(".docx",),
        module="docx",
        markup="document",
        zip_folder="word/",
        xml_names=(b"http://schemas.microsoft.com/office/2006/xmlPackage",),
    ),
    DOC,
    Format(
        media_type="application/rtf",
        suffixes=(".rtf",),
        module="docx",
        markup="document",
        signature=b"{\\rtf",
        needs_conversion=True,
    ),
    Format(
        media_type="application/vnd.oasis.opendocument.text",
        suffixes=(".odt", ".fodt"),
        module="docx",
        markup="document",
        zip_media_type=b"application/vnd.oasis.opendocument.text",
        xml_names=(b'office:mimetype="application/vnd.oasis.opendocument.text',),
        needs_conversion=True,
    ),
)
"""The table of formats."""


def suffixes_of(formats: tuple[Format, ...]) -> tuple[str, ...]:
    """Return the suffixes of formats, in their order."""
    return tuple(suffix for file_format in formats for suffix in file_format.suffixes if suffix)


REPORT_SUFFIXES = suffixes_of(FORMATS)
"""The suffixes of all formats."""

_PICTURE = (
    "a picture",
    "a report needs text; ask the office for the file the picture is made from",
)
REFUSED_SIGNATURES = (
    (
        b"%PDF-",
        translatable("a PDF"),
        "publish from the text, the web page or the Word file it was made from",
    ),
    (b"\x89PNG", *_PICTURE),
    (b"\xff\xd8\xff", *_PICTURE),
    (b"GIF8", *_PICTURE),
    (b"\x1f\x8b", "a compressed file", "unpack it first"),
    (b"Rar!", "a compressed file", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file", "unpack it first"),
    (b"\x7fELF", "a program", "a report needs text"),
    (b"SQLite format 3\0", "a database", "a report needs text"),
)
"""First bytes of files that are refused: the bytes, the kind of file, and the hint."""
_REFUSED_ZIP_PARTS = (
    (
        "OFD.xml",
        translatable("an OFD file"),
        "publish from the text, the web page or the Word file it was made from",
    ),
    ("xl/", "an Excel workbook", "copy its tables into a text or a Word file"),
    ("ppt/", "a presentation", "save its text as a Word file"),
)
"""The start of a name in a zip archive that is refused, the kind of file, and the hint."""
_REFUSED_OLE_STREAMS = (
    ("Workbook", "an old Excel file", "copy its tables into a text or a Word file"),
    ("PowerPoint Document", "an old presentation", "save its text as a Word file"),
    ("EncryptedPackage", "an Office file with a password", "save it without the password"),
)

_MEDIA_TYPE_LENGTH = 200
_ZIP_SIGNATURE = b"PK\x03\x04"
_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML_START = re.compile(
    r"(?:\s|<!--(?:[^-]|-(?!->))*-->|<\?xml[^>]{0,200}\?>)*"
    r"<(?:!doctype\s+html|html|head|body|meta|title)[\s>/]",
    re.IGNORECASE,
)
_XML_DECLARATION = re.compile(r"\s*<\?xml\s")
_XML_START_LENGTH = 8192
"""Bytes among which the start tag of the root element is."""
_TAG = re.compile(r"<(?:[A-Za-z][^<>]*|/[A-Za-z]+\s*|!--)>?")
_MIME_HEADER = re.compile(
    rb"(?:From|Subject|Date|MIME-Version|Snapshot-Content-Location):", re.IGNORECASE
)


def detect_format(
    name: str, data: bytes, where: str, formats: tuple[Format, ...] = FORMATS
) -> tuple[Format, tuple[Finding, ...]]:
    """Return the format of a file, and a note if its name has the suffix of another format.

    Args:
        name: The name of the file.
        data: Its bytes.
        where: The name of the file in error messages.
        formats: The formats that can be read.

    Raises:
        UnsupportedFormatError: There is no reader for the format.
        SourceDamagedError: The file has the suffix of a binary format, but not its content.

    """
    named_format = _format_by_name(name, formats)
    file_format = _format_by_content(data, named_format, where, formats)
    if named_format is file_format:
        return file_format, ()
    suffix = name.rpartition(".")[2] if "." in name else ""
    finding = OTHER_SUFFIX.finding(
        suffix=suffix, media_type=file_format.media_type, usual_suffix=file_format.suffixes[0]
    )
    return file_format, (finding,)


def _format_by_name(name: str, formats: tuple[Format, ...]) -> Format | None:
    stem, dot, suffix = name.rpartition(".")
    suffix = f".{suffix.lower()}" if dot and stem else ""
    return next((entry for entry in formats if suffix in entry.suffixes), None)


def _format_by_content(
    data: bytes, named_format: Format | None, where: str, formats: tuple[Format, ...]
) -> Format:
    for signature, kind, hint in REFUSED_SIGNATURES:
        if data.startswith(signature):
            raise UnsupportedFormatError(
                translatable("is {kind}", kind=kind), where=where, hint=hint
            )
    if data.startswith(_ZIP_SIGNATURE):
        return _zip_format(data, where, formats)
    if data.startswith(_OLE_SIGNATURE):
        return _ole_format(data, where)
    for file_format in formats:
        if file_format.signature and data.startswith(file_format.signature):
            return file_format
    if _MIME_HEADER.match(data) and b"multipart/related" in data[:4000]:
        raise UnsupportedFormatError(
            "is a web archive (MHTML)", where=where, hint="save the page as HTML instead"
        )
    return _text_format(data, named_format, where, formats)


def _text_format(
    data: bytes, named_format: Format | None, where: str, formats: tuple[Format, ...]
) -> Format:
    """Return the format of a file without a signature."""
    start = _decode_start(data)
    if _HTML_START.match(start) or (named_format is HTML and _TAG.search(start)):
        return HTML
    if _XML_DECLARATION.match(start):
        root = data[:_XML_START_LENGTH]
        for file_format in formats:
            if any(name in root for name in file_format.xml_names):
                return file_format
    if named_format and named_format.is_text:
        return named_format
    if "\0" not in start[:4096] or named_format is HTML:
        return TEXT
    if named_format:
        raise SourceDamagedError(
            translatable(
                "has the suffix {suffixes}, but not the content of such a file",
                suffixes=named_format.suffixes[0],
            ),
            where=where,
            hint="ask the office to send it again",
        )
    raise UnsupportedFormatError(
        "is not text and has no known format",
        where=where,
        hint=translatable(
            "supported suffixes: {report_suffixes}", report_suffixes=" ".join(suffixes_of(formats))
        ),
    )


def _decode_start(data: bytes) -> str:
    """Return the first characters; only the ASCII characters among them are reliable."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) : 65536].decode(encoding, "replace")
    return data[:65536].decode("latin-1")


def _zip_format(data: bytes, where: str, formats: tuple[Format, ...]) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            media_type = b""
            if "mimetype" in names:
                with archive.open("mimetype") as part:
                    media_type = part.read(_MEDIA_TYPE_LENGTH)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError) as error:
        raise SourceDamagedError(
            "begins like a Word file but is not complete",
            where=where,
            hint="ask the office to send it again",
        ) from error
    for file_format in formats:
        folder, type_start = file_format.zip_folder, file_format.zip_media_type
        if folder and any(name.startswith(folder) for name in names):
            return file_format
        if type_start and media_type.startswith(type_start):
            return file_format
    for start, kind, hint in _REFUSED_ZIP_PARTS:
        if any(name.startswith(start) for name in names):
            raise UnsupportedFormatError(
                translatable("is {kind}", kind=kind), where=where, hint=hint
            )
    raise UnsupportedFormatError("is a zip archive", where=where, hint="unpack it first")


def _ole_format(data: bytes, where: str) -> Format:
    """Return the format of an OLE compound file (MS-CFB): all but those refused are like .doc."""
    if "WordDocument".encode("utf-16-le") in data:
        return DOC
    for stream, kind, hint in _REFUSED_OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            raise UnsupportedFormatError(
                translatable("is {kind}", kind=kind), where=where, hint=hint
            )
    return DOC
