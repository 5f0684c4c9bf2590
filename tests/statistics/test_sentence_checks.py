"""Statements of one sentence: complete parts, shares whose whole stands elsewhere, ranks, directions."""

import pytest

from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.statistics import extract


def outcomes(sentence, kind):
    text = f"某市2017年报告\n一、概述\n{sentence}\n二、情况\n正文。"
    source = normalise(read_bytes(text.encode(), name="r.txt")[0]).source
    checks = extract(parse(source, overrides=MetadataOverrides()).report).checks
    return {check.outcome.name for check in checks if check.kind == kind}


@pytest.mark.parametrize(
    ("sentence", "kind", "right", "wrong"),
    [
        ("三年累计建设480处，其中2015年130处、2016年160处、2017年{}处。", "sum", "190", "290"),
        ("生产总值246亿元。分产业看，第一产业增加值38亿元，第二产业增加值91亿元，第三产业增加值{}亿元。", "sum", "117", "171"),
        ("有子公司9家，其中全资子公司6家、控股子公司{}家。", "sum", "3", "1"),
        ("员工2146人。员工按岗位分，生产1286人、技术428人、管理312人、其他{}人。", "sum", "120", "210"),
        ("收入18.64亿元。税收收入12.46亿元，占收入的66.8%；非税收入6.18亿元，占{}%。", "percentage", "33.2", "32.3"),
        ("就读8964人，占学生总数9536人的{}%。", "percentage", "94.0", "90.4"),
        ("主动公开的864条信息中，涉及招生57条，占{}%。", "percentage", "6.6", "5.6"),
        ("资产总额142.8亿元，负债总额85.7亿元，资产负债率{}%。", "percentage", "60.0", "66.0"),
        ("供水能力由96万吨提升到108万吨，新增{}万吨。", "growth", "12", "21"),
        ("总收入96.40亿元，支出90.12亿元，结余{}亿元。", "sum", "6.28", "6.82"),
        ("居全省第7位，比上年的第9位前移{}位。", "growth", "2", "3"),
        ("其中出口3.87亿美元、进口0.75亿美元，贸易顺差{}亿美元。", "growth", "3.12", "3.21"),
        ("房屋租金应收305.00万元，实收{}万元，少收120.00万元。", "growth", "185.00", "158.00"),
        ("编制为1846人，实际人数1702人，尚有空缺{}个。", "growth", "144", "154"),
        ("会议费预算249.85万元，实际支出336.00万元，超出{}万元。", "growth", "86.15", "68.15"),
        ("到场率96.2%，较服务承诺的92.5%高{}个百分点。", "growth", "3.7", "4.7"),
        ("发生事故767起。甲、乙、丙路分别发生事故86起、392起和{}起，占比为11.2%、51.1%和37.7%。", "percentage", "289", "298"),
        ("产量218.79万吨。甲、乙、丙、丁分别为96.40万吨、79.85万吨、31.26万吨和11.28万吨，占产量的44.1%、36.5%、{}%和5.2%。", "percentage", "14.3", "13.4"),
        ("收入18.64亿元。甲收入98560.40万元，占收入的52.87%；乙收入52318.16万元，占{}%；丙收入29642.00万元，占15.90%。", "percentage", "28.06", "26.08"),
        ("总量由第{}位上升到第7位。", "growth", "9", "6"),
    ],
)  # fmt: skip
def test_a_wrong_figure_fails_and_a_right_one_does_not(sentence, kind, right, wrong):
    assert "FAILS" not in outcomes(sentence.format(right), kind)
    assert "HOLDS" in outcomes(sentence.format(right), kind)
    assert "FAILS" in outcomes(sentence.format(wrong), kind)


@pytest.mark.parametrize(
    "sentence",
    [
        "新开户职工21640人，净增职工9387人；实缴职工198730人，缴存额36.42亿元，同比分别增长11.4%、4.9%和8.2%。",
        "增速由8.2%调整为6.1%。",
        "居全省第7位、全国第96位，前移2位。",
        "男女比例为105：100：1。",
        "三年累计建设480处，其中2015年130处、2016年160处。",
        "回访240件，其中满意226件，满意率94.2%，高于年度目标（92%）2.2个百分点。",
        "甲、乙、丙分别发生86起、392起和289起，占本区域总数的10.0%、40.1%和20.2%。",
        "全年新聘186人、离职124人，另调入9人，净增71人。",
        "租金应收305万元，减免20万元，实收185万元，少收100万元。",
        "甲、乙的合格率分别为95%和93%，比目标（90%）高5个百分点。",
        "出口3.9亿元，进口0.8亿元，顺差约3亿元。",
        "可比口径收入12.38亿元，上年收入12.84亿元，同口径增长3.6%。",
    ],
)
def test_a_true_statement_does_not_fail(sentence):
    for kind in ("sum", "growth", "percentage"):
        assert "FAILS" not in outcomes(sentence, kind)


TABLE = """

| 指标 | 单位 | 2017年 | 增减（%） |
|---|---|---|---|
| 次均门诊费用 | 元 | 286.4 | -2.0 |
| 次均住院费用 | 元 | 8936.5 | -5.1 |
"""


@pytest.mark.parametrize(("rate", "fails"), [("2.0", False), ("3.0", True)])
def test_a_rate_whose_direction_is_open_is_compared_without_sign(rate, fails):
    sentence = f"次均门诊、住院费用分别为286.4元和8936.5元，降幅分别为{rate}%和5.1%。{TABLE}"
    assert ("FAILS" in outcomes(sentence, "repetition")) == fails


@pytest.mark.parametrize(
    "sentence",
    [
        "3月份，全县受理群众诉求2,846件，日均91.8件。",
        "第一季度，全县受理投诉1,820件，日均20.2件。",
        "上半年，全县接待来访群众3,620批次，日均20批次。",
        "国庆假期7天，全县接待游客140万人次，日均20万人次。",
        "防汛期间，全县累计出动巡查人员24,400人次，日均200人次。",
        "2023年，全县受理群众诉求36,500件，日均100件。",
    ],
)
def test_a_true_average_of_a_part_of_a_year_does_not_fail(sentence):
    assert "FAILS" not in outcomes(sentence, "percentage")


def test_a_wrong_daily_average_of_a_year_fails():
    assert outcomes("2023年，全县受理群众诉求36,500件，日均110件。", "percentage") == {"FAILS"}


@pytest.mark.parametrize(
    ("sentence", "fails"),
    [
        ("购车费24万元；运行费58.9万元，车辆31辆，平均每辆2.9万元。", True),
        ("购车费24万元；运行费58.9万元，车辆31辆，平均每辆1.9万元。", False),
        ("兑现资金3.2亿元，其中减税2.15亿元、降费1.05亿元，受惠企业1.18万户，户均2.7万元。", False),
        ("运行费58.9万元，车辆31辆，每辆保险费2.9万元。", False),
    ],
)
def test_an_average_of_the_two_figures_before_it(sentence, fails):
    assert ("FAILS" in outcomes(sentence, "percentage")) == fails
