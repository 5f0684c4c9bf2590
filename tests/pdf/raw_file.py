"""Small PDFs written byte by byte, for what no library writes."""


def raw_pdf(*objects, header=b"%PDF-1.5\n", before=b"", trailer=b""):
    """Write a PDF: the objects from number 3 on; offsets count from the header.

    Object 1 is the catalogue, object 2 the page tree; object 3 must be the page.
    """
    numbered = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 300 300]>>",
        *objects,
    ]
    body, offsets = header, []
    for number, data in enumerate(numbered, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, data)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(numbered) + 1)
    body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    body += b"trailer\n<</Size %d/Root 1 0 R%b>>\n" % (len(numbered) + 1, trailer)
    return before + body + b"startxref\n%d\n%%%%EOF\n" % start


def raw_stream(data, entries=b""):
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)


def raw_page(resources=b"", entries=b""):
    return b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<%b>>%b>>" % (resources, entries)


IMAGE = (
    b"/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8"
    b"/ColorSpace[/Indexed/DeviceRGB 1 <ff000000ff00>]"
)
SHOW_IMAGE = b"q 200 0 0 200 50 50 cm /I Do Q"


def picture_pdf(content=None, image=None, **file):
    """A page with a picture of two colours."""
    return raw_pdf(
        raw_page(b"/XObject<</I 5 0 R>>"),
        raw_stream(SHOW_IMAGE) if content is None else content,
        raw_stream(b"\0\1\0\1", IMAGE) if image is None else image,
        **file,
    )
