"""What stands below the text of a document: attachments, signature, remarks, imprint."""

import pytest

from publisher.model import SourcePicture, SourceTable
from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.parse.entries import Line
from publisher.parse.foot.split import split_foot
from publisher.readers import read_bytes
from publisher.text.edits import locate

TABLE = SourceTable(rows=(), locator=locate("表").locator)
SEAL = SourcePicture(
    data=b"", media_type="image/png", width=40, height=40, alt="", locator=locate("印").locator
)

CASES = {
    "office and date": (["正文。"], [], ["某市人民政府", "2018年2月26日"]),
    "two offices": (["正文。"], [], ["某市财政局", "某市审计局", "2018年2月26日"]),
    "two offices in a line": (["正文。"], [], ["某市财政局　　某市审计局", "2018年2月26日"]),
    "nine offices": (
        ["正文。"],
        [],
        [
            *(f"某市{name}局" for name in "教育 科技 工信 公安 民政 司法 财政 人社 资源".split()),
            "2018年2月26日",
        ],
    ),
    "a date alone": (["正文。"], [], ["二〇一八年二月二十六日"]),
    "a date with a circle": (["正文。"], [], ["某县人民政府", "二○一○年十二月二十五日"]),
    "a month": (["正文。"], [], ["某市水务局", "2018年2月"]),
    "a date in brackets": (["正文。"], [], ["某市水务局", "（2018年2月26日）"]),
    "a date of the republic": (["內文。"], [], ["某縣政府", "中華民國113年3月15日"]),
    "a spaced date": (["正文。"], [], ["某市水务局", "2018 年 2 月 26 日"]),
    "date above office": (["正文。"], [], ["2018年2月26日", "某市水务局"]),
    "office and date in a line": (["正文。"], [], ["某市水务局　　2018年2月26日"]),
    "an office alone": (["正文。"], [], ["某市人民政府办公室"]),
    "an office with its seal": (["正文。"], [], ["某市水务局（盖章）", "2018年2月26日"]),
    "a line for the seal": (["正文。"], [], ["某市水务局", "（公章）", "2018年2月26日"]),
    "a person": (["正文。"], [], ["市　长　　石明远", "2010年12月25日"]),
    "a person without a date": (["內文。"], [], ["縣長　王　大　明"]),
    "a post above a name": (["正文。"], [], ["市　长", "林　舟", "2010年12月25日"]),
    "a name above a date": (["正文。"], [], ["林　舟", "2010年12月25日"]),
    "an English office": (
        ["It did."],
        [],
        ["General Office of the Lanshan Municipal Government", "January 30, 2024"],
    ),
    "none": (["正文。", "特此报告。"], [], []),
    "one attachment": (["正文。"], ["附件：公开情况统计表"], ["某局", "2018年2月26日"]),
    "a list of attachments": (
        ["正文。"],
        ["附件：1.统计表", "2.公开目录", "3．说明"],
        ["某局", "2018年2月26日"],
    ),
    "a list below its label": (
        ["正文。"],
        ["附件：", "1.统计表", "2.公开目录"],
        ["某局", "2018年2月26日"],
    ),
    "attachments with labels": (
        ["正文。"],
        ["附件1：统计表", "附件2：公开目录"],
        ["某局", "2018年2月26日"],
    ),
    "attachments without a signature": (["正文。"], ["附件：统计表"], []),
    # what only looks like it
    "a sentence that ends with an office": (["正文，送市人民政府"], [], []),
    "a heading that ends with an office": (["（一）市人民政府办公室"], [], []),
    "numbered lines that follow no attachment": (["正文。", "1.甲", "2.乙"], [], ["某局"]),
    "a contact without a signature": (["正文。", "联系电话：0000-123"], [], []),
    "a note without a signature": (["正文。", "注：表中数据含下属单位。"], [], []),
    "a table last": (["正文。", TABLE], [], []),
}


def entries(parts):
    return tuple(Line(text=locate(part)) if isinstance(part, str) else part for part in parts)


def strings(parts):
    return [part.string if isinstance(part, Line) else part for part in parts]


@pytest.mark.parametrize(("body", "attachments", "sign_off"), CASES.values(), ids=CASES)
def test_cases(body, attachments, sign_off):
    body_lines, foot = split_foot(entries([*body, *attachments, *sign_off]))
    assert strings(body_lines) == body
    assert [text.string for text in foot.attachments] == attachments
    assert [text.string for text in foot.sign_off] == sign_off


@pytest.mark.parametrize("sign_off", [[], ["某局", "2018年2月26日"]], ids=["unsigned", "signed"])
def test_a_contact_may_stand_below_a_list_of_attachments(sign_off):
    listed, contact = ["附件：1.统计表", "2.公开目录"], "联系人：李明远，电话：0000-123"
    body_lines, foot = split_foot(entries(["正文。", *listed, contact, *sign_off]))
    assert strings(body_lines) == ["正文。"]
    assert [text.string for text in foot.attachments] == listed
    assert [line.text.string for line in foot.above_sign_off] == [contact]
    assert [text.string for text in foot.sign_off] == sign_off


def test_a_contact_below_text_stays_in_it():
    body_lines, foot = split_foot(entries(["正文。", "联系人：李明远", "某局", "2018年2月26日"]))
    assert strings(body_lines) == ["正文。", "联系人：李明远"]
    assert foot.above_sign_off == ()


def test_nothing_is_a_foot_of_nothing():
    body_lines, foot = split_foot(())
    assert (body_lines, foot.attachments, foot.sign_off, foot.remarks) == ((), (), (), ())


def test_an_office_last_in_a_list_of_an_annex_does_not_sign_it():
    lines = ["成员单位名单", "某市财政局", "某市审计局"]
    assert strings(split_foot(entries(lines), is_annex=True)[0]) == lines
    body_lines, foot = split_foot(entries([*lines, "2018年2月26日"]), is_annex=True)
    assert strings(body_lines) == ["成员单位名单"]
    assert len(foot.sign_off) == 3


def test_a_seal_below_the_date_goes_behind_the_text():
    body_lines, foot = split_foot(entries(["正文。", "某局", "2018年2月26日", SEAL]))
    assert strings(body_lines) == ["正文。", SEAL]
    assert len(foot.sign_off) == 2


def report_of(text, name="r.txt"):
    raw, _ = read_bytes(text.encode(), name=name)
    return parse(normalise(raw).source, overrides=MetadataOverrides()).report


def roles(lines):
    return [(line.role, line.text.string) for line in lines]


BELOW = {
    "（此件公开发布）": "remark",
    "（此件有删减）": "remark",
    "（本文有删减）": "remark",
    "（此件依申请公开）": "remark",
    "（此件发至乡镇一级）": "remark",
    "【此件主动公开】": "remark",
    "（共印30份）": "remark",
    "主题词：政务公开　报告": "remark",
    "信息公开类别：主动公开": "remark",
    "校对：王某": "remark",
    "主动公开": "remark",
    "主办：某县人民政府办公室": "web-label",
    "注：数据截至年底。": "note",
    "（联系人：王某，电话：0000-123）": "contact",
    "联系电话：0000-123": "contact",
    "附件：2018年统计表": "attachment",
    "附件1：2018年统计表.xlsx": "attachment",
    "附件下载：统计表": "attachment",
    "2018年统计表.xls": "attachment",
    "Attachment: Tariffs": "attachment",
    "cc: Mayor's Office": "copies-to",
    "抄送：市委办公室，市人大常委会办公室。": "copies-to",
    "报：市委，市人大常委会。": "copies-to",
    "分送：各县，各部门。": "copies-to",
    "某县人民政府办公室2019年1月16日印发": "printed-by",
    "某县人民政府办公室　　　　2019年1月16日 印发": "printed-by",
}


@pytest.mark.parametrize(("behind", "role"), BELOW.items())
def test_lines_below_a_signature_are_no_part_of_it(behind, role):
    text = f"某县2018年年度报告\n一、概述\n全年平稳。\n某县人民政府\n2019年1月16日\n{behind}\n"
    report = report_of(text)
    assert [line.string for line in report.sign_off] == ["某县人民政府", "2019年1月16日"]
    assert [line.role for line in (*report.remarks, *report.imprint)] == [role]
    assert len(report.imprint) == (role in ("copies-to", "printed-by"))
    assert report.metadata.date == "2019-01-16"
    assert not report.end_notes


LISTS_BELOW = {
    "numbered": ["附件：", "1.统计表", "2.公开目录"],
    "labelled": ["相关附件：", "附件1：2018年统计表.pdf", "附件2：公开目录（附表1-12）.xls"],
    "with a remark": ["附件：", "1.统计表.docx", "2.公开目录.docx", "（此件公开发布）"],
}


@pytest.mark.parametrize("below", LISTS_BELOW.values(), ids=LISTS_BELOW)
def test_a_list_of_attachments_may_be_below_the_signature(below):
    report = report_of(
        "\n".join(["某县公告", "全年平稳。", "某县人民政府", "2019年1月16日", *below])
    )
    assert [line.string for line in report.sign_off] == ["某县人民政府", "2019年1月16日"]
    assert [line.text.string for line in report.remarks] == below
    assert {line.role for line in report.remarks[:3]} == {"attachment"}
    assert not report.annexes


def test_a_list_below_text_is_no_foot():
    report = report_of("某县公告\n全年平稳。\n2019年1月16日\n1.甲\n2.乙\n")
    assert not report.remarks


@pytest.mark.parametrize("behind", ["（此件公开发布）", "（本文有删减）"])
def test_the_signature_is_found_above_remarks_and_an_annex(behind):
    report = report_of(
        "某县人民政府办公室关于推广做法的通知\n各乡镇人民政府：\n现通知如下。\n一、做法\n共三项。\n附件：做法清单\n"
        f"某县人民政府办公室\n2018年12月23日\n{behind}\n附件\n做法清单\n1.甲。全面优化流程。\n2.乙。推进联合检查。\n"
    )
    assert [text.string for text in report.attachments] == ["附件：做法清单"]
    assert [text.string for text in report.sign_off] == ["某县人民政府办公室", "2018年12月23日"]
    assert roles(report.remarks) == [("remark", behind)]
    (annex,) = report.annexes
    assert (annex.label.string, [text.string for text in annex.title]) == ("附件", ["做法清单"])


def test_remarks_and_imprint_stand_in_their_order():
    report = report_of(
        "某县2018年年度报告\n一、概述\n全年平稳。\n某县人民政府\n2019年1月16日\n（此件公开发布）\n（联系人：王某；电话：0000-123）\n"
        "抄送：县委各部门，县人大常委会办公室，县政协办公室，县法院，县检察院，\n县人武部，各人民团体。\n"
        "某县人民政府办公室　　　2019年1月17日印发\n共印60份\n"
    )
    assert [line.role for line in report.remarks] == ["remark", "contact"]
    assert next(line.role for line in report.imprint) == "copies-to"
    assert [line.role for line in report.imprint][-2:] == ["printed-by", "remark"]


def test_an_imprint_needs_no_signature():
    report = report_of(
        "工作简报\n第3期\n某镇化解矛盾\n某镇建立三项机制。\n一、做法\n成效明显。\n报：市委政法委，县委常委。\n送：县级各部门。\n发：各乡镇。\n（共印85份）\n"
    )
    assert not report.sign_off
    assert [line.role for line in report.imprint] == ["copies-to"] * 3 + ["remark"]


def test_who_was_at_a_meeting_is_no_part_of_its_last_section():
    report = report_of(
        "某市人民政府专题会议纪要\n2023年6月12日，召开专题会议。现纪要如下：\n一、由市财政局统筹资金。\n二、由市水务局监测水质。\n"
        "出　席：吴继先　赵　敏\n市财政局　阮小平\n列　席：欧阳倩\n记　录：丁　一\n抄送：市委办公室。\n某市人民政府办公室　2023年6月15日印发\n"
    )
    assert [line.role for line in report.above_sign_off] == ["attendance"] * 4
    assert [line.role for line in report.imprint] == ["copies-to", "printed-by"]


def test_a_letter_of_taiwan_has_copies_above_its_signature():
    report = report_of(
        "瀾湖縣政府　函\n受文者：各鄉公所\n發文日期：中華民國113年7月22日\n發文字號：府工字第1130078451號\n主旨：檢送成果表1份，請查照。\n"
        "說明：\n一、依作業辦法辦理。\n二、請改善。\n正本：各鄉公所\n副本：本府主計處\n縣長　高　啟　明\n"
    )
    assert roles(report.above_sign_off) == [
        ("addressee", "正本：各鄉公所"),
        ("copies-to", "副本：本府主計處"),
    ]
    assert [text.string for text in report.sign_off] == ["縣長　高　啟　明"]


def test_the_signature_names_the_office_of_a_place():
    text = "某县2018年年度报告\n一、概述\n全年平稳。\n某县人民政府办公室\n2019年1月16日\n"
    assert report_of(text).metadata.publisher == "某县人民政府办公室"


def test_a_signature_in_paragraphs_of_a_web_page():
    report = report_of(
        "<html><body><h1>某县2018年年度报告</h1><p>一、概述</p><p>全年平稳，没有申请。</p><p>二、问题</p><p>人手不足，培训不够。</p>"
        '<p style="text-align:right">某县人民政府</p><p style="text-align:right">2019年1月16日</p><p>（此件公开发布）</p></body></html>',
        "r.html",
    )
    assert [text.string for text in report.sign_off] == ["某县人民政府", "2019年1月16日"]
    assert roles(report.remarks) == [("remark", "（此件公开发布）")]


FILES_OF_THE_TEXT = {
    "a lead-in": ["本次移交的电子文件为：", "台账.xlsx", "清单.docx"],
    "no colon": ["数据已录入下列文件", "台账2023.xlsx"],
    "an item": ["1.完善制度", "2.加强监管", "3.台账.xlsx"],
    "numbers": ["目录如下", "1.台账.xlsx", "2.清单.docx"],
    "a sentence": ["正文。", "有关数据存于局内网的2023年台账.xlsx"],
}


@pytest.mark.parametrize("lines", FILES_OF_THE_TEXT.values(), ids=FILES_OF_THE_TEXT)
def test_names_of_files_above_a_signature_are_text(lines):
    entries = tuple(Line(text=locate(line)) for line in [*lines, "某市水务局", "2018年2月26日"])
    text, foot = split_foot(entries)
    assert [entry.string for entry in text] == lines
    assert not foot.attachments


@pytest.mark.parametrize("label", ["附件：", "附件1："])
def test_names_of_files_with_a_label_above_a_signature_are_attachments(label):
    lines = ["正文。", f"{label}台账.xlsx", "清单.docx", "某市水务局", "2018年2月26日"]
    _, foot = split_foot(tuple(Line(text=locate(line)) for line in lines))
    assert [text.string for text in foot.attachments] == lines[1:3]
