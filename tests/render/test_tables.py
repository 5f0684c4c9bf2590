"""A line that names a table is its caption: it stands with it, and is tagged with it."""

import json
import re

import pytest

from publisher import publish
from publisher.options import Options
from publisher.pdf.document import read_pdf
from publisher.pipeline import prepare_report
from publisher.readers import read_bytes
from publisher.render.styles import load_style

TABLE = "| 项目 | 件数 |\n| --- | --- |\n| 受理 | 13 |\n| 办结 | 12 |\n"
REPORT = "# 某市2019年年度报告\n\n## 一、概述\n\n情况见下表。\n\n{}\n\n{}\n\n以上13件。\n"
TITLES = (
    "表1　2019年办理情况",
    "表 2：办理情况",
    "表三、办理情况（单位：件）",
    "表1-2 办理情况",
    "表1",
)
ROLES = ("song", "hei", "kai", "fangsong", "title")
OTHERS = (
    "表1是2019年的办理情况。",
    "表1 说明如下：",
    "表彰先进12人",
    "见表1 办理情况",
    "表1 " + "长" * 60,
)


def page_of(line, after=TABLE):
    raw, edits = read_bytes(REPORT.format(line, after).encode(), name="r.md")
    return prepare_report(raw, edits, Options(tables="none"), where="").page.html


@pytest.mark.parametrize("line", TITLES)
def test_a_line_that_names_a_table_is_its_caption(line):
    html = page_of(line)
    begin, end = html.index("<caption"), html.index("</caption>")
    words = re.sub("<[^>]+>", "", html[begin:end])
    assert words.startswith("表")
    assert words.endswith(line[-4:])
    assert html.count("办理情况") == ("办理情况" in line)


@pytest.mark.parametrize("line", OTHERS)
def test_a_sentence_above_a_table_is_not_a_caption(line):
    assert "<caption" not in page_of(line)


def test_a_line_that_names_a_distant_table_is_not_moved():
    assert "<caption" not in page_of(TITLES[0], "表在别处。")


@pytest.mark.parametrize(
    ("rows", "cell", "is_short"), [(6, "受理", True), (7, "受理", False), (2, "受" * 61, False)]
)
def test_a_table_of_few_rows_is_short(rows, cell, is_short):
    table = "| 项目 | 件数 |\n| --- | --- |\n" + f"| {cell} | 13 |\n" * rows
    assert ('<table class="short"' in page_of("", table)) == is_short


@pytest.mark.typeset
def test_a_short_table_is_on_one_page(typeset):
    sheet = load_style("book").sheet(dict.fromkeys(ROLES, ("Noto Serif CJK SC",)))
    for name in ("short", ""):
        table = (
            f'<table class="{name}"><tbody>{"<tr><td>甲</td><td>1</td></tr>" * 6}</tbody></table>'
        )
        pages = f'<div style="break-before: page">{"<p>文</p>" * 29}{table}</div>'
        pdf = read_pdf(typeset(f"<main>{pages}</main>", sheet).pdf)
        counts = [sum(run.text.count("甲") for run in page.runs) for page in pdf.pages]
        assert (6 in counts) == bool(name)


@pytest.mark.typeset
@pytest.mark.parametrize("style", ["gongwen", "reader"])
def test_a_caption_is_never_the_last_line_of_a_page(tmp_path, style):
    """Wherever on a page a table begins, its name is on the same page; nothing is lost or repeated."""
    for lines in range(8, 22, 2):
        source = tmp_path / "r.md"
        filler = "\n\n".join(["今年公开信息。"] * lines)
        source.write_text(REPORT.format(f"{filler}\n\n{TITLES[0]}", TABLE), encoding="utf-8")
        done = publish(source, Options(output=tmp_path, style=style, tables="none"))
        pdf = read_pdf(done.pdf.read_bytes())
        caption, table = (
            next(item for item in pdf.structure.walk() if item.role == role)
            for role in ("Caption", "Table")
        )
        assert pdf.logical_text(caption).replace("\u3000", " ").startswith("表1")
        assert pdf.logical_text(table).count("办理情况") == 1
        pages = [
            {
                number
                for number, page in enumerate(pdf.pages)
                if any(text in run.text for run in page.runs)
            }
            for text in ("办理情况", "受理")
        ]
        assert pages[0] & pages[1]


def test_a_caption_element_of_a_web_page_is_a_caption(tmp_path):
    page = (
        "<h1>某市2019年年度报告</h1><h2>一、概述</h2><p>情况见下表。</p>"
        "<table><caption>办理情况</caption><tr><th>项目</th><th>件数</th></tr>"
        "<tr><td>受理</td><td>13</td></tr></table>"
    )
    raw, _ = read_bytes(page.encode(), name="r.html")
    ready = prepare_report(raw, (), Options(tables="none"), where="")
    assert "<caption" in ready.page.html
    (section,) = ready.parsed.report.sections
    assert [type(block).__name__ for block in section.blocks] == ["Paragraph", "Table"]
    assert section.blocks[1].caption.string == "办理情况"


def test_the_record_has_the_caption(tmp_path):
    source = tmp_path / "r.md"
    source.write_text(REPORT.format(TITLES[0], TABLE), encoding="utf-8")
    publication = publish(source, Options(output=tmp_path, tables="none", profile="draft"))
    tables = json.loads(publication.record.read_text(encoding="utf-8"))["tables"]
    (caption,) = [item["caption"] for item in tables if item["origin"] == "source"]
    assert caption == "表1　2019年办理情况"
