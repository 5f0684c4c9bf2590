"""True statements of forms that were once reported as false."""

import pytest

from publisher import Options
from publisher.api.reports import check_figures

STATEMENTS = {
    "an average of a month": "3月份，全县受理群众诉求2,846件，日均91.8件，环比上升6.3%。",
    "an average of a holiday": "国庆假期7天，全市接待游客140万人次，日均20万人次。",
    "a monthly sum for each person": "发放养老金36.5亿元，惠及12.6万人，人均月养老金2,414元。",
    "a rate of all grades but one": "全市1,286名干部参加测试，优秀386人，良好620人，合格260人，不合格20人，合格率98.4%。",
    "a density behind parts": "全市农村公路里程3,860公里，其中县道620公里，乡道860公里，村道2,380公里，密度为每百平方公里96.5公里。",
    "a share before the figures of the next clause": "全市共有公办幼儿园86所、民办幼儿园114所，公办园占比43%；在园幼儿2.4万人，其中公办园1.32万人，占55%。",
    "a change of a year among several": "到2025年，城镇化率达到65%，比2020年的60.5%提高4.5个百分点，年均提高0.9个百分点。",
    "a share of a plan": "全市基金收入58.25亿元，比上年减收14.57亿元，下降20.0%，其中土地出让收入51.26亿元，仅完成预算的73.2%。",
    "a change below the level of the year before": "去年立案2,052件，今年增加264件，增长12.9%。",
    "devices and machines": "检定计量器具4.83万台件，其中强制检定3.96万台件；检验电梯12,640台，一次检验合格率94.7%。",
    "overlapping parts with their shares": "全校教职工120人，其中女教师70人、党员58人，分别占58.3%和48.3%。",
    "overlapping sums with their shares": "新增减税降费6.4亿元，其中小微企业4.2亿元，占新增减税降费的65.6%；制造业2.8亿元，占43.8%。",
    "a rate behind its own part": "抽检4,860批次，合格率98.2%，其中食用农产品2,640批次、合格率97.6%，加工食品2,220批次、合格率98.9%。",
    "a result in the clause before": "药品抽检620批次；医疗器械抽检86批次，全部合格；化妆品抽检120批次，合格率99.2%。",
    "rates of the places behind the rate of all": "全市抽检水样860份，合格842份，合格率97.9%，其中城市420份，合格率99.5%，农村440份，合格率96.4%。",
    "a share of several parts": "投诉量居前三位的是预付消费（326件）、家用电器（218件）、通讯产品（186件），合计占投诉总量的58.6%。",
    "an average of a working day": "全年办件量86.4万件，日均办件3,456件，好评率99.9%。",
    "a total that goes on from a total": "| 科目 | 预算数 | 决算数 |\n|---|---|---|\n| 教育支出 | 38.0 | 37.8 |\n| 其他支出 | 4.0 | 3.6 |\n"
    "| 支出合计 | 42.0 | 41.4 |\n| 上解支出 | 2.0 | 2.1 |\n| 年终结转 | 1.0 | 1.5 |\n| 支出总计 | 45.0 | 45.0 |",
    "a change beside the earlier level in brackets": "2023年，共有3,650人次参加义诊，较2022年（2,920人次）增加730人次，增幅25%。",
    "a division in brackets and another behind it": "累计受理1,286件（其中上年结转86件），办结1,200件，未办结86件，办结率93.3%。",
    "stocks in a total row": "| 月份 | 受理 | 办结 | 上月结转 | 结转下月 |\n|---|---|---|---|---|\n| 1月 | 30 | 28 | 2 | 4 |\n"
    "| 2月 | 20 | 22 | 4 | 2 |\n| 合计 | 50 | 50 | 2 | 2 |",
    "growth between a result and its target": "实现税收3.2亿元，同比增长6.7%，完成年度任务3亿元的106.7%。",
    "where cases come from and what became of them": "受理申请123件，其中上年结转3件，办结120件，结转下年3件。",
    "where money comes from and where it goes": "全年收入1,000万元，其中上年结余100万元，支出900万元，年末结余100万元。",
    "all of a total beside a part of it": "共收到代表建议56件，其中重点建议5件，已办结56件，办结率100%。",
    "growth of rounded figures": "财政收入由24.4亿元增加到25.6亿元，增长5.1%。",
    "growth of rounded figures in a table": "| 指标 | 2023年 | 2022年 | 增减% |\n|---|---|---|---|\n| 工业用电 | 456.7 | 435.8 | 4.8 |\n"
    "| 财政收入 | 25.6 | 24.4 | 5.1 |\n| 粮食 | 15.67 | 15.35 | 2.1 |\n| 就业 | 3456 | 3300 | 4.7 |",
    "a part marked with #": "| 项目 | 参保人数（万人） |\n|---|---|\n| 城镇职工 | 12.6 |\n| #离退休 | 4.6 |\n| 城乡居民 | 30.2 |\n| 合计 | 42.8 |",
}

SAME_DIGITS = (
    "甲镇粮食产量48,260吨。乙镇粮食产量42,860吨。",
    "城区小学有学生48,260人。乡村小学有学生42,860人。",
    "上半年完成投资48,260万元。下半年完成投资42,860万元。",
    "1—6月发放贷款48,260万元。7—12月发放贷款42,860万元。",
    "2022年接待游客48,260人次。2023年接待游客42,860人次。",
    "上年出口额48,260万元。全年出口额42,860万元。",
    "年初计划投资48,260万元。全年完成投资42,860万元。",
    "全市普通高中在校生48,260人。市区普通高中在校生42,860人。",
    "全市机动车48,260辆，其中汽车36,120辆。汽车中，新能源汽车31,620辆。",
    "网站发布信息4,826条。微信发布信息4,286条。",
    "收入48,260万元。支出42,860万元。",
    "出生人口4,826人。死亡人口4,286人。",
    "专利申请4,826件。专利授权4,286件。",
    "受理案件4,826件。审结案件4,286件。",
    "全区小学48所，学生48,260人。全区初中24所，学生42,860人。",
    "检查企业4,826家。新增企业4,286家中，小微企业3,900家。",
    "全年检查企业4,826家。另有4,286家企业完成自查。",
    "发放贷款约48,260万元。发放贷款42,860万元。",
    "培训干部4,826人次。培训教师4,286人次。",
    "参加居民医保48,260人。参加职工医保42,860人。",
    "男性居民48,260人。女性居民42,860人。",
    "| 镇 | 粮食产量（吨） |\n|---|---|\n| 甲镇 | 48,260 |\n| 丙镇 | 31,500 |\n\n乙镇粮食产量42,860吨。",
    "| 项目 | 2022年（万元） | 2023年（万元） |\n|---|---|---|\n| 教育支出 | 48,260 | 46,000 |\n\n教育支出46,000万元，其中义务教育支出42,860万元。",
    "| 项目 | 预算数（万元） | 决算数（万元） |\n|---|---|---|\n| 教育支出 | 48,260 | 42,860 |\n\n教育支出42,860万元，为预算的88.8%。",
    "全市登记车辆48,260辆。48,260辆车辆中，货车4,286辆、客车4,826辆。",
)
"""Figures of different things that have the same digits in another order."""

CHANGES = (
    "2022年改造小区42个。2023年改造小区50个，比计划多5个。",
    "2022年改造小区42个。2023年改造小区50个，比上年同期多5个。",
    "2022年改造小区42个。2023年上半年改造小区20个，比上年同期多5个。",
    "2022年城区改造小区42个。2023年改造小区50个，比上年多3个。",
    "2022年市区改造小区42个，全市改造小区47个。2023年全市改造小区50个，比上年多3个。",
    "2022年改造小区42个，另改造小区5个。2023年改造小区50个，比上年多3个。",
    "2022年计划改造小区42个。2023年改造小区50个，比上年多5个。",
    "2022年改造小区约42个。2023年改造小区50个，比上年多5个。",
    "2021年改造小区42个。2023年改造小区50个，比上年多5个。",
    "2022年收入18.64亿元。2023年收入19.76亿元，比上年增加1.32亿元。",
    "2022年收入18.64亿元。2023年收入19.76亿元，同口径比上年增加1.30亿元。",
    "2022年出院42.6万人。2023年出院45.1万人，比上年增加2.4万人。",
    "2022年满意率96.8%。2023年满意率97.5%，比上年提高0.8个百分点。",
    "2022年平均住院日7.9天。2023年平均住院日7.4天，比上年缩短0.6天。",
    "2022年新建公园18个。2023年公园达到60个，比上年多12个。",
    "2022年累计建成公园58个。2023年建成公园10个，比上年多2个。",
    "2022年末有职工320人。2023年招聘职工40人，比上年多5人。",
    "甲县2022年立案42件。2023年立案50件，比上年多5件。",
    "2022年立案42件。其中涉企案件2023年立案20件，比上年多5件。",
    "2022年12月立案42件。2023年立案500件，比上年多50件。",
    "城乡收入比由2.04缩小到2.00，恩格尔系数由28.6调整为29.1。",
    "水质指数由4.2下降到3.9，综合指数由3.9上升到4.2。",
    "建成服务中心36个，其中县级示范28个、乡镇级示范20个，部分中心同时获两级命名。",
    "学校36所，其中设小学部的25所、设初中部的20所。",
)
"""Changes whose earlier level is another one than the report seems to have, and parts that overlap."""

TABLE = (
    "| 类别 | 2023年 | 2022年 |\n|---|---|---|\n| 火灾（起） | 2,348 | 2,204 |\n| 社会救助（起） | 1,906 | 1,810 |\n| 教育支出（万元） | 115,640 | 110,200 |\n"
    "| 出院人数（人） | 48,620 | 44,560 |\n| 臭氧（微克/立方米） | 165 | 158 |\n\n"
)
BESIDE_A_TABLE = (
    "城区火灾2,248起。",
    "其中住宅火灾2,200起。",
    "较大以上火灾2,200起，其余为一般火灾。",
    "2022年火灾2,204起。",
    "火灾由2,204起增加到2,348起。",
    "上年火灾2,204起。",
    "上半年火灾2,200起。",
    "1—11月火灾2,210起。",
    "火灾约2,300起。",
    "电气火灾2,184起，占93.0%。",
    "救助群众1,960人。",
    "社会救助出动1,960车次。",
    "计划教育支出110,000万元。",
    "年初预算安排教育支出11.20亿元。",
    "市本级教育支出10.82亿元。",
    "义务教育支出11.02亿元。",
    "教育支出11.6亿元。",
    "教育支出11.56亿元。",
    "出院患者平均住院7.4天。",
    "儿科出院患者4,620人。",
    "医保出院患者46,820人。",
    "北区臭氧浓度160微克/立方米。",
    "6月臭氧浓度176微克/立方米。",
    "臭氧浓度最高为178微克/立方米。",
    "北桥街道社会救助1,782起。",
    "2024年，安排教育支出120,000万元，比上年增加4,360万元。",
)
"""Statements behind a table that has similar figures."""


@pytest.mark.parametrize("statement", BESIDE_A_TABLE)
def test_a_sentence_may_be_about_another_thing_than_the_table(statement, tmp_path):
    assert failing(f"{TABLE}{statement}", tmp_path) == []


@pytest.mark.parametrize(
    "statement",
    [
        "社会救助警情1,960起。",
        "社会救助警情1,908起。",
        "出院患者46,820人。",
        "教育支出11.65亿元。",
        "臭氧浓度为156微克/立方米。",
    ],
)
def test_a_sentence_that_repeats_the_table_wrongly_fails(statement, tmp_path):
    assert len(failing(f"{TABLE}{statement}", tmp_path)) == 1


@pytest.mark.parametrize("statement", CHANGES)
def test_a_change_may_be_since_another_level(statement, tmp_path):
    assert failing(statement, tmp_path) == []


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_a_true_statement_does_not_fail(statement, tmp_path):
    assert failing(statement, tmp_path) == []


def failing(statement, folder):
    source = folder / "r.md"
    source.write_text(f"# 青河市2023年工作报告\n\n## 一、概况\n\n{statement}\n", encoding="utf-8")
    checks = check_figures(source, Options()).statistics.checks
    return [check.statement for check in checks if check.outcome.value == "fails"]


@pytest.mark.parametrize("statement", SAME_DIGITS)
def test_different_things_may_have_the_same_digits(statement, tmp_path):
    assert failing(statement, tmp_path) == []


CELLS = (
    "| 季度 | 参观观众（人次） | 讲解（场次） | 满意率（%） |\n|---|---|---|---|\n| 第一季度 | 142600 | 412 | 95.2 |\n"
    "| 第二季度 | 218300 | 596 | 96.4 |\n| 第三季度 | 331700 | 823 | 97.8 |\n| 第四季度 | 171400 | 469 | 98.3 |\n\n"
    "| 服务项目 | 2022年成绩（%） | 2023年成绩（%） |\n|---|---|---|\n| 十个工作日内回复书面投诉 | 96.2 | 97.4 |\n"
    "| 三个工作日内完成紧急维修 | 91.5 | 88.6 |\n\n"
)
OTHER_THAN_THE_CELL = (
    "第三季度观众33.17万人次。",
    "第三季度市外观众平均每月31.37万人次。",
    "第三季度比上年同期的31.37万人次有所增长。",
    "第三季度接待观众超过31.37万人次。",
    "第三季度预计观众31.37万人次。",
    "第三季度观众目标为31.37万人次。",
    "2022年第三季度观众31.37万人次。",
    "第三季度观众约31.37万人次。",
    "第三季度网站浏览量31.37万人次。",
    "第三季度讲解人员培训823人次，累计接待观众31.37万人次。",
    "第三季度观众33.17万人次，其中预约观众31.37万人次。",
    "第一季度至第三季度观众累计31.37万人次。",
    "第三季度全省博物馆观众31.37万人次。",
    "第三季度讲解823场次，市美术馆讲解832场次。",
    "第三季度新增讲解832场次。",
    "第三季度讲解收入832元。",
    "第三季度满意率97.8%，全国平均满意率98.7%。",
    "第三季度满意率97.8%，第二季度讲解满意率目标为94.6%。",
    "第二季度满意率较低，第五季度满意率94.6%。",
    "第四季度观众17.14万人次，讲解469场次，同期讲解496场次。",
    "全年紧急维修满意率86.8%。",
    "三个工作日内完成紧急维修的目标为86.8%。",
    "书面投诉在五个工作日内回复的占94.7%。",
    "三个工作日内完成普通维修的占86.8%。",
    "第三季度日均观众31.37万人次。",
)
"""Statements about other things than the cells that have their digits in another order."""


@pytest.mark.parametrize("statement", OTHER_THAN_THE_CELL)
def test_a_figure_with_the_digits_of_a_cell_may_be_another(statement, tmp_path):
    assert failing(f"{CELLS}{statement}", tmp_path) == []


@pytest.mark.parametrize(
    "statement",
    [
        "第三季度观众最多，达31.37万人次。",
        "第三季度正值暑期，接待参观观众313700人次。",
        "第二季度讲解569场次。",
        "第一季度满意率92.5%。",
        "紧急维修方面，三个工作日内完成的占86.8%。",
        "书面投诉在十个工作日内回复的达94.7%。",
    ],
)
def test_a_figure_that_exchanges_digits_of_the_named_cell_fails(statement, tmp_path):
    assert len(failing(f"{CELLS}{statement}", tmp_path)) == 1


def test_a_figure_of_another_named_row_is_not_compared(tmp_path):
    table = "| 支出项目 | 金额（万元） |\n|---|---|\n| 社会保障和就业支出 | 412.36 |\n| 农林水支出 | 3228.70 |\n| 其他支出 | 96.00 |\n\n"
    true = "农林水支出最多，为3228.70万元，社会保障和就业支出次之，为412.36万元。"
    assert failing(f"{table}{true}", tmp_path) == []
    assert len(failing(f"{table}社会保障和就业支出为421.36万元。", tmp_path)) == 1


def test_growth_that_rounding_does_not_explain_fails(tmp_path):
    assert failing("财政收入由24.4亿元增加到25.6亿元，增长5.6%。", tmp_path) != []
    table = STATEMENTS["growth of rounded figures in a table"]
    assert failing(table.replace("5.1", "5.6"), tmp_path) != []
