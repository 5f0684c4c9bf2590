"""The reading of formulas in Chinese."""

import pytest

from publisher.render.formula_reading import read_formula
from publisher.text.mathml import parse_mathml


def read(content, language="zh-Hans"):
    return read_formula(parse_mathml(f"<math>{content}</math>"), language)


X, TWO = "<mi>x</mi>", "<mn>2</mn>"
READINGS = {
    f"<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi>{TWO}</msup>": "E等于m c的平方",
    f"<mfrac>{X}{TWO}</mfrac>": "2分之x",
    f"<mn>3</mn><mfrac><mn>1</mn>{TWO}</mfrac>": "3又2分之1",
    f"<mfrac><mrow>{X}<mo>+</mo><mi>y</mi></mrow>{TWO}</mfrac>": "分式，分子为x加y，分母为2，分式结束，",
    f"<msqrt>{X}</msqrt>": "根号x",
    f"<msqrt>{X}<mo>+</mo>{TWO}</msqrt>": "根号下x加2，根号结束，",
    f"<mroot>{X}<mn>3</mn></mroot>": "3次根号x",
    f"<msqrt><mfrac><mrow>{X}<mo>+</mo>{X}</mrow>{TWO}</mfrac></msqrt>": (
        "根号下分式，分子为x加x，分母为2，分式结束，根号结束，"
    ),
    f"<msub>{X}<mi>i</mi></msub>": "x下标i",
    f"<msup>{X}<mrow><mo>−</mo>{TWO}</mrow></msup>": "x的负2次方",
    f"<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>{X}": "从i等于1到n求和，x",
    f"{X}<mo>≥</mo><mn>0</mn>": "x大于等于0",
    "<mn>3.5</mn><mo>%</mo>": "百分之3.5",
    f"<mo>−</mo>{X}": "负x",
    "<mn>25</mn><mo>°</mo>": "25度",
    f"<mover>{X}<mo>¯</mo></mover>": "x上横线",
    "<mn>1</mn><mo>,</mo><mn>000</mn>": "1,000",
    "<mo>(</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable><mo>)</mo>": (
        "左括号1行2列，第1行，1，2，各行结束，右括号"
    ),
    f"<munder><mo>lim</mo><mrow>{X}<mo>→</mo><mo>∞</mo></mrow></munder>": "当x趋于无穷大时的极限，",
}


@pytest.mark.parametrize(("content", "expected"), READINGS.items(), ids=READINGS.values())
def test_reading(content, expected):
    assert read(content) == expected


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hant-TW", "zh-Hant-HK"])
def test_traditional_words(language):
    content = (
        f"<msqrt>{X}</msqrt><mo>=</mo><mfrac><mrow>{X}<mo>-</mo><mi>y</mi></mrow>{TWO}</mfrac>"
    )
    assert read(content, language) == "根號x等於分式，分子為x減y，分母為2，分式結束，"


def test_every_token_is_in_the_reading():
    letters = [chr(ord("a") + index) for index in range(9)]
    a, b, c, d, e, f, g, h, i = (f"<mi>{letter}</mi>" for letter in letters)
    content = (
        f"<msubsup>{a}{b}{c}</msubsup><munderover>{d}{e}{f}</munderover><mroot>{g}{h}</mroot>{i}"
    )
    assert [character for character in read(content) if character in letters] == [
        *"abcdef", "h", "g", "i"
    ]  # fmt: skip
