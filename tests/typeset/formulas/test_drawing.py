"""The drawings of formulas."""

import pytest

from publisher.typeset.formulas.drawing import FormulaDrawingError, draw_formula
from tests.work import counted_calls


def draw(content, display="block"):
    return draw_formula(f'<math display="{display}">{content}</math>')


FRACTION = "<mfrac><mtext>本年值</mtext><mtext>上年值</mtext></mfrac>"


def test_extents_and_outlines():
    drawing = draw("<mi>x</mi><mo>=</mo><mn>1</mn>")
    assert 1.5 < drawing.width < 3
    assert 0.4 < drawing.height < 1
    assert drawing.depth < 0.3
    assert drawing.outlines.count(b" f") == 3


def test_chinese_characters_are_left_to_the_font_of_the_text():
    drawing = draw(FRACTION)
    assert [c.character for c in drawing.characters] == list("本年值上年值")
    above, below = drawing.characters[0], drawing.characters[3]
    assert above.y < 0 < below.y
    assert above.size == 1
    assert draw(FRACTION, "inline").characters[0].size < 1


def test_a_character_that_the_font_lacks_is_an_error():
    with pytest.raises(FormulaDrawingError, match="lacks"):
        draw("<mi>\U0001f600</mi>")


@pytest.mark.parametrize(
    "content",
    [
        "<mover><mrow><mi>A</mi><mi>B</mi></mrow><mo stretchy='true'>→</mo></mover>",
        "<munder><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mo>⏟</mo></munder>",
        "<menclose notation='box'><mi>x</mi></menclose>",
        "<mrow><mo>(</mo><mfrac><mfrac><mi>a</mi><mi>b</mi></mfrac><mi>c</mi></mfrac><mo>)</mo></mrow>",
        "<mtable><mtr><mtd/></mtr></mtable><mi>x</mi>",
    ],
)
def test_every_kind_of_outline(content):
    assert draw(content).outlines


def test_nested_rows_are_refused_before_they_take_long():
    draw("<mi>x</mi>")  # the library is loaded
    with counted_calls() as work, pytest.raises(FormulaDrawingError, match="nested"):
        draw("<mrow><mo>(</mo>" * 15 + "<mi>x</mi>" + "<mo>)</mo></mrow>" * 15)
    assert work.calls < 100_000


def test_the_same_formula_gives_the_same_drawing():
    first = draw(FRACTION)
    draw_formula.cache_clear()
    assert draw(FRACTION) == first
