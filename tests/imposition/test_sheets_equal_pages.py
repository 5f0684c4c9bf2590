"""What a file paints is on the sheets too: names with NUL, unusual streams, leading bytes, empty passwords."""

import re
import zlib
from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError
from pypdf.generic import DictionaryObject, NameObject, NumberObject

from publisher.errors import SourceDamagedError, SourceUnreadableError, VerificationError
from publisher.imposition import ImpositionOptions, impose, sheet_writer
from publisher.pdf import open_file
from publisher.pdf.object_copy import ObjectCopier
from publisher.pdf.open_file import blank_nul_after_names, without_leading_bytes
from publisher.pdf.syntax import ContentError, painted_data, stream_data
from publisher.pdf.writer import IndirectObjects, name, serialise
from tests.imposition.plain_pages import page, pdf_of, stream
from tests.pdf.raw_file import IMAGE, SHOW_IMAGE, picture_pdf, raw_page, raw_pdf, raw_stream

OPTIONS = ImpositionOptions(scheme="n-up", cells=(1, 1))


def colours(data):
    """The colours of the first page as PDFium paints it."""
    image = pypdfium2.PdfDocument(data)[0].render(scale=0.5).to_pil().convert("RGB")
    return {colour for count, colour in image.getcolors(1 << 20) if count > 20}


def encrypted(user_password, algorithm="AES-256"):
    writer = PdfWriter(clone_from=BytesIO(picture_pdf()))
    writer.encrypt(user_password, "owner", algorithm=algorithm)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_nul_after_a_name_is_white_space():
    for nul in (b"\0", b"\0\0 "):
        image = raw_stream(
            b"\0\1\0\1", IMAGE.replace(b"RGB ", b"RGB" + nul).replace(b"1 <", b" 1 <")
        )
        source = picture_pdf(image=image)
        assert {(255, 0, 0), (0, 255, 0)} <= colours(source)
        assert {(255, 0, 0), (0, 255, 0)} <= colours(impose(source, OPTIONS).data)


def test_nul_separates_a_name_from_what_follows():
    source = picture_pdf(image=raw_stream(b"\0\1\0\1", IMAGE.replace(b"/Width 2", b"/Width\x002")))
    assert {(255, 0, 0), (0, 255, 0)} <= colours(impose(source, OPTIONS).data)


def test_nul_in_object_streams_is_white_space():
    objects = b"<</Type/Catalog/Pages\0 2 0 R>> <</Type/Pages/Count\x001/Kids[3 0 R]>>"
    second = objects.index(b" <<") + 1
    index = b"1 0 2 %d " % second
    stream = raw_stream(
        zlib.compress(index + objects),
        b"/Type/ObjStm/N 2/First %d/Filter/FlateDecode" % len(index),
    )
    body, offsets = b"%PDF-1.5\n", {}
    content = {
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R>>",
        4: raw_stream(b"1 0 0 rg 0 0 300 300 re f"),
        5: stream,
    }
    for number, data in content.items():
        offsets[number] = len(body)
        body += b"%d 0 obj\n%b\nendobj\n" % (number, data)
    rows = [
        (0, 0, 0),
        (2, 5, 0),
        (2, 5, 1),
        *((1, offsets[n], 0) for n in (3, 4, 5)),
        (1, len(body), 0),
    ]
    table = b"".join(a.to_bytes(1) + b.to_bytes(2) + c.to_bytes(1) for a, b, c in rows)
    start = len(body)
    xref = raw_stream(table, b"/Type/XRef/Size 7/W[1 2 1]/Root 1 0 R")
    body += b"6 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (xref, start)
    assert (255, 0, 0) in colours(impose(body, OPTIONS).data)


def test_nul_in_strings_and_streams_is_data():
    data = b"<</T(/a\0\\)b(/c\0))/N/d\0/S 1>>stream\n/e\0endstream %/f\0\n/g\0"
    expected = b"<</T(/a\0\\)b(/c\0))/N/d /S 1>>stream\n/e\0endstream %/f\0\n/g "
    assert blank_nul_after_names(data) == expected
    assert blank_nul_after_names(b"/a\0 (no end /b\0") == b"/a  (no end /b\0"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\r\n",
    ],
)
def test_an_empty_flate_stream_is_an_empty_page(data):
    source = picture_pdf(content=raw_stream(data, b"/Filter/FlateDecode"))
    imposed = impose(source, OPTIONS)
    assert imposed.findings == ()
    assert colours(imposed.data) == {(255, 255, 255)}


@pytest.mark.parametrize("cut", ["wrong", "missing"])
def test_a_checksum_does_not_decide_about_a_page(cut):
    packed = zlib.compress(SHOW_IMAGE)
    data = packed[:-4] + b"\1\2\3\4" if cut == "wrong" else packed[:-4]
    imposed = impose(picture_pdf(content=raw_stream(data, b"/Filter/FlateDecode")), OPTIONS)
    assert {(255, 0, 0), (0, 255, 0)} <= colours(imposed.data)
    assert "the checksum of the content is wrong" in imposed.findings[0].message
    form = PdfReader(BytesIO(imposed.data)).pages[0]["/Resources"]["/XObject"]["/P1"]
    assert zlib.decompress(form._data) == SHOW_IMAGE, "the sheets have the right checksum"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_truncated_stream_is_still_refused(share):
    packed = zlib.compress(bytes(range(256)) * 50)
    part = packed[: int(len(packed) * share)]
    with pytest.raises(SourceDamagedError, match="page 1: a compressed stream is"):
        impose(picture_pdf(content=raw_stream(part, b"/Filter/FlateDecode")), OPTIONS)


@pytest.mark.parametrize(
    "header", [b"", b"\0\0", b"\x78\x9d", b"\x77\x9c", b"\x78\xbb", b"\n\x78\x9c"]
)
def test_what_no_viewer_paints_is_refused(header):
    stream_ = raw_stream(header + zlib.compress(SHOW_IMAGE)[2:], b"/Filter/FlateDecode")
    source = picture_pdf(content=stream_)
    assert colours(source) == {(255, 255, 255)}
    with pytest.raises(SourceDamagedError, match="page 1: a compressed stream is damaged"):
        impose(source, OPTIONS)


WHOLE = picture_pdf()
TABLE = WHOLE.rindex(b"xref\n0")
START = WHOLE.rindex(b"startxref")


def updated():
    """A file without the picture on its page, and an update that adds it, without a marker."""
    empty = picture_pdf(content=raw_stream(b" " * len(SHOW_IMAGE)))
    content = b"4 0 obj\n%b\nendobj\n" % raw_stream(SHOW_IMAGE)
    table = b"xref\n4 1\n%010d 00000 n \ntrailer\n<</Size 6/Root 1 0 R/Prev %d>>\n"
    return empty + content + table % (len(empty), empty.rindex(b"xref\n0"))


def with_xref_stream():
    """The same file with a cross-reference stream."""
    writer = PdfWriter(clone_from=BytesIO(WHOLE))
    out = BytesIO()
    writer.write(out)
    objects = out.getvalue()[: out.getvalue().rindex(b"xref", 0, out.getvalue().rindex(b"start"))]
    offsets = {int(match[1]): match.start() for match in re.finditer(rb"(?m)^(\d+) 0 obj", objects)}
    size = max(offsets) + 2
    rows = [(0, 0), *((1, offsets[number]) for number in sorted(offsets)), (1, len(objects))]
    table = b"".join(kind.to_bytes(1) + offset.to_bytes(2) + b"\0" for kind, offset in rows)
    root = re.search(rb"/Root (\d+ 0 R)", out.getvalue())[1]
    xref = raw_stream(table, b"/Type/XRef/Size %d/W[1 2 1]/Root %b" % (size, root))
    return b"%b%d 0 obj\n%b\nendobj\n" % (objects, size - 1, xref)


@pytest.mark.parametrize(
    "data",
    [
        WHOLE[: -len(b"%%EOF\n")],
        WHOLE.replace(b"%%EOF", b"%% EOF"),
        WHOLE[: START + len(b"startxref\n1")],
        WHOLE[: START + 4],
        WHOLE[:START],
        updated(),
        WHOLE + b"to whom it may concern: the object",
        with_xref_stream(),
        with_xref_stream() + b"startxref",
    ],
)
def test_a_whole_file_without_its_last_line_is_imposed(data):
    imposed = impose(data, OPTIONS)
    assert {(255, 0, 0), (0, 255, 0)} <= colours(imposed.data)
    missing = [item for item in imposed.findings if "end-of-file marker" in item.message]
    assert len(missing) == (not data.endswith(b"the object"))


@pytest.mark.parametrize("end", [*range(START - 2, TABLE, -9), TABLE, TABLE - 3, TABLE // 2, 60])
def test_a_file_that_may_lack_objects_is_truncated(end):
    with pytest.raises(SourceDamagedError, match="is truncated"):
        impose(WHOLE[:end], OPTIONS)


@pytest.mark.parametrize("lost", [b"endstream", b"/Type/XRef"])
def test_a_cross_reference_stream_must_be_whole(lost):
    data = with_xref_stream()
    with pytest.raises(SourceDamagedError, match="is truncated"):
        impose(data[: data.rindex(lost)], OPTIONS)


def test_only_what_is_painted_is_decoded_leniently():
    data = stream(zlib.compress(b"1 g")[:-1] + b"!", Filter=name("FlateDecode"))
    assert painted_data(data) == b"1 g"
    with pytest.raises(ContentError, match="damaged"):
        stream_data(data)


@pytest.mark.parametrize("before", [b"\n", b"HTTP/1.1 200 OK\r\n\r\n", bytes(1000)])
def test_bytes_before_the_header_are_no_part_of_the_file(before):
    source = picture_pdf(before=before)
    assert without_leading_bytes(source) == source[len(before) :]
    imposed = impose(source, OPTIONS)
    assert imposed.findings == ()
    assert {(255, 0, 0), (0, 255, 0)} <= colours(imposed.data)


def test_offsets_may_count_the_bytes_before_the_header():
    source = picture_pdf(header=b"junk\n%PDF-1.5\n")
    assert without_leading_bytes(source) == source
    assert {(255, 0, 0), (0, 255, 0)} <= colours(impose(source, OPTIONS).data)


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
def test_an_empty_user_password_is_no_obstacle(algorithm):
    imposed = impose(encrypted("", algorithm), OPTIONS)
    assert {(255, 0, 0), (0, 255, 0)} <= colours(imposed.data)
    assert "encryption" in imposed.omitted


@pytest.mark.parametrize("algorithm", ["RC4-40", "AES-128", "AES-256"])
def test_a_file_with_a_password_is_encrypted(algorithm):
    with pytest.raises(SourceUnreadableError, match="is encrypted"):
        impose(encrypted("secret", algorithm), OPTIONS)


def test_a_file_is_encrypted_whatever_is_installed(monkeypatch):
    def fail(*_arguments, **_options):
        raise DependencyError("cryptography>=3.1 is required for AES algorithm")

    data = encrypted("")
    monkeypatch.setattr(open_file.ToleratingReader, "get_object", fail)
    with pytest.raises(SourceUnreadableError, match="is encrypted"):
        impose(data, OPTIONS)


@pytest.mark.parametrize(
    "handler",
    [b"/Filter/Adobe.PubSec/V 4", b"/Filter/Standard/V 9/R 9", b"/Filter/FoxitConnectedPDF"],
)
def test_a_file_is_encrypted_whatever_the_handler(handler):
    source = picture_pdf(trailer=b"/Encrypt<<%b>>" % handler)
    with pytest.raises(SourceUnreadableError, match="is encrypted") as error:
        impose(source, OPTIONS)
    assert error.value.exit_code == 12


# --- The comparison of sheets and pages, broken on purpose -----------------------------------------


def test_a_lost_picture_is_an_error(monkeypatch):
    original = sheet_writer.SheetsWriter._copy_entry

    def lose(self, holder, key):
        reference = original(self, holder, key)
        if key == "/Resources":
            self._objects.get_object(reference).pop("/XObject", None)
        return reference

    monkeypatch.setattr(sheet_writer.SheetsWriter, "_copy_entry", lose)
    with pytest.raises(VerificationError, match="its Resources differ") as error:
        impose(picture_pdf(), OPTIONS)
    assert error.value.where == "page 1"


def test_a_changed_picture_is_an_error(monkeypatch):
    original = ObjectCopier.copy

    def change(self, old):
        new = original(self, old)
        if isinstance(new, DictionaryObject) and new.get("/Subtype") == "/Image":
            new[NameObject("/Width")] = NumberObject(1)
        return new

    monkeypatch.setattr(ObjectCopier, "copy", change)
    with pytest.raises(VerificationError, match="its Resources/XObject/I/Width differ"):
        impose(picture_pdf(), OPTIONS)


def test_changed_content_is_an_error(monkeypatch):
    empty = picture_pdf(content=raw_stream(b" "))
    page_object = PdfReader(BytesIO(empty)).pages[0]
    original = sheet_writer._content
    monkeypatch.setattr(sheet_writer, "_content", lambda _page: original(page_object))
    with pytest.raises(VerificationError, match="its content differs"):
        impose(picture_pdf(), OPTIONS)


def test_a_page_that_is_left_out_is_an_error(monkeypatch):
    monkeypatch.setattr(sheet_writer, "_placement_operators", lambda _placement: "")
    with pytest.raises(VerificationError, match="it is not placed"):
        impose(picture_pdf(), OPTIONS)


def test_copying_does_not_change_the_source():
    reader = PdfReader(BytesIO(pdf_of([page(), page()])))
    pages = list(reader.pages)
    before = [serialise(item) for item in (*pages, pages[0]["/Resources"])]
    objects = IndirectObjects()
    copy = ObjectCopier(objects, {}, reader, "1-")
    for item in pages:
        copy.copy(item)
    copy.copy_pending()
    assert [serialise(item) for item in (*pages, pages[0]["/Resources"])] == before


def test_resources_that_pages_share_directly_are_copied_once():
    shared = b"<</XObject<</I 5 0 R>>>>"
    source = raw_pdf(
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources 6 0 R>>",
        raw_stream(SHOW_IMAGE),
        raw_stream(b"\0\1\0\1", IMAGE),
        shared,
    )
    assert {(255, 0, 0), (0, 255, 0)} <= colours(impose(source, OPTIONS).data)


def test_a_form_that_contains_itself_ends():
    source = raw_pdf(
        raw_page(b"/XObject<</I 5 0 R>>"),
        raw_stream(SHOW_IMAGE),
        raw_stream(b"/I Do", b"/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</I 5 0 R>>>>"),
    )
    assert impose(source, OPTIONS).pages == 1


@pytest.mark.shared
@pytest.mark.parametrize(
    ("case", "painted"),
    [
        ("nul-after-name", 2),
        ("empty-flate-page", 1),
        ("wrong-adler", 2),
        ("leading-bytes", 2),
    ],
)
def test_shared_cases_are_imposed(case, painted, shared):
    source = (shared / "cases" / "pdfs" / f"{case}.pdf").read_bytes()
    imposed = impose(source, OPTIONS)
    assert len(colours(imposed.data)) >= painted
