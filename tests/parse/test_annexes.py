"""Where one document in a source ends and the next begins: annexes, and texts that a notice carries."""

import pytest

from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.parse.entries import source_entries
from publisher.parse.foot.documents import split_documents
from publisher.parse.foot.labels import annex_label
from publisher.readers import read_bytes
from publisher.record.describe import describe_report
from tests.parse.test_foot import report_of
from tests.work import counted_calls

HEAD = "某市人民政府关于印发《某市绿地管理办法》的通知\n各县人民政府：\n《某市绿地管理办法》已经审议通过，现印发给你们，请遵照执行。\n"
SIGNED = "某市人民政府\n2022年8月19日\n"
ARTICLES = "第一章　总则\n第一条　为了加强管理，制定本办法。\n第二条　本办法适用于本市。\n第二章　附则\n第三条　本办法自2022年10月1日起施行。\n"
REPORT = (
    "某县2023年工作报告\n一、总体情况\n全年平稳，受理申请30件。\n二、下步打算\n继续做好工作。\n"
)

DOCUMENTS = {
    "a measure below a signature": (
        f"{HEAD}{SIGNED}（此件公开发布）\n某市绿地管理办法\n{ARTICLES}",
        [("", "某市绿地管理办法")],
    ),
    "a measure without a signature above": (
        f"{HEAD}某市绿地管理办法\n{ARTICLES}",
        [("", "某市绿地管理办法")],
    ),
    "a measure whose title goes over two lines": (
        f"{HEAD}{SIGNED}某市绿地\n管理办法\n{ARTICLES}",
        [("", "某市绿地管理办法")],
    ),
    "a measure on trial": (
        f"{HEAD}{SIGNED}某市绿地管理办法（试行）\n{ARTICLES}",
        [("", "某市绿地管理办法（试行）")],
    ),
    "a measure with an annex of its own": (
        f"{HEAD}{SIGNED}某市绿地管理办法\n{ARTICLES}附件\n绿地面积核定表\n一、面积\n按实测。\n",
        [("", "某市绿地管理办法"), ("附件", "绿地面积核定表")],
    ),
    "a measure and the imprint of the notice": (
        f"{HEAD}{SIGNED}某市绿地管理办法\n{ARTICLES}抄送：市委办公室。\n某市人民政府办公室　2022年8月22日印发\n",
        [("", "某市绿地管理办法")],
    ),
    "a measure with a label": (
        f"{HEAD}{SIGNED}附件\n某市绿地管理办法\n{ARTICLES}",
        [("附件", "某市绿地管理办法")],
    ),
    "a decree": (
        (
            "某市人民政府令\n第37号\n《某市人工影响天气规定》已经通过，现予公布。\n市　长　　石明远\n2010年12月25日\n某市人工影响天气规定\n"
            "第一条　制定本规定。\n第二条　本规定自公布之日起施行。\n"
        ),
        [("", "某市人工影响天气规定")],
    ),
    "a letter of Taiwan with a report": (
        (
            "瀾湖縣政府 函\n發文日期：中華民國113年3月15日\n主旨：檢送本縣「112年度統計年報」1份，請查照。\n說明：\n一、依規定辦理。\n二、請下載。\n"
            "正本：各鄉公所\n副本：本府主計處\n縣長　王　大　明\n瀾湖縣112年度統計年報摘要\n壹、人口\n年底5萬人。\n貳、經濟\n持平。\n"
        ),
        [("", "瀾湖縣112年度統計年報摘要")],
    ),
    "two annexes below a signature": (
        f"{REPORT}{SIGNED}附件1\n统计表\n指标\t数量\n申请\t3\n附件2：\n说明\n第一段。\n",
        [("附件1", "统计表"), ("附件2：", "说明")],
    ),
    "an annex with nothing but its title": (
        f"{REPORT}{SIGNED}附件\n统计表\n",
        [("附件", "统计表")],
    ),
    "an annex without a signature": (
        f"{REPORT}附件\n2024年10件惠民实事\n一、稳定就业\n新增46万人。\n二、关爱老人\n新增6300张。\n",
        [("附件", "2024年10件惠民实事")],
    ),
    "annexes with title behind the label": (
        f"{REPORT}附件1 成员单位通讯录\n单位\t电话\n应急局\t0001\n附件2 响应流程\n一、接报\n十分钟内报告。\n",
        [("附件1", "成员单位通讯录"), ("附件2", "响应流程")],
    ),
    "a table as an annex": (
        f"{REPORT}附表\n主要指标完成情况表\n指标\t数量\n产值\t3\n",
        [("附表", "主要指标完成情况表")],
    ),
    "tables with labels below a signature": (
        f"{REPORT}{SIGNED}附表1 主要指标\n指标\t数量\n产值\t3\n附表2 人口\n县\t人\n甲\t3\n",
        [("附表1", "主要指标"), ("附表2", "人口")],
    ),
    "an appendix": (
        f"{REPORT}附录\n名词解释\n一、绿地\n指绿化用地。\n",
        [("附录", "名词解释")],
    ),
    "an appendix with its title behind a colon": (
        f"{REPORT}附录：名词解释\n1.绿地：指绿化用地。\n2.绿带：指带状绿地。\n",
        [("附录：", "名词解释")],
    ),
    "a table behind 附件 and a colon": (
        f"{REPORT}附件：主要指标统计表\n指标\t数量\n产值\t3\n",
        [("附件：", "主要指标统计表")],
    ),
    "a regulation that a decision amends": (
        (
            "某市人民政府\n关于修改《某市停车规定》的决定\n经讨论，决定对《某市停车规定》作如下修改：\n一、修改第三条。\n二、删去第九条。\n"
            "某市停车规定\n（2018年3月1日公布，2023年5月8日修订）\n第一条　制定本规定。\n第二条　本规定适用于本市。\n"
        ),
        [("", "某市停车规定")],
    ),
    "an ordinance that an announcement publishes": (
        (
            "某市人大常委会公告\n第5号\n《某市湿地条例》已于2023年8月30日通过，现予公布。\n某市人民代表大会常务委员会\n2023年11月20日\n"
            "某市湿地条例\n（2023年8月30日通过）\n第一章　总则\n第一条　制定本条例。\n第二章　附则\n第二条　自公布之日起施行。\n"
        ),
        [("", "某市湿地条例")],
    ),
    "a signed annex": (
        f"{REPORT}{SIGNED}附件\n整改报告\n一、情况\n已整改。\n某市水务局\n2022年7月1日\n",
        [("附件", "整改报告")],
    ),
    "English": (
        (
            "Annual Report of the Lanshan Bureau\nI. Overview\nThe Bureau handled 30 requests.\nAnnex 1\nFees\nI. Scope\nAll fees are listed.\n"
            "Annex 2: Offices\nI. Town\nThe office is open.\n"
        ),
        [("Annex 1", "Fees"), ("Annex 2:", "Offices")],
    ),
    # what only looks like it
    "a list of attachments at the end": (f"{REPORT}附件：1.统计表\n2.说明\n", []),
    "a list of labels at the end": (f"{REPORT}附件1：统计表\n附件2：说明\n", []),
    "a list of labels below the date": (
        f"{REPORT}{SIGNED}附件1：统计表.docx\n附件2：说明.docx\n",
        [],
    ),
    "a caption of a table": (
        f"{REPORT}附表1 主要指标\n指标\t数量\n产值\t3\n附表2 人口\n县\t人\n甲\t3\n",
        [],
    ),
    "a list of labels in the text": (
        f"{REPORT}附件1 统计表\n附件2 说明\n以上附件请到窗口领取。\n三、其他\n无。\n",
        [],
    ),
    "a list of attachments above a signature": (f"{REPORT}附件：统计表\n{SIGNED}", []),
    "a label whose section goes on": (
        "某县2023年工作报告\n一、总体情况\n全年平稳，受理申请30件。\n附件1 通讯录\n见另页。\n二、下步打算\n继续做好工作。\n三、其他\n无。\n",
        [],
    ),
    "sentences about annexes": (f"{REPORT}附件1列出了全部指标。\n附件2份已报送。\n", []),
    "a date in the middle": (
        "某县2023年工作报告\n一、总体情况\n全年平稳，受理申请30件。\n2023年5月6日\n专题会议召开\n二、下步打算\n继续做好工作。\n",
        [],
    ),
    "a measure that is only mentioned": (
        "某县2023年工作报告\n一、制度\n修订《某县绿地管理办法》，完善机制。\n二、打算\n继续实施。\n某县绿地管理办法\n三、其他\n无。\n",
        [],
    ),
}


def titles(report):
    return [
        (annex.label.string if annex.label else "", "".join(line.string for line in annex.title))
        for annex in report.annexes
    ]


@pytest.mark.parametrize(("text", "annexes"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_annexes(text, annexes):
    assert titles(report_of(text)) == annexes


@pytest.mark.parametrize(("text", "annexes"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_all_entries_are_in_the_parts_in_order(text, annexes):
    source = normalise(read_bytes(text.encode(), name="r.txt")[0]).source
    entries = source_entries(source)
    parts = split_documents(entries)
    assert tuple(entry for part in parts for entry in part.entries) == entries


def test_an_annex_that_markup_makes_a_heading():
    report = report_of(
        "# 某区公园办法的通知\n\n现将《某区公园办法》印发给你们。\n\n某区人民政府\n\n2021年3月3日\n\n## 某区公园办法\n\n第一条 制定本办法。\n\n"
        "第二条 自印发之日起施行。\n\n## 附件 公园名录\n\n- 青石公园\n- 白鹭公园\n",
        "r.md",
    )
    assert titles(report) == [("", "某区公园办法"), ("附件", "公园名录")]
    assert [text.string for text in report.sign_off] == ["某区人民政府", "2021年3月3日"]


def test_a_notice_ends_before_what_it_carries():
    report = report_of(DOCUMENTS["a measure and the imprint of the notice"][0])
    assert not report.sections
    assert [text.string for text in report.sign_off] == ["某市人民政府", "2022年8月19日"]
    assert [line.role for line in report.imprint] == ["copies-to", "printed-by"]
    (annex,) = report.annexes
    assert [section.heading.number for section in annex.sections] == ["第一章", "第二章"]
    assert not annex.sign_off


def test_the_numbers_of_an_annex_are_its_own():
    report = report_of(DOCUMENTS["an annex without a signature"][0])
    assert [section.heading.title for section in report.sections] == ["总体情况", "下步打算"]
    assert [section.heading.title for section in report.annexes[0].sections] == [
        "稳定就业",
        "关爱老人",
    ]


def test_an_annex_has_its_own_signature():
    report = report_of(DOCUMENTS["a signed annex"][0])
    assert [text.string for text in report.sign_off] == ["某市人民政府", "2022年8月19日"]
    assert [text.string for text in report.annexes[0].sign_off] == ["某市水务局", "2022年7月1日"]
    assert report.metadata.date == "2022-08-19"


def test_the_record_lists_annexes_with_their_sections():
    report = report_of(DOCUMENTS["a measure with an annex of its own"][0])
    page_of = {f"s{report.annexes[1].start.locator.offset}": 3}
    annexes = describe_report(report, page_of)["annexes"]
    assert [(annex["label"], annex["title"], annex["page"]) for annex in annexes] == [
        ("", "某市绿地管理办法", 0),
        ("附件", "绿地面积核定表", 3),
    ]
    assert [section["title"] for section in annexes[0]["sections"]] == ["总则", "附则"]
    assert "annexes" not in describe_report(report_of(REPORT), {})


def test_headings_of_a_carried_text_are_headings_of_the_publication():
    text = DOCUMENTS["a measure below a signature"][0]
    source = normalise(read_bytes(text.encode(), name="r.txt")[0]).source
    findings = parse(source, overrides=MetadataOverrides()).findings
    assert "missing-headings" not in [finding.clause for finding in findings]


LABELS = {
    "附件1": ("附件1", ""),
    "附件 1": ("附件 1", ""),
    "附　件": ("附　件", ""),
    "附件一：": ("附件一：", ""),
    "附件1-2": ("附件1-2", ""),
    "附件之一": ("附件之一", ""),
    "附錄A　組織架構": ("附錄A", "組織架構"),
    "附件1 成员名单": ("附件1", "成员名单"),
    "附件2：流程图": ("附件2：", "流程图"),
    "附件3应急响应流程": ("附件3", "应急响应流程"),
    "Annex A: Fees": ("Annex A:", "Fees"),
    "Appendix II": ("Appendix II", ""),
    "附件　公园名录": ("附件", "公园名录"),
    "附：名词解释": ("附：", "名词解释"),
}


@pytest.mark.parametrize(("string", "expected"), LABELS.items())
def test_labels(string, expected):
    label = annex_label(string)
    assert (string[: label.end], string[label.title_start :]) == expected


@pytest.mark.parametrize(
    "string",
    [
        "附件材料齐全",
        "附件2份",
        "附表1显示，增长较快。",
        "附近居民",
        "附则",
        "Annexed to it",
        "Appendix 1 shows the fees. It is long.",
        "附件1，以及附件2",
    ],
)
def test_lines_that_are_no_labels(string):
    assert annex_label(string) is None


def test_many_lines_take_work_in_proportion():
    calls = []
    for count in (100, 200):
        text = (
            "某县2023年工作报告\n" + "附件1\n一、情况\n见《某办法》。\n某局\n2022年7月1日\n" * count
        )
        entries = source_entries(normalise(read_bytes(text.encode(), name="r.txt")[0]).source)
        with counted_calls() as work:
            split_documents(entries)
        calls.append(work.calls)
    assert calls[1] < 2.2 * calls[0]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "annexes", "signature"),
    [
        ("annex-alone.txt", [("附件", "2024年10件惠民实事")], []),
        ("d11_tw.txt", [("", "澄湖縣112年度統計年報摘要")], ["縣長　王　大　明"]),
        (
            "sig-本文有删减.txt",
            [("附件", "改革举措推广清单")],
            ["青禾县人民政府办公室", "2018年12月23日"],
        ),
        ("official-letter.html", [], ["青禾县人民政府", "2005年6月11日"]),
        ("t13.txt", [], ["中共清河市委", "清河市人民政府", "2024年2月8日"]),
        ("t01.txt", [], []),
        ("i25_headings.txt", [], []),
    ],
)
def test_documents_from_elsewhere(shared, name, annexes, signature):
    path = shared / "cases" / "structure" / name
    report = parse(
        normalise(read_bytes(path.read_bytes(), name=name)[0]).source, overrides=MetadataOverrides()
    ).report
    assert titles(report) == annexes
    assert [text.string for text in report.sign_off] == signature


def test_a_label_on_two_lines():
    head = "某市关于做好统计工作的通知\n各单位：\n请按时报送。\n某市人民政府\n2023年3月3日\n"
    table = "项目\t数量\n甲\t1\n乙\t2\n"
    report = report_of(f"{head}附件\n1\n统计表\n{table}附件\n2\n名单\n一、甲组\n张三任组长。\n")
    assert titles(report) == [("附件1", "统计表"), ("附件2", "名单")]
    alone = report_of(f"{head}附件\n统计表\n{table}")
    assert titles(alone) == [("附件", "统计表")]


def test_the_numbering_of_an_annex_is_checked():
    text = f"{HEAD}{SIGNED}附件\n某市绿地评价标准\n一、绿量\n满分。\n二、养护\n满分。\n四、管理\n满分。\n"
    source = normalise(read_bytes(text.encode(), name="r.txt")[0]).source
    findings = parse(source, overrides=MetadataOverrides()).findings
    assert [finding.clause for finding in findings] == ["numbering"]
    complete = normalise(read_bytes(text.replace("四、", "三、").encode(), name="r.txt")[0]).source
    assert not parse(complete, overrides=MetadataOverrides()).findings
