"""Rows and columns called 合计 in any table: correct ones hold, wrong ones fail, doubtful ones cannot be verified."""

import pytest

from publisher.model import Outcome
from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.statistics import extract

HEAD = "|部门|公开数|申请数|\n|---|---|---|\n"
ROWS = "|教育局|10|2|\n|公安局|20|3|\n"


def outcomes_of(table, name="r.md"):
    title = "# 某县2018年年度报告\n\n## 一、概述"
    if name.endswith(".html"):
        title = "<h1>某县2018年年度报告</h1><h2>一、概述</h2>"
    source = read_bytes(f"{title}\n\n{table}".encode(), name=name)[0]
    ordered = normalise(source).source
    checks = extract(parse(ordered, overrides=MetadataOverrides()).report).checks
    return [(item.stated, item.outcome.name) for item in checks if item.kind == "table-identity"]


@pytest.mark.parametrize("word", ["合计", "合　计", "总计", "全县合计", "共计"])
def test_a_row_of_totals(word):
    assert outcomes_of(f"{HEAD}{ROWS}|{word}|30|5|\n") == [("30", "HOLDS"), ("5", "HOLDS")]
    assert outcomes_of(f"{HEAD}{ROWS}|{word}|40|5|\n") == [("40", "FAILS"), ("5", "HOLDS")]


def test_a_row_of_totals_may_be_the_first_row():
    assert outcomes_of(f"{HEAD}|合计|30|6|\n{ROWS}") == [("30", "HOLDS"), ("6", "FAILS")]


def test_a_subtotal_adds_the_rows_since_the_last_one():
    table = f"{HEAD}{ROWS}|小计|30|5|\n|甲镇|1|2|\n|乙镇|3|4|\n|小计|4|7|\n|合计|34|12|\n"
    assert outcomes_of(table) == [
        ("30", "HOLDS"),
        ("5", "HOLDS"),
        ("4", "HOLDS"),
        ("7", "FAILS"),
        ("34", "HOLDS"),
        ("12", "FAILS"),
    ]


def test_a_column_of_totals():
    head = "|部门|网站|微信|合计|\n|---|---|---|---|\n"
    rows = "|教育局|10|2|12|\n|公安局|20|3|23|\n|民政局|5|3|9|\n"
    assert outcomes_of(head + rows) == [("12", "HOLDS"), ("23", "HOLDS"), ("9", "FAILS")]


DOUBTFUL = {
    "columns that mostly do not add up": "|部门|网站|微信|合计|\n|---|---|---|---|\n|甲|1|2|9|\n|乙|1|2|8|\n",
    "units that differ": "|部门|公开（条）|经费（元）|合计|\n|---|---|---|---|\n|甲|1|2|3|\n|乙|1|2|4|\n",
    "years": "|部门|2016年|2017年|合计|\n|---|---|---|---|\n|甲|1|2|3|\n|乙|1|2|4|\n",
    "a rate": "|部门|办结率|\n|---|---|\n|甲|90|\n|乙|95|\n|合计|93|\n",
    "of which": f"{HEAD}|教育局|10|2|\n|其中：学校|4|1|\n|公安局|20|3|\n|合计|30|5|\n",
    "a cell that says nothing": f"{HEAD}|教育局||2|\n|公安局|20|3|\n|合计|30|5|\n",
    "ranks": f"{HEAD}|一、部门|30|5|\n|（一）教育局|10|2|\n|（二）公安局|20|3|\n|合计|30|5|\n",
    "no two parts": f"{HEAD}|教育局|10|2|\n|合计|11|3|\n",
}


@pytest.mark.parametrize("table", DOUBTFUL.values(), ids=DOUBTFUL)
def test_a_doubtful_total_does_not_fail(table):
    assert "FAILS" not in [outcome for _, outcome in outcomes_of(table)]


def test_an_indicator_table_is_not_checked_for_totals():
    heads = "|统计指标|单位|统计数|\n|---|---|---|\n"
    rows = "|一、公开|条|9|\n|1.网站|条|3|\n|2.微信|条|6|\n|合计|条|18|\n"
    assert Outcome.FAILS.name not in [outcome for _, outcome in outcomes_of(heads + rows)]


def test_balances_do_not_add_up_over_months():
    table = "|月份|收入|支出|结余|\n|---|---|---|---|\n|1月|50|30|120|\n|2月|60|80|100|\n|3月|40|20|120|\n|合计|150|{}|120|\n"
    assert outcomes_of(table.format(130)) == [("150", "HOLDS"), ("130", "HOLDS")]
    assert outcomes_of(table.format(140)) == [("150", "HOLDS"), ("140", "FAILS")]


def test_amounts_of_different_units_do_not_add_up():
    table = "|项目|单位|数量|\n|---|---|---|\n|道路|公里|12|\n|桥梁|座|3|\n|合计|{}|40|\n"
    assert outcomes_of(table.format("万元")) == []
    assert outcomes_of(table.replace("公里", "座").format("座")) == [("40", "FAILS")]


@pytest.mark.parametrize("details", [(40, 25, 20), (40, 25)])
def test_details_without_a_mark_are_no_parts(details):
    rows = "".join(f"|税种{number}|{number}|\n" for number in details)
    table = f"|项目|决算数|\n|---|---|\n|税收收入|85|\n{rows}|非税收入|38|\n|收入合计|{{}}|\n"
    assert outcomes_of(table.format(123)) == [("123", "HOLDS")]
    assert outcomes_of(table.format(124)) == [("124", "FAILS")]


def test_a_ratio_does_not_add_up():
    table = "|乡镇|男|女|性别比|\n|---|---|---|---|\n|甲|18|17|105.9|\n|乙|13|13|100.0|\n|合计|31|30|103.3|\n"
    assert outcomes_of(table) == [("31", "HOLDS"), ("30", "HOLDS")]


def test_the_rounding_of_decimals_and_a_dash_do_not_fail():
    table = "|项目|金额|\n|---|---|\n|人员|66.7|\n|公用|22.2|\n|其他|11.2|\n|合计|{}|\n"
    assert outcomes_of(table.format("100.0")) == [("100.0", "UNVERIFIABLE")]
    assert outcomes_of(table.format("101.0")) == [("101.0", "FAILS")]
    assert outcomes_of(table.format("—")) == []


BALANCE_SHEET = (
    "|资产|{0}|负债和净资产|年初数|年末数|\n|---|---|---|---|---|---|\n"
    "|货币资金|100|120|应付账款|30|40|\n|设备原值|500|520|其他应付款|20|20|\n"
    "|减：累计折旧|100|120|负债合计|{1}|60|\n|设备净值|400|400|累计盈余|450|460|\n"
    "|资产总计|{2}|520|负债和净资产总计|500|520|\n"
)


@pytest.mark.parametrize("heads", ["年初数|年末数", "上年|本年"])
def test_a_total_in_one_half_of_a_balance_sheet_is_none_of_the_other(heads):
    outcomes = outcomes_of(BALANCE_SHEET.format(heads, 50, 500))
    assert sorted(outcomes) == [(figure, "HOLDS") for figure in ("50", "500", "520", "60")]
    assert ("51", "FAILS") in outcomes_of(BALANCE_SHEET.format(heads, 51, 500))


def test_a_total_after_a_deduction_is_not_certain():
    outcomes = outcomes_of(BALANCE_SHEET.format("年初数|年末数", 50, 501))
    assert ("501", "UNVERIFIABLE") in outcomes


MERGED = (
    '<table><tr><th>项目</th><th>人数</th><th>金额</th></tr><tr><td>人员</td><td>3</td><td rowspan="2">80</td></tr>'
    "<tr><td>公用</td><td>2</td></tr><tr><td>项目</td><td>1</td><td>20</td></tr>"
    "<tr><td>合计</td><td>6</td><td>{}</td></tr></table>"
)


@pytest.mark.parametrize(
    ("total", "outcome"), [("100", "HOLDS"), ("180", "UNVERIFIABLE"), ("110", "FAILS")]
)
def test_a_figure_of_several_rows_is_added_once(total, outcome):
    assert outcomes_of(MERGED.format(total), "r.html") == [("6", "HOLDS"), (total, outcome)]


def test_a_total_of_several_rows_adds_all_of_them():
    table = (
        "<table><tr><th>部门</th><th>网站</th><th>微信</th><th>合计</th></tr>"
        '<tr><td>甲</td><td>1</td><td>2</td><td rowspan="2">10</td></tr>'
        "<tr><td>乙</td><td>3</td><td>4</td></tr>"
        "<tr><td>丙</td><td>5</td><td>6</td><td>{}</td></tr></table>"
    )
    assert outcomes_of(table.format(11), "r.html") == [("10", "HOLDS"), ("11", "HOLDS")]
    assert ("12", "FAILS") in outcomes_of(table.format(12), "r.html")


def test_a_grand_total_includes_the_totals_above_it():
    table = (
        "|资产|金额|\n|---|---|\n|货币资金|100|\n|存货|10|\n|流动资产合计|{}|\n"
        "|工程物资|5|\n|文物|6|\n|资产总计|121|\n"
    )
    assert outcomes_of(table.format(110)) == [("110", "HOLDS"), ("121", "HOLDS")]
    assert outcomes_of(table.format(111)) == [("111", "FAILS"), ("121", "UNVERIFIABLE")]


def test_percentages_are_not_added():
    table = f"{HEAD}|教育局|98%|97%|\n|公安局|96%|95%|\n|合计|97%|96%|\n"
    assert outcomes_of(table) == []
