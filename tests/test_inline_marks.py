"""Inline marks from each format to the page, its tags and its text: nothing is flattened, nothing is lost."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from publisher.errors import PublisherError
from publisher.options import Options
from publisher.pdf.document import read_pdf
from publisher.pipeline import run_pipeline
from tests.readers.word import docx, field, p, r

pytestmark = pytest.mark.typeset
RAISED, LOWERED = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
RUBY = f"<w:ruby><w:rt>{r('qí')}</w:rt><w:rubyBase>{r('綦')}</w:rubyBase></w:ruby>"
HTML = """<html><head><meta charset="utf-8"><title>云屏县PM2.5报告</title></head><body>
<h1>云屏县PM<sub>2.5</sub>监测报告</h1><h2>一、<b>概况</b></h2>
<p>全县<strong>PM<sub>2.5</sub>浓度</strong>为35μg/m<sup>3</sup>，比<s>前年</s>上年<em>下降</em><sup>①</sup>，<u>綦村</u>站在<ruby>綦<rt>qí</rt></ruby>村，
<span style="text-emphasis:dot">重点管控</span>SO<sub>4</sub><sup>2-</sup>，见<a href="https://example.cn/">网站</a>。</p>
<p>①初步数。</p></body></html>""".encode()
MARKDOWN = """# 云屏县PM<sub>2.5</sub>监测报告

## 一、**概况**

全县**PM<sub>2.5</sub>浓度**为35μg/m<sup>3</sup>，比~~前年~~上年*下降*<sup>①</sup>，<u>綦村</u>站在<ruby>綦<rt>qí</rt></ruby>村，\
<span style="text-emphasis:dot">重点管控</span>SO<sub>4</sub><sup>2-</sup>，见[网站](https://example.cn/)。

①初步数。
""".replace("\\\n", "").encode()
WORD = docx(
    p("云屏县PM", r("2.5", props=LOWERED), "监测报告", style="Title"),
    p("一、", r("概况", props="<w:b/>"), style="1"),
    p(
        "全县",
        r("PM", props="<w:b/>"),
        r("2.5", props=f"<w:b/>{LOWERED}"),
        r("浓度", props="<w:b/>"),
        "为35μg/m",
        r("3", props=RAISED),
        "，比",
        r("前年", props="<w:strike/>"),
        "上年",
        r("下降", props="<w:i/>"),
        r("①", props=RAISED),
        "，",
        r("綦村", props='<w:u w:val="single"/>'),
        "站在",
        r(RUBY),
        "村，",
        r("重点管控", props='<w:em w:val="dot"/>'),
        "SO",
        r("4", props=LOWERED),
        r("2", props=RAISED),
        r("-", props=RAISED),
        "，见",
        field('HYPERLINK "https://example.cn/"', r("网站")),
        "。",
    ),
    p("①初步数。"),
)
FORMATS = {"r.html": HTML, "r.docx": WORD, "r.md": MARKDOWN}
TEXT = "全县PM2.5浓度为35μg/m³，比前年上年下降①，綦村站在綦村，重点管控SO₄²⁻，见网站"


@pytest.fixture(scope="module")
def results():
    options = Options(emit=("html", "txt"))
    return {name: run_pipeline(data, options, name=name) for name, data in FORMATS.items()}


@pytest.mark.parametrize("name", FORMATS)
def test_marks_reach_the_page(results, name):
    page = results[name].files[".page.html"].decode()
    for element in (
        "PM<sub>2.5</sub>监测报告</h1>",
        "<h2",
        "一、<strong>概况</strong></h2>",
        "<strong>PM<sub>2.5</sub>浓度</strong>",
        "<s>前年</s>",
        "<em>下降</em>",
        "<u>綦村</u>",
        "<ruby><rb>綦</rb><rt data-generated>qí</rt></ruby>",
        '<span class="emphasis-dots">重点管控</span>',
        '<a class="link" href="https://example.cn/">网站',
        ">①</a>",
    ):
        assert element in page
    assert "text-emphasis" in page
    assert TEXT in results[name].files[".normalised.txt"].decode()


@pytest.mark.parametrize("name", FORMATS)
def test_marks_reach_the_tags(results, name):
    pdf = read_pdf(results[name].pdf)
    elements = list(pdf.structure.walk())
    by_role = {}
    for element in elements:
        by_role.setdefault(element.raw_role, []).append(pdf.logical_text(element))
    assert by_role["Strong"][-1] == "PM2.5浓度"
    assert by_role["Em"] == ["下降", "重点管控"]
    assert (by_role["RB"], by_role["RT"]) == (["綦"], ["qí"])
    assert "①" in by_role["Reference"]
    attributes = [dict(element.attributes) for element in elements if element.raw_role == "Span"]
    assert {"TextDecorationType": "LineThrough"} in attributes
    assert {"TextDecorationType": "Underline"} in attributes
    assert any(values.get("BaselineShift", 0) < 0 for values in attributes)
    links = [
        child.annotation
        for element in elements
        for child in element.children
        if getattr(child, "annotation", None)
    ]
    assert "https://example.cn/" in [link.uri for link in links]
    assert all(link.contents for link in links)
    assert results[name].title == "云屏县PM2.5监测报告"
    metadata = PdfReader(io.BytesIO(results[name].pdf)).metadata
    assert metadata.title == "云屏县PM2.5监测报告"


@pytest.mark.parametrize("name", FORMATS)
def test_struck_out_text_is_reported_once(results, name):
    clauses = [finding.clause for finding in results[name].findings]
    assert clauses.count("struck-out") == 1


@pytest.mark.parametrize("options", [{"profile": "print", "date": "2024-01-08"}, {"profile": "archive-2"}, {"style": "reader"}, {"style": "large-print"}, {"script": "zh-Hant-TW"}])  # fmt: skip
def test_every_profile_and_style_takes_marks(options):
    assert run_pipeline(HTML, Options(**options), name="r.html").verdicts


def test_struck_out_and_raised_figures_are_no_statistics():
    page = """<html><meta charset="utf-8"><h1>云屏县2023年工作报告</h1><h2>一、办理情况</h2>
    <p>全年受理申请<s>450件</s>454件，办结450件<sup>注12件</sup>。</p></html>"""
    statistics = run_pipeline(page.encode(), Options(), name="r.html").statistics
    assert [str(fact.value) for fact in statistics.observations] == ["454", "450"]


def test_a_page_without_its_marks_does_not_verify(monkeypatch):
    from publisher.typeset.tagging import structure_types

    roles = {**structure_types.ROLES, "strong": "Span"}
    monkeypatch.setattr(structure_types, "ROLES", roles)
    with pytest.raises(PublisherError, match="semantics"):
        run_pipeline(HTML, Options(), name="r.html")


CASES = Path(__file__).parents[2] / "shared" / "cases"
EXPECTED = {
    "text/i23_subsup.html": (
        "PM2.5、PM1.0、PM10、NOx、SO₂、O₃-8h。",
        "NH₄⁺、HCO₃⁻、SO₄²⁻、Ca²⁺、PO₄³⁻。",
        "CODCr、CODMn、BOD₅、LAeq、L₁₀、D₅₀、pHmin。",
        "流量为3.5m³/s，通量1.2×10⁻³mol·m⁻²·s⁻¹，指数x1.5为。",
        "城镇化率[1]为61.28%，常住人口①206万人，出生率[2]5.43‰，面积1520km²。",
        "第3rd届、21st世纪、注册商标A®。",
    ),
    "text/i23_subsup_d.docx": (
        "PM2.5、CO₂、SO₄²⁻、CODCr、NOx浓度。",
        "流量3.5m³/s，通量10⁻³，城镇化率[1]为61.28%，常住人口[2]206万人。",
    ),
    "text/i04_emphasis.md": (
        "坚持以人为本，持续改善民生。“放管服”改革。这是我市的做法。所以推广。",
        "138****1234，身份证号3702**********1234，★重点★，＊＊注＊＊。",
    ),
    "pages/inline.html": ("本段含汉字注音、着重的字、专名号李白、加粗文字、倾斜文字、删除文字、",),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_reference_cases(name):
    if not (CASES / name).exists():
        pytest.skip("the reference cases are not here")
    data = (CASES / name).read_bytes()
    result = run_pipeline(data, Options(emit=("txt",)), name=name.rpartition("/")[2])
    for line in EXPECTED[name]:
        assert line in result.files[".normalised.txt"].decode()
