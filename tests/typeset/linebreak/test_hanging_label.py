"""Hanging paragraphs: after the label the first line begins where the others do."""

import pytest

from publisher.pdf.document import read_pdf
from tests.typeset.linebreak.measuring import lines_of

pytestmark = pytest.mark.typeset
PAGE = """
    body { margin: 0 } @page { size: 100mm 150mm; margin: 10mm } html { text-align: justify; font-size: 12pt }
    ul { list-style: none; margin: 0; padding: 0 } li { padding-left: 24pt; text-indent: -24pt }
    .bullet { font-size: 0.55em; line-height: 0; vertical-align: 0.25em }
"""
EM = 12


def list_lines(typeset, label, text, css="", classes="label"):
    html = f'<ul><li><span class="{classes}">{label}</span>{text}</li></ul>'
    done = typeset(html, PAGE + css)
    assert done.unsupported_paragraphs == {}
    pdf = read_pdf(done.pdf)
    item = next(element for element in pdf.structure.walk() if element.role == "LI")
    label_lines, *lines = (lines_of(pdf, child) for child in item.children)
    return label_lines[0], lines[0]


@pytest.mark.parametrize("label", ["1.", "10.", "①", "（1）"[:2], "●"])
@pytest.mark.parametrize(
    "begin",
    ["主动公开", "2021年主动", "Open data主动", '<a href="https://example.cn/">公开</a>主动'],
)
def test_the_text_of_the_first_line_is_above_that_of_the_others(typeset, label, begin):
    first_label, lines = list_lines(typeset, label, f"{begin}{'政府信息公开的工作，' * 6}")
    assert len(lines) > 2
    lefts = {round(line.left, 1) for line in lines}
    assert max(lefts) - min(lefts) < 0.2, lefts
    assert lines[0].left - first_label.left == pytest.approx(2 * EM, abs=0.2)
    rights = {round(line.right()) for line in lines[:-1]}
    assert len(rights) == 1, rights


def test_a_label_wider_than_its_indent_keeps_its_width(typeset):
    label, lines = list_lines(typeset, "（二十一）", "政府信息公开的工作，" * 5)
    assert lines[0].left - label.full_right == pytest.approx(0, abs=0.5)
    assert lines[1].left - label.left == pytest.approx(2 * EM, abs=0.2)


def test_a_bullet_is_smaller_and_hangs(typeset):
    label, lines = list_lines(typeset, "●", "政府信息公开的工作，" * 5, classes="label bullet")
    assert label.glyphs[0][2] == pytest.approx(0.55 * EM, abs=0.05)
    assert lines[0].left == pytest.approx(lines[1].left, abs=0.2)


def test_no_line_ends_after_a_label(typeset):
    """The label of a text that has no place to break stays on its line."""
    label, lines = list_lines(typeset, "1.", "w" * 24)
    assert round(label.y, 1) == round(lines[0].y, 1)


def test_without_a_negative_indent_a_label_has_no_gap(typeset):
    label, lines = list_lines(typeset, "1.", "政府信息公开的工作，" * 5, "li { text-indent: 24pt }")
    assert lines[0].left - label.full_right < 0.3 * EM
