"""Columns and rows without any text are left out of a table and reported; tables on one line are reported."""

import pytest

from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.reference.squashed_forms import is_squashed_form
from publisher.statistics import extract

HEAD = "<html><body><h1>云浦县2023年统计公报</h1><p>一、综合</p><p>全县经济平稳运行，情况良好。</p>"
SPANNED = (
    "<table><tr><td>指标</td><td colspan=2>数量</td><td colspan=2>同比增长（±%）</td></tr>"
    "<tr><td>粮食</td><td>12.5</td><td>&nbsp;</td><td>4.1</td><td></td></tr>"
    "<tr><td>油料</td><td>18.7</td><td></td><td>5.9</td><td></td></tr></table>"
)
ROWS = "<table><tr><td>指标</td><td>数量</td></tr><tr><td></td><td></td></tr><tr><td>粮食</td><td>12.5</td></tr><tr><td>油料</td><td>18.7</td></tr></table>"
FORM = "<table><tr><td>姓名</td><td>电话</td></tr><tr><td></td><td></td></tr><tr><td></td><td></td></tr></table>"


def result_of(text, name="r.html"):
    source, _ = read_bytes(text.encode(), name=name)
    return parse(normalise(source).source, overrides=MetadataOverrides())


def table_of(page):
    result = result_of(HEAD + page)
    (section,) = result.report.sections
    table = section.blocks[-1]
    rows = [[cell.text.string for cell in row] for row in (*table.head, *table.body)]
    return rows, [finding.message for finding in result.findings if finding.clause == "tables"]


def test_an_empty_column_below_a_head_that_spans_it():
    rows, messages = table_of(SPANNED)
    assert rows == [
        ["指标", "数量", "同比增长（±%）"],
        ["粮食", "12.5", "4.1"],
        ["油料", "18.7", "5.9"],
    ]
    assert messages == ["a table has 2 columns and 0 rows without any text; they are left out"]


def test_an_empty_row_between_others():
    rows, messages = table_of(ROWS)
    assert rows == [["指标", "数量"], ["粮食", "12.5"], ["油料", "18.7"]]
    assert len(messages) == 1


def test_rows_to_be_filled_in_remain():
    rows, messages = table_of(FORM)
    assert len(rows) == 3
    assert messages == []


@pytest.mark.parametrize(
    ("line", "squashed"),
    [
        (
            "统计表指标名称计量单位2018年度主动公开文件数条206912106政府网站公开数条206912106政府公报公开数条00",
            True,
        ),
        ("受理申请总数件12当面申请数件3网上申请数件9传真申请数件0", True),
        ("全年受理申请12件，其中当面申请3件，网上申请9件，按时办结率100%。", False),
        ("受理申请总数（件）12", False),
    ],
)
def test_tables_on_one_line(line, squashed):
    assert is_squashed_form(line) is squashed


def test_the_figures_of_a_table_on_one_line_are_not_read():
    line = "统计表指标名称计量单位2018年度主动公开文件数条206912106政府网站公开数条206912106政府公报公开数条00"
    result = result_of(
        f"云浦县2018年年度报告\n一、概述\n2018年主动公开2069条。\n二、附表\n{line}\n", "r.txt"
    )
    assert [finding.clause for finding in result.findings].count("tables") == 1
    figures = extract(result.report).observations
    assert [figure.value for figure in figures] == ["2069"]
