"""Tables of a file against those of its page: every defect is reported."""

import re

import pytest

from publisher.pdf.document import read_pdf
from publisher.verify import table_semantics
from publisher.verify.screen_reader import read_aloud
from publisher.verify.semantics import verify_semantics
from publisher.verify.table_semantics import verify_tables

TABLE = (
    "<table><caption>表</caption>"
    '<thead><tr><th scope="col">指标</th><th scope="col">数值</th><th scope="col">单位</th></tr></thead>'
    '<tbody><tr><th scope="rowgroup">（一）网站</th><td colspan="2"></td></tr>'
    '<tr><th scope="row">公开</th><td>12</td><td>条</td></tr></tbody>'
    '<tbody><tr><th scope="rowgroup">（二）微信</th><td colspan="2"></td></tr>'
    '<tr><th scope="row">推送</th><td rowspan="2">34</td><td>条</td></tr>'
    '<tr><th scope="row">阅读</th><td>次</td></tr></tbody></table>'
)
STACKED = (
    '<table><tr><th scope="colgroup" colspan="2">甲部分</th></tr>'
    '<tr><th scope="col">内容</th><th scope="col">数量</th></tr>'
    '<tr><th scope="row">规章</th><td>1</td></tr>'
    '<tr><th scope="colgroup" colspan="2">乙部分</th></tr>'
    '<tr><th scope="col">内容</th><th scope="col">金额</th></tr>'
    '<tr><th scope="row">收费</th><td>2</td></tr></table>'
)


LEVELS = (
    '<table><tr><th scope="col">项目</th><th scope="col">金额</th></tr>'
    '<tr><th scope="row">收入</th><td>9</td></tr>'
    '<tr><th scope="row" data-level="1">税收</th><td>7</td></tr>'
    '<tr><th scope="row" data-level="2">其中：增值税</th><td>3</td></tr>'
    '<tr><th scope="row">支出</th><td>8</td></tr></table>'
)


SIDES = (
    '<table><tr><th scope="col">项目</th><th scope="col">金额</th><th scope="col">项目</th><th scope="col">金额</th></tr>'
    '<tr><th scope="row">收入</th><td>9</td><th scope="row" data-side>支出</th><td>8</td></tr></table>'
)


def page(body):
    return f'<html lang="zh-Hans"><body>{body}</body></html>'


@pytest.fixture(scope="module")
def pdf(typeset):
    return read_pdf(typeset(TABLE + STACKED).pdf)


def test_faithful_tables_have_no_findings(pdf):
    verdict = verify_tables(pdf, page(TABLE + STACKED), version="0")
    assert verdict.findings == ()
    assert verdict.passed


def test_a_table_that_spans_pages_is_one_table(typeset):
    rows = "".join(f'<tr><th scope="row">行{n}</th><td>{n}</td></tr>' for n in range(200))
    body = (
        '<table><thead><tr><th scope="col">行</th><th scope="col">数</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
    assert verify_tables(read_pdf(typeset(body).pdf), page(body), version="0").passed


DEFECTS = {
    "a header cell as data cell": ('<th scope="row">公开</th>', "<td>公开</td>"),
    "a data cell as header cell": ("<td>12</td>", '<th scope="row">12</th>'),
    "a scope": ('<th scope="col">数值</th>', '<th scope="row">数值</th>'),
    "a span": ('rowspan="2"', 'rowspan="1"'),
    "a text": ("<td>12</td>", "<td>21</td>"),
    "a lost cell": ("<td>条</td></tr></tbody><tbody>", "</tr></tbody><tbody>"),
    "a lost row": (
        '<tr><th scope="row">阅读</th><td>次</td></tr>',
        "",
    ),
    "a lost table": (STACKED, ""),
    "a group's end": ("</tbody><tbody>", ""),
    "a header cell of another part": (
        '<th scope="colgroup" colspan="2">乙部分</th>',
        '<td colspan="2">乙部分</td>',
    ),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_defects_are_found(pdf, name):
    correct, defective = DEFECTS[name]
    html = page((TABLE + STACKED).replace(correct, defective, 1))
    assert html != page(TABLE + STACKED)
    verdict = verify_tables(pdf, html, version="0")
    assert not verdict.passed
    assert re.search("table|tables", verdict.findings[0].message)


def test_a_row_has_the_headers_of_the_rows_that_it_is_a_part_of(typeset):
    pdf = read_pdf(typeset(LEVELS).pdf)
    assert verify_tables(pdf, page(LEVELS), version="0").passed
    spoken = "\n".join(read_aloud(pdf))
    assert "收入 / 税收 / 其中：增值税" in spoken
    for wrong in ('data-level="0">税收', 'data-level="1">其中'):
        start = wrong.index(">")
        html = re.sub(f'data-level="[12]">{wrong[start + 1 :]}', wrong, page(LEVELS))
        assert html != page(LEVELS)
        assert not verify_tables(pdf, html, version="0").passed


def test_the_row_headers_of_a_table_do_not_apply_to_the_table_beside_it(typeset):
    pdf = read_pdf(typeset(SIDES).pdf)
    assert verify_tables(pdf, page(SIDES), version="0").passed
    spoken = "\n".join(read_aloud(pdf))
    assert "支出 / 项目" not in spoken
    assert "支出 / 金额: 8" in spoken
    assert "收入 / 支出" not in spoken
    assert not verify_tables(pdf, page(SIDES.replace(" data-side", "")), version="0").passed


def test_page_numbers_are_not_compared(typeset):
    body = (
        '<p id="a">甲</p><table><tr><th scope="col">页</th></tr>'
        '<tr><td><a href="#a" data-page title="见甲"></a></td></tr></table>'
    )
    css = "a::after { content: target-counter(attr(href), page) }"
    assert verify_tables(read_pdf(typeset(body, css).pdf), page(body), version="0").passed


UNUSUAL = {
    "no header cells": "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>",
    "one cell": "<table><tr><td>甲</td></tr></table>",
    "header cells only": '<table><thead><tr><th scope="col">甲</th><th scope="col">乙</th></tr></thead></table>',
    "an empty corner": (
        '<table><thead><tr><th scope="col"></th><th scope="col">数</th></tr></thead>'
        '<tbody><tr><th scope="row">甲</th><td>1</td></tr></tbody></table>'
    ),
    "empty rows": "<table><tr><td></td><td></td></tr><tr><td>甲</td><td></td></tr></table>",
    "a cell over all rows and a cell over all columns": (
        '<table><tr><th scope="rowgroup" rowspan="3">总</th><td colspan="2">全</td></tr>'
        "<tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    ),
    "header cells on three levels": (
        '<table><thead><tr><th scope="col" rowspan="3">项</th>'
        '<th scope="colgroup" colspan="4">结果</th></tr>'
        '<tr><th scope="colgroup" colspan="2">公开</th><th scope="colgroup" colspan="2">不公开</th></tr>'
        "<tr>"
        + '<th scope="col">件</th><th scope="col">比</th>' * 2
        + "</tr></thead>"
        + '<tbody><tr><th scope="row">甲</th><td>1</td><td>2</td><td>3</td><td>4</td></tr></tbody></table>'
    ),
    "a stub of two columns": (
        '<table><thead><tr><th scope="col" colspan="2">项目</th><th scope="col">数</th></tr></thead><tbody>'
        '<tr><th scope="rowgroup" rowspan="2">结果</th><th scope="row">甲</th><td>1</td></tr>'
        '<tr><th scope="row">乙</th><td>2</td></tr></tbody></table>'
    ),
    "numbers before a header of two rows": (
        '<table><thead><tr><th scope="col">序号</th><th scope="col">类别</th><th scope="col">数</th></tr></thead><tbody>'
        '<tr><th scope="row">1</th><th scope="rowgroup" rowspan="2">甲</th><td>10</td></tr>'
        '<tr><th scope="row">2</th><td>20</td></tr></tbody></table>'
    ),
    "rows of unlike length": (
        '<table><tr><th scope="col">甲</th><th scope="col">乙</th><th scope="col">丙</th></tr>'
        "<tr><td>1</td></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>"
    ),
    "two equal header cells": (
        '<table><thead><tr><th scope="col">数</th><th scope="col">数</th></tr></thead>'
        "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    ),
    "a long cell over pages": (
        '<table><thead><tr><th scope="col">甲</th></tr></thead><tbody><tr><td>'
        + "很长的一格。" * 900
        + "</td></tr></tbody></table>"
    ),
    "a row of header cells in the middle": STACKED,
    "a table in a list": f"<ul><li>甲{TABLE.replace(chr(10), '')}</li></ul>",
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_unusual_tables_are_no_defects(typeset, name):
    table = UNUSUAL[name].replace("<table><tr>", "<table><tbody><tr>")
    body = f"<main>{table.replace('</tr></table>', '</tr></tbody></table>')}</main>"
    pdf, html = read_pdf(typeset(body, "ul { list-style: none }").pdf), page(body)
    assert verify_tables(pdf, html, version="0").findings == ()
    assert verify_semantics(pdf, html, version="0").findings == ()


def test_time_for_a_long_table_grows_linearly(monkeypatch):
    scope_reads = 0

    def scope(cell):
        nonlocal scope_reads
        scope_reads += 1
        return cell.attributes.get("scope") or ""

    monkeypatch.setattr(table_semantics._HtmlCell, "scope", property(scope))

    def count_scope_reads(rows):
        nonlocal scope_reads
        scope_reads = 0
        body = "".join(f'<tr><th scope="row">{n}</th><td>{n}</td></tr>' for n in range(rows))
        html = f'<table><tr><th scope="col">行</th><th scope="col">数</th></tr>{body}</table>'
        (table,) = table_semantics._html_tables(html)
        table_semantics._expected_cells(table)
        return scope_reads

    assert count_scope_reads(400) < 5 * count_scope_reads(100)
