"""The arithmetic: true statements never fail, planted errors do."""

import csv
from pathlib import Path

import pytest

from publisher.model import Outcome
from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read, read_bytes
from publisher.statistics import extract, failures

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold"
SAMPLES = sorted((ROOT / "samples").glob("*.txt")) + sorted((GOLD / "reports").iterdir())


def checks_of(source):
    ordered = normalise(source).source
    return extract(parse(ordered, overrides=MetadataOverrides()).report).checks


def of_sentence(text):
    report = f"某市2017年报告\n一、概述\n{text}\n二、情况\n正文。"
    return checks_of(read_bytes(report.encode(), name="r.txt")[0])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_no_true_statement_fails(path):
    checks = checks_of(read(path)[0])
    assert [item.statement for item in checks if item.outcome is Outcome.FAILS] == []
    assert sum(item.outcome is Outcome.HOLDS for item in checks) >= 4


def test_a_sample_report():
    checks = checks_of(read(ROOT / "samples" / "qinghe-2017.txt")[0])
    holding = {check.statement for check in checks if check.outcome is Outcome.HOLDS}
    assert {
        "642 = 287 + 241 + 85 + 29",
        "213000 ÷ 216000 = 98.6%",
        "5.2% − 7.9% = 2.7",
        "10 listed, 10 stated",
        "市直部门: 46 (一), 46",
    } <= holding
    assert not [check for check in checks if check.outcome is Outcome.FAILS]


@pytest.mark.shared
def test_the_model_report(shared):
    checks = checks_of(read(shared / "reports" / "hami-2017.txt")[0])
    holding = {item.statement for item in checks if item.outcome is Outcome.HOLDS}
    assert {
        "1272 = 293 + 695 + 284",
        "386 = 358 + 28",
        "48 = 29 + 8 + 11",
        "5 ÷ 116 = 4.3%",
        "12 listed, 12 stated",
    } <= holding
    assert not [item for item in checks if item.outcome is Outcome.FAILS]


PLANTED = {
    "qinghe-2017": [
        ("新制定5项", "新制定6项"),
        ("专职人员68人", "专职人员86人"),
        ("已整改51个", "已整改52个"),
        ("办结率98.6%", "办结率96.8%"),
    ],
    "yunping-2016-bureau": [
        ("合格611个", "合格601个"),
        ("18.2%", "12.8%"),
        ("网络申请", "电子申请"),
    ],
    "linting-2021": [
        ("门户网站公开8135条", "门户网站公开8315条"),
        ("增长15.3%", "增长13.5%"),
        ("压减率24.1%", "压减率21.4%"),
        ("\n57\n8\n", "\n75\n8\n"),
        ("\n9\n2\n", "\n9\n3\n"),
        ("\n3\n1\n1\n0\n5\n", "\n3\n1\n1\n1\n5\n"),
    ],
}
HARMLESS = {("网络申请", "电子申请")}


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [(name, right, wrong) for name, pairs in PLANTED.items() for right, wrong in pairs],
)
def test_planted_errors_are_found(name, right, wrong):
    source, _ = read(ROOT / "samples" / f"{name}.txt")
    text = source.decoded.replace("\r\n", "\n")
    solid = text.replace("\n", "") if right not in text and "\n" not in right else text
    damaged = text.replace(right, wrong, 1) if solid is text else None
    assert damaged, "the sample no longer says this"
    assert damaged != text
    checks = checks_of(read_bytes(damaged.encode(), name="r.txt")[0])
    failing = [item for item in checks if item.outcome is Outcome.FAILS]
    assert bool(failing) == ((right, wrong) not in HARMLESS)


def errors_of_gold_tables():
    """Yield the errors that were planted on paper beside the gold tables."""
    for table in sorted(GOLD.glob("*.errors.csv")):
        name = table.name.removesuffix(".errors.csv")
        (path,) = (item for item in SAMPLES if item.stem == name)
        with table.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file)):
                yield pytest.param(path, row["find"], row["replace"], id=f"{name}-{number}")


@pytest.mark.parametrize(("path", "right", "wrong"), [*errors_of_gold_tables()])
def test_errors_in_the_gold_tables_are_found(path, right, wrong):
    text = path.read_text(encoding="utf-8")
    assert text.count(right) == 1
    damaged = read_bytes(text.replace(right, wrong).encode(), name=path.name)[0]
    assert Outcome.FAILS in [item.outcome for item in checks_of(damaged)]


def test_most_errors_planted_in_the_blind_reports_are_found():
    detected = planted = 0
    for table in sorted((GOLD / "blind").glob("*.errors.csv")):
        text = (table.parent / f"{table.name.removesuffix('.errors.csv')}.txt").read_text("utf-8")
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                damaged = text.replace(row["find"], row["replace"], 1)
                checks = checks_of(read_bytes(damaged.encode(), name="r.txt")[0])
                planted += 1
                detected += Outcome.FAILS in [item.outcome for item in checks]
    print(f"{detected} of {planted} found")  # noqa: T201 - the scorer prints its figures
    assert detected >= 0.7 * planted


SENTENCES = {
    "公开418条。机构类12条，占2.9%；工程类187条，占44.7%；防汛类153条，占36.6%；其他66条，占15.8%。": (
        "percentage",
        Outcome.HOLDS,
    ),
    "公开418条。机构类12条，占2.9%；工程类187条，占47.7%；防汛类153条，占36.6%；其他66条，占15.8%。": (
        "percentage",
        Outcome.FAILS,
    ),
    "全年公开1086条，较上年的905条净增181条。其中：甲类600条，乙类486条。": ("sum", Outcome.HOLDS),
    "微博76个、微信134个，共计210个。": ("sum", Outcome.HOLDS),
    "微博76个、微信134个，共计213个。": ("sum", Outcome.FAILS),
    "复议4件（维持3件、终止1件）。": ("sum", Outcome.HOLDS),
    "收到申请58件（含上年结转2件），其中公开31件，部分公开9件，其他18件。": ("sum", Outcome.HOLDS),
    "收到申请58件（含上年结转2件），其中公开31件，部分公开9件，其他15件。": ("sum", Outcome.FAILS),
    "收到7件，其中：甲3件（含上年1件），乙4件。": ("sum", Outcome.HOLDS),
    "复议4件（维持2件、终止1件）。": ("sum", Outcome.FAILS),
    "收到23件，比2020年的18件多5件，增长27.8%。": ("growth", Outcome.HOLDS),
    "收到23件，比2020年的18件多5件，增长37.8%。": ("growth", Outcome.FAILS),
    "网站从14个整合为3个，压减率78.6%。": ("growth", Outcome.HOLDS),
    "办结66件，予以公开33件，占办结总数的50%。": ("percentage", Outcome.HOLDS),
    "办结66件，予以公开33件，占办结总数的60%。": ("percentage", Outcome.FAILS),
    "城东、北关、码头三个片区完工。": ("enumeration", Outcome.HOLDS),
    "城东、北关、码头四个片区完工。": ("enumeration", Outcome.FAILS),
    "共受理10件，其中：甲3件，乙4件，丙3件。": ("sum", Outcome.HOLDS),
    "共受理10件，其中：甲3件，乙4件，丙2件。": ("sum", Outcome.FAILS),
    "共受理100件，其中甲3件，乙4件。": ("sum", Outcome.UNVERIFIABLE),
    "共受理100余件，其中：甲60件，乙44件。": ("sum", Outcome.UNVERIFIABLE),
    "受理12件，办结9件，正在办理3件。": ("sum", Outcome.HOLDS),
    "受理12件，办结9件，正在办理4件。": ("sum", Outcome.FAILS),
    "许可111项，较2016年减少许可5项，压减率4.3%。": ("growth", Outcome.HOLDS),
    "许可111项，较2016年减少许可5项，压减率4.5%。": ("growth", Outcome.FAILS),
    "公开312条，比上年增加48条，增长18.2%。": ("growth", Outcome.HOLDS),
    "账号由29个减少到22个，压减率24.1%。": ("growth", Outcome.HOLDS),
    "账号由29个减少到22个，压减率31.8%。": ("growth", Outcome.FAILS),
    "受理216件，办结213件，办结率98.6%。": ("percentage", Outcome.HOLDS),
    "受理事项12345件，办结12300件；其中网上办理8050件，窗口办理4345件。": ("sum", Outcome.FAILS),
    "接待来访1234批次、5678人次，比上年减少234批次，下降25.9%。": ("growth", Outcome.FAILS),
    "受理216件，办结213件，办结率96.8%。": ("percentage", Outcome.FAILS),
    "群众满意率98.6%。": ("percentage", Outcome.UNVERIFIABLE),
    "信息由2017年的200条增加到2018年的300条，增长50%。": ("growth", Outcome.HOLDS),
    "信息由2017年的200条增加到2018年的300条，增长60%。": ("growth", Outcome.FAILS),
    "占比由2017年的62.3%提高到2018年的65.8%，提高9个百分点。": ("growth", Outcome.FAILS),
    "全局干部120人，其中党员80人（占66.7%）。": ("percentage", Outcome.HOLDS),
    "全局干部120人，其中党员80人（占90%）。": ("percentage", Outcome.FAILS),
    "收到申请20件，较上年减少33.3%（上年为30件）。": ("growth", Outcome.HOLDS),
    "收到申请20件，较上年减少50%（上年为30件）。": ("growth", Outcome.FAILS),
    "2018年公开1500条，2017年公开1200条，同比增长25%。": ("growth", Outcome.HOLDS),
    "2018年公开1500条，2017年公开1200条，同比增长50%。": ("growth", Outcome.FAILS),
    "网站公开300条，较上年的200条增长50%。": ("growth", Outcome.HOLDS),
    "网站公开300条，较上年的200条增长60%。": ("growth", Outcome.FAILS),
    "与2017年的61件相比，2018年受理72件，增长18%。": ("growth", Outcome.HOLDS),
    "设置信箱、热线、微博等3个栏目。": ("enumeration", Outcome.HOLDS),
    "设置信箱、热线、微博、微信等3个栏目。": ("enumeration", Outcome.FAILS),
    "设置信箱、热线等30个栏目。": ("enumeration", Outcome.UNVERIFIABLE),
}


@pytest.mark.parametrize(("text", "wanted"), SENTENCES.items())
def test_sentences(text, wanted):
    assert wanted in [(item.kind, item.outcome) for item in of_sentence(text)]


TRUE = [
    "人口54万2,318人，较上年减少3,125人（-0.57%）。",
    "公开2318条，其中政策文件412条，部门预算120条，占公开总数的22.9%。",
    "总收入15.02亿元，其中：地方收入12.16亿元，增长10.4%；地方税收收入8.79亿元，增长12.6%。",
    "水产品45.72万吨，其中：鱼类14.91万吨；甲壳类1.26万吨；藻类6.59万吨；贝类22.22万吨。",
    "60岁以上人口774人，占19.98%，其中65岁以上人口579人，占14.94%。",
    "发布信息5321条，其中：政策112条、财政256条、重点领域1890条。",
    "收到申请58件（含上年结转2件），其中公开31件，部分公开9件，其他18件。",
    "公开1000条，其中网站公开1000条、微信公开300条、微博公开200条。",
    "公开1000条：网站900条，微信800条，微博700条。",
    "受理100件，其中来信50件，来访45件。",
    "受理100件，其中教育30件，交通25件，住房40件等。",
    "受理咨询100件，其中涉及土地60件，涉及房屋60件。",
    "投入1.2万元，其中：培训费5432元，资料费6512元。",
    "受理216件，办结213件，按时办结率97.2%。",
    "受理216件，办结213件，占全市总量的12%。",
    "新建账号5个，关停账号3个，净增账号2个，增长10%。",
    "今年公开312条，比上年增加48条，年均增长9.1%。",
    "受理教育类10件、交通类20件，较上年增加2件，分别增长5%、10%。",
    "办结66件，予以公开33件，约占办结总数的49%。",
    "对城东、北关、码头开展两轮检查。",
    "举办乒乓球公开赛、铁人三项公开赛。",
    "工业增加值超8千亿元、比2015年增加五成以上。",
    "三、抓好七项重点工作",
    "全市地区生产总值达到1300亿元，较2010年的900亿元增加400亿元，增长33.6%。",
    "在公安、教育、卫生健康领域的派出所、学校等2处设立点位。",
    "服务甲、乙、丙等2万个家庭。",
    "受理35件。全部答复，同意公开28件，占总数的80%；部分公开3件，占8.6%；不予公开4件，占11.4%。",
    "答复同意公开28件，占总数的70%；部分公开3件，占7.5%；不予公开4件，占10%。",
    "2018年受理30件，2017年办理投诉26件，受理增长20%。",
    "受理72件，比上年的61件多，其中网上申请增长30%。",
    "全年检查企业1896家：一类552家，二类83家，三类886家，四类363家，五类12家。",
    "共接待来访1234批次、5678人次，比上年减少234批次，下降15.9%。",
    "受理事项12345件，办结12300件；其中网上办理8000件，窗口办理4345件。",
]


@pytest.mark.parametrize("text", TRUE)
def test_a_statement_that_may_be_true_does_not_fail(text):
    assert Outcome.FAILS not in [item.outcome for item in of_sentence(text)]


def test_a_sum_with_too_many_parts_does_not_fail():
    parts = "，".join(f"第{number}类2件" for number in range(60))
    assert Outcome.FAILS not in [
        item.outcome for item in of_sentence(f"受理120件，其中：{parts}。")
    ]
    assert Outcome.FAILS not in [
        item.outcome for item in of_sentence(f"受理120件：{'某单位某类事项' * 200}，甲2件，乙3件。")
    ]


OTHERS = [
    ("全市主动公开政府信息1200条。", "市本级主动公开政府信息300条。"),
    ("主动公开政府信息1200条。", "去年主动公开政府信息1100条。"),
    ("主动公开政府信息1200条。", "每月主动公开政府信息100条。"),
    ("主动公开政府信息1200条。", "截至年底累计主动公开政府信息9000条。"),
    ("这五年，公开持续扩大。主动公开政府信息1200条。", "主动公开政府信息300条。"),
    ("主动公开政府信息300条。", "“十三五”时期，主动公开政府信息1200条。"),
    ("推出“一次办成”重点事项30个。", "推动网上办理，再推出20个“一次办成”重点事项。"),
    ("主动公开政府信息（乡镇）1200条。", "主动公开政府信息（部门）900条。"),
]


@pytest.mark.parametrize(("first", "again"), OTHERS)
def test_facts_with_another_scope_or_period_are_not_compared(first, again):
    report = f"某市2017年报告\n一、概述\n{first}\n二、情况\n{again}"
    checks = checks_of(read_bytes(report.encode(), name="r.txt")[0])
    assert Outcome.FAILS not in [item.outcome for item in checks]


def test_facts_of_different_offices_are_not_compared():
    report = (
        "某市2017年报告\n一、教育局\n主动公开政府信息1200条。\n二、公安局\n主动公开政府信息300条。"
    )
    checks = checks_of(read_bytes(report.encode(), name="r.txt")[0])
    assert Outcome.FAILS not in [item.outcome for item in checks]
    report = report.replace("教育局", "概述").replace("公安局", "情况")
    checks = checks_of(read_bytes(report.encode(), name="r.txt")[0])
    assert Outcome.FAILS in [item.outcome for item in checks]


ODD_CELLS = ["5元", "＋5", "−5", "1,2,3", "/", "", "五", "5 件", "9" * 400, "NaN", "1e5"]


@pytest.mark.parametrize("cell", ODD_CELLS)
def test_every_cell_of_a_form_can_be_read(cell):
    """Every figure of every official table is replaced by what an office may put there."""
    source = read(ROOT / "samples" / "linting-2021.txt")[0].decoded.replace("\r\n", "\n")
    lines = source.split("\n")
    figure_lines = [i for i, line in enumerate(lines) if line.strip().isdigit()]
    for number in figure_lines[:: max(1, len(figure_lines) // 12)]:
        damaged = "\n".join((*lines[:number], cell, *lines[number + 1 :]))
        checks_of(read_bytes(damaged.encode(), name="r.txt")[0])
    heads = "|统计指标|单位|统计数|\n|---|---|---|\n"
    rows = f"|一、公开|条|{cell}|\n|1.网站|条|3|\n|2.微信|条|{cell}|\n"
    checks_of(read_bytes(f"# 报告\n\n## 一、表\n\n{heads}{rows}".encode(), name="r.md")[0])


def test_a_figure_of_any_length_is_computed():
    huge = "9" * 60
    (check,) = of_sentence(f"共受理{huge}件（甲{huge}件、乙1件）。")
    assert (check.outcome, check.computed) == (Outcome.FAILS, "1" + "0" * 60)
    assert of_sentence(f"受理{huge}件，办结{huge}件，办结率100%。")


def test_a_failing_check_is_a_finding_with_both_numbers():
    report = "某市2017年报告\n一、概述\n共受理10件，其中：甲3件，乙4件，丙2件。\n二、情况\n正文。"
    ordered = normalise(read_bytes(report.encode(), name="r.txt")[0]).source
    (finding,) = failures(extract(parse(ordered, overrides=MetadataOverrides()).report))
    assert "10 = 3 + 4 + 2" in finding.message
    assert "9 is computed" in finding.message
    assert report[finding.locator.offset :].startswith("10件")


def test_every_identity_of_the_official_form_is_checked():
    checks = checks_of(read(ROOT / "samples" / "linting-2021.txt")[0])
    identities = [item for item in checks if item.kind == "table-identity"]
    assert {item.outcome for item in identities} == {Outcome.HOLDS}
    subjects = [item.subject for item in identities]
    assert {"未经复议直接起诉：总计", "复议后起诉：总计", "行政复议：总计"} <= set(subjects)
    # 25 rows of applicants, 3 groups of reviews, 7 columns twice
    assert len(identities) == 25 + 3 + 2 * 7
