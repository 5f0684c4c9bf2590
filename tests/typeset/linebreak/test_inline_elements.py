"""Raised text, readings and emphasis dots on lines: where lines break, and what is painted."""

import re
from itertools import pairwise

import pytest

from publisher.pdf.document import read_pdf
from tests.typeset.linebreak.measuring import lines_of

pytestmark = pytest.mark.typeset
PAGE = """
    body { margin: 0 } @page { size: 100mm 150mm; margin: 10mm } html { text-align: justify; font-size: 12pt }
    p { margin: 0; line-height: 24pt }
    sup, sub { font-size: 0.65em; line-height: 0 } sup { vertical-align: 0.55em } sub { vertical-align: -0.25em }
    rt { font-size: 0.5em; line-height: 0; vertical-align: 1.8em }
"""


def paragraph(pdf):
    return next(element for element in pdf.structure.walk() if element.role == "P")


def baselines(done):
    """Return the baselines of the lines of a paragraph, without those of raised text."""
    lines = lines_of(read_pdf(done.pdf), paragraph(read_pdf(done.pdf)))
    return sorted({round(line.y, 1) for line in lines if len(line.glyphs) > 3}, reverse=True)


@pytest.mark.parametrize(
    "inside",
    [
        "<sup>[1]</sup>",
        "<sub>min</sub>",
        "<ruby><rb>汉</rb><rt>hàn</rt></ruby>",
        '<span class="emphasis-dots">重点</span>',
    ],
)
def test_the_lines_keep_their_distance(typeset, inside):
    done = typeset(f"<p>{f'主动公开政府信息的工作{inside}' * 12}</p>", PAGE)
    assert done.unsupported_paragraphs == {}
    positions = baselines(done)
    assert len(positions) > 3
    distances = {round(a - b, 1) for a, b in pairwise(positions)}
    assert distances == {24.0}


@pytest.mark.parametrize("raised", ["[12]", "注一", "1.5"])
def test_raised_text_is_on_the_line_of_its_base(typeset, raised):
    for length in range(14, 24):
        done = typeset(f"<p>{'字' * length}末<sup>{raised}</sup>{'后' * 30}</p>", PAGE)
        pdf = read_pdf(done.pdf)
        glyphs = [glyph for line in lines_of(pdf, paragraph(pdf)) for glyph in line.glyphs]
        characters = "".join(glyph[0] for glyph in glyphs)
        base, first = characters.index("末"), characters.index(raised[0], characters.index("末"))
        assert glyphs[first][1] > glyphs[base][1], length
        assert glyphs[first + len(raised) - 1][1] > glyphs[first][1], length


def test_a_reading_is_centred_above_its_base(typeset):
    for reading in ("a", "zhuàng", "hàn zì"):
        done = typeset(f"<p>前文<ruby><rb>汉字</rb><rt>{reading}</rt></ruby>后文</p>", PAGE)
        assert done.unsupported_paragraphs == {}
        pdf = read_pdf(done.pdf)
        ruby = next(element for element in pdf.structure.walk() if element.role == "Ruby")
        base, above = (lines_of(pdf, child)[0] for child in ruby.children)
        assert above.text == reading
        centres = [(line.left + line.full_right) / 2 for line in (base, above)]
        assert abs(centres[0] - centres[1]) < 0.3
        assert above.y - base.y > 9


def test_readings_of_neighbours_do_not_touch(typeset):
    ruby = "<ruby><rb>装</rb><rt>zhuāng</rt></ruby>"
    pdf = read_pdf(typeset(f"<p>{ruby * 3}</p>", PAGE).pdf)
    readings = [lines_of(pdf, e)[0] for e in pdf.structure.walk() if e.role == "RT"]
    for before, after in pairwise(readings):
        assert after.left > before.full_right + 1


def test_dots_are_drawn_and_not_set(typeset):
    text = "三个着重，的字"
    body = f'<p>前<span class="emphasis-dots">{text}</span>后</p>'
    done = typeset(body, PAGE)
    plain = typeset(body.replace("emphasis-dots", "x"), PAGE)
    assert read_pdf(done.pdf).logical_text() == read_pdf(plain.pdf).logical_text()
    assert curves(done.pdf) == 4 * (len(text) - 1)
    assert curves(plain.pdf) == 0


def curves(pdf):
    """Return how many curves the first page draws."""
    from io import BytesIO

    from pypdf import PdfReader

    content = PdfReader(BytesIO(pdf)).pages[0].get_contents().get_data()
    return len(re.findall(rb"[0-9.]+ c\s", content))
