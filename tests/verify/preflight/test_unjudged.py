"""Preflight judges what a page paints, or says that it could not; sound files have no false errors."""

import io

import pytest
from PIL import Image

from publisher.verify.preflight.inspection import preflight
from publisher.verify.preflight.requirements import PrintRequirements
from publisher.verify.preflight.shading_colours import UnjudgedShadingError, shading_colours
from tests.pdf.raw_file import raw_page, raw_pdf, raw_stream

HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
WIDE = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 65/LastChar 65/Widths[667]>>"
SAMPLED = b"/FunctionType 0/Domain[0 1]/Range[0 1 0 1 0 1 0 1]/Size[2]/BitsPerSample 8"
DISTILLER = (
    b"/CIDInit /ProcSet findresource begin\r12 dict begin\rbegincmap\r/CIDSystemInfo <<\r"
    b"/Registry (Own+0) def\r/Ordering (T1UV) def\r/Supplement 0 def\r>> def\r"
    b"1 begincodespacerange\r<00> <ff>\rendcodespacerange\r1 beginbfrange\r<41> <41> <0041>\r"
    b"endbfrange\rendcmap end end\r"
)
LINE = b"0 0 0 1 k 50 50 m 250 50 l S"


def judged(content, resources=b"", *objects, entries=b""):
    """Preflight a page; more objects have the numbers from 5 on."""
    data = raw_pdf(raw_page(resources, entries), raw_stream(content), *objects)
    result = preflight(data, PrintRequirements(bleed=0), version="")
    page = result.pages[0]
    page_findings = [item for item in result.verdict.findings if item.message.startswith("page ")]
    inks = {name for painted in page.painted_objects for name in painted.separations}
    return {item.clause for item in page_findings} - {"trim-box"}, inks, page_findings


def clauses(*arguments, **options):
    return judged(*arguments, **options)[0]


# --- Judged, or said not to be ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"1 0 0 rg q 99 0 0 99 50 50 cm /I Do Q",
        b"1 0 0 rg q 99 0 0 99 50 50 cm BI /W 8 /H 1 /IM true ID \xaa EI Q",
    ],
)
def test_the_colour_of_a_stencil_mask_is_judged(content):
    mask = raw_stream(b"\xaa", b"/Subtype/Image/Width 8/Height 1/ImageMask true")
    reported, inks, _ = judged(content, b"/XObject<</I 5 0 R>>", mask)
    assert "device-rgb" in reported
    assert "Magenta" in inks
    in_cmyk = content.replace(b"1 0 0 rg", b"0 1 0 0 k")
    assert "device-rgb" not in clauses(in_cmyk, b"/XObject<</I 5 0 R>>", mask)


def jpeg_2000(mode, *, raw=False):
    out = io.BytesIO()
    colour = {"RGB": (200, 0, 0), "L": 80}[mode]
    Image.new(mode, (8, 8), colour).save(out, "JPEG2000", no_jp2=raw)
    return raw_stream(out.getvalue(), b"/Subtype/Image/Width 8/Height 8/Filter/JPXDecode")


def test_jpeg_2000_without_a_colour_space_is_judged_by_its_own():
    show = b"q 1 0 0 1 50 50 cm /I Do Q"
    reported, inks, _ = judged(show, b"/XObject<</I 5 0 R>>", jpeg_2000("RGB"))
    assert {"Magenta", "Yellow"} <= inks
    assert "picture" not in reported
    reported, inks, _ = judged(show, b"/XObject<</I 5 0 R>>", jpeg_2000("L"))
    assert inks == {"Black"}
    assert "picture" in clauses(show, b"/XObject<</I 5 0 R>>", jpeg_2000("RGB", raw=True))
    damaged = raw_stream(
        b"colr\1\0\0\0\0\0\x10", b"/Subtype/Image/Width 8/Height 8/Filter/JPXDecode"
    )
    assert "picture" in clauses(show, b"/XObject<</I 5 0 R>>", damaged)
    without = raw_stream(bytes(64), b"/Subtype/Image/Width 8/Height 8/BitsPerComponent 8")
    assert "picture" in clauses(show, b"/XObject<</I 5 0 R>>", without)


@pytest.mark.parametrize(
    "picture_filter", [b"/CCITTFaxDecode", b"[/CCITTFaxDecode]", b"/JBIG2Decode"]
)
@pytest.mark.parametrize(
    ("space", "expected"),
    [(b"/DeviceGray", {"Black"}), (b"[/Separation/Gold/DeviceGray 6 0 R]", {"Gold"})],
)
def test_pictures_of_two_colours_are_judged_without_their_pixels(picture_filter, space, expected):
    entries = b"/Subtype/Image/Width 8/Height 8/BitsPerComponent 1/Filter " + picture_filter
    parameters = b"/DecodeParms<</K -1/EncodedByteAlign true/Columns 8>>/ColorSpace"
    picture = raw_stream(b"no decoder reads this", entries + parameters + space)
    tint = b"<</FunctionType 2/Domain[0 1]/N 1>>"
    show = b"q 99 0 0 99 50 50 cm /I Do Q"
    reported, inks, _ = judged(show, b"/XObject<</I 5 0 R>>", picture, tint)
    assert (inks, "picture" in reported) == (expected, False)


def test_a_sampled_shading_is_judged():
    function = raw_stream(b"\xff\xff\xff\xff\0\0\0\0", SAMPLED)
    shading = b"<</ShadingType 2/ColorSpace/DeviceCMYK/Coords[0 0 1 0]/Function 6 0 R>>"
    reported, inks, _ = judged(b"/S sh", b"/Shading<</S 5 0 R>>", shading, function)
    assert inks == {"Cyan", "Magenta", "Yellow", "Black"}
    assert "total-ink" in reported
    assert "unjudged" not in reported


@pytest.mark.parametrize(
    ("kind", "function"),
    [
        (b"/ShadingType 2", b"/Function<</FunctionType 4/Domain[0 1]/Range[0 1 0 1 0 1]>>"),
        (b"/ShadingType 1", b"/Function<</FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]>>"),
        (b"/ShadingType 2", b""),
        (
            b"/ShadingType 4/BitsPerCoordinate 8/BitsPerComponent 8/BitsPerFlag 8/Decode[0 1 0 1]",
            b"",
        ),
    ],
)
def test_a_shading_that_is_not_computed_is_a_finding(kind, function):
    shading = raw_stream(b"", kind + b"/ColorSpace/DeviceCMYK/Coords[0 0 1 0]" + function)
    assert "unjudged" in clauses(b"/S sh", b"/Shading<</S 5 0 R>>", shading)


def test_functions_of_shadings():
    def colours(**entries):
        keys = {f"/{key}": value for key, value in entries.items()}
        return shading_colours(keys, 1)

    exponential = {"/FunctionType": 2, "/N": 1, "/Domain": [0, 1], "/C0": [1], "/C1": [0]}
    assert colours(Function=exponential)[0] == (1.0,)
    assert colours(Function=exponential)[-1] == (0.0,)
    assert colours(Function={"/FunctionType": 2, "/N": 1})[-1] == (1.0,), "C0 and C1 by default"
    stitched = {
        "/FunctionType": 3, "/Domain": [0, 1], "/Bounds": [0.5], "/Encode": [0, 1, 1, 0],
        "/Functions": [exponential, exponential],
    }  # fmt: skip
    values = [colour for (colour,) in colours(Function=stitched)]
    assert values[0] == values[-1] == 1.0
    assert min(values) == 0.0
    nested = {"/FunctionType": 3, "/Domain": [0, 1], "/Bounds": [], "/Encode": [0, 1]}
    nested["/Functions"] = [nested]
    with pytest.raises(UnjudgedShadingError):
        colours(Function=nested)


def test_an_inline_picture_is_judged_by_its_palette_or_is_a_finding():
    show = b"q 9 0 0 9 50 50 cm BI /W 1 /H 1 /BPC 8 %b ID \0 EI Q"
    assert "picture" in clauses(show % b"/CS /CMYK")
    reported, inks, _ = judged(show % b"/CS [/I /CMYK 0 <00ff0000>]")
    assert "picture" not in reported
    assert inks == {"Magenta"}


def test_text_in_a_font_without_widths_is_seen():
    show = b"BT /F 40 Tf 1 0 0 rg 50 200 Td (A) Tj ET"
    reported, inks, _ = judged(show, b"/Font<</F 5 0 R>>", HELVETICA)
    assert {"device-rgb", "unjudged", "font"} <= reported
    assert "Magenta" in inks
    assert "unjudged" not in clauses(show, b"/Font<</F 5 0 R>>", WIDE)


@pytest.mark.parametrize("size", [b"-40", b"40 Tf 0 Tz /F 40"])
def test_mirrored_and_narrow_text_is_seen(size):
    show = b"BT /F %b Tf 1 0 0 rg 50 200 Td (A) Tj ET" % size
    assert "device-rgb" in clauses(show, b"/Font<</F 5 0 R>>", WIDE)


@pytest.mark.parametrize(
    "rest", [b"(no end", b"[1 2", b"<< /A 1", b"] 1 0 0 rg", b"BI /W 1 ID no end"]
)
def test_content_that_breaks_off_is_an_error_and_says_so(rest):
    reported, inks, findings = judged(b"0 1 0 0 k 50 50 99 99 re f " + rest)
    assert "content" in reported
    assert inks == {"Magenta"}
    assert any("the rest is not judged" in item.message for item in findings)


@pytest.mark.parametrize("broken", [b"/Nothing Do", b"/Nothing gs", b"(x) cm", b"/N sh", b"(a) Tj"])
def test_a_page_goes_on_after_an_operator_that_cannot_be_executed(broken):
    reported, _, findings = judged(broken + b" 1 0 0 rg 50 50 99 99 re f")
    assert {"content", "device-rgb"} <= reported
    assert any("is not judged" in item.message for item in findings)


def test_a_form_that_breaks_off_leaves_the_state_as_it_was():
    form = raw_stream(b"q 9 0 0 9 0 0 cm 0 g (no end", b"/Subtype/Form/BBox[0 0 99 99]")
    reported, inks, _ = judged(b"0 1 0 0 k /X Do 50 50 99 99 re f", b"/XObject<</X 5 0 R>>", form)
    assert "content" in reported
    assert inks == {"Magenta"}


@pytest.mark.parametrize(
    "space", [b"[/Indexed 5 0 R 255 <00>]", b"[/Pattern 5 0 R]", b"[/Separation/A 5 0 R 6 0 R]"]
)
def test_a_colour_space_based_on_itself_is_not_known(space):
    reported, _, _ = judged(
        b"/C cs 0 sc 50 50 99 99 re f", b"/ColorSpace<</C 5 0 R>>", space, b"null"
    )
    assert "content" not in reported


def test_an_unknown_colour_space_is_a_finding():
    unknown = b"/C cs 1 sc 50 50 99 99 re f"
    assert "unjudged" in clauses(unknown, b"/ColorSpace<</C[/CalCMYK<<>>]>>")
    assert "unjudged" in clauses(unknown)


# --- No false errors -------------------------------------------------------------------------------


OVERPRINT = b"/ExtGState<</O<</OP true/op true/OPM 1>>/Z<</OP true/op true/OPM 0>>/S<</OP true/op false/OPM 1>>>>"


@pytest.mark.parametrize(
    ("content", "disappears"),
    [
        (b"/O gs 1 g 60 60 50 50 re f", False),
        (b"/O gs 1 1 1 rg 60 60 50 50 re f", False),
        (b"/O gs 0 0 0 0 k 60 60 50 50 re f", True),
        (b"/Z gs 0 0 0 0 k 60 60 50 50 re f", False),
        (b"/S gs 0 0 0 0 k 60 60 50 50 re f", False),
        (b"/S gs 0 0 0 0 K 60 60 50 50 re S", True),
        (b"/O gs /Pattern cs /P scn 60 60 50 50 re f", False),
    ],
)
def test_white_knocks_out_but_in_device_cmyk_under_overprint_mode_1(content, disappears):
    cell = raw_stream(
        b"0 0 0 1 k 0 0 9 9 re f", b"/PatternType 1/PaintType 1/BBox[0 0 9 9]/XStep 9/YStep 9"
    )
    reported = clauses(
        b"1 0 0 0 k 50 50 99 99 re f " + content, OVERPRINT + b"/Pattern<</P 5 0 R>>", cell
    )
    assert ("overprint" in reported) is disappears


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (b"0 0 0 1 k 50 50 99 99 re f", False),
        (b"BT /F 40 Tf 50 200 Td ET", False),
        (b"BT /F 40 Tf 3 Tr 50 200 Td (A) Tj ET", False),
        (b"BT /F 40 Tf 50 200 Td () Tj ET", False),
        (b"BT /F 40 Tf 50 200 Td (A) Tj ET", True),
        (b"BT /F 40 Tf 1 Tr 50 200 Td (A) Tj ET", True),
        (b"BT /F 40 Tf 50 200 Td (A) Tj ET ]", True),
        (b"0 g ]", True),
    ],
)
def test_only_fonts_of_painted_glyphs_must_be_embedded(content, shown):
    assert ("font" in clauses(content, b"/Font<</F 5 0 R>>", WIDE)) is shown


def test_a_font_in_a_form_and_in_a_pattern_must_be_embedded():
    show = b"BT /F 4 Tf 0 0 Td (A) Tj ET"
    form = raw_stream(show, b"/Subtype/Form/BBox[0 0 99 99]/Resources<</Font<</F 6 0 R>>>>")
    assert "font" in clauses(b"/X Do", b"/XObject<</X 5 0 R>>", form, WIDE)
    cell = raw_stream(
        show,
        b"/PatternType 1/PaintType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<</Font<</F 6 0 R>>>>",
    )
    paint = b"/Pattern cs /P scn 50 50 99 99 re f"
    assert "font" in clauses(paint, b"/Pattern<</P 5 0 R>>", cell, WIDE)


def test_the_group_of_a_mask_is_not_blended():
    mask = raw_stream(
        b"1 g 0 0 300 300 re f",
        b"/Subtype/Form/BBox[0 0 300 300]/Group<</S/Transparency/CS/DeviceGray>>",
    )
    state = b"/ExtGState<</M<</SMask<</S/Luminosity/G 5 0 R>>>>>>"
    assert "blend-space" not in clauses(b"/M gs 0 1 0 0 k 50 50 99 99 re f", state, mask)
    blended = b"/Group<</S/Transparency/CS/DeviceRGB>>"
    assert "blend-space" in clauses(b"0 g 50 50 99 99 re f", entries=blended)


def test_a_cell_of_a_pattern_is_not_at_a_place_of_the_page():
    cell = raw_stream(
        b"0 1 0 0 k 0 0 300 300 re f BT /F 4 Tf 1 1 Td (A) Tj ET",
        b"/PatternType 1/PaintType 1/BBox[0 0 300 300]/XStep 300/YStep 300/Matrix[.1 0 0 .1 0 0]"
        b"/Resources<</Font<</F 6 0 R>>>>",
    )
    resources = b"/Pattern<</P 5 0 R>>"
    paint = b"/Pattern cs /P scn 50 50 99 99 re f"
    data = raw_pdf(raw_page(resources, b"/TrimBox[9 9 290 290]"), raw_stream(paint), cell, WIDE)
    result = preflight(data, PrintRequirements(bleed=9), version="")
    assert not {"margin", "edge"} & {item.clause for item in result.verdict.findings}
    assert "Magenta" in {n for o in result.pages[0].painted_objects for n in o.separations}


def test_a_cell_of_a_pattern_is_scaled_by_its_matrix():
    cell = b"/PatternType 1/PaintType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Matrix[%b 0 0 %b 0 0]"
    paint = b"9 0 0 9 0 0 cm /Pattern cs /P scn 5 5 9 9 re f"
    for scale, thin in ((b".1", True), (b"1", False)):
        pattern = raw_stream(b"0 0 0 1 k " + LINE, cell % (scale, scale))
        assert ("hairline" in clauses(paint, b"/Pattern<</P 5 0 R>>", pattern)) is thin


def test_the_cell_of_an_uncoloured_pattern_has_the_current_colour():
    cell = raw_stream(
        b"0 g 0 0 9 9 re f", b"/PatternType 1/PaintType 2/BBox[0 0 9 9]/XStep 9/YStep 9"
    )
    resources = b"/ColorSpace<</C[/Pattern/DeviceCMYK]>>/Pattern<</P 5 0 R>>"
    _, inks, _ = judged(b"/C cs 0 1 0 0 /P scn 50 50 99 99 re f", resources, cell)
    assert inks == {"Magenta"}


@pytest.mark.parametrize("operator", [b"S", b"f", b"B"])
def test_a_point_alone_paints_nothing(operator):
    assert clauses(b"1 0 0 RG 0 1 0 rg 50 50 m " + operator) == set()
    assert "device-rgb" in clauses(b"1 0 0 RG 0 1 0 rg 50 50 m 60 60 l " + operator)


def test_a_line_of_no_width_is_a_hairline():
    assert "hairline" in clauses(b"0 w " + LINE)
    assert "hairline" in clauses(b"0.1 w " + LINE)
    assert "hairline" not in clauses(b"1 w " + LINE)


@pytest.mark.parametrize("cmap", [DISTILLER, b"(no end", b"] ]", b"1 beginbfrange <00> endbfrange"])
def test_a_to_unicode_never_stops_a_page(cmap):
    font = WIDE[:-2] + b"/ToUnicode 6 0 R>>"
    content = b"BT /F 40 Tf 50 200 Td (A) Tj ET 1 0 0 rg 50 50 99 99 re f"
    reported = clauses(content, b"/Font<</F 5 0 R>>", font, raw_stream(cmap))
    assert "device-rgb" in reported
    assert "content" not in reported


@pytest.mark.parametrize("width", [b"9 0 d0 ", b"9 0 0 0 9 9 d1 "])
@pytest.mark.parametrize("own", [b"", b"/Resources<</Font<</G 7 0 R/H 8 0 R>>>>"])
def test_a_font_in_the_glyph_of_a_font_must_be_embedded(width, own):
    head = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 65"
    rest = b"/LastChar 65/Widths[9]/Encoding<</Differences[65/A]>>/CharProcs<</A %d 0 R>>"
    outer, inner = (head + rest % number + own + b">>" for number in (6, 9))
    objects = (
        outer,
        raw_stream(width + b"BT /G 1 Tf (A) Tj ET"),
        inner,
        WIDE,
        raw_stream(width + b"BT /H 1 Tf (A) Tj ET"),
    )
    page_fonts = b"/Font<</F 5 0 R/G 7 0 R/H 8 0 R>>"
    assert "font" in clauses(b"BT /F 40 Tf 50 200 Td (A) Tj ET", page_fonts, *objects)
    assert "font" not in clauses(b"BT /F 40 Tf ET", page_fonts, *objects)


def test_a_glyph_that_takes_the_colour_of_the_text_has_none_of_its_own():
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 65"
        b"/LastChar 65/Widths[9]/CharProcs<</a 6 0 R>>/Encoding<</Differences[65/a]>>>>"
    )
    show = b"0 0 0 1 k BT /F 9 Tf 50 200 Td (A) Tj ET"
    for begin, coloured in ((b"9 0 0 0 9 9 d1", False), (b"9 0 d0", True)):
        glyph = raw_stream(begin + b" 1 0 0 rg 0 0 9 9 re f")
        assert ("device-rgb" in clauses(show, b"/Font<</F 5 0 R>>", font, glyph)) is coloured


def test_restoring_without_saving_has_no_effect():
    assert clauses(b"Q Q EMC 0 0 0 1 k 50 50 99 99 re f") == set()


# --- The shared cases ------------------------------------------------------------------------------


@pytest.mark.shared
@pytest.mark.parametrize(
    ("case", "present", "absent"),
    [
        ("stencil-devicergb", {"device-rgb"}, set()),
        ("overprint-gray-white", set(), {"overprint"}),
        ("overprint-cmyk-white", {"overprint"}, set()),
        ("font-named-not-used", set(), {"font"}),
        ("ocr-invisible-font", set(), {"font"}),
        ("helvetica-rgb-text", {"device-rgb"}, set()),
        ("distiller-cmap", {"device-rgb"}, {"content"}),
        ("nul-after-name", {"device-rgb"}, {"content"}),
        ("wrong-adler", {"resolution"}, {"content"}),
        ("empty-flate-page", set(), {"content"}),
        ("jpx-rgb-without-colorspace", set(), {"device-rgb"}),
    ],
)
def test_shared_cases(case, present, absent, shared):
    data = (shared / "cases" / "pdfs" / f"{case}.pdf").read_bytes()
    result = preflight(data, PrintRequirements(), version="")
    reported = {item.clause for item in result.verdict.findings}
    assert present <= reported
    assert not absent & reported
    if case.startswith("jpx"):
        assert {n for o in result.pages[0].painted_objects for n in o.separations}


def test_a_border_on_one_side_has_no_width_on_the_others():
    """The edges of the two rectangles differ by rounding where there is no border."""
    frame = b"0 g 100 100 300 30 re 100 100.00001 300 %s re f*"
    assert "hairline" not in clauses(frame % b"29.3")
    assert "hairline" in clauses(frame % b"29.9")
