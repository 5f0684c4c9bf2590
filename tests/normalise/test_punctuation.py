"""Punctuation, document numbers, dashes and dots between Chinese characters and elsewhere."""

import pytest

from publisher.normalise import normalise
from publisher.normalise.rules.punctuation import (
    bracket_document_year,
    unify_dashes_and_dots,
    widen_punctuation,
)
from publisher.readers import read_bytes
from tests.corpus.rules import apply_rule

PUNCTUATION = {
    "开展了纪念五.四运动的活动.": "开展了纪念五.四运动的活动。",
    "下降百分之三.二是抓好落实。": "下降百分之三。二是抓好落实。",
    "甲,乙;丙:丁?戊!己.": "甲，乙；丙：丁？戊！己。",
    "｢甲｣､乙･丙｡": "「甲」、乙·丙。",
    "100%,乙": "100%，乙",
    "截至2017年底,": "截至2017年底，",
    "甲\n,乙": "甲\n，乙",
    "如下:\n1.甲": "如下：\n1.甲",
    "PPP,甲": "PPP，甲",
    # a number's own mark
    "一.甲": "一.甲",
    "（一）.甲": "（一）.甲",
    "1.甲": "1.甲",
    "A.甲": "A.甲",
    # figures
    "1,272条": "1,272条",
    "8:30": "8:30",
    "2.98亿": "2.98亿",
    "1:5000": "1:5000",
    # dots in a row are another rule's business
    "甲...": "甲...",
    # Latin text, addresses, code
    "Yes, no; why? No!": "Yes, no; why? No!",
    "www.a.cn/甲,乙": "www.a.cn/甲，乙",
    "http://a.cn/x,y?b=1;c:2": "http://a.cn/x,y?b=1;c:2",
    "a.b@c.cn": "a.b@c.cn",
    "`甲,乙`": "`甲,乙`",
}


@pytest.mark.parametrize(("before", "after"), PUNCTUATION.items())
def test_punctuation(before, after):
    assert apply_rule(widen_punctuation, before) == after
    assert apply_rule(widen_punctuation, after) == after


NUMBERS = {
    "新政办发[2017]63号": "新政办发〔2017〕63号",
    "新政办发 ( 2017 ) 63 号": "新政办发〔2017〕63 号",
    "新政办发【2017】第 63号": "新政办发〔2017〕第 63号",
    "新政办发﹝2017﹞63号": "新政办发〔2017〕63号",
    "新政办发〔2017〕63号": "新政办发〔2017〕63号",
    "条例（2017）修订": "条例（2017）修订",
    "见[2117]63号": "见[2117]63号",
    "[2017]63号": "[2017]63号",
}


@pytest.mark.parametrize(("before", "after"), NUMBERS.items())
def test_document_number(before, after):
    assert apply_rule(bracket_document_year, before) == after


PROPOSED = {
    "全部办结。。": ("doubled-marks", "。。", "。"),
    "结束。。二、下一步工作": ("doubled-marks", "。。", "。"),
    "收到12件，，办结12件。": ("doubled-marks", "，，", "，"),
    "公开、、解读": ("doubled-marks", "、、", "、"),
    "共12。。。": ("dashes-and-dots", "。。。", "……"),
    "。。。": ("dashes-and-dots", "。。。", "……"),
}


@pytest.mark.parametrize(("line", "expected"), PROPOSED.items())
def test_a_likely_slip_is_proposed(line, expected):
    text = f"松河县2024年工作报告\n一、概况\n全年工作完成。\n{line}\n"
    result = normalise(read_bytes(text.encode(), name="report.txt")[0])
    assert result.source.plain_text().split("\n")[-1] == line
    assert [(edit.rule, edit.before, edit.after) for edit in result.proposals] == [expected]


@pytest.mark.parametrize("line", ["真的！！", "等等……另有", "，，，"])
def test_other_marks_side_by_side_are_left(line):
    text = f"松河县2024年工作报告\n一、概况\n全年工作完成。\n{line}\n"
    result = normalise(read_bytes(text.encode(), name="report.txt")[0])
    assert [edit for edit in result.proposals if edit.rule == "doubled-marks"] == []


DASHES = {
    "甲--乙": "甲——乙",
    "甲———乙": "甲——乙",
    "甲──乙": "甲——乙",
    "甲——乙": "甲——乙",
    "甲...乙": "甲……乙",
    "甲…": "甲……",
    "甲⋯⋯": "甲……",
    "甲。。。": "甲……",
    "艾山•买买提": "艾山·买买提",
    "艾山·买买提": "艾山·买买提",
    # one mark is none; a full stop typed twice is no ellipsis
    "甲-乙": "甲-乙",
    "15—20个": "15—20个",
    "甲。。乙": "甲。。乙",
    # nothing Chinese around
    "a--b...": "a--b...",
    "2016--2017": "2016--2017",
    "-----": "-----",
    "http://a.cn/--甲": "http://a.cn/--甲",
}


@pytest.mark.parametrize(("before", "after"), DASHES.items())
def test_dashes_and_dots(before, after):
    assert apply_rule(unify_dashes_and_dots, before) == after
    assert apply_rule(unify_dashes_and_dots, after) == after
