"""Run-in headings on lines of their own have no full stop."""

from publisher.normalise import normalise
from publisher.options import Options
from publisher.parse import MetadataOverrides, parse
from publisher.parse.heading_stops import remove_heading_stops
from publisher.pipeline import prepare_report
from publisher.readers import read_bytes
from publisher.text.edits import replay_edits

SOURCE = """云港市2021年工作报告
一、总体情况
（一）加强领导。成立工作小组，全年开会4次。
各部门分工明确，按月报告进度，按季通报结果。
（二）加强监督。检查12次，发现问题7个，全部整改。
各区县同步开展自查，互查三轮。
二、存在问题。
主要是人手不足，进度不快。
三、下一步打算
（一）提高质量。开展培训3次，覆盖全部科室。
培训结束后进行测试，结果计入考核。
"""


def prepared(style, **options):
    source, edits = read_bytes(SOURCE.encode(), name="r.txt")
    return prepare_report(source, edits, Options(style=style, **options), where="r.txt"), source


def headings(report):
    return [section.heading.text.string for section in report.walk()]


def test_only_the_stops_of_run_in_headings_go():
    source, _ = read_bytes(SOURCE.encode(), name="r.txt")
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    changed, edits = remove_heading_stops(report)
    assert {"（一）加强领导", "（一）提高质量", "二、存在问题。"} < set(headings(changed))
    assert [(edit.before, edit.after) for edit in edits] == [("。", "")] * 3
    assert [SOURCE[edit.locator.offset] for edit in edits] == ["。"] * 3


def test_each_removed_stop_is_an_edit_that_can_be_replayed():
    result, source = prepared("reader")
    text = replay_edits(source.decoded, result.edits)
    assert "加强领导成立" in "".join(text.split())
    assert sum(edit.rule == "heading-stop" for edit in result.edits) == 3


def test_styles_with_run_in_headings_and_no_edits_keep_the_stops():
    for result, _ in (prepared("gongwen"), prepared("reader", edits="none")):
        assert "（一）加强领导。" in headings(result.parsed.report)
        assert not any(edit.rule == "heading-stop" for edit in result.edits)
