"""A form to be written on keeps its empty columns and its blank lines; other tables have neither."""

import pytest

from publisher.normalise import normalise
from publisher.options import Options
from publisher.parse import MetadataOverrides, parse
from publisher.pipeline import prepare_report
from publisher.readers import read_bytes
from publisher.render.inline_markup import InlineMarkup
from tests.readers import word
from tests.readers.word import p, tbl, tc, tr

HEAD = "<html><body><h1>青岚市临时救助申请表</h1>"
ANSWERS = "<tr><td>姓名</td><td></td><td>性别</td><td></td></tr>"
SIGNED = "<p>&nbsp;</p><p><br></p><br>申请人（签名）：　　年　　月　　日"
SPAN = '<w:gridSpan w:val="3"/>'


def table_of(data, name="r.html"):
    source, _ = read_bytes(data if isinstance(data, bytes) else (HEAD + data).encode(), name=name)
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    return next(block for block in report.blocks() if hasattr(block, "body"))


def markup_of(table, row, column):
    return str(InlineMarkup().cell_markup((*table.head, *table.body)[row][column]))


def test_a_form_keeps_its_empty_columns_and_names_their_labels():
    table = table_of(f"<table>{ANSWERS}<tr><td>理由</td><td colspan=3>{SIGNED}</td></tr></table>")
    assert table.is_form
    assert not table.head
    assert [(cell.text.string, cell.scope) for cell in table.body[0]] == [
        ("姓名", "row"),
        ("", ""),
        ("性别", "row"),
        ("", ""),
    ]


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("<p>&nbsp;</p><p><br></p><br>申请人（签名）", 3),
        ("<p></p><div></div>申请人（签名）", 0),
        ("说明：<br><br><br>申请人（签名）", 2),
        ("申请人（签名）<p>　</p><p>&#160;</p>", 2),
    ],
)
def test_the_blank_lines_that_a_browser_shows(content, lines):
    table = table_of(f"<table>{ANSWERS}<tr><td>理由</td><td colspan=3>{content}</td></tr></table>")
    text_lines = content.count("：") + 1
    assert markup_of(table, 1, 1).count("<br>") == text_lines - 1 + lines + content.endswith("</p>")


def test_an_empty_cell_is_as_high_as_its_lines():
    rows = f"<tr><td>意见</td><td colspan=3>{SIGNED}</td></tr><tr><td>备注</td><td colspan=3><br><br><br></td></tr>"
    assert markup_of(table_of(f"<table>{ANSWERS}{rows}</table>"), 2, 1) == "<br><br><br>"
    one = rows.replace("<br><br><br></td>", "<br></td>")
    assert markup_of(table_of(f"<table>{ANSWERS}{one}</table>"), 2, 1) == ""


def test_blank_lines_and_high_rows_of_word():
    height = '<w:trHeight w:val="1800"/>'  # 90 pt: 4.5 lines
    body = tbl(
        tr("姓名", "", "性别", ""),
        tr("意见", tc(p("说明："), p() * 3, p("（盖章）"), p("年　　月　　日"), props=SPAN)),
        tr("审批", tc("", props=SPAN), props=height),
    )
    table = table_of(word.docx(p("青岚市临时救助申请表", style="Title"), body), "r.docx")
    assert (
        markup_of(table, 1, 1) == "说明：<br><br><br><br>（盖章）<br>年\u3000\u3000月\u3000\u3000日"
    )
    assert markup_of(table, 2, 1) == "<br>" * 4


@pytest.mark.parametrize(
    ("row", "cell", "lines"),
    [
        ("height=120", "", 4),
        ('style="height: 90pt"', "", 4),
        ("", 'style="height:3.2cm"', 5),
        ("height=30%", "height=20", 0),
        ("", "height=120 rowspan=2", 0),
        ("height=99999", "", 33),
    ],
)
def test_high_rows_of_a_page(row, cell, lines):
    rows = f"<tr {row}><td>意见</td><td colspan=3 {cell}></td></tr><tr><td>备注</td><td>（签名）</td></tr>"
    assert markup_of(table_of(f"<table>{ANSWERS}{rows}</table>"), 1, 1) == "<br>" * lines


@pytest.mark.parametrize("style", ["gongwen", "reader"])
def test_a_form_has_boxes_in_every_style(style):
    body = f"<table>{ANSWERS}<tr><td>理由</td><td colspan=3>{SIGNED}</td></tr></table>"
    source, edits = read_bytes((HEAD + body).encode(), name="r.html")
    html = prepare_report(source, edits, Options(style=style, tables="none"), where="").page.html
    assert '<table class="short form"' in html
    assert html.count('<td class="answer">') == 2


def test_a_table_of_data_has_neither():
    table = table_of(
        "<table><tr><td>指标</td><td></td><td>数量</td></tr><tr><td>粮食</td><td></td><td><p>&nbsp;</p><p>&nbsp;</p>12.5</td></tr>"
        "<tr><td>油料</td><td></td><td>18.7<br><br><br></td></tr></table>"
    )
    assert not table.is_form
    assert [len(row) for row in (*table.head, *table.body)] == [2, 2, 2]
    assert not any(cell.blank_lines for row in table.body for cell in row)
