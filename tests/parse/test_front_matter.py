"""The front matter of a report: title, document number, metadata."""

import pytest

from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.parse.entries import source_entries
from publisher.parse.front_matter import split_front_matter
from publisher.readers import read_bytes

TITLE = "某市人民政府2017年政府信息公开年度报告"

CASES = {
    "one line": ([], [TITLE], None),
    "a masthead": (["某市人民政府文件", "某政发〔2018〕5号"], [TITLE], None),
    "a number below": ([], [TITLE], "某政发〔2018〕5号"),
    "a number in brackets below": ([], [TITLE], "（某政发〔2018〕5号）"),
    "two lines": ([], ["某市人民政府办公室", "2017年政府信息公开年度报告"], None),
    "three lines": ([], ["某市教育局", "2017年度政府信息公开", "工作情况报告"], None),
    "a title of no known kind": ([], ["政务公开这一年"], None),
}


@pytest.mark.parametrize(("masthead", "title", "number"), CASES.values(), ids=CASES)
def test_title(masthead, title, number):
    lines = [*masthead, *title, *([number] if number else []), "根据条例，制作本报告。", "一、概述"]
    source, _ = read_bytes("\n".join(lines).encode(), name="r.txt")
    front, remaining, edits = split_front_matter(source_entries(source), MetadataOverrides())
    assert [line.text.string for line in front.masthead] == masthead
    assert [text.string for text in front.title] == title
    numbers = [line.text.string for line in front.below_title if line.role == "document-number"]
    assert numbers == ([number] if number else [])
    assert [line.string for line in remaining] == ["根据条例，制作本报告。", "一、概述"]
    assert edits == ()


@pytest.mark.parametrize("number", ["某政发〔2018〕5号", "（某政发〔2018〕5号）"])
def test_a_number_above_or_below_the_title_is_that_of_the_document(number):
    assert metadata(f"{TITLE}\n{number}\n一、概述\n正文。").identifier == "某政发〔2018〕5号"
    assert metadata(f"{number}\n{TITLE}\n一、概述\n正文。").identifier == "某政发〔2018〕5号"
    assert metadata(f"{TITLE}\n一、概述\n按照{number}办理。").identifier == ""


@pytest.mark.parametrize(
    "text",
    [
        "一、概述\n正文。",
        "根据条例，制作本报告。\n一、概述",
        "一、年度报告\n正文。",
        "只有一行",
        "现将有关情况汇报如下；" * 12 + "报告\n一、概述",
    ],
)
def test_no_title(text):
    source, _ = read_bytes(text.encode(), name="名称.txt")
    parsed = parse(source, overrides=MetadataOverrides())
    assert parsed.report.title == ()
    assert parsed.report.metadata.title == "名称"
    assert "title" in [finding.clause for finding in parsed.findings]


ISSUERS = {
    TITLE: "某市人民政府",
    "某县农业局2016年度工作报告": "某县农业局",
    "某市人民政府办公室关于印发2017年报告": "某市人民政府办公室",
    "某区街道办事处2020年政府信息公开工作年度报告": "某区街道办事处",
    "关于印发某县农业局2016年度工作报告的通知": "某县农业局",
    "2016年度某县农业局政府信息公开工作报告": "某县农业局",
    "二〇一七年某县农业局政府信息公开工作报告": "某县农业局",
    "某区（自贸区）管委会二〇一七年报告": "某区（自贸区）管委会",
    # a year and the word 政府 are no office
    "二〇一七年政府信息公开年度报告": "",
    "2017年政府信息公开年度报告": "",
    "2017年度政府信息公开工作年度报告": "",
    # a place alone is its government, unless the report is about the work of one of its offices
    "青禾县2023年工作报告": "青禾县人民政府",
    "青禾县二〇二三年政府工作报告（摘要）": "青禾县人民政府",
    "青禾县2023年上半年工作总结和下半年工作打算": "青禾县人民政府",
    "青禾县2023年残疾人工作报告": "",
    "青禾县水利工作总结": "",
}


@pytest.mark.parametrize(("title", "issuer"), ISSUERS.items())
def test_issuer(title, issuer):
    assert metadata(f"{title}\n一、概述\n正文。").publisher == issuer


def metadata(text, **overrides):
    source, _ = read_bytes(text.encode(), name="名称.txt")
    return parse(normalise(source).source, overrides=MetadataOverrides(**overrides)).report.metadata


def test_overrides_come_before_the_text_and_the_text_before_the_page():
    page = "发布日期：2018-03-01 来源：某网\n"
    body = "2017年政府信息公开年度报告\n一、概述\n正文。\n二、情况\n正文。"
    signed = f"{page}{body}\n某局\n2018年2月26日"
    result = metadata(page + body)
    assert (result.publisher, result.source, result.date) == ("", "某网", "2018-03-01")
    office = metadata(page.replace("某网", "某局") + body)
    assert (office.publisher, office.source) == ("某局", "")
    result = metadata(signed)
    assert (result.publisher, result.date) == ("某局", "2018-02-26")
    result = metadata(signed, issuer="某厅", date="2019-01-02")
    assert (result.publisher, result.date) == ("某厅", "2019-01-02")


def test_the_period_is_stated_or_the_year_of_the_title():
    stated = "所列数据的统计期限自2017年1月1日起至2017年12月31日止。"
    assert metadata(f"{TITLE}\n一、概述\n{stated}").coverage == "2017-01-01/2017-12-31"
    assert metadata(f"{TITLE}\n一、概述\n正文。").coverage == "2017"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("某市\n2017年报告\n一、概述\n正文。", "新题一、概述\n正文。"),
        ("一、概述\n正文。", "新题\n一、概述\n正文。"),
    ],
    ids=["in place of the one printed", "where none is printed"],
)
def test_an_overridden_title_is_an_edit(text, after):
    from publisher.text.edits import replay_edits

    source, _ = read_bytes(text.encode(), name="r.txt")
    parsed = parse(source, overrides=MetadataOverrides(title="新题"))
    assert [part.string for part in parsed.report.title] == ["新题"]
    assert {edit.rule for edit in parsed.edits} == {"title-override"}
    assert "".join(replay_edits(source.decoded, parsed.edits).split()) == "".join(after.split())
    assert [section.heading.title for section in parsed.report.walk()] == ["概述"]


def test_a_day_under_the_title_is_that_of_the_report_where_nothing_else_tells():
    for foot, day in (("", "2019-03-02"), ("\n某市人民政府\n2019年3月1日", "2019-03-01")):
        text = f"{TITLE}\n2019-03-02\n一、概述\n正文在此。{foot}"
        source = normalise(read_bytes(text.encode(), name="r.txt")[0]).source
        assert parse(source, overrides=MetadataOverrides()).report.metadata.date == day


def test_a_title_may_have_ninety_characters():
    title = f"{'某市人民政府办公室关于全市各级行政机关主动公开政府信息和依申请公开政府信息以及行政复议行政诉讼有关情况的' * 2}年度报告"
    source, _ = read_bytes(f"{title[-96:]}\n一、概述\n正文。".encode(), name="r.txt")
    front, _, _ = split_front_matter(source_entries(source), MetadataOverrides())
    assert front.title_string == title[-96:]


LETTER = "青川县水务局关于停水问题的答复\n张明同志：\n您反映的停水问题收悉，现已恢复供水。"
WITHOUT_HEADINGS = {
    "a letter": (LETTER, False),
    "an announcement": ("青川县水务局关于停水的公告\n明日停水。", False),
    "a long announcement": (f"青川县水务局关于停水的公告\n{'明日停水。' * 200}", False),
    "a short statement": ("青川县河道情况说明\n河道畅通。", False),
    "a long statement": ("青川县河道情况说明\n" + "河道畅通，水质良好。\n" * 100, True),
    "a long text of no known kind": ("河道今年\n" + "河道畅通，水质良好。\n" * 100, True),
    "a short annual report": ("青川县2017年政府信息公开年度报告\n正文。", True),
}


@pytest.mark.parametrize(("text", "expected"), WITHOUT_HEADINGS.values(), ids=WITHOUT_HEADINGS)
def test_missing_headings_are_reported_where_they_are_expected(text, expected):
    source = normalise(read_bytes(text.encode(), name="r.txt")[0]).source
    findings = parse(source, overrides=MetadataOverrides()).findings
    assert ("numbering" in [finding.clause for finding in findings]) is expected
