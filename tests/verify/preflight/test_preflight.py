"""Preflight passes files built for print, and reports each defect that is put into one."""

import contextlib
import io
import logging
import os
import random

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from publisher.errors import SourceUnreadableError, UnsupportedFormatError, VerificationError
from publisher.model import Severity
from publisher.options import NO_FILE
from publisher.pdf.geometry import MM
from publisher.pdf.icc import load_output_profile, srgb_profile
from publisher.system.log_capture import TooManyWarningsError, capture_logs
from publisher.verify.preflight import object_collector
from publisher.verify.preflight.inspection import preflight
from publisher.verify.preflight.requirements import PrintRequirements

pytestmark = pytest.mark.typeset
BODY = "<main><h1>题目</h1><p>正文，共3件。</p><p style='break-before: page'>第二页</p></main>"
CSS = "@page { size: 176mm 250mm; margin: 20mm }"


@pytest.fixture(scope="module")
def sound(typeset):
    return typeset(BODY, CSS, "print").pdf


def run_preflight(data, **requirements):
    return preflight(data, PrintRequirements(**requirements), version="")


def clauses(data, **requirements):
    return {finding.clause for finding in run_preflight(data, **requirements).verdict.findings}


def test_a_file_built_for_print_has_no_findings(sound):
    result = run_preflight(sound, output_profile=load_output_profile(NO_FILE))
    assert result.verdict.passed
    assert result.verdict.findings == ()
    assert [page.number for page in result.pages] == [1, 2]
    painted_objects = [painted for page in result.pages for painted in page.painted_objects]
    assert {painted.space for painted in painted_objects} == {"DeviceCMYK"}
    assert {name for painted in painted_objects for name in painted.separations} == {"Black"}


# --- Defects -------------------------------------------------------------------------------------


def dictionary(**entries):
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def array(*values):
    return ArrayObject(
        value if not isinstance(value, int | float) else FloatObject(value) for value in values
    )


def stream(data, **entries):
    stream_object = DecodedStreamObject()
    stream_object.set_data(data)
    stream_object.update(dictionary(**entries))
    return stream_object


def paint(data, **resources):
    """Return a change that adds content and resources to the second page."""

    def change(writer):
        page = writer.pages[1]
        for category, added in resources.items():
            page_resources = page["/Resources"].get_object()
            category_name = NameObject(f"/{category}")
            entries = page_resources.setdefault(category_name, DictionaryObject()).get_object()
            for key, value in added.items():
                entries[NameObject(f"/{key}")] = writer._add_object(value)
        old = page.raw_get("/Contents")
        new = writer._add_object(stream(b"q " + data + b" Q"))
        page[NameObject("/Contents")] = ArrayObject([new, old])

    return change


def text(colour):
    def change(writer):
        name = next(iter(writer.pages[1]["/Resources"]["/Font"]))
        paint(f"{colour} BT {name} 12 Tf 200 300 Td <0001> Tj ET".encode())(writer)

    return change


def box(name, *values):
    return lambda writer: writer.pages[1].update({NameObject(f"/{name}"): array(*values)})


def drop(key, *, of="page"):
    def change(writer):
        containers = {"page": writer.pages[1], "info": writer._info, "root": writer._root_object}
        del containers[of].get_object()[key]

    return change


def xmp(old, new):
    def change(writer):
        metadata = writer._root_object["/Metadata"]
        data = metadata.get_data()
        assert old in data
        metadata.set_data(data.replace(old, new))

    return change


def unembed(writer):
    resources = DictionaryObject(writer.pages[1]["/Resources"].get_object())
    resources[NameObject("/Font")] = writer._add_object(dictionary(Plain=plain_font()))
    writer.pages[1][NameObject("/Resources")] = resources
    shown = stream(b"BT /Plain 12 Tf 200 300 Td (A) Tj ET")
    writer.pages[1][NameObject("/Contents")] = writer._add_object(shown)


def plain_font():
    return dictionary(
        Type=NameObject("/Font"), Subtype=NameObject("/Type1"), BaseFont=NameObject("/Helvetica")
    )


def picture(side):
    data = stream(
        bytes(3 * 10 * 10),
        Type=NameObject("/XObject"),
        Subtype=NameObject("/Image"),
        Width=NumberObject(10),
        Height=NumberObject(10),
        ColorSpace=NameObject("/DeviceGray"),
        BitsPerComponent=NumberObject(8),
    )
    return paint(f"{side} 0 0 {side} 200 300 cm /P Do".encode(), XObject={"P": data})


def intent(writer):
    output_intent = writer._root_object["/OutputIntents"][0]
    output_intent[NameObject("/DestOutputProfile")] = writer._add_object(
        stream(srgb_profile(), N=NumberObject(3))
    )


def annotation(writer):
    note = dictionary(
        Type=NameObject("/Annot"), Subtype=NameObject("/Link"), Rect=array(100, 100, 200, 120)
    )
    writer.pages[1][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])


def script(writer):
    writer._root_object[NameObject("/OpenAction")] = dictionary(
        S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(1)")
    )


def group(space):
    form = stream(
        b"0 0 0 1 k 0 0 9 9 re f",
        Type=NameObject("/XObject"),
        Subtype=NameObject("/Form"),
        BBox=array(0, 0, 9, 9),
        Group=dictionary(
            S=NameObject("/Transparency"), CS=NameObject(space), I=BooleanObject(value=True)
        ),
    )
    return paint(b"1 0 0 1 200 300 cm /F Do", XObject={"F": form})


def state(data, **entries):
    return paint(data, ExtGState={"S": dictionary(**entries)})


def registration(writer):
    space = ArrayObject(
        [
            NameObject("/Separation"),
            NameObject("/All"),
            NameObject("/DeviceCMYK"),
            dictionary(
                FunctionType=NumberObject(2),
                Domain=array(0, 1),
                C0=array(0, 0, 0, 0),
                C1=array(1, 1, 1, 1),
                N=NumberObject(1),
            ),
        ]
    )
    paint(b"/R cs 1 scn 200 300 9 9 re f", ColorSpace={"R": space})(writer)


WIDTH, HEIGHT = 176 * MM, 250 * MM
DEFECTS = {
    "font": unembed,
    "trim-box": drop("/TrimBox"),
    "box-nesting": box("BleedBox", -99, -99, 999, 999),
    "bleed": box("BleedBox", 0, 0, WIDTH, HEIGHT),
    "device-rgb": paint(b"1 0 0 rg 200 300 9 9 re f"),
    "rich-black": text("0.6 0.5 0.5 1 k"),
    "total-ink": paint(b"1 1 1 0.5 k 200 300 9 9 re f"),
    "resolution": picture(10 / 299 * 72),
    "blend-space": group("/DeviceRGB"),
    "transparency": state(b"/S gs 200 300 9 9 re f", ca=FloatObject(0.5)),
    "annotation": annotation,
    "output-intent": drop("/OutputIntents", of="root"),
    "output-profile": intent,
    "actions": script,
    "trapped": lambda writer: (
        drop("/Trapped", of="info")(writer),
        xmp(b"<pdf:Trapped>False</pdf:Trapped>", b"")(writer),
    ),
    "identification": xmp(b"PDF/X-4", b"PDF/X-1"),
    "dates": xmp(b"<xmp:ModifyDate>2020", b"<xmp:ModifyDate>2021"),
    "title": lambda writer: (
        drop("/Title", of="info")(writer),
        xmp(b"dc:title", b"dc:other")(writer),
    ),
    "page-size": lambda writer: (
        box("TrimBox", 10, 0, WIDTH - 10, HEIGHT)(writer),
        box("BleedBox", 1, -8.5, WIDTH - 1, HEIGHT + 8.5)(writer),
    ),
    "hairline": paint(b"0.1 w 200 300 m 300 300 l S"),
    "registration-colour": registration,
    "overprint": state(
        b"/S gs 0 0 0 0 k 200 300 9 9 re f", op=BooleanObject(value=True), OPM=NumberObject(1)
    ),
    "edge": paint(b"0 0 0 0.3 k 0 300 90 9 re f"),
    "margin": lambda writer: paint(
        f"BT {next(iter(writer.pages[1]['/Resources']['/Font']))} 12 Tf 2 300 Td <0001> Tj ET".encode()
    )(writer),
    "forbidden": state(b"/S gs", TR=dictionary(FunctionType=NumberObject(2))),
    "content": paint(b"/Nothing Do"),
    "version": lambda writer: writer._root_object.update(
        {NameObject("/Version"): NameObject("/1.7")}
    ),
}
FAILING = frozenset(
    "font trim-box device-rgb rich-black total-ink annotation output-intent output-profile actions "
    "trapped identification dates title registration-colour overprint forbidden content "
    "box-nesting".split()
)
"""The defects that fail the verdict; the others are warnings or notes."""


def changed(data, change):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_is_reported_with_its_clause(sound, name):
    verdict = run_preflight(changed(sound, DEFECTS[name])).verdict
    findings = [finding for finding in verdict.findings if finding.clause == name]
    assert findings, [finding.message for finding in verdict.findings]
    assert all(finding.hint for finding in findings)
    assert verdict.passed == (name not in FAILING)
    file_wide = {
        "output-intent", "output-profile", "actions", "trapped", "identification", "dates", "title",
        "version",
    }  # fmt: skip
    assert findings[0].message.startswith("file: " if name in file_wide else "page 2")


def test_saving_a_file_again_is_no_defect(sound):
    assert clauses(changed(sound, lambda _: None)) <= {"identifier"}


def test_a_place_is_measured_from_the_upper_left_corner(sound):
    findings = run_preflight(changed(sound, DEFECTS["device-rgb"])).verdict.findings
    (message,) = [finding.message for finding in findings if finding.clause == "device-rgb"]
    across, down = 200 / MM, (HEIGHT - 309) / MM
    assert f"page 2, {across:.0f} mm from the left, {down:.0f} mm from the top" in message


def test_clipped_objects_are_ignored(sound):
    hidden = paint(b"0 0 9 9 re W n 1 0 0 rg 200 300 9 9 re f")
    assert "device-rgb" not in clauses(changed(sound, hidden))


def test_a_date_in_metadata_of_other_programs_is_read_once(sound):
    line_broken = changed(sound, xmp(b"</xmp:ModifyDate>", b"</xmp:ModifyDate>\n"))
    assert "dates" not in clauses(line_broken)


def test_a_shading_without_bounds_is_reported_on_the_page(sound):
    shading = dictionary(
        ShadingType=NumberObject(2),
        ColorSpace=NameObject("/DeviceRGB"),
        Coords=array(0, 0, 1, 0),
        Function=dictionary(
            FunctionType=NumberObject(2),
            Domain=array(0, 1),
            C0=array(1, 0, 0),
            C1=array(0, 0, 1),
            N=NumberObject(1),
        ),
    )
    data = changed(sound, paint(b"/A sh", Shading={"A": shading}))
    findings = run_preflight(data).verdict.findings
    (message,) = [finding.message for finding in findings if finding.clause == "device-rgb"]
    assert "page 2, -3 mm from the left, -3 mm from the top: a shading" in message


def test_another_profile_than_the_required_one_is_reported(sound, tmp_path):
    file = tmp_path / "other.icc"
    file.write_bytes(
        load_output_profile(NO_FILE).data.replace(b"Coated FOGRA39L", b"House paper 135")
    )
    assert clauses(sound, output_profile=load_output_profile(file)) == {"output-profile"}


def test_limits_can_be_set(sound):
    heavy = changed(sound, paint(b"1 1 0.9 0 k 200 300 9 9 re f"))
    assert "total-ink" not in clauses(heavy)
    assert "total-ink" in clauses(heavy, max_ink=2.5)
    coarse = changed(sound, picture(10 / 200 * 72))
    assert "resolution" in clauses(coarse)
    assert "resolution" not in clauses(coarse, min_resolution=150)
    assert "bleed" in clauses(sound, bleed=5 * MM)


def test_red_of_two_inks_is_no_rich_black(sound):
    assert clauses(changed(sound, text("0 1 1 0 k"))) == clauses(changed(sound, lambda _: None))


def test_many_findings_of_one_rule_are_counted(typeset):
    pages = "".join(f"<p style='break-before: page'>{n}</p>" for n in range(9))
    findings = run_preflight(typeset(pages, CSS, "archive").pdf).verdict.findings
    rgb_findings = [finding for finding in findings if finding.clause == "device-rgb"]
    assert len(rgb_findings) == 4
    assert "6 times more" in rgb_findings[-1].message
    assert all(finding.severity is Severity.ERROR for finding in rgb_findings)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.6\n%%EOF", b"a text", b"%PDF-1.6\n" + b"x" * 999])
def test_a_file_that_is_no_pdf_is_an_error_with_a_hint(data):
    with pytest.raises((VerificationError, UnsupportedFormatError)) as caught:
        run_preflight(data, output_profile=load_output_profile(NO_FILE))
    assert caught.value.hint


def test_a_damaged_file_is_verified_or_refused_and_prints_nothing(sound, capfd):
    for seed in range(400 if os.environ.get("PUBLISHER_FULL") else 40):
        dice = random.Random(seed)  # noqa: S311 - the same damage each time
        data = bytearray(sound)
        for _ in range(dice.choice((1, 3, 20))):
            offset = dice.randrange(len(data))
            del data[offset : offset + dice.choice((1, 1, 500))]
            data[offset:offset] = dice.randbytes(dice.choice((0, 1, 4)))
        with contextlib.suppress(VerificationError):
            run_preflight(bytes(data))
    assert capfd.readouterr() == ("", "")


def test_reading_stops_after_too_many_syntax_warnings():
    with capture_logs("pypdf", limit=3) as warnings:
        logger = logging.getLogger("pypdf.reader")
        for _ in range(3):
            logger.warning("again")
        with pytest.raises(TooManyWarningsError, match="3 warnings"):
            logger.warning("again")
    assert len(warnings) == 3


def test_an_encrypted_file_is_refused(sound):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(sound)))
    writer.encrypt("secret", algorithm="AES-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(SourceUnreadableError, match="encrypted"):
        run_preflight(out.getvalue())


def test_a_file_that_opens_without_a_password_is_judged(sound):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(sound)))
    writer.encrypt("", "owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    result = run_preflight(out.getvalue())
    assert "encryption" in {finding.clause for finding in result.verdict.findings}
    assert {name for page in result.pages for o in page.painted_objects for name in o.separations}


@pytest.mark.parametrize(
    "thin",
    [
        b"200 300 99 0.1 re f",
        b"0 0 0 1 k 200 300 99 99 re 200.1 300.1 98.8 98.8 re f*",
        b"200 300 99 0.1 re W n 190 290 200 200 re f",
    ],
)
def test_a_thin_filled_shape_is_a_line(sound, thin):
    assert "hairline" in clauses(changed(sound, paint(thin)))
    assert "hairline" not in clauses(changed(sound, paint(thin.replace(b"0.1", b"0.5"))))


def test_a_landscape_page_among_portrait_ones_is_reported(typeset):
    css = CSS + "@page wide { size: 250mm 176mm } h1 { page: wide; break-after: page }"
    assert "page-size" in clauses(typeset("<h1>题目</h1><p>正文</p>", css, "print").pdf)


# --- Defects that are hard to find, and harmless content ------------------------------------------------


def image(space, data, **entries):
    return stream(
        data,
        Type=NameObject("/XObject"),
        Subtype=NameObject("/Image"),
        Width=NumberObject(40),
        Height=NumberObject(40),
        ColorSpace=space,
        BitsPerComponent=NumberObject(8),
        **entries,
    )


def paint_image(picture):
    return paint(b"9 0 0 9 200 300 cm /P Do", XObject={"P": picture})


def names(*words):
    return ArrayObject([NameObject(f"/{word}") for word in words])


def spot(alternate):
    tint = dictionary(FunctionType=NumberObject(2), Domain=array(0, 1), N=NumberObject(1))
    return ArrayObject([*names("Separation", "Spot", alternate), tint])


def type3(writer):
    glyph = writer._add_object(stream(b"9 0 d0 1 0 0 rg 0 0 9 9 re f"))
    font = dictionary(
        Type=NameObject("/Font"),
        Subtype=NameObject("/Type3"),
        FontBBox=array(0, 0, 9, 9),
        FontMatrix=array(0.1, 0, 0, 0.1, 0, 0),
        FirstChar=NumberObject(97),
        LastChar=NumberObject(97),
        Widths=array(9),
        CharProcs=dictionary(a=glyph),
        Encoding=dictionary(Differences=ArrayObject([NumberObject(97), NameObject("/a")])),
    )
    paint(b"BT /T 9 Tf 200 300 Td (a) Tj ET", Font={"T": font})(writer)


HIDDEN = {
    "a font in resources with a type 3 font": (
        "font",
        paint(
            b"BT /Q 12 Tf 200 300 Td (A) Tj ET",
            Font={"Q": plain_font(), "R": dictionary(Subtype=NameObject("/Type3"))},
        ),
    ),
    "DeviceRGB in a type 3 glyph": ("device-rgb", type3),
    "DeviceRGB as alternate of a spot colour": (
        "device-rgb",
        paint(b"/S cs 1 scn 200 300 9 9 re f", ColorSpace={"S": spot("DeviceRGB")}),
    ),
    "DeviceRGB in an indexed space": (
        "device-rgb",
        paint_image(
            image(
                ArrayObject(
                    [
                        *names("Indexed", "DeviceRGB"),
                        NumberObject(1),
                        TextStringObject("\0\0\0\1\1\1"),
                    ]
                ),
                bytes(1600),
            )
        ),
    ),
    "too much ink in an indexed space": (
        "total-ink",
        paint_image(
            image(
                ArrayObject(
                    [
                        *names("Indexed", "DeviceCMYK"),
                        NumberObject(0),
                        ByteStringObject(b"\xff" * 4),
                    ]
                ),
                bytes(1600),
            )
        ),
    ),
    "a picture that is broken": (
        "picture",
        paint_image(image(NameObject("/DeviceCMYK"), b"", Filter=NameObject("/DCTDecode"))),
    ),
    "an external stream": (
        "forbidden",
        paint_image(image(NameObject("/DeviceGray"), b"", F=TextStringObject("other.bin"))),
    ),
    "dark type in Lab": (
        "rich-black",
        lambda writer: paint(
            f"/L cs 5 0 0 scn BT {next(iter(writer.pages[1]['/Resources']['/Font']))} 12 Tf "
            "200 300 Td <0001> Tj ET".encode(),
            ColorSpace={
                "L": ArrayObject([NameObject("/Lab"), dictionary(WhitePoint=array(0.96, 1, 0.82))])
            },
        )(writer),
    ),
    "titles that differ": ("title", xmp("题目".encode(), "别的".encode())),
    "Trapped twice with two values": ("trapped", xmp(b"Trapped>False", b"Trapped>True")),
    "no identifier": ("identifier", xmp(b"xmpMM:DocumentID", b"xmpMM:Something")),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_defects_are_found(sound, name):
    clause, change = HIDDEN[name]
    assert clause in clauses(changed(sound, change))


def form(data, **entries):
    return stream(
        data,
        Type=NameObject("/XObject"),
        Subtype=NameObject("/Form"),
        BBox=array(0, 0, 9, 9),
        **entries,
    )


HARMLESS = {
    "DeviceRGB with a default space": paint(
        b"1 0 0 rg 200 300 9 9 re f",
        ColorSpace={
            "DefaultRGB": ArrayObject(
                [NameObject("/ICCBased"), stream(srgb_profile(), N=NumberObject(3))]
            )
        },
    ),
    "content outside the box of a form": paint(
        b"1 0 0 1 200 300 cm /F Do", XObject={"F": form(b"1 0 0 rg 20 20 9 9 re f")}
    ),
    "white that knocks out": state(
        b"/S gs 0 0 0 0 k 200 300 9 9 re f", op=BooleanObject(value=True)
    ),
    "a tagged pattern": paint(
        b"/P <</MCID 999>> BDC /Pattern cs /T scn 200 300 9 9 re f EMC",
        Pattern={
            "T": stream(
                b"0 0 0 1 k 0 0 4 4 re f",
                PatternType=NumberObject(1),
                PaintType=NumberObject(1),
                TilingType=NumberObject(1),
                BBox=array(0, 0, 9, 9),
                XStep=NumberObject(9),
                YStep=NumberObject(9),
                Resources=dictionary(),
            )
        },
    ),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless_content_is_no_defect(sound, name):
    assert clauses(changed(sound, HARMLESS[name])) <= {"edge"}


def test_a_page_in_another_unit_is_measured_in_points(sound):
    def change(writer):
        writer.pages[1][NameObject("/UserUnit")] = FloatObject(10)
        picture(10 / 302 * 72)(writer)

    result = run_preflight(changed(sound, change))
    assert "resolution" in {finding.clause for finding in result.verdict.findings}
    assert result.pages[1].trim[2] == pytest.approx(10 * WIDTH, abs=1)


@pytest.mark.parametrize("bomb", [b"q " * 5_000, b"0 0 9 9 re f " * 5_000])
def test_a_bomb_is_a_finding(sound, bomb, monkeypatch):
    monkeypatch.setattr(object_collector, "MAX_OBJECTS_PER_PAGE", 4_000)
    assert "content" in clauses(changed(sound, paint(bomb)))


def test_shared_resources_are_searched_for_fonts_once(sound):
    def change(writer):
        shared = dictionary()
        shared[NameObject("/XObject")] = dictionary(
            **{f"F{n}": writer._add_object(form(b"", Resources=shared)) for n in range(9)}
        )
        paint(b"", XObject={"F": form(b"", Resources=writer._add_object(shared))})(writer)

    assert clauses(changed(sound, change)) == clauses(changed(sound, lambda _: None))
