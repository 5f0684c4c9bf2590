"""Generators of hostile Word files: zip bombs, wrong directories and damaged parts."""

import io
import struct
import zipfile
import zlib
from functools import cache

from tests.readers.word import (
    W,
    docx,
    level,
    numbered,
    numbering,
    p,
    pack,
    parts,
    r,
    tbl,
    tc,
    tr,
    xml,
)

_MIB = 1 << 20


@cache
def bomb(size=1 << 30):
    """Return a file whose document unpacks to a gigabyte of spaces."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts(p("文")).items():
            if name != "word/document.xml":
                archive.writestr(name, content)
        with archive.open("word/document.xml", "w") as part:
            part.write(f'<w:document xmlns:w="{W}"><w:body>'.encode())
            for _ in range(size // _MIB):
                part.write(b" " * _MIB)
            part.write(b"</w:body></w:document>")
    return out.getvalue()


def many_small_parts(count=300):
    """Return a file whose parts are small, but too large together."""
    return pack({**parts(p("文")), **{f"word/media/{i}.bin": b" " * _MIB for i in range(count)}})


def with_wrong_size(*, declared_size, size=8 * _MIB):
    """Return a file whose directory has a wrong size of the document."""
    content = xml("w:document", f"<w:body>{p('文')}<!--{'x' * size}--></w:body>")
    data = bytearray(pack({**parts(p("文")), "word/document.xml": content}))
    at = data.index(b"PK\x01\x02")
    while data[at + 46 : at + 46 + 17] != b"word/document.xml":
        at = data.index(b"PK\x01\x02", at + 4)
    data[at + 24 : at + 28] = struct.pack("<I", declared_size)
    return bytes(data)


@cache
def many_entries(count=100_000):
    """Return a file with a hundred thousand empty parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts(p("文")).items():
            archive.writestr(name, content)
        for number in range(count):
            archive.writestr(zipfile.ZipInfo(f"word/{number}"), b"")
    return out.getvalue()


def overlapping(count=3_000):
    """Return a file whose entries all refer to the same packed bytes (after Fifield)."""
    kernel = zlib.compress(b"a" * _MIB, 9)[2:-4]
    crc = zlib.crc32(b"a" * _MIB)
    data = bytearray(docx(p("文")))
    end = data.rindex(b"PK\x05\x06")
    size, start = struct.unpack("<II", data[end + 12 : end + 20])
    directory = bytes(data[start : start + size])
    name = b"word/media/0.bin"
    local = struct.pack(
        "<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 33, crc, len(kernel), _MIB, len(name), 0
    )
    body = bytes(data[:start]) + local + name + kernel
    extra = b"".join(
        struct.pack(
            "<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, crc, len(kernel), _MIB,
            len(name), 0, 0, 0, 0, 0, start,
        )
        + b"word/media/%d.bin" % (number % 10)
        for number in range(count)
    )  # fmt: skip
    entries = struct.unpack("<H", data[end + 10 : end + 12])[0] + count
    tail = struct.pack(
        "<4sHHHHIIH", b"PK\x05\x06", 0, 0, entries, entries, size + len(extra), len(body), 0
    )
    return body + directory + extra + tail


def encrypted():
    """Return a file whose parts are marked as encrypted."""
    data = bytearray(docx(p("文")))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def with_document(content):
    """Return a file with a document part, given as text or bytes."""
    return pack({**parts(), "word/document.xml": content})


def doctype(declaration):
    return with_document(
        f'<?xml version="1.0"?><!DOCTYPE w:document [{declaration}]>'
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'
    )


LAUGHS = '<!ENTITY n0 "哈哈哈哈哈哈哈哈">' + "".join(
    f'<!ENTITY n{n + 1} "{f"&n{n};" * 10}">' for n in range(25)
)
OUTSIDE = '<!ENTITY a SYSTEM "file:///etc/passwd">'


def deep(levels, name="w:smartTag"):
    """Return a file that nests one element in itself."""
    return docx(p(f"<{name}>" * levels + r("底") + f"</{name}>" * levels))


def deep_tables(levels):
    """Return a file that nests tables."""
    inner = p("底")
    for _ in range(levels):
        inner = tbl(tr(tc(inner + p("文")), "旁"), tr("下", "旁"))
    return docx(inner)


def with_duplicate_part():
    """Return a file with two document parts, of which a program reads either."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts(p("文")).items():
            archive.writestr(name, content)
        archive.writestr("word/Document.xml", "<x/>")
    return out.getvalue()


def markup(count=1_000_001):
    """Return a file of too many elements."""
    return pack(parts("<w:p/>" * count), zipfile.ZIP_STORED)


def label_bomb(paragraphs=60_000):
    """Return a file whose numbers are far longer than its text."""
    numbers = numbering((level(0, "decimal", "长" * 250 + "%1"),))
    parts_by_name = parts(numbered("文") * paragraphs, numbering=numbers)
    return pack(parts_by_name, zipfile.ZIP_STORED)


def wide_table(columns=200):
    return docx(tbl(tr(*("甲" for _ in range(columns))), tr(*("乙" for _ in range(columns)))))


def spanned(span):
    props = f'<w:gridSpan w:val="{span}"/>'
    return docx(tbl(tr(tc("甲", props=props), "乙"), tr("丙", "丁")))
