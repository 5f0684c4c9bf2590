"""Documents of a page or two: their title is above their text, and they have no cover."""

import pytest

from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.pdf.document import read_pdf
from publisher.readers import read_bytes
from publisher.render import render
from publisher.render.styles import load_style

FONTS = dict.fromkeys(("song", "hei", "kai", "fangsong", "title"), ("Noto Serif CJK SC",))
SENTENCE = "请各单位按期报送材料。"
TEXTS = {
    "form": "云港市场馆使用申请表\n\n填表前请先阅读说明。\n",
    "notice": f"关于报送材料的通知\n\n各单位：\n\n{SENTENCE}\n\n一、时间\n\n{SENTENCE}\n\n云港市水利局\n\n2024年4月2日\n",
    "report": f"云港市水利局2023年工作报告\n\n一、概况\n\n{SENTENCE}\n",
}


def page(kind, style="reader", length=1):
    text = TEXTS[kind].replace("阅读说明", "阅读说明" * length).replace(SENTENCE, SENTENCE * length)
    source, _ = read_bytes(text.encode(), name="r.txt")
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    return render(report, load_style(style), FONTS)


@pytest.mark.parametrize(
    ("kind", "style", "length", "expected"),
    [
        ("form", "reader", 1, False),
        ("form", "reader", 400, True),
        ("notice", "book", 1, False),
        ("notice", "large-print", 1, False),
        ("notice", "large-print", 60, True),
        ("report", "reader", 1, True),
    ],
)
def test_a_short_document_has_no_cover(kind, style, length, expected):
    html = page(kind, style, length).html
    assert ('class="cover"' in html, 'class="opening"' in html) == (expected, not expected)
    assert html.count("<h1") == 1


def test_a_style_with_its_own_template_has_its_cover(tmp_path):
    (tmp_path / "style.toml").write_text('extends = "reader"\n')
    assert load_style(str(tmp_path)).cover_characters > 0
    (tmp_path / "report.html.j2").write_text('{%- extends "reader/report.html.j2" -%}')
    assert load_style(str(tmp_path)).cover_characters == 0


@pytest.mark.typeset
def test_the_title_is_on_the_first_page_and_not_in_its_head(typeset):
    sheet = load_style("reader").sheet(FONTS)
    html = page("notice").html
    body = html[html.index("<main") : html.index("</body>")]
    (first,) = read_pdf(typeset(body, sheet).pdf).pages
    title = [run for run in first.runs if "关于报送材料的通知" in run.text]
    assert [run.size for run in title] == [pytest.approx(20, rel=0.01)]
