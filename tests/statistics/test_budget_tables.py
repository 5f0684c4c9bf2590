"""Estimates and budgets: heads that name a year and what it is of, years in Chinese digits, currencies of the place."""

import pytest

from publisher.statistics.cell_readings import cell_measure, read_cell
from publisher.statistics.contexts import SectionContext, context_of_title
from publisher.statistics.financial_years import financial_year_of_head
from publisher.statistics.han_years import with_arabic_years
from tests.corpus.measured_figures import statistics_of

ESTIMATES = """總目88 — 堤岸管理署

一、財政撥款

綱領	2023-24（實際）（百萬元）	2024-25（修訂）（百萬元）	2025-26（預算）（百萬元）
(1) 堤岸維修	42.1	48.3	61.9
(2) 巡查	18.4	20.1	23.0
總計	60.5	68.4	84.9

二、服務

指標	2023年（實際）	2024年（實際）	2025年（預計）
參觀人次	1,386	1,412	1,500

二○二四年，參觀人次為1,412人次，較二○二三年的1,386人次上升1.9%。
"""


@pytest.fixture(scope="module")
def estimates():
    return statistics_of(ESTIMATES, "estimates.txt").observations


def test_heads_of_years_name_no_measure(estimates):
    cells = {item.value: item for item in estimates if item.tabulated}
    assert {cells[value].measure for value in ("42.1", "48.3", "61.9")} == {"堤岸維修"}
    read = [(cells[v].period, cells[v].status) for v in ("42.1", "48.3", "61.9", "1500")]
    assert read == [
        ("2023/2024", "result"),
        ("2024/2025", "estimate"),
        ("2025/2026", "target"),
        ("2025", "target"),
    ]


def test_a_counter_that_ends_a_row_head_is_its_unit(estimates):
    assert {item.unit for item in estimates if "參觀人次" in item.subject} == {"人次", "%"}


def test_years_in_chinese_digits_are_periods(estimates):
    text = [(item.value, item.period) for item in estimates if not item.tabulated]
    assert text == [("1412", "2024"), ("1386", "2023"), ("1.9", "2024")]


@pytest.mark.parametrize(
    ("text", "arabic"),
    [
        ("二零二四年", "2024年"),
        ("一九九八年至二○○三年", "1998年至2003年"),
        ("二○二五至二六年度", "2025至26年度"),
        ("二〇二四户", "二〇二四户"),
        ("办件二十六年来最多", "办件二十六年来最多"),
    ],
)
def test_only_years_are_written_in_arabic_digits(text, arabic):
    assert with_arabic_years(text) == arabic


@pytest.mark.parametrize(
    ("head", "year"),
    [("2023-24", "2023/2024"), ("1999-00", ""), ("2021-25", ""), ("2023-24.5", ""), ("2024", "")],
)
def test_the_head_of_a_financial_year(head, year):
    assert financial_year_of_head(head) == year


def test_a_statement_of_status_alone_is_no_measure():
    assert cell_measure(["道路", "2024-25（修訂）"]) == "道路"
    assert cell_measure(["道路", "预算执行率"]) == "道路/预算执行率"
    reading = read_cell(["上年预计完成"], ["道路"], "", "万元", SectionContext(), "2024")
    assert reading.status == "estimate"


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("青陵鄉113年度總預算案編製情形", "target"),
        ("青陵县2024年部门预算", "target"),
        ("青陵县2023年总预算执行情况", "result"),
    ],
)
def test_the_figures_of_a_budget_are_targets(title, status):
    from publisher.text.simplified import to_simplified

    assert context_of_title(to_simplified(title)).status == status


@pytest.mark.parametrize(
    ("statement", "unit"),
    [("新臺幣千元", "千元"), ("人民币万元", "万元"), ("港币万元", "港币万元")],
)
def test_a_table_in_the_currency_of_the_place_has_the_unit_of_the_text(statement, unit):
    rows = "<tr><th>科目<th>金额</tr><tr><td>税课<td>1,200</tr><tr><td>规费<td>300</tr>"
    caption = f"<caption>表1　收支（单位：{statement}）</caption>"
    page = f"<h1>青陵乡2023年报告</h1><table>{caption}{rows}</table>"
    found = statistics_of(page, "report.html").observations
    assert {item.unit for item in found} == {unit}
