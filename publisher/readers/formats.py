"""Which format a file has: its content decides, its name only where the content leaves it open."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from dataclasses import dataclass

from publisher.errors import SourceDamagedError, UnsupportedFormatError
from publisher.model import Finding, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A kind of file, and the module that reads it."""

    media_type: str
    suffixes: tuple[str, ...]
    module: str
    converted: bool = False
    """Whether LibreOffice first makes a Word file of it."""


TEXT = Format(media_type="text/plain", suffixes=(".txt", ".text", ""), module="plain_text")
MARKDOWN = Format(media_type="text/markdown", suffixes=(".md", ".markdown"), module="markdown")
HTML = Format(media_type="text/html", suffixes=(".html", ".htm", ".shtml", ".xhtml"), module="html")
DOCX = Format(
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    suffixes=(".docx",),
    module="docx",
)
DOC = Format(
    media_type="application/msword", suffixes=(".doc", ".wps"), module="docx", converted=True
)
RTF = Format(media_type="application/rtf", suffixes=(".rtf",), module="docx", converted=True)
ODT = Format(
    media_type="application/vnd.oasis.opendocument.text",
    suffixes=(".odt",),
    module="docx",
    converted=True,
)
READERS = (TEXT, MARKDOWN, HTML, DOCX, DOC, RTF, ODT)

_PICTURE = ("a picture", "a report's text is wanted; let the office send the file it was made from")
FOREIGN = (
    (b"%PDF-", "a PDF", "publish from the text, the web page or the Word file it was made from"),
    (b"\x89PNG", *_PICTURE),
    (b"\xff\xd8\xff", *_PICTURE),
    (b"GIF8", *_PICTURE),
    (b"\x1f\x8b", "a compressed file", "unpack it first"),
    (b"Rar!", "a compressed file", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file", "unpack it first"),
    (b"\x7fELF", "a program", "a report's text is wanted"),
    (b"SQLite format 3\0", "a database", "a report's text is wanted"),
)
"""First bytes that no reader takes, what they are, and the way round."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_KINDS = (
    ("WordDocument", "", ""),
    ("Workbook", "an old Excel file", "copy its tables into a text or a Word file"),
    ("PowerPoint Document", "old slides", "save their text as a Word file"),
    ("EncryptedPackage", "an Office file under a password", "save it without the password"),
)
_HTML = re.compile(
    r"(?:\s|<!--(?:[^-]|-(?!->))*-->|<\?xml[^>]{0,200}\?>)*"
    r"<(?:!doctype\s+html|html|head|body|meta|title)[\s>/]",
    re.IGNORECASE,
)
_ANY_MARKUP = re.compile(r"<(?:[A-Za-z][^<>]*|/[A-Za-z]+\s*|!--)>?")
_MIME = re.compile(rb"(?:From|Subject|Date|MIME-Version|Snapshot-Content-Location):", re.IGNORECASE)


def format_of(name: str, data: bytes, where: str) -> tuple[Format, tuple[Finding, ...]]:
    """Return the format, and a note where the name says another.

    Raises ``UnsupportedFormatError`` for what no reader takes, ``SourceDamagedError`` for a file
    that is called a Word file and is nothing of the kind.
    """
    named = _named(name)
    kind = _by_content(data, named, where)
    if named is kind:
        return kind, ()
    suffix = name.rpartition(".")[2] if "." in name else ""
    finding = Finding(
        clause="format",
        severity=Severity.NOTE,
        message=f"the file is called .{suffix} and was read as {kind.media_type}",
        hint=f"its content decides; such files are called {kind.suffixes[0]}",
    )
    return kind, (finding,)


def _named(name: str) -> Format | None:
    stem, dot, suffix = name.rpartition(".")
    suffix = f".{suffix.lower()}" if dot and stem else ""
    return next((kind for kind in READERS if suffix in kind.suffixes), None)


def _by_content(data: bytes, named: Format | None, where: str) -> Format:
    for start, what, advice in FOREIGN:
        if data.startswith(start):
            raise UnsupportedFormatError(f"is {what}", where=where, hint=advice)
    if data.startswith(_ZIP):
        return _in_zip(data, where)
    if data.startswith(_OLE):
        return _in_ole(data, where)
    if data.startswith(b"{\\rtf"):
        return RTF
    if _MIME.match(data) and b"multipart/related" in data[:4000]:
        raise UnsupportedFormatError(
            "is a web archive (MHTML)", where=where, hint="save the page as HTML instead"
        )
    return _in_text(data, named, where)


def _in_text(data: bytes, named: Format | None, where: str) -> Format:
    """Return the format of what is neither a package nor a picture."""
    beginning = _beginning(data)
    if _HTML.match(beginning) or (named is HTML and _ANY_MARKUP.search(beginning)):
        return HTML
    if named in (TEXT, MARKDOWN):
        return named
    if "\0" not in beginning[:4096] or named is HTML:
        return TEXT
    if named:
        raise SourceDamagedError(
            f"is called {named.suffixes[0]} and has nothing of such a file",
            where=where,
            hint="let the office send it again",
        )
    known = " ".join(one for kind in READERS for one in kind.suffixes if one)
    raise UnsupportedFormatError(
        "is no text and of no known format", where=where, hint=f"readers exist for: {known}"
    )


def _beginning(data: bytes) -> str:
    """Return the first characters, as far as ASCII tells them: enough to find markup in."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) : 65536].decode(encoding, "replace")
    return data[:65536].decode("latin-1")


def _in_zip(data: bytes, where: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise SourceDamagedError(
            f"begins like a Word file and is not whole: {error}",
            where=where,
            hint="let the office send it again",
        ) from error
    if any(one.startswith("word/") for one in names):
        return DOCX
    if b"application/vnd.oasis.opendocument.text" in data[:200]:
        return ODT
    for start, what, advice in (
        ("xl/", "an Excel workbook", "copy its tables into a text or a Word file"),
        ("ppt/", "slides", "save their text as a Word file"),
    ):
        if any(one.startswith(start) for one in names):
            raise UnsupportedFormatError(f"is {what}", where=where, hint=advice)
    raise UnsupportedFormatError("is a zip archive", where=where, hint="unpack it first")


def _in_ole(data: bytes, where: str) -> Format:
    for stream, what, advice in _OLE_KINDS:
        if stream.encode("utf-16-le") in data:
            if not what:
                return DOC
            raise UnsupportedFormatError(f"is {what}", where=where, hint=advice)
    return DOC
