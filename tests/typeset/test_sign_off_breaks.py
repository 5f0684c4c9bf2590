"""Page breaks at the end of a document, measured from its glyphs."""

import pytest

from publisher.pdf.document import read_pdf
from publisher.render.styles import load_style

pytestmark = pytest.mark.typeset

ROLES = ("song", "hei", "kai", "fangsong", "title")


@pytest.mark.parametrize(
    ("style", "lines"), [("gongwen", range(15, 22)), ("reader", range(27, 35))]
)
def test_a_remark_is_on_the_page_of_the_signature_and_of_some_text(typeset, style, lines):
    sheet = load_style(style).sheet(dict.fromkeys(ROLES, ("Noto Serif CJK SC",)))
    end = (
        '<div class="sign-off" style="width: 8em"><p>局</p><p>日</p></div><p class="contact">人</p>'
    )
    parts = "".join(
        f'<section style="break-before: page">{"<p>文</p>" * n}{end}</section>' for n in lines
    )
    pages = read_pdf(typeset(f"<main>{parts}</main>", sheet).pdf).pages
    ends = [text for page in pages if "人" in (text := "".join(run.text for run in page.runs))]
    assert len(ends) == len(lines)
    assert all("文" in text and "局日" in text for text in ends)
    assert len(pages) > len(lines)  # some signatures do not fit on the first page
