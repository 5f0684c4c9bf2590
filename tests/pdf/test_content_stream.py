"""Content streams: glyph positions, marked content, form XObjects."""

import shutil
import subprocess
from itertools import pairwise
from math import cos, pi, sin

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, FloatObject, NameObject, TextStringObject

from publisher.pdf.content_stream import MAX_FORM_DEPTH, glyph_runs
from publisher.pdf.geometry import multiply
from publisher.pdf.syntax import ContentError
from publisher.system.resources import font_file_folders
from tests.work import counted_calls

from .pypdf_objects import dictionary, numbers, stream

SIMPLE = dictionary(
    Subtype=NameObject("/TrueType"),
    BaseFont=NameObject("/ABCDEF+Simple"),
    Encoding=NameObject("/WinAnsiEncoding"),
    FirstChar=FloatObject(32),
    Widths=numbers(250, *[500] * 94),
)
RESOURCES = dictionary(Font=dictionary(S=SIMPLE))


def runs(data, resources=RESOURCES):
    return glyph_runs(stream(data), resources)


def positions(data, resources=RESOURCES):
    return [
        (text, round(x, 4), round(y, 4))
        for run in runs(data, resources)
        for text, x, y in zip(run.characters, run.xs, run.ys, strict=True)
    ]


# --- Positions ---


def test_every_operator_that_moves_text():
    assert positions(
        b"BT /S 10 Tf 12 TL 5 700 Td (a) Tj 100 -20 TD (b) Tj T* (c) Tj (d) ' 1 2 (e f) \" ET"
    ) == [
        ("a", 5, 700), ("b", 105, 680), ("c", 105, 660), ("d", 105, 640),
        ("e", 105, 620), (" ", 112, 620), ("f", 117.5, 620),
    ]  # fmt: skip


def test_spacing_scale_and_rise():
    assert positions(b"BT /S 10 Tf 1 Tc 3 Tw 200 Tz 4 Ts (a b) Tj 0 Tc 0 Tw [-500(c)] TJ ET") == [
        ("a", 0, 4), (" ", 12, 4), ("b", 25, 4), ("c", 47, 4),
    ]  # fmt: skip


def test_matrices_nest_and_are_restored():
    data = b"q 2 0 0 2 10 20 cm BT /S 10 Tf 1 0 0 1 5 5 Tm (ab) Tj ET Q BT /S 10 Tf (c) Tj ET"
    assert positions(data) == [("a", 20, 30), ("b", 30, 30), ("c", 0, 0)]
    assert [run.size for run in runs(data)] == [20, 10]


def test_glyphs_of_a_rotated_line_follow_its_baseline():
    angle = pi / 6
    matrix = f"{cos(angle):.6f} {sin(angle):.6f} {-sin(angle):.6f} {cos(angle):.6f} 0 0 Tm"
    ((*_, run),) = [runs(f"BT /S 10 Tf {matrix} (ab) Tj ET".encode())]
    assert run.xs[1] == pytest.approx(5 * cos(angle), abs=1e-4)
    assert run.ys[1] == pytest.approx(5 * sin(angle), abs=1e-4)
    assert run.advances == pytest.approx((5, 5), abs=1e-4)


def test_the_text_state_is_saved_with_q_and_the_text_matrix_is_not():
    assert positions(b"BT /S 10 Tf q /S 20 Tf (a) Tj Q (b) Tj ET") == [("a", 0, 0), ("b", 10, 0)]


def test_multiply_applies_the_first_matrix_first():
    assert multiply((2, 0, 0, 2, 0, 0), (1, 0, 0, 1, 5, 6)) == (2, 0, 0, 2, 5, 6)


def test_a_graphics_state_dictionary_can_select_the_font():
    resources = dictionary(
        ExtGState=dictionary(G=dictionary(Font=ArrayObject([SIMPLE, FloatObject(8)])))
    )
    assert [run.size for run in runs(b"/G gs BT (a) Tj ET", resources)] == [8]


def test_the_render_mode_of_each_run():
    assert [r.render_mode for r in runs(b"BT /S 9 Tf 3 Tr (a) Tj 0 Tr (b) Tj ET")] == [3, 0]


# --- Marked content ---


def test_the_stack_of_marked_content():
    resources = dictionary(
        Font=dictionary(S=SIMPLE),
        Properties=dictionary(P0=dictionary(ActualText=TextStringObject("甲"))),
    )
    first, second, third = runs(
        b"BT /S 9 Tf /P <</MCID 4/Lang (zh)>> BDC /Span /P0 BDC (a) Tj EMC (b) Tj EMC"
        b"/Artifact <</Type/Pagination/Subtype/Header>> BDC (c) Tj EMC ET",
        resources,
    )
    assert (first.mcid, first.language, first.replacement.actual_text) == (4, "zh", "甲")
    assert (second.mcid, second.replacement, second.artifact) == (4, None, None)
    assert (third.mcid, third.artifact.type, third.artifact.subtype) == (
        None, "Pagination", "Header",
    )  # fmt: skip


def test_actual_text_without_glyphs_is_not_lost():
    (run,) = runs(b"/P <</MCID 0>> BDC /Span <</ActualText (x)>> BDC EMC EMC")
    assert (run.text, run.mcid, run.replacement.actual_text) == ("", 0, "x")


def test_a_form_is_painted_in_its_own_space():
    form = stream(
        b"/Span <</MCID 0>> BDC BT /S 10 Tf (ab) Tj ET EMC",
        Subtype=NameObject("/Form"),
        Matrix=numbers(1, 0, 0, 1, 100, 50),
        Resources=RESOURCES,
    )
    resources = dictionary(XObject=dictionary(X=form), Font=RESOURCES["/Font"])
    inner, outer = runs(
        b"q 2 0 0 2 0 0 cm /P <</MCID 7>> BDC /X Do EMC Q BT /S 10 Tf (c) Tj ET", resources
    )
    assert (inner.xs, inner.ys) == ((200, 210), (100, 100))
    assert [(s.mcid, s.stream != 0) for s in inner.sequences] == [(7, False), (0, True)]
    assert outer.xs == (0,)


def test_a_form_that_contains_itself_is_an_error():
    form = stream(b"/X Do", Subtype=NameObject("/Form"))
    resources = dictionary(XObject=dictionary(X=form))
    with pytest.raises(ContentError, match="itself"):
        runs(b"/X Do", resources)


def test_exponentially_nested_forms_are_an_error_and_no_hang():
    form = stream(b" " * 50_000, Subtype=NameObject("/Form"))
    for _ in range(MAX_FORM_DEPTH - 1):
        form = stream(
            b"/X Do " * 100,
            Subtype=NameObject("/Form"),
            Resources=dictionary(XObject=dictionary(X=form)),
        )
    with counted_calls() as work, pytest.raises(ContentError, match="larger"):
        runs(b"/X Do", dictionary(XObject=dictionary(X=form)))
    assert work.calls < 10_000_000


@pytest.mark.parametrize(
    "data", [b"Q", b"EMC", b"BT (a) Tj ET", b"(a) Tf", b"/No 9 Tf", b"/S 9 Tf [/A] TJ", b"1 2 cm"]
)
def test_malformed_content_is_an_error(data):
    with pytest.raises(ContentError):
        runs(data)


# --- WeasyPrint, with a font of the toolkit: the system may have none for Chinese ---

PAGE = "@page{size:A5;margin:1.5cm}body{font:10.5pt/1.8 Fang,'DejaVu Serif'}"
BODY = """<h1>政府工作报告</h1><p>{}</p><p style="letter-spacing:2pt">二〇一八年度</p>
<table><tr><th rowspan=2>项目<th colspan=2>金额<tr><td>12.5<td>6.8%</table>
<ul><li>第一<li>第二</ul><p><a href="https://example.org/">链接</a></p><p style="opacity:.5">透明</p>
<svg width="80" height="40" viewBox="0 0 80 40"><text x="5" y="20">图</text></svg>
""".format("全区实现地区生产总值1234.5亿元，同比增长6.8%。" * 60)


@pytest.fixture(scope="module")
def typeset_file(tmp_path_factory):
    weasyprint = pytest.importorskip("weasyprint")
    path = tmp_path_factory.mktemp("content") / "report.pdf"
    files = (folder / "FandolFang-Regular.otf" for folder in font_file_folders())
    if not (file := next((file for file in files if file.exists()), None)):
        pytest.skip("FandolFang is not installed; 'publisher fonts install' installs it")
    face = f"@font-face{{font-family:Fang;src:url({file.as_uri()})}}"
    html = f"<html lang=zh-Hans><title>报告</title><style>{face}{PAGE}</style>{BODY}"
    weasyprint.HTML(string=html).write_pdf(path, pdf_tags=True)
    return path


def read(path):
    fonts = {}
    return [
        glyph_runs(page.get("/Contents"), page.get("/Resources"), fonts=fonts)
        for page in PdfReader(path).pages
    ]


@pytest.mark.typeset
@pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler's pdftotext is not installed"
)
def test_the_text_equals_that_of_poppler(typeset_file):
    poppler_text = subprocess.run(
        ["pdftotext", "-raw", typeset_file, "-"], check=True, capture_output=True
    ).stdout.decode()
    text = "".join(run.text for page in read(typeset_file) for run in page)
    assert "".join(text.split()) == "".join(poppler_text.split())


@pytest.mark.typeset
@pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler's pdftotext is not installed"
)
def test_positions_equal_those_of_poppler(typeset_file):
    boxes = subprocess.run(
        ["pdftotext", "-bbox", typeset_file, "-"], check=True, capture_output=True
    ).stdout.decode()
    left = float(boxes.split('xMin="')[1].split('"')[0])
    right = float(boxes.split('xMax="')[1].split('"')[0])
    (first, *_), *_ = read(typeset_file)
    assert first.text == "政府工作报告"
    assert (first.xs[0], first.right) == pytest.approx((left, right), abs=0.01)


@pytest.mark.typeset
def test_letter_spaced_glyphs_advance_by_the_spacing(typeset_file):
    (run,) = (r for page in read(typeset_file) for r in page if r.text == "二〇一八年度")
    steps = [after - before for before, after in pairwise(run.xs)]
    assert steps == pytest.approx([12.5] * 5, abs=0.03)  # WeasyPrint rounds TJ to 1/1000 em
    assert run.advances == pytest.approx([10.5] * 6)


@pytest.mark.typeset
def test_every_glyph_has_a_unicode_value(typeset_file):
    assert sum(run.unmapped for page in read(typeset_file) for run in page) == 0
