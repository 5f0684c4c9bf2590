"""Which notes may be at the foot of a page."""

from publisher.normalise import normalise
from publisher.options import ROLES
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.render import render
from publisher.render.page_notes import page_notes
from publisher.render.styles import load_style

SOURCE = """# 云港市2023年报告[^9]

## 一、概况

受理申请30件[^1]，全部办结。

- 公开信息12条[^2]

| 单位 | 件数 |
|---|---|
| 甲局[^3] | 30 |

[^1]: 正文注[^4]。
[^2]: 列表注。
[^3]: 表注。
[^4]: 注中注。
[^9]: 题注。
"""


def test_notes_of_running_text_are_page_notes_and_others_are_not():
    source, _ = read_bytes(SOURCE.encode(), name="r.md")
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    html = render(report, load_style("reader"), dict.fromkeys(ROLES, ("Noto Serif CJK SC",))).html
    notes = [part.split("</aside>")[0] for part in html.split("<aside ")[1:]]
    at_foot = {words: 'class="note page-note"' in n for n in notes for words in WORDS if words in n}
    assert at_foot == dict.fromkeys(WORDS[:2], True) | dict.fromkeys(WORDS[2:], False)


def test_notes_below_a_line_that_heads_them_stay_there():
    text = (
        "云港市2023年公报\n\n一、概况\n\n受理申请[1]30件，全部办结。\n\n{}[1]正文注，按件计算。\n"
    )
    at_foot = {}
    for head in ("", "注：\n"):
        source, _ = read_bytes(text.format(head).encode(), name="r.txt")
        report = parse(normalise(source).source, overrides=MetadataOverrides()).report
        at_foot[head] = list(page_notes(report))
    assert len(at_foot[""]) == 1
    assert at_foot["注：\n"] == []


def test_notes_below_a_heading_that_has_nothing_else_stay_there():
    text = "云港市2023年公报\n一、概况\n受理申请[1]30件，全部办结。\n{}[1]正文注，按件计算。\n"
    numbers = {}
    for head in ("", "注释\n", "二、有关说明\n", "二、有关说明\n有关情况如下。\n"):
        source, _ = read_bytes(text.format(head).encode(), name="r.txt")
        report = parse(normalise(source).source, overrides=MetadataOverrides()).report
        numbers[head] = len(list(page_notes(report)))
    assert list(numbers.values()) == [1, 0, 0, 1]


WORDS = ("正文注", "列表注", "表注", "注中注", "题注")
