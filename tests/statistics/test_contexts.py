"""What headings, and the openings of sentences, say about the figures below and behind them."""

import pytest

from publisher.statistics.cell_readings import read_cell
from publisher.statistics.contexts import (
    SectionContext,
    context_of_title,
    year_of_title,
    year_of_work_report,
)
from publisher.statistics.passages import Passage
from publisher.statistics.periods import period_of
from publisher.statistics.statement_reader import read_passage
from publisher.text.edits import locate


def statuses(text, context):
    statements = read_passage(Passage(section="一", text=locate(text)), context)
    return [item.status(index) for item in statements for index in range(len(item.quantities))]


def test_a_sentence_about_several_years_states_sums_until_a_year_is_named():
    text = (
        "五年来，新增企业3万户，城镇化率达到52%，面积扩大到21平方公里，增长8%。投入资金4亿元。"
        "2021年，新增企业4,260户。"
    )
    sums = ["cumulative", "result", "result", "result", "cumulative", "result"]
    assert statuses(text, SectionContext()) == sums


def test_targets_for_several_years_are_targets():
    plan = SectionContext(status="target")
    assert statuses("“十四五”期间，投入资金4亿元。", plan) == ["target"]


BUDGET = context_of_title("某县民政局2024年部门预算编制说明")


@pytest.mark.parametrize(
    ("heading", "status"),
    [
        ("一、部门基本情况", "result"),
        ("二、收支预算总体情况", "target"),
        ("三、重点项目", "target"),
        ("四、国有资产占有情况", "result"),
        ("五、收支概况", "target"),
        ("六、预算编制情况", "target"),
    ],
)
def test_a_budget_states_plans_except_about_what_there_is(heading, status):
    assert BUDGET.below(heading).status == status


def test_what_there_is_at_the_end_of_a_year_is_no_plan():
    assert statuses("截至2023年末，共有车辆9辆。采购预算20万元。", BUDGET) == ["result", "target"]


REVIEW = context_of_title("宁屿市2024年卫生工作总结", "2024")


@pytest.mark.parametrize(
    ("heading", "status", "year"),
    [
        ("二、2025年主要工作", "target", "2025"),
        ("二、2025年1月的情况", "result", "2025"),
        ("二、2024年主要工作", "result", "2024"),
        ("五、存在的不足和2025年打算", "result", ""),
        ("宁屿市卫生局　2025年2月", "result", ""),
    ],
)
def test_a_year_after_that_of_the_report_is_planned(heading, status, year):
    context = REVIEW.below(heading)
    assert (context.stated_status, context.year) == (status, year)
    assert SectionContext().below("二、2025年主要工作").stated_status == "result"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "全市有医师80人。2025年，新建站点3个，总数达到21个。培训医师40人。",
            "result target target target",
        ),
        ("到2025年底前，新建站点3个。2024年，建成站点9个。", "target result"),
        ("2025年3月，新建站点3个。2025年以来，建成站点9个。", "result cumulative"),
    ],
)
def test_a_sentence_about_a_later_year_states_a_plan(text, expected):
    assert statuses(text, REVIEW) == expected.split()


def test_a_heading_in_its_paragraph_is_a_heading():
    assert SectionContext().below("四、下步要求。年底前完成排查，" + "并" * 40).status == "target"


def test_a_heading_names_what_a_clause_without_a_measure_counts():
    context = SectionContext().below("（二）高龄津贴。")
    passage = Passage(section="二", text=locate("安排40万元。老人每人每月50元，全年安排60万元。"))
    subjects = [words for item in read_passage(passage, context) for words in item.subjects]
    assert subjects == ["高龄津贴", "老人每人每月", "高龄津贴"]


@pytest.mark.parametrize(
    ("sentence", "value", "period"),
    [
        ("全年受理来信248件，上年受理来信200件，增长24.0%。", "200", "2019"),
        ("主动公开180条，上年公开160条。", "160", "2019"),
        ("上年度完成投资12亿元。", "12", "2019"),
        ("上年结转3件，新收20件。", "3", "2020"),
        ("主动公开180条，比上年增加20条。", "20", "2020"),
    ],
)
def test_a_level_of_the_year_before_has_its_period(sentence, value, period):
    statements = read_passage(Passage(section="一", text=locate(sentence)), SectionContext())
    periods = {
        quantity.value: period_of(item, index, "2020")
        for item in statements
        for index, quantity in enumerate(item.quantities)
    }
    assert periods[value] == period


def test_a_heading_says_how_many_years_its_figures_are_about():
    context = SectionContext().below("一、过去五年工作回顾")
    text = "公路里程由398公里增加到521公里。城镇新增就业累计3.1万人，其中2022年0.6万人。"
    periods = [
        period_of(item, index, "2022")
        for item in read_passage(Passage(section="一", text=locate(text)), context)
        for index in range(len(item.quantities))
    ]
    assert periods == ["2017", "2022", "2018/2022", "2022"]
    assert statuses(text, context) == ["result", "result", "cumulative", "result"]
    assert context.below("二、2022年工作").years == 0


def test_what_was_done_in_a_section_about_several_years_is_a_sum():
    context = SectionContext(year="2022").below("一、过去五年的工作")
    text = "举办竞赛20场，3000人参加。年末有会员500人。2022年举办竞赛5场。"
    assert statuses(text, context) == ["cumulative", "cumulative", "result", "result"]


def test_what_a_plan_begins_from_is_a_result():
    context = SectionContext(year="2024").below("三、2025年工作安排")
    text = "业务量力争在2亿件的基础上增长10%。支持现有的78家企业扩产，再培育6家。网点由30个增加到40个。在投资5亿元、项目8个的基础上，新增项目2个。"
    assert statuses(text, context) == [
        *("result", "target"),
        *("result", "target"),
        *("result", "target"),
        *("result", "result", "target"),
    ]


def test_a_title_may_name_a_year_of_the_republic():
    assert year_of_title("澄屿县113年社会福利统计通报") == "2024"
    assert year_of_title("公路113年至114年通报") == ""


@pytest.mark.parametrize(
    ("date", "year"), [("2023-01-14", "2022"), ("2021-12-20", "2021"), ("", ""), ("2023", "")]
)
def test_a_work_report_is_about_the_year_before(date, year):
    assert year_of_work_report(date) == year


def test_columns_of_years_of_the_republic_and_of_changes():
    def reading(head):
        return read_cell([head], ["獨居老人"], "", "人", SectionContext(), "2024")

    assert reading("112年底").period == "2023"
    assert reading("增減人數").kind == "change"
    assert reading("人數").kind == "level"
