"""Reading of a PDF, and of files that are damaged or no PDF."""

import random
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from publisher.errors import VerificationError
from publisher.pdf.document import read_pdf

FONT = b"<</Type/Font/Subtype/TrueType/BaseFont/A/Encoding/WinAnsiEncoding>>"


def pdf_of(objects, *, root=1):
    """Return a PDF file with these objects, numbered from 1, and a correct cross-reference table."""
    data = b"%PDF-1.7\n"
    offsets = []
    for number, source in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, source)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return data + b"trailer <</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, root, start,
    )  # fmt: skip


def stream(data):
    return b"<</Length %d>>stream\n%b\nendstream" % (len(data), data)


def page_of(contents, extra=b""):
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 200 100]/Resources<</Font<</F 5 0 R>>>>>>",
            b"<</Type/Page/Parent 2 0 R/Contents 4 0 R" + extra + b">>",
            stream(contents),
            FONT,
        ]
    )


def test_a_page_inherits_its_boxes_and_resources():
    document = read_pdf(page_of(b"BT /F 9 Tf 10 20 Td (a) Tj ET", b"/CropBox[-5 10 150 500]"))
    (page,) = document.pages
    assert page.media_box == (0, 0, 200, 100)
    assert page.crop_box == (0, 10, 150, 100)
    assert (page.width, page.height, page.label, page.rotate) == (150, 90, "", 0)
    assert [run.text for run in page.runs] == ["a"]


def test_text_off_the_page_and_invisible_text_are_recognised():
    document = read_pdf(
        page_of(
            b"BT /F 9 Tf 10 50 Td (in) Tj 0 -20 Td (below) Tj 500 0 Td (out) Tj ( ) Tj "
            b"-490 10 Td 3 Tr (ghost) Tj ET"
        )
    )
    (page,) = document.pages
    assert document.visible_text(page) == "in\nbelow"
    assert "".join(glyph.character for glyph in document.off_page()) == "out"
    assert "".join(glyph.character for glyph in document.invisible()) == "ghost"
    assert document.off_page()[0].x == 510


def test_several_content_streams_are_read_as_one():
    data = pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            (
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents[4 0 R 5 0 R]"
                b"/Resources<</Font<</F 6 0 R>>>>>>"
            ),
            stream(b"BT /F 9 Tf"),
            stream(b"(a) Tj ET"),
            FONT,
        ]
    )
    assert [run.text for run in read_pdf(data).pages[0].runs] == ["a"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a PDF"),
        (b"<html>", "not a PDF"),
        (b"%PDF-1.7\n", "truncated"),
        (page_of(b"")[:-20], "truncated"),
        (b"%PDF-1.7\nnothing\n%%EOF", "damaged"),
        (page_of(b"BT (a) Tj ET"), "page 1: text is shown before a font"),
        (page_of(b"", b"/MediaBox[0 0]"), "damaged"),
    ],
)
def test_a_damaged_file_is_an_error_with_a_hint(data, words):
    with pytest.raises(VerificationError, match=words) as caught:
        read_pdf(data)
    assert caught.value.hint


def test_a_page_tree_with_a_cycle_is_an_error():
    data = pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"])
    with pytest.raises(VerificationError, match="contains a page twice"):
        read_pdf(data)


def test_an_outline_with_a_cycle_is_an_error():
    data = pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R/Outlines 3 0 R>>",
            b"<</Type/Pages/Kids[]/Count 0>>",
            b"<</First 4 0 R>>",
            b"<</Title(a)/Next 4 0 R>>",
        ]
    )
    with pytest.raises(VerificationError, match="outline"):
        read_pdf(data)


def test_an_encrypted_file_is_refused():
    writer = PdfWriter()
    writer.add_blank_page(10, 10)
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = BytesIO()
    writer.write(buffer)
    with pytest.raises(VerificationError, match="encrypted"):
        read_pdf(buffer.getvalue())


def test_the_error_for_a_missing_file_names_it(tmp_path):
    with pytest.raises(VerificationError, match=r"missing\.pdf"):
        read_pdf(tmp_path / "missing.pdf")


# --- WeasyPrint ---

HTML = """<html lang=zh-Hant><head><title>報告</title><meta name=author content=市政府>
<style>@page{size:A6;margin:1cm}body{font:10.5pt "Noto Serif CJK SC","DejaVu Serif"}
h2{break-before:page}</style></head><h1>報告</h1><p>第一頁<h2>收入</h2><p>第二頁<h2>支出</h2>"""


@pytest.fixture(scope="module")
def file():
    weasyprint = pytest.importorskip("weasyprint")
    source = weasyprint.Attachment(
        string="报告原文", name="原文.txt", description="原文", relationship="Source"
    )
    return weasyprint.HTML(string=HTML).write_pdf(
        pdf_tags=True, pdf_variant="pdf/a-3a", attachments=[source]
    )


@pytest.fixture(scope="module")
def uncompressed_file():
    """A file without compression, so that damage reaches operators and dictionaries."""
    weasyprint = pytest.importorskip("weasyprint")
    return weasyprint.HTML(string=HTML).write_pdf(pdf_tags=True, uncompressed_pdf=True)


@pytest.mark.typeset
def test_text_metadata_outline_and_attachments_of_a_file(file, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(file)
    document = read_pdf(path)
    assert (
        document.logical_text() == read_pdf(str(path)).logical_text() == "報告第一頁收入第二頁支出"
    )
    assert (document.language, document.marked, document.display_title) == ("zh-Hant", True, True)
    assert document.info["Title"] == "報告"
    assert b"<pdfaid:part>3" in document.xmp or b'pdfaid:part="3"' in document.xmp
    assert [(o.title, o.level, o.page) for o in document.outlines] == [
        ("報告", 1, 0), ("收入", 2, 1), ("支出", 2, 2),
    ]  # fmt: skip
    (attachment,) = document.embedded_files
    assert attachment.data.decode() == "报告原文"
    assert (attachment.relationship, attachment.associated) == ("Source", True)
    assert [document.visible_text(page) for page in document.pages] == [
        "報告\n第一頁", "收入\n第二頁", "支出",
    ]  # fmt: skip
    assert document.off_page() == document.invisible() == ()


@pytest.mark.typeset
def test_page_labels(file):
    writer = PdfWriter(clone_from=BytesIO(file))
    writer.set_page_label(0, 0, "/r")
    writer.set_page_label(1, 2, "/D", prefix="A-")
    buffer = BytesIO()
    writer.write(buffer)
    assert [page.label for page in read_pdf(buffer.getvalue()).pages] == ["i", "A-1", "A-2"]


@pytest.mark.typeset
def test_a_damaged_content_stream_is_never_read_in_part(file):
    number = PdfReader(BytesIO(file)).pages[0].raw_get("/Contents").idnum
    object_start = file.index(b"\n%d 0 obj" % number)
    start = file.index(b"stream\n", object_start) + len(b"stream\n")
    end = file.index(b"endstream", start)
    for offset in range(start + 2, end - 2, 7):
        changed = bytearray(file)
        changed[offset] ^= 0x10
        with pytest.raises(VerificationError):
            read_pdf(bytes(changed))


@pytest.mark.typeset
@pytest.mark.parametrize("seed", range(10))
def test_a_damaged_file_is_read_or_refused(file, uncompressed_file, seed):
    chance = random.Random(seed)  # noqa: S311 - the same damage on every run
    hints = []
    for turn in range(30):
        changed = bytearray((file, uncompressed_file)[turn % 2])
        for _ in range(chance.choice((1, 4, 40))):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        if chance.random() < 0.2:
            del changed[chance.randrange(len(changed)) :]
        try:
            document = read_pdf(bytes(changed))
        except VerificationError as error:
            hints.append(error.hint)
        else:
            document.logical_text()
            document.unreachable()
            document.artifacts()
    assert hints
    assert all(hints)
