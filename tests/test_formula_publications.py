"""Formulas from each format to the finished file: drawn, tagged, read in Chinese, and found by every reader."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from publisher.options import Options
from publisher.pdf.document import read_pdf
from publisher.pdf.structure_tree import Element
from publisher.pipeline import run_pipeline
from publisher.verify.semantics import verify_semantics
from publisher.verify.text_comparison import verify_text
from tests.readers.word import docx, p

pytestmark = pytest.mark.typeset
WORDS = "<mtext>本年值</mtext>", "<mtext>上年值</mtext>"
GROWTH = (
    f"<mtext>增长率</mtext><mo>=</mo><mfrac><mrow>{WORDS[0]}<mo>−</mo>{WORDS[1]}</mrow>{WORDS[1]}</mfrac>"
    "<mo>×</mo><mn>100</mn><mo>%</mo>"
)
ENERGY = "<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>"
HTML = (
    '<html lang="zh-CN"><head><meta charset="utf-8"><title>云屏县公式报告</title></head><body>'
    f"<h1>云屏县公式报告</h1><h2>一、公式</h2><p>能量为<math>{ENERGY}</math>，其中的量见下式。</p>"
    f'<p><math display="block">{GROWTH}</math></p></body></html>'
).encode()
MARKDOWN = r"""# 云屏县公式报告

## 一、公式

能量为$E=mc^2$，其中的量见下式。

$$
\text{增长率}=\frac{\text{本年值}-\text{上年值}}{\text{上年值}}\times100\%
$$
""".encode()


def mr(text):
    return f"<m:r><m:t>{text}</m:t></m:r>"


SQUARE = f"<m:sSup><m:e>{mr('c')}</m:e><m:sup>{mr('2')}</m:sup></m:sSup>"
FRACTION = (
    f"<m:f><m:num>{mr('本年值−上年值')}</m:num><m:den>{mr('上年值')}</m:den></m:f>{mr('×100%')}"
)
WORD = docx(
    p("云屏县公式报告", style="Title"),
    p("一、公式", style="1"),
    p("能量为", f"<m:oMath>{mr('E=m')}{SQUARE}</m:oMath>", "，其中的量见下式。"),
    p(f"<m:oMathPara><m:oMath>{mr('增长率=')}{FRACTION}</m:oMath></m:oMathPara>"),
)
FORMATS = {"r.html": HTML, "r.md": MARKDOWN, "r.docx": WORD}
TEXTS = ["E=mc^2", "增长率=(本年值−上年值)/上年值×100%"]
READINGS = [
    "E等于m c的平方",
    "增长率等于分式，分子为本年值减上年值，分母为上年值，分式结束，乘百分之100",
]


@pytest.fixture(scope="module")
def results():
    options = Options(emit=("html", "txt"))
    return {name: run_pipeline(data, options, name=name) for name, data in FORMATS.items()}


def formulas(pdf):
    return [element for element in pdf.structure.walk() if element.role == "Formula"]


@pytest.mark.parametrize("name", FORMATS)
def test_formulas_are_tagged_and_read(results, name):
    elements = formulas(read_pdf(results[name].pdf))
    assert [element.actual_text for element in elements] == TEXTS
    assert [element.alt for element in elements] == READINGS
    assert [element.attributes["Placement"] for element in elements] == ["Inline", "Block"]
    for element in elements:
        left, bottom, right, top = element.attributes["BBox"]
        assert 0 < left < right < 595
        assert 0 < bottom < top < 842
    assert not [f for f in results[name].findings if f.clause == "formula"]


@pytest.mark.parametrize("name", FORMATS)
def test_the_text_of_formulas_is_extracted(results, name):
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(results[name].pdf)).pages)
    solid = "".join(text.split())
    assert all(formula in solid for formula in TEXTS)
    assert TEXTS[1] in results[name].files[".normalised.txt"].decode()


@pytest.mark.parametrize("name", FORMATS)
def test_the_page_has_mathml(results, name):
    page = results[name].files[".page.html"].decode()
    assert page.count("<math ") == 2
    assert f'aria-label="{READINGS[0]}"' in page
    assert f"{TEXTS[0]}</annotation></semantics></math>" in page


@pytest.mark.parametrize(
    "options",
    [
        {"profile": "print", "date": "2024-01-08"},
        {"profile": "archive-2"},
        {"style": "reader"},
        {"style": "large-print"},
        {"script": "zh-Hant-TW"},
    ],
    ids=str,
)
def test_formulas_in_every_profile_style_and_script(options):
    result = run_pipeline(HTML, Options(**options), name="r.html")
    assert all(verdict.passed for verdict in result.verdicts)
    elements = formulas(read_pdf(result.pdf))
    assert len(elements) == 2
    if "script" in options:
        assert elements[1].actual_text == "增長率=(本年值−上年值)/上年值×100%"
        assert elements[0].alt == "E等於m c的平方"


def test_the_digits_of_a_formula_are_no_figures():
    page = HTML.replace(
        b"<p>", "<p>面积<math><msup><mn>12</mn><mn>2</mn></msup></math>平方米。".encode(), 1
    )
    result = run_pipeline(page, Options(), name="r.html")
    assert "平方米" not in str(result.record["observations"])


def typeset_formula(typeset, mathml, text, css=""):
    annotation = f'<annotation encoding="text/plain">{text}</annotation>'
    math = f"<math aria-label='式'><semantics><mrow>{mathml}</mrow>{annotation}</semantics></math>"
    return typeset(f"<main><h1>题目</h1><p>为{math}。</p></main>", css)


def test_a_formula_that_cannot_be_drawn_is_text_and_reported(typeset):
    document = typeset_formula(typeset, "<mi>\U0001f600</mi>", "笑")
    (finding,) = [finding for finding in document.findings if finding.clause == "formula"]
    assert "lacks" in finding.message
    assert verify_text(read_pdf(document.pdf), "题目为笑。", version="0").passed


def test_words_that_differ_from_the_text_are_not_drawn(typeset):
    document = typeset_formula(typeset, "<mtext>甲</mtext>", "乙")
    assert "differ" in "".join(finding.message for finding in document.findings)
    assert verify_text(read_pdf(document.pdf), "题目为乙。", version="0").passed


def test_a_wide_formula_is_reduced_to_its_line(typeset):
    words = "长" * 60
    document = typeset_formula(typeset, f"<mtext>{words}</mtext>", words)
    pdf = read_pdf(document.pdf)
    assert verify_text(pdf, f"题目为{words}。", version="0").passed
    assert any("reduced" in finding.message for finding in document.findings)


def test_invisible_text_outside_of_a_formula_is_found(typeset):
    pdf = read_pdf(typeset_formula(typeset, "<mi>x</mi>", "x").pdf)
    assert pdf.invisible()
    assert verify_text(pdf, "题目为x。", version="0").passed

    def as_span(element):
        children = [
            as_span(child) if isinstance(child, Element) else child for child in element.children
        ]
        role = "Span" if element.role == "Formula" else element.role
        return replace(element, role=role, children=tuple(children))

    changed = replace(pdf.structure, children=tuple(map(as_span, pdf.structure.children)))
    verdict = verify_text(replace(pdf, structure=changed), "题目为x。", version="0")
    assert any("invisibly" in finding.message for finding in verdict.findings)


def test_another_reading_or_text_is_found(typeset):
    document = typeset_formula(typeset, "<mi>x</mi>", "x")
    page = "<html lang='zh-Hans'><body><main><h1>题目</h1><p>为<math aria-label='{}'><semantics><mi>x</mi><annotation>{}</annotation></semantics></math>。</p></main></body></html>"
    pdf = read_pdf(document.pdf)

    def clauses(reading, text):
        findings = verify_semantics(pdf, page.format(reading, text), version="0").findings
        return {finding.clause for finding in findings if "Formula" in finding.message}

    assert clauses("式", "x") == set()
    assert "semantics: alternative" in clauses("别的", "x")
    assert "semantics: alternative" in clauses("式", "y")


def test_lines_stay_on_the_grid(typeset):
    """A formula of normal height does not move the lines after it; a high one moves them by whole lines."""
    css = "p { font-size: 16pt; line-height: 28pt; margin: 0 }"
    fraction = "<mfrac><mtext>甲</mtext><mtext>乙</mtext></mfrac>"
    heights = {}
    for name, content, text in (
        ("plain", "<mi>x</mi>", "x"),
        ("fraction", f"<mrow displaystyle='false'>{fraction}</mrow>", "甲/乙"),
        ("high", f"<mfrac>{fraction}{fraction}</mfrac>", "(甲/乙)/(甲/乙)"),
    ):
        annotation = f"<annotation>{text}</annotation>"
        math = f"<math aria-label='式'><semantics><mrow>{content}</mrow>{annotation}</semantics></math>"
        body = f"<main><p>始</p><p>{math}</p><p>终</p></main>"
        pdf = read_pdf(typeset(body, css).pdf)
        ys = {run.text: run.ys[0] for page in pdf.pages for run in page.runs if run.text in "始终"}
        heights[name] = (ys["始"] - ys["终"]) / 28
    assert heights["plain"] == pytest.approx(2, abs=0.01)
    assert heights["fraction"] == pytest.approx(2, abs=0.01)
    assert heights["high"] == pytest.approx(round(heights["high"]), abs=0.01)
    assert heights["high"] > 2


def test_hostile_formulas_are_published():
    deep = "<mrow><mo>(</mo>" * 11 + "<mi>x</mi>" + "<mo>)</mo></mrow>" * 11
    paragraphs = "".join(f"<p>第{n}条为<math>{deep}</math>。</p>" for n in range(20))
    page = HTML.replace(b"</body>", paragraphs.encode() + b"</body>")
    result = run_pipeline(page, Options(), name="r.html")
    assert all(verdict.passed for verdict in result.verdicts)
    assert any("nested too deeply" in finding.message for finding in result.findings)


def test_the_same_source_gives_the_same_bytes(results):
    again = run_pipeline(HTML, Options(emit=("html", "txt")), name="r.html")
    assert again.pdf == results["r.html"].pdf


def test_runs_without_formulas_load_neither_library():
    import subprocess
    import sys

    program = (
        "import sys; from publisher import Options; from publisher.pipeline import run_pipeline;"
        "run_pipeline('# 云屏县报告\\n\\n一、概况\\n\\n全年完成35件。'.encode(), Options(), name='r.md');"
        "print([name for name in ('ziamath', 'latex2mathml') if name in sys.modules])"
    )
    output = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert output.strip() == "[]"
