"""The back matter of a report: attachments, signature and annexes."""

import pytest

from publisher.model import SourceTable
from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.parse.back_matter import split_back_matter
from publisher.parse.entries import Line
from publisher.readers import read_bytes
from publisher.text.edits import locate

TABLE = SourceTable(rows=(), locator=locate("表").locator)

CASES = {
    "office and date": (["正文。"], [], ["某市人民政府", "2018年2月26日"], []),
    "two offices": (["正文。"], [], ["某市财政局", "某市审计局", "2018年2月26日"], []),
    "a date alone": (["正文。"], [], ["二〇一八年二月二十六日"], []),
    "an office alone": (["正文。"], [], ["某市人民政府办公室"], []),
    "none": (["正文。", "特此报告。"], [], [], []),
    "one attachment": (["正文。"], ["附件：公开情况统计表"], ["某局", "2018年2月26日"], []),
    "a list of attachments": (
        ["正文。"],
        ["附件：1.统计表", "2.公开目录", "3．说明"],
        ["某局", "2018年2月26日"],
        [],
    ),
    "annexes": (
        ["正文。"],
        ["附件：1.统计表", "2.说明"],
        ["某局", "2018年2月26日"],
        [["附件1", "统计表", TABLE], ["附件2：", "说明", "第一段。"]],
    ),
    "an annex without number": (["正文。"], [], ["2018年2月26日"], [["附件", "统计表"]]),
    # what only looks like it
    "a sentence that ends with an office": (["正文，送市人民政府"], [], [], []),
    "a heading that ends with an office": (["（一）市人民政府办公室"], [], [], []),
    "numbered lines that follow no attachment": (["正文。", "1.甲", "2.乙"], [], ["某局"], []),
    "annexes without a signature": (["正文。", "附件1", "统计表"], [], [], []),
    "a table last": (["正文。", TABLE], [], [], []),
}


def entries(parts):
    return tuple(Line(text=locate(part)) if isinstance(part, str) else part for part in parts)


def strings(parts):
    return [part.string if isinstance(part, Line) else part for part in parts]


@pytest.mark.parametrize(("body", "attachments", "sign_off", "annexes"), CASES.values(), ids=CASES)
def test_cases(body, attachments, sign_off, annexes):
    whole = [*body, *attachments, *sign_off, *(part for annex in annexes for part in annex)]
    body_lines, back = split_back_matter(entries(whole))
    assert strings(body_lines) == body
    assert [text.string for text in back.attachments] == attachments
    assert [text.string for text in back.sign_off] == sign_off
    assert [strings(annex) for annex in back.annexes] == annexes


def test_nothing_is_a_foot_of_nothing():
    body_lines, back = split_back_matter(())
    assert (body_lines, back.attachments, back.sign_off, back.annexes) == ((), (), (), ())


@pytest.mark.parametrize(
    "behind",
    [
        "（此件公开发布）",
        "（联系人：王某，电话：0000-123）",
        "附件：2018年统计表",
        "抄送：市委办公室，市人大常委会办公室。",
        "某县人民政府办公室2019年1月16日印发",
    ],
)
def test_lines_below_a_signature_are_no_part_of_it(behind):
    text = f"某县2018年年度报告\n一、概述\n全年平稳。\n某县人民政府\n2019年1月16日\n{behind}\n"
    raw, _ = read_bytes(text.encode(), name="r.txt")
    report = parse(normalise(raw).source, overrides=MetadataOverrides()).report
    assert [line.string for line in report.sign_off] == ["某县人民政府", "2019年1月16日"]
    assert [note.text.string for note in report.end_notes] == [behind]
    assert report.metadata.date == "2019-01-16"


def test_the_signature_names_the_office_of_a_place():
    text = "某县2018年年度报告\n一、概述\n全年平稳。\n某县人民政府办公室\n2019年1月16日\n"
    raw, _ = read_bytes(text.encode(), name="r.txt")
    assert (
        parse(normalise(raw).source, overrides=MetadataOverrides()).report.metadata.publisher
        == "某县人民政府办公室"
    )


def test_an_imprint_before_an_annex_is_no_part_of_the_signature():
    text = (
        "某县2018年年度报告\n一、概述\n全年平稳。\n某县人民政府\n2019年1月16日\n"
        "（联系人：王某，电话：0000-123）\n附件1\n统计表\n申请3件。\n"
    )
    raw, _ = read_bytes(text.encode(), name="r.txt")
    report = parse(normalise(raw).source, overrides=MetadataOverrides()).report
    assert [line.string for line in report.sign_off] == ["某县人民政府", "2019年1月16日"]
    assert [line.text.string for line in report.remarks] == ["（联系人：王某，电话：0000-123）"]
    assert [annex.label.string for annex in report.annexes] == ["附件1"]
