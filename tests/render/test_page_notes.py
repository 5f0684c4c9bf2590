"""Which notes may be at the foot of a page."""

from publisher.normalise import normalise
from publisher.options import ROLES
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.render import render
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


WORDS = ("正文注", "列表注", "表注", "注中注", "题注")
