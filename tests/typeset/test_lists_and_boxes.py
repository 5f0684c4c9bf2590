"""Lists inside one another and boxes to tick, measured on the page."""

import pytest

from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.pdf.document import read_pdf
from publisher.readers import read_bytes
from publisher.render import render
from publisher.render.styles import load_style

pytestmark = pytest.mark.typeset

TEXT = """# 云港市2021年报告

## 一、步骤

按以下步骤进行。

1. 甲准备。
   1. 乙清点。
      - 丙目录。
   2. 丁培训。
2. 戊扫描。
   - 己彩色。
     - 庚黑白。

☐ 同意 □ 不同意
"""
FONTS = dict.fromkeys(("song", "hei", "kai", "fangsong", "title"), ("Noto Serif CJK SC",))
SIZES = {"gongwen": 15.75, "book": 10.5, "reader": 11.5}


@pytest.fixture(params=SIZES)
def runs(request, typeset):
    """The runs of the page in a style, and the size of its text."""
    source, _ = read_bytes(TEXT.encode(), name="r.md")
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    style = load_style(request.param)
    html = render(report, style, FONTS).html
    body = html[html.index("<main") : html.index("</body>")]
    pages = read_pdf(typeset(body, style.sheet(FONTS)).pdf).pages
    return [run for page in pages for run in page.runs], SIZES[request.param]


def test_a_list_is_indented_below_the_item_that_it_is_in(runs):
    places = {
        sign: run.xs[run.text.index(sign)] / runs[1]
        for run in runs[0]
        for sign in "甲乙丙丁戊己庚"
        if sign in run.text
    }
    for outer, inner in ("甲乙", "乙丙", "丁丙", "戊己", "己庚"):
        assert places[inner] - places[outer] > 0.9
    assert places["乙"] == pytest.approx(places["丁"], abs=0.2)


def test_a_box_to_tick_is_larger_than_the_text(runs):
    sizes = {run.text.strip()[:1]: run.size for run in runs[0]}
    assert sizes["☐"] == pytest.approx(1.2 * runs[1], rel=0.01)
