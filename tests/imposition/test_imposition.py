"""Imposed files as their readers have them: measured, rendered, read, and compared with their source."""

import os
import random
from io import BytesIO

import pypdfium2
import pytest
from PIL import ImageChops, ImageStat
from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from publisher import imposition
from publisher.errors import (
    SourceDamagedError,
    SourceUnreadableError,
    UnsupportedFormatError,
    VerificationError,
)
from publisher.imposition import ImpositionOptions, impose, sheet_writer
from publisher.imposition.schemes import Sheet
from publisher.model import Severity
from publisher.pdf.geometry import MM
from publisher.pdf.printer_marks import GAP, LENGTH, MARKS_MARGIN
from publisher.pdf.syntax import instructions
from publisher.pdf.writer import dictionary, name
from tests.imposition.plain_pages import (
    A5,
    annotation,
    intent,
    metadata,
    numbers,
    page,
    pdf_of,
    stream,
)

FULL = bool(os.environ.get("PUBLISHER_FULL"))
SMALL = (0, 0, 100, 140)
TENTH = 0.1 * MM
EVERY = [
    ImpositionOptions(),
    ImpositionOptions(signature=2, creep_mm=0.1, marks=True),
    ImpositionOptions(binding="right", duplex="long"),
    ImpositionOptions(scheme="n-up", cells=(2, 2)),
    ImpositionOptions(scheme="n-up", cells=(3, 1), marks=True, duplex="short"),
    ImpositionOptions(scheme="cut-and-stack", cells=(2, 1), marks=True),
    ImpositionOptions(scheme="cut-and-stack", cells=(1, 2), binding="right", duplex="long"),
]


def read(imposed):
    return PdfReader(BytesIO(imposed.data), strict=True)


def content(side):
    return b"\n".join(
        item.get_object().get_data() for item in ArrayObject(side.raw_get("/Contents").get_object())
    )


def forms_of(reader):
    """The forms by their pages' numbers."""
    return {
        int(key[2:]): value.get_object()
        for side in reader.pages
        for key, value in side["/Resources"]["/XObject"].items()
    }


def every_page_once(reader, count):
    """Return whether each page's form is painted exactly once."""
    painted = [
        int(operands[0][1:])
        for side in reader.pages
        for operator, operands in instructions(content(side))
        if operator == b"Do"
    ]
    return sorted(painted) == list(range(1, count + 1)) and len(forms_of(reader)) == count


def intents_are_kept(source, imposed):
    """Return whether the output intents and their profiles are those of the source."""

    def output(reader):
        return [
            (item["/S"], item["/OutputConditionIdentifier"], item["/DestOutputProfile"].get_data())
            for item in reader.trailer["/Root"].get("/OutputIntents", ())
        ]

    return output(PdfReader(BytesIO(source))) == output(read(imposed)) != []


# --- What is seen --------------------------------------------------------------------------------


def rendered(data, index, scale=2):
    return pypdfium2.PdfDocument(data)[index].render(scale=scale).to_pil().convert("RGB")


def unlike(item, other):
    """How far two pictures are from each other, from 0 to 255."""
    assert item.size == other.size
    return sum(ImageStat.Stat(ImageChops.difference(item, other)).mean) / 3


ODD_PAGES = [
    page(SMALL),
    page((0, 0, 140, 100), Rotate=NumberObject(90)),
    page((-20, 30, 80, 170)),
    page((1000, -500, 1140, -400), Rotate=NumberObject(270)),
    page(SMALL, Rotate=NumberObject(180)),
    page((-30, -30, 130, 170), CropBox=numbers(0, 0, 100, 140)),
    page((500, 500, 600, 640), Rotate=NumberObject(-360)),
]


@pytest.mark.parametrize("duplex", ["short", "long"])
def test_every_cell_looks_like_its_page(duplex):
    source = pdf_of(ODD_PAGES)
    imposed = impose(source, ImpositionOptions(duplex=duplex))
    assert imposed.paper_mm == pytest.approx((200 / MM, 140 / MM))
    sides = [
        (8, 1), (2, 7), (6, 3), (4, 5),
    ]  # fmt: skip
    for index, cells in enumerate(sides):
        side = rendered(imposed.data, index)
        if duplex == "long" and index % 2:
            side = side.rotate(180)
        for position, number in enumerate(cells):
            cell = side.crop((200 * position, 0, 200 * position + 200, 280))
            if number == 8:
                assert cell.getextrema() == ((255, 255),) * 3
                continue
            assert unlike(cell, rendered(source, number - 1)) < 0.5, number
            assert unlike(cell, rendered(source, number % 7)) > 3, "the check sees another page"
            assert unlike(cell.rotate(180), rendered(source, number - 1)) > 3


def test_user_unit_scales_a_page():
    source = pdf_of([page(SMALL, UserUnit=NumberObject(2)), page(SMALL)])
    imposed = impose(source, ImpositionOptions(scheme="n-up", cells=(1, 1), paper="A4"))
    side = read(imposed).pages[0]
    assert [float(side.trimbox.width), float(side.trimbox.height)] == pytest.approx([200, 280])
    assert b"2 0 0 2 " in content(side)


def test_inherited_page_entries_are_kept():
    plain = page(SMALL, MediaBox=None)
    tree = {"MediaBox": numbers(*SMALL), "Rotate": NumberObject(90)}
    imposed = impose(pdf_of([plain, plain], tree=tree), ImpositionOptions())
    assert imposed.paper_mm == pytest.approx((280 / MM, 100 / MM))
    shared = DictionaryObject({NameObject("/Font"): DictionaryObject()})
    tree |= {"Resources": shared}
    without = [page(SMALL, Resources=None, content=b"") for _ in range(3)]
    assert every_page_once(read(impose(pdf_of(without, tree=tree), ImpositionOptions())), 3)


def test_bleed_is_printed_only_at_cuts():
    boxes = {"TrimBox": numbers(0, 0, 100, 140), "BleedBox": numbers(-10, -10, 110, 150)}
    red = page((-40, -40, 140, 180), content=b"1 0 0 rg -99 -99 999 999 re f", **boxes)
    blank = page((-40, -40, 140, 180), content=b"", **boxes)
    imposed = impose(pdf_of([red, blank, blank, blank]), ImpositionOptions(marks=True))
    side = rendered(imposed.data, 0, scale=1)
    room, fold = round(MARKS_MARGIN), side.width // 2
    painted = ImageChops.subtract(side.getchannel("R"), side.getchannel("G")).getbbox()
    expected = (fold, room, side.width - room, side.height - room)
    assert painted == pytest.approx(expected, abs=1)


# --- What is measured -----------------------------------------------------------------------------


def lines_of(side):
    """The straight lines painted on a side, and the dashes they are painted in."""
    dash, at, actual = (), None, []
    for operator, operands in instructions(content(side)):
        if operator == b"d":
            dash = tuple(operands[0])
        elif operator == b"m":
            at = operands
        elif operator == b"l":
            actual.append((tuple(at), tuple(operands), dash))
    return actual


def crop_lines(side):
    """The places where a side is cut: from left to right, from bottom to top; and its folds."""
    media, bleed = (tuple(map(float, side[key])) for key in ("/MediaBox", "/BleedBox"))
    across, up, folds = set(), set(), set()
    for (x0, y0), (x1, y1), dash in lines_of(side):
        length = abs(x1 - x0) + abs(y1 - y0)
        if length != pytest.approx(LENGTH, abs=0.01):
            continue
        near = GAP - 0.01
        for x, y in ((x0, y0), (x1, y1)):
            adjacent = x <= bleed[0] - near or x >= bleed[2] + near
            assert adjacent or y <= bleed[1] - near or y >= bleed[3] + near
        assert all(media[0] <= x <= media[2] for x in (x0, x1))
        assert all(media[1] <= y <= media[3] for y in (y0, y1))
        if x0 == x1 and x0 in {round(item, 3) for item in _middles(side)}:
            continue  # an arm of a registration mark is as long
        if x0 == x1:
            (folds if dash else across).add(x0)
        elif y0 == y1 and y0 not in {round(item, 3) for item in _middles(side, 1)}:
            up.add(y0)
    return sorted(across), sorted(up), sorted(folds)


def _middles(side, axis=0):
    """Where registration marks are centred: their circles begin there."""
    actual = set()
    last = None
    for operator, operands in instructions(content(side)):
        if operator == b"m":
            last = operands
        elif operator == b"c":
            actual.add(round((last[0] - 1.5 * MM, last[1])[axis], 3))
    return actual


BLED = (0, 0, 148 * MM + 6 * MM, 210 * MM + 6 * MM)
TRIM = (3 * MM, 3 * MM, 151 * MM, 213 * MM)


def bled(count):
    boxes = {"TrimBox": numbers(*TRIM), "BleedBox": numbers(*BLED)}
    return pdf_of([page(BLED, **boxes) for _ in range(count)])


@pytest.mark.parametrize("creep", [0.0, 0.2])
def test_marks_and_boxes_of_a_booklet(creep):
    imposed = impose(bled(16), ImpositionOptions(marks=True, creep_mm=creep))
    media = (302 * MM + 2 * MARKS_MARGIN, 216 * MM + 2 * MARKS_MARGIN)
    for index, side in enumerate(read(imposed).pages):
        shift = creep * MM * (index // 2)
        fold = media[0] / 2
        left, right = fold - 148 * MM + shift, fold + 148 * MM - shift
        bottom, top = (media[1] - 210 * MM) / 2, (media[1] + 210 * MM) / 2
        assert list(map(float, side["/MediaBox"])) == pytest.approx([0, 0, *media], abs=0.001)
        assert list(map(float, side["/TrimBox"])) == pytest.approx(
            [left, bottom, right, top], abs=TENTH
        )
        grown = [left - 3 * MM, bottom - 3 * MM, right + 3 * MM, top + 3 * MM]
        assert list(map(float, side["/BleedBox"])) == pytest.approx(grown, abs=TENTH)
        across, up, folds = crop_lines(side)
        assert across == pytest.approx([left, right], abs=TENTH)
        assert up == pytest.approx([bottom, top], abs=TENTH)
        assert folds == pytest.approx([fold], abs=TENTH)
        assert _middles(side) >= {round((left + fold) / 2, 3), round((fold + right) / 2, 3)}


def test_marks_of_cells_are_at_cuts():
    imposed = impose(
        bled(8), ImpositionOptions(scheme="n-up", cells=(2, 2), marks=True, paper="A2")
    )
    width, height = 420 * MM, 594 * MM
    across = [width / 2 + x * MM for x in (-151, -3, 3, 151)]
    up = [height / 2 + y * MM for y in (-213, -3, 3, 213)]
    for side in read(imposed).pages:
        actual = crop_lines(side)
        assert actual[0] == pytest.approx(across, abs=TENTH)
        assert actual[1] == pytest.approx(up, abs=TENTH)
        assert actual[2] == []
        assert side["/Resources"]["/ColorSpace"]["/Registration"][1] == "/All"


@pytest.mark.parametrize("options", EVERY, ids=lambda options: options.scheme)
@pytest.mark.parametrize("size", [(300.1234, 400.5678), (595.5, 842.4)], ids=str)
def test_boxes_are_nested_and_rounded(options, size):
    odd = [page((0, 0, size[0] - n / 10, size[1])) for n in range(9)]
    for side in read(impose(pdf_of(odd), options)).pages:
        media, bleed, trim = (
            list(map(float, side[key])) for key in ("/MediaBox", "/BleedBox", "/TrimBox")
        )
        assert media[0] <= bleed[0] <= trim[0] < trim[2] <= bleed[2] <= media[2]
        assert media[1] <= bleed[1] <= trim[1] < trim[3] <= bleed[3] <= media[3]
        assert all(round(item, 3) == item for item in (*media, *bleed, *trim))


# --- What is kept ---------------------------------------------------------------------------------


@pytest.mark.parametrize("options", EVERY, ids=lambda options: options.scheme)
@pytest.mark.parametrize("count", [1, 2, 21, 200])
def test_every_page_is_painted_once_with_the_same_text(options, count):
    source = pdf_of([page(A5)] * count)
    imposed = impose(source, options)
    reader = read(imposed)
    assert (imposed.pages, len(reader.pages)) == (count, 2 * imposed.sheets)
    assert every_page_once(reader, count)
    assert imposed.blank == imposed.sheets * 2 * options.grid[0] * options.grid[1] - count
    if count > 21 and not FULL:
        return
    expected_message = " ".join(side.extract_text() for side in reader.pages).split()
    assert sorted(expected_message) == sorted(f"p{number}" for number in range(1, count + 1))


def test_a_wrong_permutation_is_detected(monkeypatch):
    source = pdf_of([page()] * 4)
    assert every_page_once(read(impose(source, ImpositionOptions())), 4)
    wrong = (Sheet(front=(4, 1), back=(2, 1)),)
    monkeypatch.setattr(imposition, "arrange_sheets", lambda *_: wrong)
    with pytest.raises(VerificationError, match="placed twice"):
        impose(source, ImpositionOptions())
    monkeypatch.setattr(imposition, "require_equal_pages", lambda *_: None)
    assert not every_page_once(read(impose(source, ImpositionOptions())), 4)


def test_a_lost_output_intent_is_detected(monkeypatch):
    source = pdf_of(
        [page()],
        catalogue=lambda objects: {"OutputIntents": intent(objects, "GTS_PDFA1", bytes(5000))},
    )
    assert intents_are_kept(source, impose(source, ImpositionOptions()))
    entries = tuple(key for key in sheet_writer._COPIED_ENTRIES if key != "/OutputIntents")
    monkeypatch.setattr(sheet_writer, "_COPIED_ENTRIES", entries)
    assert not intents_are_kept(source, impose(source, ImpositionOptions()))


def test_the_same_input_gives_the_same_bytes():
    source = bled(8)
    options = ImpositionOptions(marks=True)
    assert impose(source, options).data == impose(source, options).data
    other = impose(source, ImpositionOptions()).data
    assert PdfReader(BytesIO(other)).trailer["/ID"] != read(impose(source, options)).trailer["/ID"]


def test_the_file_does_not_grow():
    chance = random.Random(1)  # noqa: S311
    noise = chance.randbytes(60_000)
    drawn = chance.randbytes(600).hex().encode()
    picture = stream(
        noise,
        Type=name("XObject"),
        Subtype=name("Image"),
        ColorSpace=name("DeviceRGB"),
        Width=NumberObject(100),
        Height=NumberObject(200),
        BitsPerComponent=NumberObject(8),
    )
    pages = [page(content=b"q 9 0 0 9 0 0 cm /Im Do Q %% %d %b" % (n, drawn)) for n in range(200)]
    source = pdf_of(pages, picture=picture)
    for options in (
        ImpositionOptions(marks=True),
        ImpositionOptions(scheme="n-up", cells=(2, 2), marks=True),
    ):
        imposed = impose(source, options)
        assert len(imposed.data) < 1.03 * len(source) + 2000
        assert imposed.data.count(noise) == 1


def test_several_streams_of_a_page_are_joined_where_words_end():
    parts = [b"BT /F1 30 Tf 20 20", b"Td (in parts) Tj E", b"T"]
    original = [b"BT /F1 30 Tf 20 20 Td", b"(in parts) Tj ET"]
    imposed = impose(pdf_of([page(content=original), page(content=[])]), ImpositionOptions())
    forms = forms_of(read(imposed))
    assert forms[1].get_data() == b"\n".join(original)
    assert forms[2].get_data() == b""
    imposed = impose(pdf_of([page(content=parts)]), ImpositionOptions())
    assert forms_of(read(imposed))[1].get_data() == b"\n".join(parts)


def test_groups_and_optional_content_are_those_of_the_source():
    references = {}

    def layer(objects):
        references["layer"] = objects.add(
            dictionary(Type=name("OCG"), Name=TextStringObject("水印"))
        )
        return dictionary(Properties=dictionary(L=references["layer"]))

    def layers(objects):
        order = ArrayObject([references["layer"]])
        return {"OCProperties": dictionary(OCGs=order, D=dictionary(OFF=ArrayObject(order)))}

    group = dictionary(S=name("Transparency"), CS=name("DeviceCMYK"), K=BooleanObject(value=True))
    drawn = b"/OC /L BDC 0 0 50 50 re f EMC"
    source = pdf_of([page(content=drawn, Resources=layer, Group=group)], catalogue=layers)
    reader = read(impose(source, ImpositionOptions()))
    form = forms_of(reader)[1]
    assert dict(form["/Group"]) == dict(group)
    (known,) = reader.trailer["/Root"]["/OCProperties"]["/OCGs"]
    assert form["/Resources"]["/Properties"].raw_get("/L").idnum == known.indirect_reference.idnum
    assert reader.trailer["/Root"]["/OCProperties"]["/D"]["/OFF"][0]["/Name"] == "水印"


def test_nested_forms_lose_their_parent_tree_keys():
    def inner(objects):
        form = stream(b"", Type=name("XObject"), Subtype=name("Form"), BBox=numbers(0, 0, 1, 1))
        form[name("StructParents")] = NumberObject(3)
        return dictionary(XObject=dictionary(X=objects.add(form)))

    reader = read(impose(pdf_of([page(Resources=inner)]), ImpositionOptions()))
    assert "/StructParents" not in forms_of(reader)[1]["/Resources"]["/XObject"]["/X"]


# --- What it says of itself -------------------------------------------------------------------------

PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmp:CreateDate="2020-01-01T00:00:00Z" xmp:ModifyDate="2020-01-01T00:00:00Z" pdf:Trapped="False"
 xmpMM:DocumentID="uuid:1" xmpMM:VersionID="1" xmpMM:RenditionClass="default">
<xmp:MetadataDate>2020-01-01T00:00:00Z</xmp:MetadataDate><xmpMM:InstanceID>uuid:2</xmpMM:InstanceID>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">题目 &amp; 数</rdf:li></rdf:Alt></dc:title>
</rdf:Description>{claims}</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
CLAIMS = """<rdf:Description rdf:about="" xmlns:a="http://www.aiim.org/pdfa/ns/id/" a:part="2" a:conformance="A"/>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"><pdfaExtension:schemas/></rdf:Description>"""
PDF_X = """<rdf:Description rdf:about="" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 pdfxid:GTS_PDFXVersion="{}"/>"""
INFO = {
    "Title": TextStringObject("题目 & 数"),
    "CreationDate": TextStringObject("D:20200101000000Z"),
    "ModDate": TextStringObject("D:20200101000000Z"),
    "Trapped": name("False"),
}


def declaring(claims, *, kind="GTS_PDFX", info=INFO, packet=PACKET, **more):
    """A file with metadata, claims and an output intent."""

    def catalogue(objects):
        return {
            "Metadata": metadata(objects, packet.replace("{claims}", claims).encode()),
            "OutputIntents": intent(objects, kind),
            "Lang": TextStringObject("zh-Hans"),
            **more,
        }

    return pdf_of([page()] * 4, version="1.6", catalogue=catalogue, info=info)


def packet_of(imposed):
    return read(imposed).trailer["/Root"]["/Metadata"].get_data().decode()


def test_only_untrue_claims_are_removed_from_metadata():
    imposed = impose(declaring(CLAIMS, kind="GTS_PDFA1"), ImpositionOptions())
    packet = packet_of(imposed)
    for gone in ("pdfa", "pdfua", "aiim.org", 'a:part="2"'):
        assert gone not in packet
    for entries in ("题目 &amp; 数", 'pdf:Trapped="False"', "MetadataDate", "<?xpacket begin"):
        assert entries in packet
    assert packet.count("<rdf:Description") == 1
    assert imposed.omitted == ("declared conformance (PDF/A, PDF/UA)",)
    assert "uuid:1" not in packet
    assert "uuid:2" not in packet
    assert (
        packet_of(impose(declaring(CLAIMS, kind="GTS_PDFA1"), ImpositionOptions(marks=True)))
        != packet
    )
    root = read(imposed).trailer["/Root"]
    assert root["/Lang"] == "zh-Hans"
    assert dict(read(imposed).metadata) == {f"/{key}": value for key, value in INFO.items()}
    assert imposed.findings == ()


def is_formally_pdf_x_4(imposed):
    """Return whether the file-level requirements of ISO 15930-7 are met."""
    reader = read(imposed)
    root, info = reader.trailer["/Root"], reader.metadata
    packet = packet_of(imposed)
    names = ("MetadataDate", "CreateDate", "ModifyDate", "DocumentID", "VersionID", "Trapped")
    return (
        'pdfxid:GTS_PDFXVersion="PDF/X-4"' in packet
        and all(item in packet for item in (*names, "RenditionClass", "dc:title"))
        and info["/Trapped"] in ("/True", "/False")
        and {"/CreationDate", "/ModDate"} <= set(info)
        and [item["/S"] for item in root["/OutputIntents"]] == ["/GTS_PDFX"]
        and len(reader.trailer["/ID"]) == 2
        and all("/Annots" not in side and "/TrimBox" in side for side in reader.pages)
        and all("/ArtBox" not in side for side in reader.pages)
        and not {"/AcroForm", "/OpenAction", "/AA", "/Names"} & set(root)
    )


def test_pdf_x_4_stays_pdf_x_4():
    imposed = impose(declaring(PDF_X.format("PDF/X-4")), ImpositionOptions(marks=True))
    assert is_formally_pdf_x_4(imposed)
    assert (imposed.omitted, imposed.findings) == ((), ())
    assert imposed.data.startswith(b"%PDF-1.6")


@pytest.mark.parametrize(
    "broken",
    [
        {"info": {key: value for key, value in INFO.items() if key != "Trapped"}},
        {"kind": "GTS_PDFA1"},
        {"packet": PACKET.replace("dc:title", "dc:rights")},
    ],
    ids=["trapped", "intent", "title"],
)
def test_an_untrue_pdf_x_4_claim_is_removed(broken):
    imposed = impose(declaring(PDF_X.format("PDF/X-4"), **broken), ImpositionOptions())
    assert "GTS_PDFX" not in packet_of(imposed)
    assert imposed.omitted == ("declared conformance (PDF/X)",)
    assert ["declares PDF/X-4 but does not" in item.message for item in imposed.findings] == [True]


def test_older_pdf_x_claims_are_removed():
    info = INFO | {"GTS_PDFXVersion": TextStringObject("PDF/X-3:2003")}
    claims = PDF_X.replace("/>", ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="1"/>')
    imposed = impose(declaring(claims.format("PDF/X-4p"), info=info), ImpositionOptions())
    assert 'xmp:Rating="1"' in packet_of(imposed)
    assert imposed.omitted == ("declared conformance (PDF/X)",)
    assert "pdfx" not in packet_of(imposed)
    assert "/GTS_PDFXVersion" not in read(imposed).metadata


@pytest.mark.parametrize("packet", ["<x", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "\x00"])
def test_malformed_metadata_is_omitted_with_a_warning(packet):
    imposed = impose(declaring("", packet=packet), ImpositionOptions())
    assert "/Metadata" not in read(imposed).trailer["/Root"]
    assert [item.severity for item in imposed.findings] == [Severity.WARNING]


def test_undecodable_metadata_is_omitted_with_a_warning():
    torn = stream(b"torn", Type=name("Metadata"), Filter=name("FlateDecode"))
    source = pdf_of([page()], catalogue=lambda objects: {"Metadata": objects.add(torn)})
    imposed = impose(source, ImpositionOptions())
    assert "/Metadata" not in read(imposed).trailer["/Root"]
    assert [item.severity for item in imposed.findings] == [Severity.WARNING]


def test_omitted_parts_are_named():
    names = dictionary(EmbeddedFiles=DictionaryObject(), JavaScript=DictionaryObject())
    more = {
        "StructTreeRoot": DictionaryObject(), "Outlines": DictionaryObject(), "Names": names,
        "PageLabels": DictionaryObject(), "AcroForm": DictionaryObject(),
        "Odd": DictionaryObject(), "AF": ArrayObject(),
    }  # fmt: skip
    links = ArrayObject([annotation("Link")])
    imposed = impose(pdf_of([page(Annots=links)], catalogue=more), ImpositionOptions())
    assert imposed.omitted == (
        "structure", "links", "bookmarks", "page labels", "embedded files", "form", "scripts", "Odd",
    )  # fmt: skip
    assert imposed.findings == ()
    assert set(read(imposed).trailer["/Root"]) == {"/Type", "/Pages", "/ViewerPreferences"}


def test_annotations_that_are_not_printed_are_reported_by_page():
    stamp, field = annotation("Stamp"), annotation("Widget")
    hidden = annotation("Stamp", F=NumberObject(2))
    unseen = ArrayObject([annotation("Link"), annotation("Popup"), hidden])
    pages = [
        page(Annots=ArrayObject([stamp, field])),
        page(Annots=unseen),
        page(Annots=ArrayObject([field])),
        page(Annots=ArrayObject([field, field])),
    ]
    imposed = impose(pdf_of(pages), ImpositionOptions())
    assert [item.message for item in imposed.findings] == [
        "page 1: annotations (Stamp) that will not be printed",
        "pages 1, 3–4: form fields that will not be printed",
    ]


def test_different_sizes_and_bleeds_are_reported():
    mixed = pdf_of([page(A5), page(SMALL), page(A5), page((0, 0, 595, 300)), page(A5)])
    imposed = impose(mixed, ImpositionOptions(bleed_mm=3))
    assert [item.message.split(":")[0] for item in imposed.findings] == ["pages 1–5", "pages 1–5"]
    assert "less bleed than 3 mm" in imposed.findings[1].message
    imposed = impose(pdf_of([page(A5), page(SMALL)]), ImpositionOptions())
    assert imposed.findings[0].message.startswith("page 2: smaller than the cell")
    assert impose(bled(4), ImpositionOptions(bleed_mm=3)).findings == ()
    unsaid = pdf_of([page(BLED, TrimBox=numbers(*TRIM))] * 4)
    (output,) = impose(unsaid, ImpositionOptions(bleed_mm=3)).findings
    assert "(the largest bleed of a page is 0.0 mm)" in output.message, (
        "a BleedBox that lacks is no bleed"
    )


def test_viewer_preferences_set_duplex_and_scaling():
    for edge, entry in (("long", "/DuplexFlipLongEdge"), ("short", "/DuplexFlipShortEdge")):
        imposed = impose(pdf_of([page()]), ImpositionOptions(duplex=edge))
        viewer = read(imposed).trailer["/Root"]["/ViewerPreferences"]
        assert dict(viewer) == {"/PrintScaling": "/None", "/Duplex": entry}


# --- What is refused -------------------------------------------------------------------------------


def encrypted():
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=BytesIO(pdf_of([page()])))
    writer.encrypt("secret", "owner", algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_broken_content():
    torn = stream(b"no deflated data", Filter=name("FlateDecode"))
    return pdf_of([page(), page(Contents=lambda objects: objects.add(torn))])


@pytest.mark.parametrize(
    ("data", "kind", "expected_message"),
    [
        (b"", UnsupportedFormatError, "is not a PDF"),
        (b"PK\x03\x04", UnsupportedFormatError, "is not a PDF"),
        (b"%PDF-1.7\n", SourceDamagedError, "is truncated"),
        (b"%PDF-1.7\nnothing\n%%EOF", SourceDamagedError, "damaged"),
        (pdf_of([page()])[:-40], SourceDamagedError, "is truncated"),
        (encrypted, SourceUnreadableError, "is encrypted"),
        (with_broken_content, SourceDamagedError, "page 2: a compressed stream is damaged"),
        (pdf_of([]), SourceDamagedError, "no pages"),
        (pdf_of([page(MediaBox=None)]), SourceDamagedError, "page 1: has no MediaBox"),
        (pdf_of([page((0, 0, 0, 100))]), SourceDamagedError, "page 1: is empty after trimming"),
        (pdf_of([page(Rotate=NumberObject(45))]), SourceDamagedError, "rotated by 45"),
        (pdf_of([page(UserUnit=NumberObject(0))]), SourceDamagedError, "invalid UserUnit"),
        (
            pdf_of([page(TrimBox=ArrayObject([NumberObject(1)]))]),
            SourceDamagedError,
            "TrimBox that is not a rectangle",
        ),
    ],
)
def test_unusable_pdfs_are_refused(data, kind, expected_message):
    with pytest.raises(kind, match=expected_message) as error:
        impose(data() if callable(data) else data, ImpositionOptions())
    assert error.value.hint


@pytest.mark.parametrize("tail", [bytes(3000), b"</html>\n" * 400])
def test_what_follows_the_end_of_file_marker_is_not_part_of_the_file(tail):
    assert impose(pdf_of([page()]) + tail, ImpositionOptions()).pages == 1


def test_an_update_that_is_cut_off_is_refused():
    with pytest.raises(SourceDamagedError, match="is truncated"):
        impose(pdf_of([page()]) + b"9 0 obj\n<</Length 5000>>stream\n", ImpositionOptions())


def test_a_tolerable_violation_gives_a_warning():
    sound = pdf_of([page(), page()])
    start = sound.rindex(b"startxref\n") + len(b"startxref\n")
    end = sound.index(b"\n", start)
    shifted = sound[:start] + b"%d" % (int(sound[start:end]) - 3) + sound[end:]
    imposed = impose(shifted, ImpositionOptions())
    assert imposed.findings[0].message.startswith("the file violates the PDF standard")
    assert every_page_once(read(imposed), 2)


@pytest.mark.parametrize("seed", range(200 if FULL else 25))
def test_damage_never_gives_a_traceback(seed):
    from publisher.errors import PublisherError

    chance = random.Random(seed)  # noqa: S311
    data = bytearray(bled(4))
    for _ in range(chance.randrange(1, 6)):
        data[chance.randrange(9, len(data))] = chance.randrange(256)
    try:
        imposed = impose(bytes(data), ImpositionOptions(marks=True))
    except PublisherError as error:
        assert error.hint  # noqa: PT017
    else:
        assert len(read(imposed).pages) == 2 * imposed.sheets
