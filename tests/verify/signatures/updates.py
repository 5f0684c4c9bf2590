"""Signed files of a few objects, and updates written byte by byte, as other programs write them."""

import re
from functools import cache
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from publisher.verify.signatures.validation import read_signatures
from tests.pdf.raw_file import raw_pdf, raw_stream
from tests.verify.signatures.test_other_programs import office

PAGE = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>%b>>"
TEXT = raw_stream(b"BT /F 20 Tf 20 200 Td (words) Tj ET")
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


@cache
def signed_file(page=b"", *more, **options):
    """A signed page with words at 20, 200 points; ``more`` are its objects from 6 on, ``root`` the catalogue's entries."""
    root = options.pop("root", b"")
    data = raw_pdf(PAGE % page, TEXT, FONT, *more)
    catalogue = b"<</Type/Catalog/Pages 2 0 R>>"
    padded = data.replace(catalogue, catalogue[:-2] + root + b">>")
    return office().sign(renumbered(padded), **options)


def renumbered(data):
    """Return a file whose objects moved with its cross-references corrected."""
    offsets = {int(match[1]): match.start() for match in re.finditer(rb"(?m)^(\d+) 0 obj", data)}
    start = data.index(b"xref\n0 ")
    lines = b"".join(b"%010d 00000 n \n" % offsets[number] for number in sorted(offsets))
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(offsets) + 1, lines)
    trailer = data[data.index(b"trailer") : data.index(b"startxref")]
    return data[:start] + table + trailer + b"startxref\n%d\n%%%%EOF\n" % start


def body_of(data, number):
    """Return the text of an object that is no stream, in the last revision."""
    out = BytesIO()
    reader = PdfFileReader(BytesIO(data), strict=False)
    reader.get_object(generic.Reference(number, 0, reader)).write_to_stream(out, None)
    return b" ".join(out.getvalue().split())


def size_of(data):
    return int(PdfFileReader(BytesIO(data), strict=False).trailer["/Size"])


def root_of(data, key="/Root"):
    """Return the number of the catalogue, or of another object that the trailer names."""
    return PdfFileReader(BytesIO(data), strict=False).trailer.raw_get(key).idnum


def info_of(data):
    return root_of(data, "/Info")


def in_table(data, objects, *, lines=b"", more=b"", root=None, before=b"", size=None):
    """Append an update with a table; ``lines`` are further lines of it, ``more`` further entries of the trailer."""
    previous = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    out, table = data + before, lines
    for number, body in objects.items():
        table += b"%d 1\n%010d 00000 n \n" % (number, len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    trailer = PdfFileReader(BytesIO(data), strict=False).trailer
    for key in ("/Info", "/ID"):
        if key in trailer:
            value = BytesIO()
            trailer.raw_get(key).write_to_stream(value, None)
            more += b" %b %b" % (key.encode(), value.getvalue())
    size = size or max(size_of(data), *(number + 1 for number in objects), 1)
    root = root or root_of(data)
    start = len(out)
    out += b"xref\n%btrailer\n<</Size %d/Root %d 0 R/Prev %d%b>>\n" % (
        table or b"0 0\n", size, root, previous, more,
    )  # fmt: skip
    return out + b"startxref\n%d\n%%%%EOF\n" % start


def changes(data):
    """Return what is wrong with each signature, and with the file."""
    result = read_signatures(data)
    found = [item.problem or item.disallowed_change for item in result.signatures]
    return [*result.problems, *found]


def is_clean(data):
    return not any(changes(data))
