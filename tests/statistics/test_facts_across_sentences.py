"""Shares, growth and repetitions whose other figures are in a table or in another sentence."""

import pytest

from tests.statistics.test_true_statements import failing

TABLE = (
    "| 县区 | 年末场地（个） | 新建（个） |\n|---|---|---|\n| 东屏区 | 872 | 64 |\n| 西屏区 | 644 | 38 |\n| 江北县 | 606 | 71 |\n"
    "| 云台县 | 529 | 52 |\n| 合计 | 2651 | 225 |\n\n"
)


@pytest.mark.parametrize(
    "statement",
    [
        "东屏区年末场地最多，占全市的32.9%。",
        "东屏区年末场地872个，占全市的32.9%；江北县新建71个，占31.6%。",
        "东屏区年末场地居全市首位，占全省的2.9%。",
        "东屏区和西屏区年末场地占全市的57.2%。",
        "东屏区年末场地872个，其中社区场地占39.2%。",
        "东屏区人口占全市的39.2%。",
        "东屏区年末场地占上年全市的33.4%。",
    ],
)
def test_a_true_share_of_a_row_does_not_fail(statement, tmp_path):
    assert failing(f"{TABLE}{statement}", tmp_path) == []


@pytest.mark.parametrize(
    "statement",
    [
        "东屏区年末场地最多，占全市的39.2%。",
        "江北县新建71个，占全市新建的36.1%。",
        "云台县年末场地占全市的23.9%。",
    ],
)
def test_a_wrong_share_of_a_row_fails(statement, tmp_path):
    assert len(failing(f"{TABLE}{statement}", tmp_path)) == 1


GROWTH = (
    "2022年改造小区42个。\n\n2023年改造小区50个，同比增长{}%。",
    "2022年完成营造林6.40万亩。\n\n2023年完成营造林7.36万亩，较上年增长{}%。",
)


@pytest.mark.parametrize(
    ("text", "right", "wrong"), [(GROWTH[0], "19.0", "23.0"), (GROWTH[1], "15.0", "10.5")]
)
def test_growth_since_a_level_of_another_sentence(text, right, wrong, tmp_path):
    assert failing(text.format(right), tmp_path) == []
    assert len(failing(text.format(wrong), tmp_path)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "2022年工业增加值42.0亿元。2023年工业增加值50.0亿元，同比增长6.5%。",
        "2022年收入18.64亿元。2023年收入19.76亿元，同口径同比增长6.5%。",
        "2022年收入18.64亿元。2023年收入19.76亿元，同比增长6.9%。",
        "2022年城区改造小区42个。2023年改造小区50个，同比增长25.0%。",
        "2022年计划改造小区42个。2023年改造小区50个，同比增长25.0%。",
        "2022年改造小区42个。2023年上半年改造小区20个，同比增长25.0%。",
        "2022年12月立案42件。2023年立案500件，同比增长25.0%。",
    ],
)
def test_growth_may_be_since_another_level(statement, tmp_path):
    assert failing(statement, tmp_path) == []


REPEATED = {
    "a rate": "地震监测台网运行率98.2%。\n\n## 二、监测\n\n台网运行率为{}%，数据连续率97.5%。",
    "a short name and its rate": "全年审结4570件。\n\n## 二、收结案\n\n全年办理案件4862件。审结{}件，结案率为94.0%。",
    "a cell of the total": "总支出148.90亿元，年末累计结余{}亿元。\n\n| 险种 | 支出（亿元） | 年末累计结余（亿元） |\n|---|---|---|\n"
    "| 养老保险 | 142.87 | 117.91 |\n| 工伤保险 | 6.03 | 5.26 |\n| 合计 | 148.90 | 123.17 |",
    "the level before a target": "平均审理时间32.6天。\n\n## 二、计划\n\n2024年，平均审理时间从{}天压缩到30天以内。",
}
DIGITS = {
    "a rate": ("98.2", "92.8"),
    "a short name and its rate": ("4570", "4750"),
    "a cell of the total": ("123.17", "132.17"),
    "the level before a target": ("32.6", "36.2"),
}


@pytest.mark.parametrize("name", REPEATED)
def test_a_figure_that_comes_back_with_other_digits_fails(name, tmp_path):
    right, wrong = DIGITS[name]
    assert failing(REPEATED[name].format(right), tmp_path) == []
    assert failing(REPEATED[name].format(wrong), tmp_path) != []


@pytest.mark.parametrize(
    "statement",
    [
        "城区合格率98.2%。乡村合格率92.8%。",
        "上半年合格率98.2%。下半年合格率92.8%。",
        "2022年办结率92.8%。2023年办结率98.2%。",
        "目标办结率92.8%。办结率98.2%。",
        "水质达标率98.2%。空气达标率92.8%。",
    ],
)
def test_rates_of_different_things_may_have_the_same_digits(statement, tmp_path):
    assert failing(statement, tmp_path) == []


def test_shares_behind_other_rates_are_those_of_the_list(tmp_path):
    text = "进出口1,286.4亿元。民营企业731.6亿元，增长11.2%；外商投资企业402.3亿元；国有企业{}亿元，三者依次占56.9%、31.3%和11.9%。"
    assert failing(text.format("152.5"), tmp_path) == []
    assert len(failing(text.format("125.5"), tmp_path)) == 1


def test_two_shares_of_one_whole_fail_if_digits_are_exchanged(tmp_path):
    text = "经常支出372,840千元，占{}%；资本支出139,460千元，占27.22%。"
    assert failing(text.format("72.78"), tmp_path) == []
    assert len(failing(text.format("72.87"), tmp_path)) == 1


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (
            "全年争取资金1.86亿元。年初结转资金0.24亿元，全年支出1.75亿元，年末结转{}亿元。",
            "0.35",
            "0.53",
        ),
        (
            "总收入8,912万元，总支出8,036万元，当年结余876万元。年初结余1,964万元，年末结余{}万元。",
            "2,840",
            "2,480",
        ),
        ("当期结余1.72亿元，滚存结余11.35亿元，上年滚存结余{}亿元。", "9.63", "9.36"),
    ],
)
def test_what_is_left_at_the_end(text, right, wrong, tmp_path):
    assert failing(text.format(right), tmp_path) == []
    assert len(failing(text.format(wrong), tmp_path)) == 1


def test_a_name_may_leave_out_words_of_a_part(tmp_path):
    text = "专利授权6,840件，其中企业5,130件，高校和科研院所1,026件，个人684件。企业与高校院所两者占授权总量的{}%。"
    assert failing(text.format("90.0"), tmp_path) == []
    assert len(failing(text.format("99.0"), tmp_path)) == 1


ELSEWHERE = {
    "a total far from its parts": (
        "餐饮服务788件、美容美发631件、教育培训552件、健身服务394件，合计{}件。",
        "2,365",
        "2,635",
    ),
    "a part larger than its total": (
        "业务收入5.42亿元，其中存款利息0.87亿元，委托贷款利息{}亿元。",
        "4.55",
        "5.45",
    ),
    "a pair behind its whole": (
        "共募集款物8,640万元。募集款物中，资金7,524万元，物资折价{}万元。",
        "1,116",
        "1,161",
    ),
    "a sum of some parts behind a list": (
        "接待咨询3.24万人次，其中来访1.62万人次、来电1.13万人次、网络{}万人次，来访和来电共2.75万人次。",
        "0.49",
        "0.94",
    ),
    "a plan and what was reached": (
        "计划造林7.00万亩，实际完成7.36万亩，完成计划的{}%。",
        "105.1",
        "101.5",
    ),
    "a count and its part": (
        "注册运动员1,864人，其中男运动员1,092人、女运动员772人。存在问题：1,864名注册运动员中，女运动员占{}%。",
        "41.4",
        "44.1",
    ),
    "a share that is ranked": (
        "总产值48.6亿元，其中第一产业14.2亿元，第二产业21.5亿元，第三产业12.9亿元。第三产业占比最低，为{}%。",
        "26.5",
        "25.6",
    ),
    "growth alone": (
        "2022年，举办赛事186场。2023年，举办赛事214场，参赛12.84万人次。赛事场次比上年增长{}%。",
        "15.1",
        "11.5",
    ),
    "months of a table": (
        "| 月份 | 旅客（人次） |\n|---|---|\n| 1月 | 6,480 |\n| 2月 | 7,530 |\n| 3月 | 6,690 |\n| 4月 | 6,770 |\n\n一季度旅客{}人次。",
        "20,700",
        "27,000",
    ),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_statement_whose_figures_are_elsewhere(name, tmp_path):
    text, right, wrong = ELSEWHERE[name]
    assert failing(text.format(right), tmp_path) == []
    assert len(failing(text.format(wrong), tmp_path)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "计划造林7.00万亩，实际完成7.36万亩，完成全省计划的101.5%。",
        "计划造林7.00万亩，补植1.20万亩，实际完成7.36万亩，完成调整计划的101.5%。",
        "1,864名运动员中，新注册的占44.1%。",
        "| 月份 | 旅客（人次） |\n|---|---|\n| 1月 | 6,480 |\n| 2月 | 7,530 |\n| 4月 | 6,770 |\n\n一季度旅客27,000人次。",
        "| 月份 | 旅客（人次） |\n|---|---|\n| 1月 | 6,480 |\n| 2月 | 7,530 |\n| 3月 | 6,690 |\n\n上年一季度旅客27,000人次。",
    ],
)
def test_figures_elsewhere_may_be_of_other_things(statement, tmp_path):
    assert failing(statement, tmp_path) == []


PLAN = """规模以上企业由71家增加到78家。新开工项目55个。重点项目完成投资58.3亿元。

## 二、2025年工作安排

{}"""


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("支持现有的{}家规模以上企业扩大生产。", "78", "87"),
        ("在重点项目完成投资{}亿元的基础上，再完成投资60亿元。", "58.3", "53.8"),
        ("把{}家规模以上企业服务好。", "78", "87"),
    ],
)
def test_what_a_plan_begins_from_is_what_was_reached(text, right, wrong, tmp_path):
    assert failing(PLAN.format(text.format(right)), tmp_path) == []
    assert failing(PLAN.format(text.format(wrong)), tmp_path)


@pytest.mark.parametrize(
    "statement",
    [
        "基金结余7.89亿元，其中职工医保7.27亿元、居民医保0.62亿元；年末累计结存78.25亿元，职工医保占81.0%。",
        "支持现有的87户农家乐扩大经营。农家乐78户获评星级。",
    ],
)
def test_a_share_of_another_sum_and_another_count_do_not_fail(statement, tmp_path):
    assert failing(statement, tmp_path) == []
