"""The tables of main figures: groups, nesting, notes, charts."""

import pytest

from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.statistics import extract

REPORT = """某市2017年报告
一、概述
全市3个县报送材料，召开会议5次。
二、公开情况
（一）网站
1.总量
全年公开信息1272条，其中市政府293条，部门695条，区县284条。
2.申请
2015年、2016年、2017年分别受理申请52件、61件、72件。
三、表格
| 指标 | 数量 |
| 甲 | 5 |
| 乙 | 6 |
"""


def summary_of(text=REPORT):
    ordered = normalise(read_bytes(text.encode(), name="r.txt")[0]).source
    return extract(parse(ordered, overrides=MetadataOverrides()).report).summary


def rows_of(text):
    return [row for table in summary_of(text) for group in table.groups for row in group.rows]


def charts_of(text):
    return [chart for table in summary_of(text) for chart in table.charts]


def test_a_table_for_each_section_of_the_first_level():
    tables = summary_of()
    assert [item.section for item in tables] == ["一", "二"]
    assert [item.title for item in tables] == ["一、概述", "二、公开情况"]
    assert [group.title for group in tables[1].groups] == ["（一）1.总量", "（一）2.申请"]


def test_sections_with_the_same_number_have_separate_tables():
    tables = summary_of(REPORT.replace("二、公开情况", "一、公开情况"))
    assert [item.title for item in tables] == ["一、概述", "一、公开情况"]
    assert len({item.start for item in tables}) == 2


def test_parts_are_below_their_total():
    rows = summary_of()[1].groups[0].rows
    assert [(row.value, row.depth) for row in rows] == [
        ("1272", 0),
        ("293", 1),
        ("695", 1),
        ("284", 1),
    ]
    assert rows[1].note == ""


def test_cells_of_the_reports_tables_are_not_repeated():
    assert all(item.section != "三" for item in summary_of())


def test_charts_of_parts_and_of_years():
    parts, series = summary_of()[1].charts
    assert (parts.kind, parts.total, [bar.stated for bar in parts.bars]) == (
        "parts",
        "1272",
        ["293", "695", "284"],
    )
    assert (series.kind, [(bar.label, bar.stated) for bar in series.bars]) == (
        "series",
        [("2015年", "52"), ("2016年", "61"), ("2017年", "72")],
    )


def test_what_is_said_of_a_measure_is_in_its_row():
    sentence = "一般公共预算收入86.4亿元，比上年增加6.5亿元，增长8.1%。栏目由186个精简到112个。"
    rows = rows_of(REPORT + sentence)
    assert [(row.value, row.note) for row in rows if "收入" in row.subject] == [
        ("86.4", "比上年增加6.5亿元；增长8.1%")
    ]
    assert [(row.value, row.note) for row in rows if "栏目" in row.subject] == [("112", "原186个")]


def test_a_figure_of_the_reports_own_tables_is_not_repeated():
    text = REPORT.replace("三、表格", "三、表格\n受理申请5件，办结6件。").replace(
        "| 甲 | 5 |\n| 乙 | 6 |", "| 受理申请（件） | 5 |\n| 撤回（件） | 6 |"
    )
    rows = rows_of(text)
    assert ("办结申请", "6") in [(row.subject, row.value) for row in rows]
    assert ("受理申请", "5") not in [(row.subject, row.value) for row in rows]


def test_two_parts_make_no_chart():
    text = REPORT.replace("部门695条，区县284条", "部门979条")
    assert [chart.kind for chart in summary_of(text)[1].charts] == ["series"]


@pytest.mark.parametrize(
    ("sentence", "drawn"),
    [
        ("财政支出12亿元，其中：教育支出4亿元，卫生支出3亿元，文化支出5亿元。", True),
        ("财政支出7.5亿元，其中：教育支出4亿元，卫生支出3亿元，文化支出5000万元。", True),
        ("财政支出12亿元，其中：教育支出4亿元，卫生支出3亿元，文化支出4亿元。", False),
        ("财政支出12亿元，其中：教育支出4亿元，卫生支出3亿元，文化支出2—5亿元。", False),
        ("处理12亿元，其中：教育支出4亿元，卫生支出3亿元，文化支出5亿元。", False),
    ],
)
def test_only_parts_that_sum_to_their_total_are_drawn(sentence, drawn):
    charts = charts_of(REPORT + sentence)
    assert any("教育支出" in bar.label for chart in charts for bar in chart.bars) == drawn


def test_bars_in_other_units_are_in_proportion_and_keep_their_units():
    sentence = "财政支出7.5亿元，其中：教育支出4亿元，卫生支出3亿元，文化支出5000万元。"
    charts = charts_of(REPORT + sentence)
    (bars,) = [chart.bars for chart in charts if chart.total == "7.5"]
    assert [(bar.stated, bar.unit) for bar in bars] == [
        ("4", "亿元"),
        ("3", "亿元"),
        ("5000", "万元"),
    ]
    assert bars[0].value == 8 * bars[2].value


def test_a_rate_without_its_place_is_in_the_row_of_the_measure():
    sentence = "全市粮食产量21亿斤，比上年增长2.1%。"
    rows = rows_of(REPORT + sentence)
    assert [(row.value, row.note) for row in rows if "粮食" in row.subject] == [
        ("21", "比上年增长2.1%")
    ]


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("受理投诉214条，办结率100%。", [("受理投诉", "214", "办结率100%")]),
        (
            "抽检食品90批，合格88批，不合格2批，合格率97.8%。",
            [
                ("抽检食品", "90", ""),
                ("合格食品", "88", "合格率97.8%"),
                ("不合格食品", "2", ""),
            ],
        ),
        ("归还物品38件，折合金额约860万元。", [("归还物品", "38", "金额约860万元")]),
        ("公交站点500米覆盖率为98%，300米覆盖率为78.6%。", []),
        ("9个水功能区达标率为100%。", [("水功能区达标率", "100", "")]),
        ("成立于1984年，注册资本8.6亿元。", [("注册资本", "8.6", "")]),
        ("客运量5.83亿人次，恢复到2015年的81.2%。", [("客运量", "5.83", "恢复到2015年的81.2%")]),
        ("集雨面积50平方公里以上的河流有17条。", [("集雨面积50平方公里以上河流", "17", "")]),
        ("在全省13个城市中排名第2位，得分为91.4分。", [("得分", "91.4", "")]),
        ("4—9月降水量1296.3毫米。", [("降水量", "1296.3", "4—9月")]),
        ("洪峰流量4360立方米每秒。", [("洪峰流量", "4360", "")]),
        (
            "“大河与城”展览展出文物268件，接待观众21.6万人次。",
            [("“大河与城”展览展出文物", "268", ""), ("接待观众", "21.6", "“大河与城”")],
        ),
        (
            "减少二氧化碳排放11.2万吨、氮氧化物排放1380吨。",
            [("减少二氧化碳排放", "11.2", ""), ("减少氮氧化物排放", "1380", "")],
        ),
        (
            "年初净资产5218万元，年末净资产5903万元。",
            [("净资产", "5218", "年初"), ("净资产", "5903", "年末")],
        ),
        ("改造家庭135户，支出163.8万元。", [("改造家庭", "135", "支出163.8万元")]),
        ("事业收入28.4亿元，支出27.1亿元。", [("事业收入", "28.4", ""), ("事业支出", "27.1", "")]),
        ("到账资金1685万元。", [("到账资金", "1685", "")]),
        ("参加单位1126个、6.8万人次。", [("参加单位", "1126", "")]),
        (
            "文物安全实现“零事故”，全部免费开放，各级机关提供信息全部免费。",
            [("各级机关提供信息收费", "0", "以文字表述")],
        ),
        (
            "24小时自助图书馆45座，外借文献68.9万册次。",
            [("自助图书馆", "45", ""), ("外借文献", "68.9", "")],
        ),
        (
            "举办“读书讲坛”42讲，参加1.9万人次。",
            [("举办“读书讲坛”", "42", ""), ("“读书讲坛”参加", "1.9", "")],
        ),
        ("临时查封32家，罚款186.7万元。", [("临时查封", "32", ""), ("罚款", "186.7", "")]),
        (
            "新建小型消防站2座、消火栓100个。",
            [("新建小型消防站", "2", ""), ("新建消火栓", "100", "")],
        ),
        (
            "受理申请145件。145件申请中，按时办结143件。",
            [("受理申请", "145", ""), ("按时办结申请", "143", "")],
        ),
        (
            "1218项服务事项中，可以网上办理1157项。",
            [("服务事项", "1218", ""), ("可以网上办理", "1157", "")],
        ),
        ("组织培训2期，参训160余人次。", [("组织培训", "2", "参训160余人次")]),
        (
            "在已办结的9件中，同意公开4件，不同意公开5件。",
            [("办结", "9", ""), ("同意公开", "4", ""), ("不同意公开", "5", "")],
        ),
        (
            "为1260名农民工追回欠薪2380万元。",
            [("为农民工追回欠薪", "1260", ""), ("追回欠薪", "2380", "")],
        ),
        ("2023届毕业生4286人。", [("2023届毕业生", "4286", "")]),
        (
            "六个月内离职率23.5%，对356家用人单位的调查显示，满意度为95.7%。",
            [("满意度", "95.7", "")],
        ),
        (
            "毕业生平均月起薪4865元，其中最高的专业为护理，达5730元。",
            [("毕业生平均月起薪", "4865", ""), ("护理毕业生平均月起薪", "5730", "")],
        ),
        (
            "全年总收入5127万元，总支出4986万元，结余141万元。",
            [("总收入", "5127", ""), ("总支出", "4986", ""), ("结余", "141", "")],
        ),
        ("全县11个乡镇3.76万人受灾。", [("乡镇受灾", "3.76", "")]),
        ("城乡居民补助标准由每人每年490元提高到520元。", [("城乡居民补助标准", "520", "原490元")]),
    ],
)
def test_rows_make_sense_without_their_sentence(sentence, printed):
    rows = rows_of(f"某市2017年报告\n一、概述\n{sentence}\n")
    assert [(row.subject, row.value, row.note) for row in rows] == printed


def test_figures_with_one_name_that_differ_are_not_printed():
    rows = rows_of(
        "某市2017年报告\n一、概述\n馆藏甲、乙为主，藏品为2140件、5962件。新增藏品9件。\n"
    )
    assert [row.value for row in rows] == ["9"]


def test_a_figure_that_two_sections_state_is_printed_once():
    text = "某市2017年报告\n一、综述\n总供水量3.172亿立方米，总人口52.6万人。\n二、供水\n全市总供水量3.172亿立方米，较上年减少2.1%。\n"
    assert [(row.subject, row.value, row.note) for row in rows_of(text)] == [
        ("总人口", "52.6", ""),
        ("总供水量", "3.172", "较上年减少2.1%"),
    ]


def test_a_total_whose_parts_are_printed_is_printed_although_a_table_has_it():
    text = REPORT.replace("| 甲 | 5 |", "| 公开信息（条） | 1272 |")
    rows = summary_of(text)[1].groups[0].rows
    assert [row.value for row in rows] == ["1272", "293", "695", "284"]
