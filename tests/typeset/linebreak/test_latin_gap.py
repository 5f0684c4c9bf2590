"""A gap of a quarter em between Chinese and Latin text: as wide as it is asked for, and no space for any reader."""

from collections import defaultdict
from io import BytesIO

import pytest

from publisher.errors import UnknownStyleError
from publisher.pdf.document import read_pdf
from publisher.render.styles import USUAL_LATIN_GAP, WIDEST_LATIN_GAP, load_style
from publisher.typeset.linebreak import latin_gap
from publisher.typeset.linebreak.glue import GAP, WIDEST_GAP, Glue
from publisher.typeset.linebreak.glyph_advances import with_wider_advances
from tests.typeset.linebreak.measuring import lines_of
from tests.typeset.linebreak.pdfjs import modelled_text

CSS = ":root { --latin-gap: 0.25em } @page { size: 60em 20em; margin: 1em }"
SENTENCE = "在2017年第3季度，推广App共12个，同比增长15.3%，其中OA系统占8%的份额。"
BODY = f"<p>{SENTENCE}</p><p>推广<abbr title='应用程序'>APP</abbr>共<b>12</b>个，<i>2</i>017年</p>"
FACES = {"PostScript outlines": "Noto Serif CJK SC", "TrueType outlines": "LXGW WenKai"}


@pytest.fixture(scope="module", params=FACES.values(), ids=FACES)
def page(request, typeset):
    return typeset(BODY, f'{CSS} html {{ font-family: "{request.param}" }}').pdf


def extracted(data):
    """Return the text of a PDF as five readers extract it."""
    import pymupdf
    import pypdfium2
    from pypdf import PdfReader

    with pymupdf.open(stream=data, filetype="pdf") as document:
        yield document[0].get_text()
    with pypdfium2.PdfDocument(data) as document:
        yield document[0].get_textpage().get_text_range()
    yield PdfReader(BytesIO(data)).pages[0].extract_text()
    yield read_pdf(data).logical_text()
    yield modelled_text(data)


@pytest.mark.typeset
def test_the_gap_is_a_quarter_em(page):
    pdf = read_pdf(page)
    paragraph = next(element for element in pdf.structure.walk() if element.role == "P")
    (line,) = lines_of(pdf, paragraph)
    for pair in ("在2", "第3", "广A", "共1", "长1", "占8"):
        first = line.text.index(pair)
        (_, left, em, _), (_, right, _, _) = line.glyphs[first : first + 2]
        assert (right - left) / em - 1 == pytest.approx(0.25, abs=0.002)


@pytest.mark.typeset
def test_no_reader_finds_a_space(page):
    for text in extracted(page):
        joined = "".join(text.split("\n")).replace("\r", "")
        assert SENTENCE in joined
        assert "推广APP共12个，2017年" in joined


@pytest.mark.typeset
def test_a_gap_without_wider_glyphs_is_read_as_a_space(typeset, monkeypatch):
    monkeypatch.setattr(latin_gap, "GLUE_BY_PAIR", defaultdict(Glue))
    assert any(" " in text for text in extracted(typeset(f"<p>{SENTENCE}</p>", CSS).pdf))


@pytest.mark.typeset
def test_advances_are_wider_and_outlines_stay():
    from fontTools.ttLib import TTFont

    from publisher.typeset.fonts.library import load_library

    face = load_library(()).face("cwTeXFangSong")
    data = face.path.read_bytes()
    before, after = TTFont(BytesIO(data)), TTFont(BytesIO(with_wider_advances(data, 100)))
    added = round(before["head"].unitsPerEm / 10)
    name = before.getBestCmap()[ord("年")]
    assert after["hmtx"][name][0] == before["hmtx"][name][0] + added
    assert after["glyf"][name] == before["glyf"][name]


@pytest.mark.parametrize("gap", ["0.1", "0.3", '"wide"', "nan"])
def test_a_gap_that_cannot_be_set_is_an_error(tmp_path, gap):
    (tmp_path / "style.toml").write_text(f'extends = "book"\nlatin_gap = {gap}\n')
    with pytest.raises(UnknownStyleError, match=r"latin_gap|wide"):
        load_style(str(tmp_path))


def test_a_style_asks_for_the_gap(tmp_path):
    (tmp_path / "style.toml").write_text('extends = "book"\nlatin_gap = 0.25\n')
    families = dict.fromkeys(("song", "hei", "kai", "fangsong", "title"), ("serif",))
    assert "--latin-gap: 0.25em;" in load_style(str(tmp_path)).sheet(families)
    assert "--latin-gap" not in load_style("book").sheet(families)


def test_styles_may_ask_for_the_gaps_that_lines_can_have() -> None:
    assert (USUAL_LATIN_GAP, WIDEST_LATIN_GAP) == (GAP, WIDEST_GAP)
