"""Formulas of the sources: TeX as MathML, and the text on one line."""

from xml.etree.ElementTree import fromstring

import pytest

from publisher.readers.formulas import formula_from_mathml, formula_from_tex
from publisher.text.mathml import MathMLError
from tests.work import counted_calls

TEX = {
    "E=mc^2": "E=mc^2",
    r"\frac{a}{b}=\sum_{i=1}^n x_i": "a/b=∑_(i=1)^n x_i",
    r"\frac{a+b}{2}": "(a+b)/2",
    r"\text{增长率}=\frac{本年值-上年值}{上年值}\times100\%": "增长率=(本年值−上年值)/上年值×100%",
    "增长3.5%": "增长3.5%",
    r"\sqrt[3]{x}+\sqrt{a+b}": "√[3]x+√(a+b)",
    r"2\frac{1}{2}": "2(1/2)",
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}": "(1,2;3,4)",
    r"\begin{aligned}a&=b\\c&=d\end{aligned}": "(a=b;c=d)",
    r"\sin x": "sin x",
    r"25^\circ": "25°",
    r"f'(x)": "f′(x)",
    r"\binom{n}{k}": "(n¦k)",
    r"x \not= y": "x≠y",
}


@pytest.mark.parametrize(("tex", "expected"), TEX.items(), ids=TEX)
def test_text_on_one_line(tex, expected):
    assert formula_from_tex(tex, display=False).text == expected


@pytest.mark.parametrize(
    "tex",
    [
        r"\foo{x}",
        r"\frac{a}",
        "x^",
        "{x",
        "a & b",
        r"\newcommand{\a}{\a\a}\a",
        r"\href{https://example.org/}{x}",
        r"\input{/etc/passwd}",
        "{" * 500 + "x" + "}" * 500,
        "x" * 5000,
        r"\frac" * 300 + "x",
    ],
)
def test_what_cannot_be_read_is_an_error_soon(tex):
    formula_from_tex("x", display=True)  # the converter is loaded
    with counted_calls() as work, pytest.raises(MathMLError):
        formula_from_tex(tex, display=True)
    assert work.calls < 100_000


def test_mathml_keeps_every_character():
    content = (
        "<mi>α</mi><mo>≤</mo><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup><mtext>万元</mtext>"
    )
    formula = formula_from_mathml(fromstring(f"<math>{content}</math>"))  # noqa: S314
    assert formula.text == "α≤x_1^2万元"
