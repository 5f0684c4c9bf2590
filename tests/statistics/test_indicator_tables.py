"""The table of 2014 to 2018: read from its numbering, whatever rows a province gives it."""

import pytest

from publisher.model import Outcome
from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.statistics import extract

ROWS = """统计指标	单位	统计数
一、主动公开情况
（一）主动公开政府信息数	条	100
其中：主动公开规范性文件数	件	2
（二）通过不同渠道公开数	条	100
1．网站公开数	条	90
2．微信公开数	条	80
二、依申请公开情况
（一）收到申请数	件	36
1．当面申请数	件	14
2．网络申请数	件	22
（二）答复数	件	36
1．同意公开数	件	30
2．不同意公开数	件	6
其中：涉及商业秘密数	件	1
涉及个人隐私数	件	1
三、工作人员数	人	16
（一）专职人员数	人	3
（二）兼职人员数	人	13
四、培训次数	次	3"""


def checks_of(rows):
    lines = [line + "\t" * (2 - line.count("\t")) for line in rows.splitlines()]
    report = "某局2015年报告\n一、概述\n正文。\n附件：统计表\n" + "\n".join(lines)
    source = read_bytes(report.encode(), name="r.txt")[0]
    checks = extract(parse(normalise(source).source, overrides=MetadataOverrides()).report).checks
    return [item for item in checks if item.kind == "table-identity"]


def test_a_correct_table_holds():
    checks = checks_of(ROWS)
    assert {item.outcome for item in checks} == {Outcome.HOLDS}
    assert [item.statement.split()[1:] for item in checks] == [
        ["36", "=", "14", "+", "22"],
        ["36", "=", "30", "+", "6"],
        ["6", "≥", "1"],
        ["6", "≥", "1"],
        ["16", "=", "3", "+", "13"],
    ]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("当面申请数\t件\t14", "当面申请数\t件\t15"),
        ("不同意公开数\t件\t6", "不同意公开数\t件\t7"),
        ("涉及个人隐私数\t件\t1", "涉及个人隐私数\t件\t9"),
        ("兼职人员数\t人\t13", "兼职人员数\t人\t12"),
    ],
)
def test_a_wrong_figure_fails_once(right, wrong):
    failing = [
        item for item in checks_of(ROWS.replace(right, wrong)) if item.outcome is Outcome.FAILS
    ]
    assert len(failing) == 1


def test_a_blank_cell_cannot_be_verified_and_a_stroke_is_zero():
    blank = checks_of(ROWS.replace("网络申请数\t件\t22", "网络申请数\t件\t"))
    assert blank[0].outcome is Outcome.UNVERIFIABLE
    assert blank[0].reason == "a cell is blank"
    stroke = checks_of(ROWS.replace("网络申请数\t件\t22", "网络申请数\t件\t/"))
    assert stroke[0].outcome is Outcome.FAILS


def test_channels_are_not_added():
    assert not [item for item in checks_of(ROWS) if "渠道" in item.statement]
