"""Formulas as MathML: the normal form, and what has none."""

import pytest

from publisher.text.mathml import MathMLError, parse_mathml, write_mathml


def normal(content):
    return write_mathml(parse_mathml(f"<math>{content}</math>")).removeprefix("<math>")[:-7]


def test_namespaces_and_unsafe_attributes_are_removed():
    math = parse_mathml(
        '<m:math xmlns:m="http://www.w3.org/1998/Math/MathML" onclick="alert(1)" display="block">'
        '<m:mi href="https://example.org/" mathvariant="normal">x</m:mi></m:math>'
    )
    assert write_mathml(math) == '<math display="block"><mi mathvariant="normal">x</mi></math>'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<semantics><mi>x</mi><annotation>x</annotation></semantics>", "<mi>x</mi>"),
        ("<mrow><mrow><mi>x</mi></mrow></mrow>", "<mi>x</mi>"),
        ("<mphantom><mn>3</mn></mphantom>", "<mn>3</mn>"),
        ("<mi>增</mi><mi>长</mi><mi>率</mi>", "<mtext>增长率</mtext>"),
        ("<mi>&#x2061;</mi><mi>x</mi>", "<mi>x</mi>"),
        ("<mn> 3.5\n</mn>", "<mn>3.5</mn>"),
    ],
)
def test_normal_form(content, expected):
    assert normal(content) == expected


def test_fenced_becomes_a_row_with_its_brackets_and_separators():
    text = "".join(parse_mathml("<math><mfenced><mi>a</mi><mi>b</mi></mfenced></math>").itertext())
    assert text == "(a,b)"


@pytest.mark.parametrize(
    "content",
    [
        "<mfrac><mi>a</mi></mfrac>",
        "<script>alert(1)</script>",
        "<mrow>文字<mi>x</mi></mrow>",
        "<mtable/>",
        "<mtr><mtd><mi>x</mi></mtd></mtr>",
        "<mi/>",
        "<mrow>" * 40 + "<mi>x</mi>" + "</mrow>" * 40,
        "<mi>x</mi>" * 1000,
        f"<mtext>{'长' * 2000}</mtext>",
        "<mi>x",
    ],
)
def test_what_has_no_normal_form_is_an_error(content):
    with pytest.raises(MathMLError):
        parse_mathml(f"<math>{content}</math>")


def test_entities_are_not_expanded():
    bomb = '<!DOCTYPE math [<!ENTITY a "xxxxxxxxxx">]><math><mi>&a;</mi></math>'
    with pytest.raises(MathMLError):
        parse_mathml(bomb)
