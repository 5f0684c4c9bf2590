"""Files for print: inks, page boxes, marks, the output intent, no annotations."""

import base64
import hashlib
import io
import re

import pytest
from PIL import Image
from pypdf import PdfReader

from publisher.options import NO_FILE
from publisher.pdf.geometry import MM, expand
from publisher.pdf.icc import load_output_profile
from publisher.pdf.printer_marks import MARKS_MARGIN
from publisher.typeset.output.press_colours import Inks, parse_colour
from publisher.verify.preflight.inspection import preflight
from publisher.verify.preflight.requirements import PrintRequirements

pytestmark = pytest.mark.typeset
PAGE = '<main><h1 id="a">题目</h1><p>正文，共3件。<a href="#a">见上</a></p></main>'


def read(data):
    return PdfReader(io.BytesIO(data), strict=True)


def contents(data):
    return b"\n".join(page.get_contents().get_data() for page in read(data).pages).decode("latin-1")


def picture(colour, *, mode="RGB", size=(40, 40), kind="PNG"):
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, format=kind)
    address = base64.b64encode(file.getvalue()).decode()
    return f'<img alt="图" style="width: 3mm" src="data:image/{kind.lower()};base64,{address}">'


def images(data):
    return [
        image.get_object()
        for page in read(data).pages
        for image in (page["/Resources"].get("/XObject") or {}).values()
    ]


# --- Inks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("colour", "black"),
    [
        ((0, 0, 0), 1),
        ((255, 255, 255), 0),
        ((0x44, 0x44, 0x44), 1),
        ((0x55, 0x55, 0x55), 0.67),
        ((0x99, 0x99, 0x99), 0.4),
        ((0xEE, 0xEE, 0xEE), 0.07),
    ],
)
def test_greys_are_parts_of_black_and_the_darkest_are_solid(colour, black):
    inks = Inks({})
    assert inks.convert(colour) == (0, 0, 0, black)
    assert not inks.blackened


def test_a_colour_without_a_name_is_printed_in_black_and_told():
    inks = Inks({(230, 0, 18): (0, 1, 1, 0)})
    assert inks.convert((230, 0, 18)) == (0, 1, 1, 0)
    assert inks.convert((0x16, 0x32, 0x5C)) == (0, 0, 0, 1)
    assert inks.blackened == {"#16325c"}


def test_colours_as_css_writes_them():
    assert parse_colour("#555") == (85, 85, 85)
    assert parse_colour("rebeccapurple") == (102, 51, 153)
    assert parse_colour("hsl(0 100% 50%)") == (255, 0, 0)
    assert parse_colour("currentcolor") is None
    assert parse_colour("no colour") is None


def test_no_other_ink_than_black_is_chosen_for_type_and_rules(typeset):
    css = "p { color: #222; border: 1pt solid #123456; text-decoration: underline }"
    css += "h1 { opacity: 0.5; background: #eee }"
    painted = contents(typeset(PAGE, css, "print").pdf)
    chosen = set(re.findall(r"([\d.]+ [\d.]+ [\d.]+) [\d.]+ [kK]\b", painted))
    assert chosen == {"0 0 0"}
    assert not re.search(r"\b(rg|RG|sc|SC|scn|SCN|cs|CS)\b", painted)


def test_a_named_build_is_what_is_painted(typeset):
    css = "p, a { color: #e60012 } h1 { color: device-cmyk(0.1 0.2 0.3 0.4) }"
    done = typeset(PAGE, css, "print", named={(230, 0, 18): (0.0, 1.0, 1.0, 0.0)})
    painted = contents(done.pdf)
    assert "0 1 1 0 k" in painted
    assert "0.1 0.2 0.3 0.4 scn" in painted
    assert not done.findings


def test_a_group_is_blended_in_inks(typeset):
    data = typeset(PAGE, "p { opacity: 0.5 }", "print").pdf
    groups = [form["/Group"]["/CS"] for form in images(data) if "/Group" in form]
    assert groups == ["/DeviceCMYK"]


# --- Pictures ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_with_colours_keeps_them_with_a_profile(typeset, kind):
    (image,) = images(typeset(f"<p>{picture('red', kind=kind)}</p>", profile="print").pdf)
    assert image["/ColorSpace"][0] == "/ICCBased"
    profile = image["/ColorSpace"][1].get_object()
    assert profile["/N"] == 3
    assert profile.get_data()[36:40] == b"acsp"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_without_hue_is_black_ink_alone(typeset, kind):
    (image,) = images(typeset(f"<p>{picture((90, 90, 90), kind=kind)}</p>", profile="print").pdf)
    assert image["/ColorSpace"] == "/DeviceGray"
    assert abs(image.get_data()[0] - 90) <= 1
    assert len(image.get_data()) == 40 * 40


def test_a_transparent_picture_is_kept_whole(typeset):
    body = f"<p>{picture((200, 0, 0, 128), mode='RGBA')}</p>"
    (image,) = images(typeset(body, profile="print").pdf)
    assert image["/ColorSpace"][0] == "/ICCBased"
    assert image["/SMask"].get_data()


# --- Boxes, marks, the printing condition ---------------------------------------------------------


@pytest.mark.parametrize("marks", [False, True])
@pytest.mark.parametrize("bleed", [0.0, 3.0, 5.0, 12.5])
def test_boxes_are_exact(typeset, bleed, marks):
    css = "@page { size: 176mm 250mm; margin: 20mm } @page wide { size: 250mm 176mm }"
    css += "h1 { page: wide; break-after: page }"
    body = "<h1>题目</h1><p>正文</p>"
    data = typeset(body, css, "print", bleed=bleed * MM, marks=marks).pdf
    sizes = set()
    for page in read(data).pages:
        trim = tuple(map(float, page["/TrimBox"]))
        sizes.add((round((trim[2] - trim[0]) / MM, 2), round((trim[3] - trim[1]) / MM, 2)))
        bleed_box = expand(trim, bleed * MM)
        assert tuple(map(float, page["/BleedBox"])) == pytest.approx(bleed_box, abs=0.01)
        media_box = expand(bleed_box, MARKS_MARGIN) if marks else bleed_box
        assert tuple(map(float, page["/MediaBox"])) == pytest.approx(media_box, abs=0.01)
        assert "/CropBox" not in page
        assert "/Annots" not in page
    assert sizes == {(176, 250), (250, 176)}


def test_a_background_goes_on_into_the_bleed(typeset):
    data = typeset(PAGE, "@page { background: #ddd }", "print").pdf
    result = preflight(data, PrintRequirements(), version="")
    assert not [finding for finding in result.verdict.findings if finding.clause == "edge"]
    ground = max(result.pages[0].painted_objects, key=lambda item: item.box[2] - item.box[0])
    assert ground.box == pytest.approx(result.pages[0].boxes["BleedBox"], abs=0.3)


def test_marks_are_drawn_in_the_registration_colour_once_for_each_size(typeset):
    body = "<p>一</p><p style='break-before: page'>二</p>"
    reader = read(typeset(body, profile="print", marks=True).pdf)
    first = {page["/Contents"][0].idnum for page in reader.pages}
    assert len(reader.pages) == 2
    assert len(first) == 1
    space = reader.pages[0]["/Resources"]["/ColorSpace"]["/Registration"]
    assert space[:2] == ["/Separation", "/All"]


def test_the_printing_condition_is_inside_byte_for_byte(typeset):
    reader = read(typeset(PAGE, profile="print").pdf)
    (intent,) = reader.trailer["/Root"]["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFX"
    assert intent["/OutputConditionIdentifier"] == "FOGRA39"
    assert intent["/RegistryName"] == "http://www.color.org"
    assert intent["/DestOutputProfile"].get_data() == load_output_profile(NO_FILE).data


def test_what_it_says_of_itself_is_from_content(typeset):
    data = typeset(PAGE, profile="print").pdf
    assert data == typeset(PAGE, profile="print").pdf
    assert data.startswith(b"%PDF-1.6")
    reader = read(data)
    assert reader.metadata["/Trapped"] == "/False"
    assert reader.metadata["/CreationDate"] == reader.metadata["/ModDate"]
    packet = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    for claim in (
        "<pdfxid:GTS_PDFXVersion>PDF/X-4<",
        "<xmpMM:RenditionClass>default<",
        "<xmpMM:VersionID>1<",
        "<pdf:Trapped>False<",
        "<xmp:CreateDate>2020-01-02T00:00:00+08:00<",
    ):
        assert claim in packet
    assert re.search(r"<xmpMM:DocumentID>uuid:[0-9a-f-]{36}<", packet)
    assert "pdfuaid" not in packet
    assert "pdfaid" not in packet


def test_the_engine_is_as_ever_afterwards(typeset):
    before = hashlib.sha256(typeset(PAGE).pdf).hexdigest()
    typeset(PAGE, profile="print", marks=True)
    assert hashlib.sha256(typeset(PAGE).pdf).hexdigest() == before


def test_links_are_text_on_paper(typeset):
    reader = read(typeset(PAGE, profile="print").pdf)
    roles = [
        node.get_object().get("/S") for node in walk(reader.trailer["/Root"]["/StructTreeRoot"])
    ]
    assert "/Link" not in roles
    assert "见上" in reader.pages[0].extract_text()


def walk(node):
    for kid in node.get("/K", ()):
        node = kid.get_object()
        if hasattr(node, "get") and "/S" in node:
            yield node
            yield from walk(node)


@pytest.mark.parametrize(
    "colour", ["lab(40% 50 20)", "color(display-p3 1 0 0)", "oklch(40% 0.2 20)"]
)
def test_a_colour_that_no_screen_has_parts_of_is_black_or_converted(colour, typeset):
    painted = contents(typeset(PAGE, f"p {{ color: {colour} }}", "print").pdf)
    assert set(re.findall(r"([\d.]+ [\d.]+ [\d.]+) [\d.]+ [kK]\b", painted)) == {"0 0 0"}


def test_a_gradient_behind_text_passes_the_preflight(typeset):
    data = typeset(PAGE, "p { background: linear-gradient(#fff, #eee) }", "print").pdf
    clauses = {
        finding.clause
        for finding in preflight(data, PrintRequirements(), version="").verdict.findings
    }
    assert not clauses & {"content", "device-rgb", "rich-black"}


def test_marks_are_where_they_should_be_in_the_file(typeset):
    css = "@page { size: 176mm 250mm; margin: 20mm }"
    data = typeset(PAGE, css, "print", bleed=3 * MM, marks=True).pdf
    (page,) = preflight(data, PrintRequirements(), version="").pages
    lines = [
        item.box
        for item in page.painted_objects
        if item.space == "Separation All" and item.kind == "stroke"
    ]
    middles = [((box[0] + box[2]) / 2 / MM, (box[1] + box[3]) / 2 / MM) for box in lines]
    for x, y in [(0, 0), (176, 0), (0, 250), (176, 250)]:
        side, end = (-1 if x == 0 else 1), (-1 if y == 0 else 1)
        level, upright = (x + side * 6.5, y), (x, y + end * 6.5)  # bleed, gap, half a mark
        for centre in (level, upright):
            assert min(abs(a - centre[0]) + abs(b - centre[1]) for a, b in middles) < 0.1
    crosses = [(88, -6.5), (88, 256.5), (-6.5, 125), (182.5, 125)]
    for centre in crosses:
        assert sum(abs(a - centre[0]) + abs(b - centre[1]) < 0.1 for a, b in middles) == 3
