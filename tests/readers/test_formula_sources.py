"""Formulas and drawings in the sources: web pages, Markdown and Word files."""

import pytest

from publisher.readers import read_bytes
from publisher.text.edits import replay_edits
from publisher.verify.text_comparison import remove_whitespace
from tests.readers.word import docx, p

LEAD = "<h1>青岚市公式报告</h1><p>一、总体情况</p>"


def read(data, name):
    source, edits = read_bytes(data, name=name)
    expected = remove_whitespace(source.plain_text())
    assert remove_whitespace(replay_edits(source.decoded, edits)) == expected
    formulas = [mark.value for mark in source.marks if mark.kind == "formula"]
    findings = [finding for finding in source.findings if finding.clause in ("formula", "drawing")]
    return source, formulas, findings


def read_page(content):
    return read(f"<html><body>{LEAD}{content}</body></html>".encode(), "r.html")


def read_markdown(content):
    return read(f"# 青岚市公式报告\n\n{content}\n".encode(), "r.md")


def read_word(*content):
    return read(docx(p(*content)), "r.docx")


def omath(content):
    return f"<m:oMath>{content}</m:oMath>"


def mr(text, properties=""):
    return f"<m:r>{properties}<m:t>{text}</m:t></m:r>"


KATEX = (
    "<math><semantics><mrow><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></mrow>"
    '<annotation encoding="application/x-tex">mc^2</annotation></semantics></math>'
)
KATEX_SHOWN = '<span class="katex-html" aria-hidden="true">mc2</span>'
MATHJAX_SHOWN = '<span class="MathJax_Preview">x2</span><span class="MathJax">x2</span>'
PAGES = {
    "MathML": ("<p>为<math><mi>r</mi><mo>=</mo><mn>3.5</mn></math>。</p>", "为r=3.5。"),
    "references": ("<p><math><mi>&alpha;</mi><mo>&lt;</mo><mn>1</mn></math>。</p>", "α<1。"),
    "KaTeX": (
        f'<p>为<span class="katex"><span class="katex-mathml">{KATEX}</span>{KATEX_SHOWN}</span>。</p>',
        "为mc^2。",
    ),
    "MathJax": (
        f'<p>为{MATHJAX_SHOWN}<script type="math/tex">\\frac{{a+b}}{{2}}<1</script>。</p>',
        "为(a+b)/2<1。",
    ),
    "MathML in a script": (
        '<p>为<script type="math/mml"><math><msqrt><mi>x</mi></msqrt></math></script>。</p>',
        "为√x。",
    ),
    "in a list": (
        "<ol><li><math><mi>x</mi><mo>=</mo><mn>1</mn></math>是甲。</li><li>乙。</li></ol>",
        "1. x=1是甲。",
    ),
}


@pytest.mark.parametrize(("content", "expected"), PAGES.values(), ids=PAGES)
def test_formulas_of_pages(content, expected):
    source, formulas, findings = read_page(content)
    assert expected in source.plain_text().split("\n")
    assert len(formulas) == 1
    assert findings == []


def test_hidden_formulas_stay_out():
    source, formulas, _ = read_page('<p>甲<math style="display:none"><mi>x</mi></math>乙。</p>')
    assert formulas == []
    assert "甲乙。" in source.plain_text()


def test_a_formula_that_cannot_be_set_stays_text_and_is_reported():
    source, formulas, (finding,) = read_page(
        "<p>为<math><mi>a</mi><mlongdiv><mn>3</mn></mlongdiv></math>。</p>"
    )
    assert "为a3。" in source.plain_text()
    assert formulas == []
    assert "mlongdiv" in finding.message
    span = slice(finding.locator.offset, finding.locator.offset + finding.locator.length)
    assert source.decoded[span].startswith("<math>")


def test_a_hostile_page_is_read():
    deep = "<msqrt>" * 100 + "<mi>x</mi>" + "</msqrt>" * 100
    source, formulas, findings = read_page(f"<p>甲<math>{deep}</math>乙。</p>" * 3)
    assert source.plain_text().count("甲x乙。") == 3
    assert formulas == []
    assert len(findings) == 3


DRAWINGS = {
    "words": (
        "<p><svg width='200'><title>图一</title><text>合计<tspan>1540</tspan>条</text></svg></p>",
        ["图一", "合计1540条"],
    ),
    "in a sentence": ("<p>共<svg><text>1540</text><text>条</text></svg>。</p>", ["共1540 条。"]),
}


@pytest.mark.parametrize(("content", "expected"), DRAWINGS.values(), ids=DRAWINGS)
def test_the_words_of_drawings_stay(content, expected):
    source, _, (finding,) = read_page(content)
    assert set(expected) <= set(source.plain_text().split("\n"))
    assert finding.clause == "drawing"


def test_a_drawing_without_words_is_reported_and_an_icon_is_not():
    assert [f.clause for f in read_page("<p>甲<svg><path d='M0 0'/></svg>乙。</p>")[2]] == [
        "drawing"
    ]
    icon = "<p>甲<svg width='16' height='16'><title>图标</title><path/></svg>乙。</p>"
    source, _, findings = read_page(icon)
    assert findings == []
    assert "甲乙。" in source.plain_text()


MARKDOWN = {
    "inline": ("公式 $E=mc^2$ 成立。", "公式 E=mc^2 成立。"),
    "in brackets": (r"公式\(x_1^2\)成立。", "公式x_1^2成立。"),
    "a number": ("共 $5$ 项。", "共 5 项。"),
    "on a line": (r"$$\frac{a}{b}=\sum_{i=1}^n x_i$$", "a/b=∑_(i=1)^n x_i"),
    "on several lines": ("$$\na\n= b\n- c\n$$", "a=b−c"),
    "in a cell": ("| 甲 | 乙 |\n|---|---|\n| $x^2$ | 丙 |", "x^2\t丙"),
}


@pytest.mark.parametrize(("content", "expected"), MARKDOWN.values(), ids=MARKDOWN)
def test_formulas_of_markdown(content, expected):
    source, formulas, findings = read_markdown(content)
    assert expected in source.plain_text().split("\n")
    assert len(formulas) == 1
    assert findings == []


NO_FORMULAS = {
    "money": ("单价 $5 和 $6，又$5和$6元。", "单价 $5 和 $6，又$5和$6元。"),
    "currencies": ("US$5 to US$6，HK$7。", "US$5 to US$6，HK$7。"),
    "prose": ("甲$A股和B$乙。", "甲$A股和B$乙。"),
    "spaces inside": ("甲$ x^2 $乙。", "甲$ x^2 $乙。"),
    "escaped": (r"甲\$x^2\$乙。", "甲$x^2$乙。"),
    "code": ("甲`$x^2$`乙。", "甲$x^2$乙。"),
    "escaped brackets": (r"青政发\[2018\]5号。", "青政发[2018]5号。"),
}


@pytest.mark.parametrize(("content", "expected"), NO_FORMULAS.values(), ids=NO_FORMULAS)
def test_what_is_no_formula_of_markdown(content, expected):
    source, formulas, _ = read_markdown(content)
    assert expected in source.plain_text().split("\n")
    assert formulas == []


def test_unknown_tex_stays_as_it_is_written_and_is_reported():
    source, formulas, (finding,) = read_markdown(r"公式 $\foo{x}$ 不明。")
    assert r"公式 $\foo{x}$ 不明。" in source.plain_text()
    assert formulas == []
    assert r"\foo" in finding.message


def part(name, *content):
    return f"<m:{name}>{''.join(content)}</m:{name}>"


WORD = {
    "fraction": (part("f", part("num", mr("a+b")), part("den", mr("2"))), "(a+b)/2"),
    "power": (part("sSup", part("e", mr("x")), part("sup", mr("2"))), "x^2"),
    "index": (part("sSub", part("e", mr("x")), part("sub", mr("i"))), "x_i"),
    "both": (
        part("sSubSup", part("e", mr("x")), part("sub", mr("1")), part("sup", mr("2"))),
        "x_1^2",
    ),
    "root": (
        part("rad", part("radPr", '<m:degHide m:val="1"/>'), part("deg"), part("e", mr("x+1"))),
        "√(x+1)",
    ),
    "third root": (part("rad", part("deg", mr("3")), part("e", mr("x"))), "√[3]x"),
    "brackets": (
        part("d", part("dPr", '<m:begChr m:val="["/><m:endChr m:val="]"/>'), part("e", mr("x"))),
        "[x]",
    ),
    "sum": (
        part(
            "nary",
            part("naryPr", '<m:chr m:val="∑"/><m:limLoc m:val="undOvr"/>'),
            part("sub", mr("i=1")),
            part("sup", mr("n")),
            part("e", part("sSub", part("e", mr("x")), part("sub", mr("i")))),
        ),
        "∑_(i=1)^n x_i",
    ),
    "function": (
        part("func", part("fName", mr("sin", '<m:rPr><m:sty m:val="p"/></m:rPr>')), part("e", mr("x"))),
        "sin x",
    ),
    "limit": (part("limLow", part("e", mr("max")), part("lim", mr("i"))), "max_i"),
    "accent": (part("acc", part("accPr", '<m:chr m:val="&#x305;"/>'), part("e", mr("x"))), "x¯"),
    "bar": (part("bar", part("barPr", '<m:pos m:val="top"/>'), part("e", mr("x"))), "x¯"),
    "matrix": (
        part("m", part("mr", part("e", mr("1")), part("e", mr("2"))), part("mr", part("e", mr("3")), part("e", mr("4")))),
        "(1,2;3,4)",
    ),
    "equations": (part("eqArr", part("e", mr("a&amp;=1")), part("e", mr("b&amp;=2"))), "(a=1;b=2)"),
    "Chinese words": (mr("增长率＝100%"), "增长率＝100%"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), WORD.values(), ids=WORD)
def test_formulas_of_word(content, expected):
    source, formulas, findings = read_word("率为", omath(content), "。")
    assert source.plain_text() == f"率为{expected}。"
    assert len(formulas) == 1
    assert findings == []


def test_a_formula_of_word_on_its_own_line_is_a_display_formula():
    _, (formula,), _ = read_word(f"<m:oMathPara>{omath(mr('x=1'))}</m:oMathPara>")
    assert 'display="block"' in formula


def test_an_unknown_part_of_word_stays_text_and_is_reported():
    source, formulas, (finding,) = read_word("甲", omath(mr("x") + part("new", mr("y"))), "乙")
    assert source.plain_text() == "甲xy乙"
    assert formulas == []
    assert "m:new" in finding.message


def test_deleted_words_of_a_formula_are_recorded():
    deletion = f"<w:del>{mr('y')}</w:del>"
    source, edits = read_bytes(docx(p("甲", omath(mr("x") + deletion), "乙")), name="r.docx")
    assert source.plain_text() == "甲x乙"
    assert ("tracked-deletion", "y") in {(edit.rule, edit.before) for edit in edits}


def test_the_words_of_text_boxes_stay():
    from tests.readers.word import text_box

    source, _ = read_bytes(docx(p("甲", text_box(p("框内1540条。")))), name="r.docx")
    assert "框内1540条。" in source.plain_text()
