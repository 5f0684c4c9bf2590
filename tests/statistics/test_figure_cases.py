"""Sentences that were once read wrongly: what each figure counts, and which checks it leads to."""

import pytest

from publisher.model import Outcome
from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read, read_bytes
from publisher.statistics import extract


def statistics_of(source):
    return extract(parse(normalise(source).source, overrides=MetadataOverrides()).report)


def of_text(text):
    return statistics_of(read_bytes(text.encode(), name="r.txt")[0])


def subjects(statistics):
    return [(item.subject, item.value, item.unit) for item in statistics.observations]


def outcomes(statistics, outcome):
    return [item.statement for item in statistics.checks if item.outcome is outcome]


CASES = {
    "added-value": (
        (
            "青禾县2020年统计公报\n一、综合\n全年实现生产总值301亿元，比上年增长5.4%。其中：第一产业增加值36亿元，同比增长2.0%；"
            "第二产业增加值84亿元，同比增长1.8%；第三产业增加值181亿元，同比增长7.7%。"
        ),
        [("生产总值", "301", "亿元"), ("第一产业增加值同比增长", "2.0", "%")],
        ["301 = 36 + 84 + 181"],
    ),
    "enumeration": (
        (
            "青禾县工作报告\n一、总体情况\n黑臭水体、劣五类水体动态消除。建立用地、用林等报批三级联审机制。"
            "北山、南川两县的青河、柳溪、石桥、白塔四个片区开始建设。"
        ),
        [],
        ["4 listed, 4 stated"],
    ),
    "from-to-growth": (
        (
            "青禾县工作报告\n一、计划\n今后五年，计划将招生人数由一九八二年的三十一万五千人，增加到一九八七年的五十五万人，增长百分之七十五。"
            "\n在校学生由2018年的315人，增加到2023年的550人，增长75%。"
        ),
        [("招生人数", "315000", "人"), ("招生人数", "55", "万人"), ("在校学生增长", "75", "%")],
        ["235000 ÷ 315000 = 75%", "235 ÷ 315 = 75%"],
    ),
    "increase-output": (
        "青禾县2020年统计公报\n一、农业\n全年粮食产量18945吨，比上年增产1735吨，增长10.1%；花生产量6725吨，减产93吨，下降1.4%。",
        [("粮食产量比上年增产", "1735", "吨"), ("花生产量减产", "93", "吨")],
        ["1735 ÷ 17210 = 10.1%", "93 ÷ 6818 = 1.4%"],
    ),
    "period-of": (
        (
            "青禾县2020年统计公报\n一、农业\n全县农业总产值68亿元。“十三五”期间累计达到340亿元，年均增长0.1%。"
            "其中：种植业产值3.32亿元，畜牧业产值4.26亿元，渔业产值56.16亿元。"
        ),
        [("农业总产值", "340", "亿元"), ("农业总产值年均增长", "0.1", "%")],
        [],
    ),
    "repetition-target": (
        (
            "青禾县政府工作报告\n一、2024年工作回顾\n城镇新增就业452人，改造老旧小区118个。\n"
            "二、2025年工作安排\n今年主要任务：城镇新增就业86人，改造老旧小区70个。"
        ),
        [("城镇新增就业", "86", "人")],
        [],
    ),
    "sum-ofwhich": (
        (
            "青禾县2020年统计公报\n一、渔业\n全年水产品总产量45.72万吨，其中：鱼类产量14.91万吨；甲壳类产量1.26万吨；"
            "藻类产量6.59万吨；贝类产量22.22万吨。"
        ),
        [("水产品总产量", "45.72", "万吨")],
        [],
    ),
    "two-partitions": (
        "青禾县2023年工作报告\n一、车辆\n年末机动车保有量100辆，其中：汽车60辆；摩托车38辆；挂车1辆。按用途分：客车45辆；货车15辆。",
        [("客车", "45", "辆")],
        ["60 = 45 + 15"],
    ),
    "units-noise": (
        (
            "青禾县工作报告\n一、总体情况\n贯彻县委九届十四次全会精神，粮食产量稳定在760亿斤以上，惠及5亿人口。\n"
            "8.6个重大科技专项：即智能、航空、装备、生物、能源、材料等6个重大科技专项。"
        ),
        [("粮食产量", "760", "亿斤"), ("惠及人口", "5", "亿人"), ("重大科技专项", "6", "个")],
        ["6 listed, 6 stated"],
    ),
    "garbled-subject": (
        "青禾县2023年工作报告\n一、总体情况\n2023年，公共财政预算收入完成58.2亿元。全县建成2个蔬菜生产园区建设项目，启动39个欠发达村帮扶。",
        [("公共财政预算收入", "58.2", "亿元"), ("建成蔬菜生产园区建设项目", "2", "个")],
        [],
    ),
}


@pytest.mark.parametrize(("text", "wanted", "holding"), CASES.values(), ids=CASES)
def test_cases(text, wanted, holding):
    statistics = of_text(text)
    assert [item for item in wanted if item not in subjects(statistics)] == []
    assert [item for item in holding if item not in outcomes(statistics, Outcome.HOLDS)] == []
    assert outcomes(statistics, Outcome.FAILS) == []


WRONG = {
    "10.1%": ("increase-output", "11.1%"),
    "增长75%。": ("from-to-growth", "增长57%。"),
    "四个片区": ("enumeration", "五个片区"),
}


@pytest.mark.parametrize(("right", "case"), WRONG.items())
def test_a_wrong_figure_in_a_case_is_found(right, case):
    name, wrong = case
    text = CASES[name][0]
    assert right in text
    assert outcomes(of_text(text.replace(right, wrong)), Outcome.FAILS)


@pytest.mark.shared
def test_no_statement_of_the_collected_cases_fails(shared):
    for path in sorted((shared / "cases" / "figures").glob("*.*")):
        if path.suffix in (".txt", ".md", ".html"):
            statistics = statistics_of(read(path)[0])
            assert outcomes(statistics, Outcome.FAILS) == [], path.name


@pytest.mark.shared
def test_the_tables_of_the_collected_cases_have_units(shared):
    facts = statistics_of(read(shared / "cases" / "figures" / "table-units.html")[0]).observations
    assert {(item.value, item.unit) for item in facts if item.tabulated} >= {
        ("4000.5", "亿元"),
        ("10.0", "%"),
        ("650.0", "万吨"),
        ("17.3", "%"),
    }


FORM = (
    "# 某县2021年政府信息公开工作年度报告\n\n## 一、总体情况\n\n新收政府信息公开申请{}件，予以公开{}件，共办理答复9件。\n\n"
    "## 二、申请\n\n| 项目 | 项目 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n"
    "|---|---|---|---|---|---|---|---|---|\n"
    "| 一、本年新收政府信息公开申请数量 | 一、本年新收政府信息公开申请数量 | 8 | 1 | 0 | 0 | 0 | 0 | 9 |\n"
    "| 三、本年度办理结果 | （一）予以公开 | 7 | 0 | 0 | 0 | 0 | 0 | 7 |\n"
)


@pytest.mark.parametrize(
    ("prose", "wrong"),
    [
        ("本年度收到申请6件，上年结转1件。", 1),
        ("本年度收到申请10件，均已答复。", 0),
        ("受理公文公开属性审查，不予公开3件。", 0),
    ],
)
def test_words_beside_a_measure_say_whether_the_form_has_it(prose, wrong):
    text = FORM.replace("新收政府信息公开申请{}件，予以公开{}件，共办理答复9件。", prose)
    checks = statistics_of(read_bytes(text.encode(), name="r.md")[0]).checks
    failing = [c for c in checks if c.outcome is Outcome.FAILS and c.kind == "repetition"]
    assert len(failing) == wrong


@pytest.mark.parametrize(("new", "published", "wrong"), [(9, 7, 0), (6, 7, 1), (9, 1, 1)])
def test_prose_is_compared_with_the_official_form(new, published, wrong):
    source = read_bytes(FORM.format(new, published).encode(), name="r.md")[0]
    checks = statistics_of(source).checks
    failing = [c for c in checks if c.outcome is Outcome.FAILS and c.kind == "repetition"]
    assert len(failing) == wrong


TABLE = (
    "# 某县2023年工作报告\n\n## 一、情况\n\n{}\n\n| 指标 | 单位 | 2023年 | 2025年目标 |\n|---|---|---|---|\n"
    "| 公园绿地面积 | 公顷 | 120 | 150 |\n| 污水处理率 | % | 95.5 | 98 |\n"
)
PROSE = {
    "全县公园绿地面积120公顷。": 0,
    "全县公园绿地面积210公顷。": 1,
    "全县公园绿地面积约130公顷。": 0,
    "县本级公园绿地面积80公顷。": 0,
    "到2025年，全县公园绿地面积达到150公顷。": 0,
    "1—6月，全县公园绿地面积66公顷。": 0,
    "污水处理率95.6%。": 0,
    "污水处理率59.5%。": 1,
}


@pytest.mark.parametrize(("prose", "wrong"), PROSE.items())
def test_prose_is_compared_with_tables_of_the_report(prose, wrong):
    checks = statistics_of(read_bytes(TABLE.format(prose).encode(), name="r.md")[0]).checks
    assert sum(item.outcome is Outcome.FAILS for item in checks) == wrong
