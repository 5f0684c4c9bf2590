"""The model report: its headings, its metadata, and all of its text."""

from collections import Counter

import pytest

from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read
from publisher.text.edits import replay_edits

pytestmark = pytest.mark.shared


@pytest.fixture
def parsed(shared):
    source, _ = read(shared / "reports" / "hami-2017.txt")
    return parse(normalise(source).source, overrides=MetadataOverrides())


def test_headings(parsed):
    headings = [section.heading for section in parsed.report.walk()]
    assert Counter(heading.level for heading in headings) == {1: 6, 2: 14, 3: 16}
    assert [heading.number for heading in headings if heading.level == 1] == list("一二三四五六")
    for section in parsed.report.walk():
        values = [child.heading.number.strip("()") for child in section.sections]
        expected = list("一二三四五") if section.heading.level == 1 else list("1234")
        assert values == expected[: len(values)]


def test_run_in_headings(parsed):
    titles = [section.heading.title for section in parsed.report.walk() if section.heading.run_in]
    assert len(titles) == 26
    assert titles[0] == "健全领导机构，加强组织领导"
    assert titles[-1] == "强化培训"


def test_metadata(parsed):
    metadata = parsed.report.metadata
    assert metadata.title == "哈密市人民政府2017年政府信息公开年度报告"
    assert metadata.publisher == "哈密市人民政府"
    assert metadata.date == "2018-02-26"
    assert metadata.coverage == "2017-01-01/2017-12-31"
    assert metadata.language == "zh-Hans"
    assert metadata.identifier == ""


def test_nothing_is_amiss(parsed):
    assert parsed.findings == ()
    assert parsed.report.masthead == ()
    assert parsed.report.sign_off == ()
    assert len(parsed.report.preamble) == 1


def test_points(parsed):
    blocks = [block for section in parsed.report.walk() for block in section.blocks]
    points = [len(block.points) for block in blocks if getattr(block, "points", ())]
    assert points == [3, 2, 3, 3, 3, 2, 6, 2, 3, 4, 2, 2]


def test_what_was_taken_away(shared):
    source, read_edits = read(shared / "reports" / "hami-2017.txt")
    normalised = normalise(source)
    ordered, edits = normalised.source, normalised.edits
    removed = [" ".join(edit.before.split()) for edit in edits if edit.rule == "web-boilerplate"]
    assert removed == [
        "政府信息公开",
        "发布时间:2018-02-26 信息来源:市政府办公室 【字体:",
        "相关附件:",
    ]
    assert dict(ordered.source_metadata) == {"date": "2018-02-26", "publisher": "市政府办公室"}
    assert {edit.rule for edit in edits} <= {
        "web-boilerplate",
        "blank-space",
        "brackets",
        "punctuation",
        "spurious-spaces",
    }
    text = replay_edits(source.decoded, (*read_edits, *edits))
    assert "".join(text.split()) == "".join(ordered.plain_text().split())
