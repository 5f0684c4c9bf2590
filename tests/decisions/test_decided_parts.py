"""Roles of lines, subtitle and captions follow the decisions; what cannot be followed is reported."""

import pytest

from publisher.decisions import DecisionsFile, bind_decisions
from publisher.model import ItemList, Paragraph, Table
from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.text.edits import replay_edits

TEXT = (
    "青河市2019年工作报告\n（送审稿）\n一、概况\n全年收到申请12件。\n公开渠道建设\n开通网站1个。\n"
    "二、措施\n各渠道情况\n青河市档案局\n2020年1月8日\n"
)
PAGE = (
    "<html><body><h1>青河市2019年工作报告</h1><p>各渠道情况</p>"
    "<table><tr><th>渠道</th><th>条</th></tr><tr><td>网站</td><td>12</td></tr></table></body></html>"
)


def parsed(decisions, text=TEXT, name="report.txt"):
    source, read_edits = read_bytes(text.encode(), name=name)
    file = DecisionsFile(name="d.toml", data=decisions.encode(), where="d.toml")
    bound = bind_decisions(file, source)
    assert not bound.findings
    result = normalise(source, decisions=bound.decisions.edits)
    overrides = MetadataOverrides(title=bound.decisions.title, subtitle=bound.decisions.subtitle)
    parse_result = parse(result.source, overrides=overrides, decisions=bound.decisions)
    edits = (*read_edits, *result.edits, *parse_result.edits)
    return parse_result, replay_edits(source.decoded, edits)


def line(text, role, **values):
    extra = "".join(f"{key} = {value}\n" for key, value in values.items())
    return f'[[line]]\ntext = "{text}"\nrole = "{role}"\n{extra}'


def headings(result):
    return [(item.heading.level, item.heading.text.string) for item in result.report.walk()]


def ineffective(result):
    return [item.message for item in result.findings if item.clause == "decisions"]


def test_a_line_becomes_a_heading_with_its_level():
    result, _ = parsed(line("公开渠道建设", "heading", level=2))
    assert headings(result) == [(1, "一、概况"), (2, "公开渠道建设"), (1, "二、措施")]
    assert ineffective(result) == []


def test_the_level_of_a_numbered_heading_can_be_decided():
    result, _ = parsed(line("二、措施", "heading", level=2))
    assert headings(result) == [(1, "一、概况"), (2, "二、措施")]


def test_a_heading_becomes_body_text():
    result, _ = parsed(line("二、措施", "body"))
    assert headings(result) == [(1, "一、概况")]
    assert ineffective(result) == []


def test_a_line_becomes_a_list_item():
    result, _ = parsed(line("各渠道情况", "list-item"))
    (*_, last) = result.report.walk()
    items = [item for block in last.blocks if isinstance(block, ItemList) for item in block.items]
    assert "各渠道情况" in [item.text.string for item in items]
    assert ineffective(result) == []


def test_a_subtitle_is_no_part_of_the_title():
    result, text = parsed(line("（送审稿）", "subtitle"))
    assert result.report.metadata.title == "青河市2019年工作报告"
    assert result.report.metadata.subtitle == "（送审稿）"
    assert [part.string for part in result.report.subtitle] == ["（送审稿）"]
    assert "（送审稿）" in text
    assert ineffective(result) == []


def test_the_words_of_a_subtitle_are_found_in_the_title():
    result, _ = parsed('[report]\nsubtitle = "（送审稿）"\n')
    assert result.report.metadata.title == "青河市2019年工作报告"
    assert [part.string for part in result.report.subtitle] == ["（送审稿）"]
    assert result.edits == ()


@pytest.mark.parametrize("title", ["", "另一个题目"])
def test_a_subtitle_that_the_source_does_not_have_is_an_edit(title):
    result, text = parsed(f'[report]\nsubtitle = "（修订）"\ntitle = "{title}"\n')
    assert [part.string for part in result.report.subtitle] == ["（修订）"]
    assert "（修订）" in text
    assert "decided-text" in {edit.rule for edit in result.edits}
    if title:
        assert result.report.metadata.title == title


def test_another_line_becomes_the_title():
    result, _ = parsed(line("青河市2019年工作报告", "body") + line("（送审稿）", "title"))
    assert [part.string for part in result.report.title] == ["（送审稿）"]
    assert ineffective(result) == []


def test_a_signature_is_decided():
    text = TEXT.replace("青河市档案局", "王某某")
    result, _ = parsed(line("王某某", "signature"), text)
    assert [part.string for part in result.report.sign_off] == ["王某某", "2020年1月8日"]


def test_a_signature_becomes_body_text():
    result, _ = parsed(line("青河市档案局", "body") + line("2020年1月8日", "body"))
    assert result.report.sign_off == ()
    (*_, last) = result.report.walk()
    texts = [block.text.string for block in last.blocks if isinstance(block, Paragraph)]
    assert texts[-2:] == ["青河市档案局", "2020年1月8日"]


def table_of(result):
    (table,) = [block for block in result.report.preamble if isinstance(block, Table)]
    return table


def test_a_line_becomes_the_caption_of_the_table_below():
    result, _ = parsed(line("各渠道情况", "caption"), PAGE, "report.html")
    assert table_of(result).caption.string == "各渠道情况"
    assert ineffective(result) == []


def test_a_caption_that_the_source_does_not_have_is_an_edit():
    result, text = parsed('[[table]]\ntext = "网站"\ncaption = "表1　渠道"\n', PAGE, "report.html")
    table = table_of(result)
    assert table.caption.string == "表1　渠道"
    assert table.head[0][0].text.string == "渠道"
    assert "表1　渠道\n渠道" in text
    assert ineffective(result) == []


def test_a_caption_replaces_the_printed_one():
    page = PAGE.replace("各渠道情况", "表1 各渠道情况")
    result, text = parsed('[[table]]\ntext = "网站"\ncaption = "表1　渠道"\n', page, "report.html")
    assert table_of(result).caption.string == "表1　渠道"
    assert "表1 各渠道情况" not in text


@pytest.mark.parametrize(
    ("decisions", "role"),
    [
        (line("全年收到申请12件。", "caption"), "caption"),
        (line("开通网站", "subtitle"), "subtitle"),
        (line("全年收到申请12件。", "signature"), "signature"),
        ('[[table]]\ntext = "开通网站"\ncaption = "表1"\n', "caption"),
    ],
)
def test_a_decision_without_effect_is_reported(decisions, role):
    result, _ = parsed(decisions)
    assert any(message.endswith(f"cannot be the {role} there") for message in ineffective(result))
