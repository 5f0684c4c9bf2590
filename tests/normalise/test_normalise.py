"""The whole stage, over random lines of web pages, Markdown and tables."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.errors import SourceEmptyError
from publisher.model import Passage, SourceTable
from publisher.normalise import normalise
from publisher.readers import read_bytes
from publisher.text.characters import TABLE_PLACEHOLDER
from publisher.text.edits import replay_edits

PARTS = [
    *("一、", "二、", "三、", "（一）", "(二)", "1.", "①", "概述", "情况。", "，", ",", ";", ":", "“", '"', "("),
    *(")", "（", "\n", "\n\n", "\r\n", "\t", "|", " | ", "\u3000", "  ", "\xa0", "--", "...", "。。", "·"),
    *("2017年", "3.5万件", "1 253条", "1,272条", "附件：", "附件1", "某市人民政府", "2018年2月26日"),
    *("年度报告", "发布时间：2018-02-26", "来源：市政府", "打印", "关闭", "注：", "一是", "二是", "首先，"),
    *("<b>", "&amp;", "{{x}}", "`a,b`", "http://a.cn/x,y", "a@b.cn", "\ufdd0", "\u200b", "\x00", "\u2f00"),
    *("〔2017〕63号", "[2017]", "政府信息公开\n", "首页 > 公开 > 年报\n", "本市认真落实条例。" * 12),
    *("本市认真落实条例。" * 50, "ABC def", "100%", "# ", "- ", "> ", "**", "---", "|---|---|", "![图](a.png)"),
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=40).map("".join)


def digits(text):
    return re.findall(r"\d", text)


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from(["r.txt", "r.md"]))
def test_any_text(text, name):
    try:
        source, read_edits = read_bytes(text.encode(), name=name)
    except SourceEmptyError:
        return
    normalised = normalise(source)
    result, edits = normalised.source, normalised.edits
    normalised_text = result.plain_text()

    # once is enough
    second = normalise(result)
    again, more = second.source, second.edits
    assert (more, again.plain_text()) == ((), normalised_text)

    # the record's edits give the text
    assert "".join(replay_edits(text, (*read_edits, *edits)).split()) == "".join(
        normalised_text.split()
    )

    # every character knows its place, and the places are in order
    for part in result.texts():
        assert list(part.starts) == sorted(part.starts)
        assert all(a <= b <= len(text) for a, b in zip(part.starts, part.ends, strict=True))

    # figures are not touched: what is removals went with a line of the web page
    removals = [edit for edit in edits if edit.rule in ("web-boilerplate", "repeated-title")]
    removed_digits = Counter(digits("".join(edit.before for edit in removals)))
    assert Counter(digits(normalised_text)) + removed_digits == Counter(digits(text))
    if not removed_digits:
        assert digits(normalised_text) == digits(text)

    assert TABLE_PLACEHOLDER not in normalised_text
    assert not re.search("[\r\x00\u200b]", normalised_text)


@pytest.mark.parametrize("name", ["r.txt", "r.md"])
@pytest.mark.parametrize(
    "text",
    [
        "甲\ufdd0乙\n丙",
        "甲\t\ufdd0\n乙\t丙",
        "| 甲 | \ufdd0 |\n|---|---|\n| 乙 | 丙 |",
        "# 甲\ufdd0\n\n乙",
    ],
)
def test_the_placeholder_of_a_table_in_a_source_is_replaced(text, name):
    normalised = normalise(read_bytes(text.encode(), name=name)[0])
    result, edits = normalised.source, normalised.edits
    assert result.plain_text().count("\ufffd") == 1
    assert "\ufdd0" not in result.plain_text()
    assert [edit.before for edit in edits if edit.after == "\ufffd"] == ["\ufdd0"]


def test_paragraphs_of_markdown_stay_apart():
    result = normalise(read_bytes("第一段\n\n第二段\n\n- 项目".encode(), name="r.md")[0]).source
    assert result.plain_text() == "第一段\n第二段\n项目"


def test_tables_stay_between_their_lines():
    text = "前文。\n甲\t乙\n1 253\t2,\n中间。\n| 丙 | 丁 |\n| (一) | 4 |\n后文。"
    result = normalise(read_bytes(text.encode(), name="r.txt")[0]).source
    assert [
        part.text.string
        if isinstance(part, Passage)
        else [[cell.text.string for cell in row] for row in part.rows]
        for part in result.segments
    ] == [
        "前文。",
        [["甲", "乙"], ["1 253", "2,"]],
        "中间。",
        [["丙", "丁"], ["（一）", "4"]],
        "后文。",
    ]
    assert sum(isinstance(part, SourceTable) for part in result.segments) == 2


def test_lines_on_both_sides_of_a_table_are_not_one_line_the_second_time():
    text = '"前文\n甲\t乙\n1\t2\n后文"'
    result = normalise(read_bytes(text.encode(), name="r.txt")[0]).source
    assert result.plain_text() == text
    second = normalise(result)
    again, edits = second.source, second.edits
    assert (again.plain_text(), edits) == (text, ())


@pytest.mark.shared
def test_no_mark_between_chinese_characters_of_the_model_report_is_narrow(shared):
    from publisher.readers import read

    text = normalise(read(shared / "reports" / "hami-2017.txt")[0]).source.plain_text()
    assert not re.search(r"[\u4e00-\u9fff”》）][,:;()!?]|[,:;()!?][\u4e00-\u9fff“《（]", text)
    assert not re.search(r"[\u4e00-\u9fff][ \xa0\t]|[ \xa0\t][\u4e00-\u9fff]", text)
    assert text.count("，") == 291
