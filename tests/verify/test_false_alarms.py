"""A known false alarm of page-validation is a note only if the file has what its reason says, and nothing else."""

import pytest
from pypdf import PdfWriter

from publisher.cli.main import main
from publisher.model import Severity
from publisher.pdf.xmp import xmp_properties
from publisher.pdf.xmp_elements import element_form
from publisher.verify.false_alarms import sort_out
from publisher.verify.readable_copy import readable_copy
from publisher.verify.validators import validate_in_process
from tests.pdf.raw_file import raw_pdf, raw_stream

PREFIXES = (
    'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" '
    'xmlns:st="urn:example:structure" xmlns:ex="urn:example:"'
)
PACKET = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">%s</rdf:RDF></x:xmpmeta>'
    '<?xpacket end="w"?>'
)
ATTRIBUTES = PACKET % f'<rdf:Description rdf:about="" {PREFIXES} %s/>'
FORMS = {
    "attributes": 'pdfaid:part="3" pdfuaid:part="1"/>',
    "a structure as attributes": '><ex:of st:first="1" st:second="2"/></rdf:Description>',
    "a structure below": '><ex:of><rdf:Description st:first="1"/></ex:of></rdf:Description>',
    "an address": '><ex:of rdf:resource="http://example.org/"/></rdf:Description>',
    "structures in a list": "><ex:all><rdf:Bag><rdf:li><rdf:Description st:first='1'/></rdf:li></rdf:Bag>"
    "</ex:all></rdf:Description>",
}
INVISIBLE = b"<</Type/Annot/Subtype/Widget/FT/Sig/T(a)/F 132/Rect[0 0 0 0]>>"
VISIBLE = b"<</Type/Annot/Subtype/Widget/FT/Sig/T(b)/F 4/Rect[9 9 99 99]>>"
WIDGET_RULES = {"PDFUA1-FORM-FIELD-TU-ALT-001", "PDFUA1-WIDGET-FORM-TAG-001"}


@pytest.mark.parametrize("form", list(FORMS))
def test_other_forms_of_metadata_are_written_as_elements(form):
    packet = (PACKET % f'<rdf:Description rdf:about="" {PREFIXES} {FORMS[form]}').encode()
    elements = element_form(packet)
    assert xmp_properties(elements) == xmp_properties(packet)
    assert element_form(elements) is None
    assert b"pdfaid" in elements


@pytest.mark.parametrize(
    "packet", [b"", b"<x", b"\xff", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", b"<a>" * 5_000]
)
def test_metadata_that_are_no_xml_have_no_other_form(packet):
    assert element_form(packet) is None


def with_metadata(packet):
    metadata = raw_stream(packet.encode(), b"/Type/Metadata/Subtype/XML")
    data = raw_pdf(b"<</Type/Page/Parent 2 0 R>>", b"null", metadata)
    start, previous = len(data), data.rindex(b"xref\n0")
    update = b"1 0 obj\n<</Type/Catalog/Pages 2 0 R/Metadata 5 0 R>>\nendobj\n"
    table = b"xref\n1 1\n%010d 00000 n \ntrailer\n<</Size 6/Root 1 0 R/Prev %d>>\n"
    end = b"startxref\n%d\n%%%%EOF\n" % (start + len(update))
    return data + update + table % (start, previous) + end


def errors(data, standard):
    findings = validate_in_process(data, standard).findings
    return {item.clause: item.message for item in findings if item.severity is Severity.ERROR}


def test_properties_that_are_attributes_are_read():
    right = errors(with_metadata(ATTRIBUTES % 'pdfuaid:part="1"'), "PDF/UA-1")
    wrong = errors(with_metadata(ATTRIBUTES % 'pdfuaid:part="7"'), "PDF/UA-1")
    absent = errors(with_metadata(ATTRIBUTES % ""), "PDF/UA-1")
    assert "PDFUA1-ID-PART-001" not in right
    assert "PDFUA1-ID-PART-001" in wrong
    assert "PDFUA1-ID-SCHEMA-001" in absent


@pytest.mark.parametrize("annotations", [[INVISIBLE], [INVISIBLE, INVISIBLE]])
def test_an_invisible_signature_field_needs_no_tag(annotations):
    assert not WIDGET_RULES & errors(page_with(annotations), "PDF/UA-1").keys()


@pytest.mark.parametrize(
    "annotations",
    [
        [INVISIBLE, VISIBLE],
        [VISIBLE],
        [INVISIBLE, INVISIBLE.replace(b"/FT/Sig", b"/FT/Tx")],
        [INVISIBLE.replace(b"[0 0 0 0]", b"[0 0 1 1]")],
    ],
)
def test_a_field_that_is_seen_is_an_error_beside_one_that_is_not(annotations):
    assert errors(page_with(annotations), "PDF/UA-1").keys() >= WIDGET_RULES


def page_with(annotations):
    numbers = b" ".join(b"%d 0 R" % number for number in range(5, 5 + len(annotations)))
    page = b"<</Type/Page/Parent 2 0 R/Resources<<>>/Annots[%b]>>" % numbers
    return raw_pdf(page, b"null", *annotations)


RETURN = raw_stream(b"q Q\r")
LENGTH = [("PDFA3A-STREAM-LENGTH-001", "a length")]
RANGE = [("PDFA3A-SIGNATURE-BYTERANGE-001", "a range")]


def reasons(failures, data):
    return [bool(alarm.reason) for alarm in sort_out(failures, data, lambda _copy: failures)]


def test_a_stream_that_ends_in_0x0d_has_the_right_length():
    page = b"<</Type/Page/Parent 2 0 R/Resources<<>>/Contents 4 0 R>>"
    indirect = RETURN.replace(b"/Length 4", b"/Length 6 0 R")
    assert reasons(LENGTH, raw_pdf(page, RETURN)) == [True]
    assert reasons(LENGTH, raw_pdf(page, indirect, b"null", b"4")) == [True]
    font = RETURN.replace(b"/Length 4", b"/Length1 9/Length 4")  # as that of an embedded font
    assert reasons(LENGTH, raw_pdf(page, font)) == [True]
    wrong = raw_stream(b"q Q Q").replace(b"/Length 5", b"/Length 3")
    assert reasons(LENGTH, raw_pdf(page, wrong)) == [False]
    assert reasons(LENGTH, raw_pdf(page, RETURN, wrong)) == [False]
    assert reasons(LENGTH, raw_pdf(page, raw_stream(b"q Q"))) == [False]


def signed_twice(*, start=0, gap=b"<0000>", tail=b"%%EOF\n"):
    """Bytes with two byte ranges; each covers the file until its end but for its value."""
    data = b"%PDF-1.7\n"
    for update in (b"first", b"second"):
        body = data + update + b"/ByteRange [%d %s] "
        first = len(body) - 2 + 40
        after = b"\n" + (tail if update == b"first" else b"%%EOF\n")
        numbers = b"%d %d %d" % (first, first + len(gap), len(after))
        body = (data + update + b"/ByteRange [%d %s]" % (start, numbers)).ljust(first)
        data = body + gap + after
    return data


def test_a_signature_covers_its_whole_revision():
    assert reasons(RANGE, signed_twice()) == [True]
    assert reasons(RANGE, signed_twice(start=1)) == [False]
    assert reasons(RANGE, signed_twice(gap=b"(0000)")) == [False]
    assert reasons(RANGE, signed_twice(gap=b"<00q0>")) == [False]
    assert reasons(RANGE, signed_twice(tail=b"%%E")) == [False]


def test_only_the_rules_that_are_named_are_sorted_out():
    failures = [("PDFA3A-LANG-001", "x"), ("PDFUA1-NOTE-ID-001", "x")]
    assert reasons(failures, raw_pdf(b"<</Type/Page/Parent 2 0 R>>", b"null")) == [False, False]
    assert reasons([*LENGTH, *RANGE], b"no PDF") == [False, False]


@pytest.mark.typeset
def test_widths_that_are_wrong_are_an_error_beside_those_that_are_misread(
    small_publications, tmp_path
):
    sound = small_publications["archive"] / "report.pdf"
    assert main(["verify", str(sound)]) == 0
    writer = PdfWriter(clone_from=sound)
    descendants = [
        font["/DescendantFonts"][0].get_object()
        for font in writer.pages[0]["/Resources"]["/Font"].get_object().values()
        if "/FontFile3" in font["/DescendantFonts"][0]["/FontDescriptor"]
    ]
    widths = descendants[0]["/W"]
    assert len(readable_copy(sound.read_bytes())) > sound.stat().st_size
    for item in widths:
        target = item.get_object()
        if isinstance(target, list):
            target[0] = type(target[0])(123)
    writer.write(tmp_path / "changed.pdf")
    changed = errors((tmp_path / "changed.pdf").read_bytes(), "PDF/UA-1")
    assert "PDFUA1-FONT-GLYPH-WIDTH-001" in changed


@pytest.mark.shared
@pytest.mark.typeset
def test_the_signature_of_another_program_on_a_publication_is_verified(shared, capsys):
    case = shared / "cases" / "pdfs" / "pyhanko-signed-publication.pdf"
    assert main(["verify", str(case)]) == 0
    assert "PDF/A-3a passed, PDF/UA-1 passed" in capsys.readouterr().out
