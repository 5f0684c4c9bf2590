"""Decisions are bound to their source, and one that does not fit is reported, never misplaced."""

import hashlib

import pytest

from publisher.decisions import DecisionsFile, PlaceFinder, bind_decisions
from publisher.model import Locator
from publisher.readers import read_bytes

TEXT = (
    "某市2019年工作报告\n一、概况\n收到申请2件,办结2件,结转0件。\n收到申请2件,办结2件,结转0件。\n"
)


def bind(text, decisions, name="report.txt"):
    source, _ = read_bytes(text.encode(), name=name)
    file = DecisionsFile(name="d.toml", data=decisions.encode(), where="d.toml")
    return bind_decisions(file, source)


def edit_at(offset, digest="", before=","):
    return (
        f'source.sha256 = "{digest}"\n[[edit]]\nrule = "punctuation"\ndecision = "accept"\n'
        f'before = "{before}"\noffset = {offset}\npreceding = "申请2件"\nfollowing = "办结"\n'
    )


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_offset_holds_in_the_same_source():
    offset = TEXT.rindex(",办结")
    bound = bind(TEXT, edit_at(offset, digest(TEXT)))
    assert [item.locator for item in bound.decisions.edits] == [Locator(offset=offset, length=1)]
    assert bound.findings == ()


def test_an_offset_with_another_text_is_not_used():
    bound = bind(TEXT, edit_at(3, digest(TEXT)))
    assert bound.decisions.edits == ()
    assert [item.clause for item in bound.findings] == ["decisions"]


def test_a_moved_place_is_found_by_its_surroundings():
    changed = "新的一行。\n" + TEXT.replace("\n收到申请2件,办结2件,结转0件。\n", "\n", 1)
    bound = bind(changed, edit_at(TEXT.rindex(",办结"), digest(TEXT)))
    assert [item.locator.offset for item in bound.decisions.edits] == [changed.index(",办结")]
    assert [item.severity.value for item in bound.findings] == ["note"]


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param("\n" + TEXT, id="twice"),
        pytest.param(TEXT.replace("申请2件", "申请3件"), id="nowhere"),
    ],
)
def test_a_place_that_is_not_unique_is_reported(changed):
    bound = bind(changed, edit_at(TEXT.rindex(",办结"), digest(TEXT)))
    assert bound.decisions.edits == ()
    assert "a decision no longer fits: edit of the rule punctuation ," in bound.findings[-1].message


def test_a_line_is_found_by_its_text_alone():
    bound = bind(TEXT, '[[line]]\ntext = "一、概"\nrole = "body"\n')
    (line,) = bound.decisions.lines
    assert line.locator == Locator(offset=TEXT.index("一、概"), length=3)


def test_a_line_begins_with_its_text():
    text = TEXT.replace("收到申请2件", "见一、概况：收到申请2件")
    (line,) = bind(text, '[[line]]\ntext = "一、概况"\nrole = "body"\n').decisions.lines
    assert line.locator.offset == text.index("一、概况")
    assert bind(text, '[[line]]\ntext = "概况"\nrole = "body"\n').decisions.lines == ()


def test_a_table_may_have_its_text_twice():
    row = "<tr><th>渠道</th><th>条</th></tr><tr><td>其他渠道</td><td>12</td></tr>"
    table = f"<table>{row}</table>"
    page = f"<html><body><h1>报告</h1><p>渠道如下。</p>{table}</body></html>"
    decision = '[[table]]\ntext = "渠道"\ncaption = "表1"\n'
    (caption,) = bind(page, decision, name="report.html").decisions.captions
    assert caption.locator.offset == page.index("渠道</th>")
    twice = page.replace(table, table * 2)
    assert bind(twice, decision, name="report.html").decisions.captions == ()


def test_a_web_page_is_searched_without_its_tags():
    page = (
        "<html><body><h1>某市2019年工作报告</h1><p>全年<b>收到</b>申请&nbsp;2件。</p></body></html>"
    )
    bound = bind(page, '[[line]]\ntext = "全年收到申请"\nrole = "body"\n', name="report.html")
    (line,) = bound.decisions.lines
    assert line.locator.offset == page.index("全年")


def test_metadata_and_rules_need_no_place():
    bound = bind(
        TEXT, '[report]\ntitle = "题目"\n[[edit]]\nrule = "brackets"\ndecision = "reject"\n'
    )
    assert bound.decisions.title == "题目"
    assert [(item.rule, item.accepted, item.locator) for item in bound.decisions.edits] == [
        ("brackets", False, None)
    ]


def test_the_text_around_a_place_leads_back_to_it():
    source, _ = read_bytes(TEXT.encode(), name="report.txt")
    finder = PlaceFinder(source)
    for offset in range(TEXT.index("一、"), len(TEXT) - 1):
        locator = Locator(offset=offset, length=1)
        text, preceding, following = finder.surroundings(locator)
        assert text == TEXT[offset]
        assert finder.search(text, preceding, following) in (locator, None)
        assert finder.at_offset(offset, text) == locator
