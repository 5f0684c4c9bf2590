"""Markdown: marks go with an edit each, words stay, raw HTML is text."""

import pytest

from publisher.editing import replay
from publisher.model import Passage, SourceTable
from publisher.normalise import normalise
from publisher.parse import Given, parse
from publisher.readers import read_bytes

CASES = {
    "# 题目 #": ["题目"],
    "题目\n====": ["题目"],
    "**粗**和*斜*": ["粗和斜"],
    "snake_case_name": ["snake_case_name"],
    "2*3*4": ["2*3*4"],
    "- 甲\n- 乙": ["甲", "乙"],
    "> 引文": ["引文"],
    "[网站](http://a.cn/)": ["网站（http://a.cn/）"],
    "![图](a.png)": ["图（a.png）"],
    "`x, y`": ["x, y"],
    "1. 甲\n2. 乙": ["1. 甲", "2. 乙"],
    "<b>粗</b>": ["<b>粗</b>"],
    "\\*星\\*": ["*星*"],
    "---": [],
    "甲\n\n---\n\n乙": ["甲", "乙"],
    "```\n代码 # 原样\n```": ["```", "代码 # 原样", "```"],
    "第一行  \n第二行": ["第一行", "第二行"],
}


@pytest.mark.parametrize(("before", "after"), CASES.items())
def test_cases(before, after):
    text = f"甲\n\n{before}\n\n末"
    source, edits = read_bytes(text.encode(), name="r.md")
    lines = [
        line.string.strip()
        for part in source.texts()
        for line in part.lines()
        if line.string.strip()
    ]
    assert lines == ["甲", *after, "末"]
    assert "".join(replay(text, edits).split()) == "".join("".join(lines).split())


def test_levels_and_tables():
    text = "# 题\n\n## 一、甲\n\n| a | b |\n|---|---|\n| 1 |   |\n\n文\n"
    source, edits = read_bytes(text.replace("\n", "\r\n").encode(), name="r.md")
    kinds = [
        (part.role, part.level) if isinstance(part, Passage) else "table"
        for part in source.segments
    ]
    assert kinds == [("heading", 1), ("heading", 2), "table", ("lines", 0)]
    (table,) = [part for part in source.segments if isinstance(part, SourceTable)]
    assert [[cell.text.string for cell in row] for row in table.rows] == [["a", "b"], ["1", ""]]
    solid = "".join(replay(source.decoded, edits).split())
    assert solid == "".join(source.plain_text().split())


def test_code_stays_to_the_letter():
    text = "# 题目\n\n一、概述\n\n```\n# 不是 标题, 5\n1. 也不是\n```\n"
    ordered, _, _ = normalise(read_bytes(text.encode(), name="r.md")[0])
    assert "# 不是 标题, 5\n1. 也不是" in ordered.plain_text()
    report = parse(ordered, given=Given()).report
    assert [section.heading.title for section in report.walk()] == ["概述"]
